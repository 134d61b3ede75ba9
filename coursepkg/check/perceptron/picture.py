"""The picture of a neuron's decision boundary."""

from typing import Any

import numpy as np

from coursepkg.engine.datasets import Dataset, iris
from coursepkg.engine.perceptron import Perceptron

from ..answer import Answer, Wrong, says, show
from ..exercise import exercise
from ..picture import Picture, fresh, on_line, same_points, word


@exercise(
    "The boundary is where z = 0: w1·x1 + w2·x2 + b = 0. It is perpendicular to w.",
    "Solve z = 0 for x2, put in the smallest and the largest x1 of the data, and join the two points by ax.plot.",
    "If w2 = 0 you cannot solve for x2: the boundary is then the vertical line x1 = −b/w1, which ax.axvline draws.",
)
def boundary(draw: Answer, ax: Any, seed: int = 0) -> str:
    """`draw(ax, X, y, w, b)` draws the flowers X (n, 2) and the line w·x + b = 0 on the axes `ax`."""
    data = iris()
    run = Perceptron(epochs=1000).fit(data.X, data.y)
    _look(draw, ax, data, run.w, run.b)
    rng = np.random.default_rng(seed)
    others = iris(("versicolor", "virginica"))
    some = rng.choice(len(others.X), 37, replace=False)
    others = others._replace(X=others.X[some], y=others.y[some])
    across, slope = rng.uniform(3.5, 6, 2).round(1), rng.uniform(0.3, 0.9)
    _look(draw, fresh(ax), others, np.array([1.5, 0.0]), -1.5 * across[0])  # upright
    _look(draw, fresh(ax), others, np.array([slope, 1.7]), -slope * across[1] - 2.0)
    return "Your lines are where z = 0, upright too, with points and labels. Whether it is clear, a person judges."


def _look(draw: Answer, ax: Any, data: Dataset, w: np.ndarray, b: float) -> None:
    picture = Picture(draw, ax, data.X, data.y, w, b, on=f"{len(data.X)} irises with w = {show(w)}, b = {show(b)}")
    lines = [curve.points for curve in picture.curves()]
    if not lines:
        words = says("The boundary is a line.", "Draw it with ax.plot.")
        raise Wrong("the number of lines", on=picture.on, got=0, **words)
    if not any(on_line(line, w, b) for line in lines):
        ends = f"from {show(tuple(lines[0][0]))} to {show(tuple(lines[0][-1]))}"
        raise Wrong("your line", on=picture.on, got=ends, **_line_mistake(lines[0], w, b))
    drawn = picture.points()
    if not same_points(drawn, data.X):
        words = _points_mistake(drawn, data)
        raise Wrong("the points drawn", on=picture.on, got=f"{len(drawn)} points", **words)
    picture.classes(data.X[data.y == 0], data.X[data.y == 1])
    picture.shows(data.X, "the points drawn")
    picture.axes(word("length"), word("width"), "Use ax.set: petal length and petal width, in cm.")


def _points_mistake(drawn: np.ndarray, data: Dataset) -> dict[str, str]:
    X, y = data.X, data.y
    for label in (0, 1):
        if same_points(drawn, X[y == label]):
            rule = f"The flowers with y = {label} are there, perhaps twice, and those with y = {1 - label} are not."
            return says(rule, "Draw X[y == 0] and X[y == 1], each once.")
    if same_points(drawn, X[:, ::-1]):
        return says("Your axes are exchanged: the first column of X goes across.", "Draw X[:, 0] and X[:, 1].")
    rule = f"There are {len(X)} flowers, each a point at its petal length and width."
    return says(rule, "Draw both classes, y = 0 and y = 1, by ax.scatter.")


def _line_mistake(points: np.ndarray, w: np.ndarray, b: float) -> dict[str, str]:
    if w[1] == 0:
        rule = "Here w2 = 0: z does not depend on x2, and the boundary is upright. Nothing can be solved for x2."
        return says(rule, "Ask `if w[1] == 0`, and solve w1·x1 + b = 0 for x1 then.")
    along = points[-1] - points[0]
    across = abs(along @ w) / (np.linalg.norm(along) * np.linalg.norm(w) or 1)
    known = (
        (not along.any(), "Two different points make a line; the ends of yours are one."),
        (on_line(points, w, 0), "Your line is w·x = 0: it goes through the origin, for b is missing."),
        (on_line(points, w, -b), "Your line is w·x − b = 0: b changed sides with the wrong sign."),
        (on_line(points, w * [-1, 1], b), "Your line is −w1·x1 + w2·x2 + b = 0: its slope has the wrong sign."),
        (on_line(points, w * [1, -1], b), "Your line is w1·x1 − w2·x2 + b = 0: a minus was lost on the way to x2."),
        (on_line(points, w[::-1], b), "Your line swaps w1 and w2."),
        (across > 1 - 1e-6, "Your line runs along w, but w·x is constant across w: the boundary is perpendicular."),
    )
    at_first_point = f"On the boundary z = 0; at your first point z is {show(points[0] @ w + b)}."
    rule = next((words for fits, words in known if fits), at_first_point)
    return says(rule, "Put one end into z = w1·x1 + w2·x2 + b: it must give 0. Then solve for x2 again.")
