"""Chapter 2's explorables: the multilayer perceptron and XOR."""

from functools import lru_cache
from itertools import pairwise, zip_longest
from typing import NamedTuple

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import PathPatch

from ..engine.activations import sigmoid
from ..engine.constructions import Built, built, fold, interpolant, tent
from ..engine.datasets import Dataset, checkerboard, circles, gate, moons, spirals
from ..engine.network import Network, mlp
from ..engine.optimisers import Adam
from ..engine.preparation import standardise
from ..engine.training import Trainer
from ..explorable import Ask, Choice, Frame, Slider, explorable
from ..plots import BLUE, FAINT, GREEN, INK, VERMILLION, NetworkDiagram, Plane, half_plane, outline, regions
from ..plots.diagram import number
from ..plots.plane import boundary, closed

XOR = gate("XOR")
POINT_NAMES = (("00", "bottom", "right"), ("01, 10", "bottom", "right"), ("11", "top", "left"))
S = np.linspace(-0.6, 2.6, 33)


def strip(v: float, theta: float) -> tuple[float, float]:
    """The sums s between which y = ReLU(s) + v ReLU(s − θ) is at least ½ (for ever: up to 9)."""
    return 0.5, (0.5 + v * theta) / (1 + v) if v < -1 else 9.0


@explorable(
    title="Fold the plane",
    alt="Left: the input plane with the four points of XOR, hollow circles for 0 and filled squares for 1, and a "
    "shaded strip where the network answers 1. Right: the hidden plane, where the whole input plane lies on one bent "
    "line and a straight line parts the classes. Below: the output y over s = x₁ + x₂, a tent, with the four targets.",
    ask=Ask(
        "Both hidden neurons see only s = x₁ + x₂. In the hidden plane, where do (0, 1) and (1, 0) land?",
        ("On opposite sides of the line", "On the same point", "Where they were before"),
        answer=1,
        because="Both have s = 1, and the hidden neurons know nothing else of them. The fold lays the two points that "
        "must be 1 on top of each other, and one straight line can then cut them off.",
    ),
    presets={
        "XOR": dict(v=-2, theta=1),
        "another XOR": dict(v=-2.5, theta=1.2),
        "no fold": dict(v=0, theta=1),
    },
    size=(5.0, 4.4),
    v=Slider(-3, 0, 0.25, label="output weight v", value=-1),
    theta=Slider(0.5, 1.5, 0.1, label="threshold θ", value=1),
)
def fold_the_plane(fig):
    grid = fig.add_gridspec(2, 2, height_ratios=(1.5, 1))
    inputs = Plane(fig.add_subplot(grid[0, 0], aspect="equal"), (-0.6, 1.6, -0.6, 1.6), arrow=False)
    inputs.ax.set(xticks=[0, 1], yticks=[0, 1], title="input plane")
    inputs.label(XOR.X, XOR.y)
    (far,) = inputs.ax.plot([], [], color=INK, zorder=2)
    hidden = Plane(fig.add_subplot(grid[0, 1], aspect="equal"), (-0.6, 2.6, -0.9, 2.3), ("a₁", "a₂"), arrow=False)
    hidden.ax.set(xticks=[0, 1, 2], yticks=[0, 1, 2], title="hidden plane")
    (bent,) = hidden.ax.plot([], [], color=FAINT, linewidth=4, zorder=1.5, solid_capstyle="round")
    names = [hidden.ax.text(0, 0, name, va=va, ha=ha, fontsize=10) for name, va, ha in POINT_NAMES]
    out = fig.add_subplot(grid[1, :], xlim=(-0.6, 2.6), ylim=(-1.1, 2.1), xlabel="s = x₁ + x₂", ylabel="y")
    out.set(xticks=[0, 1, 2], yticks=[0, 1])
    out.axhline(0.5, color=FAINT, linestyle="--", linewidth=1)
    out.text(2.6, 0.56, "½", va="bottom", ha="right", fontsize=10)
    (curve,) = out.plot([], [], color=INK)
    misses = out.add_collection(LineCollection([], colors=GREEN, linewidths=2.4, zorder=3))
    out.plot([0, 2], [0, 0], "o", color=VERMILLION, fillstyle="none", mew=1.8, zorder=4)
    out.plot([1], [1], "s", color=BLUE, zorder=4)
    error = out.text(-0.5, 2.0, "", va="top", fontsize=10)

    def update(v, theta):
        net = fold(v, theta)
        trace = net.net.trace(net.theta, XOR.X)
        y = trace.a[-1][:, 0]
        near, end = strip(v, theta)
        inputs.side.set_xy(closed(between(near, end, inputs.limits)))
        inputs.line.set_data(*boundary((1, 1), -near, inputs.limits).T)
        far.set_data(*boundary((1, 1), -end, inputs.limits).T)
        hidden.label(trace.a[1], XOR.y)
        hidden.move((1, v), -0.5)
        for name, (a1, a2) in zip(names, trace.a[1][[0, 1, 3]], strict=True):
            off = 0.14 if name.get_va() == "bottom" else -0.14
            name.set_position((a1 - off / 2, a2 + off))
        knots = np.array([[-1, -1], [0, 0], [theta / 2, theta / 2], [1.6, 1.6]])
        bent.set_data(*net.net.trace(net.theta, knots).a[1].T)
        curve.set_data(S, net(np.column_stack([S, np.zeros_like(S)]))[:, 0])
        misses.set_segments([[(s, y_), (s, t)] for s, y_, t in zip(XOR.X.sum(axis=1), y, XOR.y, strict=True)])
        mse = float(np.mean((y - XOR.y) ** 2))
        error.set_text(f"mean squared error {number(mse)}")
        moving = [inputs.side, inputs.line, far, *hidden.artists, hidden.zeros, hidden.ones]
        return Frame([*moving, *names, bent, curve, misses, error], says=fold_says(y, mse, v))

    return update


