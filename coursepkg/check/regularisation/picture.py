"""The picture of shrinking and snapping."""

from collections.abc import Callable
from typing import Any

import numpy as np

from coursepkg.engine.regularisers import L1, L2

from ..answer import Answer, Wrong, says, show
from ..exercise import exercise

_MISTAKES: tuple[tuple[Callable, str, str], ...] = (
    (
        lambda a, lam: np.where(np.abs(a) > lam, a, 0),
        "You set small weights to 0 but leave the others as they are; L1 moves those towards 0 by λ too.",
        "Subtract λ from |a| where it is larger.",
    ),
    (
        lambda a, lam: np.maximum(a - lam, 0),
        "To the left of 0 your L1 curve is flat: a negative weight moves towards 0 as well.",
        "Use sign(a) and |a|.",
    ),
    (
        lambda a, lam: np.maximum(np.abs(a) - lam, 0),
        "Your L1 curve has lost the sign of a.",
        "Multiply by np.sign(a).",
    ),
    (
        lambda a, lam: np.sign(a) * (np.abs(a) - lam),
        "In the middle your L1 curve has the wrong sign: where |a| is below λ the best weight is 0.",
        "Use np.maximum(np.abs(a) - lam, 0).",
    ),
    (
        lambda a, lam: a / (1 + 2 * lam),
        "Your L2 curve takes the penalty λw²; ours is ½λw².",
        "The best weight is a/(1 + λ).",
    ),
    (lambda a, lam: lam * np.abs(a), "That is the penalty itself; asked is the best weight.", "Use the two formulas."),
    (lambda a, lam: lam * a**2 / 2, "That is the penalty itself; asked is the best weight.", "Use the two formulas."),
)


@exercise(
    "Two curves over a: what L2 makes of it, a/(1 + λ), and what L1 makes of it, the soft threshold.",
    "For arrays: np.sign(a) * np.maximum(np.abs(a) - lam, 0).",
    "Take a = np.linspace(-3, 3, 201), give each ax.plot a label and a line style of its own, then ax.legend() and "
    "ax.set.",
)
def shrink_picture(draw: Answer, ax: Any, lam: float = 1.0) -> str:
    """`draw(ax, lam)` draws the best weight over a from −3 to 3, one curve for L1 and one for L2."""
    draw.run(ax, lam)
    on = f"λ = {lam:g}"
    lines = [line for line in ax.lines if len(line.get_xydata()) > 2]
    found = {}
    for name, penalty in (("L1", L1(lam)), ("L2", L2(lam))):
        fits = [line for line in lines if _is(line, penalty.prox)]
        if not fits:
            raise Wrong(
                "the picture",
                on=on,
                got=f"{len(lines)} curve{'s' * (len(lines) != 1)}, none that of {name}",
                **says(*_mistake(lines, lam, name)),
            )
        found[name] = fits[0]
        ends = sorted(float(end) for end in (fits[0].get_xdata().min(), fits[0].get_xdata().max()))
        if ends[0] > -2.9 or ends[1] < 2.9:
            rule = "The curve has to reach from a = −3 to a = 3."
            raise Wrong(
                f"the ends of the curve of {name}",
                on=on,
                got=show(ends),
                rule=rule,
                next="Take np.linspace(-3, 3, 201).",
            )
    if len({(line.get_linestyle(), line.get_marker()) for line in found.values()}) < 2:
        rule = "Colour alone does not tell curves apart for every reader."
        raise Wrong(
            "the number of line styles", on=on, got=1, rule=rule, next="Give each curve a linestyle of its own."
        )
    texts = [] if ax.get_legend() is None else ax.get_legend().get_texts()
    if len(texts) < 2:
        rule = "A reader must see which curve belongs to which penalty."
        raise Wrong(
            "the number of legend entries",
            on=on,
            got=len(texts),
            rule=rule,
            next="Give each plot a label, then ax.legend().",
        )
    if not (ax.get_xlabel() and ax.get_ylabel()):
        labels = f"{ax.get_xlabel()!r} and {ax.get_ylabel()!r}"
        raise Wrong(
            "the axis labels",
            on=on,
            got=labels,
            rule="An axis without a name says nothing.",
            next="Use ax.set: a and w.",
        )
    return "Both curves are right, and legend and labels are there. Whether zero and factor are seen, a person judges."


def _is(line: Any, f: Callable) -> bool:
    a, w = line.get_xydata().T
    return bool(np.isfinite(w).all() and np.ptp(a) > 1 and np.allclose(w, f(a), atol=1e-6))


def _mistake(lines: list, lam: float, name: str) -> tuple[str, str]:
    for f, *words in _MISTAKES:
        if any(_is(line, lambda a, f=f: f(a, lam)) for line in lines):
            return tuple(words)
    if not lines:
        return "Each penalty has one curve over a.", "Call ax.plot twice, once for each."
    if name == "L1":
        return "L1 takes a to sign(a)(|a| − λ), and to 0 where |a| is not above λ.", "Write the soft threshold."
    return "L2 takes a to a/(1 + λ).", "Divide a by 1 + lam."
