"""ELU: its slopes on both sides of 0, and their picture."""

from math import e
from typing import Any

import numpy as np

from coursepkg.engine.activations import SELU_ALPHA, SELU_LAMBDA, elu, elu_slope

from ..answer import Answer, Wrong, numbers, says, show
from ..exercise import exercise

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
def elu_slopes(slopes: Answer) -> str:
    """`slopes(alpha)` returns the slopes of ELU at 0 (from the left, from the right)."""
    for alpha in (2.0, 0.5, SELU_ALPHA, 1.0):
        got = numbers(slopes(alpha), 2, "(left, right)", f"α = {alpha:g}")
        if not np.allclose(got, (alpha, 1), atol=1e-6):
            known = next((words for wrong, *words in _LIMITS if np.allclose(got, wrong(alpha), atol=1e-6)), None)
            words = known or ("To the left the slope is αe^z, to the right it is 1.", "Let z go to 0 in each.")
            raise Wrong("(left, right)", on=f"α = {alpha:g}", got=show(tuple(got)), **says(*words))
    return (
        "From the left α, from the right 1: they agree if and only if α = 1, and then ELU has a derivative everywhere."
    )


@exercise(
    "One curve for each α. For z < 0 it is αe^z, for z > 0 it is 1.",
    "Take z = np.linspace(-3, 3, 201), and elu_slope(z, alpha) from coursepkg.engine.activations.",
    "Give each ax.plot a label and a line style of its own, call ax.legend(), and name the axes with ax.set.",
)
def elu_picture(draw: Answer, ax: Any, alphas: tuple[float, ...] = (0.5, 1.0, 2.0)) -> str:
    """`draw(ax, alphas)` draws the slope of ELU over z from −3 to 3, a curve for each α."""
    draw.run(ax, alphas)
    on = f"α = {', '.join(f'{alpha:g}' for alpha in alphas)}"
    curves = [line.get_xydata() for line in ax.lines if len(line.get_xydata()) > 2]
    wrong = [
        curve for curve in curves if not any(_is(curve, lambda z, alpha=alpha: elu_slope(z, alpha)) for alpha in alphas)
    ]
    for alpha in alphas:
        parts = [curve for curve in curves if _is(curve, lambda z, alpha=alpha: elu_slope(z, alpha))]
        left, right = (any((side * p[:, 0]).max(initial=0) >= 2 for p in parts) for side in (-1, 1))
        if not (left and right):
            if parts and not wrong:
                rule, next_step = "The curve has to reach from z = −3 to z = 3.", "Take z = np.linspace(-3, 3, 201)."
            else:  # where none is wrong by itself, one may have been drawn as if its α were 1
                suspects = wrong or (curves if len(curves) >= len(alphas) else [])
                rule, next_step = _curve_mistake(suspects, alpha)
            raise Wrong(
                f"a curve of the slope for α = {alpha:g}",
                on=on,
                got=f"{len(curves)} curves without it",
                rule=rule,
                next=next_step,
            )
    styles = {(line.get_linestyle(), line.get_marker()) for line in ax.lines if len(line.get_xydata()) > 2}
    if len(styles) < len(alphas):
        rule = "Colour alone does not tell curves apart for every reader."
        raise Wrong(
            "the number of line styles", on=on, got=len(styles), rule=rule, next="Give each α a linestyle of its own."
        )
    if ax.get_legend() is None or len(ax.get_legend().get_texts()) < len(alphas):
        shown = 0 if ax.get_legend() is None else len(ax.get_legend().get_texts())
        rule = "A reader must see which curve belongs to which α."
        raise Wrong(
            "the number of legend entries",
            on=on,
            got=shown,
            rule=rule,
            next="Give each plot a label, then call ax.legend().",
        )
    if not (ax.get_xlabel() and ax.get_ylabel()):
        rule = "An axis without a name says nothing."
        raise Wrong(
            "the axis labels",
            on=on,
            got=f"{ax.get_xlabel()!r} and {ax.get_ylabel()!r}",
            rule=rule,
            next="Use ax.set: z and g′(z).",
        )
    return (
        "The curves are the slopes, and legend and labels are there. Whether the kink is plain to see, a person judges."
    )


def _is(curve: np.ndarray, f: Any, kink: float = 1e-9) -> bool:
    """Whether the points (n, 2) lie on f, those at z = 0 aside."""
    z, value = curve[np.abs(curve[:, 0]) > kink].T
    return len(z) > 2 and np.isfinite(value).all() and np.allclose(value, f(z), atol=1e-6)


def _curve_mistake(curves: list[np.ndarray], alpha: float) -> tuple[str, str]:
    known = (
        (lambda z: elu(z, alpha), "That is ELU itself; asked is its slope.", "Differentiate, or use elu_slope."),
        (
            lambda z: alpha * np.exp(z),
            "αe^z is the slope to the left of 0 only; to the right it is 1.",
            "Use np.where.",
        ),
        (
            lambda z: np.where(z < 0, np.exp(z), 1),
            "The factor α is missing to the left of 0.",
            "The slope is αe^z there.",
        ),
        (
            lambda z: np.where(z < 0, alpha * np.exp(z), alpha),
            "To the right of 0 the slope is 1, whatever α is.",
            "Multiply the left branch alone by α.",
        ),
        (lambda z: z > 0, "That is the slope of the ReLU.", "To the left of 0 draw αe^z."),
    )
    for f, *words in known:
        if any(_is(curve, f) for curve in curves):
            return tuple(words)
    return "For each α there is one curve: αe^z to the left of 0, and 1 to the right.", "Loop over alphas with ax.plot."
