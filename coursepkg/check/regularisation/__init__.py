"""Chapter 7, regularisation: ridge two ways, dropout mask by mask, L2 against decay, and shrinking drawn."""

from .decay import first_steps
from .dropout import dropout_loss, inverted_dropout
from .early import matching_ridge, patience, reached_share
from .norm import batch_norm, running_variance
from .picture import shrink_picture
from .ridge import ridge_step, ridge_weights

__all__ = [
    "batch_norm",
    "dropout_loss",
    "first_steps",
    "inverted_dropout",
    "matching_ridge",
    "patience",
    "reached_share",
    "ridge_step",
    "ridge_weights",
    "running_variance",
    "shrink_picture",
]
