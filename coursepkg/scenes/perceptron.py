"""Chapter 1: the neuron, the perceptron rule on gates and on flowers, and a template for digits."""

from functools import lru_cache

import numpy as np

from ..engine.activations import ACTIVATIONS
from ..engine.datasets import DIGITS_7X5, Dataset, digit, gate, iris
from ..engine.perceptron import Perceptron, PerceptronRun, novikoff, predict, separable
from ..explorable import Ask, Choice, Frame, Slider, explorable
from ..plots import BLUE, FAINT, INK, VERMILLION, NeuronDiagram, Pixels, Plane, half_plane
from ..plots.diagram import number
from ..plots.plane import boundary, closed

INPUT = np.array([1.0, 0.5])
WEIGHTS = {"start": -2, "stop": 2, "step": 0.5}


def bands(activation: str) -> list[float]:
    """The sums z at which the neuron's shading grows one step darker."""
    if activation == "sigmoid":
        return [float(np.log(a / (1 - a))) for a in (0.2, 0.4, 0.6, 0.8)]
    return [0.0] * 4 if activation == "step" else [0.0, 1.0, 2.0, 3.0]


@explorable(
    title="Neuron",
    alt="Left: a neuron with inputs x₁ = 1, x₂ = 0.5 and the constant 1, an edge for each weight, the sum z and the "
    "output a, above the curve of its activation with a dot at z. Right: the plane of both inputs, shaded where "
    "the output is large, with the straight boundary z = 0 and an arrow along the weights.",
    ask=Ask(
        "You raise the bias b and leave both weights alone. What will the boundary do?",
        ("It turns about the origin", "It slides without turning", "It stays where it is"),
        answer=1,
        because="The weights alone set its direction, at a right angle to (w₁, w₂). The bias sets how far it lies "
        "from the origin: −b/‖w‖ along the arrow.",
    ),
    presets={
        "AND": dict(w1=1, w2=1, b=-1.5, g="step"),
        "OR": dict(w1=1, w2=1, b=-0.5, g="step"),
        "ignore x₂": dict(w1=1.5, w2=0, b=-0.5, g="sigmoid"),
    },
    size=(5.0, 3.2),
    w1=Slider(**WEIGHTS, label="weight w₁", value=1),
    w2=Slider(**WEIGHTS, label="weight w₂", value=-0.5),
    b=Slider(**WEIGHTS, label="bias b", value=0.5),
    g=Choice("step", "sigmoid", "ReLU", label="activation g", value="sigmoid"),
)
def neuron(fig):
    grid = fig.add_gridspec(2, 2, width_ratios=(1.15, 1), height_ratios=(1.5, 1))
    diagram = NeuronDiagram(fig.add_subplot(grid[0, 0]), ("x₁", "x₂", ""), ("1", "0.5", "1"))
    curve_ax = fig.add_subplot(grid[1, 0], xlim=(-5.2, 5.2), ylim=(-0.1, 1.1), xlabel="z", yticks=[0, 1])
    curve_ax.set_yticklabels(["0", ""])
    top = curve_ax.text(-5.4, 1, "", ha="right", va="center", fontsize=10)
    (curve,) = curve_ax.plot([], [], color=INK, linewidth=1.4)
    (dot,) = curve_ax.plot([], [], "o", color=BLUE, markersize=6)
    limits = (-1.5, 2.5, -1.5, 2.5)
    plane = Plane(fig.add_subplot(grid[:, 1], aspect="equal"), limits)
    corners = [(0, 0), (0, 1), (1, 0), (1, 1)]
    plane.ax.plot(*zip(*corners, strict=True), ".", color=FAINT, markersize=4)
    plane.ax.plot(*INPUT, "x", color=INK, mew=1.8)
    shades = [plane.side]
    for _ in range(3):
        shades.append(plane.ax.add_patch(type(plane.side)(closed([]), facecolor=BLUE, alpha=0.13, zorder=0.5)))
        shades[-1].set_edgecolor("none")
    z_axis = np.linspace(-5.2, 5.2, 53)

    def update(w1, w2, b, g):
        w, activation = np.array([w1, w2]), ACTIVATIONS[g.lower()]
        z = float(w @ INPUT + b)
        a = float(activation.f(np.array(z)))
        scale = 5.0 if g == "ReLU" else 1.0
        diagram.move((w1, w2, b), z, a, fill=min(a, 1.0))
        top.set_text(f"a = {scale:g}")
        knots = np.array([-5.2, 0, 0, 5.2]) if g == "step" else z_axis
        curve.set_data(knots, [0, 0, 1, 1] if g == "step" else activation.f(z_axis) / scale)
        dot.set_data([z], [a / scale])
        plane.move(w, b)
        for shade, level in zip(shades, bands(g), strict=True):
            shade.set_xy(closed(half_plane(w, b - level, limits)))
        artists = [*diagram.artists, top, curve, dot, *shades, plane.line, plane.arrow]
        return Frame(artists, says=neuron_says(w1, w2, b, g, z, a))

    return update


