"""Train it: what a network has learnt after each epoch, and what each hidden neuron has."""

from itertools import zip_longest

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba
from matplotlib.patches import PathPatch

from ...engine.activations import sigmoid
from ...engine.network import Network
from ...explorable import Ask, Choice, Frame, Point, Points, explorable
from ...plots import BLUE, FAINT, INK, Plane, half_plane, outline, regions
from ...plots.key import key
from ...plots.plane import boundary
from .runs import BENDS, EPOCHS, NAMES, SETS, STARTS, WIDTHS, Run, lesson, trained

REACH = 2.3
CELLS = [(1.2 * (j % 3), -1.5 * (j // 3)) for j in range(8)]  # lower left corners of the small maps
TICKS = np.linspace(-REACH, REACH, 45)


@explorable(
    title="Train it",
    alt="Upper left: points of two classes, at first a hundred, hollow circles and filled squares, and the region "
    "where the network's output is at least one half, shaded darker where it is surer. Upper right: one small map for "
    "each hidden neuron, shaded where it is positive, above it the weight with which the output listens to it. Below: "
    "the loss falling over the epochs.",
    ask=Ask(
        "One class lies in a ring of the other. How many hidden tanh neurons does it take, at least, to fence it in?",
        ("2", "3", "8"),
        answer=1,
        because="Each hidden neuron draws one straight edge, and the output joins them. Three edges make a triangle, "
        "its corners rounded by the soft tanh.",
        wrong=(
            "Two edges make a strip or a wedge, and each of these is open on some side: try it.",
            "Eight do it too, but some of them are spare: three edges already close a fence.",
        ),
    ),
    presets={
        "XOR, two neurons": dict(data="XOR", hidden=2, epoch=400, g="tanh"),
        "XOR, eight": dict(data="XOR", hidden=8, epoch=400, g="tanh"),
        "eight without a bend": dict(data="XOR", hidden=8, epoch=400, g="linear"),
        "spirals, soft": dict(data="spirals", hidden=8, epoch=400, g="tanh"),
        "spirals, with corners": dict(data="spirals", hidden=8, epoch=400, g="ReLU"),
    },
    size=(5.0, 5.0),
    budget=200,
    epoch=Choice(*EPOCHS, label="epoch", value=100, between=True, whole=True),
    hidden=Choice(*WIDTHS, label="hidden neurons", value=1, between=True, whole=True),
    g=Choice(*BENDS, label="activation g", value="tanh"),
    data=Points(
        SETS, x=(-REACH, REACH), y=(-REACH, REACH), labels=("0", "1"), most=200, label="data set", value="circles"
    ),
)
def train_it(fig):
    grid = fig.add_gridspec(2, 2, height_ratios=(2.4, 1), width_ratios=(1.25, 1))
    plane = Plane(fig.add_subplot(grid[0, 0], aspect="equal"), (-REACH, REACH) * 2, arrow=False)
    plane.ax.set(xticks=[-2, 0, 2], yticks=[-2, 0, 2])
    for marks in (plane.zeros, plane.ones):
        marks.set_markersize(4)
    plane.zeros.set_markeredgewidth(1.2)
    sure = plane.ax.add_patch(PathPatch(outline([]), facecolor=BLUE, alpha=0.22, edgecolor="none", zorder=0.6))
    half = plane.ax.add_patch(PathPatch(outline([]), facecolor=to_rgba(BLUE, 0.2), edgecolor=INK, linewidth=1.2))
    units = fig.add_subplot(grid[0, 1], aspect="equal", xlim=(-0.1, 3.5), ylim=(-3.1, 1.4))
    units.axis("off")
    units.set_title("hidden neurons")
    shade = units.add_patch(PathPatch(outline([]), facecolor=BLUE, alpha=0.3, edgecolor="none"))
    edges = units.add_collection(LineCollection([], colors=INK, linewidths=1.4))
    frames = units.add_collection(LineCollection([], colors=FAINT, linewidths=0.8))
    weights = [units.text(x + 0.5, y + 1.06, "", ha="center", va="bottom") for x, y in CELLS]
    fall = fig.add_subplot(grid[1, :], xlim=(-4, 404), ylim=(0, 1), xlabel="epoch", ylabel="loss", yticks=[0, 0.5, 1])
    others = fall.add_collection(LineCollection([], colors=FAINT, linewidths=0.5, alpha=0.7))
    (trace,) = fall.plot([], [], color=BLUE)
    names = {"is 0": plane.zeros, "is 1": plane.ones, "called 1": half, "this start": trace, "others": others}
    key(fig, names)
    (dot,) = fall.plot([], [], "o", color=BLUE, markersize=6)

    artists = [plane.zeros, plane.ones, half, sure, shade, edges, frames, *weights, others, trace, dot]

    def nothing():
        """Empty the figure: there is no network without a point."""
        plane.label(np.empty((0, 2)), [])
        for patch in (half, sure, shade):
            patch.set_path(outline([]))
        for lines in (edges, frames, others):
            lines.set_segments([])
        for text in weights:
            text.set_text("")
        for line in (trace, dot):
            line.set_data([], [])
        return Frame(artists, says="There is no point yet, so the network has nothing to learn from.")

    def update(epoch, hidden, g, data):
        if not data:
            return nothing()
        own = data not in NAMES
        run = lesson(data, hidden, g).run(epoch) if own else trained(NAMES[data], hidden, g)
        aim, epoch = epoch, min(epoch, len(run.losses) - 1)
        theta = run.kept[epoch]
        plane.label([point[:2] for point in data], [point.label for point in data])
        heights = sigmoid(surface(run.net, theta))
        for patch, path in zip((half, sure), regions(TICKS, heights, (0.5, 0.9)), strict=True):
            patch.set_path(path)
        (W, b), (out, _) = run.net.views(theta)
        squares, lines, boxes = [], [], []
        for text, corner, w, b_j, weight in zip_longest(weights, CELLS, W, b, out[0], fillvalue=None):
            text.set_text("" if weight is None else signed(weight))
            if weight is None:
                continue
            limits = (-REACH, REACH) * 2
            squares.append(placed(half_plane(w, b_j, limits), corner))
            lines.append(placed(boundary(w, b_j, limits), corner))
            boxes.append(placed(BOX, corner))
        shade.set_path(outline(squares))
        edges.set_segments([line for line in lines if len(line)])
        frames.set_segments(boxes)
        every = np.unique(np.r_[0:40:2, 40:401:12])
        every = every[every < len(run.losses)]
        others.set_segments([np.column_stack([every, run.losses[every, k]]) for k in range(1, STARTS)])
        until = np.append(every[every < epoch], epoch)
        trace.set_data(until, run.losses[until, 0])
        dot.set_data([epoch], [run.losses[epoch, 0]])
        if epoch < aim:
            return Frame(artists, says=f"Training, epoch {epoch} of {aim}: loss {run.losses[epoch, 0]:.3f}.", more=True)
        return Frame(artists, says=train_says(run, epoch, g, data))

    return update


BOX = REACH * np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)])


