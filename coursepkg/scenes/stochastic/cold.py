"""Adam's first steps: how its two averages, started from 0, set the length of the step."""

from functools import lru_cache
from itertools import islice
from typing import NamedTuple

import numpy as np

from ...engine.optimisers import Adam
from ...explorable import Ask, Choice, Frame, Slider, explorable
from ...plots.key import key
from ...plots.style import BLUE, FAINT, INK, PURPLE, VERMILLION

STEPS = 50
BETA1 = 0.9


class Start(NamedTuple):
    """Under a constant gradient g = 1, at t = 1, …, STEPS: m and √v, hats included if asked for, and steps over η."""

    m: np.ndarray
    root: np.ndarray
    steps: np.ndarray


@lru_cache
def cold(beta2: float, corrected: bool) -> Start:
    """Adam's averages by their recursions, and its steps as the engine takes them with ε = 0 and η = 1."""
    t, one = np.arange(1, STEPS + 1), np.ones(1)
    m = np.array(list(islice(average(BETA1), STEPS)))
    v = np.array(list(islice(average(beta2), STEPS)))
    if corrected:
        m, v = m / (1 - BETA1**t), v / (1 - beta2**t)
    adam = Adam(1.0, BETA1, beta2, eps=0, corrected=corrected)
    path = islice(adam.iterates(lambda x: (x[0], one), np.zeros(1)), STEPS + 1)
    return Start(m, np.sqrt(v), -np.diff([x[0] for x, _ in path]))


def average(beta: float):
    """The moving averages of 1, 1, 1, …, begun at 0."""
    value = 0.0
    while True:
        value = beta * value + (1 - beta)
        yield value


@explorable(
    title="Cold start",
    alt="Two curves above: m and the root of v over the first 50 steps under a constant gradient 1, with dots at the "
    "chosen step. Below: the length of Adam's step in units of η. Thick lines are the chosen variant, thin "
    "dotted ones the other; a dashed line marks the length 1.",
    ask=Ask(
        "The gradient is 1 at every step, β₁ = 0.9 and β₂ = 0.999. Adam's averages m and v start at 0, and nobody "
        "corrects them. How long are the first steps?",
        ("Shorter than η: the averages are too small", "Just η", "Longer than η"),
        answer=2,
        because="Both averages are too small, but the root of v, in the denominator, is too small by more: the first "
        "step is 0.1/√0.001 = 3.162 times η, and the twelfth 6.569 times.",
        wrong=(
            "The numerator m is too small, by 0.1. But it is divided by √v, which is too small by more.",
            "They would be, if m and √v were too small by the same factor. At the first step m is 0.1 and √v only "
            "0.0316.",
        ),
    ),
    presets={
        "the longest step": dict(t=12, beta2=0.999, hats="without"),
        "first step, uncorrected": dict(t=1, beta2=0.999, hats="without"),
        "first step, corrected": dict(t=1, beta2=0.999, hats="with"),
        "too short instead": dict(t=1, beta2=0.9, hats="without"),
    },
    size=(5.0, 4.4),
    t=Slider(1, STEPS, 1, label="step t", whole=True),
    beta2=Choice(0.9, 0.99, 0.999, label="β₂", between=True),
    hats=Choice("without", "with", label="correction", value="with"),
)
def cold_start(fig):
    upper, lower = fig.subplots(2, 1, sharex=True, height_ratios=(1, 1.15))
    upper.set(xlim=(0, STEPS + 0.5), ylim=(-0.04, 1.3), yticks=[0, 0.5, 1], ylabel="averages")
    lower.set(ylim=(0, 7.6), yticks=[0, 1, 3, 5, 7], ylabel="step / η", xlabel="step t", xticks=[1, 10, 20, 30, 40, 50])
    for ax in (upper, lower):
        ax.axhline(1, color=FAINT, linewidth=1, linestyle="--", zorder=0.5)
    looks = ((BLUE, "-", "o"), (PURPLE, (0, (5, 1.5)), "s"), (VERMILLION, "-", "D"))
    axes = (upper, upper, lower)
    chosen, other, dots = (
        [
            ax.plot([], [], color=ink, linestyle=dash or ":", linewidth=width, marker=mark if at else "")[0]
            for ax, (ink, line, mark) in zip(axes, looks, strict=True)
            for dash in [line if width > 1 else ":"]
        ]
        for width, at in ((2, False), (1, False), (1.01, True))
    )
    names = upper.text(STEPS, 1.27, "", ha="right", va="top")
    note = lower.text(STEPS, 7.3, "", ha="right", va="top", color=INK)
    t_axis = np.arange(1, STEPS + 1)
    key(fig, {"m": dots[0], "√v": dots[1], "step": dots[2], "the other variant": other[0]})

    def update(t, beta2, hats):
        start, rest = (cold(beta2, (hats == "with") == same) for same in (True, False))
        for k, values in enumerate(start):
            chosen[k].set_data(t_axis, values)
            dots[k].set_data([t], values[t - 1 : t])
            other[k].set_data(t_axis, rest[k])
        m, root, step = (values[t - 1] for values in start)
        over, under = averages(hats)
        names.set_text(f"solid ●: {over}    dashed ■: {under}")
        note.set_text(f"step {t} = η · {over} / {under}\n= η · {m:.4f} / {root:.4f}\n= {step:.3f} η")
        return Frame([*other, *chosen, *dots, names, note], says=cold_says(t, beta2, hats, m, root, step))

    return update


def averages(hats: str) -> tuple[str, str]:
    """The names of numerator and denominator, with hats or without."""
    hat = "\N{COMBINING CIRCUMFLEX ACCENT}" if hats == "with" else ""
    return f"m{hat}", f"√v{hat}"


def cold_says(t: int, beta2: float, hats: str, m: float, root: float, step: float) -> str:
    """The two averages, the step, and how it compares with η."""
    how = "as long as η" if abs(step - 1) < 5e-4 else f"{step:.3f} times η"
    over, under = averages(hats)
    said = f"β₂ = {beta2:g}, {hats} correction, step {t}: {over} = {m:.4f} and {under} = {root:.4f}"
    said += " where both should be 1. " if hats == "without" and (m < 0.99 or root < 0.99) else ". "
    return said + f"The step is {how}."
