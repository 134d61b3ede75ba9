"""Descend: gradient descent on a curve, from any start and with any step size."""

from functools import lru_cache

import numpy as np

from ...engine.descent import Path
from ...engine.descent import descend as run
from ...engine.landscapes import BASIN, WEDGE
from ...engine.landscapes.landscape import Landscape
from ...engine.landscapes.valleys import PARABOLA, TWO_VALLEYS
from ...engine.optimisers import GradientDescent
from ...engine.outlook import Outlook, outlook
from ...explorable import Ask, Choice, Frame, Slider, explorable
from ...plots.key import key
from ...plots.numbers import as_set, number
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
#: What rounding may leave of a loss of 0.
TINY = 1e-14


@lru_cache(maxsize=1024)
def path(curve: str, w0: float, eta: float) -> Path:
    """STEPS steps of gradient descent on a curve."""
    return run(GradientDescent(eta), CURVES[curve].first, [w0], steps=STEPS)


@lru_cache(maxsize=1024)
def ending(curve: str, w0: float, eta: float) -> Outlook:
    """How that run ends, from a long continuation."""
    return outlook(GradientDescent(eta), CURVES[curve].first, [w0])


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
        "On the wedge |w| the slope is 1 or −1, however near the bottom is. Descent starts at 1.25 with η = 0.5. "
        "How near does it come to the bottom at 0 in the end?",
        ("As near as you like", "It ends up 0.25 away", "It flies away"),
        answer=1,
        because="Every step is 0.5 long: 1.25, 0.75, 0.25, −0.25, and from there to and fro for ever.",
        wrong=(
            "That holds where the slope fades towards the bottom, as on the parabola. Here a step is always η long.",
            "It cannot: every step leads towards 0, and past it by less than one step.",
        ),
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
    eta=Choice(*ETAS, label="step size η", value=0.3, between=True),
)
def descend(fig):
    left, right = fig.subplots(1, 2, width_ratios=(1.7, 1))
    left.set(xlim=(-2.4, 2.4), ylim=(-0.45, 2.9), xlabel="weight w", yticks=[0, 1, 2], xticks=[-2, -1, 0, 1, 2])
    left.set_title("loss f(w)")
    right.set(xlim=(-0.7, STEPS + 0.7), xlabel="step", xticks=[0, 5, 10, 15])
    power_axis(right, LOW, HIGH, 2)
    right.set_title("above the least")
    w = np.linspace(-2.4, 2.4, 121)
    (outline,) = left.plot([], [], color=INK, linewidth=1.4)
    (tangent,) = left.plot([], [], color=PURPLE, linewidth=1.6, linestyle="--")
    (step,) = left.plot([], [], color=BLUE, linewidth=4, alpha=0.45, solid_capstyle="butt")
    trail = Trail(left, GradientDescent, markersize=5, linewidth=1)
    falls = PowerCurve(right, color=BLUE, marker="o", markersize=4.5, linestyle="")
    key(fig, {"tangent": tangent, "first step": step, "start": trail.start, "beyond the axis": falls.above})

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
    """The first step as a sum, the loss at the end of the picture, and how the run ends."""
    factor = number(slope, 3) if slope >= 0 else f"({number(slope, 3)})"
    said = f"Slope at {as_set(w0)}: {number(slope, 3)}. First step: {as_set(w0)} − {eta:g} · {factor} = "
    said += f"{number(w0 - eta * slope, 3)}. "
    end = ending(curve, w0, eta)
    if end.kind == "growing":
        return said + "The loss grows: it diverges."
    if excess[0] == 0:
        return said + "It is at the bottom, and stays."
    if len(excess) > STEPS:
        said += f"After {STEPS} steps the loss is {above(excess[-1])}. "
    return said + long_run(curve, end, np.maximum(end.f - lowest(curve), 0))


def long_run(curve: str, end: Outlook, levels: np.ndarray) -> str:
    """How a run ends that does not diverge, with the places or the losses that it keeps visiting."""
    low, high = levels.min(), levels.max()
    if end.kind == "settled":
        if curve == "wedge":
            return "It has met the kink exactly, where the slope is taken to be 0, and rests."
        where = f"It converges to w = {number(end.x[0, 0])}, "
        return where + ("the bottom." if high < 1e-6 else f"in the wrong valley, {above(high)}.")
    if end.kind == "closing in":
        return f"It closes in ever more slowly: after {end.steps:,} steps the loss is {above(levels[-1])}."
    if end.kind == "bounded":
        return f"It never settles: it wanders for ever, with losses from {size(low)} to {above(high)}."
    if len(levels) > 2:
        return f"It ends by going round {len(levels)} places for ever, with losses from {size(low)} to {above(high)}."
    places = " and ".join(number(w, 3) for w in sorted(end.x[:, 0]))
    said = f"It ends by jumping between {places} for ever, with a loss "
    said += above(high) if np.isclose(low, high, atol=1e-9) else f"{size(low)} and {above(high)} by turns"
    met = curve == "wedge" and low < TINY
    return said + (". Only rounding keeps it off the kink, where it would rest." if met else ".")


def size(excess: float) -> str:
    """An excess as a power of ten, and 0 where it is no more than rounding."""
    return power(np.log10(excess)) if excess > TINY else "0"


def above(excess: float) -> str:
    """An excess in words."""
    return f"{size(excess)} above its least" if excess > TINY else "at its least"
