"""Chapter 8's explorables against the engine: what the page shows is what the engine computed."""

import re
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.path import Path

from coursepkg.engine.descent import descend
from coursepkg.engine.landscapes import CLINE, HYPERBOLA, LINE, SADDLE, kind
from coursepkg.engine.newton import Newton
from coursepkg.engine.optimisers import GradientDescent
from coursepkg.plots.critical import SIGNS
from coursepkg.plots.numbers import number
from coursepkg.plots.powers import SUPERSCRIPT, power
from coursepkg.scenes.landscapes import chords, cline, nets, runs, sharp, surface
from coursepkg.scenes.landscapes.conic import NOTHING, conic
from tests.scenes.looking import look


def numbers(says):
    return [float(n.replace("−", "-")) for n in re.findall(r"−?\d+(?:\.\d+)?", says)]


def line_with(ax, marker):
    (line,) = [line for line in ax.lines if line.get_marker() == marker]
    return line.get_xydata()


# Chord test


@pytest.mark.parametrize("name", LINE)
def test_the_chart_of_chords_is_that_of_the_functions_own_chords(name):
    land, t = LINE[name], np.linspace(0, 1, 101)[:, None, None]
    a, b = chords.TICKS[None, :], chords.TICKS[:, None]
    f = lambda x: land.f(np.asarray(x)[..., None])  # noqa: E731
    over = (f((1 - t) * a + t * b) - (1 - t) * f(a) - t * f(b)).max(axis=0)
    np.testing.assert_array_equal(chords.chart(name), over > 1e-9)
    assert chords.chart(name).any() == (not land.convex)


def test_chord_test_draws_the_chord_and_its_excess(writers):
    fig, says = look(writers["chord_test"], f="x²/(1 + x²)", a=2, b=0)
    graph, square = fig.axes
    top = LINE["x²/(1 + x²)"].f([2.0])
    bar = next(line for line in graph.lines if line.get_linewidth() == 4).get_xydata()
    x = bar[0, 0]
    assert bar[:, 1] * top == pytest.approx([0.4 * x, x * x / (1 + x * x)])  # the chord is 0.4 x
    assert numbers(says.replace("2/η", ""))[:2] == pytest.approx([x, np.ptp(bar[:, 1]) * top], abs=6e-4)
    assert line_with(square, "o").tolist() == [[2, 0]]
    assert len(line_with(square, "x")) == chords.chart("x²/(1 + x²)").sum() == 220
    assert "Of the 210 chords of the grid 110 are violated." in says
    _, says = look(writers["chord_test"], f="eˣ", a=-2, b=2)
    assert says.endswith("Of the 210 chords of the grid none is violated.")
    _, says = look(writers["chord_test"], a=1, b=1)
    assert "no chord" in says


# Cline's terrain


def test_every_start_leads_where_the_engine_leads_it():
    """A sample of starts, both halves of the map, each run by itself."""
    rng = np.random.default_rng(8)
    for method, oracle in (("gradient descent", CLINE.first), ("Newton", CLINE.second)):
        found = runs.runs(method)
        for i, j in rng.integers(0, runs.SIDE, (40, 2)):
            start = np.array([runs.TICKS[i], runs.TICKS[j]])
            x = descend(runs.METHODS[method], oracle, start, runs.STEPS[method], limit=1e300).x
            path, end = found.paths[i][j], found.ends[i, j]
            np.testing.assert_allclose(path[0], start, atol=1e-9)
            on_map = np.linalg.norm(CLINE.gradient(x[-1])) < 1e-3 and np.abs(x[-1]).max() <= 3
            assert (end >= 0) == on_map
            if end >= 0:
                point = runs.critical()[end]
                np.testing.assert_allclose(x[-1], point.x, atol=0.01)
                away = np.linalg.norm(x - x[-1], axis=1) > runs.GRAIN
                assert found.steps[i, j] == away.sum()
                if np.abs(x).max() < 3:
                    np.testing.assert_allclose(path[-1], point.x, atol=2 * runs.GRAIN)


def test_a_path_is_thinned_but_never_off_by_more_than_the_eye_sees():
    for start in ((1.5, 1.2), (-2.9, 0.4), (0.1, 0.0), (2.8, -2.5)):
        i, j = (round(10 * v) + 30 for v in start)
        whole = descend(GradientDescent(0.01), CLINE.first, np.array(start), 600).x
        path = runs.runs("gradient descent").paths[i][j]
        dense = np.concatenate([np.linspace(p, q, 20) for p, q in pairwise(path)])
        gaps = np.linalg.norm(whole[:, None] - dense, axis=-1).min(axis=1)
        assert gaps.max() < 0.04


def test_a_step_out_of_the_picture_ends_at_its_edge():
    path = runs.whole_steps(np.array([(0.0, 0.0), (1.0, 1.0), (5.0, 1.0), (0.0, 0.0)]))
    np.testing.assert_allclose(path, [(0, 0), (1, 1), (3.1, 1)])


