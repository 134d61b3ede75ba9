"""Rosenblatt's perceptron: one step neuron, its learning rule, and Novikoff's bound on its mistakes."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from .activations import step
from .datasets import takes_dataset
from .hull import nearest_to_origin
from .separation import separate
from .validate import count, finite, labels, positive, real


class Update(NamedTuple):
    """One correction: in `epoch` (from 0) sample `index` was called `yhat`; w (d,), b: after it."""

    epoch: int
    index: int  # type: ignore[assignment]  # hides a tuple's own index(), which nobody asks of an update
    x: np.ndarray
    y: int
    yhat: int
    w: np.ndarray
    b: float


class PerceptronRun(NamedTuple):
    """The end of a run: w (d,), b, all updates, the mistakes of each epoch, whether an epoch had none."""

    w: np.ndarray
    b: float
    updates: tuple[Update, ...]
    mistakes: tuple[int, ...]
    converged: bool


class NovikoffBound(NamedTuple):
    """R: the longest input; gamma: the widest margin; bound = (R/γ)²: the most mistakes from zero."""

    R: float
    gamma: float
    bound: float


@dataclass(frozen=True)
class Perceptron:
    """The perceptron rule (Rosenblatt 1958) with step size `eta` > 0 for at most `epochs` passes.

    Samples come in order. ŷ = step(wᵀx + b); a mistake moves w by η(y − ŷ)x and b by η(y − ŷ). A whole pass without a
    mistake ends the run. If the data are not linearly separable none does, and `epochs` ends it.

    >>> run = Perceptron().fit([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 0, 1])
    >>> run.w, run.b, len(run.updates), run.converged
    (array([2., 1.]), -3.0, 11, True)
    """

    eta: float = 1.0
    epochs: int = 100

    def __post_init__(self) -> None:
        positive("eta", self.eta)
        count("epochs", self.epochs)

    @takes_dataset
    def fit(self, X: Any, y: Any, w: Any = None, b: float = 0.0) -> PerceptronRun:
        """Learn from X (n, d) and labels y (n,) in {0, 1}, starting at w (d,), b, or at zero.

        Raises ValueError if X is empty or not finite, sizes do not match, or a label is neither 0 nor 1.
        """
        X, y = samples(X, y)
        w = np.zeros(X.shape[1]) if w is None else finite("w", w, X.shape[1:])
        real("b", b)
        b = float(b)
        updates: list[Update] = []
        mistakes: list[int] = []
        for epoch in range(self.epochs):
            mistakes.append(0)
            for i, x in enumerate(X):
                yhat = int(step(w @ x + b))
                error = int(y[i]) - yhat
                if error:
                    w = w + self.eta * error * x
                    b = b + self.eta * error
                    mistakes[-1] += 1
                    updates.append(Update(epoch, i, x, int(y[i]), yhat, w, b))
            if mistakes[-1] == 0:
                break
        return PerceptronRun(w, b, tuple(updates), tuple(mistakes), mistakes[-1] == 0)


def predict(X: Any, w: Any, b: float) -> np.ndarray:
    """ŷ = step(X w + b): labels (n,) for X (n, d), w (d,); ValueError if sizes do not match or a value is not finite.

    >>> predict([[0, 0], [1, 1]], [2, 1], -3)
    array([0, 1])
    """
    X = finite("X", X, ("n", "d"))
    w = finite("w", w, X.shape[1:])
    real("b", b)
    return step(X @ w + b).astype(int)


@takes_dataset
def novikoff(X: Any, y: Any) -> NovikoffBound:
    """The bound (R/γ)² on the mistakes made from zero, whatever the order of the samples (Novikoff 1962).

    Inputs are augmented to (x, 1), so that b is a weight like the others. R is the length of the longest; γ, the widest
    margin, is the distance from the origin to the convex hull of the signed points ±(x, 1) (+ for y = 1). X is (n, d),
    y (n,) in {0, 1}. Raises ValueError for data that no line separates: they have no margin; and for a margin below
    10⁻⁶ R, of which rounding leaves too little.

    >>> round(novikoff([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 0, 1]).bound, 6)
    51.0
    """
    X, y = samples(X, y)
    if not separate(X, y):
        raise ValueError("X and y are not linearly separable, so there is no margin and no bound")
    signed = np.where(y == 1, 1.0, -1.0)[:, None] * np.column_stack([X, np.ones(len(X))])
    R, gamma = float(np.linalg.norm(signed, axis=1).max()), float(np.linalg.norm(nearest_to_origin(signed).x))
    if gamma <= 1e-6 * R:
        raise ValueError("X and y are linearly separable, but by a margin that is lost in rounding: centre X first")
    return NovikoffBound(R, gamma, (R / gamma) ** 2)


@takes_dataset
def separable(X: Any, y: Any) -> bool:
    """Whether some w, b has step(wᵀx + b) = y on every sample of X (n, d), y (n,) in {0, 1}.

    Decided in whole numbers where rounding could decide, so it is right about the numbers given, however they are
    shifted and scaled.

    >>> separable([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])
    False
    """
    return separate(*samples(X, y))


@takes_dataset
def samples(X: Any, y: Any) -> tuple[np.ndarray, np.ndarray]:
    """X as finite floats (n, d) and y as labels (n,) in {0, 1}, with n, d ≥ 1; else ValueError."""
    X = finite("X", X, ("n", "d"))
    return X, labels("y", y, len(X))
