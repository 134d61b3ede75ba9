"""Under a constant gradient: the steps of momentum, which grow, and of AdaGrad, which shrink."""

from itertools import islice
from typing import Any

import numpy as np

from coursepkg.engine.optimisers import AdaGrad, Momentum

from ..answer import Answer
from ..exercise import exercise
from ..slips import Slip, compare


def _path(optimiser: Any, g: float, steps: int) -> np.ndarray:
    """Where the engine's optimiser is (steps + 1,) when every gradient is g, starting from 0."""
    constant = np.array([g])
    path = optimiser.iterates(lambda x: (0.0, constant), np.zeros(1))
    return np.array([x[0] for x, _ in islice(path, steps + 1)])


def _ball(eta: float, beta: float, g: float, t: int) -> float:
    """Displacement t of the heavy ball."""
    x = _path(Momentum(eta, beta), g, t)
    return float(x[t] - x[t - 1])


_DISPLACEMENTS: tuple[Slip, ...] = (
    (lambda eta, beta, g, t: -_ball(eta, beta, g, t), "The displacement goes against the gradient.", "Mind the sign."),
    (
        lambda eta, beta, g, t: abs(_ball(eta, beta, g, t)),
        "A displacement has a sign: it goes against the gradient.",
        "Leave out the absolute value.",
    ),
    (
        lambda eta, beta, g, t: -eta * g,
        "That is the step without momentum.",
        "Add β times the displacement before.",
    ),
    (
        lambda eta, beta, g, t: -eta * g / (1 - beta),
        "That is the limit for large t; asked is step t.",
        "Which powers of β are there at step t?",
    ),
    (
        lambda eta, beta, g, t: _path(Momentum(eta, beta), g, t)[t],
        "That is how far the ball has come in all; asked is step t alone.",
        "Do not add up the steps.",
    ),
    (
        lambda eta, beta, g, t: _ball(eta, beta, g, t + 1),
        "That is one step too late.",
        "The first step, t = 1, is −ηg: which power of β does its sum end with?",
    ),
    (
        lambda eta, beta, g, t: _ball(eta, beta, g, t - 1) if t > 1 else 0.0,
        "That is one step too early.",
        "The first step, t = 1, is −ηg: which power of β does its sum end with?",
    ),
    (
        lambda eta, beta, g, t: -eta * g * (1 - beta**t),
        "That is a moving average, as in Adam; here the gradient is not multiplied by 1 − β.",
        "Sum the powers of β again.",
    ),
)


@exercise(
    "Write down the first three displacements: −ηg, then −ηg + β times that, then once more.",
    "The displacement of step t is −ηg (1 + β + β² + … + βᵗ⁻¹). What is the sum of a geometric series?",
    "1 + β + … + βᵗ⁻¹ = (1 − βᵗ)/(1 − β). For large t it is 1/(1 − β).",
)
def momentum_step(step: Answer, seed: int = 0) -> str:
    """`step(eta, beta, g, t)` returns displacement t of the heavy ball from rest, every gradient being g."""
    rng = np.random.default_rng(seed)
    drawn = [(*rng.uniform([0.05, 0.3, 1], [0.9, 0.95, 5]).round(2).tolist(), int(t)) for t in rng.integers(2, 30, 3)]
    fixed = ((0.1, 0.9, 2.0, 3), (0.5, 0.6, -1.5, 4), (0.01, 0.99, 3.0, 1000), (0.3, 0.7, -2.0, 1), (0.2, 0.0, 1.5, 5))
    for case in (*fixed, *drawn):
        given = dict(zip(("η", "β", "g", "t"), case, strict=True))
        compare(step, "the displacement", given, _ball(*case), _DISPLACEMENTS, what="a displacement")
    return "The steps grow to −ηg/(1 − β): with β = 0.9, ten times as long as without momentum."


def _braked(eta: float, g: float, t: int) -> float:
    """The length of AdaGrad's step t."""
    x = _path(AdaGrad(eta, eps=0), g, t)
    return abs(float(x[t] - x[t - 1]))


_LENGTHS: tuple[Slip, ...] = (
    (lambda eta, g, t: -_braked(eta, g, t), "A length has no sign.", "Take the absolute value."),
    (
        lambda eta, g, t: _braked(eta, g, t) * abs(g),
        "The gradient's size is still there, but √G holds it too.",
        "Write out √(t g²) and cancel.",
    ),
    (lambda eta, g, t: eta / t, "AdaGrad divides by the root of the sum.", "Take the root of G."),
    (
        lambda eta, g, t: eta / (t * abs(g)),
        "The root is missing: G itself is in your denominator.",
        "Divide by √G.",
    ),
    (
        lambda eta, g, t: eta,
        "That is the first step; then G grows, and the steps shrink.",
        "What is G after t gradients?",
    ),
    (
        lambda eta, g, t: _braked(eta, g, t) / abs(g),
        "The numerator of the step is g, not 1.",
        "Multiply by |g|.",
    ),
    (
        lambda eta, g, t: abs(_path(AdaGrad(eta, eps=0), g, t)[t]),
        "That is the whole way so far; asked is step t alone.",
        "Do not add up the steps.",
    ),
    (
        lambda eta, g, t: eta / (t - 1) ** 0.5,
        "That is one step too early: the step's own gradient belongs to G.",
        "What is G at t = 1?",
    ),
    (lambda eta, g, t: eta / (t + 1) ** 0.5, "That is one step too late: G starts at 0.", "What is G at t = 1?"),
)


@exercise(
    "G is the sum of the squares of all gradients so far, this one included. If each is g, what is it at step t?",
    "G = t g². Put that into η|g|/√G, with ε = 0.",
    "√(t g²) = √t |g|: the size of the gradient cancels.",
)
def adagrad_step(step: Answer, seed: int = 0) -> str:
    """`step(eta, g, t)` returns the length of step t of AdaGrad with ε = 0, every gradient being g."""
    rng = np.random.default_rng(seed)
    drawn = [(*rng.uniform([0.05, -5], [0.9, -1]).round(2).tolist(), int(t)) for t in rng.integers(2, 60, 3)]
    for case in ((0.5, 3.0, 4), (0.2, -5.0, 9), (1.5, 0.01, 100), (0.3, 2.0, 1), *drawn):
        given = dict(zip(("η", "g", "t"), case, strict=True))
        compare(step, "the length", given, _braked(*case), _LENGTHS, what="a length")
    return "AdaGrad's steps shrink as η/√t, whatever the gradient's size: a schedule that nobody had to choose."
