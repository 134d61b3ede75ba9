"""The picture of what the hidden layer sees."""

from typing import Any

import numpy as np

from coursepkg.engine.activations import relu
from coursepkg.engine.datasets import gate

from ..answer import Answer, Wrong, says, show
from ..exercise import exercise

FOLD = (np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.0, -1.0]), np.array([1.0, -2.0]), 0.0)


@exercise(
    "The axes of this plane are a1 and a2, the outputs of the two hidden neurons. Where is the point (0, 1) on it?",
    "All four at once: A1 = relu(X @ W1.T + b1) has shape (4, 2), and its columns are the coordinates.",
    "The line is where the output is ½: w2[0]·a1 + w2[1]·a2 + b2 = ½. Put in a left and a right a1, solve for a2, and "
    "join the two points. If w2[1] = 0 the line is vertical.",
)
def hidden_plane(draw: Answer, ax: Any, network: tuple | None = None) -> str:
    """`draw(ax, X, y, W1, b1, w2, b2)` draws the hidden points of X (n, 2) and the line w2·a + b2 = ½."""
    X, y, *_ = gate("XOR")
    W1, b1, w2, b2 = network or FOLD
    W1, b1, w2 = (np.asarray(part, dtype=float) for part in (W1, b1, w2))
    draw.run(ax, X, y, W1, b1, w2, b2)
    on = f"W1 = {show(W1)}, b1 = {show(b1)}, w2 = {show(w2)}, b2 = {show(b2)}"
    Z1 = X @ W1.T + b1
    A1 = relu(Z1)
    drawn = _drawn(ax)
    if not _same(drawn, A1):
        raise Wrong("the points drawn", on=on, got=_listed(drawn), **says(*_points_mistake(drawn, X, Z1, A1, y)))
    lines = [_ends(line, ax) for line in ax.lines if line.get_linestyle() != "None"]
    if not lines:
        raise Wrong(
            "the number of lines", on=on, got=0, rule="The output neuron draws one straight line.", next="Use ax.plot."
        )
    if not any(_fits(line, w2, b2 - 0.5) for line in lines):
        ends = f"from {show(tuple(lines[0][0]))} to {show(tuple(lines[0][-1]))}"
        raise Wrong("your line", on=on, got=ends, **says(*_line_mistake(lines[0], w2, b2)))
    if not (ax.get_xlabel() and ax.get_ylabel()):
        labels = f"{ax.get_xlabel()!r} and {ax.get_ylabel()!r}"
        raise Wrong(
            "the axis labels",
            on=on,
            got=labels,
            rule="This plane is not that of x1 and x2.",
            next="Name the axes by ax.set.",
        )
    return "Points and line are where the network puts them. Whether the picture is clear, a person judges."


def _drawn(ax: Any) -> np.ndarray:
    """The points (n, 2) on the axes, of scatter and of lines that are markers only."""
    parts = [np.asarray(collection.get_offsets()) for collection in ax.collections]
    parts += [line.get_xydata() for line in ax.lines if line.get_linestyle() == "None"]
    return np.concatenate([np.empty((0, 2)), *parts])


def _same(drawn: np.ndarray, wanted: np.ndarray) -> bool:
    """Whether the two sets of points are equal, in any order, a point that is wanted twice drawn once or twice."""
    near = np.abs(drawn[:, None] - wanted[None]).max(axis=-1) < 1e-6
    return bool(len(drawn) and near.any(axis=0).all() and near.any(axis=1).all())


def _listed(points: np.ndarray) -> str:
    return ", ".join(show(tuple(p)) for p in points[:6]) or "none"


def _points_mistake(drawn: np.ndarray, X: np.ndarray, Z1: np.ndarray, A1: np.ndarray, y: np.ndarray) -> tuple[str, str]:
    known = (
        (X, "Those are the inputs; the hidden plane shows what the hidden neurons make of them.", "Send X through W1."),
        (Z1, "Those are the sums z; a = ReLU(z) is never negative.", "Apply relu before you draw."),
        (A1[:, ::-1], "Your axes are swapped: the first hidden neuron goes across.", "Swap the two columns."),
        (A1[y == 1], "Only the points with XOR = 1 are there.", "Draw those with XOR = 0 too, with another marker."),
    )
    for wanted, rule, next in known:
        if _same(drawn, wanted):
            return rule, next
    if not len(drawn):
        return "The four inputs are to be seen as points.", "Use ax.scatter, or ax.plot with a marker and no line."
    return "Input x lands on a = ReLU(W1 x + b1).", "Print your array of points: it should have shape (4, 2)."


def _ends(line: Any, ax: Any) -> np.ndarray:
    """The line's points (n, 2) in data coordinates, also of lines that span the axes, like ax.axvline's."""
    return (line.get_transform() - ax.transData).transform(line.get_xydata())


def _fits(points: np.ndarray, w: np.ndarray, b: float) -> bool:
    """Whether the points (n, 2) are apart and lie on w·a + b = 0."""
    scale = max(1.0, np.abs(points).max()) * np.abs(w).max()
    return bool(np.ptp(points, axis=0).max() > 0 and np.abs(points @ w + b).max() <= 1e-6 * scale)


def _line_mistake(points: np.ndarray, w2: np.ndarray, b2: float) -> tuple[str, str]:
    known = (
        (w2, b2, "Your line is where the output is 0; the classes part at ½.", "Subtract ½ before you solve for a2."),
        (w2, b2 + 0.5, "Your line is where the output is −½.", "Bring the ½ to the other side with its sign turned."),
        (w2[::-1], b2 - 0.5, "Your line swaps the two output weights.", "w2[0] belongs to a1, which goes across."),
        (w2 * [1, -1], b2 - 0.5, "A minus was lost on the way to a2.", "Divide by −w2[1]."),
    )
    for w, b, rule, next in known:
        if _fits(points, w, b):
            return rule, next
    here = show(points[0] @ w2 + b2)
    return f"On the line the output is ½; at your first point it is {here}.", "Put one end into w2·a + b2."
