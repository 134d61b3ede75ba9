"""Valley: a quadratic of two variables, and what its condition number does to three methods."""

from functools import lru_cache
from math import cos, sin, sqrt
from typing import NamedTuple

import numpy as np

from ...engine.descent import descend
from ...engine.landscapes import quadratic
from ...engine.newton import Newton
from ...engine.optimisers import GradientDescent, Momentum
from ...explorable import Ask, Choice, Frame, Slider, explorable
from ...plots.ellipses import Ellipses
from ...plots.key import key
from ...plots.powers import PowerCurve, power, power_axis
from ...plots.style import FAINT, INK, PAPER
from ...plots.trail import LOOKS, Trail

ANGLE = 0.35
#: The eigen-directions as columns: the flat one (μ = 1), then the steep one (L = κ).
Q = np.array([[cos(ANGLE), -sin(ANGLE)], [sin(ANGLE), cos(ANGLE)]])
START = Q @ [1.6, 0.9]
STEPS = 60
LOW, HIGH = -8, 3
FAR = 40.0


class Run(NamedTuple):
    """The path x (k + 1, 2), log₁₀ of its distance from the minimum, relative to the start, and whether it diverges."""

    x: np.ndarray
    log_error: np.ndarray
    diverges: bool


def beta(kappa: float) -> float:
    """The best β of the heavy ball on this valley (Polyak 1964)."""
    return ((sqrt(kappa) - 1) / (sqrt(kappa) + 1)) ** 2


def factor(kappa: float, eta_L: float, method: str) -> tuple[float, float]:
    """What a step multiplies the error by in the long run, along the flat and along the steep eigen-direction.

    For the heavy ball it is the larger root of r² = (1 + β − ηλ) r − β in size (Polyak 1964).
    """
    if method == Newton.name:
        return 0.0, 0.0
    rates = np.array([eta_L / kappa, eta_L])
    if method == GradientDescent.name:
        return tuple(np.abs(1 - rates).tolist())
    b = beta(kappa)
    return tuple(float(np.abs(np.roots([1, -(1 + b - rate), b])).max()) for rate in rates)


@lru_cache(maxsize=1024)
def walk(kappa: float, eta_L: float, method: str) -> Run:
    """STEPS steps from START; η is ``eta_L``/L."""
    land = quadratic(kappa, ANGLE)
    optimiser, oracle = {
        GradientDescent.name: (GradientDescent(eta_L / kappa), land.first),
        Momentum.name: (Momentum(eta_L / kappa, beta(kappa)), land.first),
        Newton.name: (Newton(), land.second),
    }[method]
    found = descend(optimiser, oracle, START, steps=STEPS)
    error = np.linalg.norm(found.x, axis=1) / np.linalg.norm(START)
    with np.errstate(divide="ignore"):
        return Run(found.x, np.log10(error), max(factor(kappa, eta_L, method)) > 1 + 1e-12)


METHODS = (GradientDescent.name, Momentum.name, Newton.name)


