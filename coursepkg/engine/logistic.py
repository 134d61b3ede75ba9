"""Logistic regression: one sigmoid neuron, fitted by gradient descent on the log-loss."""

from typing import Any, NamedTuple

import numpy as np

from .activations import sigmoid
from .datasets import takes_dataset
from .perceptron import samples
from .validate import count, finite, positive, real


class LogisticRun(NamedTuple):
    """The end of a fit: w (d,), b, and the log-loss (steps + 1,) before the first step and after each."""

    w: np.ndarray
    b: float
    losses: np.ndarray


def probability(X: Any, w: Any, b: float) -> np.ndarray:
    """p(y = 1 | x) = σ(wᵀx + b), shape (n,), for X (n, d) and w (d,).

    >>> probability([[0.0, 0.0]], [1.0, 2.0], 0.0)
    array([0.5])
    """
    X = finite("X", X, ("n", "d"))
    real("b", b)
    return sigmoid(X @ finite("w", w, X.shape[1:]) + b)


@takes_dataset
def log_loss(X: Any, y: Any, w: Any, b: float) -> float:
    """L = −(1/n) Σ [y ln p + (1 − y) ln(1 − p)], p = σ(z), z = wᵀx + b: minus the mean log-likelihood (Cox 1958).

    Computed from z as ln(1 + eᶻ) − y z, which overflows nowhere. X is (n, d), y (n,) in {0, 1}, w (d,). Raises
    ValueError for data that are empty, of unequal sizes, not finite, or labelled other than 0 and 1.

    >>> round(log_loss([[1.0], [2.0]], [0, 1], [0.0], 0.0), 6)  # ln 2: it knows nothing yet
    0.693147
    """
    X, y = samples(X, y)
    real("b", b)
    z = X @ finite("w", w, X.shape[1:]) + b
    return float(np.mean(np.logaddexp(0, z) - y * z))


@takes_dataset
def log_loss_gradient(X: Any, y: Any, w: Any, b: float) -> tuple[np.ndarray, float]:
    """∂L/∂w = Xᵀ(p − y)/n, shape (d,), and ∂L/∂b = mean(p − y): the perceptron's error with a graded ŷ.

    Arguments and errors as `log_loss`.

    >>> log_loss_gradient([[1.0], [2.0]], [0, 1], [0.0], 0.0)
    (array([-0.25]), 0.0)
    """
    X, y = samples(X, y)
    error = probability(X, w, b) - y
    return X.T @ error / len(X), float(error.mean())


@takes_dataset
def fit(X: Any, y: Any, eta: float = 0.5, steps: int = 1000) -> LogisticRun:
    """Gradient descent from zero: `steps` times w ← w − η ∂L/∂w, b ← b − η ∂L/∂b.

    On separable data the loss has no minimum (longer weights are always better), so ‖w‖ grows as long as you go on.
    X (n, d), y (n,), arguments and errors as `log_loss`; `eta` > 0, `steps` ≥ 0.

    >>> run = fit([[0.0], [1.0], [2.0], [3.0]], [0, 1, 0, 1])
    >>> bool(run.losses[-1] < run.losses[0])
    True
    """
    positive("eta", eta)
    count("steps", steps, least=0)
    X, y = samples(X, y)
    w, b = np.zeros(X.shape[1]), 0.0
    losses = [log_loss(X, y, w, b)]
    for _ in range(steps):
        dw, db = log_loss_gradient(X, y, w, b)
        w, b = w - eta * dw, b - eta * db
        losses.append(log_loss(X, y, w, b))
    return LogisticRun(w, b, np.array(losses))
