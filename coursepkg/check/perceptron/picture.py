"""The picture of a neuron's decision boundary."""

from typing import Any

import numpy as np

from coursepkg.engine.datasets import iris
from coursepkg.engine.perceptron import Perceptron

from ..answer import Answer, Wrong, show
from ..exercise import exercise


@exercise(
    "The boundary is where z = 0: w1·x1 + w2·x2 + b = 0. It is perpendicular to w.",
    "Solve z = 0 for x2, put in the smallest and the largest x1 of the data, and join the two points by ax.plot.",
    "If w2 = 0 you cannot solve for x2: the boundary is then the vertical line x1 = −b/w1, which ax.axvline draws.",
)
def boundary(draw: Answer, ax: Any, w: Any = None, b: float = 0.0) -> str:
    """`draw(ax, X, y, w, b)` draws the flowers X (n, 2) and the line w·x + b = 0 on the axes `ax`."""
    data = iris()
    if w is None:
        w, b, *_ = Perceptron(epochs=1000).fit(data.X, data.y)
    w = np.asarray(w, dtype=float)
    draw.run(ax, data.X, data.y, w, b)
    on = f"the irises with w = {show(w)}, b = {show(b)}"
    lines = [_points(line, ax) for line in ax.lines if line.get_linestyle() != "None"]
    if not lines:
        raise Wrong("the number of lines", on=on, got=0, rule="The boundary is a line.", next="Draw it with ax.plot.")
    if not any(_fits(line, w, b) for line in lines):
        ends = f"from {show(tuple(lines[0][0]))} to {show(tuple(lines[0][-1]))}"
        next = "Put one end into z = w1·x1 + w2·x2 + b: it must give 0. Then solve for x2 again."
        raise Wrong("your line", on=on, got=ends, rule=_line_mistake(lines[0], w, b), next=next)
    drawn = sum(len(collection.get_offsets()) for collection in ax.collections)
    drawn += sum(len(line.get_xydata()) for line in ax.lines if line.get_linestyle() == "None")
    if drawn < len(data.X):
        rule = f"There are {len(data.X)} flowers, and the picture is of them."
        raise Wrong(
            "the number of points drawn", on=on, got=drawn, rule=rule, next="Draw both classes, y = 0 and y = 1."
        )
    if not (ax.get_xlabel() and ax.get_ylabel()):
        labels = f"{ax.get_xlabel()!r} and {ax.get_ylabel()!r}"
        next = "Use ax.set: petal length and petal width, in cm."
        raise Wrong(
            "the axis labels", on=on, got=labels, rule="An axis without a name and a unit says nothing.", next=next
        )
    return "Your line is where z = 0, and points and labels are there. Whether it is clear, a person judges."


def _points(line: Any, ax: Any) -> np.ndarray:
    """The line's points (n, 2) in data coordinates, also of lines that span the axes, like ax.axvline's."""
    return (line.get_transform() - ax.transData).transform(line.get_xydata())


def _fits(points: np.ndarray, w: Any, b: float) -> bool:
    """Whether the points (n, 2) are apart and lie on w·x + b = 0, to a millionth of the coordinates."""
    scale = np.abs(points).max()
    return bool(np.ptp(points, axis=0).max() > 0 and np.abs(points @ w + b).max() <= 1e-6 * scale * np.abs(w).max())


def _line_mistake(points: np.ndarray, w: np.ndarray, b: float) -> str:
    along = points[-1] - points[0]
    across = abs(along @ w) / (np.linalg.norm(along) * np.linalg.norm(w) or 1)
    known = (
        (not along.any(), "Two different points make a line; the ends of yours are one."),
        (_fits(points, w, 0), "Your line is w·x = 0: it goes through the origin, for b is missing."),
        (_fits(points, w, -b), "Your line is w·x − b = 0: b changed sides with the wrong sign."),
        (_fits(points, w * [-1, 1], b), "Your line is −w1·x1 + w2·x2 + b = 0: its slope has the wrong sign."),
        (_fits(points, w * [1, -1], b), "Your line is w1·x1 − w2·x2 + b = 0: a minus was lost on the way to x2."),
        (_fits(points, w[::-1], b), "Your line swaps w1 and w2."),
        (
            across > 1 - 1e-6,
            "Your line runs along w, but w·x is constant across w: the boundary is perpendicular.",
        ),
    )
    at_first_point = f"On the boundary z = 0; at your first point z is {show(points[0] @ w + b)}."
    return next((words for fits, words in known if fits), at_first_point)
