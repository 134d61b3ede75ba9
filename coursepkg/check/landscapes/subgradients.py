"""Kinks: all the slopes that serve at a point, and a test for the minimum of the lasso."""

import numpy as np

from ..answer import Answer
from ..exercise import exercise
from ..slips import Slip, compare


def _range(x: float, knots: np.ndarray, weights: np.ndarray) -> tuple[float, float]:
    slope, kink = float(weights @ np.sign(x - knots)), float(weights @ (x == knots))
    return slope - kink, slope + kink


_RANGES: tuple[Slip, ...] = (
    (
        lambda x, knots, weights: (weights @ np.sign(x - knots),) * 2,
        "At a kink np.sign gives 0, one slope of many; all between the left and the right one serve.",
        "What are the slopes just left and just right of x?",
    ),
    (
        lambda x, knots, weights: (-weights.sum(), weights.sum()),
        "That is so where all kinks meet; each |x − k| away from its kink has one slope only.",
        "Take each term by itself.",
    ),
    (
        lambda x, knots, weights: _range(x, knots, np.ones_like(weights)),
        "The weights are missing: c|x − k| has the slopes ±c.",
        "Multiply each sign by its weight.",
    ),
    (lambda x, knots, weights: _range(x, knots, weights)[::-1], "The smaller slope goes first.", "Swap the two."),
    (
        lambda x, knots, weights: [-s for s in _range(x, knots, weights)][::-1],
        "Your slopes have the wrong sign: to the right of a kink |x − k| rises.",
        "Use the sign of x − k.",
    ),
)


@exercise(
    "Which slope has c|x − k| to the left of k, which to the right, and which at k itself?",
    "Add up over the terms: −c left of k, c right of it, and everything from −c to c at k.",
    "low = Σ c sign(x − k) − Σ c over the kinks at x; high has + instead.",
)
def subgradient_range(slopes: Answer, seed: int = 0) -> str:
    """`slopes(x, knots, weights)` returns (lowest, highest) subgradient of f(x) = Σ weights·|x − knots| at x."""
    rng = np.random.default_rng(seed)
    knots, weights = np.array([-1.5, 2.0, 3.0, 3.0]), np.array([2.0, 0.5, 1.5, 0.25])
    drawn = rng.integers(-6, 7, 5) / 2, rng.integers(2, 12, 5) / 4
    cases = [(2.0, knots, weights), (0.5, knots, weights), (3.0, knots, weights), (-1.5, knots, weights)]
    for x, k, c in (*cases, *((x, *drawn) for x in (float(drawn[0][1]), float(drawn[0][3]), 0.25))):
        given = {"x": x, "knots": k, "weights": c}
        compare(slopes, "(lowest, highest)", given, _range(x, k, c), _RANGES, what="two slopes")
    return "Where 0 lies between the two, x is a minimum: f is convex, and no derivative is needed."


def _off(w: np.ndarray, g: np.ndarray, lam: float) -> np.ndarray:
    return np.where(w == 0, np.maximum(np.abs(g) - lam, 0), np.abs(g + lam * np.sign(w)))


_OFF: tuple[Slip, ...] = (
    (
        lambda w, g, lam: np.abs(g + lam * np.sign(w)),
        "At a weight of 0 the penalty offers every slope from −λ to λ, not 0 alone.",
        "How near to 0 can g plus one of these slopes come?",
    ),
    (
        lambda w, g, lam: np.maximum(np.abs(g) - lam, 0),
        "That is right for weights of 0 only; elsewhere the penalty has one slope, λ sign(w).",
        "Add it to g.",
    ),
    (
        lambda w, g, lam: np.where(w == 0, np.maximum(np.abs(g) - lam, 0), np.abs(g - lam * np.sign(w))),
        "The slope of λ|w| is λ to the right of 0; yours has the other sign.",
        "Add λ sign(w).",
    ),
    (
        lambda w, g, lam: np.where(w == 0, np.abs(np.abs(g) - lam), np.abs(g + lam * np.sign(w))),
        "Where |g| < λ some slope of the kink makes up for g, and nothing is left.",
        "Cut off at 0.",
    ),
    (lambda w, g, lam: np.abs(g), "The penalty is missing.", "Which slopes has λ|w|?"),
    (
        lambda w, g, lam: np.where(w == 0, np.maximum(np.abs(g) - lam, 0), g + lam * np.sign(w)),
        "A distance from 0 has no sign.",
        "Take the absolute value.",
    ),
)


@exercise(
    "Take one weight at a time. Which slopes has λ|w| where w is not 0, and which where it is?",
    "For w ≠ 0 the slope of the whole is g + λ sign(w). For w = 0 it is anything from g − λ to g + λ.",
    "|g + λ sign(w)| where w ≠ 0, and max(|g| − λ, 0) where w = 0: np.where(w == 0, …, …).",
)
def lasso_off(distance: Answer, seed: int = 0) -> str:
    """`distance(w, g, lam)` returns for each weight (d,) how far 0 is from the subgradients of L + λ Σ|w|; g = ∇L."""
    rng = np.random.default_rng(seed)
    fixed = np.array([1.5, 0.0, -2.0, 0.0, 0.5]), np.array([-0.5, 0.3, 0.2, -1.7, 1.1]), 0.5
    w, g = rng.integers(-2, 3, 6) / 2, rng.uniform(-2, 2, 6).round(1)
    w[:2], g[:2] = 0.0, (0.2, -1.9)
    for case in (fixed, (w, g, round(float(rng.uniform(0.3, 1.5)), 1))):
        given = dict(zip(("w", "g", "λ"), case, strict=True))
        compare(distance, "the distance from 0", given, _off(*case), _OFF, what="an array of the shape of w")
    return "All zeros mean a minimum of the lasso: so it is known when to stop, kinks or not."
