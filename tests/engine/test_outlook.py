"""The long run against what is proved of it: a linear factor, the logistic map's windows, a kink."""

import numpy as np
import pytest

from coursepkg.engine.optimisers import GradientDescent
from coursepkg.engine.outlook import outlook


def parabola(x):
    return 0.5 * x @ x, x


def wedge(x):
    return np.abs(x).sum(), np.sign(x)


@pytest.mark.parametrize(
    ("eta", "kind"), [(0.02, "settled"), (1, "settled"), (1.9, "settled"), (2, "cycling"), (2.1, "growing")]
)
def test_on_the_parabola_the_factor_decides(eta, kind):
    found = outlook(GradientDescent(eta), parabola, [-1.5])
    assert found.kind == kind
    if kind == "cycling":
        assert sorted(found.x[:, 0]) == pytest.approx([-1.5, 1.5])
        assert found.f == pytest.approx([1.125, 1.125])
    if kind == "settled":
        assert found.x == pytest.approx(np.zeros((1, 1)), abs=1e-6)


def test_on_a_wedge_a_run_that_grew_at_first_is_bounded_and_cycles():
    found = outlook(GradientDescent(1.5), wedge, [0.5])
    assert (found.kind, sorted(found.x[:, 0]), sorted(found.f)) == ("cycling", [-1, 0.5], [0.5, 1])


@pytest.mark.parametrize(("r", "kind", "period"), [(2.8, "settled", 1), (3.2, "cycling", 2), (3.5, "cycling", 4)])
def test_the_logistic_map_has_the_periods_that_may_published(r, kind, period):
    """May (1976): x → r x (1 − x) has a fixed point below r = 3, then cycles of 2 and, from 1 + √6, of 4."""
    found = outlook(GradientDescent(1.0), lambda x: (x @ x, x - r * x * (1 - x)), [0.3])
    assert (found.kind, len(found.x)) == (kind, period)
    assert np.allclose(r * found.x * (1 - found.x), np.roll(found.x, -1, axis=0), atol=1e-8)


def test_chaos_is_bounded_and_a_slow_approach_is_closing_in():
    assert outlook(GradientDescent(1.0), lambda x: (x @ x, x - 3.9 * x * (1 - x)), [0.3]).kind == "bounded"
    # f = x⁴/4: x falls like 1/√(2ηk), for ever, and is never there.
    slow = outlook(GradientDescent(0.1), lambda x: (x @ x, x**3), [1.0])
    assert slow.kind == "closing in"
    assert slow.x[-1, 0] == pytest.approx(1 / np.sqrt(2 * 0.1 * slow.steps), rel=0.01)


def test_it_looks_no_further_than_it_must():
    assert outlook(GradientDescent(1.0), parabola, [1.0]).steps < 200
    with pytest.raises(ValueError, match="steps"):
        outlook(GradientDescent(1.0), parabola, [1.0], steps=3)