def test_the_map_is_symmetric_and_its_deepest_basin_has_its_share():
    found = runs.runs("gradient descent")
    heights = np.array([CLINE.f(p.x) for p in runs.critical()] + [np.nan])[found.ends]
    np.testing.assert_allclose(heights, heights[::-1, ::-1])
    assert 100 * np.mean(heights < -1.1154) == pytest.approx(14.1, abs=0.05)


def cubics(path):
    """The path's corners, and places (m, 2) along its cubics."""
    t, corners, places = np.linspace(0, 1, 20)[:, None], [], []
    for points, code in path.iter_segments(curves=True, simplify=False):
        if code == Path.CURVE4:
            p0, (p1, p2, p3) = corners[-1], points.reshape(3, 2)
            places.append((1 - t) ** 3 * p0 + 3 * t * (1 - t) ** 2 * p1 + 3 * t**2 * (1 - t) * p2 + t**3 * p3)
        corners.append(points[-2:])
    return np.array(corners), np.vstack(places)


@pytest.mark.parametrize("start", [(0.5, 0.5), (1.5, 1.2), (-1.5, 0.4), (0.3, 0.9), (2.0, -0.3), (1.8, 1.4)])
def test_the_conic_is_the_contour_of_the_local_quadratic(start):
    x = np.array(start)
    _, g, H = CLINE.second(x)
    path = conic(x, g, H, grain=1e-9)
    corners, places = cubics(path)
    q = lambda p: (p - x) @ g + 0.5 * np.einsum("ni,ij,nj->n", p - x, H, p - x)  # noqa: E731
    np.testing.assert_allclose(q(corners), 0, atol=1e-6)
    # |q| over the slope of q is the distance from the contour, to first order: a grain or two on the map.
    seen = places[np.abs(places).max(axis=1) < 3]
    assert (np.abs(q(seen)) / np.linalg.norm(g + (seen - x) @ H, axis=1)).max() < 0.04
    assert (len(path.to_polygons(closed_only=False)) == 2) == (kind(H) == "saddle")  # two branches, or one ellipse
    # Its centre is where Newton's whole step lands.
    np.testing.assert_allclose((path.vertices.min(axis=0) + path.vertices.max(axis=0)) / 2, newton(x))


def newton(x):
    steps = Newton().iterates(CLINE.second, x)
    next(steps)
    return next(steps)[0]


def test_no_conic_where_the_gradient_is_zero():
    assert conic(np.zeros(2), *CLINE.second(np.zeros(2))[1:], grain=1) is NOTHING


def test_terrain_shows_the_run_it_speaks_of(writers):
    fig, says = look(writers["terrain"], x=-0.9, y=0.7, method="gradient descent")
    assert "to the deepest minimum (−0.43, 0.43), f = −1.115" in says
    signs = {line.get_label(): line.get_xydata() for line in fig.axes[0].lines if len(line.get_xydata()) > 10}
    assert {name: len(signs[name]) for name in SIGNS} == {"minimum": 18, "saddle": 29, "maximum": 16}
    _, says = look(writers["terrain"], x=0, y=0, method="gradient descent")
    assert "stays where it is: the gradient is 0 at the saddle (0, 0)" in says
    _, says = look(writers["terrain"], x=0.7, y=0.5, method="Newton")
    assert says.startswith("The local quadratic is a dome. Newton takes 2 steps to the maximum (0.66, 0.66)")
    (image,) = fig.axes[0].images
    np.testing.assert_array_equal(image.get_array(), cline.shades("Newton"))
    i, j = 37, 35
    red, green, blue, _ = cline.shades("Newton")[j, i] / 255
    assert (red, green, blue) == pytest.approx((0xB3 / 255, 0x58 / 255, 0x8A / 255), abs=0.01)  # purple: a maximum


# Saddle escape


@pytest.mark.parametrize(("p", "eta"), [(-6, 0.1), (-12, 0.05), (-3, 0.4), (0, 0.2)])
def test_saddle_escape_counts_the_steps_of_the_formula(writers, p, eta):
    fig, says = look(writers["saddle_escape"], p=p, eta=eta)
    k = int(np.ceil(-p * np.log(10) / np.log(1 + 2 * eta) - 1e-9))
    assert f"takes {k} steps" in says or (k == 0 and "leaves at once" in says)
    if (p, eta) == (-6, 0.1):
        assert k == 76
    plane, height = fig.axes
    path = next(line for line in plane.lines if line.get_label() == "gradient descent").get_xydata()
    np.testing.assert_allclose(path[1:], path[:-1] - eta * SADDLE.gradient(path[:-1]))
    if k:  # the run is shown until it has left, and no further
        assert np.flatnonzero(path[:, 1] >= 1).tolist() == [k]
        assert f"From y₀ = 10{str(p).translate(SUPERSCRIPT)} it" in says
        nearest = np.hypot(*path.T).min()
        assert f"passing the saddle at distance {power(np.log10(nearest))}." in says
    curve = height.lines[1].get_xydata()
    np.testing.assert_allclose(10 ** curve[:, 1], (1 + 2 * eta) ** curve[:, 0] * 10.0**p)


