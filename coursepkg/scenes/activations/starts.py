"""Start right: how large signals are, layer by layer, under five starts of the weights."""

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from ...explorable import Ask, Choice, Frame, Slider, explorable
from ...plots.key import key
from ...plots.powers import power, power_axis
from ...plots.style import BLUE, FAINT, INK, VERMILLION
from ...plots.violins import Violins
from .signals import DEPTH, STARTS, signals, sizes, spread

HIDDEN = ("sigmoid", "tanh", "ReLU", "SELU")
FLOOR, CEILING = -15, 15


@explorable(
    title="Start right",
    alt="Above: for each layer of a fresh network the distribution of its activations between −2 and 2, a shape "
    "that is wider where more of them lie. Below, on an axis of powers of ten: filled dots for the size of the "
    "activations and hollow squares for the size of the "
    "gradients, layer by layer, each on a pale stroke that holds the middle 90 % of them; arrows leave the picture.",
    ask=Ask(
        "Glorot's start carries signals through 20 layers of tanh with little loss. What will it do in 20 layers of "
        "ReLU?",
        ("The same", "Signals shrink about a thousandfold", "Signals grow about a thousandfold"),
        answer=1,
        because="A ReLU silences half of its inputs, which halves the mean square in each layer: 2⁻²⁰ after 20, and "
        "its root is about 1/1000. He's start doubles the variance of the weights to make up for it.",
        wrong=(
            "Near 0 tanh hands on nearly what it gets. A ReLU sets every negative sum to 0.",
            "Nothing makes them grow: the weights keep the size of what comes in, and the ReLU takes some of it away.",
        ),
    ),
    presets={
        "too small": dict(start="small", g="tanh", L=20),
        "too large": dict(start="large", g="tanh", L=10),
        "Glorot and tanh": dict(start="Glorot", g="tanh", L=20),
        "Glorot and ReLU": dict(start="Glorot", g="ReLU", L=20),
        "He and ReLU": dict(start="He", g="ReLU", L=20),
    },
    size=(5.0, 4.7),
    start=Choice(*STARTS, label="initialisation", value="small"),
    g=Choice(*HIDDEN, label="activation g", value="tanh"),
    L=Slider(2, DEPTH, 2, label="depth L", value=10, whole=True),
)
def start_right(fig):
    upper, lower = fig.subplots(2, 1, sharex=True, height_ratios=(1, 1.2))
    upper.set(xlim=(0.2, DEPTH + 0.8), ylim=(-2.1, 2.1), yticks=[-2, -1, 0, 1, 2], ylabel="activations")
    upper.axhline(0, color=FAINT, linewidth=0.8, zorder=0.5)
    lower.set(xlabel="layer l", xticks=[1, 5, 10, 15, 20])
    power_axis(lower, FLOOR, CEILING, 5)
    lower.set_ylabel("size")
    violins = Violins(upper, DEPTH)
    series = [
        lower.plot([], [], look, color=ink, fillstyle=fill, markersize=5, linewidth=0.9, mew=1.2)[0]
        for look, ink, fill in (("o-", BLUE, "full"), ("s--", VERMILLION, "none"))
    ]
    above, below = (lower.plot([], [], look, color=INK, markersize=6)[0] for look in "^v")
    lines = lower.add_patch(PathPatch(strokes([]), facecolor="none", edgecolor=VERMILLION, linewidth=3, alpha=0.35))
    names = {"activations": series[0], "their distribution": violins.shapes[0], "beyond the axis": below}
    key(fig, names | {"gradients": series[1], "middle 90 %": lines}, columns=3)
    note = lower.text(0.5, FLOOR + 0.3, "", va="bottom")

    def update(start, g, L):
        violins.move(signals(start, g, L).forward)
        both = sizes(start, g, L)
        layer = np.arange(1, L + 1)
        for line, exponents in zip(series, both, strict=True):
            seen = (exponents >= FLOOR) & (exponents <= CEILING)
            line.set_data(layer[seen], exponents[seen])
        lines.set_path(
            strokes(
                [
                    (l, *np.clip(ends, FLOOR, CEILING))
                    for l, ends in zip(layer, spread(start, g, L), strict=True)
                    if ends
                ]
            )
        )
        gone = (both[0] < FLOOR) | (both[1] < FLOOR)
        far = (both[0] > CEILING) | (both[1] > CEILING)
        below.set_data(layer[gone], np.full(gone.sum(), FLOOR + 4.2))
        above.set_data(layer[far], np.full(far.sum(), CEILING - 4.4))
        dead = bool(np.isneginf(both[1][0]))
        note.set_text("gradients are exactly 0 below the last layer" if dead else "")
        return Frame([*violins.artists, lines, *series, above, below, note], says=start_says(start, g, L))

    return update


def strokes(ends: list[tuple[float, float, float]]) -> Path:
    """One path of upright strokes (x, bottom, top), leaving out those of no length."""
    points = [point for x, low, high in ends if low < high for point in ((x, low), (x, high))]
    return Path(points or [(0, 0)], [Path.MOVETO, Path.LINETO] * (len(points) // 2) or [Path.MOVETO])


def start_says(start: str, g: str, L: int) -> str:
    """The size of the activations in the last layer and of the gradients in the first, in words."""
    forward, backward = sizes(start, g, L)
    said = f"{start} start, {g}, {L} layers: activations have size {power(forward[0])} in layer 1 and "
    said += f"{power(forward[-1])} in layer {L}; "
    if np.isneginf(backward[0]):
        return said + "no gradient passes a weight that is 0."
    return said + f"gradients have size {power(backward[-1])} in layer {L} and {power(backward[0])} in layer 1."