def neuron_says(w1: float, w2: float, b: float, g: str, z: float, a: float) -> str:
    """The neuron's arithmetic in words."""
    terms = f"{number(w1)}·1 + {bracket(w2)}·0.5 + {bracket(b)}"
    said = f"At the cross, z = {terms} = {number(z)}, and {SPOKEN[g]} gives a = {number(a)}. "
    if not (w1 or w2):
        return said + "Both weights are 0: the neuron gives the same output everywhere."
    return said + f"The boundary is {number(w1)} x₁ + {bracket(w2)} x₂ + {bracket(b)} = 0."


def bracket(value: float) -> str:
    """A number as a factor or a summand: in brackets where it is negative."""
    return f"({number(value)})" if value < 0 else number(value)


SPOKEN = {"step": "the step", "sigmoid": "the sigmoid", "ReLU": "ReLU"}

UPDATES = 40


@lru_cache
def gate_run(data: str, eta: float) -> tuple[Dataset, PerceptronRun, float | None]:
    """The gate, the perceptron's run on it from zero, and Novikoff's bound (None where there is no margin)."""
    rows = gate(data)
    run = Perceptron(eta=eta, epochs=UPDATES).fit(rows.X, rows.y)
    return rows, run, novikoff(rows.X, rows.y).bound if separable(rows.X, rows.y) else None


@explorable(
    title="Nudge the line",
    alt="Left: the four points of a logic gate, hollow circles for 0 and filled squares for 1, with the "
    "perceptron's boundary, the line before it dashed, and a ring around the point just corrected. Right: the "
    "number of updates climbing as samples are seen, below a dashed line at the bound.",
    ask=Ask(
        "The run starts from zero. You double the step size η. Will the perceptron make fewer mistakes?",
        ("Yes, about half as many", "No, exactly as many", "More, because it overshoots"),
        answer=1,
        because="From zero, η multiplies w and b alike, and a line's side does not change when all its "
        "coefficients are multiplied by the same positive number. Every decision is the same.",
    ),
    presets={
        "AND, solved": dict(data="AND", k=11),
        "OR, solved": dict(data="OR", k=5),
        "XOR, after 40 updates": dict(data="XOR", k=40),
    },
    size=(5.0, 2.9),
    k=Slider(0, UPDATES, 1, label="updates k", value=3),
    eta=Choice(0.25, 0.5, 1, 2, 4, label="step size η", value=1),
    data=Choice("AND", "OR", "NAND", "XOR", label="data set"),
)
def nudge(fig):
    grid = fig.add_gridspec(1, 2, width_ratios=(1.1, 1))
    plane = Plane(fig.add_subplot(grid[0], aspect="equal"), (-0.6, 1.6, -0.6, 1.6))
    plane.ax.set(xticks=[0, 1], yticks=[0, 1])
    (before,) = plane.ax.plot([], [], color=FAINT, linestyle="--", linewidth=1.2, zorder=1.5)
    (ring,) = plane.ax.plot([], [], "o", fillstyle="none", color=INK, markersize=15, mew=1.3, zorder=5)
    count = fig.add_subplot(grid[1], xlim=(0, 48), ylim=(0, 56), xlabel="samples seen", ylabel="updates made")
    (climb,) = count.plot([], [], color=BLUE)
    (bound,) = count.plot([], [], color=INK, linestyle="--", linewidth=1.2)
    note = count.text(1, 0, "", va="bottom", fontsize=10)

    def update(k, eta, data):
        rows, run, limit = gate_run(data, eta)
        done = run.updates[:k]
        w, b = (done[-1].w, done[-1].b) if done else (np.zeros(2), 0.0)
        was = (done[-2].w, done[-2].b) if len(done) > 1 else (np.zeros(2), 0.0)
        plane.label(rows.X, rows.y)
        plane.move(w, b)
        before.set_data(*boundary(*was, plane.limits).T)
        ring.set_data(*(done[-1].x[:, None] if done else ([], [])))
        seen = [4 * u.epoch + u.index + 1 for u in done]
        climb.set_data(*staircase(seen))
        bound.set_data([0, 48] if limit else [], [limit, limit] if limit else [])
        note.set_position((1, (limit if limit else 50) + 0.5))
        note.set_text(f"bound {limit:.0f}" if limit else "no bound: not separable")
        artists = [*plane.artists, plane.zeros, plane.ones, before, ring, climb, bound, note]
        return Frame(artists, says=nudge_says(k, rows, run))

    return update


