"""The softmax: scores to probabilities. It mixes its inputs, so it is an output, not an elementwise activation."""

from typing import Any

import numpy as np

from ..validate import count, floats


def softmax(z: Any, axis: int = -1) -> np.ndarray:
    """p_k = e^(z_k) / Σ_j e^(z_j) along `axis` (Bridle 1990), of z's shape.

    The largest z is taken off first, so nothing overflows. ValueError for an axis that z has not, or has no entries on.

    >>> softmax([0.0, 1e4])
    array([0., 1.])
    """
    z = floats("z", z)
    count("axis", axis, least=None)
    if not -z.ndim <= axis < z.ndim or z.shape[axis] == 0:
        raise ValueError(f"axis must be one of z's, which has shape {z.shape} and may not be 0 there, but it is {axis}")
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def softmax_slope(z: Any) -> np.ndarray:
    """The Jacobian ∂p_i/∂z_j = p_i (δ_ij − p_j), shape (…, k, k), of the softmax over the last axis of z (…, k).

    >>> softmax_slope([0.0, 0.0])
    array([[ 0.25, -0.25],
           [-0.25,  0.25]])
    """
    p = softmax(z)
    return p[..., :, None] * (np.eye(p.shape[-1], dtype=p.dtype) - p[..., None, :])
