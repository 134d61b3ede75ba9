"""Landscapes of two variables, as functions of (…, 2)."""

from collections.abc import Callable
from math import cos, pi, sin
from typing import Any

import numpy as np

from ..validate import real, within
from .critical import Critical
from .landscape import Landscape

First = Callable[[Any, Any], tuple[Any, Any, Any]]


def _plane(
    name: str,
    first: First,
    second: First,
    critical: tuple[Critical, ...],
    half_width: float,
    convex: bool,
    source: str,
) -> Landscape:
    """A landscape from formulas (x, y) ↦ (f, f_x, f_y) and (x, y) ↦ (f_xx, f_xy, f_yy)."""

    def value_and_gradient(p: np.ndarray) -> tuple[Any, np.ndarray]:
        # A single point is quicker in Python's own numbers than in arrays of one.
        if p.ndim == 1:
            f, fx, fy = first(*p.tolist())
            return f, np.array((fx, fy), p.dtype)
        # Many points are quickest when they lie coordinate by coordinate, as the transpose of (2, n) does.
        f, fx, fy = first(p[..., 0], p[..., 1])
        g = np.empty_like(p)
        g[..., 0], g[..., 1] = fx, fy
        return f, g

    def hessian(p: np.ndarray) -> np.ndarray:
        H = np.empty((*p.shape, 2), p.dtype)
        H[..., 0, 0], H[..., 0, 1], H[..., 1, 1] = second(p[..., 0], p[..., 1])
        H[..., 1, 0] = H[..., 0, 1]
        return H

    box = ((-half_width, half_width),) * 2
    return Landscape(name, 2, value_and_gradient, hessian, critical, box, convex, source)


def quadratic(kappa: float = 10.0, angle: float = 0.0) -> Landscape:
    """½ xᵀH x with eigenvalues μ = 1 and L = κ ≥ 1, whose axes are turned by `angle` (radians): the valley.

    Raises ValueError for κ < 1 or an angle that is not finite.

    >>> quadratic(100.0).f([1.0, 1.0])
    50.5
    """
    within("kappa", kappa, 1, 1e12)
    real("angle", angle)
    c, s = cos(angle), sin(angle)
    a, b, d = c * c + kappa * s * s, (1 - kappa) * c * s, s * s + kappa * c * c

    def first(x: Any, y: Any) -> tuple[Any, Any, Any]:
        gx, gy = a * x + b * y, b * x + d * y
        return 0.5 * (x * gx + y * gy), gx, gy

    minimum = (Critical((0.0, 0.0), "minimum"),)
    return _plane(f"quadratic, κ = {kappa:g}", first, lambda x, y: (a, b, d), minimum, 2, True, "")


def _rosenbrock(x: Any, y: Any) -> tuple[Any, Any, Any]:
    u, v = 1 - x, y - x * x
    w = 200 * v
    return u * u + 0.5 * v * w, -2 * (u + x * w), w


def _rosenbrock_second(x: Any, y: Any) -> tuple[Any, Any, Any]:
    return 1200 * x * x - 400 * y + 2, -400 * x, 200


def _beale(x: Any, y: Any) -> tuple[Any, Any, Any]:
    y2, y3 = y * y, y * y * y
    u, v, w = 1.5 - x + x * y, 2.25 - x + x * y2, 2.625 - x + x * y3
    fx = 2 * (u * (y - 1) + v * (y2 - 1) + w * (y3 - 1))
    return u * u + v * v + w * w, fx, 2 * x * (u + 2 * v * y + 3 * w * y2)


def _beale_second(x: Any, y: Any) -> tuple[Any, Any, Any]:
    y2, y3 = y * y, y * y * y
    u, v, w = 1.5 - x + x * y, 2.25 - x + x * y2, 2.625 - x + x * y3
    fxx = 2 * ((y - 1) * (y - 1) + (y2 - 1) * (y2 - 1) + (y3 - 1) * (y3 - 1))
    fxy = 2 * (u + 2 * v * y + 3 * w * y2) + 2 * x * ((y - 1) + 2 * y * (y2 - 1) + 3 * y2 * (y3 - 1))
    return fxx, fxy, 2 * x * (x + 2 * v + 4 * x * y2 + 6 * w * y + 9 * x * y2 * y2)


def _himmelblau(x: Any, y: Any) -> tuple[Any, Any, Any]:
    u, v = x * x + y - 11, x + y * y - 7
    return u * u + v * v, 4 * x * u + 2 * v, 2 * u + 4 * y * v


