import numpy as np
import pytest

from coursepkg import plots
from coursepkg.plots.violins import Violins, outline


def test_an_outline_is_wider_where_more_values_lie():
    corners = outline(3, np.array([0.1, 0.1, 0.1, 0.1, 0.6]), np.array([0.0, 0.5, 1.0]))
    half = {y: max(x - 3 for x, v in corners if v == y) for y in (0.0, 1.0)}
    assert half[0.0] == pytest.approx(0.45)
    assert half[1.0] == pytest.approx(0.45 / 2)  # the root of a quarter
    left, right = corners[:, 0].min(), corners[:, 0].max()
    assert left + right == pytest.approx(6)


def test_values_beyond_the_axes_count_at_its_ends():
    corners = outline(1, np.array([-9.0, 9.0]), np.linspace(-1, 1, 5))
    assert (corners[:, 1].min(), corners[:, 1].max()) == (-1, 1)
    assert sorted(set(corners[:, 0].round(9))) == [0.55, 1.0, 1.45]


def test_only_as_many_shapes_as_samples():
    _, ax = plots.figure()
    ax.set_ylim(-1, 1)
    violins = Violins(ax, 3)
    violins.move([np.zeros(4), np.ones((2, 2))])
    assert [len(shape.get_xy()) > 3 for shape in violins.shapes] == [True, True, False]
    violins.move([np.zeros(4)])
    assert [len(shape.get_xy()) > 3 for shape in violins.shapes] == [True, False, False]
