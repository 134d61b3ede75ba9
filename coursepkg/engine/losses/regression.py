"""Losses for numbers: how far z is from y."""

from typing import Any

import numpy as np

from ..activations import identity
from ..validate import finite
from .loss import Loss, nothing_shared, per_sample_sum


def squared_error(z: Any, y: Any) -> np.ndarray:
    """½ (z − y)², elementwise: minus the log-likelihood of y ~ Normal(z, 1), up to a constant (Gauss 1809).

    >>> float(squared_error(3.0, 1.0))
    2.0
    """
    e = np.subtract(z, y)
    return 0.5 * (e * e)


def squared_error_slope(z: Any, y: Any) -> np.ndarray:
    """z − y, elementwise: the error itself."""
    return np.subtract(z, y)


def absolute_error(z: Any, y: Any) -> np.ndarray:
    """|z − y|, elementwise: minus the log-likelihood of a Laplace y, up to a constant (Laplace 1774).

    >>> float(absolute_error(3.0, 1.0))
    2.0
    """
    return np.abs(np.subtract(z, y))


def absolute_error_slope(z: Any, y: Any) -> np.ndarray:
    """sign(z − y), elementwise. At the kink z = y the subgradient 0 is taken."""
    return np.sign(np.subtract(z, y))


def huber(z: Any, y: Any, delta: float = 1.0) -> np.ndarray:
    """½ e² where |e| ≤ δ, else δ(|e| − ½ δ), with e = z − y, elementwise (Huber 1964).

    >>> huber([0.5, 3.0], 0).tolist()
    [0.125, 2.5]
    """
    e = np.abs(np.subtract(z, y))
    near = np.minimum(e, delta)
    return near * (e - 0.5 * near)


def huber_slope(z: Any, y: Any, delta: float = 1.0) -> np.ndarray:
    """e = z − y clipped to [−δ, δ], elementwise; continuous at |e| = δ."""
    return np.clip(np.subtract(z, y), -delta, delta)


def _squared_error_both(z: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    e = z - y
    return 0.5 * np.add.reduce(e * e, axis=(-2, -1)), e


def numbers(y: Any, k: int, n: int) -> np.ndarray:
    """Targets y (n, k), or (n,) for k = 1, finite, as columns (k, n); else ValueError.

    >>> numbers([1, 2], k=1, n=2)
    array([[1., 2.]])
    """
    y = finite("y", y)
    if y.shape not in {(n,), (n, k)} or (y.ndim == 1 and k > 1):
        wanted = f"({n},) or ({n}, 1)" if k == 1 else f"({n}, {k})"
        raise ValueError(f"y must have shape {wanted}, but its shape is {y.shape}")
    return y.reshape(n, k).T


SQUARED_ERROR = Loss(
    "squared error", per_sample_sum(squared_error), squared_error_slope, _squared_error_both, identity, numbers
)
ABSOLUTE_ERROR = Loss(
    "absolute error",
    per_sample_sum(absolute_error),
    absolute_error_slope,
    nothing_shared(absolute_error, absolute_error_slope),
    identity,
    numbers,
)
HUBER = Loss("huber", per_sample_sum(huber), huber_slope, nothing_shared(huber, huber_slope), identity, numbers)
