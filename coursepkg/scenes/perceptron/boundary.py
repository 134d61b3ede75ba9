"""Neuron: weights, sum, activation, and the boundary that they draw on the plane of inputs."""

import numpy as np

from ...engine.activations import ACTIVATIONS
from ...explorable import Ask, Choice, Frame, Slider, explorable
from ...plots import BLUE, FAINT, INK, NeuronDiagram, Plane, half_plane
from ...plots.key import ARROW, key
from ...plots.numbers import as_set, number
from ...plots.plane import closed

WEIGHTS = {"start": -1, "stop": 1, "step": 0.5}
INPUTS = {"start": 0, "stop": 1, "step": 0.5}


def bands(activation: str) -> list[float]:
    """The sums z at which the neuron's shading grows one step darker."""
    if activation == "sigmoid":
        return [float(np.log(a / (1 - a))) for a in (0.2, 0.4, 0.6, 0.8)]
    return [0.0] * 4 if activation == "step" else [0.0, 1.0, 2.0, 3.0]


@explorable(
    title="Neuron",
    alt="Left: a neuron with inputs x₁, x₂ and the constant 1, an edge for each weight and for the bias, the sum z and "
    "the output a, above the curve of its activation with a dot at z. Right: the plane of both inputs, shaded where "
    "the output is large, with the straight boundary z = 0, an arrow along the weights, and a cross at the input.",
    ask=Ask(
        "You raise the bias b and leave both weights alone. What will the boundary do?",
        ("It turns about the origin", "It slides without turning", "It stays where it is"),
        answer=1,
        because="The weights alone set its direction, at a right angle to (w₁, w₂). The bias sets how far it lies "
        "from the origin: −b/‖w‖ along the arrow.",
        wrong=(
            "To turn, the line would need other weights. The bias enters z alike at every point of the plane.",
            "The line is where z = 0. Raise b, and z rises everywhere: the points with z = 0 are now others.",
        ),
    ),
    presets={
        "AND": dict(x1=1, x2=1, w1=1, w2=1, b=-1.5, g="step"),
        "OR": dict(x1=1, x2=0, w1=1, w2=1, b=-0.5, g="step"),
        "NAND": dict(x1=1, x2=1, w1=-1, w2=-1, b=1.5, g="step"),
        "ignore x₂": dict(w1=1, w2=0, b=-0.5, g="sigmoid"),
    },
    size=(5.0, 3.8),
    drag=("x1", "x2"),
    x1=Slider(**INPUTS, label="input x₁", value=1),
    x2=Slider(**INPUTS, label="input x₂", value=0.5),
    w1=Slider(**WEIGHTS, label="weight w₁", value=1),
    w2=Slider(**WEIGHTS, label="weight w₂", value=-0.5),
    b=Slider(-1.5, 1.5, 0.5, label="bias b", value=0.5),
    g=Choice("step", "sigmoid", "ReLU", label="activation g", value="sigmoid"),
)
def neuron(fig):
    grid = fig.add_gridspec(2, 2, width_ratios=(1.4, 1), height_ratios=(1.8, 1))
    limits = (-1.5, 2.5, -1.5, 2.5)
    plane = Plane(fig.add_subplot(grid[:, 1], aspect="equal"), limits)
    diagram = NeuronDiagram(fig.add_subplot(grid[0, 0]), ("x₁", "x₂", "bias"), ("w₁", "w₂", "b"))
    curve_ax = fig.add_subplot(grid[1, 0], xlim=(-5.2, 5.2), ylim=(-0.1, 1.1), xlabel="z", yticks=[0, 1])
    curve_ax.set_yticklabels(["0", ""])
    top = curve_ax.text(-5.4, 1, "", ha="right", va="center")
    (curve,) = curve_ax.plot([], [], color=INK, linewidth=1.4)
    (dot,) = curve_ax.plot([], [], "o", color=BLUE, markersize=6)
    corners = [(0, 0), (0, 1), (1, 0), (1, 1)]
    (corner,) = plane.ax.plot(*zip(*corners, strict=True), ".", color=FAINT, markersize=4)
    (cross,) = plane.ax.plot([], [], "x", color=INK, mew=1.8)
    shades = [plane.side]
    for _ in range(3):
        shades.append(plane.ax.add_patch(type(plane.side)(closed([]), facecolor=BLUE, alpha=0.13, zorder=0.5)))
        shades[-1].set_edgecolor("none")
    names = {"input": cross, "boundary": plane.line, "weights": ARROW, "large output": shades[-1], "corner": corner}
    key(fig, names, columns=3)
    z_axis = np.linspace(-5.2, 5.2, 53)

    def update(x1, x2, w1, w2, b, g):
        w, activation = np.array([w1, w2]), ACTIVATIONS[g.lower()]
        z = w1 * x1 + w2 * x2 + b
        a = float(activation.f(np.array(z)))
        scale = 5.0 if g == "ReLU" else 1.0
        diagram.move((x1, x2, 1), (w1, w2, b), z, a, fill=min(a, 1.0))
        cross.set_data([x1], [x2])
        top.set_text(f"a = {scale:g}")
        knots = np.array([-5.2, 0, 0, 5.2]) if g == "step" else z_axis
        curve.set_data(knots, [0, 0, 1, 1] if g == "step" else activation.f(z_axis) / scale)
        dot.set_data([z], [a / scale])
        plane.move(w, b)
        for shade, level in zip(shades, bands(g), strict=True):
            shade.set_xy(closed(half_plane(w, b - level, limits)))
        artists = [*diagram.artists, top, curve, dot, *shades, plane.line, plane.arrow, cross]
        return Frame(artists, says=neuron_says(x1, x2, w1, w2, b, g, z, a))

    return update


def neuron_says(x1: float, x2: float, w1: float, w2: float, b: float, g: str, z: float, a: float) -> str:
    """The neuron's arithmetic in words."""
    terms = f"{as_set(w1)}·{as_set(x1)} + {bracket(w2)}·{as_set(x2)} + {bracket(b)}"
    said = f"At the cross, z = {terms} = {number(z)}, and {SPOKEN[g]} gives a = {number(a)}. "
    if not (w1 or w2):
        return said + "Both weights are 0: the neuron gives the same output everywhere."
    return said + f"The boundary is {line_in_words(w1, w2, b)}."


def line_in_words(w1: float, w2: float, b: float) -> str:
    """The equation of the boundary as one writes it by hand: x₁ − 0.5 x₂ + 0.5 = 0."""
    terms = [(w, x) for w, x in ((w1, " x₁"), (w2, " x₂"), (b, "")) if w]
    said = "".join(
        (" − " if w < 0 else " + ") + (as_set(abs(w)) + x if abs(w) != 1 or not x else x[1:]) for w, x in terms
    )
    return ("−" if said.startswith(" − ") else "") + said[3:] + " = 0"


def bracket(value: float) -> str:
    """A number as a factor or a summand: in brackets where it is negative."""
    return f"({as_set(value)})" if value < 0 else as_set(value)


SPOKEN = {"step": "the step", "sigmoid": "the sigmoid", "ReLU": "ReLU"}
