"""Landscapes of one variable, as functions of x (…, 1)."""

from collections.abc import Callable
from typing import Any

import numpy as np

from ..validate import function, positive
from .critical import Critical
from .landscape import Landscape


def line(
    name: str,
    formula: Callable[[Any], tuple[Any, Any, Any]],
    critical: tuple[Critical, ...],
    half_width: float,
    convex: bool,
    source: str = "",
) -> Landscape:
    """A landscape from a formula x ↦ (f, f′, f″), which takes and gives arrays of one shape (…)."""

    function("formula", formula)
    positive("half_width", half_width)

    def first(x: np.ndarray) -> tuple[Any, np.ndarray]:
        f, slope, _ = formula(x[..., 0])
        return f, np.asarray(slope, x.dtype)[..., None]

    def hessian(x: np.ndarray) -> np.ndarray:
        return np.asarray(formula(x[..., 0])[2], x.dtype)[..., None, None]

    return Landscape(name, 1, first, hessian, critical, ((-half_width, half_width),), convex, source)


def _bowl(x: Any) -> tuple[Any, Any, Any]:
    root = np.hypot(1, x)
    return root, x / root, 1 / (root * root * root)


def _wedge(x: Any) -> tuple[Any, Any, Any]:
    return np.abs(x), np.sign(x), 0 * x


def _basin(x: Any) -> tuple[Any, Any, Any]:
    q = 1 + x * x
    return x * x / q, 2 * x / (q * q), (2 - 6 * x * x) / (q * q * q)


def _quartic(x: Any) -> tuple[Any, Any, Any]:
    return x * x * x * x, 4 * x * x * x, 12 * x * x


def _exponential(x: Any) -> tuple[Any, Any, Any]:
    e = np.exp(x)
    return e, e, e


def _valley_floor(x: Any) -> tuple[Any, Any, Any]:
    out = np.maximum(np.abs(x) - 1, 0)
    return out * out, 2 * out * np.sign(x), np.where(out > 0, 2.0, 0.0)


def _double_well(x: Any) -> tuple[Any, Any, Any]:
    q = x * x - 1
    return q * q, 4 * x * q, 12 * x * x - 4


def _ripple(x: Any) -> tuple[Any, Any, Any]:
    s = np.sin(x)
    return x * x + 3 * s * s, 2 * x + 3 * np.sin(2 * x), 2 + 6 * np.cos(2 * x)


MINIMUM = (Critical((0.0,), "minimum"),)
BOWL = line("√(1 + x²)", _bowl, MINIMUM, 2, True, "pure Newton maps x to −x³")
WEDGE = line("|x|", _wedge, (), 2, True, "not smooth at its minimum 0, where the subgradient 0 is taken")
BASIN = line("x²/(1 + x²)", _basin, MINIMUM, 4, False, "one minimum, and yet not convex")
QUARTIC = line("x⁴", _quartic, (Critical((0.0,), "degenerate"),), 2, True, "Newton contracts by 2/3 a step")
EXPONENTIAL = line("eˣ", _exponential, (), 2, True, "convex without a minimum")
VALLEY_FLOOR = line("max(0, |x| − 1)²", _valley_floor, (), 3, True, "convex with many minima, −1 ≤ x ≤ 1")
DOUBLE_WELL = line(
    "(x² − 1)²",
    _double_well,
    (Critical((-1.0,), "minimum"), Critical((0.0,), "maximum"), Critical((1.0,), "minimum")),
    2,
    False,
    "two minima with a maximum between",
)
RIPPLE = line(
    "x² + 3 sin²x", _ripple, MINIMUM, 2, False, "descent finds its minimum from anywhere: Karimi et al. (2016)"
)

_ALL = (BOWL, WEDGE, BASIN, QUARTIC, EXPONENTIAL, VALLEY_FLOOR, DOUBLE_WELL, RIPPLE)
LINE: dict[str, Landscape] = {land.name: land for land in _ALL}