def between(near: float, end: float, limits: tuple[float, float, float, float]) -> np.ndarray:
    """The corners (m, 2) of near ≤ x₁ + x₂ ≤ end within ``limits``."""
    left, right, bottom, top = limits
    corners = [(x, y) for x in (left, right) for y in (bottom, top) if near <= x + y <= end]
    ends = [boundary((1, 1), -s, limits) for s in (near, end)]
    found = np.concatenate([*ends, np.reshape(corners, (-1, 2))])
    angle = np.arctan2(*(found - found.mean(axis=0)).T)
    return found[np.argsort(angle)]


def fold_says(y: np.ndarray, mse: float, v: float) -> str:
    """What the network answers on the four points, in words."""
    said = f"y is {number(y[0])} at (0, 0), {number(y[1])} at (0, 1) and (1, 0), and {number(y[3])} at (1, 1). "
    if mse == 0:
        return said + "That is XOR exactly."
    said += f"The mean squared error is {number(mse)}, "
    return said + ("better than" if mse < 0.25 else "no better than") + " the 0.25 of the best single line."


GAIN = 1.5
LINES = np.linspace(-1, 1, 5)


def tower(depth: int, narrow: int, g: str) -> Built:
    """A tower of ``depth`` hidden layers with random weights: the first ``narrow`` neurons wide, the others 3.

    W has orthonormal rows or columns times 1.5, so that no image shrinks to a point. g is 'linear' or 'tanh'.
    """
    rng = np.random.default_rng(6)
    widths = (2, narrow, *[3] * (depth - 1), 2)
    layers = []
    for inputs, outputs in pairwise(widths):
        Q, _ = np.linalg.qr(rng.standard_normal((3, 3)))
        layers.append((GAIN * Q[:outputs, :inputs], 0.3 * rng.standard_normal(3)[:outputs]))
    return built(layers, "identity" if g == "linear" else g)


def collapsed(tower: Built) -> tuple[np.ndarray, np.ndarray]:
    """W (2, 2) and b (2,) of the one affine layer that a linear tower equals."""
    W, b = np.eye(2), np.zeros(2)
    for W_l, b_l in tower.net.views(tower.theta):
        W, b = W_l @ W, W_l @ b + b_l
    return W, b


def grid_lines() -> np.ndarray:
    """The lines (10, m, 2) of a grid over [−1, 1]²: five with constant x₂, then five with constant x₁."""
    t = np.linspace(-1, 1, 25)
    across = np.array([np.column_stack([t, np.full_like(t, c)]) for c in LINES])
    return np.concatenate([across, across[:, :, ::-1]])


