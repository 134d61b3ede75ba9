"""Five optimisers on four surfaces, a hundred gradients each: tuned, and not tuned."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline

from ...engine.descent import Path, descend
from ...engine.landscapes import CLINE, ROSENBROCK, Landscape, quadratic
from ...engine.optimisers import AdaGrad, Adam, GradientDescent, Momentum, RMSProp
from ...explorable import Ask, Choice, Frame, explorable
from ...plots import figure
from ...plots.contours import contours
from ...plots.powers import power, power_axis
from ...plots.style import FAINT, INK
from ...plots.trail import LOOKS, Trail

BUDGET = 100
#: A power of two: it changes no rounding, which some restless runs would magnify into another path.
THOUSAND = 1024
#: Wide enough that nobody's best lies at an edge: the chapter's own rule.
ETAS = (0.001, 0.0024, 0.0056, 0.013, 0.032, 0.075, 0.18, 0.42, 1, 2.4, 5.6)
#: ε = 0, so that nothing in the adaptive methods knows how large the gradient is.
RACERS: dict[str, Callable[[float], Any]] = {
    "gradient descent": GradientDescent,
    "heavy ball": Momentum,
    "AdaGrad": lambda eta: AdaGrad(eta, eps=0),
    "RMSProp": lambda eta: RMSProp(eta, eps=0),
    "Adam": lambda eta: Adam(eta, eps=0),
}
BOX = ((-2.6, 2.6), (-2.6, 2.6))
LOW, HIGH = -8, 3
#: How far the start is moved to see what rounding does, and which differences of ends, in powers of ten, show there
#: and are clear.
NUDGE, SHOWS, CLEAR = 1e-14, 1e-4, 0.01


class Course(NamedTuple):
    """A surface, where the runs start on it, and its minima (k, 2)."""

    surface: Landscape
    start: np.ndarray
    minima: np.ndarray


def _course(surface: Landscape, *start: float) -> Course:
    minima = [point.x for point in surface.critical if point.kind == "minimum"]
    return Course(surface, np.array(start), np.array(minima))


COURSES: dict[str, Course] = {
    "valley": _course(quadratic(30.0), -1.8, 1.0),
    "valley, turned 45°": _course(quadratic(30.0, np.pi / 4), -2.8 / np.sqrt(2), -0.8 / np.sqrt(2)),
    "Rosenbrock": _course(ROSENBROCK, -1.2, 1.0),
    "terrain": _course(CLINE, -2.2, -1.0),
}


@lru_cache(maxsize=512)
def run(optimiser: str, eta: float, course: str, times: int = 1) -> Path:
    """BUDGET steps down `course`, whose loss is multiplied by `times`."""
    surface, start, _ = COURSES[course]
    return descend(RACERS[optimiser](eta), lambda x: tuple(times * part for part in surface.first(x)), start, BUDGET)


@lru_cache(maxsize=512)
def gap(optimiser: str, eta: float, course: str, times: int = 1) -> np.ndarray:
    """log₁₀(L − L*) along a run, in the units of the surface, whatever `times`; L* is the least loss there is."""
    surface, _, minima = COURSES[course]
    least = surface.f(minima[0])
    with np.errstate(divide="ignore"):
        return np.log10(np.maximum(surface.f(run(optimiser, eta, course, times).x) - least, 0))


@lru_cache(maxsize=64)
def finals(optimiser: str, course: str, times: int = 1) -> np.ndarray:
    """log₁₀(L − L*) after the whole budget for each of ETAS; +∞ for a run that diverged."""
    return np.array([final(optimiser, eta, course, times) for eta in ETAS])


def final(optimiser: str, eta: float, course: str, times: int = 1) -> float:
    """log₁₀(L − L*) after the whole budget, +∞ for a run that diverged."""
    lost = run(optimiser, eta, course, times).outcome == "diverged"
    return np.inf if lost else float(gap(optimiser, eta, course, times)[-1])


@lru_cache(maxsize=512)
def steady(optimiser: str, eta: float, course: str, times: int = 1) -> bool:
    """Whether the run's end is its own and not its rounding's: moving the start by 10⁻¹⁴ must not change it."""
    surface, start, minima = COURSES[course]
    aside = start + NUDGE * np.array([(1, 1), (1, -1), (-1, 1), (-1, -1), (1, 0), (0, 1)])
    found = descend(RACERS[optimiser](eta), lambda x: tuple(times * part for part in surface.first(x)), aside, BUDGET)
    with np.errstate(divide="ignore"):
        ends = np.log10(np.maximum(surface.f(found.x[-1]) - surface.f(minima[0]), 0))
    ends = shown(np.where(found.diverged >= 0, np.inf, ends))
    return bool(np.abs(ends - shown(final(optimiser, eta, course, times))).max() < SHOWS)


def best(optimiser: str, course: str, times: int = 1) -> float:
    """The smallest η of ETAS whose steady run ends as low as any, as far as the picture tells."""
    ends = shown(finals(optimiser, course, times))
    ends[[not steady(optimiser, eta, course, times) for eta in ETAS]] = np.inf
    return ETAS[int(np.argmax(ends < ends.min() + CLEAR))]


@lru_cache
def ground(course: str) -> Outline:
    """The contour lines of a course as one outline."""
    _, ax = figure()
    lines = contours(ax, COURSES[course].surface.f, BOX, levels=9, n=61)
    return Outline.make_compound_path(*(path for path in lines.get_paths() if len(path.vertices)))


def shown(exponents: np.ndarray) -> np.ndarray:
    """Exponents within the axis; what is beyond lies on its edge."""
    return np.clip(exponents, LOW, HIGH)


@explorable(
    title="Fair race",
    alt="Above left: contour lines of a surface, with the path of the chosen optimiser from a ring to a large "
    "marker; a star marks each global minimum. Above right: the loss over 100 gradients, thick for the chosen run, "
    "thin for all five at their best step sizes. Below: the final loss of each against the step size, a line with "
    "its own dash and marker; a ring marks the chosen run, and points at the top edge have diverged.",
    ask=Ask(
        "In the valley all five get the same step size, and you may choose it. How many of the five can you make win?",
        ("One: the best is the best", "Two", "Four"),
        answer=2,
        because="At 0.0056 the heavy ball wins, at 0.032 RMSProp, at 0.18 Adam and at 1 AdaGrad. Who wins is a matter "
        "of the step size at which they are compared.",
        wrong=(
            "A step that suits one is far too long or too short for another: most of them win at their own best η.",
            "More than that: the best step sizes of the five lie at four places, and each place has its own winner.",
        ),
    ),
    presets={
        "AdaGrad wins": dict(optimiser="AdaGrad", eta=1, course="valley", times=1),
        "turned": dict(optimiser="AdaGrad", eta=1, course="valley, turned 45°", times=1),
        "the bend": dict(optimiser="heavy ball", eta=0.0024, course="Rosenbrock", times=1),
        "by luck": dict(optimiser="Adam", eta=0.42, course="terrain", times=1),
        "loss × 1024": dict(optimiser="gradient descent", eta=0.032, course="valley", times=THOUSAND),
    },
    size=(5.0, 5.1),
    optimiser=Choice(*RACERS, label="optimiser", value="Adam"),
    eta=Choice(*ETAS, label="step size η", value=0.18, between=True),
    course=Choice(*COURSES, label="surface", value="Rosenbrock"),
    times=Choice(1, THOUSAND, label="loss times"),
)
def fair_race(fig):
    panels = fig.subplot_mosaic([["map", "loss"], ["eta", "eta"]], height_ratios=(1.25, 1))
    plane, loss, sizes = panels["map"], panels["loss"], panels["eta"]
    plane.set(xlim=BOX[0], ylim=BOX[1], aspect="equal", xticks=[-2, 0, 2], yticks=[-2, 0, 2], xlabel="x₁", ylabel="x₂")
    loss.set(xlim=(0, BUDGET), xlabel="gradients", xticks=[0, 50, 100])
    loss.set_title("L − L* along the run")
    sizes.set(xscale="log", xlim=(8e-4, 7), xlabel="step size η", xticks=[1e-3, 1e-2, 1e-1, 1])
    sizes.set_title("L − L* after 100 gradients (top edge: diverged)")
    for ax in (loss, sizes):
        power_axis(ax, LOW, HIGH, 3)
    lines = plane.add_patch(PathPatch(ground("valley"), facecolor="none", edgecolor=FAINT, linewidth=0.6, zorder=0.5))
    (stars,) = plane.plot([], [], "*", color=INK, markersize=10, zorder=2.5)
    trail = Trail(plane, "gradient descent", markevery=10, linewidth=1.3)
    looks = {name: LOOKS[name]._asdict() for name in RACERS}
    rivals = [loss.plot([], [], **look | {"marker": "None"}, linewidth=0.9)[0] for look in looks.values()]
    (mine,) = loss.plot([], [], linewidth=2.4, markevery=20, markersize=5)
    curves = [sizes.plot([], [], **look, linewidth=1.3, markersize=5, label=name)[0] for name, look in looks.items()]
    (ring,) = sizes.plot([], [], "o", color=INK, fillstyle="none", markersize=14, mew=1.6, zorder=5, clip_on=False)
    stars.set_label("lowest place")
    ring.set_label("this run; start")
    fig.legend(handles=[*curves, stars, ring], loc="outside lower center", ncols=3, columnspacing=1.2, handlelength=2.6)

    def update(optimiser, eta, course, times):
        path, exponents = run(optimiser, eta, course, times), gap(optimiser, eta, course, times)
        lines.set_path(ground(course))
        stars.set_data(*COURSES[course].minima.T)
        trail.restyle(optimiser)
        trail.move(near(path.x))
        mine.set(**looks[optimiser])
        mine.set_data(np.arange(len(exponents)), shown(exponents))
        for name, rival, curve in zip(RACERS, rivals, curves, strict=True):
            tuned = gap(name, best(name, course, times), course, times)
            rival.set_data(np.arange(len(tuned)), shown(tuned))
            curve.set_data(ETAS, shown(finals(name, course, times)))
        ring.set_data([eta], [shown(final(optimiser, eta, course, times))])
        artists = [lines, stars, *trail.artists, *rivals, mine, *curves, ring]
        return Frame(artists, says=race_says(optimiser, eta, course, times))

    return update


def near(x: np.ndarray) -> np.ndarray:
    """The points (k, 2) up to the first that is far off the map, included."""
    off = np.flatnonzero(np.abs(x).max(axis=1) > 8)
    return x[: off[0] + 1] if len(off) else x


def race_says(optimiser: str, eta: float, course: str, times: int) -> str:
    """How this run ended, and with which step size its optimiser ends lowest."""
    path, end = run(optimiser, eta, course, times), final(optimiser, eta, course, times)
    ends = finals(optimiser, course, times)
    on = f"{optimiser[0].upper()}{optimiser[1:]}, η = {eta:g}, {course}" + (f", loss × {times}" if times > 1 else "")
    firm = steady(optimiser, eta, course, times)
    if not firm:
        said = f"{on}: after {BUDGET} gradients it still leaps about, and rounding decides how high it ends. "
    elif path.outcome == "diverged":
        said = f"{on}: {path.says}. "
    else:
        said = f"{on}: after {BUDGET} gradients it is {height(end)} above the minimum. "
    if np.isinf(shown_best := ends[ETAS.index(tuned := best(optimiser, course, times))]) and shown_best > 0:
        return said + "It diverges with each of these step sizes."
    if firm and shown(end) < shown(shown_best) + CLEAR:
        return said + "No other of these step sizes brings it clearly lower."
    return said + f"Its best step size here is {tuned:g}, which ends at {height(shown_best)}."


def height(exponent: float) -> str:
    """A height as a power of ten, as far as the picture goes down."""
    return power(exponent) if exponent >= LOW else f"less than {power(LOW)}"