def staircase(seen: list[int]) -> tuple[list[int], list[int]]:
    """The corners of a count that grows by one at each place of ``seen``."""
    x, y = [0], [0]
    for count, place in enumerate(seen):
        x += [place, place]
        y += [count, count + 1]
    return x, y


def nudge_says(k: int, rows: Dataset, run: PerceptronRun) -> str:
    """The latest correction in words."""
    if k == 0:
        return "Before the first update w and b are zero, z is 0 for every point, and the neuron calls all of them 1."
    last = run.updates[min(k, len(run.updates)) - 1]
    point = f"({', '.join(number(v) for v in last.x)})"
    now = f"w = ({number(last.w[0])}, {number(last.w[1])}), b = {number(last.b)}"
    if k > len(run.updates):
        return f"No further update comes. After {len(run.updates)} updates every point is right, with {now}."
    change = "gains" if last.y else "loses"
    wrong = int((predict(rows.X, last.w, last.b) != rows.y).sum())
    return (
        f"Update {k}: {point} is {last.y} and was called {last.yhat}, so w {change} η·{point} and b {change} η. "
        f"Now {now}. {f'{wrong} of 4 points are still wrong' if wrong else 'Every point is right'}."
    )


PAIRS = {"setosa, versicolor": ("setosa", "versicolor"), "versicolor, virginica": ("versicolor", "virginica")}
EPOCHS = 30


@lru_cache
def flower_run(pair: str) -> tuple[Dataset, list[tuple[np.ndarray, float]], list[int]]:
    """The flowers of ``pair`` in a fixed random order, the neuron after each epoch, and its wrong calls then."""
    rows = iris(PAIRS[pair])
    order = np.random.default_rng(1936).permutation(len(rows.y))
    X, y = rows.X[order], rows.y[order]
    neurons = [(np.zeros(2), 0.0)]
    for _ in range(EPOCHS):
        run = Perceptron(epochs=1).fit(X, y, *neurons[-1])
        neurons.append((run.w, run.b))
    return rows, neurons, [int((predict(X, w, b) != y).sum()) for w, b in neurons]


@explorable(
    title="Flowers",
    alt="Left: one hundred irises by petal length and width in centimetres, hollow circles for the first species "
    "and filled squares for the second, with the perceptron's boundary. Right: how many flowers are on the wrong "
    "side after each epoch.",
    ask=Ask(
        "Versicolor and virginica overlap: no line parts them. What will the perceptron's line do after many epochs?",
        ("It settles near the best line", "It keeps jumping", "It stops at the first repeated error"),
        answer=1,
        because="Some flower is always on the wrong side, each visit to it moves the line by a full step, and a "
        "step does not shrink. The rule has no notion of a best line, only of a mistake.",
    ),
    presets={
        "part": dict(pair="setosa, versicolor", epoch=5),
        "never rest": dict(pair="versicolor, virginica", epoch=30),
    },
    size=(5.0, 2.9),
    epoch=Slider(0, EPOCHS, 1, label="epochs", value=3),
    pair=Choice(*PAIRS, label="species", value="versicolor, virginica"),
)
def flowers(fig):
    grid = fig.add_gridspec(1, 2, width_ratios=(1.25, 1))
    petals = ("petal length in cm", "petal width in cm")
    plane = Plane(fig.add_subplot(grid[0]), (0.5, 7.4, -0.2, 2.8), petals, arrow=False)
    plane.ax.set_yticks([0, 1, 2])
    for points in (plane.zeros, plane.ones):
        points.set_markersize(4.5)
    plane.zeros.set_markeredgewidth(1.2)
    wrong_ax = fig.add_subplot(grid[1], xlim=(-0.5, EPOCHS + 0.5), ylim=(0, 55), xlabel="epoch", ylabel="flowers wrong")
    (trace,) = wrong_ax.plot([], [], color=BLUE, linewidth=1.4)
    (dot,) = wrong_ax.plot([], [], "o", color=BLUE, markersize=6)

    def update(epoch, pair):
        rows, neurons, wrong = flower_run(pair)
        w, b = neurons[epoch]
        plane.label(rows.X, rows.y)
        plane.move(w, b)
        trace.set_data(range(epoch + 1), wrong[: epoch + 1])
        dot.set_data([epoch], [wrong[epoch]])
        w1, w2 = (number(v) for v in w)
        said = f"After {epoch} epoch{'s' * (epoch != 1)}: w = ({w1}, {w2}) per cm, b = {number(b)}, "
        said += f"{wrong[epoch]} of 100 flowers wrong."
        if epoch and neurons[epoch - 1][1] == b and (neurons[epoch - 1][0] == w).all():
            said += " The last epoch made no mistake: the line has come to rest."
        return Frame([*plane.artists, plane.zeros, plane.ones, trace, dot], says=said)

    return update