GRID = grid_lines()


class Image(NamedTuple):
    """What a tower makes of the grid: its lines (10, m, 2), the collapsed W and b, and how far from affine it is."""

    net: Built
    lines: np.ndarray
    W: np.ndarray
    b: np.ndarray
    rest: float


@lru_cache
def image(depth: int, narrow: int, g: str) -> Image:
    """The tower's image of the grid; ``rest`` is the share of its variance that the best affine layer leaves."""
    net = tower(depth, narrow, g)
    X = GRID.reshape(-1, 2)
    Y = net(X)
    A = np.column_stack([np.ones(len(X)), X])
    left = Y - A @ np.linalg.lstsq(A, Y, rcond=None)[0]
    rest = float((left**2).sum() / ((Y - Y.mean(axis=0)) ** 2).sum())
    return Image(net, Y.reshape(GRID.shape), *collapsed(net), rest)


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
    ),
    presets={
        "eight linear layers": dict(depth=8, narrow=3, g="linear"),
        "the same weights, tanh": dict(depth=8, narrow=3, g="tanh"),
        "through one neuron": dict(depth=4, narrow=1, g="tanh"),
    },
    size=(5.0, 4.3),
    depth=Slider(1, 8, 1, label="hidden layers", value=3),
    narrow=Slider(1, 3, 1, label="width of the first", value=3),
    g=Choice("linear", "tanh", label="activation g"),
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
    name = after.text(-1.25, -1.3, "", va="top", fontsize=10)
    before.text(-1.25, -1.3, "x₁, x₂ from −1 to 1", va="top", fontsize=10)

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
    size = f"{found.net.net.size} parameters"
    layers = f"{depth + 1} layers with {size}"
    if g == "tanh":
        return (
            f"{layers}: the best single affine layer leaves {percent(found.rest)} of the image's variance unexplained."
        )
    (p, q), (r, s) = ((number(v) for v in row) for row in found.W)
    b1, b2 = (number(v) for v in found.b)
    said = f"{layers} make one affine map: W has rows ({p}, {q}) and ({r}, {s}), b = ({b1}, {b2}). "
    return said + (
        "Its rank is 2: the plane stays a plane." if rank == 2 else "Its rank is 1: the plane becomes a line."
    )


DATA = ("XOR", "moons", "circles", "spirals")
WIDTHS = (1, 2, 3, 4, 8)
EPOCHS = (0, 5, 10, 20, 30, 50, 75, 100, 150, 200, 300, 400)
STARTS = 20
REACH = 2.3


@lru_cache
def points(data: str) -> Dataset:
    """A hundred points of the data set ``data``, standardised."""
    found = {
        "XOR": lambda: checkerboard(100, cells=2),
        "moons": lambda: moons(100),
        "circles": lambda: circles(100, noise=0.08),
        "spirals": lambda: spirals(100, noise=0.05, turns=1),
    }[data]()
    return found._replace(X=standardise(found.X)(found.X))


class Run(NamedTuple):
    """Twenty networks trained from twenty starts: losses (400 + 1, 20), the first one's theta at the epochs kept,
    its accuracy at each epoch, and how many of the twenty end with at most 2 of 100 points wrong."""

    net: Network
    losses: np.ndarray
    kept: dict[int, np.ndarray]
    accuracy: np.ndarray
    succeed: int


@lru_cache
def trained(data: str, hidden: int) -> Run:
    """The runs of a 2–hidden–1 network of tanh neurons on ``data``: Adam, η = 0.05, all points at each step."""
    X, y, *_ = points(data)
    net = mlp((2, hidden, 1))
    trainer = Trainer(Adam(0.05), epochs=EPOCHS[-1])
    theta = net.init(seed=0, networks=(STARTS,))
    history = trainer.train(net, X, y, "binary cross-entropy", theta=theta, validation=(X, y), keep=EPOCHS)
    kept = {epoch: theta[0] for epoch, theta in history.kept.items()}
    succeed = int((history.accuracy[-1] >= 0.98 - 1e-9).sum())
    return Run(net, history.losses, kept, history.accuracy[:, 0], succeed)


