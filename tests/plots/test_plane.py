import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coursepkg import plots
from coursepkg.plots import boundary, half_plane

LIMITS = (-1.0, 2.0, -3.0, 1.0)
numbers = st.integers(-30, 30).map(lambda k: k / 10)


def area(corners):
    x, y = corners[:, 0], corners[:, 1]
    return 0.5 * abs(x @ np.roll(y, -1) - y @ np.roll(x, -1)) if len(corners) else 0.0


@given(numbers, numbers, numbers)
def test_a_half_plane_and_its_opposite_fill_the_rectangle(w1, w2, b):
    assume(w1 or w2)
    corners = half_plane((w1, w2), b, LIMITS)
    assert area(corners) + area(half_plane((-w1, -w2), -b, LIMITS)) == pytest.approx(12)
    if len(corners):
        assert (corners @ (w1, w2) + b >= -1e-9).all()


def test_without_weights_the_bias_decides_for_all():
    assert area(half_plane((0, 0), 1, LIMITS)) == 12
    assert area(half_plane((0, 0), -1, LIMITS)) == 0


@given(numbers, numbers, numbers)
def test_the_boundary_ends_lie_on_the_line_and_on_the_frame(w1, w2, b):
    ends = boundary((w1, w2), b, LIMITS)
    assert ends.shape in ((0, 2), (2, 2))
    left, right, bottom, top = LIMITS
    for x, y in ends:
        assert w1 * x + w2 * y + b == pytest.approx(0, abs=1e-9)
        assert min(abs(x - left), abs(x - right), abs(y - bottom), abs(y - top)) < 1e-9


def test_a_plane_draws_classes_by_shape_and_the_arrow_at_a_right_angle():
    _, ax = plots.figure()
    plane = plots.Plane(ax, (-2, 2, -2, 2))
    plane.label([[0, 0], [1, 1], [1, 0]], [0, 1, 0])
    plane.move((1, 2), -1)
    assert plane.zeros.get_marker() != plane.ones.get_marker()
    assert np.transpose(plane.zeros.get_data()).tolist() == [[0, 0], [1, 0]]
    assert np.transpose(plane.ones.get_data()).tolist() == [[1, 1]]
    tip = max(plane.arrow.get_xy(), key=lambda p: p @ (1, 2))
    foot = np.array([1, 2]) / 5  # the point of the line nearest to the origin, the middle of this plane
    along = tip - foot
    assert along[0] * 2 - along[1] == pytest.approx(0, abs=1e-9)
    assert np.diff(plane.line.get_xydata(), axis=0)[0] @ along == pytest.approx(0, abs=1e-9)


def test_a_plane_of_no_weights_has_neither_line_nor_arrow():
    _, ax = plots.figure()
    plane = plots.Plane(ax, (-2, 2, -2, 2))
    plane.move((1, 1), 0)
    plane.move((0, 0), 1)
    assert len(plane.line.get_xydata()) == 0
    assert not np.any(plane.arrow.get_xy())
