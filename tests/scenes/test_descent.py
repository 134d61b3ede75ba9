"""Chapter 5's explorables against the engine and against the formulas: what the page shows is what was computed."""

import re
from collections import Counter

import numpy as np
import pytest

from coursepkg.engine.descent import descend
from coursepkg.engine.landscapes import BOWL, CLINE, quadratic
from coursepkg.plots.powers import power
from coursepkg.scenes import descent as scenes
from coursepkg.scenes.descent import descending, scaling, straying, traps, valleys
from tests.scenes.looking import look


def trail(ax, name):
    """The iterates (k + 1, 2) that the trail of an optimiser shows."""
    return next(line for line in ax.lines if line.get_label() == name).get_xydata()


DERIVATIVES = {
    "parabola": lambda w: w,
    "two valleys": lambda w: w**3 - w + 0.15,
    "wedge": np.sign,
    "plateau": lambda w: 2 * w / (1 + w * w) ** 2,
}


@pytest.mark.parametrize("curve", DERIVATIVES)
@pytest.mark.parametrize(("w0", "eta"), [(-1.5, 0.3), (1.75, 0.5), (0.5, 1)])
def test_descend_draws_the_iterates_the_tangent_and_the_first_step(writers, curve, w0, eta):
    fig, says = look(writers["descend"], curve=curve, w0=w0, eta=eta)
    left, right = fig.axes
    wanted = [w0]
    for _ in range(descending.STEPS):
        wanted.append(wanted[-1] - eta * DERIVATIVES[curve](wanted[-1]))
    shown = trail(left, "gradient descent")
    np.testing.assert_allclose(shown[:, 0], wanted, rtol=1e-9, atol=1e-12)
    land = descending.CURVES[curve]
    np.testing.assert_allclose(shown[:, 1], land.f(np.array(wanted)[:, None]), rtol=1e-9, atol=1e-12)
    outline, tangent, step = left.lines[:3]
    np.testing.assert_allclose(outline.get_ydata(), land.f(outline.get_xdata()[:, None]))
    (run, rise), centre = np.diff(tangent.get_xydata(), axis=0)[0], tangent.get_xydata().mean(axis=0)
    assert rise / run == pytest.approx(DERIVATIVES[curve](w0), abs=1e-9)
    assert centre == pytest.approx([w0, land.f([w0])])
    assert step.get_xdata() == pytest.approx(wanted[:2])
    falls = next(line for line in right.lines if line.get_marker() == "o")
    least = land.f(np.linspace(-2, 2, 400_001)[:, None]).min()
    for t, exponent in falls.get_xydata():
        assert 10**exponent == pytest.approx(land.f(np.array([wanted[int(t)]])) - least, rel=1e-3, abs=1e-9)
    assert f"= {descending.number(wanted[1], 3)}. " in says


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (dict(eta=2.1), "The loss grows: it diverges"),
        (dict(eta=2), "jumping between −1.5 and 1.5 for ever, with a loss 1.12 above its least"),
        (dict(eta=1), "It converges to w = 0, the bottom"),
        (dict(w0=0, eta=1), "It is at the bottom, and stays"),
        (dict(curve="wedge", w0=1.25, eta=0.5), "between −0.25 and 0.25 for ever, with a loss 0.25 above"),
        (dict(curve="wedge", w0=0.5, eta=1.5), "with a loss 0.5 and 1 above its least by turns"),
        (dict(curve="wedge", w0=1, eta=0.1), "Only rounding keeps it off the kink"),
        (dict(curve="wedge", w0=1, eta=0.5), "met the kink exactly"),
        (dict(curve="plateau", w0=2, eta=2.1), "going round 4 places for ever"),
        (dict(curve="plateau", w0=1, eta=1), "closes in ever more slowly"),
        (dict(curve="two valleys", w0=0.5, eta=2), "It never settles"),
        (dict(curve="two valleys", w0=1.5, eta=0.1), "converges to w = 0.91, in the wrong valley, 0.299 above"),
        (dict(curve="two valleys", w0=-2, eta=2), "it diverges"),
        (dict(eta=0.3), "After 15 steps the loss is 2.5·10⁻⁵ above its least"),
    ],
)
def test_descend_says_how_it_ends(writers, state, words):
    assert words in look(writers["descend"], **dict(curve="parabola", w0=1.5) | state)[1]


def test_descend_calls_no_bounded_run_divergent(writers):
    """On the wedge and on the plateau the slope is bounded, so that descent can never fly away."""
    for curve in ("wedge", "plateau"):
        for eta in descending.ETAS:
            for w0 in scenes.descend.controls["w0"].values:
                assert "diverges" not in look(writers["descend"], curve=curve, w0=w0, eta=eta)[1]


