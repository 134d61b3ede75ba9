"""Losses: how far outputs z are from targets y, each beside its derivative with respect to z.

Inside networks a batch is a matrix with one sample a column, as in Z = W A + b: z is (…, k, n), k outputs of n samples;
leading axes are that many networks at once. The loss of a batch is the mean over its samples of the sum over their
outputs.
"""

from ..validate import choice
from .classification import (
    BINARY_CROSS_ENTROPY,
    CROSS_ENTROPY,
    binary_cross_entropy,
    binary_cross_entropy_slope,
    cross_entropy,
    cross_entropy_slope,
    one_hot,
)
from .loss import Loss
from .regression import (
    ABSOLUTE_ERROR,
    HUBER,
    SQUARED_ERROR,
    absolute_error,
    absolute_error_slope,
    huber,
    huber_slope,
    squared_error,
    squared_error_slope,
)

__all__ = ["LOSSES", "Loss", "absolute_error", "absolute_error_slope", "binary_cross_entropy"]
__all__ += ["binary_cross_entropy_slope", "cross_entropy", "cross_entropy_slope", "huber", "huber_slope", "loss"]
__all__ += ["one_hot", "squared_error", "squared_error_slope"]

LOSSES: dict[str, Loss] = {
    loss.name: loss for loss in (SQUARED_ERROR, BINARY_CROSS_ENTROPY, CROSS_ENTROPY, ABSOLUTE_ERROR, HUBER)
}


def loss(name: str | Loss) -> Loss:
    """The loss called `name` (a `Loss` passes through); an unknown name raises ValueError with the nearest one.

    >>> loss("huber").name
    'huber'
    """
    return name if isinstance(name, Loss) else LOSSES[choice("loss", name, LOSSES)]
