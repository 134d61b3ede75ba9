import numpy as np
import pytest

from coursepkg.engine.derivatives import numerical_gradient
from coursepkg.engine.landscapes import critical_points, violating_chord
from coursepkg.engine.landscapes.valleys import PARABOLA, TWO_VALLEYS


@pytest.mark.parametrize("land", [PARABOLA, TWO_VALLEYS], ids=repr)
def test_derivatives_critical_points_and_convexity(land):
    for x in ([-1.7], [-0.3], [0.0], [1.1]):
        x = np.array(x)
        assert land.gradient(x) == pytest.approx(numerical_gradient(land.f, x), abs=1e-8)
        slope = numerical_gradient(lambda x, land=land: float(land.gradient(x)[0]), x)
        assert land.hessian(x)[0] == pytest.approx(slope, abs=1e-6)
    found = critical_points(land.second, land.box)
    assert [point.kind for point in found] == [point.kind for point in land.critical]
    for ours, theirs in zip(found, land.critical, strict=True):
        assert ours.x == pytest.approx(theirs.x, abs=1e-8)
    assert (violating_chord(land.f, land.box) is None) == land.convex


def test_the_left_valley_is_the_deeper_one():
    left, _, right = TWO_VALLEYS.f(np.array([point.x for point in TWO_VALLEYS.critical]))
    assert left < right
