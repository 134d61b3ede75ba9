"""Chapter 6's explorables against the engine: what the page shows is what the engine computed."""

import re

import numpy as np
import pytest

from coursepkg.engine.descent import descend
from coursepkg.engine.optimisers import Adam, GradientDescent
from coursepkg.plots.trail import LOOKS
from coursepkg.scenes import stochastic as scenes
from coursepkg.scenes.stochastic import cold, noise, race
from tests.scenes.looking import look


def axes(fig):
    """The figure's axes by the label that `subplot_mosaic` gave them."""
    return {ax.get_label(): ax for ax in fig.axes}


SOME = [(0.02, 1), (0.2, 4), (0.5, 64), (1.0, 16)]


@pytest.mark.parametrize(("eta", "batch"), SOME)
def test_theory_tends_to_the_formula_of_the_chapter(eta, batch):
    variance, bias = noise.expected(eta, batch, "constant", steps=3000)
    assert variance == pytest.approx(eta * noise.VARIANCE / ((2 - eta) * batch), rel=1e-9)
    assert bias == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("schedule", noise.SCHEDULES)
@pytest.mark.parametrize(("eta", "batch"), SOME)
def test_the_engines_runs_scatter_as_theory_says(eta, batch, schedule):
    found, (variance, bias) = noise.cloud(eta, batch, schedule), noise.expected(eta, batch, schedule)
    # 2,000 runs: the standard error of a variance is 3 %, that of a mean √(V/2000).
    assert found.variance == pytest.approx(variance, rel=0.12)
    assert found.bias == pytest.approx(bias, abs=4 * np.sqrt(variance / noise.RUNS))


def test_one_over_t_is_the_running_mean_of_the_flowers_read():
    means = noise.batch_means(1)[:, 0]
    running = np.cumsum(means)[: noise.STEPS] / np.arange(1, noise.STEPS + 1)
    np.testing.assert_allclose(noise.cloud(1, 1, "η/t").one[1:], running, rtol=1e-10)
    variance, bias = noise.expected(1, 4, "η/t")
    assert variance == pytest.approx(noise.VARIANCE / (4 * noise.STEPS))
    assert bias == 0


def test_with_eta_1_every_step_copies_the_last_batch():
    copies, means = noise.cloud(1, 1, "constant"), noise.batch_means(1)
    np.testing.assert_allclose(copies.one[1:], means[: noise.STEPS, 0], rtol=1e-12)
    assert set(copies.ends.round(9)) <= set(noise.LENGTHS)


def test_noise_ball_draws_the_runs_and_the_bars(writers):
    fig, says = look(writers["noise_ball"], eta=0.5, batch=4, schedule="η/t")
    found, (variance, bias) = noise.cloud(0.5, 4, "η/t"), noise.expected(0.5, 4, "η/t")
    panels = axes(fig)
    one = next(line for line in panels["w"].lines if len(line.get_xdata()) > 100)
    np.testing.assert_array_equal(one.get_ydata(), found.one)
    corners = panels["w"].patches[0].get_xy()
    np.testing.assert_array_equal(corners[: noise.STEPS + 1, 1], found.band[0])
    np.testing.assert_array_equal(corners[noise.STEPS + 1 : 2 * noise.STEPS + 2, 1], found.band[1, ::-1])
    spread, left, ghost = panels["size"].patches
    first = noise.cloud(0.2, 1, "constant")  # the state to compare with
    assert ghost.get_x() + ghost.get_width() == pytest.approx(first.variance)
    np.testing.assert_array_equal([line.get_ydata() for line in panels["w"].lines[-2:]], first.band)
    assert spread.get_x() + spread.get_width() == pytest.approx(found.variance)
    assert left.get_x() + left.get_width() == pytest.approx(found.bias**2)
    theory = next(line for line in panels["size"].lines if line.get_marker() == "D")
    assert theory.get_xdata() == pytest.approx([variance, bias**2])
    assert f"{found.variance:.3g} cm², in theory {variance:.3g}" in says
    assert f"still {abs(found.bias):.2g} cm from the minimum at {noise.MEAN:.2f} cm" in says