def placed(X: np.ndarray, corner: tuple[float, float]) -> np.ndarray:
    """Points of the plane (m, 2) in the small map whose lower left corner is ``corner``."""
    return (X + REACH) / (2 * REACH) + corner


def surface(net: Network, theta: np.ndarray) -> np.ndarray:
    """The network's output (45, 45) over the plane, x₁ along the columns."""
    X = np.stack(np.meshgrid(TICKS, TICKS), axis=-1).reshape(-1, 2)
    return net(theta, X).reshape(len(TICKS), -1)


def signed(weight: float) -> str:
    """A weight with its sign, to one decimal; what rounds to 0 has none.

    >>> signed(1.25), signed(-3), signed(-0.04)
    ('+1.2', '−3.0', '0.0')
    """
    rounded = round(weight, 1)
    return f"{rounded:+.1f}".replace("-", "−") if rounded else "0.0"


def train_says(run: Run, epoch: int, g: str, data: tuple[Point, ...]) -> str:
    """How far training is, in words."""
    n = len(data)
    right = round(n * run.accuracy[epoch])
    said = f"Epoch {epoch}: loss {run.losses[epoch, 0]:.3f}, {right} of {n} points right, {run.net.size} parameters. "
    if data in NAMES:
        said += f"Of {STARTS} random starts, {run.succeed} end with at most 2 points wrong (their losses in grey)."
    else:
        said += f"Of {STARTS} random starts, {run.succeed} have every point right by now (their losses in grey)."
        said += own_says(data)
    return said + " Without a bend the boundary is one straight line." * (g == "linear")


def own_says(data: tuple[Point, ...]) -> str:
    """What a network can and cannot learn from a reader's own points, where that is soon said."""
    if len({point.label for point in data}) == 1:
        return f" All points are {data[0].label}: to call everything {data[0].label} is all that there is to learn."
    if len({point[:2] for point in data}) < len(set(data)):
        return " Points of both classes lie at one place, so no network can have all of them right."
    return ""