TEMPLATE = (DIGITS_7X5[1] - DIGITS_7X5[0]).astype(float)
TEMPLATE_BIAS = 3.0


def smudged(k: int, shift: int, flips: int) -> np.ndarray:
    """Digit ``k`` shifted by ``shift`` columns, ``flips`` of its 35 pixels turned over in a fixed random order."""
    image = digit(k, shift).astype(float)
    places = np.random.default_rng(35).permutation(35)[:flips]
    image.flat[places] = 1 - image.flat[places]
    return image


@explorable(
    title="Digit template",
    alt="Three grids of 7 by 5 pixels: the image, the weights with plus where a one is expected and minus where a "
    "zero is, and their product. Below, a bar shows the score z against the threshold 0.",
    ask=Ask(
        "The neuron reads both digits correctly. You shift the picture by one column. Will it still?",
        ("Yes, the shape is the same", "It errs on one of the two", "It errs on both"),
        answer=2,
        because="The weights name places, not shapes. Shifted by one column, the 1 scores −1 and the 0 scores +4: "
        "both fall on the wrong side of 0.",
    ),
    presets={
        "a shifted 1": dict(k="1", shift=1, flips=0),
        "a shifted 0": dict(k="0", shift=1, flips=0),
        "a smudged 1": dict(k="1", shift=0, flips=5),
    },
    size=(5.0, 3.3),
    shift=Slider(-1, 1, 1, label="shift", unit="px", value=0),
    flips=Slider(0, 8, 1, label="pixels flipped", value=0),
    k=Choice("0", "1", label="digit", value="1"),
)
def template(fig):
    grid = fig.add_gridspec(2, 3, height_ratios=(4, 1))
    image = Pixels(fig.add_subplot(grid[0, 0]), (7, 5), "image x", signs=False)
    weights = Pixels(fig.add_subplot(grid[0, 1]), (7, 5), "weights w")
    weights.move(TEMPLATE)
    product = Pixels(fig.add_subplot(grid[0, 2]), (7, 5), "product w·x")
    score = fig.add_subplot(grid[1, :], xlim=(-9, 9), ylim=(-0.6, 0.6), yticks=[], xlabel="score z = wᵀx + 3")
    score.spines["left"].set_visible(False)
    score.axvline(0, color=INK, linewidth=1)
    score.text(-8.8, 0.6, "reads 0", va="top", fontsize=10)
    score.text(8.8, 0.6, "reads 1", va="top", ha="right", fontsize=10)
    (bar,) = score.plot([], [], color=BLUE, linewidth=9, solid_capstyle="butt")

    def update(shift, flips, k):
        x = smudged(int(k), shift, flips)
        z = float((TEMPLATE * x).sum() + TEMPLATE_BIAS)
        image.move(x)
        product.move(TEMPLATE * x)
        bar.set_data([0, z], [-0.2, -0.2])
        bar.set_color(BLUE if z >= 0 else VERMILLION)
        read = int(z >= 0)
        said = (
            f"{int((TEMPLATE * x > 0).sum())} pixels speak for a 1, {int((TEMPLATE * x < 0).sum())} for a 0, and the "
            f"bias adds 3: z = {number(z)}, so the neuron reads {read}. It is a {k}: "
        )
        said += "right." if read == int(k) else "wrong."
        return Frame([*image.artists, *product.artists, bar], says=said)

    return update
