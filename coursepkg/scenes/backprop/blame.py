"""Blame tape: values go forward through a small network, blame comes back, step by step."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from ...explorable import Ask, Choice, Frame, Slider, explorable
from ...plots import FAINT, GREEN, INK, NetworkDiagram
from ...plots.gauges import Gauges
from ...plots.strip import Strip
from .record import EXAMPLES, GRADIENTS, Record, record
from .words import FORMULAS, says, symbol, three

STEPS = tuple(FORMULAS)
FORWARD = 6
ALONG = (0.25, 0.3)  # how far along its edge a gauge sits, in each layer
HALF = 0.2  # a bar's height at the largest blame
TOP = 4 / 27  # no blame of this output can be larger: the greatest a² (1 − a)


def beside_neurons() -> Iterator[tuple[str, int, str, tuple[float, float], tuple[str, str]]]:
    """What stands beside the neurons: step, component, the words before the number, place (x, y), anchors."""
    yield "a0", 0, "x₁ = ", (0, 0.64), ("center", "bottom")
    yield "a0", 1, "x₂ = ", (0, -0.64), ("center", "top")
    for j, rows in ((0, (0.765, 0.64)), (1, (-0.64, -0.765))):
        for y, left, right in zip(rows, ("z1", "∂a1"), ("a1", "δ1"), strict=True):
            for name, x, ha in ((left, 0.97, "right"), (right, 1.03, "left")):
                yield name, j, f"{name[:-1]} ", (x, y), (ha, "bottom" if j == 0 else "top")
    for name, y in zip(("z2", "a2", "∂a2", "δ2"), (0.515, 0.39, 0.265, 0.14), strict=True):
        yield name, 0, f"{name[:-1]} ", (1.9, y), ("left", "bottom")
    yield "L", 0, "L = ", (1.9, -0.74), ("left", "top")


class Label:
    """A number of the tape beside its neuron: shown once the tape has reached it, bold while it is being computed."""

    def __init__(
        self, ax: Axes, name: str, component: int, before: str, place: tuple[float, float], anchors: tuple[str, str]
    ) -> None:
        self.name, self.component, self.before = name, component, before
        self.text = ax.text(*place, "", ha=anchors[0], va=anchors[1], zorder=4)
        self.text.set_color(GREEN if STEPS.index(name) >= FORWARD else INK)

    def move(self, values: dict[str, np.ndarray], reached: Sequence[str]) -> None:
        """Show the number at a state: the tape's ``values``, and the steps it has ``reached``."""
        shown = self.name in reached
        self.text.set_text(self.before + three(values[self.name][self.component]) if shown else "")
        self.text.set_fontweight("bold" if self.name == reached[-1] else "normal")


def places(diagram: NetworkDiagram) -> np.ndarray:
    """Where the nine gauges sit, in the order of theta."""
    inputs, hidden, output = diagram.places
    into = [a + ALONG[0] * (b - a) for b in hidden for a in inputs]
    out = [a + ALONG[1] * (output[0] - a) for a in hidden]
    return np.array([*into, (0.9, 0.19), (0.9, -0.19), *out, (1.95, -0.37)])


@explorable(
    title="Blame tape",
    alt="Above: the tape, fourteen cells in two rows, six forward from left to right and eight backward from right "
    "to left, the present one framed. Below: a network of two inputs, two hidden neurons and one output. Each edge "
    "carries its weight and a gauge: a hollow bar for the gradient by finite differences, and, once the tape has "
    "reached it, a filled bar and a number for the gradient by backpropagation.",
    ask=Ask(
        "The input is x = (0, 0). Which of the nine gradients must be 0?",
        ("All nine", "Those of the four weights in the first layer", "Those of the two weights in the second layer"),
        answer=1,
        because="A weight's gradient is blame times what came in through it, and through the first layer's weights "
        "comes 0. A bias is fed with 1, and the second layer with a = σ(z), which is never 0.",
        wrong=(
            "The network still answers something, is wrong, and gets blame: its biases do not need an input.",
            "They hear the hidden neurons, and σ(z) is above 0 whatever the input is.",
        ),
    ),
    presets={
        "the text's example": dict(step=14, example="10", w11=1),
        "silent inputs": dict(step=14, example="00", w11=1),
        "on the right side": dict(step=14, example="01", w11=1),
        "a silent neuron": dict(step=14, example="11", w11=-2),
    },
    size=(5.0, 4.3),
    step=Slider(1, 14, 1, label="step of the tape", value=FORWARD, whole=True),
    example=Choice(*EXAMPLES, label="example x₁x₂", value="10"),
    w11=Slider(-2, 2, 0.5, label="weight w₁₁", value=1),
)
def blame_tape(fig):
    above, below = fig.subplots(2, 1, height_ratios=(1, 5.6))
    names = [symbol(name) for name in STEPS]
    strip = Strip(above, (names[:FORWARD], names[FORWARD:]), (1, -1), ("forward →", "back ←"), room=2.0)
    diagram = NetworkDiagram(below, columns=3, rows=2, size=28)
    below.set(xlim=(-0.3, 2.4), ylim=(-1.02, 1.07))
    layers = record("10", 1.0).built.net.views(record("10", 1.0).built.theta)
    diagram.move(layers)
    at = places(diagram)
    below.add_collection(LineCollection(edges(diagram), colors=FAINT, linewidths=0.6, zorder=0.5))
    gauges = Gauges(below, at, width=0.045, scale=HALF / TOP, plate=(0.38, 0.22))
    weights = np.concatenate([np.append(W.ravel(), b) for W, b in layers])
    before = [""] * 4 + ["b "] * 2 + [""] * 2 + ["b "]
    beside = [
        below.text(x + 0.05, y + 0.015, name + three(w), va="bottom", zorder=4)
        for (x, y), name, w in zip(at, before, weights, strict=True)
    ]
    gradients = [below.text(x + 0.05, y - 0.015, "", va="top", color=GREEN, zorder=4) for x, y in at]
    labels = [Label(below, *label) for label in beside_neurons()]
    target = below.text(1.9, -0.62, "", va="top")
    formula = below.text(-0.28, 1.07, "", va="top")
    below.text(-0.28, -1.0, "Bars: hollow by finite differences, filled by backpropagation.")

    def update(step, example, w11):
        found, k = record(example, w11), int(step) - 1
        reached = STEPS[: k + 1]
        diagram.move(found.built.net.views(found.built.theta), activations(found, reached))
        filled = [
            np.full(size, np.nan) if name not in reached else found.values[name] for name, size in GRADIENTS.items()
        ]
        filled = np.concatenate(filled)
        gauges.move(found.differences, filled)
        for text, value in zip(gradients, filled, strict=True):
            text.set_text("" if np.isnan(value) else three(value))
        beside[0].set_text(three(w11))
        for label in labels:
            label.move(found.values, reached)
        strip.move(k)
        formula.set_text(FORMULAS[STEPS[k]])
        target.set_text(f"y = {three(found.y)}")
        moving = [*diagram.artists, *gauges.artists, *beside, *gradients, *(label.text for label in labels)]
        return Frame([*moving, *strip.artists, formula, target], says=says(found, STEPS[k]))

    return update


def edges(diagram: NetworkDiagram) -> list[tuple[np.ndarray, np.ndarray]]:
    """The ends of all six edges, so that a weight of 0 still has a place."""
    return [(a, b) for left, right in pairwise(diagram.places) for a in left for b in right]


def activations(found: Record, reached: Sequence[str]) -> list[np.ndarray]:
    """The activations to fill the neurons with: those that the tape has reached."""
    return [found.values[name] for name in ("a0", "a1", "a2") if name in reached]