@explorable(
    title="Valley",
    alt="Above: level lines of a valley, from round to long and narrow, with the two eigen-directions as dotted lines "
    "and the path of a method from its start. Below left: a bar for each direction, what a step multiplies its error "
    "by, and a line at 1. Below right: the error after each step, on an axis of powers of ten.",
    ask=Ask(
        "The largest safe step is 2/L. For which valleys does ηL = 1.9, just below it, beat ηL = 1?",
        ("For all of them: longer steps are faster", "Only for narrow ones, κ > 10", "For none: it nearly diverges"),
        answer=1,
        because="At 1.9 the steep direction keeps 0.9 of its error in each step, whatever κ. At 1 the flat one keeps "
        "1 − 1/κ, which is more than 0.9 once κ > 10.",
        wrong=(
            "Longer steps help the flat direction alone. The steep one keeps |1 − 1.9| = 0.9 of its error, where ηL "
            "= 1 leaves none.",
            "It nearly diverges, but only in the steep direction, and 0.9 a step still goes to 0. In a narrow valley "
            "the flat direction decides.",
        ),
    ),
    presets={
        "round": dict(kappa=1, eta_L=1),
        "the edge": dict(kappa=10, eta_L=2),
        "beyond": dict(kappa=10, eta_L=2.1),
        "κ = 100": dict(kappa=100, eta_L=1.9),
        "a heavy ball": dict(kappa=100, eta_L=1.9, method="heavy ball"),
        "Newton": dict(kappa=100, method="Newton"),
    },
    size=(5.0, 4.5),
    kappa=Choice(1, 2, 5, 10, 30, 100, label="condition κ = L/μ", value=10, between=True),
    eta_L=Slider(0.1, 2.1, 0.1, label="step size ηL", value=1),
    method=Choice(*METHODS, label="method"),
)
def valley(fig):
    grid = fig.add_gridspec(2, 2, height_ratios=(1.5, 1), width_ratios=(1, 1.7))
    plane, bars, log = fig.add_subplot(grid[0, :]), fig.add_subplot(grid[1, 0]), fig.add_subplot(grid[1, 1])
    plane.set(xlim=(-2.3, 2.3), ylim=(-1.3, 1.55), aspect="equal", xlabel="w₁", ylabel="w₂", yticks=[-1, 0, 1])
    names, axes = [], []
    for name, direction, place in (("flat", Q[:, 0], (2.3, 0.73)), ("steep", Q[:, 1], (-0.62, 1.36))):
        axes.append(plane.axline((0, 0), direction, color=FAINT, linewidth=0.9, linestyle=":", zorder=0.6))
        plate = {"facecolor": PAPER, "edgecolor": "none", "pad": 1}
        names.append(plane.text(*place, name, ha="right", va="center", bbox=plate, zorder=4))
    lines = Ellipses(plane, np.arange(0.35, 2.2, 0.35))
    trail = Trail(plane, GradientDescent, markersize=3.5, linewidth=1.2)
    trail.end.set_markersize(7)
    bars.set(xlim=(-0.6, 1.6), ylim=(0, 1.5), xticks=[0, 1], xticklabels=["flat", "steep"], yticks=[0, 0.5, 1])
    bars.set_title("error kept per step")
    bars.axhline(1, color=INK, linewidth=1, linestyle="--")
    kept = [bars.plot([], [], linewidth=22, solid_capstyle="butt", alpha=0.6)[0] for _ in (0, 1)]
    notes = [bars.text(k, 0, "", ha="center", va="bottom") for k in (0, 1)]
    log.set(xlim=(-1, STEPS + 1), xlabel="step")
    power_axis(log, LOW, HIGH, 2)
    log.set_title("error, from 1 at the start")
    falls = PowerCurve(log, linewidth=1.6)
    key(fig, {"eigen-direction": axes[0], "start": trail.start, "beyond the axis": falls.above})

    def update(kappa, eta_L, method):
        run, look = walk(kappa, eta_L, method), LOOKS[method]
        lines.move(quadratic(kappa, ANGLE).hessian(np.zeros(2)))
        trail.restyle(method)
        near = np.cumprod(np.abs(run.x).max(axis=1) < FAR).astype(bool)
        trail.move(run.x[near])
        share = factor(kappa, eta_L, method)
        tops = [min(value, 1.35) for value in share]
        for k, value in enumerate(share):
            kept[k].set_data([k, k], [0, tops[k]])
            kept[k].set_color(look.color)
            notes[k].set_text(f"{value:.3g}")
            notes[k].set_y(tops[k] + 0.03 if tops[k] < 0.75 or tops[k] > 1.02 else 1.04)
        falls.move(run.log_error)
        falls.restyle(look.color, look.linestyle)
        artists = [*lines.artists, *trail.artists, *names, *kept, *notes, *falls.artists]
        return Frame(artists, says=words(kappa, eta_L, method, run, share))

    return update


def words(kappa: float, eta_L: float, method: str, run: Run, share: tuple[float, float]) -> str:
    """The slower of the two factors, and what it comes to."""
    if method == Newton.name:
        return f"Newton, κ = {kappa:g}: one step to the minimum. It has no step size to choose."
    with_beta = f" with β = {beta(kappa):.3g}" if method == Momentum.name else ""
    said = f"{method.capitalize()}{with_beta}, κ = {kappa:g}, ηL = {eta_L:g}: "
    worst = max(share)
    if run.diverges:
        return said + f"diverges, as the steep direction grows {share[1]:.3g} times in a step."
    if worst > 1 - 1e-12:
        return said + "the steep direction neither shrinks nor grows: it jumps from wall to wall for ever."
    slower = (
        "both directions alike" if abs(share[0] - share[1]) < 1e-9 else ("steep" if share[1] > share[0] else "flat")
    )
    slower = slower if " " in slower else f"the {slower} direction is the slower one"
    at_end = run.log_error[-1]
    return said + (
        f"{slower}, keeping {worst:.3g} of its error in a step. After {STEPS} steps "
        + ("none is left." if at_end == -np.inf else f"{power(at_end)} of the error is left.")
    )
