"""ELU: its slopes on both sides of 0, and their picture."""

from math import e
from typing import Any

import numpy as np

from coursepkg.engine.activations import SELU_ALPHA, SELU_LAMBDA, elu, elu_slope

from ..answer import Answer, Wrong, says, show
from ..exercise import exercise
from ..picture import Picture, fresh, gap, number, on_graph, word
from ..slips import compare

_LIMITS = (
    (lambda k: (1, k), "You have the two sides the wrong way round.", "On which side of 0 does e^z stand?"),
    (lambda k: (k, k), "On the right ELU is z itself, whatever α is.", "What is the slope of z?"),
    (
        lambda k: (0, 1),
        "That is the ReLU. To the left of 0 ELU is α(e^z − 1).",
        "Differentiate that, then let z go to 0.",
    ),
    (lambda k: (0, 0), "Those are the values of ELU at 0; asked are its slopes.", "Differentiate both branches first."),
    (lambda k: (1, 1), "That holds for α = 1 alone. To the left the slope is αe^z.", "Keep the factor α."),
    (lambda k: (k / e, 1), "That is the slope at z = −1. Asked is its limit as z comes to 0.", "Put z = 0 into αe^z."),
    (
        lambda k: (SELU_LAMBDA * k, SELU_LAMBDA),
        "The factor λ belongs to SELU; ELU has none.",
        "Leave λ out on both sides.",
    ),
)


@exercise(
    "ELU has two branches. Differentiate each by itself.",
    "To the left the slope is αe^z, to the right it is 1. What do they tend to as z comes to 0?",
    "e⁰ = 1, so from the left the slope tends to α.",
)
def elu_slopes(slopes: Answer, seed: int = 0) -> str:
    """`slopes(alpha)` returns the slopes of ELU at 0 (from the left, from the right)."""
    for alpha in (2.0, 0.5, SELU_ALPHA, *np.random.default_rng(seed).uniform(0.1, 4, 3).round(2), 1.0):
        compare(slopes, "(left, right)", {"α": alpha}, (alpha, 1.0), _LIMITS, what="(left, right)")
    return (
        "From the left α, from the right 1: they agree if and only if α = 1, and then ELU has a derivative everywhere."
    )


@exercise(
    "One curve for each α. For z < 0 it is αe^z, for z > 0 it is 1.",
    "Take z = np.linspace(-3, 3, 201), and elu_slope(z, alpha) from coursepkg.engine.activations.",
    "Give each ax.plot a label and a line style of its own, call ax.legend(), and name the axes with ax.set.",
)
def elu_picture(draw: Answer, ax: Any, seed: int = 0) -> str:
    """`draw(ax, alphas)` draws the slope of ELU over z from −3 to 3, a curve for each α."""
    _look(draw, ax, (0.5, 1.0, 2.0))
    _look(draw, fresh(ax), tuple(np.random.default_rng(seed).uniform([0.2, 1.2], [0.8, 3]).round(2).tolist()))
    return (
        "The curves are the slopes, and legend and labels are there. Whether the kink is plain to see, a person judges."
    )


def _look(draw: Answer, ax: Any, alphas: tuple[float, ...]) -> None:
    picture = Picture(draw, ax, alphas, on=f"α = {', '.join(f'{alpha:g}' for alpha in alphas)}")
    curves = picture.curves(3)
    own = []
    for alpha in alphas:
        quantity = f"a curve of the slope for α = {alpha:g}"
        parts = [c for c in curves if _is(c.points, lambda z, alpha=alpha: elu_slope(z, alpha))]
        left = [part for part in parts if (part.points[:, 0] < -0.01).any()]
        if not left:
            matching = [c for c in curves if any(_is(c.points, lambda z, k=k: elu_slope(z, k)) for k in alphas)]
            others = [curve.points for curve in curves if curve not in matching]  # or one drawn as if its α were 1
            suspects = others or ([c.points for c in curves] if len(curves) >= len(alphas) else [])
            got = f"{len(curves)} curves without it"
            raise Wrong(quantity, on=picture.on, got=got, **_curve_mistake(suspects, alpha))
        low, high = gap([part.points for part in parts], -3, 3)
        inside = low > -3 and high < 3
        if high - low > (0.5 if inside else 0.15):
            rule = "The curve has a hole." if inside else "The curve has to reach from z = −3 to z = 3."
            got = f"nothing between {show(low)} and {show(high)}"
            raise Wrong(quantity, on=picture.on, got=got, rule=rule, next="Take z = np.linspace(-3, 3, 201).")
        picture.shows(np.concatenate([part.points for part in parts]), quantity)
        own.append(left[0])
    picture.styles(own, "each α")
    entries = [(f"α = {k:g}", curve, number(k)) for k, curve in zip(alphas, own, strict=True)]
    picture.legend(entries, "which curve belongs to which α")
    picture.axes(word("z", "sum"), word("slope", "g′", "g'", "derivative"), "Use ax.set: z and g′(z).")


def _is(curve: np.ndarray, f: Any) -> bool:
    """Whether the points (n, 2) lie on f, those at the kink aside."""
    return bool(np.isfinite(curve).all()) and on_graph(curve, f, curve[:, 0].min(), curve[:, 0].max(), kink=1e-9)


def _curve_mistake(curves: list[np.ndarray], alpha: float) -> dict[str, str]:
    slips = (
        (lambda z: elu(z, alpha), "That is ELU itself; asked is its slope.", "Differentiate, or use elu_slope."),
        (
            lambda z: alpha * np.exp(z),
            "αe^z is the slope to the left of 0 only; to the right it is 1.",
            "Use np.where.",
        ),
        (
            lambda z: np.where(z < 0, np.exp(z), 1),
            "The factor α is missing to the left of 0.",
            "Which factor does ELU have there?",
        ),
        (
            lambda z: np.where(z < 0, alpha * np.exp(z), alpha),
            "To the right of 0 the slope is 1, whatever α is.",
            "Multiply the left branch alone by α.",
        ),
        (lambda z: z > 0, "That is the slope of the ReLU.", "What is the slope of α(e^z − 1)?"),
    )
    for f, *words in slips:
        if any(_is(curve, f) for curve in curves):
            return says(*words)
    return {}
