"""The engine's door: what a caller passes in is looked at here, and is let in as floats, counts, names and functions.

Each error names the argument, what came, and what is allowed: TypeError for a thing of the wrong kind (text or True for
a number, a number for a function), ValueError for one of the right kind that is out of bounds or of the wrong shape.
"""

from .arrays import box, finite, floats, labels, precision
from .came import came
from .kinds import choice, function, instance
from .scalars import count, counts, flag, nonnegative, positive, real, within
from .seeds import Seed, generator, generators

__all__ = [
    "Seed",
    "box",
    "came",
    "choice",
    "count",
    "counts",
    "finite",
    "flag",
    "floats",
    "function",
    "generator",
    "generators",
]
__all__ += ["instance", "labels", "nonnegative", "positive", "precision", "real", "within"]