CELLS = [(1.2 * (j % 3), -1.5 * (j // 3)) for j in range(8)]  # lower left corners of the small maps
TICKS = np.linspace(-REACH, REACH, 45)


@explorable(
    title="Train it",
    alt="Upper left: a hundred points of two classes, hollow circles and filled squares, and the region where the "
    "network's output is at least one half, shaded darker where it is surer. Upper right: one small map for each "
    "hidden neuron, shaded where it is positive, above it the weight with which the output listens to it. Below: the "
    "loss falling over the epochs.",
    ask=Ask(
        "One class lies in a ring of the other. How many hidden neurons does it take, at least, to fence it in?",
        ("2", "3", "8"),
        answer=1,
        because="Each hidden neuron draws one straight edge, and the output joins them. Two edges leave a strip open "
        "at both ends. Three make a triangle, its corners rounded by the soft tanh.",
    ),
    presets={
        "XOR, two neurons": dict(data="XOR", hidden=2, epoch=400),
        "XOR, eight": dict(data="XOR", hidden=8, epoch=400),
        "a triangle": dict(data="circles", hidden=3, epoch=400),
        "spirals": dict(data="spirals", hidden=8, epoch=400),
    },
    size=(5.0, 4.8),
    budget=200,
    epoch=Choice(*EPOCHS, label="epoch", value=100),
    hidden=Choice(*WIDTHS, label="hidden neurons", value=1),
    data=Choice(*DATA, label="data set", value="circles"),
)
def train_it(fig):
    grid = fig.add_gridspec(2, 2, height_ratios=(2.4, 1), width_ratios=(1.25, 1))
    plane = Plane(fig.add_subplot(grid[0, 0], aspect="equal"), (-REACH, REACH) * 2, arrow=False)
    plane.ax.set(xticks=[-2, 0, 2], yticks=[-2, 0, 2])
    for marks in (plane.zeros, plane.ones):
        marks.set_markersize(4)
    plane.zeros.set_markeredgewidth(1.2)
    sure = plane.ax.add_patch(PathPatch(outline([]), facecolor=BLUE, alpha=0.22, edgecolor="none", zorder=0.6))
    half = plane.ax.add_patch(PathPatch(outline([]), facecolor=BLUE, alpha=0.2, edgecolor=INK, linewidth=1.2, zorder=1))
    units = fig.add_subplot(grid[0, 1], aspect="equal", xlim=(-0.1, 3.5), ylim=(-3.1, 1.4))
    units.axis("off")
    units.set_title("hidden neurons", fontsize=11)
    shade = units.add_patch(PathPatch(outline([]), facecolor=BLUE, alpha=0.3, edgecolor="none"))
    edges = units.add_collection(LineCollection([], colors=INK, linewidths=1.4))
    frames = units.add_collection(LineCollection([], colors=FAINT, linewidths=0.8))
    weights = [units.text(x + 0.5, y + 1.06, "", ha="center", va="bottom", fontsize=10) for x, y in CELLS]
    fall = fig.add_subplot(grid[1, :], xlim=(-4, 404), ylim=(0, 1), xlabel="epoch", ylabel="loss", yticks=[0, 0.5, 1])
    others = fall.add_collection(LineCollection([], colors=FAINT, linewidths=0.5, alpha=0.7))
    (trace,) = fall.plot([], [], color=BLUE)
    (dot,) = fall.plot([], [], "o", color=BLUE, markersize=6)

    def update(epoch, hidden, data):
        rows, run = points(data), trained(data, hidden)
        theta = run.kept[epoch]
        plane.label(rows.X, rows.y)
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
        others.set_segments([np.column_stack([every, run.losses[every, k]]) for k in range(1, STARTS)])
        trace.set_data(every[every <= epoch], run.losses[every[every <= epoch], 0])
        dot.set_data([epoch], [run.losses[epoch, 0]])
        artists = [plane.zeros, plane.ones, half, sure, shade, edges, frames, *weights, others, trace, dot]
        return Frame(artists, says=train_says(run, epoch, hidden))

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
    """A weight with its sign, to one decimal."""
    return f"{weight:+.1f}".replace("-", "−")


def train_says(run: Run, epoch: int, hidden: int) -> str:
    """How far training is, in words."""
    right = round(100 * run.accuracy[epoch])
    said = f"Epoch {epoch}: loss {run.losses[epoch, 0]:.3f}, {right} of 100 points right, {run.net.size} parameters. "
    return said + f"Of {STARTS} random starts, {run.succeed} end with at most 2 points wrong (their losses in grey)."


PIECES = 32


def wave(x: np.ndarray) -> np.ndarray:
    """The function to be built, ½ + ½ sin 2πx."""
    return 0.5 + 0.5 * np.sin(2 * np.pi * x)


WAVE_BEND = 2 * np.pi**2  # the largest |f″| of the wave


@lru_cache
def worst(n: int) -> tuple[float, float, float]:
    """Where the interpolant of ``n`` equal pieces is farthest from the wave: x, the interpolant, the wave."""
    x = np.linspace(0, 1, 3201)
    y = interpolant(*knots(n))(x[:, None])[:, 0]
    k = int(np.abs(y - wave(x)).argmax())
    return float(x[k]), float(y[k]), float(wave(x[k]))


def wave_error(n: int) -> float:
    """The largest distance between the wave and its interpolant of ``n`` equal pieces."""
    _, y, f = worst(n)
    return abs(y - f)


def knots(n: int) -> tuple[np.ndarray, np.ndarray]:
    """The ends t (n + 1,) of ``n`` equal pieces of [0, 1], and the wave there."""
    t = np.linspace(0, 1, n + 1)
    return t, wave(t)


@explorable(
    title="Build any function",
    alt="Left: a wave on the interval from 0 to 1 and the chain of straight pieces that hidden ReLU neurons make of "
    "it, a dot at each kink and a bar where the error is largest. Right: the tent folded several times, a zigzag of "
    "many pieces.",
    ask=Ask(
        "You double the number of kinks. By what factor does the largest error fall, once there are enough of them?",
        ("2", "4", "16"),
        answer=1,
        because="The error of straight pieces is at most max|f″|/(8N²): half the width, a quarter of the error.",
    ),
    presets={
        "too few": dict(n=2, depth=1),
        "8 kinks": dict(n=8, depth=3),
        "16 kinks": dict(n=16, depth=4),
        "64 pieces from 12 neurons": dict(n=32, depth=6),
    },
    size=(5.0, 2.8),
    n=Slider(1, PIECES, 1, label="kinks N", value=4),
    depth=Slider(1, 6, 1, label="folds d", value=2),
)
def build_any_function(fig):
    grid = fig.add_gridspec(1, 2)
    unit = {"xlim": (-0.02, 1.02), "ylim": (-0.06, 1.06), "xticks": [0, 1], "yticks": [0, 1], "xlabel": "x"}
    wide = fig.add_subplot(grid[0], title="wide: N kinks", **unit)
    x = np.linspace(0, 1, 101)
    wide.plot(x, wave(x), color=FAINT, linewidth=3)
    (chain,) = wide.plot([], [], color=BLUE, linewidth=1.6)
    (kinks,) = wide.plot([], [], "o", color=BLUE, markersize=4)
    (miss,) = wide.plot([], [], color=GREEN, linewidth=2.4)
    deep = fig.add_subplot(grid[1], title="deep: d folds", **unit)
    (zigzag,) = deep.plot([], [], color=BLUE, linewidth=1.4)

    def update(n, depth):
        t, _ = knots(n)
        y = interpolant(*knots(n))(t[:, None])[:, 0]
        chain.set_data(t, y)
        kinks.set_data(t[:-1], y[:-1])
        at, y_there, f_there = worst(n)
        miss.set_data([at, at], [y_there, f_there])
        corners = np.linspace(0, 1, 2**depth + 1)
        zigzag.set_data(corners, tent(depth)(corners[:, None])[:, 0])
        return Frame([chain, kinks, miss, zigzag], says=build_says(n, depth))

    return update


def build_says(n: int, depth: int) -> str:
    """The two networks in words."""
    error, bound = f"{wave_error(n):.2g}", f"{WAVE_BEND / (8 * n**2):.2g}"
    said = f"One layer of {n} ReLU neuron{'s' * (n > 1)}: largest error {error}, bound {bound}. "
    return said + f"{depth} layer{'s' * (depth > 1)} of 2: {2**depth} straight pieces from {2 * depth} neurons."
