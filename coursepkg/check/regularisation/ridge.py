"""Ridge regression: its closed form, and the step of gradient descent that leads to it."""

from collections.abc import Callable

import numpy as np

from coursepkg.engine.linear import ridge

from ..answer import Answer, Wrong, numbers, says, show
from ..exercise import exercise


def _problem(seed: int, n: int, d: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """X (n, d), y (n,) and a start w (d,), all to one decimal."""
    rng = np.random.default_rng(seed)
    return tuple(rng.normal(0, 1.5, size).round(1) for size in ((n, d), n, d))


def _solve(A: np.ndarray, v: np.ndarray) -> np.ndarray:
    return np.linalg.lstsq(A, v, rcond=None)[0]


_CLOSED: tuple[tuple[Callable, str, str], ...] = (
    (
        lambda X, y, lam, I: _solve(X.T @ X, X.T @ y),
        "That is least squares: your answer does not depend on λ.",
        "Add the penalty's gradient, λw, before you solve for w.",
    ),
    (
        lambda X, y, lam, I: _solve(X.T @ X - lam * I, X.T @ y),
        "λ has the wrong sign: yours makes weights larger.",
        "Set Xᵀ(Xw − y) + λw to zero and collect what stands before w.",
    ),
    (
        lambda X, y, lam, I: _solve(X.T @ X + 2 * lam * I, X.T @ y),
        "Your λ counts twice: the penalty is ½λ‖w‖², and its gradient λw.",
        "Leave the 2 out.",
    ),
    (
        lambda X, y, lam, I: _solve(X.T @ X / len(y) + lam * I, X.T @ y / len(y)),
        "Your loss is a mean over samples, so λ weighs n times as much against it; here it is a sum.",
        "Leave out the division by n.",
    ),
    (
        lambda X, y, lam, I: _solve(X.T @ X + lam, X.T @ y),
        "You added λ to every entry of XᵀX: that is what NumPy does with a number.",
        "Add lam * np.eye(d), which touches the diagonal alone.",
    ),
    (
        lambda X, y, lam, I: _solve(X.T @ X, X.T @ y) / (1 + lam),
        "a/(1 + λ) is right for one weight by itself, or where XᵀX = I. Here the columns of X are not so.",
        "Solve the system of equations instead.",
    ),
)


@exercise(
    "At the minimum the gradient of the whole sum is zero. What is the gradient of ½‖Xw − y‖²? Of ½λ‖w‖²?",
    "Xᵀ(Xw − y) + λw = 0. Bring all that has a w to the left.",
    "(XᵀX + λI)w = Xᵀy, and np.linalg.solve(A, v) solves Aw = v.",
)
def ridge_weights(weights: Answer) -> str:
    """`weights(X, y, lam)` returns the w (d,) that minimises ½‖Xw − y‖² + ½λ‖w‖²."""
    for seed, n, d, lam in ((0, 5, 2, 0.7), (1, 6, 3, 2.5), (2, 2, 3, 0.5), (3, 4, 1, 10.0)):
        X, y, _ = _problem(seed, n, d)
        on = f"X of shape ({n}, {d}) with λ = {lam:g}"
        got = numbers(weights(X, y, lam), d, f"w of shape ({d},)", on)
        right = ridge(X, y, lam)
        if np.allclose(got, right, rtol=1e-6, atol=1e-9):
            continue
        known = (words for f, *words in _CLOSED if np.allclose(got, f(X, y, lam, np.eye(d)), rtol=1e-6, atol=1e-9))
        slope = X.T @ (X @ got - y) + lam * got
        words = next(known, None) or (
            f"At the minimum the gradient Xᵀ(Xw − y) + λw is zero; at yours it is {show(slope)}.",
            "Set that gradient to zero by hand, and solve for w.",
        )
        raise Wrong("w", on=on, got=f"{show(got)} instead of {show(right)}", **says(*words))
    return "The gradient is zero at your w, even where there are fewer samples than weights: λ makes the answer unique."


_STEP: tuple[tuple[Callable, str, str], ...] = (
    (lambda w, g, lam, eta, n: w + eta * (g + lam * w), "That goes uphill: the gradient points up.", "Subtract it."),
    (
        lambda w, g, lam, eta, n: w - eta * g,
        "The penalty has no part in your step: λ changes nothing.",
        "Add λw to the gradient.",
    ),
    (
        lambda w, g, lam, eta, n: w - eta * (g - lam * w),
        "Your penalty pushes weights away from 0.",
        "The gradient of ½λ‖w‖² is +λw.",
    ),
    (
        lambda w, g, lam, eta, n: w - eta * (-g + lam * w),
        "The data's part points uphill, from Xw = y away: the error is Xw − y.",
        "Swap the two in the error.",
    ),
    (
        lambda w, g, lam, eta, n: w - eta * (g + 2 * lam * w),
        "Your λ counts twice: the penalty is ½λ‖w‖², and its gradient λw.",
        "Leave the 2 out.",
    ),
    (
        lambda w, g, lam, eta, n: w - eta * (g / n + lam * w),
        "Your loss is a mean over samples; here it is a sum.",
        "Leave out the division by n.",
    ),
    (
        lambda w, g, lam, eta, n: (1 - lam) * w - eta * g,
        "The decay of one step is ηλ; yours leaves η out.",
        "Multiply the whole gradient by η, the penalty's part too.",
    ),
    (lambda w, g, lam, eta, n: w - (g + lam * w), "Your step is the whole gradient, whatever η is.", "Multiply by η."),
)


@exercise(
    "A step of gradient descent is w − η times the gradient of what is minimised: loss and penalty together.",
    "The gradient of ½‖Xw − y‖² is Xᵀ(Xw − y), that of ½λ‖w‖² is λw.",
    "Return w - eta * (X.T @ (X @ w - y) + lam * w).",
)
def ridge_step(step: Answer) -> str:
    """`step(w, X, y, lam, eta)` returns the next w (d,) of gradient descent on ½‖Xw − y‖² + ½λ‖w‖²."""
    for seed, n, d, lam, eta in ((0, 5, 2, 0.7, 0.05), (1, 6, 3, 2.5, 0.02), (2, 2, 3, 0.5, 0.1)):
        X, y, w = _problem(seed, n, d)
        g = X.T @ (X @ w - y)
        on = f"w = {show(w)} with λ = {lam:g}, η = {eta:g}"
        got, right = numbers(step(w, X, y, lam, eta), d, f"w of shape ({d},)", on), w - eta * (g + lam * w)
        if np.allclose(got, right, rtol=1e-6, atol=1e-9):
            continue
        known = (words for f, *words in _STEP if np.allclose(got, f(w, g, lam, eta, n), rtol=1e-6, atol=1e-9))
        words = next(known, None) or (
            "The step is −η times the gradient of the sum, Xᵀ(Xw − y) + λw.",
            f"Print the gradient: here it is {show(g + lam * w)}.",
        )
        raise Wrong("the next w", on=on, got=f"{show(got)} instead of {show(right)}", **says(*words))
    X, y, w = _problem(4, 8, 3)
    target, steps = ridge(X, y, 1.0), 0
    while np.abs(w - target).max() > 1e-6 and steps < 10_000:
        w, steps = numbers(step(w, X, y, 1.0, 0.02), 3, "w of shape (3,)", "a later step"), steps + 1
    if steps == 10_000:
        rule = "Every step is by the same rule; repeated, it leads to the closed form."
        raise Wrong(
            "w after 10,000 steps",
            on="λ = 1",
            got=show(w),
            rule=rule,
            next="Let the step depend on its arguments alone.",
        )
    return f"Repeated {steps} times, your step is at the closed form to six digits: two ways to one w."