def eigen_errors(kappa, x):
    """The errors along the flat and the steep direction, from the Hessian's own eigenvectors."""
    _, Q = np.linalg.eigh(quadratic(kappa, valleys.ANGLE).hessian(np.zeros(2)))
    return np.abs(x @ Q)


@pytest.mark.parametrize("kappa", [2, 10, 100])
@pytest.mark.parametrize("eta_L", [0.5, 1.9, 2.1])
def test_valleys_bars_are_the_shares_that_the_steps_keep(writers, kappa, eta_L):
    fig, _ = look(writers["valley"], kappa=kappa, eta_L=eta_L, method="gradient descent")
    plane, bars, log = fig.axes
    errors = eigen_errors(kappa, valleys.walk(kappa, eta_L, "gradient descent").x[:6])
    wanted = (errors[1:] / errors[:-1]).mean(axis=0)
    kept = [line.get_ydata()[-1] for line in bars.lines[1:3]]
    assert kept == pytest.approx(wanted, rel=1e-6)
    assert [float(note.get_text()) for note in bars.texts] == pytest.approx(wanted, abs=6e-4)
    shown = trail(plane, "gradient descent")
    assert shown[0] == pytest.approx(valleys.START)
    falls = log.lines[-1].get_xydata()
    for t, exponent in falls[:6]:
        assert 10**exponent == pytest.approx(np.linalg.norm(errors[int(t)]) / np.linalg.norm(errors[0]))


@pytest.mark.parametrize("kappa", [1, 2, 5, 10, 30, 100])
def test_valley_diverges_beyond_two_over_L_and_says_so(writers, kappa):
    says = {eta_L: look(writers["valley"], kappa=kappa, eta_L=eta_L)[1] for eta_L in (1.9, 2, 2.1)}
    assert "diverges" in says[2.1]
    assert "for ever" in says[2]
    assert "is left" in says[1.9]
    lengths = [np.linalg.norm(valleys.walk(kappa, 2.1, "gradient descent").x[t]) for t in (20, 60)]
    assert lengths[1] > lengths[0]


def test_valleys_heavy_ball_keeps_what_its_characteristic_equation_says():
    kappa, eta_L = 30, 0.5
    errors = eigen_errors(kappa, valleys.walk(kappa, eta_L, "heavy ball").x)
    flat, steep = valleys.factor(kappa, eta_L, "heavy ball")
    assert (errors[60, 0] / errors[40, 0]) ** (1 / 20) == pytest.approx(flat, rel=0.02)
    assert steep == pytest.approx(np.sqrt(valleys.beta(kappa)))  # the roots of the steep direction are complex


def test_valleys_newton_arrives_in_one_step_whatever_the_slider_says(writers):
    for kappa in (1, 10, 100):
        for eta_L in (0.1, 2.1):
            fig, says = look(writers["valley"], kappa=kappa, eta_L=eta_L, method="Newton")
            assert "one step to the minimum" in says
            shown = trail(fig.axes[0], "gradient descent")  # the one trail, in Newton's look
            assert np.abs(shown[1:]).max() < 1e-10


def test_valleys_ellipses_are_level_lines(writers):
    fig, _ = look(writers["valley"], kappa=30)
    land = quadratic(30, valleys.ANGLE)
    (patch,) = fig.axes[0].patches
    for reach in np.arange(0.35, 2.2, 0.35):
        on = [v for v in patch.get_path().vertices if land.f(v) == pytest.approx(reach**2 / 2, rel=1e-6)]
        assert len(on) >= 70


@pytest.mark.parametrize("x0", [-1.2, -0.5, 0.8, 1.0, 1.5])
def test_trap_draws_the_parabola_and_its_bottom_is_the_next_place(writers, x0):
    fig, _ = look(writers["trap"], x0=x0, way="pure")
    left = fig.axes[0]
    parabola, lowest = left.lines[1:3]
    f, slope, bend = np.sqrt(1 + x0**2), x0 / np.sqrt(1 + x0**2), (1 + x0**2) ** -1.5
    x = parabola.get_xdata()
    np.testing.assert_allclose(
        parabola.get_ydata(), np.minimum(f + slope * (x - x0) + bend / 2 * (x - x0) ** 2, traps.FAR), rtol=1e-9
    )
    assert lowest.get_xdata() == pytest.approx([-(x0**3)])
    shown = trail(left, "Newton")
    assert shown[:2, 0] == pytest.approx([x0, -(x0**3)])
    np.testing.assert_allclose(shown[:, 1], BOWL.f(shown[:, :1]))


