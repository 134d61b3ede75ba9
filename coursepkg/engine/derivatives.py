"""Derivatives by finite differences: the judge of every derivative that is written by hand."""

from collections.abc import Callable
from typing import Any

import numpy as np

from .validate import finite


def numerical_gradient(f: Callable[[np.ndarray], float], x: Any, h: float = 1e-5) -> np.ndarray:
    """∇f(x) by central differences, (f(x + hᵢeᵢ) − f(x − hᵢeᵢ)) / 2hᵢ with hᵢ = h · max(1, |xᵢ|).

    f takes an array of x's shape (any) and returns a number; the result has that shape. The error is O(h²)
    from the differences plus O(10⁻¹⁶/h) from rounding; h = 10⁻⁵ is near the best of both. x must be finite,
    else ValueError.

    >>> numerical_gradient(lambda x: x[0] ** 2 * x[1], [3.0, 2.0]).round(6)
    array([12.,  9.])
    """
    x = finite("x", x).astype(float)
    gradient = np.empty_like(x)
    for i in np.ndindex(x.shape):
        step = h * max(1.0, abs(x[i]))
        above, below = x.copy(), x.copy()
        above[i] += step
        below[i] -= step
        gradient[i] = (f(above) - f(below)) / (above[i] - below[i])
    return gradient


def relative_error(a: Any, b: Any, floor: float = 1e-3) -> float:
    """‖a − b‖ / max(floor, ‖a‖ + ‖b‖), a number from 0 to 1, for arrays of one shape (else ValueError).

    The floor keeps two gradients that are both nearly zero from counting as different.

    >>> relative_error([1.0, 0.0], [1.0, 0.0])
    0.0
    """
    a, b = finite("a", a), finite("b", b)
    b = finite("b", b, a.shape)
    return float(np.linalg.norm(a - b) / max(floor, np.linalg.norm(a) + np.linalg.norm(b)))
