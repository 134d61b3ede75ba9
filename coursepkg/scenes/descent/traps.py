"""Newton's trap: on √(1 + x²) a full step may overshoot ever further, and two ways out."""

from functools import lru_cache

import numpy as np

from ...engine.descent import Path, descend
from ...engine.landscapes import BOWL
from ...engine.newton import Newton
from ...explorable import Ask, Choice, Frame, Slider, explorable
from ...plots.key import key
from ...plots.numbers import as_set
from ...plots.powers import PowerCurve, power, power_axis
from ...plots.style import FAINT, INK, PURPLE
from ...plots.trail import Trail

WAYS = {"pure": Newton(), "damped ½": Newton(share=0.5), "line search": Newton(search=True)}
NAMES = {"pure": "Pure Newton", "damped ½": "Half steps", "line search": "Newton with a line search"}
STEPS = 12
FAR = 60.0
LOW, HIGH = -12, 6
#: What rounding may leave of 0.
TINY = 1e-15


@lru_cache(maxsize=1024)
def path(x0: float, way: str) -> Path:
    """STEPS steps of Newton's method on √(1 + x²)."""
    return descend(WAYS[way], BOWL.second, [x0], steps=STEPS)


@explorable(
    title="Newton's trap",
    alt="Left: the curve √(1 + x²), which is nearly straight away from 0, and dashed the parabola that fits it at the "
    "start. Newton's steps jump from the start to the bottom of that parabola and on. Right: the distance |x| from the "
    "minimum after each step, on an axis of powers of ten.",
    ask=Ask(
        "√(1 + x²) is smooth and convex, and its only minimum is at 0. Where is pure Newton after three steps from "
        "x₀ = 1.5?",
        ("At the minimum, to many digits", "Near the minimum, but still under way", "More than 50,000 away"),
        answer=2,
        because="Each step maps x to −x³: −3.4, then 38, then −56,815. The parabola fits the curve only near the point "
        "where it was made, and the curve bends away from it.",
        wrong=(
            "So it is from starts below 1. From 1.5 the first step overshoots to −3.4, and it gets worse.",
            "It does not stay near: the first step already overshoots to −3.4, twice as far out.",
        ),
    ),
    presets={
        "inside": dict(x0=0.9, way="pure"),
        "on the edge": dict(x0=1, way="pure"),
        "beyond": dict(x0=1.1, way="pure"),
        "half steps": dict(x0=1.5, way="damped ½"),
        "with a search": dict(x0=1.5, way="line search"),
    },
    size=(5.0, 3.1),
    drag=("x0",),
    x0=Slider(-1.5, 1.5, 0.1, label="start x₀", value=0.8),
    way=Choice(*WAYS, label="Newton's step"),
)
def trap(fig):
    left, right = fig.subplots(1, 2, width_ratios=(1.7, 1))
    left.set(xlim=(-4, 4), ylim=(0, 4.3), xlabel="x", xticks=[-4, -2, 0, 2, 4], yticks=[0, 1, 2, 3, 4])
    left.set_title("√(1 + x²)")
    right.set(xlim=(-0.6, STEPS + 0.6), xlabel="step", xticks=[0, 4, 8, 12])
    power_axis(right, LOW, HIGH, 3)
    right.set_title("distance |x|")
    x = np.linspace(-4, 4, 101)
    left.plot(x, BOWL.f(x[:, None]), color=INK, linewidth=1.4)
    (parabola,) = left.plot([], [], color=PURPLE, linewidth=1.4, linestyle="--")
    (lowest,) = left.plot([], [], "_", color=PURPLE, markersize=14, mew=2)
    trail = Trail(left, Newton, linewidth=1)
    falls = PowerCurve(right, color=INK, marker="X", markersize=5, linestyle="")
    right.axhline(0, color=FAINT, linewidth=0.8)
    entries = {"Newton's places": trail.line, "start": trail.start, "beyond the axis": falls.above}
    key(fig, entries | {"parabola at x₀": parabola, "its bottom": lowest}, columns=3)

    def update(x0, way):
        found = path(x0, way)
        f, g, H = BOWL.second([x0])
        model = f + g[0] * (x - x0) + 0.5 * H[0, 0] * (x - x0) ** 2
        parabola.set_data(x, np.minimum(model, FAR))
        bottom = x0 - g[0] / H[0, 0]
        lowest.set_data([bottom], [f - 0.5 * g[0] ** 2 / H[0, 0]])
        points = np.column_stack([found.x[:, 0], found.f])
        near = np.cumprod(np.abs(points).max(axis=1) < FAR).astype(bool)
        trail.move(points[near])
        with np.errstate(divide="ignore"):
            falls.move(np.log10(np.abs(found.x[:, 0])))
        return Frame([parabola, lowest, *trail.artists, *falls.artists], says=words(x0, way, found))

    return update


def words(x0: float, way: str, found: Path) -> str:
    """Where the first steps lead, and how it ends."""
    if x0 == 0:
        return "At the minimum the slope is 0, and Newton stays."
    places = found.x[:4, 0]
    said = f"{NAMES[way]} from {as_set(x0)}: " + ", ".join(map(place, places[1:]))
    if found.outcome == "diverged":
        return said + f". It diverges, and is stopped after step {found.step - 1}."
    end = abs(found.x[-1, 0])
    if way == "pure" and abs(x0) == 1:
        return said + ". It jumps between 1 and −1 for ever."
    if end > 1:
        return said + ". It moves away."
    return (
        said
        + f". After {STEPS} steps it is "
        + ("at the minimum." if end < TINY else f"{power(np.log10(end))} from the minimum.")
    )


def place(x: float) -> str:
    """A place to four digits where it is near, to the unit where it is far, and as a power of ten where it is tiny.

    >>> place(-0.51234), place(-56815.234), place(-1e-5)
    ('−0.5123', '−56,815', '−1.0·10⁻⁵')
    """
    if TINY < abs(x) < 5e-4:
        return ("−" if x < 0 else "") + power(np.log10(abs(x)))
    x = 0.0 if abs(x) <= TINY else x
    return (f"{x:,.0f}" if abs(x) >= 100 else f"{x:.4g}").replace("-", "−")
