"""Chapter 5: every check takes right answers of any form and has words of its own for each known mistake."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from coursepkg.check.descent.picture import STEPS
from coursepkg.engine.descent import descend
from coursepkg.engine.landscapes import QUARTIC, ROSENBROCK, quadratic
from coursepkg.engine.newton import Newton
from coursepkg.engine.optimisers import GradientDescent
from tests.check.judging import UNKNOWN, constant, dress, said


def by_eigenvalues(share):
    return lambda H: share(np.linalg.eigvalsh(H))


def in_place(w, g, H):
    w -= np.linalg.solve(H, g)
    return w


def curves(
    values=lambda path: path.f,
    style=("-", "--", ":"),
    log=True,
    legend=True,
    labels=("step", "loss"),
    steps=STEPS,
    first=0,
    turn=1,
    xscale="linear",
    names=None,
    limits=None,
):
    def draw(ax, etas):
        for k, (look, eta) in enumerate(zip(style, etas, strict=False)):
            path = descend(GradientDescent(eta), quadratic(10.0).first, [1.0, 1.0], steps=steps)
            y = values(path)
            ax.plot(
                *(first + np.arange(len(y)), y)[::turn],
                look,
                label=f"η = {eta}" if names is None else names[k % len(names)],
            )
        if log:
            ax.set(yscale="log", xscale=xscale)
        dress(ax, legend, labels, limits)

    return draw


H = ROSENBROCK.hessian(np.ones(2))
MU, L = np.linalg.eigvalsh(H)
KAPPA = L / MU
WRONG = {
    "largest_step": {
        "half of it": (by_eigenvalues(lambda e: 1 / e[-1]), "twice as large is safe too"),
        "flat": (by_eigenvalues(lambda e: 2 / e[0]), "The flat direction allows that"),
        "best": (by_eigenvalues(lambda e: 2 / (e[0] + e[-1])), "the best constant step, not the largest"),
        "curvature": (by_eigenvalues(lambda e: e[-1]), "the curvature L itself"),
        "upside down": (by_eigenvalues(lambda e: e[-1] / 2), "upside down"),
        "trace": (lambda H: 2 / np.trace(H), "The trace is the sum"),
        "diagonal": (lambda H: 2 / np.diag(H).max(), "curvatures along the axes"),
        "norm": (lambda H: 2 / np.linalg.norm(H), "the root of the sum of squares"),
        "too long": (by_eigenvalues(lambda e: 2.1 / e[-1]), "descent diverges on this bowl"),
        "too short": (by_eigenvalues(lambda e: 1.9 / e[-1]), UNKNOWN),
        "a list": (constant([1.0, 2.0]), "one step size"),
    },
    "newton_step": {
        "uphill": (lambda w, g, H: w + np.linalg.solve(H, g), "that goes uphill"),
        "the step": (lambda w, g, H: -np.linalg.solve(H, g), "asked is where it leads"),
        "times H": (lambda w, g, H: w - H @ g, "You multiplied by H"),
        "diagonal": (lambda w, g, H: w - g / np.diag(H), "how the weights bend together"),
        "descent": (lambda w, g, H: w - g, "H is not used"),
        "half": (lambda w, g, H: w - np.linalg.solve(H, g) / 2, "half of Newton's step"),
        "a matrix": (lambda w, g, H: w - g / H, "entry by entry, and a matrix comes out"),
        "a number": (lambda w, g, H: w @ g, "the next w, of shape"),
        "in place": (in_place, "leaves its inputs as they were"),
        "other": (lambda w, g, H: w * 0.3, UNKNOWN),
    },
    "power_factor": {
        "share": (lambda k: 1 / (k - 1), "that a step takes off"),
        "away": (lambda k: k / (k - 1), "the step leads away from 0"),
        "second derivative": (lambda k: (k - 1) / k, "check the second derivative"),
        "four": (constant(2 / 3), "for k = 4 alone"),
        "bowl": (constant(0.0), "for k = 2 alone"),
        "half": (constant(0.5), "not always a half"),
        "other": (constant(0.9), UNKNOWN),
        "no brackets": (lambda k: k - 2 / k - 1, "that is k − (2/k) − 1"),
        "one bracket": (lambda k: (k - 2) / k - 1, "the −1 is not under the bar"),
        "two numbers": (constant((1, 2)), "one number: 1 finite number"),
    },
    "rosenbrock_valley": {
        "inverse": (constant((1 / KAPPA, 2 / L)), "κ is at least 1"),
        "diagonal": (constant((802 / 200, 2 / 802)), "the ratio of the eigenvalues"),
        "root": (constant((KAPPA**0.5, 2 / L)), "on which the heavy ball depends"),
        "square": (constant((KAPPA**2, 2 / L)), "no square is needed"),
        "swapped": (constant((2 / L, KAPPA)), "the wrong way round"),
        "other": (constant((7, 2 / L)), UNKNOWN),
        "half": (constant((KAPPA, 1 / L)), "it may be twice as long"),
        "entry": (constant((KAPPA, 2 / 802 * 1.0)), "not the entry 802"),
        "flat": (constant((KAPPA, 2 / MU)), "the flat direction's limit"),
        "elsewhere": (constant((KAPPA, 0.01)), UNKNOWN),
        "rounded up": (constant((KAPPA, 0.002)), "with it descent diverges, if slowly"),
        "best": (constant((KAPPA, 2 / (MU + L))), "the best step, not the largest"),
        "a little short": (constant((KAPPA, 0.00199)), "a step a little longer is still stable"),
        "one number": (constant(KAPPA), "2 finite numbers"),
    },
    "loss_curves": {
        "distance": (curves(lambda path: np.linalg.norm(path.x, axis=1)), "the distance from the minimum"),
        "no start": (curves(lambda path: path.f[1:]), "The start is missing"),
        "logarithms": (curves(lambda path: np.log10(path.f), log=False), "let the axis do that"),
        "no half": (curves(lambda path: 2 * path.f), "The loss has the factor ½"),
        "too few": (curves(steps=20), "Forty steps are asked"),
        "one of three": (curves(style="-"), UNKNOWN),
        "linear": (curves(log=False), "On a linear axis"),
        "colour alone": (curves(style="---"), "Colour alone"),
        "no legend": (curves(legend=False), "which curve belongs to which η"),
        "no labels": (curves(labels=()), "An axis without a name"),
        "from 100": (curves(first=100), "Step 0 is the start"),
        "exchanged": (curves(turn=-1), "The axes are exchanged"),
        "both logarithmic": (curves(xscale="log"), "a logarithmic axis has no place for 0"),
        "equal labels": (curves(names="η"), "Entries of the legend that read alike"),
        "labels exchanged": (curves(names=("0.18", "0.1", "0.02")), "but its label speaks of η = 0.18"),
        "out of sight": (curves(limits=(1e-30, 1e-20)), "outside the limits of the axes"),
        "names exchanged": (curves(labels=("loss", "step")), "have changed places"),
        "own figure": (lambda ax, etas: curves()(Figure().subplots(), etas), "no other figure is looked at"),
    },
}

AX = {"loss_curves": lambda: [Figure().subplots()]}


@given(st.floats(0.0, 0.04))
def test_the_largest_step_may_be_found_by_trial_to_a_hundredth(off):
    found = said("largest_step", by_eigenvalues(lambda e: 2 / e[-1] * (1 - off)))[0]
    assert (found == "right") == (off < 0.01)


def by_trial(H):
    """The largest η with which 2,000 steps from an arbitrary start do not grow, by bisection."""
    low, high = 0.0, 10.0
    start = np.arange(1.0, len(H) + 1)
    for _ in range(40):
        eta = (low + high) / 2
        path = descend(GradientDescent(eta), lambda w: (0.5 * w @ H @ w, H @ w), start, steps=2000)
        low, high = (low, eta) if path.f[-1] > path.f[0] else (eta, high)
    return low


def test_a_search_by_running_descent_is_right_too():
    assert said("largest_step", by_trial)[0] == "right"


def test_newtons_step_may_come_as_a_column_or_by_the_inverse():
    assert said("newton_step", lambda w, g, H: w - np.linalg.inv(H) @ g)[0] == "right"
    assert said("newton_step", lambda w, g, H: list(w - np.linalg.solve(H, g)), seed=11)[0] == "right"


def test_a_step_written_for_two_weights_fails_on_another_number():
    def two(w, g, H):
        return np.array([w[0], w[1]]) - np.linalg.inv(H[:2, :2]) @ g[:2]

    assert said("newton_step", two)[0] == "not yet"


def test_the_factor_on_the_quartic_is_the_engines():
    path = descend(Newton(), QUARTIC.second, [1.0], steps=10)
    assert path.x[1:, 0] / path.x[:-1, 0] == pytest.approx([2 / 3] * 10)
    assert said("power_factor", lambda k: (k - 2) / (k - 1))[0] == "right"


def test_rosenbrocks_numbers_are_right_by_hand_or_by_computer():
    assert pytest.approx(2508, abs=0.5) == KAPPA
    assert pytest.approx(0.001997, abs=5e-7) == 2 / L
    for answer in ((2508, 0.0019968), [KAPPA, 2 / L]):
        outcome, text = said("rosenbrock_valley", constant(answer))
        assert outcome == "right"
        assert "2508" in text


def test_the_picture_may_be_drawn_by_semilogy_and_other_etas_fail_one_learnt_by_heart():
    def draw(ax, etas):
        for k, eta in enumerate(etas):
            path = descend(GradientDescent(eta), quadratic(10.0).first, [1.0, 1.0], steps=STEPS)
            ax.semilogy(range(STEPS + 1), path.f, marker="o^s"[k], label=str(eta))
        ax.legend()
        ax.set(xlabel="t", ylabel="f")

    assert said("loss_curves", draw, Figure().subplots())[0] == "right"
    assert said("loss_curves", draw, Figure().subplots(), seed=11)[0] == "right"
    by_heart = lambda ax, etas: draw(ax, etas if len(etas) == 3 else (0.02, 0.1))  # noqa: E731
    assert said("loss_curves", by_heart, Figure().subplots())[0] == "not yet"
