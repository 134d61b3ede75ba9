"""The picture of what the hidden layer sees."""

from typing import Any

import numpy as np

from coursepkg.engine.activations import relu
from coursepkg.engine.datasets import gate

from ..answer import Answer, Wrong, says, show
from ..exercise import exercise
from ..picture import Picture, fresh, on_line, same_points, word

FOLD = ([[1, 1], [1, 1]], [0, -1], [1, -2], 0)
LOPSIDED = ([[1, 2], [-1, 1.5]], [0.5, 0.25], [1.5, -2], 0.25)
UPRIGHT = ([[1, 1.5], [2, -1]], [-0.5, 0.25], [2, 0], -1)


@exercise(
    "The axes of this plane are a1 and a2, the outputs of the two hidden neurons. Where is the point (0, 1) on it?",
    "All four at once: A1 = relu(X @ W1.T + b1) has shape (4, 2), and its columns are the coordinates.",
    "The line is where the output is ½: w2[0]·a1 + w2[1]·a2 + b2 = ½. Put in a left and a right a1, solve for a2, and "
    "join the two points. If w2[1] = 0 the line is vertical.",
)
def hidden_plane(draw: Answer, ax: Any, seed: int = 0) -> str:
    """`draw(ax, X, y, W1, b1, w2, b2)` draws the hidden points of X (n, 2) and the line w2·a + b2 = ½."""
    rng = np.random.default_rng(seed)
    drawn = rng.uniform(0.5, 2, (2, 2)).round(2), *rng.uniform(0.1, 0.9, (2, 2)).round(2), -0.75
    _look(draw, ax, FOLD)
    for network in (LOPSIDED, UPRIGHT, drawn):
        _look(draw, fresh(ax), network)
    return "Points and line are where the network puts them. Whether the picture is clear, a person judges."


def _look(draw: Answer, ax: Any, network: tuple) -> None:
    X, y, *_ = gate("XOR")
    W1, b1, w2 = (np.array(part, float) for part in network[:3])
    b2 = network[3]
    on = f"W1 = {show(W1)}, b1 = {show(b1)}, w2 = {show(w2)}, b2 = {show(b2)}"
    picture = Picture(draw, ax, X, y, W1, b1, w2, b2, on=on)
    Z1 = X @ W1.T + b1
    drawn, A1 = picture.points(), relu(Z1)
    if not same_points(drawn, A1):
        listed = ", ".join(show(tuple(p)) for p in drawn[:6]) or "none"
        raise Wrong("the points drawn", on=on, got=listed, **_points_mistake(drawn, X, Z1, relu(X @ W1 + b1), y))
    lines = [curve.points for curve in picture.curves()]
    if not lines:
        rule = "The output neuron draws one straight line."
        raise Wrong("the number of lines", on=on, got=0, rule=rule, next="Use ax.plot.")
    if not any(on_line(line, w2, b2 - 0.5) for line in lines):
        ends = f"from {show(tuple(lines[0][0]))} to {show(tuple(lines[0][-1]))}"
        raise Wrong("your line", on=on, got=ends, **_line_mistake(lines[0], w2, b2))
    picture.classes(A1[y == 0], A1[y == 1])
    picture.shows(A1, "the points drawn")
    picture.axes(
        word("a1", "a₁", "a_1", "first"), word("a2", "a₂", "a_2", "second"), "Name the axes by ax.set: a₁, a₂."
    )


def _points_mistake(
    drawn: np.ndarray, X: np.ndarray, Z1: np.ndarray, turned: np.ndarray, y: np.ndarray
) -> dict[str, str]:
    A1 = relu(Z1)
    slips = (
        (X, "Those are the inputs; the hidden plane shows what the hidden neurons make of them.", "Send X through W1."),
        (Z1, "Those are the sums z; a = ReLU(z) is never negative.", "Apply relu before you draw."),
        (A1[:, ::-1], "Your axes are swapped: the first hidden neuron goes across.", "Swap the two columns."),
        (turned, "W1 has a row for each hidden neuron; yours is used transposed.", "With samples as rows: X @ W1.T."),
        (A1[y == 1], "Only the points with XOR = 1 are there.", "Draw those with XOR = 0 too, with another marker."),
        (A1[y == 0], "Only the points with XOR = 0 are there.", "Draw those with XOR = 1 too, with another marker."),
    )
    for wrong, rule, next in slips:
        if same_points(drawn, wrong):
            return says(rule, next)
    if not len(drawn):
        rule = "The four inputs are to be seen as points."
        return says(rule, "Use ax.scatter, or ax.plot with a marker and no line.")
    return {}


def _line_mistake(points: np.ndarray, w2: np.ndarray, b2: float) -> dict[str, str]:
    if w2[1] == 0:
        rule = "Here w2[1] = 0: the output does not depend on a2, and the line is upright."
        return says(rule, "Ask `if w2[1] == 0`, and solve w2[0]·a1 + b2 = ½ for a1 then.")
    slips = (
        (w2, b2, "Your line is where the output is 0; the classes part at ½.", "Subtract ½ before you solve for a2."),
        (w2, b2 + 0.5, "Your line is where the output is −½.", "Bring the ½ to the other side with its sign turned."),
        (w2, -0.5, "In your line b2 is missing.", "Put one end into w2·a + b2: it must give ½."),
        (w2[::-1], b2 - 0.5, "Your line swaps the two output weights.", "w2[0] belongs to a1, which goes across."),
        (w2 * [1, -1], b2 - 0.5, "A minus was lost on the way to a2.", "Divide by −w2[1]."),
    )
    for w, b, rule, next in slips:
        if on_line(points, w, b):
            return says(rule, next)
    here = show(points[0] @ w2 + b2)
    return says(f"On the line the output is ½; at your first point it is {here}.", "Put one end into w2·a + b2.")
