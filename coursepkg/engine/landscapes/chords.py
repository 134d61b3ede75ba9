"""Convexity by chords: f is convex if no chord of its graph runs below it (Jensen 1906)."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from ..validate import box as corners
from ..validate import count, finite, function, nonnegative


class Chord(NamedTuple):
    """From a (d,) to b (d,): at share `t` of the way f exceeds the chord by `excess`, the most on the way.

    An excess above 0 proves that f is not convex.
    """

    a: np.ndarray
    b: np.ndarray
    t: float
    excess: float


def chord(f: Callable[[np.ndarray], Any], a: Any, b: Any, points: int = 101) -> Chord:
    """The chord of f from a to b, both (d,), and where f((1−t)a + tb) exceeds (1−t) f(a) + t f(b) the most.

    f takes (…, d) to (…). It is looked at in `points` ≥ 3 places, ends included, where the excess is 0. ValueError for
    sizes that do not match, values that are not finite, or fewer points.

    >>> round(chord(lambda x: -x[..., 0] ** 2, [-1.0], [1.0]).excess, 6)
    1.0
    """
    f = function("f", f)
    count("points", points, least=3)
    a = finite("a", a, ("d",))
    b = finite("b", b, a.shape)
    t = np.linspace(0, 1, points)
    along = finite("f along the chord", f((1 - t)[:, None] * a + t[:, None] * b), t.shape)
    above = along - ((1 - t) * f(a) + t * f(b))
    above[[0, -1]] = 0.0
    worst = int(np.argmax(above))
    return Chord(a, b, float(t[worst]), float(above[worst]))


def violating_chord(
    f: Callable[[np.ndarray], Any], box: Sequence[tuple[float, float]], points: int = 21, tol: float = 1e-9
) -> Chord | None:
    """The chord between points of a grid on the box that f exceeds the most, or None if none by more than `tol`.

    f takes points (…, d) and gives (…); `box` is the (low, high) of each of the d coordinates.

    A chord is a certificate that f is not convex. None proves nothing, though on this grid no chord speaks against it.
    ValueError for fewer than 3 points a side, tol < 0, or an f of another shape.

    >>> violating_chord(lambda x: x[..., 0] ** 2, [(-2, 2)]) is None
    True
    """
    f = function("f", f)
    count("points", points, least=3)
    nonnegative("tol", tol)
    axes = [np.linspace(low, high, points) for low, high in corners("box", box)]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, len(axes))
    values = finite("f on the grid", f(grid), grid.shape[:1])
    worst, ends = tol * max(1.0, float(np.abs(values).max())), None
    for t in (0.5, 0.25, 0.75):
        for i in range(len(grid)):
            middle = f((1 - t) * grid[i] + t * grid[i + 1 :])
            excess = middle - ((1 - t) * values[i] + t * values[i + 1 :])
            if excess.size and excess.max() > worst:
                worst, ends = float(excess.max()), (i, i + 1 + int(np.argmax(excess)))
    return None if ends is None else chord(f, grid[ends[0]], grid[ends[1]])
