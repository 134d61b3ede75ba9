"""Losses for classes: minus the log-likelihood of what came, from logits or scores z."""

from typing import Any

import numpy as np

from ..activations import sigmoid, softmax
from ..validate import labels
from .loss import Loss, per_sample_sum
from .regression import numbers


def binary_cross_entropy(z: Any, y: Any) -> np.ndarray:
    """−y ln σ(z) − (1 − y) ln σ(−z), elementwise, from the logit z: minus the log-likelihood of y ~ Bernoulli(σ(z)).

    Computed as max(z, 0) − y z + ln(1 + e^−|z|), which neither overflows nor takes ln 0. y may lie between 0 and 1.

    >>> binary_cross_entropy([0.0, 1e4], [1, 0]).round(4).tolist()
    [0.6931, 10000.0]
    """
    return np.maximum(z, 0) - np.multiply(y, z) + np.log1p(np.exp(-np.abs(z)))


def binary_cross_entropy_slope(z: Any, y: Any) -> np.ndarray:
    """σ(z) − y, elementwise: the sigmoid's own slope cancels, so a wrong answer is never deaf."""
    return sigmoid(z) - y


def cross_entropy(z: Any, y: Any) -> np.ndarray:
    """−Σ_j y_j ln softmax(z)_j, shape (…, n), from scores z (…, k, n) and classes y.

    y is the labels (n,), in 0 … k−1, or a column of probabilities for each sample (k, n). Minus the log-likelihood of a
    categorical y. Computed as ln Σ_j e^(z_j − max z) − Σ_j y_j (z_j − max z).

    >>> cross_entropy([[0.0], [0.0]], [1]).round(4)
    array([0.6931])
    """
    z = np.asarray(z)
    z = z - z.max(axis=-2, keepdims=True)
    return np.log(np.exp(z).sum(axis=-2)) - (one_hot(y, z.shape[-2], z.dtype) * z).sum(axis=-2)


def cross_entropy_slope(z: Any, y: Any) -> np.ndarray:
    """softmax(z) − y as probabilities, shape (…, k, n): again ŷ − y."""
    p = softmax(z, axis=-2)
    return p - one_hot(y, p.shape[-2], p.dtype)


def one_hot(y: Any, k: int, dtype: Any = float) -> np.ndarray:
    """Labels y (n,) in 0 … k−1 as columns of probabilities (k, n); what has that form already passes through.

    >>> one_hot([1, 0], 2)
    array([[0., 1.],
           [1., 0.]])
    """
    y = np.asarray(y)
    return (np.arange(k)[:, None] == y).astype(dtype) if y.ndim == 1 else y


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
