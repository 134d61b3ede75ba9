"""A start in the deepest basin of the terrain, and the picture of a run."""

from typing import Any

import numpy as np

from coursepkg.engine.descent import descend
from coursepkg.engine.landscapes import CLINE, HIMMELBLAU, Landscape, kind
from coursepkg.engine.optimisers import GradientDescent

from ..answer import Answer, Wrong, numbers, says, show
from ..exercise import exercise
from ..picture import Picture, fresh, word

DEEPEST = np.array([[-0.426522, 0.426522], [0.426522, -0.426522]])
NEAR = 1.0


def _run(x: Any) -> np.ndarray:
    """The path (k + 1, 2) of gradient descent with η = 0.01 from x, 600 steps."""
    return descend(GradientDescent(0.01), CLINE.first, x, 600).x


@exercise(
    "On the map of gradient descent the strongest shade is the basin of the two deepest minima. Where does it reach "
    "out furthest?",
    "Each of the two minima has its own part of the basin. Look at its corners, up and to the left and down and to the "
    "right.",
    "Try the corner near (−1.4, 0.7), and look what the caption of the figure says.",
)
def deep_start(start: Answer) -> str:
    """`start()` returns a point (x, y), 1 or further from both deepest minima, whose run ends in one of them."""
    x = numbers(start(), 2, "(x, y)", "your answer")
    on = f"the start {show(tuple(x))}"
    if np.abs(x).max() > 3:
        raise Wrong("the start", on=on, got=show(tuple(x)), rule="x and y run from −3 to 3.", next="Stay on the map.")
    gap = float(np.linalg.norm(DEEPEST - x, axis=1).min())
    if gap < NEAR:
        rule = "The start should be 1 or further from both deepest minima, to make it worth a run."
        raise Wrong("the distance", on=on, got=show(gap), rule=rule, next="Move it further out, but stay in the basin.")
    end = _run(x)[-1]
    if np.linalg.norm(DEEPEST - end, axis=1).min() > 1e-3:
        f, _, H = CLINE.second(end)
        what = f"the {kind(H)} at {show(tuple(end.round(3)))} with f = {f:.3f}"
        rule = "The deepest minima have f = −1.115; descent ends where its basin leads."
        if kind(H) == "saddle":
            rule = "On a line of symmetry descent cannot leave it, and may stop at a saddle."
        raise Wrong(
            "the end of the run", on=on, got=what, rule=rule, next="Look at the map of gradient descent in the chapter."
        )
    return f"From {show(tuple(x))}, {gap:.2f} away, gradient descent finds the deepest ground: f = {CLINE.f(end):.6f}."


@exercise(
    "Three parts: contour lines of f, the path on them, and names on both axes.",
    "Make a grid by np.meshgrid, stack it to points of shape (n, n, 2), and give f of them to ax.contour.",
    "points = np.stack([X, Y], axis=-1); ax.contour(X, Y, f(points), levels=12); ax.plot(path[:, 0], path[:, 1]).",
)
def descent_picture(draw: Answer, ax: Any, seed: int = 0) -> str:
    """`draw(ax, f, box, path)` draws contour lines of f over the box and the path (k, 2) of a run."""
    _look(draw, ax, CLINE, CLINE.box, _run(np.array((-1.4, 0.7))))
    # The terrain is its own mirror image and its box a square: axes that changed places show elsewhere only.
    left, low, *way = np.random.default_rng(seed).uniform([-4, -1, 0.2, 0.2], [-3, 0.5, 0.9, 0.9]).round(1).tolist()
    box = ((left, left + 3.0), (low, low + 5.0))
    path = np.array([(left + 0.2, low + 1), (left + 2 * way[0], low + 2), (left + 2.5 * way[1], low + 4.1)])
    _look(draw, fresh(ax), HIMMELBLAU, box, path)
    return "Contour lines, path and labels are right. Whether start and end are plain to see, a person judges."


def _look(
    draw: Answer, ax: Any, land: Landscape, box: tuple[tuple[float, float], ...] | None, path: np.ndarray
) -> None:
    picture = Picture(draw, ax, land.f, box, path, on=f"{land.name} over {show(box)} and a path of {len(path)} points")
    lines = [curve.points for curve in picture.series()]
    if not any(line.shape == path.shape and np.allclose(line, path) for line in lines):
        words = says("The path has a point for each step.", "ax.plot(path[:, 0], path[:, 1]).")
        if any(line.shape == path.shape and np.allclose(line[:, ::-1], path) for line in lines):
            words = says("Your path has x and y exchanged.", "The first column goes across: path[:, 0], path[:, 1].")
        raise Wrong("the number of lines with the path", on=picture.on, got=0, **words)
    _judge_ground(picture, land, np.array(box, float))
    picture.shows(path, "the path")
    picture.axes(word("x"), word("y"), "Use ax.set: x and y.")


def _judge_ground(picture: Picture, land: Landscape, box: np.ndarray) -> None:
    """Raises `Wrong` unless there are contour lines of the land all over the `box` (2, 2)."""
    sets = [collection for collection in picture.ax.collections if hasattr(collection, "allsegs")]
    lines = [(found.levels, found.allsegs) for found in sets if not found.filled]
    levels = [(level, points) for found, parts in lines for level, p in zip(found, parts, strict=False) for points in p]
    shown = len({level for level, points in levels if len(points)})
    if shown < 5:
        rule = "Without five or more contour levels the ground cannot be seen."
        if sets and not lines:
            rule = "Areas filled by ax.contourf are welcome, but their borders are not drawn as lines."
        quantity, step = "the number of contour lines' levels", "ax.contour(X, Y, heights, levels=12)."
        raise Wrong(quantity, on=picture.on, got=shown, rule=rule, next=step)
    points = np.vstack([p for _, p in levels if len(p)])
    heights = np.concatenate([np.full(len(p), level) for level, p in levels if len(p)])
    # Between grid points a contour line is straight, so that it is off by a little.
    allowed = 0.05 * np.ptp(heights)
    if np.median(np.abs(land.f(points) - heights)) > allowed:
        words = says(
            "The heights on your contour lines are not those of f.", "Give ax.contour the values of f on its grid."
        )
        low, width = box[:, 0], np.ptp(box, axis=1)
        turned = low + width * ((points - low) / width)[:, ::-1]
        if np.median(np.abs(land.f(turned) - heights)) < allowed:
            rule = "Your contour lines are those of f with x and y exchanged."
            words = says(rule, "np.meshgrid(x, y) has x along the columns, and so has ax.contour.")
        raise Wrong("the height along a contour line", on=picture.on, got="another than its level", **words)
    spread = np.array([points.min(axis=0), points.max(axis=0)]).T
    if (np.abs(spread - box) > 0.05 * np.ptp(box, axis=1)[:, None]).any():
        rule = "The contour lines have to cover the box, and no more than it."
        got = (
            f"x from {show(spread[0, 0])} to {show(spread[0, 1])}, y from {show(spread[1, 0])} to {show(spread[1, 1])}"
        )
        step = "The box is ((low, high) of x, (low, high) of y): np.linspace(*box[0], 150) for x, box[1] for y."
        raise Wrong("the ground drawn", on=picture.on, got=got, rule=rule, next=step)
