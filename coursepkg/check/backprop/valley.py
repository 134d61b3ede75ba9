"""The error of finite differences over their step, drawn."""

from collections.abc import Callable
from typing import Any

import numpy as np

from ..answer import Answer, Wrong, says, show
from ..exercise import exercise

STEPS = 10.0 ** np.arange(-12, 0.5)
SURE = 1e-4  # from this step on rounding is far smaller than the error that is drawn


@exercise(
    "h is an array, and so are f(x + h) and f(x − h): no loop is needed.",
    "The one-sided error is abs((f(x + h) − f(x)) / h − df(x)); the central one has f(x + h) − f(x − h) over 2h.",
    "Draw each with ax.loglog(h, error, style, label=…), call ax.legend(), and name the axes with ax.set.",
)
def error_valley(
    draw: Answer,
    ax: Any,
    f: Callable[[Any], Any] = np.sin,
    df: Callable[[Any], Any] = np.cos,
    x: float = 1.0,
) -> str:
    """`draw(ax, f, df, x, h)` draws, over the steps h, the errors of one-sided and central differences of f at x."""
    draw.run(ax, f, df, x, STEPS)
    on = f"{getattr(f, '__name__', 'f')} at x = {show(x)} with {len(STEPS)} steps h"
    curves = [line.get_xydata() for line in ax.lines if len(line.get_xydata()) >= len(STEPS) // 2]
    for name, wanted in (("one-sided", one_sided(f, x)), ("central", central(f, x))):
        if not any(_is(curve, abs(wanted - df(x))) for curve in curves):
            raise Wrong(
                f"the curve of {name} differences", on=on, got=_seen(curves), **says(*_mistake(curves, f, df, x, name))
            )
    scales = ax.get_xscale(), ax.get_yscale()
    if scales != ("log", "log"):
        rule = "Steps and errors span many powers of ten."
        raise Wrong(
            "the scales of the axes",
            on=on,
            got=" and ".join(scales),
            rule=rule,
            next="Use ax.loglog instead of ax.plot.",
        )
    styles = {(line.get_linestyle(), line.get_marker()) for line in ax.lines if len(line.get_xydata()) > 2}
    if len(styles) < 2:
        rule = "Colour alone does not tell curves apart for every reader."
        raise Wrong(
            "the number of line styles",
            on=on,
            got=len(styles),
            rule=rule,
            next="Give one curve another style, such as '--'.",
        )
    shown = 0 if ax.get_legend() is None else len(ax.get_legend().get_texts())
    if shown < 2:
        rule = "A reader must see which curve is which."
        raise Wrong(
            "the number of legend entries",
            on=on,
            got=shown,
            rule=rule,
            next="Give each plot a label, then call ax.legend().",
        )
    if not (ax.get_xlabel() and ax.get_ylabel()):
        labels = f"{ax.get_xlabel()!r} and {ax.get_ylabel()!r}"
        raise Wrong(
            "the axis labels",
            on=on,
            got=labels,
            rule="An axis without a name says nothing.",
            next="Use ax.set: h and error.",
        )
    return "Both curves are the errors, and they can be told apart. Whether the picture is clear, a person judges."


def one_sided(f: Callable[[Any], Any], x: float) -> np.ndarray:
    """(f(x + h) − f(x)) / h at the steps."""
    return (f(x + STEPS) - f(x)) / STEPS


def central(f: Callable[[Any], Any], x: float) -> np.ndarray:
    """(f(x + h) − f(x − h)) / 2h at the steps."""
    return (f(x + STEPS) - f(x - STEPS)) / (2 * STEPS)


def _is(curve: np.ndarray, wanted: np.ndarray) -> bool:
    """Whether the points (m, 2) are the steps and ``wanted``, where rounding does not decide."""
    curve = curve[np.argsort(curve[:, 0])]
    if len(curve) != len(STEPS) or not np.allclose(curve[:, 0], STEPS):
        return False
    sure = STEPS >= SURE
    return bool(np.allclose(curve[sure, 1], wanted[sure], rtol=1e-3, atol=1e-11))


def _seen(curves: list[np.ndarray]) -> str:
    ends = ", ".join(show(float(curve[np.argmax(curve[:, 0]), 1])) for curve in curves)
    return f"none; at the largest h your curves have {ends}" if curves else "none"


def _mistake(curves: list[np.ndarray], f: Any, df: Any, x: float, name: str) -> tuple[str, str]:
    known = (
        (one_sided(f, x) - df(x), "An error has no sign here: a logarithm needs positive numbers.", "Use np.abs."),
        (central(f, x) - df(x), "An error has no sign here: a logarithm needs positive numbers.", "Use np.abs."),
        (abs(2 * central(f, x) - df(x)), "From x − h to x + h it is a way of 2h, not of h.", "Divide by 2h."),
        (abs(one_sided(f, x)), "That is the difference itself; asked is its error.", "Subtract df(x)."),
        (abs(central(f, x)), "That is the difference itself; asked is its error.", "Subtract df(x)."),
        (abs(f(x + STEPS) - f(x) - df(x)), "The growth of f must be divided by the step.", "Divide by h."),
    )
    for wrong, rule, step in known:
        if any(_is(curve, wrong) for curve in curves):
            return rule, step
    if curves and not any(len(curve) == len(STEPS) for curve in curves):
        return "Each step h has one point on each curve.", "Draw over all of h, in its order."
    if len(curves) == 1 and name == "central":
        return "There are two curves: one-sided and central.", "Draw the central error too."
    if len(curves) == 1:
        return "There are two curves, and the one for one-sided differences is missing.", "Draw it too."
    return f"At each h the {name} curve has the distance of the difference from df(x).", "Print both for h = 0.1."