def test_trap_says_how_each_way_ends(writers):
    for x0 in scenes.trap.controls["x0"].values:
        ways = {way: look(writers["trap"], x0=x0, way=way)[1] for way in traps.WAYS}
        if x0 == 0:
            assert len(set(ways.values())) == 1
            continue
        assert ("diverges" in ways["pure"]) == (abs(x0) > 1)
        assert ("for ever" in ways["pure"]) == (abs(x0) == 1)
        for way in ("damped ½", "line search"):
            assert "the minimum" in ways[way]
            assert abs(traps.path(x0, way).x[-1, 0]) < 1e-3


@pytest.mark.parametrize(("x", "words"), [(1e-5, "1.0·10⁻⁵"), (-2.3e-4, "−2.3·10⁻⁴"), (-56815.2, "−56,815")])
def test_a_place_near_zero_is_not_zero(x, words):
    assert traps.place(x) == words


@pytest.mark.parametrize("offset", [0, 4, 10])
def test_scale_it_measures_the_bowl_of_the_data(writers, offset):
    fig, says = look(writers["scale_it"], offset=offset, scaling=scaling.AS_MEASURED)
    x = np.arange(1.0, 11.0) + offset
    X = np.column_stack([np.ones(10), x])
    kappa = np.linalg.cond(X) ** 2
    assert float(re.search(r"κ = ([\d,.]+)\. ", says)[1].replace(",", "")) == pytest.approx(kappa, abs=0.06)
    line, plane, _ = fig.axes
    assert line.lines[0].get_xdata().tolist() == x.tolist()
    best, *_ = np.linalg.lstsq(X, scaling.HEIGHTS, rcond=None)
    w, eta = best + scaling.ERROR, 1 / (np.linalg.norm(X, 2) ** 2 / 10)
    wanted = [w - best]
    for _ in range(scaling.STEPS):
        w = w - eta * X.T @ (X @ w - scaling.HEIGHTS) / 10
        wanted.append(w - best)
    np.testing.assert_allclose(trail(plane, "gradient descent"), wanted, atol=1e-8)
    left = np.linalg.norm(wanted[-1]) / np.linalg.norm(wanted[0])
    assert f"{power(np.log10(left))} of the error is left" in says


def test_scale_its_offset_does_nothing_once_standardised(writers):
    seen = set()
    for offset in (0, 5, 10):
        _, says = look(writers["scale_it"], offset=offset, scaling=scaling.STANDARDISED)
        assert "κ = 1. The bowl is round" in says
        seen.add(np.round(scaling.bowl(offset, scaling.STANDARDISED).x, 9).tobytes())
    assert len(seen) == 1


@pytest.mark.parametrize("walker", straying.WALKERS)
def test_astray_walks_as_one_alone_would(writers, walker):
    optimiser, oracle, steps = straying.WALKERS[walker]
    for x0, y0 in ((-1.0, 0.25), (0.5, 0.5), (2.0, -1.75)):
        alone = descend(optimiser, oracle, [x0, y0], steps=steps)
        fig, says = look(writers["astray"], x0=x0, y0=y0, walker=walker)
        x, _ = straying.walk(walker, x0, y0)
        np.testing.assert_allclose(x, alone.x, atol=1e-9)
        shown = trail(fig.axes[0], "Newton")
        np.testing.assert_allclose(shown, x[: len(shown)])
        assert f"from height {descending.number(round(float(CLINE.f(np.array([x0, y0]))), 2))} to" in says


def test_astray_names_the_kind_of_point_by_the_curvature_there(writers):
    found = Counter()
    for x0 in scenes.astray.controls["x0"].values[::2]:
        for y0 in scenes.astray.controls["y0"].values[::2]:
            x, f = straying.walk("pure Newton", x0, y0)
            end = straying.arrival(x)
            found[end] += 1
            if end:
                w = np.linalg.eigvalsh(CLINE.hessian(x[-1]))
                assert end == ("minimum" if w[0] > 0 else "maximum" if w[1] < 0 else "saddle")
                says = straying.words(x0, y0, "pure Newton", x, f)
                assert f"on a {end}" in says
                assert ("climbed" in says) == (np.abs(x).max() < 3 and f[-1] > f[0] + 1e-6)
    assert found.most_common(1)[0][0] == "saddle"


def test_astray_marks_the_critical_points(writers):
    fig, _ = look(writers["astray"])
    for line in fig.axes[0].lines[:3]:
        points = line.get_xydata()
        assert len(points) > 4
        assert np.abs(CLINE.gradient(points)).max() < 1e-6
