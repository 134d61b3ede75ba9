"""Ridge lines: where they lie, and that each hides what is behind it."""

import numpy as np

from coursepkg import plots
from coursepkg.explorable.svg import ThemedSVG
from coursepkg.plots.ridges import Ridges


def ridges():
    fig, ax = plots.figure()
    fig.set_dpi(72)
    return fig, Ridges(ax)


def test_a_flat_surface_is_the_disc_itself():
    _, drawn = ridges()
    drawn.move(lambda u, v: 0 * u, 0.7)
    for artist, depth in zip(drawn.artists, drawn.depths, strict=True):
        x, y = artist.get_xydata().T
        np.testing.assert_allclose(y, depth * drawn.tilt)
        np.testing.assert_allclose(x[[0, -1]] ** 2 + depth**2, 1)


def test_turning_shows_another_side():
    _, drawn = ridges()
    drawn.move(lambda u, v: (u + 1) / 2, 0.0)
    rising = drawn.artists[10].get_ydata()
    drawn.move(lambda u, v: (u + 1) / 2, np.pi)
    falling = drawn.artists[10].get_ydata()
    np.testing.assert_allclose(rising, falling[::-1])
    assert rising[-1] > rising[0]


def test_rows_come_from_back_to_front_and_hide_in_the_colour_of_the_paper():
    fig, drawn = ridges()
    drawn.move(lambda u, v: 0 * u + 1, 0.0)
    assert (np.diff(drawn.depths) < 0).all()
    orders = [artist.get_zorder() for artist in drawn.artists]
    assert orders == sorted(orders)
    fig.draw_without_rendering()
    written = ThemedSVG(*fig.bbox.size, prefix="test").take(drawn.artists[5])
    paper, line = written.split("/>")[:2]
    assert "fill:var(--xp-paper)" in paper
    assert "stroke:" not in paper
    assert "fill:none" in line