# Flat or sharp


@pytest.mark.parametrize(("a", "eta"), [(3, 0.2), (3, 0.25), (1, 0.5), (4, 0.5), (2, 0.05)])
def test_flat_or_sharp_draws_the_run_and_names_its_end(writers, a, eta):
    fig, says = look(writers["flat_or_sharp"], a=a, eta=eta)
    assert numbers(says.replace("2/η", ""))[:2] == pytest.approx([a**2 + a**-2, 2 / eta], abs=0.005)
    path = next(line for line in fig.axes[0].lines if line.get_label() == "gradient descent").get_xydata()
    whole = descend(GradientDescent(eta), HYPERBOLA.first, np.array([a, 1 / a + 0.001]), 2000)
    np.testing.assert_allclose(path, whole.x[: len(path)], atol=6e-4)
    if whole.outcome == "diverged":
        assert f"diverged at step {whole.step}" in says
    elif a**2 + a**-2 < 2 / eta:
        assert says.endswith("settles in it.")
    else:
        assert numbers(says)[-1] == pytest.approx(float((whole.x[-1] ** 2).sum()), abs=0.005)
    (note,) = fig.axes[1].texts
    assert note.get_text().startswith(f"2/η = {number(2 / eta)}")
    assert ("↑" in note.get_text()) == (2 / eta > sharp.TOP)
    line = next(line for line in fig.axes[1].lines if line.get_linestyle() == "-").get_xydata()
    assert line[0] == pytest.approx([0, float(sharp.sharpness(np.array([a, 1 / a + 0.001])))], abs=0.001)


# Net landscape


def test_net_landscape_shows_the_slice_of_the_trained_net(writers):
    fig, says = look(writers["net_landscape"], kind="residual", depth=2, turn=0)
    found = nets.slice_of("residual", 2)
    middle = len(nets.TICKS) // 2
    assert f"loss {found.loss[middle, middle]:.1g} where it was trained" in says
    _, deep = look(writers["net_landscape"], kind="residual", depth=16, turn=0)
    assert nets.slice_of("residual", 16).loss[middle, middle] < 0.001
    assert "loss below 0.001 where it was trained" in deep
    fig, _ = look(writers["net_landscape"], kind="residual", depth=2, turn=0)
    seen = fig.axes[0]
    front = min((line for line in seen.lines if len(line.get_xdata()) > 2), key=lambda line: line.floor)
    x, y = front.get_xydata().T
    depth = front.floor / 0.55 + 0.02 / 0.55
    wanted = surface.tall(nets.heights(found.loss, x, np.full_like(x, depth)))
    np.testing.assert_allclose(y, depth * 0.55 + wanted * 0.75, atol=1e-9)


def test_a_turn_by_a_right_angle_exchanges_the_directions(writers):
    """Seen from the side of d₁ = 1, what was to the right is now in front."""
    fig, _ = look(writers["net_landscape"], kind="plain", depth=8, turn=0)
    ridges = surface.Ridges(fig.add_subplot())
    loss = nets.slice_of("plain", 8).loss
    ridges.move(lambda u, v: nets.heights(loss, u, v), np.pi / 2)
    front = ridges.artists[-1]
    x, y = front.get_xydata().T
    depth = ridges.depths[-1]
    wanted = nets.heights(loss, np.full_like(x, -depth), x)
    np.testing.assert_allclose(y, depth * ridges.tilt + wanted * ridges.lift, atol=1e-9)


def test_heights_between_grid_points_are_bilinear():
    plane = np.add.outer(3 * nets.TICKS, 2 * nets.TICKS)  # 2a + 3b, b along the rows
    rng = np.random.default_rng(0)
    a, b = rng.uniform(-1, 1, (2, 50))
    np.testing.assert_allclose(nets.heights(plane, a, b), 2 * a + 3 * b, atol=1e-12)


def test_dents_are_counted_in_the_disc():
    flat = np.add.outer(nets.TICKS**2, nets.TICKS**2)
    assert nets.dents(flat) == 1
    flat[20, 30] = flat[3, 3] = -1  # the second lies in a corner, outside of the disc
    assert nets.dents(flat) == 2


def test_no_slice_is_higher_than_the_picture():
    for name in ("plain", "residual"):
        for depth in nets.DEPTHS:
            assert nets.slice_of(name, depth).loss[nets.DISC].max() <= surface.TOP
