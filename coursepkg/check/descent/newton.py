"""Newton's step, and how fast it is where the curvature vanishes."""

import numpy as np

from ..answer import Answer, Wrong, show
from ..exercise import exercise
from ..slips import Slip, compare

_H2 = np.array([[4.0, 1.0], [1.0, 3.0]])
_H3 = np.array([[5.0, 1.0, 2.0], [1.0, 4.0, 0.5], [2.0, 0.5, 3.0]])
_CASES = (
    (_H2, np.array([3.0, -1.0]), np.array([1.0, 2.0])),
    (_H3, np.array([0.5, 2.0, -1.0]), np.array([-0.5, 1.5, 0.25])),
    (np.array([[2.5]]), np.array([4.0]), np.array([-1.0])),
)
_STEPS: tuple[Slip, ...] = (
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
def newton_step(step: Answer, seed: int = 0) -> str:
    """`step(w, g, H)` returns the next w (p,) of pure Newton, for the gradient g (p,) and the Hessian H (p, p)."""
    rng = np.random.default_rng(seed)
    root = rng.uniform(-2, 2, (4, 4)).round(1)
    for H, w, best in (*_CASES, (root @ root.T + np.eye(4), *rng.uniform(-3, 3, (2, 4)).round(1))):
        given = {"w": w, "g": H @ (w - best), "H": H}
        on = ", ".join(f"{symbol} = {show(value.tolist())}" for symbol, value in given.items())
        shape = np.shape(step(*given.values()))
        if shape == H.shape and len(w) > 1:
            rule = "In g / H each number divides another, entry by entry, and a matrix comes out."
            quantity, asked = (
                "the shape of the next w",
                f"A system of equations is to be solved: H p = −g for p {w.shape}.",
            )
            raise Wrong(quantity, on=on, got=shape, rule=rule, next=asked)
        compare(
            step, "the next w", given, best, _STEPS, what=f"the next w, of shape {w.shape}", on=on, atol=1e-10, rtol=0
        )
    return "One step, and it is at the bottom of every bowl, round or narrow."


_FACTORS: tuple[Slip, ...] = (
    (lambda k: 1 / (k - 1), "That is the share of x that a step takes off.", "What is left of x?"),
    (lambda k: k / (k - 1), "The sign is wrong: the step leads away from 0.", "Subtract f′/f″."),
    (
        lambda k: (k - 1) / k,
        "f″ is k(k−1)xᵏ⁻², not k²xᵏ⁻²: check the second derivative.",
        "Differentiate kxᵏ⁻¹ once more.",
    ),
    (lambda k: 2 / 3, "That holds for k = 4 alone.", "Keep k in the formula."),
    (lambda k: 0.0, "One step suffices for k = 2 alone, the bowl.", "Compute f′/f″ for a general k."),
    (lambda k: k - 2 / k - 1, "Python divides first: that is k − (2/k) − 1.", "Put brackets around what is divided."),
    (lambda k: (k - 2) / k - 1, "Python divides first: the −1 is not under the bar.", "Put brackets around k − 1."),
    (lambda k: 0.5, "It is not always a half.", "Compute f′/f″ for a general k."),
)


@exercise(
    "Newton in one variable: x ← x − f′(x)/f″(x). Put in f = xᵏ.",
    "f′ = k xᵏ⁻¹ and f″ = k(k − 1) xᵏ⁻², so f′/f″ = x/(k − 1).",
    "x − x/(k − 1) = x (k − 2)/(k − 1).",
)
def power_factor(factor: Answer, seed: int = 0) -> str:
    """`factor(k)` returns what pure Newton multiplies x by in a step on f(x) = xᵏ, for even k ≥ 2."""
    for k in (6, 4, 2, 10, *(2 * np.random.default_rng(seed).choice(range(6, 40), 3, replace=False)).tolist()):
        compare(factor, "the factor", {"k": k}, (k - 2) / (k - 1), _FACTORS, what="one number")
    return "(k − 2)/(k − 1): 0 for the bowl, 2/3 for x⁴, and ever nearer to 1."
