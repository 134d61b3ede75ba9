"""The softmax: scores to probabilities. It mixes its inputs, so it is an output, not an elementwise activation."""

from typing import Any

import numpy as np

from .activation import as_float


def softmax(z: Any, axis: int = -1) -> np.ndarray:
    """p_k = e^(z_k) / Σ_j e^(z_j) along `axis` (Bridle 1990), of z's shape.

    The largest z is taken off first, so nothing overflows.

    >>> softmax([0.0, 1e4])
    array([0., 1.])
    """
    z = as_float(z)
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
