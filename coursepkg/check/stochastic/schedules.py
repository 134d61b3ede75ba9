"""Schedules: stairs, and half a wave of the cosine."""

from math import cos, pi, sin

import numpy as np

from coursepkg.engine.schedules import Cosine, Stairs

from ..answer import Answer
from ..exercise import exercise
from ..slips import Slip, compare

_STAIRS: tuple[Slip, ...] = (
    (
        lambda eta, factor, every, t: eta * factor ** (t // every),
        "Your first stair is one step short: steps 1 to `every` share one η.",
        "Count (t − 1) // every.",
    ),
    (
        lambda eta, factor, every, t: eta * factor ** ((t - 1) / every),
        "That slides down a little in every step; stairs are level in between.",
        "Use // instead of /.",
    ),
    (
        lambda eta, factor, every, t: eta * factor * ((t - 1) // every),
        "Each drop multiplies by the factor once more.",
        "The number of drops belongs into the exponent.",
    ),
    (
        lambda eta, factor, every, t: eta / factor ** ((t - 1) // every),
        "Your stairs lead upwards.",
        "Multiply by the factor's power.",
    ),
    (
        lambda eta, factor, every, t: eta * factor if t > every else eta,
        "Yours drops once; stairs drop after each `every` steps.",
        "How often has η dropped before step t?",
    ),
    (lambda eta, factor, every, t: eta, "Yours never drops.", "How often has η dropped before step t?"),
    (lambda eta, factor, every, t: eta * factor, "Yours begins on the second stair.", "What is η at t = 1?"),
)


@exercise(
    "How often has η dropped before step t? Try t = every, and t = every + 1.",
    "(t − 1) // every drops, each by the factor.",
    "eta * factor ** ((t - 1) // every).",
)
def stairs(eta_at: Answer, seed: int = 0) -> str:
    """`eta_at(eta, factor, every, t)` returns η at step t = 1, 2, …, a factor smaller after each `every` steps."""
    rng = np.random.default_rng(seed)
    cases = [(0.8, 0.3, 4, t) for t in (4, 5, 9, 1, 14)]
    cases += [(*rng.uniform([0.1, 0.2], [0.9, 0.9]).round(2).tolist(), 7, int(t)) for t in rng.integers(15, 60, 3)]
    for case in cases:
        given = dict(zip(("η", "factor", "every", "t"), case, strict=True))
        compare(eta_at, "the step size", given, Stairs(*case[:3])(case[3]), _STAIRS, what="one number")
    return "Level for long, then a drop: large steps travel, small ones settle."


_WAVE: tuple[Slip, ...] = (
    (
        lambda eta, steps, t: eta * (1 + cos(pi * t / steps)) / 2,
        "Yours is one step ahead: step t = 1 is to take all of η.",
        "Begin at (t − 1)/steps.",
    ),
    (
        lambda eta, steps, t: eta * (1 + cos(pi * (t - 1) / steps)),
        "Yours begins at 2η: cos 0 is 1, and so is the 1 before it.",
        "Halve it.",
    ),
    (
        lambda eta, steps, t: eta * cos(pi * (t - 1) / steps),
        "The cosine itself falls below 0, to −1.",
        "Lift it by 1, and halve.",
    ),
    (
        lambda eta, steps, t: eta * (1 + cos(2 * pi * (t - 1) / steps)) / 2,
        "That is a whole wave: it rises again to η.",
        "Half a wave ends at π.",
    ),
    (
        lambda eta, steps, t: eta * cos(pi / 2 * (t - 1) / steps),
        "A quarter of a wave ends at 0 too, but steeply.",
        "Lift the cosine by 1, halve it, and go to π.",
    ),
    (
        lambda eta, steps, t: eta * (1 + sin(pi * (t - 1) / steps)) / 2,
        "The sine begins in the middle and rises.",
        "Take the cosine.",
    ),
    (
        lambda eta, steps, t: eta * (1 + cos(180 * (t - 1) / steps)) / 2,
        "The cosine takes radians.",
        "Half a turn is π.",
    ),
    (lambda eta, steps, t: eta * (1 - (t - 1) / steps), "That falls along a line.", "Use the cosine."),
)


@exercise(
    "Where does the wave begin, where does it end, and how high is it half-way?",
    "½ η (1 + cos φ) goes from η to 0 as φ goes from 0 to π.",
    "φ = π (t − 1)/steps.",
)
def half_cosine(eta_at: Answer, seed: int = 0) -> str:
    """`eta_at(eta, steps, t)` returns η at step t = 1, 2, …, steps + 1 of half a wave of the cosine, from η to 0."""
    rng = np.random.default_rng(seed)
    cases = [(0.8, 10, t) for t in (4, 1, 6, 11)]
    cases += [(round(rng.uniform(0.1, 2), 2), 23, int(t)) for t in rng.integers(2, 23, 3)]
    for case in cases:
        given = dict(zip(("η", "steps", "t"), case, strict=True))
        compare(eta_at, "the step size", given, Cosine(*case[:2])(case[2]), _WAVE, what="one number")
    return "It idles at both ends and hurries in the middle; at step `steps` + 1 nothing is left."
