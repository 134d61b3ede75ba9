"""How far stochastic gradients scatter about the minimum: many runs on the loss ½(w − xᵢ)²."""

from collections.abc import Callable
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

import numpy as np
from matplotlib.patches import Polygon

from ...engine.datasets import iris
from ...engine.optimisers import GradientDescent
from ...engine.schedules import Constant, Inverse
from ...explorable import Ask, Choice, Frame, explorable
from ...plots.key import key
from ...plots.numbers import as_set
from ...plots.powers import power
from ...plots.style import BLUE, FAINT, INK, VERMILLION
from ...plots.violins import Violins

#: The petal lengths of all 150 irises, in cm; their mean is the minimum of the loss, their variance its noise.
LENGTHS = iris(("setosa", "versicolor", "virginica"), ("petal length",)).X[:, 0]
MEAN, VARIANCE = float(LENGTHS.mean()), float(LENGTHS.var())
STEPS, RUNS, START = 200, 2000, 0.0
SCHEDULES: dict[str, Callable] = {"constant": Constant, "η/t": Inverse}


class Cloud(NamedTuple):
    """RUNS runs: one of them (STEPS + 1,), the middle 90 % of all (2, STEPS + 1), and where they ended (RUNS,)."""

    one: np.ndarray
    band: np.ndarray
    ends: np.ndarray

    @property
    def variance(self) -> float:
        """The variance of the ends."""
        return float(self.ends.var())

    @property
    def bias(self) -> float:
        """How far their mean is from the minimum."""
        return float(self.ends.mean() - MEAN)


@lru_cache(maxsize=8)
def batch_means(batch: int) -> np.ndarray:
    """The mean (STEPS + 1, RUNS) of `batch` petal lengths drawn with replacement, for each step of each run."""
    rng = np.random.default_rng(batch)
    # One flower of each batch at a time: all at once would be a hundred megabytes and more.
    return sum(rng.choice(LENGTHS, (STEPS + 1, RUNS)) for _ in range(batch)) / batch


