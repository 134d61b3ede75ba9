"""Losses: how far outputs z are from targets y, each beside its derivative with respect to z.

Inside networks a batch is a matrix with one sample a column, as in Z = W A + b: z is (…, k, n), k outputs of
n samples; leading axes are that many networks at once. The loss of a batch is the mean over its samples of
the sum over their outputs.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from .activations import identity, sigmoid, softmax
from .validate import choice, finite, labels


class Loss(NamedTuple):
    """A loss: `f(z, y)` gives one number a sample (…, n), `df(z, y)` its derivative in z (…, k, n).

    `both(z, y)` is what training repeats, sharing what it can: the sum of f over samples (…), and df.

    `predict(z)` turns outputs into what they stand for: numbers, or probabilities. `targets(y, k, n)` checks
    targets and lays them out for f, df and both as columns (k, n); it raises ValueError.
    """

    name: str
    f: Callable[[Any, Any], np.ndarray]
    df: Callable[[Any, Any], np.ndarray]
    both: Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]
    predict: Callable[[Any], np.ndarray]
    targets: Callable[[Any, int, int], np.ndarray]

    @property
    def classifies(self) -> bool:
        """Whether targets are classes, so that an accuracy makes sense."""
        return self.predict is not identity

    def mean(self, z: np.ndarray, y: np.ndarray) -> np.ndarray:
        """L = (1/n) Σ f(z, y), shape (…): one number a network."""
        return self.f(z, y).mean(axis=-1)

    def mean_and_slope(self, z: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """L (…) and ∂L/∂z (…, k, n)."""
        n = z.shape[-1]
        total, slope = self.both(z, y)
        slope /= n
        return total / n, slope


def squared_error(z: Any, y: Any) -> np.ndarray:
    """½ (z − y)², elementwise: minus the log-likelihood of y ~ Normal(z, 1), up to a constant (Gauss 1809).

    >>> float(squared_error(3.0, 1.0))
    2.0
    """
    e = np.subtract(z, y)
    return 0.5 * (e * e)


def squared_error_slope(z: Any, y: Any) -> np.ndarray:
    """z − y, elementwise."""
    return np.subtract(z, y)


def binary_cross_entropy(z: Any, y: Any) -> np.ndarray:
    """−y ln σ(z) − (1 − y) ln σ(−z), elementwise, from the logit z: minus the log-likelihood of y ~
    Bernoulli(σ(z)).

    Computed as max(z, 0) − y z + ln(1 + e^−|z|), which neither overflows nor takes ln 0. y may lie between 0
    and 1.

    >>> binary_cross_entropy([0.0, 1e4], [1, 0]).round(4).tolist()
    [0.6931, 10000.0]
    """
    return np.maximum(z, 0) - np.multiply(y, z) + np.log1p(np.exp(-np.abs(z)))


def binary_cross_entropy_slope(z: Any, y: Any) -> np.ndarray:
    """σ(z) − y, elementwise: the sigmoid's own slope cancels, so a wrong answer is never deaf."""
    return sigmoid(z) - y


def cross_entropy(z: Any, y: Any) -> np.ndarray:
    """−Σ_j y_j ln softmax(z)_j, shape (…, n), from scores z (…, k, n) and classes y.

    y is the labels (n,), in 0 … k−1, or a column of probabilities for each sample (k, n). Minus the log-likelihood of
    a categorical y. Computed as ln Σ_j e^(z_j − max z) − Σ_j y_j (z_j − max z).

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


def _both(f: Callable, df: Callable) -> Callable:
    """The sum of an elementwise loss over outputs and samples, and its slope, with nothing shared."""

    def both(z: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return np.add.reduce(f(z, y), axis=(-2, -1)), df(z, y)

    return both


def _squared_error_both(z: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    e = z - y
    return 0.5 * np.add.reduce(e * e, axis=(-2, -1)), e


def _binary_cross_entropy_both(z: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    # ln σ(z) = z − ln(1 + eᶻ), so one logarithm serves loss and slope.
    softplus = np.logaddexp(z, 0)
    return np.add.reduce(softplus - y * z, axis=(-2, -1)), np.exp(z - softplus) - y


def _cross_entropy_both(z: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    z = z - np.maximum.reduce(z, axis=-2, keepdims=True)
    p = np.exp(z)
    total = np.add.reduce(p, axis=-2, keepdims=True)
    p /= total
    p -= y
    z -= np.log(total)
    z *= y
    return -np.add.reduce(z, axis=(-2, -1)), p


def _summed(f: Callable[[Any, Any], np.ndarray]) -> Callable[[Any, Any], np.ndarray]:
    """An elementwise loss (…, k, n) as one number a sample (…, n)."""

    def per_sample(z: Any, y: Any) -> np.ndarray:
        return np.add.reduce(f(z, y), axis=-2)

    return per_sample


def _numbers(y: Any, k: int, n: int) -> np.ndarray:
    y = finite("y", y)
    if y.shape not in {(n,), (n, k)} or (y.ndim == 1 and k > 1):
        wanted = f"({n},) or ({n}, 1)" if k == 1 else f"({n}, {k})"
        raise ValueError(f"y must have shape {wanted}, but its shape is {y.shape}")
    return np.ascontiguousarray(y.reshape(n, k).T)


def _zeros_and_ones(y: Any, k: int, n: int) -> np.ndarray:
    y = _numbers(y, k, n)
    labels("y", y.ravel(), k * n)
    return y


def _classes(y: Any, k: int, n: int) -> np.ndarray:
    return one_hot(labels("y", y, n, k), k)


def _softmax_of_columns(z: Any) -> np.ndarray:
    return softmax(z, axis=-2)


LOSSES: dict[str, Loss] = {
    loss.name: loss
    for loss in (
        Loss(
            "squared error",
            _summed(squared_error),
            squared_error_slope,
            _squared_error_both,
            identity,
            _numbers,
        ),
        Loss(
            "binary cross-entropy",
            _summed(binary_cross_entropy),
            binary_cross_entropy_slope,
            _binary_cross_entropy_both,
            sigmoid,
            _zeros_and_ones,
        ),
        Loss("cross-entropy", cross_entropy, cross_entropy_slope, _cross_entropy_both, _softmax_of_columns, _classes),
        Loss(
            "absolute error",
            _summed(absolute_error),
            absolute_error_slope,
            _both(absolute_error, absolute_error_slope),
            identity,
            _numbers,
        ),
        Loss("huber", _summed(huber), huber_slope, _both(huber, huber_slope), identity, _numbers),
    )
}


def loss(name: str | Loss) -> Loss:
    """The loss called `name` (a `Loss` passes through); an unknown name raises ValueError with the nearest
    one.

    >>> float(loss("squared error").mean(np.array([[1.0, 3.0]]), np.array([[0.0, 0.0]])))
    2.5
    """
    return name if isinstance(name, Loss) else LOSSES[choice("loss", name, LOSSES)]
