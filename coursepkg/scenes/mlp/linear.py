"""Linear tower: however deep, layers without a bend are one affine map."""

import numpy as np
from matplotlib.collections import LineCollection

from ...explorable import Ask, Choice, Frame, Slider, explorable
from ...plots import BLUE, VERMILLION, NetworkDiagram
from ...plots.key import key
from ...plots.numbers import number
from .towers import GRID, Image, image


@explorable(
    title="Linear tower",
    alt="Above: the tower as a network diagram, two inputs, up to eight hidden layers and two outputs, each weight an "
    "edge, wide where it is large, dashed where negative. Below: a square grid, solid lines across and dashed lines "
    "upwards, and its image under the tower, scaled to fit.",
    ask=Ask(
        "The activation is linear. You stack eight layers instead of one. What can the image of the grid become?",
        ("A curved sheet", "A parallelogram, as with one layer", "A grid folded over itself"),
        answer=1,
        because="A linear layer takes straight, evenly spaced lines to straight, evenly spaced lines. So do eight of "
        "them: together they are one layer, W x + b.",
        wrong=(
            "To curve a line, a layer must treat its points unequally. W x + b moves all of them by one rule.",
            "A fold lays two points on one while their neighbours part. W x + b does to all what it does to one.",
        ),
    ),
    presets={
        "eight linear layers": dict(depth=8, narrow=3, g="linear"),
        "the same weights, tanh": dict(depth=8, narrow=3, g="tanh"),
        "through one neuron": dict(depth=4, narrow=1, g="tanh"),
    },
    size=(5.0, 4.5),
    depth=Slider(1, 8, 1, label="hidden layers", value=1, whole=True),
    narrow=Slider(1, 3, 1, label="width of the first", value=3, whole=True),
    g=Choice("linear", "tanh", label="activation g", value="tanh"),
)
def linear_tower(fig):
    rows = fig.add_gridspec(2, 1, height_ratios=(1, 1.9))
    diagram = NetworkDiagram(fig.add_subplot(rows[0]), columns=10, rows=3, size=13, widest=3)
    below = rows[1].subgridspec(1, 2)
    square = {"aspect": "equal", "xticks": [], "yticks": [], "xlim": (-1.25, 1.25), "ylim": (-1.25, 1.25)}
    before = fig.add_subplot(below[0], title="input plane", **square)
    after = fig.add_subplot(below[1], title="image, scaled to fit", **square)
    for ax in (before, after):
        ax.spines[:].set_visible(False)
    before.add_collection(LineCollection(GRID[:5, [0, -1]], **ACROSS))
    before.add_collection(LineCollection(GRID[5:, [0, -1]], **UPWARDS))
    across, upwards = (after.add_collection(LineCollection([], **look)) for look in (ACROSS, UPWARDS))
    key(fig, {"along x₁": across, "along x₂": upwards, "weight > 0": diagram.positive, "weight < 0": diagram.negative})
    name = after.text(-1.25, -1.22, "", va="top")
    before.text(-1.25, -1.22, "x₁, x₂ from −1 to 1", va="top")

    def update(depth, narrow, g):
        found = image(depth, narrow, g)
        diagram.move(found.net.net.views(found.net.theta))
        centre = (found.lines.max(axis=(0, 1)) + found.lines.min(axis=(0, 1))) / 2
        fitted = (found.lines - centre) / (np.ptp(found.lines, axis=(0, 1)).max() / 2)
        if g == "linear":
            fitted = fitted[:, [0, -1]]
        across.set_segments(list(fitted[:5]))
        upwards.set_segments(list(fitted[5:]))
        rank = int(np.linalg.matrix_rank(found.W))
        name.set_text(f"W x + b, of rank {rank}" if g == "linear" else f"{percent(found.rest)} of it is not affine")
        return Frame([*diagram.artists, across, upwards, name], says=tower_says(found, g, depth, rank))

    return update


ACROSS = {"colors": BLUE, "linewidths": 1.6}
UPWARDS = {"colors": VERMILLION, "linewidths": 1.6, "linestyles": [(0, (3, 1.5))]}


def percent(share: float) -> str:
    """A share as a percentage: whole, or of one digit below 1 %."""
    return f"{100 * share:.0f} %" if share >= 0.01 else f"{100 * share:.1g} %"


def tower_says(found: Image, g: str, depth: int, rank: int) -> str:
    """What the tower does to the plane, in words."""
    layers = f"{depth} hidden layer{'s' * (depth > 1)} and the output layer, {found.net.net.size} parameters"
    if g == "tanh":
        return (
            f"{layers}: the best single affine layer leaves {percent(found.rest)} of the image's variance unexplained."
        )
    (p, q), (r, s) = ((number(v) for v in row) for row in found.W)
    b1, b2 = (number(v) for v in found.b)
    said = f"{layers}, make one affine map: W has rows ({p}, {q}) and ({r}, {s}), b = ({b1}, {b2}). "
    return said + (
        "Its rank is 2: the plane stays a plane." if rank == 2 else "Its rank is 1: the plane becomes a line."
    )
