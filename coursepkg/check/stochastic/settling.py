"""The noise ball: how wide it is, and how soon."""

import numpy as np

from ..answer import Answer
from ..exercise import exercise
from ..slips import Slip, compare


def _ball(eta: float, variance: float, B: int) -> float:
    return eta * variance / (2 - eta) / B


_WIDTH: tuple[Slip, ...] = (
    (
        lambda eta, variance, B: eta * variance / 2 / B,
        "That is what it comes to for small η alone.",
        "Solve V = (1 − η)²V + η²σ²/B without leaving anything out.",
    ),
    (
        lambda eta, variance, B: _ball(eta, variance, 1),
        "The batch is missing: the mean of B samples scatters less.",
        "Divide by B.",
    ),
    (
        lambda eta, variance, B: _ball(eta, variance, B) ** 0.5,
        "That is the standard deviation; V is the variance.",
        "Take no root.",
    ),
    (
        lambda eta, variance, B: eta**2 * variance / B,
        "That is the noise that one step adds; older noise is still there.",
        "A step keeps the share (1 − η)² of the variance that was.",
    ),
    (
        lambda eta, variance, B: eta * variance / B,
        "A step keeps (1 − η)² of the variance, not 1 − η.",
        "Square it, and solve again.",
    ),
    (
        lambda eta, variance, B: eta * variance**2 / (2 - eta) / B,
        "You are given the variance σ² already.",
        "Do not square it.",
    ),
)


@exercise(
    "In balance a step changes V no more. What does a step keep of V, and what does it add?",
    "V = (1 − η)² V + η² σ²/B. Bring V to one side.",
    "1 − (1 − η)² = η(2 − η), so V = η σ²/((2 − η) B).",
)
def ball_variance(width: Answer, seed: int = 0) -> str:
    """`width(eta, variance, B)` returns the noise ball's V; `variance` is σ², of one sample's gradient."""
    rng = np.random.default_rng(seed)
    drawn = [(*rng.uniform([0.05, 0.5], [1.9, 6]).round(2).tolist(), int(B)) for B in rng.integers(2, 40, 3)]
    for case in ((0.2, 3.1, 1), (0.5, 2.5, 4), (1.5, 0.7, 3), *drawn):
        given = dict(zip(("η", "σ²", "B"), case, strict=True))
        compare(width, "V", given, _ball(*case), _WIDTH, what="one number")
    return "Four times the batch divides V by 4; half the step divides it by a little more than 2."


def _after(eta: float, variance: float, B: int, t: int) -> float:
    return eta**2 * variance / B * sum((1 - eta) ** (2 * age) for age in range(t))


_AFTER: tuple[Slip, ...] = (
    (
        lambda eta, variance, B, t: _ball(eta, variance, B),
        "That is where it ends up; asked is step t.",
        "What is V after one step, from 0?",
    ),
    (
        lambda eta, variance, B, t: t * eta**2 * variance / B,
        "Each step also shrinks what is there, by (1 − η)².",
        "Work out the second step by hand.",
    ),
    (
        lambda eta, variance, B, t: _ball(eta, variance, B) * (1 - (1 - eta) ** t),
        "Distances shrink by 1 − η in a step, and variances by its square.",
        "Put 2t where you have t.",
    ),
    (
        lambda eta, variance, B, t: _after(eta, variance, B, t - 1),
        "That is one step too few.",
        "After the first step V is η²σ²/B.",
    ),
    (
        lambda eta, variance, B, t: _after(eta, variance, B, t + 1),
        "That is one step too many.",
        "After the first step V is η²σ²/B.",
    ),
    (lambda eta, variance, B, t: B * _after(eta, variance, B, t), "The batch is missing.", "Divide σ² by B."),
)


@exercise(
    "What is V after one step from a start without scatter, and after two?",
    "A loop does it: t times V ← (1 − η)² V + η² σ²/B, from V = 0.",
    "Or by the geometric series: V∞ (1 − (1 − η)²ᵗ).",
)
def ball_after(variance: Answer, seed: int = 0) -> str:
    """`variance_after(eta, variance, B, t)` returns the variance of the iterates after t steps, from one start."""
    rng = np.random.default_rng(seed)
    drawn = [(*rng.uniform([0.05, 0.5], [0.9, 6]).round(2).tolist(), 3, int(t)) for t in rng.integers(2, 12, 3)]
    for case in ((0.2, 3.1, 2, 3), (0.5, 2.5, 4, 1), (0.01, 4.5, 5, 40), *drawn):
        given = dict(zip(("η", "σ²", "B", "t"), case, strict=True))
        compare(variance, "the variance", given, _after(*case), _AFTER, what="one number")
    return "The scatter grows to the noise ball's as the distance from the minimum dies, by (1 − η)² a step."
