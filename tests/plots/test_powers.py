import numpy as np
import pytest

from coursepkg import plots
from coursepkg.plots.powers import PowerBars, PowerCurve, power, power_axis


@pytest.mark.parametrize(
    ("exponent", "written"),
    [
        (-np.inf, "0"),
        (0, "1"),
        (-2, "0.01"),
        (3.0103, "1024"),
        (6.0206, "1.0·10⁶"),
        (-22.41, "3.9·10⁻²³"),
        (-4.00001, "1.0·10⁻⁴"),
    ],
)
def test_a_power_is_written_for_a_reader(exponent, written):
    assert power(exponent) == written


def test_the_axis_names_powers_of_ten_and_one():
    _, ax = plots.figure()
    power_axis(ax, -7, 6, 3)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["10⁻⁶", "10⁻³", "1", "10³", "10⁶"]
    assert ax.get_yticks().tolist() == [-6, -3, 0, 3, 6]


def test_bars_rise_hang_leave_the_picture_or_are_crossed_out():
    _, ax = plots.figure()
    power_axis(ax, -6, 6, 3)
    bars = PowerBars(ax)
    bars.move([2, -3, 9, -8, -np.inf, 0])
    up = [(c[:, 0].mean().round(), c[:, 1].max()) for c in bars.up.get_path().to_polygons()]
    down = [c[:, 1].min() for c in bars.down.get_path().to_polygons()]
    assert [top for _, top in up] == [2, 6]
    assert down == [-3, -6]
    assert bars.above.get_xdata().tolist() == [2]
    assert bars.below.get_xdata().tolist() == [3]
    assert bars.zeros.get_xdata().tolist() == [4]
    bars.move([])
    assert not len(bars.up.get_path().to_polygons())
    assert not len(bars.zeros.get_xdata())


def test_a_curve_ends_in_an_arrow_head_where_it_leaves_the_picture():
    _, ax = plots.figure()
    power_axis(ax, -6, 3, 3)
    curve = PowerCurve(ax, color="C1")
    curve.move([0, 3, 5, 4, -6, -7, -np.inf])
    assert curve.line.get_xydata().tolist() == [[0, 0], [1, 3], [4, -6]]
    assert curve.above.get_xdata().tolist() == [2, 3]
    assert curve.below.get_xdata().tolist() == [5]  # the first is enough
    for head in (curve.above, curve.below):
        assert -6 < head.get_ydata()[0] < 3
        assert head.get_color() == "C1"
    curve.restyle("C2", "--")
    assert {artist.get_color() for artist in curve.artists} == {"C2"}
    curve.move([1, 0])
    assert not len(curve.above.get_xdata())
    assert not len(curve.below.get_xdata())
