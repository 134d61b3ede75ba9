"""Losses for classes: minus the log-likelihood of what came, from logits or scores z."""

from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from ..activations import sigmoid, softmax
from ..validate import count, finite, floats, labels, precision
from .loss import Loss, numbers, pair, per_sample_sum


def binary_cross_entropy(z: Any, y: Any) -> np.ndarray:
    """−y ln σ(z) − (1 − y) ln σ(−z), elementwise, from the logit z: minus the log-likelihood of y ~ Bernoulli(σ(z)).

    Computed as max(z, 0) − y z + ln(1 + e^−|z|), which neither overflows nor takes ln 0. y may lie between 0 and 1.

    >>> binary_cross_entropy([0.0, 1e4], [1, 0]).round(4).tolist()
    [0.6931, 10000.0]
    """
    z, y = pair(z, y)
    return np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))


def binary_cross_entropy_slope(z: Any, y: Any) -> np.ndarray:
    """σ(z) − y, elementwise: the sigmoid's own slope cancels, so a wrong answer is never deaf."""
    z, y = pair(z, y)
    return sigmoid(z) - y


def cross_entropy(z: Any, y: Any) -> np.ndarray:
    """−Σ_j y_j ln softmax(z)_j, shape (…, n), from scores z (…, k, n) and classes y.

    y is the labels (n,), in 0 … k−1, or a column of probabilities for each sample (k, n). Minus the log-likelihood of a
    categorical y. Computed as ln Σ_j e^(z_j − max z) − Σ_j y_j (z_j − max z).

    >>> cross_entropy([[0.0], [0.0]], [1]).round(4)
    array([0.6931])
    """
    z, y = _scores(z, y)
    z = z - z.max(axis=-2, keepdims=True)
    return np.log(np.exp(z).sum(axis=-2)) - (y * z).sum(axis=-2)


def cross_entropy_slope(z: Any, y: Any) -> np.ndarray:
    """softmax(z) − y as probabilities, shape (…, k, n): again ŷ − y."""
    z, y = _scores(z, y)
    return softmax(z, axis=-2) - y


def one_hot(y: Any, k: int, dtype: DTypeLike = float) -> np.ndarray:
    """Labels y (n,) in 0 … k−1 as columns of probabilities (k, n), which pass through as they are; else ValueError.

    >>> one_hot([1, 0], 2)
    array([[0., 1.],
           [1., 0.]])
    """
    count("k", k)
    dtype = precision("dtype", dtype)
    y = floats("y", y)
    if y.ndim == 1:
        return (np.arange(k)[:, None] == labels("y", y, None, k)).astype(dtype)
    y = finite("y", y, (k, "n"))
    if (y < 0).any() or not np.allclose(y.sum(axis=0), 1, atol=1e-6):
        raise ValueError("y must hold labels, or columns of probabilities >= 0 that sum to 1, but a column does not")
    return y


def _scores(z: Any, y: Any) -> tuple[np.ndarray, np.ndarray]:
    """z (…, k, n) as floats and y as columns of probabilities (k, n), whose numbers of samples agree."""
    z = floats("z", z)
    if z.ndim < 2 or 0 in z.shape:
        raise ValueError(f"z must have shape (…, k, n) with no size 0, but its shape is {z.shape}")
    y = one_hot(y, z.shape[-2], z.dtype)
    if y.shape[-1] != z.shape[-1]:
        raise ValueError(f"y must hold one class for each of z's {z.shape[-1]} samples, but it holds {y.shape[-1]}")
    return z, y


def _binary_cross_entropy_both(z: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    # ln σ(z) = z − ln(1 + eᶻ), so one logarithm serves loss and slope.
    softplus = np.logaddexp(z, 0)
    return np.add.reduce(softplus - y * z, axis=(-2, -1)), np.exp(z - softplus) - y


def _cross_entropy_both(z: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    z = z - np.maximum.reduce(z, axis=-2, keepdims=True)
    p = np.exp(z)
    total = np.add.reduce(p, axis=-2, keepdims=True)
    z -= np.log(total)
    p /= total
    p -= y
    # For a single network one product of vectors, which costs a third of a product and its sum.
    return -(np.vdot(y, z) if z.ndim == 2 else np.add.reduce(y * z, axis=(-2, -1))), p


def _zeros_and_ones(y: Any, k: int, n: int) -> np.ndarray:
    y = numbers(y, k, n)
    labels("y", y.ravel(), k * n)
    return y


def _classes(y: Any, k: int, n: int) -> np.ndarray:
    return one_hot(labels("y", y, n, k), k)


def _softmax_of_columns(z: Any) -> np.ndarray:
    return softmax(z, axis=-2)


BINARY_CROSS_ENTROPY = Loss(
    "binary cross-entropy",
    per_sample_sum(binary_cross_entropy),
    binary_cross_entropy_slope,
    _binary_cross_entropy_both,
    sigmoid,
    _zeros_and_ones,
)
CROSS_ENTROPY = Loss(
    "cross-entropy", cross_entropy, cross_entropy_slope, _cross_entropy_both, _softmax_of_columns, _classes
)
