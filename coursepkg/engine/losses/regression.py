"""Losses for numbers: how far z is from y."""

from typing import Any

import numpy as np

from ..validate import positive
from .loss import Loss, pair, per_sample_sum


def _error(z: Any, y: Any) -> np.ndarray:
    z, y = pair(z, y)
    return z - y


def squared_error(z: Any, y: Any) -> np.ndarray:
    """½ (z − y)², elementwise: minus the log-likelihood of y ~ Normal(z, 1), up to a constant (Gauss 1809).

    >>> float(squared_error(3.0, 1.0))
    2.0
    """
    e = _error(z, y)
    return 0.5 * (e * e)


def squared_error_slope(z: Any, y: Any) -> np.ndarray:
    """z − y, elementwise: the error itself."""
    return _error(z, y)


def absolute_error(z: Any, y: Any) -> np.ndarray:
    """|z − y|, elementwise: minus the log-likelihood of a Laplace y, up to a constant (Laplace 1774).

    >>> float(absolute_error(3.0, 1.0))
    2.0
    """
    return np.abs(_error(z, y))


def absolute_error_slope(z: Any, y: Any) -> np.ndarray:
    """sign(z − y), elementwise. At the kink z = y the subgradient 0 is taken."""
    return np.sign(_error(z, y))


def huber(z: Any, y: Any, delta: float = 1.0) -> np.ndarray:
    """½ e² where |e| ≤ δ, else δ(|e| − ½ δ), with e = z − y, elementwise (Huber 1964); δ > 0, else ValueError.

    >>> huber([0.5, 3.0], 0).tolist()
    [0.125, 2.5]
    """
    positive("delta", delta)
    e = np.abs(_error(z, y))
    near = np.minimum(e, delta)
    return near * (e - 0.5 * near)


def huber_slope(z: Any, y: Any, delta: float = 1.0) -> np.ndarray:
    """e = z − y clipped to [−δ, δ], elementwise; continuous at |e| = δ."""
    positive("delta", delta)
    return np.clip(_error(z, y), -delta, delta)


def _squared_error_both(z: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    e = z - y
    return 0.5 * np.add.reduce(e * e, axis=(-2, -1)), e


SQUARED_ERROR = Loss("squared error", per_sample_sum(squared_error), squared_error_slope, _squared_error_both)
ABSOLUTE_ERROR = Loss("absolute error", per_sample_sum(absolute_error), absolute_error_slope)
HUBER = Loss("huber", per_sample_sum(huber), huber_slope)
