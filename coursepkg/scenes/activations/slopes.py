"""Slope bank: each activation, its tangent and its derivative."""

import numpy as np

from ...engine.activations import step
from ...explorable import Ask, Choice, Frame, Slider, explorable
from ...plots.key import key
from ...plots.numbers import as_set, number
from ...plots.split import SplitCurve
from ...plots.style import BLUE, FAINT, INK
from .table import TABLE, breaks, one_sided, rounded

Z = {"start": -6, "stop": 6, "step": 0.2, "label": "sum z"}


@explorable(
    title="Slope bank",
    alt="Above: the curve of an activation g over z from −6 to 6, a dot at the chosen z and the tangent there; a "
    "triangle on the lower edge stands for a dot below it. Below, over the same z: its derivative g′ with a dot, and "
    "dashed lines at the slopes 0 and 1. Rings at z = 0 mark a derivative that does not exist.",
    ask=Ask(
        "Ten functions. Which of them are somewhere steeper than the line a = z, whose slope is 1?",
        ("None: 1 is the most", "tanh and softplus", "GELU and SELU"),
        answer=2,
        because="GELU′ reaches 1.129 near z = 1.4, and SELU′ reaches 1.758 just left of 0 and is 1.051 right of it. "
        "All others stay at 1 or below; the sigmoid never exceeds 0.25.",
        wrong=(
            "So it is for eight of the ten. Two have stretches where they catch up, and there they are steeper.",
            "tanh is steepest at 0, where its slope is 1 and no more. Softplus has the slope σ(z), always below 1.",
        ),
    ),
    presets={
        "the sigmoid at its best": dict(g="sigmoid", z=0),
        "saturated": dict(g="sigmoid", z=5),
        "ReLU's kink": dict(g="ReLU", z=0),
        "GELU goes down": dict(g="GELU", z=-1.2),
        "SELU's step": dict(g="SELU", z=0),
    },
    size=(5.0, 4.6),
    g=Choice(*TABLE, label="activation g", value="sigmoid"),
    z=Slider(**Z, value=1),
)
def slope_bank(fig):
    upper, lower = fig.subplots(2, 1, sharex=True, height_ratios=(1.9, 1))
    upper.set(xlim=(-6.2, 6.2), ylim=(-2.3, 6.5), ylabel="a = g(z)", yticks=[-2, 0, 2, 4, 6])
    lower.set(ylim=(-0.3, 2), ylabel="slope g′(z)", xlabel="sum z", yticks=[0, 1, 2])
    for ax in (upper, lower):
        ax.axhline(0, color=FAINT, linewidth=0.8, zorder=0.5)
        ax.axvline(0, color=FAINT, linewidth=0.8, zorder=0.5)
    lower.axhline(1, color=FAINT, linewidth=1, linestyle="--", zorder=0.5)
    curve = SplitCurve(upper, (-6, 6), color=INK, linewidth=1.6)
    slope = SplitCurve(lower, (-6, 6), color=INK, linewidth=1.6)
    (tangent,) = upper.plot([], [], color=BLUE, linewidth=2.6, solid_capstyle="round")
    dots = [ax.plot([], [], "o", color=BLUE, markersize=8, zorder=4)[0] for ax in (upper, lower)]
    low = upper.get_ylim()[0]
    (beyond,) = upper.plot([], [], "v", color=BLUE, markersize=8, zorder=4, clip_on=False, in_layout=False)
    (drop,) = lower.plot([], [], color=BLUE, linewidth=1.2, linestyle=":")
    (ring,) = lower.plot([], [], "o", color=INK, fillstyle="none", markersize=5, mew=1.2)
    names = {"g and its slope g′": curve.branches[0], "tangent": tangent, "chosen z": dots[0], "beyond": beyond}
    key(fig, names | {"no value": ring})
    note = upper.text(-6, 6.2, "", va="top")

    def update(g, z):
        chosen = TABLE[g]
        broken = breaks(chosen)
        curve.move(chosen.f, rings=chosen.f is step, value=float(chosen.f(0.0)))
        slope.move(chosen.df, rings=broken)
        a, rate = float(chosen.f(z)), float(chosen.df(z))
        undefined = broken and z == 0
        reach = np.array([-1.5, 1.5]) / np.hypot(1, rate)
        tangent.set_data([] if undefined else z + reach, [] if undefined else a + rate * reach)
        dots[0].set_data(*([z], [a]) if a >= low else ([], []))
        beyond.set_data(*([z], [low]) if a < low else ([], []))
        dots[1].set_data([] if undefined else [z], [] if undefined else [rate])
        drop.set_data([] if undefined else [z, z], [] if undefined else [0, rate])
        note.set_text(f"g = {number(a)},   g′ " + ("does not exist" if undefined else f"= {rounded(rate)}"))
        artists = [*curve.artists, *slope.artists, tangent, *dots, beyond, drop, note]
        return Frame(artists, says=slope_says(g, z, a, rate, undefined))

    return update


def slope_says(g: str, z: float, a: float, rate: float, undefined: bool) -> str:
    """The value and the slope in words, and what they mean for learning."""
    said = f"{g} at z = {as_set(z)}: a = {rounded(a)}. "
    if undefined:
        left, right = one_sided(TABLE[g].df)
        if left == right:
            return said + "It jumps here, so it has no derivative; on both sides the slope is 0."
        return (
            said
            + f"It has no derivative here: the slope is {rounded(left)} on the left and {rounded(right)} on the right."
        )
    said += f"The slope is {rounded(rate)}: "
    if rate == 0:
        return said + "no gradient passes."
    if abs(rate) < 5e-5:
        return said + "hardly any gradient passes."
    if rate < 0:
        return said + f"a gradient leaves {rounded(-rate)} times as large, with its sign reversed."
    if rate == 1:
        return said + "a gradient passes unchanged."
    if abs(rate - 1) < 5e-5:
        return said + "a gradient passes all but unchanged."
    return said + f"a gradient leaves {rounded(rate)} times as large."
