import pytest
from matplotlib.lines import Line2D

from coursepkg import plots
from coursepkg.plots.key import key


@pytest.mark.parametrize(("names", "columns"), [("abc", 3), (["a long name"] * 6, 3), (["long " * 9] * 2, 1)])
def test_a_key_has_as_many_columns_as_the_figure_is_wide_for(names, columns):
    fig, _ = plots.figure()
    legend = key(fig, {f"{name} {k}": Line2D([], []) for k, name in enumerate(names)})
    assert legend._ncols == columns
    fig.draw_without_rendering()
    box = legend.get_window_extent()
    assert 0 <= box.x0 < box.x1 <= fig.bbox.x1


def test_a_key_has_no_more_columns_than_told():
    fig, _ = plots.figure()
    assert key(fig, {name: Line2D([], []) for name in "abc"}, columns=2)._ncols == 2
