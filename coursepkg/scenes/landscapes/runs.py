"""Two methods sent off from every point of a grid on Cline's terrain: where each start ends, and how it gets there."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ...engine.descent import descend
from ...engine.landscapes import CLINE, Critical, critical_points
from ...engine.newton import Newton
from ...engine.optimisers import GradientDescent

SIDE = 61
TICKS = np.linspace(-3, 3, SIDE).round(10)
METHODS = {"gradient descent": GradientDescent(0.01), "Newton": Newton()}
STEPS = {"gradient descent": 600, "Newton": 50}
#: The resolution of a drawn path, in the landscape's units: a fiftieth is a point on the figure.
GRAIN = 0.02


class Runs(NamedTuple):
    """All runs of one method. Arrays lead with the start: x along the first axis, y along the second.

    ends (61, 61): the index of the critical point that a run comes to, −1 where it comes to none in the box. steps (61,
    61): the steps until it is there to within `GRAIN`, or all of them. paths: for each start, its path (k, 2) on the
    grid of `GRAIN`, as coarse as the eye allows.
    """

    ends: np.ndarray
    steps: np.ndarray
    paths: list[list[np.ndarray]]


@lru_cache
def critical() -> tuple[Critical, ...]:
    """The critical points on [−3, 3]²."""
    return critical_points(CLINE.second, CLINE.box)


def sent_off(method: str, starts: np.ndarray) -> tuple[np.ndarray, np.ndarray, list[np.ndarray]]:
    """The ends, steps and paths of `method` from each of `starts` (n, 2), as :class:`Runs` has them."""
    newton = method == "Newton"
    x = descend(METHODS[method], CLINE.second if newton else CLINE.first, starts, STEPS[method], limit=1e300).x
    places = np.array([point.x for point in critical()])
    far = np.linalg.norm(x[-1, :, None] - places, axis=-1)
    ends = np.where(far.min(axis=1) < 0.01, far.argmin(axis=1), -1)
    moving = np.linalg.norm(x - x[-1], axis=-1) > GRAIN
    steps = np.where(ends < 0, STEPS[method], moving.sum(axis=0))
    coarse = whole_steps if newton else even_steps
    return ends, steps, [coarse(x[: steps[k] + 1, k]) for k in range(len(starts))]


@lru_cache
def runs(method: str) -> Runs:
    """The runs of `method` from every start; half are computed, since f(−x, −y) = f(x, y)."""
    grid = np.stack(np.meshgrid(TICKS, TICKS, indexing="ij"), axis=-1).reshape(-1, 2)
    half = len(grid) // 2 + 1
    ends, steps, paths = sent_off(method, grid[:half])
    places = np.array([point.x for point in critical()])
    # The grid is point-symmetric: start −k of the list is the mirror image of start k.
    opposite = np.array([int(np.linalg.norm(places + p, axis=1).argmin()) for p in places] + [-1])
    ends = np.concatenate([ends, opposite[ends[: half - 1]][::-1]])
    steps = np.concatenate([steps, steps[: half - 1][::-1]])
    paths += [-path for path in paths[: half - 1][::-1]]
    rows = [paths[i : i + SIDE] for i in range(0, len(paths), SIDE)]
    return Runs(ends.reshape(SIDE, SIDE), steps.reshape(SIDE, SIDE), rows)


class Run(NamedTuple):
    """One run: the critical point it comes to (−1: none in the box), its steps until there, its coarse path (k, 2)."""

    end: int
    steps: int
    path: np.ndarray


@lru_cache
def run(method: str, x: float, y: float) -> Run:
    """The run of `method` from (x, y): from the table where that is a start of the grid, else computed."""
    start = np.array([x, y])
    i, j = np.abs(TICKS - start[:, None]).argmin(axis=1)
    if (TICKS[[i, j]] == start).all():
        found = runs(method)
        return Run(int(found.ends[i, j]), int(found.steps[i, j]), found.paths[i][j])
    (end,), (steps,), (path,) = sent_off(method, start[None])
    return Run(int(end), int(steps), path)


def even_steps(path: np.ndarray, stride: float = 0.12) -> np.ndarray:
    """The points of a smooth path (k, 2) that are `stride` or more apart, its ends included."""
    kept = [path[0]]
    for point in path[1:-1]:
        if np.hypot(*(point - kept[-1])) >= stride:
            kept.append(point)
    return on_grain(np.array([*kept, path[-1]]))


def whole_steps(path: np.ndarray, reach: float = 3.1) -> np.ndarray:
    """The points of a path (k, 2) of long steps; a step out of the picture ends at its edge, and the path with it."""
    outside = np.flatnonzero(np.abs(path).max(axis=1) > reach)
    if len(outside):
        k = outside[0]
        inner, outer = path[k - 1], path[k]
        edge = np.where(outer > inner, reach, -reach)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.nanmin(np.where(outer == inner, np.inf, (edge - inner) / (outer - inner)))
        path = np.vstack([path[:k], inner + share * (outer - inner)])
    return on_grain(path)


def on_grain(path: np.ndarray) -> np.ndarray:
    """The path rounded to `GRAIN`, without points that fall on the one before."""
    path = (path / GRAIN).round() * GRAIN
    return path[np.r_[True, np.abs(np.diff(path, axis=0)).max(axis=1) > GRAIN / 2]]
