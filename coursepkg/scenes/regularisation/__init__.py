"""Chapter 7's explorables: what keeps a model from learning its examples by heart."""

from .capacity import degree_and_penalty
from .nets import crescents, dropout_and_norm
from .shrink import shrink_or_snap
from .stopping import stopping_is_shrinking

__all__ = ["crescents", "degree_and_penalty", "dropout_and_norm", "shrink_or_snap", "stopping_is_shrinking"]
