"""Scale it: how the origin of a feature stretches the bowl of least squares, and how standardising rounds it."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ...engine.descent import descend
from ...engine.linear import condition, least_squares, squared_loss, with_intercept
from ...engine.optimisers import GradientDescent
from ...engine.preparation import standardise
from ...explorable import Ask, Choice, Frame, Slider, explorable
from ...plots.ellipses import Ellipses
from ...plots.key import key
from ...plots.powers import PowerCurve, power, power_axis
from ...plots.style import BLUE, INK
from ...plots.trail import Trail

#: Ten days, and a seedling's height in cm on each.
DAYS = np.arange(1.0, 11.0)
HEIGHTS = np.array([1.2, 1.9, 2.3, 2.6, 3.7, 3.9, 4.4, 5.3, 5.4, 6.3])
#: How far the start is from the best (w₀, w₁): the same for every bowl.
ERROR = np.array([1.6, 1.1])
STEPS = 200
LOW, HIGH = -3, 1
AS_MEASURED, STANDARDISED = "as measured", "standardised"


class Bowl(NamedTuple):
    """Feature x (n,), condition number, Hessian (2, 2), path less the best w (k + 1, 2), log₁₀ of its error."""

    x: np.ndarray
    kappa: float
    H: np.ndarray
    path: np.ndarray
    log_error: np.ndarray


@lru_cache(maxsize=1024)
def bowl(offset: float, scaling: str) -> Bowl:
    """Least squares on the days counted from ``offset``, by gradient descent with η = 1/L."""
    x = (DAYS + offset)[:, None]
    if scaling == STANDARDISED:
        x = standardise(x)(x)
    X = with_intercept(x)
    H = X.T @ X / len(X)
    L = float(np.linalg.eigvalsh(H)[-1])
    best = least_squares(X, HEIGHTS)
    run = descend(GradientDescent(1 / L), lambda w: squared_loss(X, HEIGHTS, w), best + ERROR, steps=STEPS)
    path = run.x - best
    with np.errstate(divide="ignore"):
        return Bowl(x[:, 0], condition(X), H, path, np.log10(np.linalg.norm(path, axis=1) / np.linalg.norm(ERROR)))


@explorable(
    title="Scale it",
    alt="Above: ten values of a feature as dots on a line, and their mean as a tick. Below left: level lines of the "
    "least squares loss over intercept and slope, measured from the best pair, and the path of gradient descent. Below "
    "right: the error after each step, on an axis of powers of ten.",
    ask=Ask(
        "Number the ten days of a seedling 11 to 20 instead of 1 to 10. It is the same line through the same points. "
        "What does gradient descent make of it?",
        ("Nothing: only names have changed", "It becomes about twice as slow", "It becomes about forty times as slow"),
        answer=2,
        because="The steps needed grow in proportion to the condition number, and that rises from 187 to 7,543. "
        "Far from x = 0, raising the intercept and raising the slope do nearly the same to the line.",
        wrong=(
            "The line is the same, but not the bowl: descent walks over intercept and slope, and their trade-off has "
            "changed.",
            "The offset counts more than that: the sum of the x² grows with its square, while what the slope alone "
            "does to the line stays as it was.",
        ),
    ),
    presets={
        "days 5 to 14": dict(offset=4, scaling=AS_MEASURED),
        "days 11 to 20": dict(offset=10, scaling=AS_MEASURED),
        "standardised": dict(offset=10, scaling=STANDARDISED),
    },
    size=(5.0, 3.7),
    offset=Slider(0, 10, 1, label="offset of the days", value=0),
    scaling=Choice(AS_MEASURED, STANDARDISED, label="feature"),
)
def scale_it(fig):
    grid = fig.add_gridspec(2, 2, height_ratios=(1, 6), width_ratios=(1.5, 1))
    line, plane, log = fig.add_subplot(grid[0, :]), fig.add_subplot(grid[1, 0]), fig.add_subplot(grid[1, 1])
    line.set(xlim=(-2.5, 20.8), ylim=(-1, 1), yticks=[], xticks=[0, 5, 10, 15, 20])
    line.set_title("the feature x")
    line.spines["left"].set_visible(False)
    (dots,) = line.plot([], [], "o", color=INK, markersize=5)
    (mean,) = line.plot([], [], "|", color=BLUE, markersize=18, mew=2)
    plane.set(xlim=(-2.4, 2.4), ylim=(-2, 2), aspect="equal", xlabel="intercept w₀", ylabel="slope w₁")
    plane.set(xticks=[-2, -1, 0, 1, 2], yticks=[-2, -1, 0, 1, 2])
    plane.set_title("the bowl, around the best w")
    lines = Ellipses(plane, (0.6, 1.2, 1.8, 2.4, 3.0))
    trail = Trail(plane, GradientDescent, markersize=3.5)
    log.set(xlim=(-8, STEPS + 8), xlabel="step", xticks=[0, 100, 200])
    power_axis(log, LOW, HIGH, 1)
    log.set_title("error")
    falls = PowerCurve(log, color=BLUE, linewidth=1.8)
    key(fig, {"days": dots, "their mean": mean, "start": trail.start, "beyond the axis": falls.above})

    def update(offset, scaling):
        found = bowl(offset, scaling)
        dots.set_data(found.x, np.zeros(len(found.x)))
        mean.set_data([found.x.mean()], [0])
        lines.move(found.H)
        trail.move(found.path)
        falls.move(found.log_error)
        artists = [dots, mean, *lines.artists, *trail.artists, *falls.artists]
        return Frame(artists, says=words(offset, scaling, found))

    return update


def words(offset: float, scaling: str, found: Bowl) -> str:
    """The condition number and what is left of the error."""
    days = f"Days {1 + offset:g} to {10 + offset:g}, {scaling}: κ = {f'{found.kappa:,.1f}'.removesuffix('.0')}. "
    if found.log_error[1] < -12:
        return days + "The bowl is round, and the first step leads to its bottom."
    return days + f"After {STEPS} steps with η = 1/L, {power(found.log_error[-1])} of the error is left."
