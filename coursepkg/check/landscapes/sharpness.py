"""Sharpness: of the minima of ½(w₁w₂ − 1)², and which of them a step size can hold."""

from functools import partial

import numpy as np

from coursepkg.engine.derivatives import numerical_gradient

from ..answer import Answer
from ..exercise import exercise
from ..slips import Slip, compare


def _hessian(a: float) -> np.ndarray:
    """The Hessian (2, 2) of ½(w₁w₂ − 1)² at (a, 1/a), by differences of its gradient."""

    def gradient(k: int, w: np.ndarray) -> float:
        return float((w[0] * w[1] - 1) * w[1 - k])

    return np.array([numerical_gradient(partial(gradient, k), np.array([a, 1 / a])) for k in (0, 1)])


_SHARP: tuple[Slip, ...] = (
    (lambda a: 2.0, "That is so at a = 1 alone.", "Which Hessian has the loss at (a, 1/a)?"),
    (lambda a: a**2, "That is one entry of the Hessian's diagonal.", "Which are its eigenvalues?"),
    (lambda a: a**-2, "That is one entry of the Hessian's diagonal.", "Which are its eigenvalues?"),
    (lambda a: max(a**2, a**-2), "That is the larger entry of the diagonal.", "Which are the eigenvalues?"),
    (lambda a: a + 1 / a, "The entries of the Hessian are squares.", "Differentiate twice."),
    (lambda a: (a**2 + a**-2) / 2, "The sum of the diagonal is not halved: the other eigenvalue is 0.", "Add them up."),
    (lambda a: 0.0, "That is the eigenvalue along the curve, where the loss stays 0.", "Which is the other?"),
)


@exercise(
    "Write down the Hessian of ½(w₁w₂ − 1)² at a point where w₁w₂ = 1. What do its eigenvalues add up to?",
    "H = ((w₂², 1), (1, w₁²)) there, and its determinant is 0: one eigenvalue is 0.",
    "So the other is the sum of the diagonal, with w₁ = a and w₂ = 1/a.",
)
def minimum_sharpness(sharpness: Answer, seed: int = 0) -> str:
    """`sharpness(a)` returns the largest eigenvalue of the Hessian of ½(w₁w₂ − 1)² at its minimum (a, 1/a)."""
    cases = (3.0, 0.5, *np.random.default_rng(seed).uniform(0.3, 5, 3).round(2).tolist())
    others = [(a,) for a in cases]
    for a in cases:
        right = float(np.linalg.eigvalsh(_hessian(a))[-1])
        compare(sharpness, "the sharpness", {"a": a}, right, _SHARP, what="one number", rtol=1e-5, others=others)
    return "Flattest at a = 1, where both weights share the work: yet all these minima compute the same function."


def _widest(eta: float) -> float:
    return (1 / eta + (1 / eta**2 - 1) ** 0.5) ** 0.5


_WIDEST: tuple[Slip, ...] = (
    (
        lambda eta: (2 / eta) ** 0.5,
        "The term 1/a² is left out; near the limit it counts.",
        "Solve a² + 1/a² = 2/η: it is quadratic in a².",
    ),
    (
        lambda eta: 1 / _widest(eta),
        "That is the smallest a that holds, the mirror image of the largest.",
        "Take the larger root.",
    ),
    (lambda eta: _widest(eta) ** 2, "That is a².", "Take the root."),
    (lambda eta: 2 / eta, "That is the largest sharpness that η can hold.", "For which a is the sharpness so large?"),
    (
        lambda eta: (0.5 / eta + (0.25 / eta**2 - 1) ** 0.5) ** 0.5,
        "That is for a sharpness of 1/η; the limit is 2/η.",
        "When does |1 − ηS| reach 1?",
    ),
)


@exercise(
    "Which sharpness S can a step size η just hold? At which a is the sharpness a² + 1/a² so large?",
    "S = 2/η. Multiply a² + 1/a² = 2/η by a²: it is a quadratic equation in a².",
    "a² = 1/η + √(1/η² − 1), with the larger root.",
)
def widest_balance(widest: Answer, seed: int = 0) -> str:
    """`widest(eta)` returns the largest a whose minimum (a, 1/a) of ½(w₁w₂ − 1)² descent with η < 1 does not leave."""
    for eta in (0.2, 0.45, *np.random.default_rng(seed).uniform(0.05, 0.9, 3).round(3).tolist()):
        compare(widest, "a", {"η": eta}, _widest(eta), _WIDEST, what="one number")
    return "With η = 0.2 minima up to a = 3.15 hold a run, with η = 0.9 none beyond 1.26: long steps choose flat ones."
