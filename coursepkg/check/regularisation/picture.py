"""The picture of shrinking and snapping."""

from collections.abc import Callable
from typing import Any

import numpy as np

from coursepkg.engine.regularisers import L1, L2

from ..answer import Answer, Wrong, says, show
from ..exercise import exercise
from ..picture import Picture, fresh, gap, on_graph, word
from ..slips import Slip

_MISTAKES: tuple[Slip, ...] = (
    (
        lambda a, lam: np.where(np.abs(a) > lam, a, 0),
        "You set small weights to 0 but leave the others as they are; L1 moves those towards 0 by λ too.",
        "How far does L1 move a large weight?",
    ),
    (
        lambda a, lam: np.maximum(a - lam, 0),
        "To the left of 0 your L1 curve is flat: a negative weight moves towards 0 as well.",
        "What becomes of a = −3?",
    ),
    (
        lambda a, lam: np.maximum(np.abs(a) - lam, 0),
        "Your L1 curve has lost the sign of a.",
        "Multiply by np.sign(a).",
    ),
    (
        lambda a, lam: np.sign(a) * (np.abs(a) - lam),
        "In the middle your L1 curve has the wrong sign: where |a| is below λ the best weight is 0.",
        "What should stand there instead of a negative |a| − λ?",
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
def shrink_picture(draw: Answer, ax: Any, seed: int = 0) -> str:
    """`draw(ax, lam)` draws the best weight over a from −3 to 3, one curve for L1 and one for L2."""
    _look(draw, ax, 1.0)
    _look(draw, fresh(ax), round(np.random.default_rng(seed).uniform(0.3, 0.8), 2))
    return "Both curves are right, and legend and labels are there. Whether zero and factor are seen, a person judges."


def _look(draw: Answer, ax: Any, lam: float) -> None:
    picture = Picture(draw, ax, lam, on=f"λ = {lam:g}")
    curves, own = picture.curves(3), {}
    for name, penalty in (("L1", L1(lam)), ("L2", L2(lam))):
        fits = [curve for curve in curves if _is(curve.points, penalty.prox)]
        if not fits:
            got = f"{len(curves)} curve{'s' * (len(curves) != 1)}, none that of {name}"
            raise Wrong("the picture", on=picture.on, got=got, **_mistake([c.points for c in curves], lam, name))
        own[name] = fits[0]
        low, high = gap([fits[0].points], -3, 3)
        inside = low > -3 and high < 3
        if high - low > (0.5 if inside else 0.15):
            rule = "The curve has a hole." if inside else "The curve has to reach from a = −3 to a = 3."
            got, step = f"nothing between {show(low)} and {show(high)}", "Take np.linspace(-3, 3, 201)."
            raise Wrong(f"the curve of {name}", on=picture.on, got=got, rule=rule, next=step)
        picture.shows(fits[0].points, f"the curve of {name}")
    picture.styles(list(own.values()), "each curve")
    names = {
        "L1": word("L1", "ℓ1", "ℓ₁", "L₁", "lasso", "soft", "snap"),
        "L2": word("L2", "ℓ2", "ℓ₂", "L₂", "ridge", "shrunk"),
    }
    entries = [(name, own[name], says_so) for name, says_so in names.items()]
    picture.legend(entries, "which curve belongs to which penalty")
    picture.axes(word("a", "data"), word("w", "weight"), "Use ax.set: a and w.")


def _is(curve: np.ndarray, f: Callable) -> bool:
    return bool(np.ptp(curve[:, 0]) > 1) and on_graph(curve, f, curve[:, 0].min(), curve[:, 0].max())


def _mistake(curves: list[np.ndarray], lam: float, name: str) -> dict[str, str]:
    for f, rule, next in _MISTAKES:
        if any(_is(curve, lambda a, f=f: f(a, lam)) for curve in curves):
            return says(rule, next)
    if name == "L1":
        return {"ask": "where is the best weight 0 under L1, and how far from a is it elsewhere?"}
    return {"ask": "where is the derivative of ½(w − a)² + ½λw² zero?"}
