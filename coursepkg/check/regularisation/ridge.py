"""Ridge regression: its closed form, and the step of gradient descent that leads to it."""

import numpy as np

from coursepkg.engine.linear import ridge

from ..answer import Answer, Wrong, numbers, show
from ..exercise import exercise
from ..slips import Slip, compare


def _problem(seed: int, n: int, d: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """X (n, d), y (n,) and a start w (d,), all to one decimal."""
    rng = np.random.default_rng(seed)
    X, y, w = (rng.normal(0, 1.5, size).round(1) for size in ((n, d), n, d))
    return X, y, w


def _solve(A: np.ndarray, v: np.ndarray) -> np.ndarray:
    return np.linalg.lstsq(A, v, rcond=None)[0]


_CLOSED: tuple[Slip, ...] = (
    (
        lambda X, y, lam: _solve(X.T @ X, X.T @ y),
        "That is least squares: your answer does not depend on λ.",
        "Add the penalty's gradient, λw, before you solve for w.",
    ),
    (
        lambda X, y, lam: _solve(X.T @ X - lam * np.eye(X.shape[1]), X.T @ y),
        "λ has the wrong sign: yours makes weights larger.",
        "Set Xᵀ(Xw − y) + λw to zero and collect what stands before w.",
    ),
    (
        lambda X, y, lam: _solve(X.T @ X + 2 * lam * np.eye(X.shape[1]), X.T @ y),
        "Your λ counts twice: the penalty is ½λ‖w‖², and its gradient λw.",
        "Leave the 2 out.",
    ),
    (
        lambda X, y, lam: _solve(X.T @ X / len(y) + lam * np.eye(X.shape[1]), X.T @ y / len(y)),
        "Your loss is a mean over samples, so λ weighs n times as much against it; here it is a sum.",
        "Leave out the division by n.",
    ),
    (
        lambda X, y, lam: _solve(X.T @ X + lam, X.T @ y),
        "You added λ to every entry of XᵀX: that is what NumPy does with a number.",
        "Add lam * np.eye(d), which touches the diagonal alone.",
    ),
    (
        lambda X, y, lam: _solve(X.T @ X, X.T @ y) / (1 + lam),
        "a/(1 + λ) is right for one weight by itself, or where XᵀX = I. Here the columns of X are not so.",
        "Solve the system of equations instead.",
    ),
)


@exercise(
    "At the minimum the gradient of the whole sum is zero. What is the gradient of ½‖Xw − y‖²? Of ½λ‖w‖²?",
    "Xᵀ(Xw − y) + λw = 0. Bring all that has a w to the left.",
    "(XᵀX + λI)w = Xᵀy, and np.linalg.solve(A, v) solves Aw = v.",
)
def ridge_weights(weights: Answer, seed: int = 0) -> str:
    """`weights(X, y, lam)` returns the w (d,) that minimises ½‖Xw − y‖² + ½λ‖w‖²."""
    drawn = np.random.default_rng(seed).uniform(0.2, 5, 2).round(2).tolist()
    cases = ((0, 5, 2, 0.7), (1, 6, 3, 2.5), (2, 2, 3, 0.5), (3, 4, 1, 10.0))
    for problem, n, d, lam in (*cases, (100 + seed, 7, 4, drawn[0]), (200 + seed, 3, 5, drawn[1])):
        X, y, _ = _problem(problem, n, d)
        on = f"X of shape ({n}, {d}) with λ = {lam:g}"
        given = {"X": X, "y": y, "λ": lam}
        compare(weights, "w", given, ridge(X, y, lam), _CLOSED, what=f"w of shape ({d},)", on=on)
    return "The gradient is zero at your w, even where there are fewer samples than weights: λ makes the answer unique."


def _pull(w: np.ndarray, X: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The gradient (d,) of ½‖Xw − y‖²."""
    return X.T @ (X @ w - y)


_STEP: tuple[Slip, ...] = (
    (
        lambda w, X, y, lam, eta: w + eta * (_pull(w, X, y) + lam * w),
        "That goes uphill: the gradient points up.",
        "Subtract it.",
    ),
    (
        lambda w, X, y, lam, eta: w - eta * _pull(w, X, y),
        "The penalty has no part in your step: λ changes nothing.",
        "Add λw to the gradient.",
    ),
    (
        lambda w, X, y, lam, eta: w - eta * (_pull(w, X, y) - lam * w),
        "Your penalty pushes weights away from 0.",
        "The gradient of ½λ‖w‖² is +λw.",
    ),
    (
        lambda w, X, y, lam, eta: w - eta * (-_pull(w, X, y) + lam * w),
        "The data's part points uphill, from Xw = y away: the error is Xw − y.",
        "Swap the two in the error.",
    ),
    (
        lambda w, X, y, lam, eta: w - eta * (_pull(w, X, y) + 2 * lam * w),
        "Your λ counts twice: the penalty is ½λ‖w‖², and its gradient λw.",
        "Leave the 2 out.",
    ),
    (
        lambda w, X, y, lam, eta: w - eta * (_pull(w, X, y) / len(y) + lam * w),
        "Your loss is a mean over samples; here it is a sum.",
        "Leave out the division by n.",
    ),
    (
        lambda w, X, y, lam, eta: (1 - lam) * w - eta * _pull(w, X, y),
        "The decay of one step is ηλ; yours leaves η out.",
        "Multiply the whole gradient by η, the penalty's part too.",
    ),
    (
        lambda w, X, y, lam, eta: w - (_pull(w, X, y) + lam * w),
        "Your step is the whole gradient, whatever η is.",
        "Multiply by η.",
    ),
)


@exercise(
    "A step of gradient descent is w − η times the gradient of what is minimised: loss and penalty together.",
    "The gradient of ½‖Xw − y‖² is Xᵀ(Xw − y), that of ½λ‖w‖² is λw.",
    "Return w - eta * (X.T @ (X @ w - y) + lam * w).",
)
def ridge_step(step: Answer, seed: int = 0) -> str:
    """`step(w, X, y, lam, eta)` returns the next w (d,) of gradient descent on ½‖Xw − y‖² + ½λ‖w‖²."""
    cases = ((0, 5, 2, 0.7, 0.05), (1, 6, 3, 2.5, 0.02), (2, 2, 3, 0.5, 0.1))
    drawn = np.random.default_rng(seed).uniform([0.2, 0.01], [3, 0.2]).round(2).tolist()
    for problem, n, d, lam, eta in (*cases, (100 + seed, 7, 4, *drawn)):
        X, y, w = _problem(problem, n, d)
        on = f"w = {show(w)} with λ = {lam:g}, η = {eta:g}"
        given = {"w": w, "X": X, "y": y, "λ": lam, "η": eta}
        right = w - eta * (_pull(w, X, y) + lam * w)
        compare(step, "the next w", given, right, _STEP, what=f"w of shape ({d},)", on=on)
    X, y, w = _problem(4, 8, 3)
    target, steps = ridge(X, y, 1.0), 0
    while np.abs(w - target).max() > 1e-6 and steps < 1000:
        w, steps = numbers(step(w, X, y, 1.0, 0.02), 3, "w of shape (3,)", "a later step"), steps + 1
    if steps == 1000:
        rule = "Every step is by the same rule; repeated, it leads to the closed form."
        raise Wrong(
            "w after 1,000 steps",
            on="λ = 1",
            got=show(w),
            rule=rule,
            next="Let the step depend on its arguments alone.",
        )
    return f"Repeated {steps} times, your step is at the closed form to six digits: two ways to one w."