def test_the_ghost_shows_a_division_by_four_and_one_by_two(writers):
    for state, words in (
        (dict(eta=0.2, batch=4), "÷ 4"),
        (dict(eta=0.1, batch=1), "÷ 2.1"),
        (dict(eta=0.2, batch=1), ""),
    ):
        fig, _ = look(writers["noise_ball"], **state)
        (note,) = axes(fig)["size"].texts
        assert note.get_text() == words


def test_halving_eta_or_four_times_the_batch():
    at = noise.expected(0.2, 1, "constant", 3000)[0]
    assert at / noise.expected(0.2, 4, "constant", 3000)[0] == pytest.approx(4)
    assert at / noise.expected(0.1, 1, "constant", 3000)[0] == pytest.approx(2.1, abs=0.05)
    assert scenes.noise_ball.ask.answer == 1
    assert "divides it by 2.1" in scenes.noise_ball.ask.because


@pytest.mark.parametrize("beta2", scenes.cold_start.controls["beta2"].values)
@pytest.mark.parametrize("hats", ["with", "without"])
def test_the_averages_on_the_figure_make_the_engines_steps(writers, beta2, hats):
    start = cold.cold(beta2, hats == "with")
    np.testing.assert_allclose(start.m / start.root, start.steps, rtol=1e-9)
    # The engine's steps once more, by another gradient and step size: neither matters.
    path = Adam(0.01, 0.9, beta2, eps=0, corrected=hats == "with").iterates(
        lambda x: (0, np.full(1, -7.0)), np.zeros(1)
    )
    x = np.array([next(path)[0][0] for _ in range(51)])
    np.testing.assert_allclose(np.diff(x) / 0.01, start.steps, rtol=1e-9)
    fig, says = look(writers["cold_start"], t=9, beta2=beta2, hats=hats)
    for ax, values in ((fig.axes[0], start.m), (fig.axes[0], start.root), (fig.axes[1], start.steps)):
        assert any(np.array_equal(line.get_ydata(), values) for line in ax.lines if line.get_linewidth() == 2)
        assert any(np.array_equal(line.get_xydata(), [[9, values[8]]]) for line in ax.lines)
    hat = "\u0302" * (hats == "with")
    assert f"m{hat} = {start.m[8]:.4f} and √v{hat} = {start.root[8]:.4f}" in says
    assert [text.get_text() for text in fig.axes[0].texts] == [f"solid ●: m{hat}    dashed ■: √v{hat}"]
    note = fig.axes[1].texts[0].get_text()
    assert f"{start.m[8]:.4f} / {start.root[8]:.4f}" in note
    assert f"= {start.steps[8]:.3f} η" in note


def test_adams_cold_start_and_its_cure():
    steps = cold.cold(0.999, False).steps
    assert steps[0] == pytest.approx(3.162, abs=5e-4)
    assert steps.max() == pytest.approx(6.569, abs=5e-4)
    assert steps.argmax() + 1 == 12
    for beta2 in (0.9, 0.99, 0.999):
        np.testing.assert_allclose(cold.cold(beta2, True).steps, 1, rtol=1e-9)
    assert (cold.cold(0.9, False).steps < 1).all()
    because = scenes.cold_start.ask.because
    assert "3.162 times η" in because
    assert "twelfth 6.569 times" in because


@pytest.mark.parametrize("optimiser", race.RACERS)
@pytest.mark.parametrize("course", race.COURSES)
def test_a_loss_times_a_thousand_changes_two_paths_only(optimiser, course):
    for eta in race.ETAS:
        one, thousand = (race.run(optimiser, eta, course, times).x for times in (1, race.THOUSAND))
        if max(len(one), len(thousand)) > 1:  # else both are lost at the first step
            assert np.array_equal(one, thousand) == (optimiser in ("AdaGrad", "RMSProp", "Adam"))