def _himmelblau_second(x: Any, y: Any) -> tuple[Any, Any, Any]:
    return 12 * x * x + 4 * y - 42, 4 * (x + y), 12 * y * y + 4 * x - 26


def _rastrigin(x: Any, y: Any) -> tuple[Any, Any, Any]:
    f = 20 + x * x + y * y - 10 * (np.cos(2 * pi * x) + np.cos(2 * pi * y))
    return f, 2 * x + 20 * pi * np.sin(2 * pi * x), 2 * y + 20 * pi * np.sin(2 * pi * y)


def _rastrigin_second(x: Any, y: Any) -> tuple[Any, Any, Any]:
    return 2 + 40 * pi * pi * np.cos(2 * pi * x), 0, 2 + 40 * pi * pi * np.cos(2 * pi * y)


def _monkey(x: Any, y: Any) -> tuple[Any, Any, Any]:
    return x * x * x - 3 * x * y * y, 3 * (x * x - y * y), -6 * x * y


def _saddle(x: Any, y: Any) -> tuple[Any, Any, Any]:
    return x * x - y * y, 2 * x, -2 * y


def _hyperbola(x: Any, y: Any) -> tuple[Any, Any, Any]:
    e = x * y - 1
    return 0.5 * e * e, e * y, e * x


def _cline(x: Any, y: Any) -> tuple[Any, Any, Any]:
    R, up = x * x + y * y, 1 + np.cos(x * x + y * y)
    sx, sy = np.sin(3 * x), np.sin(3 * y)
    return (
        np.sin(R) + R + 2 * sx * sy,
        2 * x * up + 6 * np.cos(3 * x) * sy,
        2 * y * up + 6 * sx * np.cos(3 * y),
    )


def _cline_second(x: Any, y: Any) -> tuple[Any, Any, Any]:
    R, up = x * x + y * y, 1 + np.cos(x * x + y * y)
    bump, bend = 18 * np.sin(3 * x) * np.sin(3 * y), 4 * np.sin(R)
    fxy = 18 * np.cos(3 * x) * np.cos(3 * y) - bend * x * y
    return 2 * up - bend * x * x - bump, fxy, 2 * up - bend * y * y - bump


def _at(kind: str, *points: tuple[float, float]) -> tuple[Critical, ...]:
    return tuple(Critical(point, kind) for point in points)


ROSENBROCK = _plane(
    "Rosenbrock", _rosenbrock, _rosenbrock_second, _at("minimum", (1.0, 1.0)), 2, False, "Rosenbrock (1960)"
)
BEALE = _plane(
    "Beale",
    _beale,
    _beale_second,
    _at("minimum", (3.0, 0.5)) + _at("saddle", (0.0, 1.0)),
    4.5,
    False,
    "Beale (1958)",
)
HIMMELBLAU = _plane(
    "Himmelblau",
    _himmelblau,
    _himmelblau_second,
    _at("minimum", (3.0, 2.0), (-2.805118087, 3.131312518), (-3.779310253, -3.283185991), (3.584428340, -1.848126527))
    + _at("maximum", (-0.270844591, -0.923038522))
    + _at("saddle", (0.086677504, 2.884254701), (-3.073025751, -0.081353044))
    + _at("saddle", (-0.127961347, -1.953714980), (3.385154184, 0.073851880)),
    5,
    False,
    "Himmelblau (1972)",
)
RASTRIGIN = _plane(
    "Rastrigin", _rastrigin, _rastrigin_second, _at("minimum", (0.0, 0.0)), 5.12, False, "Rastrigin (1974)"
)
MONKEY = _plane(
    "monkey saddle",
    _monkey,
    lambda x, y: (6 * x, -6 * y, -6 * x),
    _at("degenerate", (0.0, 0.0)),
    1.5,
    False,
    "Hilbert and Cohn-Vossen (1932)",
)
SADDLE = _plane("x² − y²", _saddle, lambda x, y: (2, 0, -2), _at("saddle", (0.0, 0.0)), 2, False, "")
HYPERBOLA = _plane(
    "½(xy − 1)²",
    _hyperbola,
    lambda x, y: (y * y, 2 * x * y - 1, x * x),
    _at("saddle", (0.0, 0.0)),
    4,
    False,
    "flat and sharp minima along xy = 1",
)
CLINE = _plane(
    "sin R + R + 2 sin 3x sin 3y",
    _cline,
    _cline_second,
    _at("minimum", (-0.426519, 0.426519), (0.426519, -0.426519)) + _at("saddle", (0.0, 0.0)),
    3,
    False,
    "J. Cline, Neural Networks (lecture); R = x² + y²",
)
