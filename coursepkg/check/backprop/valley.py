"""The error of finite differences over their step, drawn."""

from collections.abc import Callable
from typing import Any

import numpy as np

from ..answer import Answer, Wrong, says, show
from ..exercise import exercise
from ..picture import Curve, Picture, fresh, word

Function = Callable[[Any], Any]
STEPS = 10.0 ** np.arange(-12, 0.5)
SURE = 1e-4  # from this step on rounding is far smaller than the error that is drawn


@exercise(
    "h is an array, and so are f(x + h) and f(x − h): no loop is needed.",
    "The one-sided error is abs((f(x + h) − f(x)) / h − df(x)); the central one has f(x + h) − f(x − h) over 2h.",
    "Draw each with ax.loglog(h, error, style, label=…), call ax.legend(), and name the axes with ax.set.",
)
def error_valley(draw: Answer, ax: Any, seed: int = 0) -> str:
    """`draw(ax, f, df, x, h)` draws, over the steps h, the errors of one-sided and central differences of f at x."""
    rng = np.random.default_rng(seed)
    k, x = rng.uniform(1.2, 1.9, 2).round(2).tolist()

    def growth(z: Any) -> Any:
        return np.exp(k * z)

    _look(draw, ax, np.sin, np.cos, 1.0, STEPS)
    _look(draw, fresh(ax), growth, lambda z: k * growth(z), x, 10.0 ** np.arange(-11, -0.2, 0.5))
    return "Both curves are the errors, and they can be told apart. Whether the picture is clear, a person judges."


def _look(draw: Answer, ax: Any, f: Function, df: Function, x: float, h: np.ndarray) -> None:
    on = f"{getattr(f, '__name__', 'f')} at x = {show(x)} with {len(h)} steps h"
    picture = Picture(draw, ax, f, df, x, h, on=on)
    curves = [curve for curve in picture.series() if len(curve.points) >= len(h) // 2]
    own: dict[str, Curve] = {}
    for name, wanted in (("one-sided", one_sided(f, x, h)), ("central", central(f, x, h))):
        error = abs(wanted - df(x))
        drawn = next((curve for curve in curves if _is(curve.points, h, error)), None)
        if drawn is None:
            points = [curve.points for curve in curves]
            got = _seen(points)
            raise Wrong(f"the curve of {name} differences", on=on, got=got, **_mistake(points, f, df, x, h, name))
        own[name] = drawn
        picture.shows(np.column_stack([h, error])[h >= SURE], f"the curve of {name} differences")
    rule = "Steps and errors span many powers of ten."
    picture.scales("log", "log", rule, "Use ax.loglog instead of ax.plot.")
    picture.styles(list(own.values()), "each curve")
    names = {"one-sided": word("one", "forward", "ahead"), "central": word("central", "centred", "two", "symm")}
    picture.legend([(name, own[name], says_so) for name, says_so in names.items()], "which curve is which")
    picture.axes(word("h", "step"), word("error"), "Use ax.set: h and error.")


def one_sided(f: Function, x: float, h: np.ndarray) -> np.ndarray:
    """(f(x + h) − f(x)) / h at the steps h."""
    return (f(x + h) - f(x)) / h


def central(f: Function, x: float, h: np.ndarray) -> np.ndarray:
    """(f(x + h) − f(x − h)) / 2h at the steps h."""
    return (f(x + h) - f(x - h)) / (2 * h)


def _is(curve: np.ndarray, h: np.ndarray, wanted: np.ndarray) -> bool:
    """Whether the points (m, 2) are the steps h and ``wanted``, where rounding does not decide."""
    curve = curve[np.argsort(curve[:, 0])]
    if len(curve) != len(h) or not np.allclose(curve[:, 0], h):
        return False
    sure = h >= SURE
    return bool(np.allclose(curve[sure, 1], wanted[sure], rtol=1e-3, atol=1e-11))


def _seen(curves: list[np.ndarray]) -> str:
    ends = ", ".join(show(float(curve[np.argmax(curve[:, 0]), 1])) for curve in curves)
    return f"none; at the largest h your curves have {ends}" if curves else "none"


def _mistake(curves: list[np.ndarray], f: Function, df: Function, x: float, h: np.ndarray, name: str) -> dict[str, str]:
    slips = (
        (one_sided(f, x, h) - df(x), "An error has no sign here: a logarithm needs positive numbers.", "Use np.abs."),
        (central(f, x, h) - df(x), "An error has no sign here: a logarithm needs positive numbers.", "Use np.abs."),
        (abs(2 * central(f, x, h) - df(x)), "From x − h to x + h it is a way of 2h, not of h.", "Divide by 2h."),
        (abs(one_sided(f, x, h)), "That is the difference itself; asked is its error.", "Subtract df(x)."),
        (abs(central(f, x, h)), "That is the difference itself; asked is its error.", "Subtract df(x)."),
        (abs(f(x + h) - f(x) - df(x)), "The growth of f must be divided by the step.", "Divide by h."),
    )
    for wrong, rule, step in slips:
        if any(_is(curve, h, wrong) for curve in curves):
            return says(rule, step)
    if curves and not any(len(curve) == len(h) for curve in curves):
        return says("Each step h has one point on each curve.", "Draw over all of h, in its order.")
    if len(curves) == 1 and name == "central":
        return says("There are two curves: one-sided and central.", "Draw the central error too.")
    if len(curves) == 1:
        return says("There are two curves, and the one for one-sided differences is missing.", "Draw it too.")
    return {}
