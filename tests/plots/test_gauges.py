"""Gauges and strips: small bars at places, and a tape of named cells."""

import numpy as np
from matplotlib.figure import Figure

from coursepkg.plots.gauges import Gauges
from coursepkg.plots.strip import Strip


def bars(patch):
    """Each bar of the patch's path: its left, its foot and its signed height."""
    corners = patch.get_path().vertices
    if len(corners) == 1:
        return []
    return [(p[0, 0], p[0, 1], p[2, 1] - p[0, 1]) for p in corners.reshape(-1, 5, 2)]


def test_a_gauge_stands_at_its_place_as_high_as_its_value():
    gauges = Gauges(Figure().subplots(), [(0, 0), (1, 3)], width=0.1, scale=2.0, plate=(0.4, 0.3))
    gauges.move([0.5, -0.25], [0.5, -0.25])
    for patch in (gauges.expected, gauges.found):
        np.testing.assert_allclose(bars(patch), [(-0.05, 0, 1.0), (0.95, 3, -0.5)])


def test_a_value_that_is_not_there_yet_has_no_bar():
    gauges = Gauges(Figure().subplots(), [(0, 0), (1, 1)], width=0.1, scale=2.0, plate=(0.4, 0.3))
    gauges.move([0.5, -0.25], [np.nan, -0.5])
    assert len(bars(gauges.expected)) == 2
    np.testing.assert_allclose(bars(gauges.found), [(0.95, 1, -1.0)])
    gauges.move([0, 0], [np.nan, np.nan])
    assert bars(gauges.found) == []


def test_plates_are_drawn_after_what_they_cover_and_before_the_bars():
    gauges = Gauges(Figure().subplots(), [(0, 0)], width=0.1, scale=1.0, plate=(0.4, 0.3))
    gauges.move([1], [1])
    order = [artist.get_zorder() for artist in gauges.artists]
    assert order == sorted(order)
    assert order[0] > 2  # the edges and neurons of a network diagram lie below
    left, foot, height = bars(gauges.plates)[0]
    assert (left, foot, height) == (-0.1, -0.15, 0.3)


def test_a_strip_counts_its_cells_row_by_row_each_in_its_own_direction():
    ax = Figure().subplots()
    strip = Strip(ax, (("a", "b"), ("c", "d", "e")), (1, -1), ("there", "back"), room=1.0)
    places = {}
    for text in ax.texts:
        places[text.get_text()] = text.get_position()
    for k, name in enumerate("abcde"):
        strip.move(k)
        left, foot = strip.mark.get_xy()
        x, y = places[name]
        assert left < x < left + 1
        assert foot < y < foot + 1
    assert places["a"][0] < places["b"][0]
    assert places["c"][0] > places["d"][0] > places["e"][0]
    assert places["c"][1] < places["a"][1]
