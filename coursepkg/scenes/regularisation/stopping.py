"""Stopping is shrinking: what t steps of gradient descent keep of a solution, beside what ridge keeps."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ...engine.descent import descend
from ...engine.linear import ridge, squared_loss
from ...engine.optimisers import GradientDescent
from ...engine.regularisers import early_stopping_filter, ridge_filter
from ...explorable import Ask, Choice, Frame, explorable
from ...plots import BLUE, FAINT, INK, VERMILLION
from ...plots.key import key
from .points import features, points, predict

DEGREE = 12
ETAS = (0.005, 0.01, 0.02, 0.05, 0.1)
STEPS = (*range(1, 11), 12, 14, 16, 18, 20, 25, 30, 35, 40, 50, 60, 70, 80, 100, 120, 140, 160, 180, 200)
PROBE = 0.05
POWERS = np.linspace(-4, 1, 41)  # of ten, for the curvature h
X_AXIS = np.linspace(-1, 1, 41)
STOPPED = {"color": BLUE, "linewidth": 2.2}
RIDGE = {"color": VERMILLION, "linewidth": 1.6, "linestyle": (0, (4, 1.5))}


class Problem(NamedTuple):
    """The training points as features X (15, 12) and centred targets y (15,); the curvatures h (12,) of the loss."""

    X: np.ndarray
    y: np.ndarray
    h: np.ndarray


@lru_cache
def problem() -> Problem:
    """Degree 12 on the fifteen training points; h are the eigenvalues of XᵀX/n, largest first."""
    train = points().train
    X = features(DEGREE)(train.X[:, 0])
    return Problem(X, train.y - train.y.mean(), np.linalg.svd(X, compute_uv=False) ** 2 / len(X))


@lru_cache
def stopped(eta: float) -> np.ndarray:
    """The weights (201, 12) after 0, 1, …, 200 steps of gradient descent on ½‖Xw − y‖²/n from zero."""
    X, y, _ = problem()
    return descend(GradientDescent(eta), lambda w: squared_loss(X, y, w), np.zeros(DEGREE), steps=STEPS[-1]).x


def shrunk(lam: float) -> np.ndarray:
    """The weights (12,) of ridge on the same loss, ½‖Xw − y‖²/n + ½λ‖w‖²: on the sum its λ counts n times."""
    X, y, _ = problem()
    return ridge(X, y, len(y) * lam)


@explorable(
    title="Stopping is shrinking",
    alt="Left: over the curvature of the loss, in powers of ten, the share of the solution that is kept: a solid curve "
    "for gradient descent stopped after t steps and a dashed curve for ridge, both rising from 0 to 1 side by side; "
    "marks at the bottom for those curvatures of the fit that lie on the axis. Right: the fifteen training points with "
    "the two fitted curves of degree 12.",
    ask=Ask(
        "The polynomial of degree 12 has 13 coefficients. You let gradient descent run from zero for 200 steps of "
        "η = 0.1, without a penalty. How many degrees of freedom has it used by then?",
        ("All 13: nothing holds them", "About 5", "About 1: it has hardly begun"),
        answer=1,
        because="200 steps of 0.1 learn what has a curvature well above 1/(ηt) = 0.05, and only a few directions have. "
        "With the intercept that makes 5.3.",
        wrong=(
            "Nothing holds them, but in the flat directions the slope is tiny, and 200 steps do not get far.",
            "The steep directions are learnt in a few steps: where ηh is near 1, a single one goes most of the way.",
        ),
    ),
    presets={
        "20 steps of 0.1": dict(t=20, eta=0.1),
        "200 steps of 0.01": dict(t=200, eta=0.01),
        "at once": dict(t=1, eta=0.005),
        "as far as it goes": dict(t=200, eta=0.1),
    },
    size=(5.0, 3.0),
    t=Choice(*STEPS, label="steps t", value=10, between=True, whole=True),
    eta=Choice(*ETAS, label="step size η", value=0.05, between=True),
)
def stopping_is_shrinking(fig):
    left, right = fig.subplots(1, 2)
    left.set(xlim=(POWERS[0], POWERS[-1]), ylim=(-0.03, 1.03), xlabel="curvature h", ylabel="share kept")
    left.set(xticks=[-4, -2, 0], xticklabels=["10⁻⁴", "10⁻²", "1"], yticks=[0, 0.5, 1])
    left.plot([np.log10(PROBE)] * 2, [0, 0.74], color=FAINT, linewidth=0.9, linestyle=":")
    left.text(np.log10(PROBE) - 0.1, 0.67, f"h = {PROBE}", ha="right", va="bottom")
    h = problem().h
    (ticks,) = left.plot(
        np.log10(h[h > 10 ** POWERS[0]]), np.zeros((h > 10 ** POWERS[0]).sum()), "|", color=INK, markersize=11
    )
    (stop,) = left.plot([], [], label="stopped", **STOPPED)
    (keep,) = left.plot([], [], label="ridge", **RIDGE)
    right.set(xlim=(-1.05, 1.05), ylim=(-1.5, 1.5), xlabel="x", ylabel="y", xticks=[-1, 0, 1], yticks=[-1, 0, 1])
    train = points().train
    (dots,) = right.plot(train.X[:, 0], train.y, "o", color=INK, markersize=4.5, zorder=3)
    key(fig, {"stopped": stop, "ridge": keep, "curvature of the fit": ticks, "training point": dots})
    (early,) = right.plot([], [], **STOPPED)
    (penalised,) = right.plot([], [], **RIDGE)

    def update(t, eta):
        lam = 1 / (eta * t)
        stop.set_data(POWERS, early_stopping_filter(10**POWERS, eta, t))
        keep.set_data(POWERS, ridge_filter(10**POWERS, lam))
        early.set_data(X_AXIS, predict(DEGREE, stopped(eta)[t], X_AXIS))
        penalised.set_data(X_AXIS, predict(DEGREE, shrunk(lam), X_AXIS))
        return Frame([stop, keep, early, penalised], says=stopping_says(t, eta))

    return update


def stopping_says(t: int, eta: float) -> str:
    """Both shares at the probe, and both counts of degrees of freedom, in words."""
    lam, h = 1 / (eta * t), problem().h
    one = [float(early_stopping_filter(PROBE, eta, t)), float(ridge_filter(PROBE, lam))]
    free = [1 + early_stopping_filter(h, eta, t).sum(), 1 + ridge_filter(h, lam).sum()]
    return (
        f"{t} step{'s' * (t > 1)} of η = {eta:g}, beside ridge with λ = 1/(ηt) = {lam:.3g}. Where h = {PROBE}, "
        f"stopping keeps {one[0]:.4f} and ridge {one[1]:.4f}. Degrees of freedom: {free[0]:.1f} and {free[1]:.1f}."
    )
