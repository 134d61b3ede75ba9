"""Backpropagation for a batch: the transposes, the sums and the mean."""

from functools import partial

import numpy as np

from ..answer import Answer
from ..exercise import exercise
from ..slips import known
from .parts import judge

SIZES = ((3, 3, 3, 3), (5, 3, 4, 2), (1, 2, 3, 1), (4, 5, 2, 3))  # n, and the widths d0, d1, d2


@exercise(
    "Write the shape of every factor beside it. ∂W2 must come out like W2, (d2, d1), from D2 (n, d2) and A1 (n, d1).",
    "A sum over samples is a sum over n, so n must be inside the product: (d2, n) times (n, d1). For biases sum over "
    "the rows. And W2 has shape (d2, d1): does D2 @ W2 fit, or D2 @ W2.T?",
    "∂W2 is D2.T @ A1, D1 is (D2 @ W2) times the slope 1 − A1², ∂W1 is made like ∂W2, and ∂b is a sum with axis=0.",
)
def mended(backward: Answer, seed: int = 0) -> str:
    """`backward(X, Y, W1, b1, W2, b2)` returns (∂W1, ∂b1, ∂W2, ∂b2) of the mean of ½‖ŷ − y‖², tanh hidden units."""
    rng = np.random.default_rng(seed)
    for n, d0, d1, d2 in SIZES:
        X, Y, W1, b1, W2, b2 = (
            rng.normal(0, 1, size).round(1) for size in ((n, d0), (n, d2), (d1, d0), d1, (d2, d1), d2)
        )
        on = f"{n} sample{'s' * (n > 1)} and widths {(d0, d1, d2)}"
        given = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
        judge(backward(X, Y, *given.values()), given, partial(_loss, X, Y), on, partial(_mistake, X, Y, given))
    return "Every transpose is in its place: finite differences agree, whatever the widths and the number of samples."


def _loss(X: np.ndarray, Y: np.ndarray, W1: np.ndarray, b1: np.ndarray, W2: np.ndarray, b2: np.ndarray) -> float:
    errors = np.tanh(X @ W1.T + b1) @ W2.T + b2 - Y
    return float((errors**2).sum() / 2 / len(X))


def _mistake(X: np.ndarray, Y: np.ndarray, given: dict[str, np.ndarray], name: str, got: np.ndarray) -> dict[str, str]:
    W1, b1, W2, b2 = given.values()
    n, Z1 = len(X), X @ W1.T + b1
    A1 = np.tanh(Z1)
    slope, D2 = 1 - A1**2, (A1 @ W2.T + b2 - Y) / n
    D1 = (D2 @ W2) * slope
    mean = "The loss is a mean over n samples, so every gradient carries 1/n."
    blame = {"b2": (D2, "D2"), "b1": (D1, "D1")}
    slips = {
        "W2": (
            (
                lambda: A1.T @ D2,
                "Row j of ∂W2 belongs to output j, as in W2; yours is transposed.",
                "Swap the factors.",
            ),
            (lambda: D2 @ A1, "Samples must be summed over: n has to be inside the product.", "Transpose D2."),
            (lambda: D2.T @ Z1, "Through W2 came A1, not Z1.", "Replace Z1 by A1."),
        ),
        "b1": (
            (lambda: ((D2 @ W2.T) * slope).sum(axis=0), "Blame goes back from output j along row j of W2.", _NO_T),
            (lambda: (D2 @ W2).sum(axis=0), "The slope of the hidden layer is missing.", "Multiply by 1 − A1²."),
            (lambda: ((D2 @ W2) * (1 - np.tanh(A1) ** 2)).sum(axis=0), "The slope is taken at A1.", "It is 1 − A1²."),
        ),
        "W1": (
            (
                lambda: X.T @ D1,
                "Row j of ∂W1 belongs to hidden neuron j; yours is turned over.",
                "Transpose D1, not X.",
            ),
            (lambda: X @ D1, "In X @ D1 samples are not summed over.", "Put n inside: the transpose of D1, then X."),
            (lambda: D1 @ X, "In D1 @ X samples are not summed over.", "Put n inside: the transpose of D1, then X."),
        ),
    }
    if name in blame:
        D, called = blame[name]
        sums = (
            (lambda: n * D.sum(axis=0), mean, "Divide once, where the blame of the output begins."),
            (lambda: D.mean(axis=0), "The 1/n is in the blame already.", f"Sum the rows of {called}; no second mean."),
            (lambda: D.sum(axis=1), "∂b sums over samples, which are rows, not over neurons.", "Sum with axis=0."),
            (lambda: -D.sum(axis=0), "The sign is turned round: the error is ŷ − y.", "Look at the first line."),
        )
        slips[name] = (*sums, *slips.get(name, ()))
    return known(got, slips[name]) or {"ask": _QUESTIONS[name]}


_QUESTIONS = {
    "b2": "which shape has the output's blame, and over which axis must it be summed to have the shape of b2?",
    "W2": "your ∂b2 is right. Which product of D2 (n, d2) and A1 (n, d1) has the shape of W2, (d2, d1)?",
    "b1": "your ∂W2 is right. Which product of D2 (n, d2) and W2 (d2, d1) has the shape of A1?",
    "W1": "your ∂b1 is right. Which product of D1 (n, d1) and X (n, d0) has the shape of W1?",
}
_NO_T = "W2 without a transpose: (n, d2) times (d2, d1)."