@lru_cache(maxsize=128)
def cloud(eta: float, batch: int, schedule: str) -> Cloud:
    """RUNS runs of stochastic gradient descent from START, all at once."""
    means = iter(batch_means(batch)[..., None])

    def oracle(w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        g = w - next(means)
        return 0.5 * (g * g)[:, 0], g

    optimiser = GradientDescent(SCHEDULES[schedule](eta))
    path = islice(optimiser.iterates(oracle, np.full((RUNS, 1), START)), STEPS + 1)
    w = np.array([w[:, 0] for w, _ in path])
    return Cloud(w[:, 0], np.quantile(w, (0.05, 0.95), axis=1), w[-1])


def expected(eta: float, batch: int, schedule: str, steps: int = STEPS) -> tuple[float, float]:
    """Variance and bias of w after `steps` steps, exactly.

    Each step shrinks the distance from the minimum by 1 − η and adds η times an error of variance σ²/B.
    """
    size, variance, bias = SCHEDULES[schedule](eta), 0.0, START - MEAN
    for t in range(1, steps + 1):
        variance = (1 - size(t)) ** 2 * variance + size(t) ** 2 * VARIANCE / batch
        bias *= 1 - size(t)
    return variance, bias


LEAST = 1e-5
#: The state that the figure begins with, and keeps as a ghost.
FIRST = (0.2, 1, "constant")


@explorable(
    title="Noise ball",
    alt="Above left: w over 200 steps, one run as a line and a pale band that holds the middle 90 % of 2000 runs; a "
    "dashed line marks the minimum. Above right: an upright shape, wide where many of the runs end. Below, on an axis "
    "of powers of ten: a filled bar for the variance of the ends, with a diamond where theory puts it and a dotted "
    "outline where it was at first, and a "
    "hollow bar for the square of the distance that their mean has still to go.",
    ask=Ask(
        "The runs scatter too widely, at η = 0.2. Which cuts the variance of their ends more: halving η, or four times "
        "the batch?",
        ("Halving η", "Four times the batch", "Both alike"),
        answer=1,
        because="The variance is ησ²/((2 − η)B). Four times the batch divides it by 4; halving η from 0.2 to 0.1 "
        "divides it by 2.1. But a step then costs four times as many gradients.",
        wrong=(
            "For a small η that divides the variance by 2, since V is nearly ησ²/(2B).",
            "They would be alike if V went with η²/B. But a smaller η also forgets more slowly, so only one factor "
            "of η is left.",
        ),
    ),
    presets={
        "copy the last flower": dict(eta=1, batch=1, schedule="constant"),
        "small steps": dict(eta=0.02, batch=1, schedule="constant"),
        "larger batch": dict(eta=0.2, batch=64, schedule="constant"),
        "the running mean": dict(eta=1, batch=1, schedule="η/t"),
        "too timid": dict(eta=0.1, batch=1, schedule="η/t"),
    },
    size=(5.0, 4.4),
    eta=Choice(0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, label="step size η", value=0.2, between=True),
    batch=Choice(1, 4, 16, 64, label="batch B", between=True, whole=True),
    schedule=Choice(*SCHEDULES, label="step t uses"),
)
def noise_ball(fig):
    panels = fig.subplot_mosaic([["w", "ends"], ["size", "size"]], width_ratios=(4, 1), height_ratios=(2.6, 1))
    runs, ends, size = panels["w"], panels["ends"], panels["size"]
    runs.set(xlim=(0, STEPS), ylim=(-0.5, 8), xlabel="step t", ylabel="w in cm", yticks=[0, 2, 4, 6, 8])
    ends.set(xlim=(0.4, 1.6), ylim=(-0.5, 8), xticks=[], yticks=[0, 2, 4, 6, 8], yticklabels=[], xlabel="ends")
    size.set(xscale="log", xlim=(LEAST, 100), ylim=(-0.6, 1.6), yticks=[1, 0], xlabel="cm²")
    size.set(yticklabels=["variance", "bias²"], xticks=[1e-4, 1e-2, 1, 100], xticklabels=["10⁻⁴", "0.01", "1", "100"])
    size.minorticks_off()
    for ax in (runs, ends):
        middle = ax.axhline(MEAN, color=INK, linewidth=1, linestyle="--", zorder=2.5)
    band = runs.add_patch(Polygon(np.zeros((2, 2)), facecolor=BLUE, edgecolor="none", alpha=0.22))
    (one,) = runs.plot([], [], color=BLUE, linewidth=1)
    shape = Violins(ends, 1, bins=34)
    spread = size.barh([1], [1], 0.62, color=BLUE)[0]
    left = size.barh([0], [1], 0.62, facecolor="none", edgecolor=VERMILLION, linewidth=1.6)[0]
    (theory,) = size.plot([], [], "D", color=INK, markersize=7, zorder=4)
    size.axvline(LEAST, color=FAINT, linewidth=0.8)
    t = np.arange(STEPS + 1)
    there_and_back = np.append(t, t[::-1])
    # The figure's first state stays as a ghost, so that the eye has something to compare with.
    before = cloud(*FIRST)
    ghost = {"color": INK, "linewidth": 0.9, "linestyle": (0, (1, 1.2))}
    rims = [runs.plot(t, rim, **ghost)[0] for rim in before.band]
    size.barh([1], [before.variance - LEAST], 0.8, left=LEAST, facecolor="none", **ghost | {"edgecolor": INK})
    note = size.text(before.variance * 1.6, 1, "", va="center")
    entries = {"one run": one, "middle 90 % of 2000": band, "minimum": middle, "where all end": shape.shapes[0]}
    key(fig, entries | {"theory": theory, "at η = 0.2, B = 1": rims[0]}, columns=3)

    def update(eta, batch, schedule):
        found = cloud(eta, batch, schedule)
        variance, bias = expected(eta, batch, schedule)
        band.set_xy(np.column_stack([there_and_back, np.append(found.band[0], found.band[1, ::-1])]))
        one.set_data(t, found.one)
        shape.move([found.ends])
        for bar, value in ((spread, found.variance), (left, found.bias**2)):
            bar.set(x=LEAST, width=max(value - LEAST, 0))
        theory.set_data([variance, max(bias**2, LEAST)], [1, 0])
        note.set_text(share(expected(*FIRST)[0] / variance))
        note.set_x(1.6 * max(variance, before.variance))
        return Frame(
            [band, one, *shape.artists, spread, left, theory, note], says=noise_says(eta, batch, schedule, found)
        )

    return update


def share(times: float) -> str:
    """How many times smaller, or larger, than the first state's a variance is.

    >>> share(4.0), share(1.0), share(0.5)
    ('÷ 4', '', '× 2')
    """
    if abs(times - 1) < 1e-9:
        return ""
    return f"÷ {times:.2g}" if 1 < times < 100 else f"÷ {times:.0f}" if times > 1 else f"× {1 / times:.2g}"


def noise_says(eta: float, batch: int, schedule: str, found: Cloud) -> str:
    """The scatter measured and foretold, and whether the runs have arrived."""
    variance, bias = expected(eta, batch, schedule)
    size = "Constant η" if schedule == "constant" else "η/t with η"
    said = f"{size} = {as_set(eta)}, batch {batch}: after {STEPS} steps the variance of {RUNS} runs is "
    said += f"{power(np.log10(found.variance))} cm², in theory {power(np.log10(variance))}. "
    if abs(bias) > 0.05:
        return said + f"But their mean is still {abs(found.bias):.2g} cm from the minimum at {MEAN:.2f} cm."
    return said + f"Their mean, {found.ends.mean():.2f} cm, lies within 0.1 cm of the minimum at {MEAN:.2f} cm."