def test_turning_the_valley_turns_the_paths_of_those_who_need_no_axes():
    c = np.sqrt(0.5)
    R = np.array([[c, -c], [c, c]])
    for optimiser in race.RACERS:
        straight, turned = (race.run(optimiser, 0.032, course).x for course in ("valley", "valley, turned 45°"))
        equivariant = np.allclose(straight @ R.T, turned, atol=1e-9)
        assert equivariant == (optimiser in ("gradient descent", "heavy ball")), optimiser


def test_everybody_starts_at_the_same_point_and_spends_the_same_budget():
    for course, (surface, start, minima) in race.COURSES.items():
        assert surface.f(minima) == pytest.approx(surface.f(minima[0]))
        assert np.abs(surface.gradient(minima)).max() < 1e-4
        for optimiser in race.RACERS:
            path = race.run(optimiser, 0.001, course)
            assert path.x[0].tolist() == start.tolist()
            assert len(path.x) == race.BUDGET + 1 == 101


@pytest.mark.parametrize("course", race.COURSES)
def test_fair_race_draws_the_path_and_where_all_ended(writers, course):
    fig, says = look(writers["fair_race"], optimiser="heavy ball", eta=0.0056, course=course)
    panels = axes(fig)
    surface, start, _ = race.COURSES[course]
    path = descend(race.RACERS["heavy ball"](0.0056), surface.first, start, 100)
    trail = next(line for line in panels["map"].lines if line.get_linestyle() != "None")
    assert (trail.get_color(), trail.get_marker()) == (LOOKS["heavy ball"].color, LOOKS["heavy ball"].marker)
    drawn = trail.get_xydata()
    np.testing.assert_array_equal(drawn, path.x[: len(drawn)])
    if path.outcome == "diverged":
        assert f"diverged at step {path.step}" in says
        return
    assert len(drawn) == 101
    mine = max(panels["loss"].lines, key=lambda line: line.get_linewidth())
    assert mine.get_color() == LOOKS["heavy ball"].color
    end = np.log10(surface.f(path.x[-1]) - surface.f(race.COURSES[course].minima[0]))
    assert mine.get_ydata()[-1] == pytest.approx(end)
    curves = {line.get_label(): line for line in panels["eta"].lines if len(line.get_xdata()) == len(race.ETAS)}
    assert set(curves) == set(race.RACERS)
    for name, curve in curves.items():
        np.testing.assert_array_equal(curve.get_ydata(), race.shown(race.finals(name, course)))
    ring = next(line for line in panels["eta"].lines if line.get_markersize() == 14)
    assert ring.get_xydata()[0] == pytest.approx([0.0056, end])


def test_the_best_step_size_is_named(writers):
    _, says = look(writers["fair_race"], optimiser="gradient descent", eta=0.001, course="valley")
    losses = {}
    surface, start, _ = race.COURSES["valley"]
    for eta in race.ETAS:
        path = descend(GradientDescent(eta), surface.first, start, 100)
        losses[eta] = path.f[-1] if path.outcome == "stopped" else np.inf
    assert re.search(r"best step size here is ([\d.]+),", says)[1] == f"{min(losses, key=losses.get):g}"
    _, says = look(writers["fair_race"], optimiser="gradient descent", eta=0.032, course="valley")
    assert "No other of these step sizes" in says
    _, says = look(writers["fair_race"], optimiser="gradient descent", eta=0.032, course="valley", times=race.THOUSAND)
    assert "diverges with each of these step sizes" in says


def test_a_path_that_leaves_the_map_is_drawn_up_to_there():
    x = np.array([[0.0, 0], [2, 1], [-9, 3], [50, 4]])
    assert race.near(x).tolist() == x[:3].tolist()
    assert race.near(x[:2]).tolist() == x[:2].tolist()
