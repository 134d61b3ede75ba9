"""Wrong and deaf: how loudly a sigmoid output hears that it is wrong, under two losses."""

from typing import Any

import numpy as np

from ...engine.activations import sigmoid, sigmoid_slope
from ...engine.losses import LOSSES
from ...explorable import Ask, Choice, Frame, Slider, explorable
from ...plots import BLUE, FAINT, INK, VERMILLION
from ...plots.key import key
from ...plots.numbers import as_set
from ...plots.powers import SUPERSCRIPT, power
from .words import three

Z = np.linspace(-8, 8, 161)
Y = 1.0  # the target
MSE, CROSS_ENTROPY = "squared error", "cross-entropy"
LOOK = {CROSS_ENTROPY: (BLUE, "-"), MSE: (VERMILLION, (0, (5, 1.5)))}


def loss(name: str, z: Any) -> np.ndarray:
    """L at the sum z for the target 1, by the loss's ``name``."""
    if name == MSE:
        return LOSSES[MSE].f(sigmoid(np.atleast_2d(z)), Y)
    return LOSSES["binary cross-entropy"].f(np.atleast_2d(z), Y)


def blame(name: str, z: Any) -> np.ndarray:
    """δ = ∂L/∂z at the sum z for the target 1: (ŷ − y) σ′(z) under the squared error, ŷ − y under cross-entropy."""
    if name == MSE:
        return LOSSES[MSE].df(sigmoid(z), Y) * sigmoid_slope(z)
    return LOSSES["binary cross-entropy"].df(z, Y)


@explorable(
    title="Wrong and deaf",
    alt="Left, above: the loss over the output's sum z from −8 to 8, a solid curve for cross-entropy and a dashed one "
    "for the squared error, with a dot and the tangent at the chosen z. Left, below: the blame δ, the slope of each "
    "curve. Right: two bars, how wrong the answer is and how large the blame is.",
    ask=Ask(
        "The target is 1, and z = −6: the answer is 0.0025, about as wrong as can be. How many times larger is the "
        "blame under cross-entropy than under the squared error?",
        ("About as large", "About 4 times", "About 400 times"),
        answer=2,
        because="Under the squared error the blame passes through the sigmoid's slope, which is 1/405 there. "
        "Cross-entropy divides by that slope first, so that only ŷ − y is left.",
        wrong=(
            "So it is only in the error ŷ − y. The squared error multiplies it by σ′(z), which is tiny at z = −6.",
            "That is the ratio at z = 0, where σ′ = ¼. At z = −6 the sigmoid is far flatter.",
        ),
    ),
    presets={
        "wrong and deaf": dict(z=-6, name=MSE),
        "wrong and heard": dict(z=-6, name=CROSS_ENTROPY),
        "undecided": dict(z=0, name=MSE),
        "right": dict(z=6, name=CROSS_ENTROPY),
    },
    size=(5.0, 3.9),
    z=Slider(-8, 8, 0.5, label="output's sum z", value=-2),
    name=Choice(MSE, CROSS_ENTROPY, label="loss"),
)
def wrong_and_deaf(fig):
    grid = fig.add_gridspec(2, 2, width_ratios=(2.1, 1))
    over = fig.add_subplot(grid[0, 0], xlim=(-8, 8), ylim=(-0.6, 8.4), xticks=[-6, 0, 6], yticks=[0, 4, 8])
    under = fig.add_subplot(grid[1, 0], xlim=(-8, 8), ylim=(-1.12, 0.12), xticks=[-6, 0, 6], yticks=[-1, -0.5, 0])
    over.set_ylabel("loss L")
    under.set(xlabel="output's sum z, target y = 1", ylabel="blame δ")
    under.axhline(0, color=FAINT, linewidth=0.8)
    for name, (color, dashes) in LOOK.items():
        over.plot(Z, np.ravel(loss(name, Z)), color=color, linestyle=dashes, label=name)
        under.plot(Z, blame(name, Z), color=color, linestyle=dashes)
    (tangent,) = over.plot([], [], color=INK, linewidth=2.6)
    dots = [ax.plot([], [], "o", color=INK, zorder=4, clip_on=False)[0] for ax in (over, under)]
    (drop,) = under.plot([], [], color=INK, linewidth=1)
    curves = {line.get_label(): line for line in over.lines[:2]}
    key(fig, curves | {"chosen z": dots[0], "tangent": tangent})
    side = fig.add_subplot(grid[:, 1], xlim=(-0.6, 1.6), ylim=(0, 1.16), yticks=[0, 1], xticks=[0, 1])
    side.set_xticklabels(["wrong\n|ŷ − y|", "heard\n|δ|"])
    side.tick_params(axis="x", length=0)
    wrong, heard = side.bar([0, 1], [0, 0], width=0.7, color=[FAINT, INK])
    numbers = [side.text(x, 0, "", ha="center", va="bottom") for x in (0, 1)]

    def update(z, name):
        L, delta = float(np.ravel(loss(name, z))[0]), float(blame(name, z))
        error = abs(float(sigmoid(z)) - Y)
        reach = 1.5 / np.hypot(1, delta)
        tangent.set_data([z - reach, z + reach], [L - reach * delta, L + reach * delta])
        dots[0].set_data([z], [L])
        dots[1].set_data([z], [delta])
        drop.set_data([z, z], [0, delta])
        for bar, text, value in zip((wrong, heard), numbers, (error, abs(delta)), strict=True):
            bar.set_height(value)
            text.set(text=brief(value), y=value + 0.01)
        return Frame([tangent, *dots, drop, wrong, heard, *numbers], says=says(z, name))

    return update


def says(z: float, name: str) -> str:
    """How wrong the output is, how large the blame is, and how the two losses compare."""
    yhat, deaf, clear = float(sigmoid(z)), float(blame(MSE, z)), float(blame(CROSS_ENTROPY, z))
    answer = f"{yhat:.4f}" if yhat > 0.99 else short(yhat)
    said = f"z = {as_set(z)}: the answer is ŷ = {answer}, the target is 1. Under "
    if name == MSE:
        product = f"{short(clear)} · {short(yhat * (1 - yhat))} = {short(deaf)}"
        said += f"the squared error δ = (ŷ − y) σ′(z) = {product}, and under cross-entropy "
        return said + f"it would be {short(clear / deaf)} times as large."
    said += f"cross-entropy δ = ŷ − y = {short(clear)}, {short(clear / deaf)} times as large as under the squared "
    return said + "error."


def short(value: float) -> str:
    """A number to three digits, or as a power of ten where it is very small."""
    return ("−" if value < 0 else "") + power(np.log10(abs(value)))


def brief(value: float) -> str:
    """A positive number for a narrow place: to three decimals, or to one digit where that would be 0.

    >>> brief(0.8808), brief(0.00034)
    ('0.881', '3·10⁻⁴')
    """
    if value >= 0.0005:
        return three(value)
    digit, exponent = f"{value:.0e}".split("e")
    return f"{digit}·10{str(int(exponent)).translate(SUPERSCRIPT)}"
