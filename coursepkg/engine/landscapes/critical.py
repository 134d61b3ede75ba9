"""Critical points: where the gradient is zero, and of what kind."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from ..newton import direction
from ..oracles import oracle as asked
from ..validate import box as corners
from ..validate import count, finite, function


class Critical(NamedTuple):
    """A critical point x (d coordinates) and its kind: 'minimum', 'saddle', 'maximum' or 'degenerate'."""

    x: tuple[float, ...]
    kind: str


def kind(H: Any) -> str:
    """What a critical point with Hessian H (d, d) is, from the signs of H's eigenvalues.

    Eigenvalues of both signs make a saddle. Otherwise one of 0 (to 10⁻⁹ of the largest) leaves it open: 'degenerate'.
    ValueError for an H that is not square, symmetric and finite.

    >>> kind([[4.0, 18.0], [18.0, 4.0]])  # eigenvalues −14 and 22
    'saddle'
    """
    H = finite("H", H, ("d", "d"))
    if H.shape[0] != H.shape[1] or not np.allclose(H, H.T, rtol=1e-6, atol=1e-9 * np.abs(H).max()):
        raise ValueError(f"H must be square and symmetric, but it is {H.tolist()}")
    w = np.linalg.eigvalsh(H)
    zero = 1e-9 * max(1.0, np.abs(w).max())
    up, down = (w > zero).any(), (w < -zero).any()
    if up and down:
        return "saddle"
    if (np.abs(w) <= zero).any():
        return "degenerate"
    return "minimum" if up else "maximum"


def critical_points(
    second: Callable[[np.ndarray], tuple[Any, np.ndarray, np.ndarray]],
    box: Sequence[tuple[float, float]],
    starts: int = 61,
    steps: int = 100,
) -> tuple[Critical, ...]:
    """The critical points in the box that pure Newton finds from a grid of `starts` a side, sorted by coordinates.

    `second(x)` gives f, gradient and Hessian for x (…, d); steps longer than a grid cell are shortened to one, which
    keeps a start near its own critical point. A search, not a proof: a finer grid may find more. ValueError for fewer
    than 2 starts a side, or no step.

    >>> critical_points(lambda x: (x[..., 0] ** 2, 2 * x, np.full((*x.shape, 1), 2.0)), [(-1, 1)], starts=3)
    (Critical(x=(0.0,), kind='minimum'),)
    """
    second = asked("second", second, "second")
    count("starts", starts, least=2)
    count("steps", steps)
    low, high = corners("box", box).T
    axes = [np.linspace(a, b, starts) for a, b in zip(low, high, strict=True)]
    x = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, len(axes))
    cell = np.linalg.norm((high - low) / (starts - 1))
    for _ in range(steps):
        _, g, H = second(x)
        p, _ = direction(g, H)
        length = np.linalg.norm(p, axis=-1, keepdims=True)
        x = x + p * np.minimum(1, cell / np.maximum(length, 1e-300))
    found = x[(length[:, 0] < 1e-9) & ((x >= low) & (x <= high)).all(axis=1)]
    distinct: list[np.ndarray] = []
    for p in found:
        if not distinct or np.linalg.norm(np.array(distinct) - p, axis=1).min() > 1e-4:
            distinct.append(p)
    # Rounding before adding 0.0 makes −1e-17 and −0.0 into 0.0.
    points = sorted(tuple((p.round(12) + 0.0).tolist()) for p in distinct)
    return tuple(Critical(p, kind(second(np.array(p))[2])) for p in points)


def winding_number(
    gradient: Callable[[np.ndarray], np.ndarray], box: Sequence[tuple[float, float]], points: int = 20_000
) -> int:
    """How often ∇f turns anticlockwise as its point goes once so around the edge of a box in the plane.

    Where all critical points within are nondegenerate, this is minima − saddles + maxima (Poincaré 1881). Each side is
    looked at in `points` places; ValueError where the gradient turns too far between two to tell, or is 0 on the edge.

    >>> winding_number(lambda x: x * np.array([2.0, -2.0]), [(-1, 1), (-1, 1)])  # x² − y²
    -1
    """
    gradient = function("gradient", gradient, "gradient")
    count("points", points)
    (left, right), (low, high) = corners("box", box, 2)
    t = np.linspace(0, 1, points, endpoint=False)
    around = np.array([(left, low), (right, low), (right, high), (left, high), (left, low)], float)
    edge = np.concatenate([a + t[:, None] * (b - a) for a, b in pairwise(around)])
    edge = np.vstack([edge, edge[:1]])
    g = finite("the gradient", gradient(edge), edge.shape)
    turns = np.diff(np.unwrap(np.arctan2(g[:, 1], g[:, 0])))
    if not g.any(axis=1).all() or np.abs(turns).max() > 1:
        raise ValueError(f"points must be more than {points}: the gradient turns too fast, or is 0, on the edge")
    return round(float(turns.sum()) / (2 * np.pi))
