"""Newton's step, and how fast it is where the curvature vanishes."""

import numpy as np

from ..answer import Answer, Wrong, numbers, show
from ..exercise import exercise

_H2 = np.array([[4.0, 1.0], [1.0, 3.0]])
_H3 = np.array([[5.0, 1.0, 2.0], [1.0, 4.0, 0.0], [2.0, 0.0, 3.0]])
_CASES = ((_H2, np.array([3.0, -1.0]), np.array([1.0, 2.0])), (_H3, np.array([0.5, 2.0, -1.0]), np.zeros(3)))
_STEPS = (
    (lambda w, g, H: w + np.linalg.solve(H, g), "The sign is wrong: that goes uphill.", "Solve Hp = −g."),
    (lambda w, g, H: -np.linalg.solve(H, g), "That is the step p; asked is where it leads.", "Add it to w."),
    (
        lambda w, g, H: w - H @ g,
        "You multiplied by H. The step divides by the curvature.",
        "Use np.linalg.solve(H, g).",
    ),
    (
        lambda w, g, H: w - g / np.diag(H),
        "Dividing by the diagonal alone ignores how the weights bend together.",
        "Solve the whole system.",
    ),
    (lambda w, g, H: w - g, "That is a step of gradient descent with η = 1; H is not used.", "Solve Hp = −g."),
    (
        lambda w, g, H: w - np.linalg.solve(H, g) / 2,
        "That is half of Newton's step; pure Newton takes all of it.",
        "Leave the factor out.",
    ),
)


@exercise(
    "The model f + gᵀp + ½ pᵀHp is lowest where its gradient g + Hp is zero.",
    "So H p = −g. np.linalg.solve(A, b) solves A p = b.",
    "Return w + p as a new array, so that the caller's w stays as it was.",
)
def newton_step(step: Answer, more: bool = False) -> str:
    """`step(w, g, H)` returns the next w (p,) of pure Newton, for the gradient g (p,) and the Hessian H (p, p)."""
    cases = (*_CASES, (np.array([[2.5]]), np.array([4.0]), np.array([-1.0]))) if more else _CASES
    for H, w, best in cases:
        g = H @ (w - best)
        on = f"w = {show(w)}, g = {show(g)}, H = {show([list(row) for row in H])}"
        got = numbers(np.ravel(step(w, g, H)), len(w), f"the next w, of shape {w.shape}", on)
        if np.linalg.norm(got - best) > 1e-10:
            known = next((words for f, *words in _STEPS if np.allclose(got, f(w, g, H))), None)
            rule, next_step = known or (
                "g and H belong to a bowl, so one step must reach its bottom exactly.",
                "Put your step p into g + Hp: it must give zeros.",
            )
            raise Wrong(
                "the next w", on=on, got=f"{show(got)}, while the bottom is at {show(best)}", rule=rule, next=next_step
            )
    return "One step, and it is at the bottom of every bowl, round or narrow."


_FACTORS = (
    (lambda k: 1 / (k - 1), "That is the share of x that a step takes off.", "What is left of x?"),
    (lambda k: k / (k - 1), "The sign is wrong: the step leads away from 0.", "Subtract f′/f″."),
    (
        lambda k: (k - 1) / k,
        "f″ is k(k−1)xᵏ⁻², not k²xᵏ⁻²: check the second derivative.",
        "Differentiate kxᵏ⁻¹ once more.",
    ),
    (lambda k: 2 / 3, "That holds for k = 4 alone.", "Keep k in the formula."),
    (lambda k: 0.0, "One step suffices for k = 2 alone, the bowl.", "Compute f′/f″ for a general k."),
    (lambda k: 0.5, "It is not always a half.", "Compute f′/f″ for a general k."),
)


@exercise(
    "Newton in one variable: x ← x − f′(x)/f″(x). Put in f = xᵏ.",
    "f′ = k xᵏ⁻¹ and f″ = k(k − 1) xᵏ⁻², so f′/f″ = x/(k − 1).",
    "x − x/(k − 1) = x (k − 2)/(k − 1).",
)
def power_factor(factor: Answer) -> str:
    """`factor(k)` returns what pure Newton multiplies x by in a step on f(x) = xᵏ, for even k ≥ 2."""
    for k in (6, 4, 2, 10):
        got = float(numbers([factor(k)], 1, "one number", f"k = {k}")[0])
        if abs(got - (k - 2) / (k - 1)) > 1e-6:
            known = next((words for f, *words in _FACTORS if abs(got - f(k)) < 1e-3), None)
            rule, next_step = known or ("On xᵏ a step is x/(k − 1) long.", "Subtract it from x and divide by x.")
            raise Wrong("the factor", on=f"k = {k}", got=show(got), rule=rule, next=next_step)
    return "(k − 2)/(k − 1): 0 for the bowl, 2/3 for x⁴, and ever nearer to 1."
