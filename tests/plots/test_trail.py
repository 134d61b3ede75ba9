"""The optimisers' looks, their paths, and the ground they are drawn on."""

import numpy as np
import pytest

from coursepkg import plots
from coursepkg.engine.landscapes import CLINE, quadratic
from coursepkg.engine.newton import Newton
from coursepkg.engine.optimisers import OPTIMISERS, Adam, GradientDescent
from coursepkg.plots.contours import contours, grid
from coursepkg.plots.trail import LOOKS, Trail


def test_every_optimiser_has_a_look_that_needs_no_colour():
    assert set(LOOKS) == {*OPTIMISERS, Newton.name}
    assert len({look.marker for look in LOOKS.values()}) == len(LOOKS)
    assert len({str(look.linestyle) for look in LOOKS.values()}) == len(LOOKS)


def test_a_trail_shows_its_path_from_start_to_end():
    _, ax = plots.figure()
    trail = Trail(ax, GradientDescent(0.1))
    trail.move([(0, 1), (2, 3), (4, 5)])
    assert trail.line.get_xydata().tolist() == [[0, 1], [2, 3], [4, 5]]
    assert trail.start.get_xydata().tolist() == [[0, 1]]
    assert trail.end.get_xydata().tolist() == [[4, 5]]
    trail.move([])
    assert [len(artist.get_xydata()) for artist in trail.artists] == [0, 0, 0]


def test_a_trail_takes_on_another_look():
    _, ax = plots.figure()
    trail = Trail(ax, "gradient descent")
    trail.restyle(Adam)
    assert (trail.line.get_color(), trail.line.get_marker()) == (LOOKS["Adam"].color, LOOKS["Adam"].marker)
    assert trail.start.get_color() == trail.end.get_color() == LOOKS["Adam"].color
    assert trail.start.get_marker() == "o"


def test_the_grid_has_the_first_coordinate_along_its_columns():
    first, second, points = grid(((0, 1), (2, 5)), 4)
    assert points.shape == (4, 4, 2)
    assert points[0, :, 0].tolist() == first.tolist()
    assert points[:, 0, 1].tolist() == second.tolist() == [2, 3, 4, 5]


@pytest.mark.parametrize("landscape", [quadratic(30.0), CLINE], ids=repr)
def test_contours_are_level_lines_of_the_landscape(landscape):
    _, ax = plots.figure()
    lines = contours(ax, landscape.f, landscape.box, levels=6)
    assert len(lines.levels) == 6
    span = np.ptp(landscape.f(grid(landscape.box)[2]))
    for level, segments in zip(lines.levels, lines.allsegs, strict=True):
        assert segments
        for segment in segments:
            assert landscape.f(segment) == pytest.approx(level, abs=0.02 * span)
    assert ax.get_xlim() == landscape.box[0]


def test_equal_areas_lie_between_contours_by_quantiles():
    _, ax = plots.figure()
    box = ((-1, 1), (-1, 1))
    lines = contours(ax, quadratic(100.0).f, box, levels=3)
    heights = quadratic(100.0).f(grid(box)[2])
    assert [np.mean(heights < level) for level in lines.levels] == pytest.approx([0.25, 0.5, 0.75], abs=0.01)
