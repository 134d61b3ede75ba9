"""Astray: where gradient descent and Newton's method lead on the terrain, from any start."""

from functools import cache, lru_cache

import numpy as np
from matplotlib.patches import Patch

from ...engine.descent import Path, descend
from ...engine.landscapes import CLINE, critical_points, kind
from ...engine.newton import Newton
from ...engine.optimisers import GradientDescent
from ...explorable import Ask, Choice, Frame, Slider, explorable
from ...plots.contours import contours, grid
from ...plots.critical import SIGNS, signs
from ...plots.key import key
from ...plots.numbers import as_set, number
from ...plots.shade import DEEPEST, shade
from ...plots.style import BLUE
from ...plots.trail import Trail

WALKERS = {
    "gradient descent": (GradientDescent(0.04), CLINE.first, 20),
    "pure Newton": (Newton(), CLINE.second, 12),
    "Newton downhill": (Newton(search=True), CLINE.second, 12),
}
BOX = ((-2.2, 2.2), (-2.2, 2.2))
GRID = {"start": -2, "stop": 2, "step": 0.25}


@cache
def paths(walker: str) -> Path:
    """The paths from all starts of the grid at once, x (k + 1, starts, 2)."""
    optimiser, oracle, steps = WALKERS[walker]
    ticks = Slider(**GRID).values
    starts = np.array([(x0, y0) for x0 in ticks for y0 in ticks])
    return descend(optimiser, oracle, starts, steps=steps)


@lru_cache
def walk(walker: str, x0: float, y0: float) -> tuple[np.ndarray, np.ndarray]:
    """The path (k + 1, 2) from one start and its heights (k + 1,)."""
    ticks = Slider(**GRID).values
    if x0 in ticks and y0 in ticks:
        k, found = ticks.index(x0) * len(ticks) + ticks.index(y0), paths(walker)
        return found.x[:, k], found.f[:, k]
    optimiser, oracle, steps = WALKERS[walker]
    found = descend(optimiser, oracle, np.array([[x0, y0]]), steps=steps)
    return found.x[:, 0], found.f[:, 0]


def arrival(x: np.ndarray) -> str:
    """What the last point of a path is: 'minimum', 'saddle' or 'maximum', or '' if the gradient is not yet 0."""
    _, g, H = CLINE.second(x[-1])
    return kind(H) if np.linalg.norm(g) < 1e-3 else ""


@explorable(
    title="Astray",
    alt="Level lines of a hilly terrain, deeper blue where it is lower, with marks at its minima, saddles and "
    "maxima, and the path of one method from "
    "a start that can be moved.",
    ask=Ask(
        "Newton's method looks for a point where the gradient is 0. Drop it on a random spot of this hilly terrain. "
        "Where will it most often end?",
        ("In a minimum", "On a saddle", "On a maximum"),
        answer=1,
        because="It solves ∇f = 0 and does not ask which kind of point it finds. Here there are more saddles "
        "than minima or maxima.",
        wrong=(
            "That is where gradient descent goes. Newton only asks for a flat place, and does not look which way is "
            "down.",
            "Maxima are flat places as well, and some starts do climb to one, but there are fewer of them than "
            "saddles.",
        ),
    ),
    presets={
        "down": dict(x0=-1, y0=0.25, walker="gradient descent"),
        "to a saddle": dict(x0=-0.25, y0=0.25, walker="pure Newton"),
        "uphill": dict(x0=0.5, y0=0.5, walker="pure Newton"),
        "Newton, made to go down": dict(x0=0.5, y0=0.25, walker="Newton downhill"),
    },
    size=(5.0, 4.3),
    drag=("x0", "y0"),
    x0=Slider(**GRID, label="start x", value=0.5),
    y0=Slider(**GRID, label="start y", value=0.25),
    walker=Choice(*WALKERS, label="method"),
)
def astray(fig):
    ax = fig.add_subplot(aspect="equal")
    lines = contours(ax, CLINE.f, BOX, levels=8, n=81)
    shade(ax, CLINE.f(grid(BOX, 161)[2]), lines.levels, (*BOX[0], *BOX[1]))
    ax.set_aspect("equal")
    ax.set(
        xlim=(-2.2, 2.2), ylim=(-2.2, 2.2), xlabel="x", ylabel="y", xticks=[-2, -1, 0, 1, 2], yticks=[-2, -1, 0, 1, 2]
    )
    marks = signs(ax, critical_points(CLINE.second, BOX, starts=41, steps=40), size=4.5)
    key(fig, dict(zip(SIGNS, marks, strict=True)) | {"lower ground": Patch(color=BLUE, alpha=DEEPEST)})
    trail = Trail(ax, Newton)
    trail.start.set(markersize=5, fillstyle="full")

    def update(x0, y0, walker):
        x, f = walk(walker, x0, y0)
        trail.restyle(WALKERS[walker][0])
        inside = np.cumprod(np.abs(x).max(axis=1) < 12).astype(bool)
        trail.move(x[inside])
        return Frame(trail.artists, says=words(x0, y0, walker, x, f))

    return update


def words(x0: float, y0: float, walker: str, x: np.ndarray, f: np.ndarray) -> str:
    """From what height to what height, and onto what kind of point."""
    above, below = (number(height) for height in f[[0, -1]])
    said = f"{walker[0].upper()}{walker[1:]} from ({as_set(x0)}, {as_set(y0)}): from height {above} to {below}"
    end = arrival(x)
    if not np.abs(x).max() < 3:
        return said + f", far out, {'on a ' + end if end else 'under way'}."
    if not end:
        return said + f"; after {len(x) - 1} steps it is still under way."
    rises = f[-1] > f[0] + 1e-6
    return said + f", on a {end}" + (": it has climbed." if rises else ".")
