import numpy as np
import pytest

from coursepkg import plots
from coursepkg.engine.activations import relu_slope, sigmoid, step
from coursepkg.plots.split import SplitCurve


@pytest.fixture
def curve():
    _, ax = plots.figure()
    return SplitCurve(ax, (-2, 3), color=plots.INK)


def test_a_jump_is_not_bridged(curve):
    curve.move(step, rings=True)
    left, right = curve.branches
    assert set(left.get_ydata()) == {0}
    assert set(right.get_ydata()) == {1}
    assert left.get_xdata()[0] == -2
    assert -1e-9 < left.get_xdata()[-1] < 0
    assert right.get_xdata()[-1] == 3
    assert 0 < right.get_xdata()[0] < 1e-9
    assert curve.rings.get_ydata().tolist() == [0, 1]


def test_the_branches_are_the_function_and_rings_go_again(curve):
    curve.move(relu_slope, rings=True)
    curve.move(sigmoid)
    assert not len(curve.rings.get_xdata())
    for branch in curve.branches:
        np.testing.assert_array_equal(branch.get_ydata(), sigmoid(branch.get_xdata()))


def test_the_end_that_holds_the_value_is_a_full_dot():
    from coursepkg.engine.activations import step

    _, ax = plots.figure()
    curve = SplitCurve(ax, (-2, 2))
    curve.move(step, rings=True, value=float(step(0.0)))
    assert curve.rings.get_xydata().tolist() == [[0, 0]]
    assert curve.dot.get_xydata().tolist() == [[0, 1]]
    assert curve.dot.get_markerfacecolor() == curve.dot.get_color()
    curve.move(np.sign, rings=True)
    assert curve.rings.get_xydata().tolist() == [[0, -1], [0, 1]]
    assert len(curve.dot.get_xdata()) == 0
