"""A path of parabolas is the function itself, at every point and not at its knots alone."""

from itertools import pairwise

import numpy as np
import pytest

from coursepkg.plots.parabolas import parabolas


def test_a_bezier_curve_is_the_parabola_itself():
    def f(w):
        return 0.5 * (w + 1.3) ** 2 + 0.7 * np.abs(w)  # a kink at 0, so a knot there

    knots = (-2, 0, 3)
    path = parabolas(knots, f)
    for k, (left, right) in enumerate(pairwise(knots)):
        start, control, end = path.vertices[2 * k : 2 * k + 3]
        for t in np.linspace(0, 1, 9):
            x, y = (1 - t) ** 2 * start + 2 * t * (1 - t) * control + t**2 * end
            assert x == pytest.approx(left + t * (right - left))
            assert y == pytest.approx(f(x))
