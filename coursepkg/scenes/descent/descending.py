"""Descend: gradient descent on a curve, from any start and with any step size."""

from functools import cache, lru_cache

import numpy as np

from ...engine.descent import Path
from ...engine.descent import descend as run
from ...engine.landscapes import BASIN, WEDGE
from ...engine.landscapes.landscape import Landscape
from ...engine.landscapes.valleys import PARABOLA, TWO_VALLEYS
from ...engine.optimisers import GradientDescent
from ...explorable import Ask, Choice, Frame, Slider, explorable
from ...plots.numbers import number
from ...plots.powers import PowerCurve, power, power_axis
from ...plots.style import BLUE, INK, PURPLE
from ...plots.trail import Trail

CURVES: dict[str, Landscape] = {
    "parabola": PARABOLA,
    "two valleys": TWO_VALLEYS,
    "wedge": WEDGE,
    "plateau": BASIN,
}
ETAS = (0.02, 0.1, 0.3, 0.5, 1, 1.5, 1.9, 2, 2.1)
STEPS = 15
#: Beyond this a point is not drawn: it is far outside of the picture.
FAR = 9.0
LOW, HIGH = -8, 2


@cache
def path(curve: str, w0: float, eta: float) -> Path:
    """STEPS steps of gradient descent on a curve."""
    return run(GradientDescent(eta), CURVES[curve].first, [w0], steps=STEPS)


@lru_cache
def lowest(curve: str) -> float:
    """The least value of a curve."""
    land = CURVES[curve]
    points = [point.x for point in land.critical if point.kind == "minimum"] or [(0.0,)]
    return float(land.f(np.array(points)).min())


@explorable(
    title="Descend",
    alt="Left: the curve of a loss over one weight w, with the tangent at the start, a bar for the first step, and a "
    "dot for each place that gradient descent visits. Right: how far the loss is above its least value, after each "
    "step, on an axis of powers of ten.",
    ask=Ask(
        "On the parabola ½w² a step size of η = 1 reaches the bottom in a single step. What does η = 2 do?",
        ("It gets there even faster", "It jumps from side to side for ever", "It flies away"),
        answer=1,
        because="The slope is w, so a step leads from w to w − 2w = −w: as far out as before, on the other side. "
        "Anything above 2 flies away.",
    ),
    presets={
        "too small": dict(curve="parabola", w0=1.5, eta=0.02),
        "in one step": dict(curve="parabola", w0=1.5, eta=1),
        "too large": dict(curve="parabola", w0=1.5, eta=2.1),
        "the wrong valley": dict(curve="two valleys", w0=1.5, eta=0.1),
        "a kink": dict(curve="wedge", w0=1.25, eta=0.5),
        "a plateau": dict(curve="plateau", w0=2, eta=0.1),
    },
    size=(5.0, 3.1),
    drag=("w0",),
    curve=Choice(*CURVES, label="loss f"),
    w0=Slider(-2, 2, 0.25, label="start w₀", value=-1.5),
    eta=Choice(*ETAS, label="step size η", value=0.3),
)
def descend(fig):
    left, right = fig.subplots(1, 2, width_ratios=(1.7, 1))
    left.set(xlim=(-2.4, 2.4), ylim=(-0.45, 2.9), xlabel="weight w", yticks=[0, 1, 2], xticks=[-2, -1, 0, 1, 2])
    left.set_title("loss f(w)", fontsize=11)
    right.set(xlim=(-0.7, STEPS + 0.7), xlabel="step", xticks=[0, 5, 10, 15])
    power_axis(right, LOW, HIGH, 2)
    right.set_title("above the least", fontsize=11)
    w = np.linspace(-2.4, 2.4, 121)
    (outline,) = left.plot([], [], color=INK, linewidth=1.4)
    (tangent,) = left.plot([], [], color=PURPLE, linewidth=1.6, linestyle="--")
    (step,) = left.plot([], [], color=BLUE, linewidth=4, alpha=0.45, solid_capstyle="butt")
    trail = Trail(left, GradientDescent, markersize=5, linewidth=1)
    falls = PowerCurve(right, color=BLUE, marker="o", markersize=4.5, linestyle="")

    def update(curve, w0, eta):
        land, found = CURVES[curve], path(curve, w0, eta)
        slope = float(land.gradient([w0])[0])
        L0 = float(found.f[0])
        outline.set_data(w, land.f(w[:, None]))
        reach = np.array([-0.9, 0.9]) / np.hypot(1, slope)
        tangent.set_data(w0 + reach, L0 + slope * reach)
        step.set_data([w0, np.clip(w0 - eta * slope, -FAR, FAR)], [L0, L0])
        points = np.column_stack([found.x[:, 0], found.f])
        near = np.cumprod(np.abs(points).max(axis=1) < FAR).astype(bool)
        trail.move(points[near])
        excess = np.maximum(found.f - lowest(curve), 0)
        with np.errstate(divide="ignore"):
            falls.move(np.log10(excess))
        artists = [outline, tangent, step, *trail.artists, *falls.artists]
        return Frame(artists, says=words(curve, w0, eta, slope, found, excess))

    return update


def words(curve: str, w0: float, eta: float, slope: float, found: Path, excess: np.ndarray) -> str:
    """The first step as a sum, and how the run went on."""
    factor = number(slope) if slope >= 0 else f"({number(slope)})"
    said = f"Slope at {number(w0)}: {number(slope)}. First step: {number(w0)} − {eta:g} · {factor} = "
    said += f"{number(w0 - eta * slope)}. "
    if found.outcome == "diverged" or excess[-1] > 1.01 * excess[0]:
        return said + "The loss grows: it diverges."
    if excess[0] == 0:
        return said + "It is at the bottom, and stays."
    if slope == 0:
        return said + "The slope is 0, so it stays, and this is no minimum."
    if len(excess) > STEPS and excess[-1] > 1e-3 * excess[0] and abs(excess[-1] - excess[-3]) < 1e-6 * excess[0]:
        return said + f"It comes to no better than {power(np.log10(excess[-1]))} above the least loss."
    if excess[-1] == 0:
        return said + "It is at the bottom."
    return said + f"After {STEPS} steps the loss is {power(np.log10(excess[-1]))} above its least."
