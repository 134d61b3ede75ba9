"""Separability against SciPy's linear programming, and under shifts and scales, which must not matter."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from coursepkg.engine.datasets import clouds, digits, moons
from coursepkg.engine.perceptron import novikoff, separable
from coursepkg.engine.separation import one_sided, whole


def feasible(X, y):
    """Whether signed (x, 1)·v ≥ 1 has a solution v, by HiGHS: sure for small whole numbers."""
    signed = (2 * y - 1)[:, None] * np.column_stack([X, np.ones(len(X))])
    return linprog(np.zeros(X.shape[1] + 1), A_ub=-signed, b_ub=-np.ones(len(X)), bounds=(None, None)).status == 0


@given(
    st.integers(0, 10**6),
    st.integers(2, 14),
    st.integers(1, 4),
    st.sampled_from([0.0, 5e3, 2.5e5, 1e9]),
    st.sampled_from([1.0, 2.0**-12, 2.0**-40, 2.0**30]),
)
@settings(max_examples=150)
def test_shift_and_scale_do_not_matter(seed, n, d, offset, scale):
    rng = np.random.default_rng(seed)
    whole_numbers, y = rng.integers(-3, 4, (n, d)).astype(float), rng.integers(0, 2, n)
    X = whole_numbers.copy()
    # One column alone is squeezed, so that the others still spread over whole numbers.
    X[:, 0] *= scale
    if scale >= 2.0**-20 or offset == 0:
        X[:, 0] += offset
    X[:, 1:] += offset
    assert separable(X, y) == feasible(whole_numbers, y)


@pytest.mark.parametrize(
    ("X", "y"),
    [
        ([[3e6], [1e6], [0.0]], [0, 0, 1]),
        ([[10000], [10001]], [0, 1]),
        ([[250000.0], [250100], [250200], [250300]], [0, 0, 1, 1]),
        ([[1.0], [np.nextafter(1.0, 2)]], [0, 1]),
        ([[1e-300], [2e-300]], [1, 0]),
        ([[1e300], [-1e300]], [1, 0]),
        ([[0.1, 5.0], [0.1, 6.0]], [1, 0]),
    ],
)
def test_a_gap_is_a_gap_however_small_beside_the_numbers(X, y):
    assert separable(X, y)
    assert not separable([*X, X[0]], [*y, 1 - y[0]])  # the same point in both classes


@pytest.mark.parametrize("seed", range(40))
def test_twelve_points_of_which_one_coordinate_is_nearly_constant(seed):
    rng = np.random.default_rng(seed)
    X, y = rng.integers(-9, 10, (12, 4)).astype(float), rng.integers(0, 2, 12)
    wanted = feasible(X, y)
    X[:, 0] = 1 + X[:, 0] * 2.0 ** -rng.integers(23, 40)
    assert separable(X, y) == wanted


def test_five_points_at_nearly_one_of_two_places():
    places, tiny = np.array([1.0, 1, -1, -1, 1]), np.array([1.0, 2, 3, -1, 0]) * 2.0**-29
    for y in np.ndindex(2, 2, 2, 2, 2):
        X, y = (places + tiny)[:, None], np.array(y)
        order = y[np.argsort(X[:, 0])]
        assert separable(X, y) == (np.count_nonzero(np.diff(order)) <= 1)


@pytest.mark.parametrize("offset", [0.0, 5e3, 1e8])
def test_clouds_with_a_gap_are_separable_wherever_they_lie(offset):
    for seed in range(20):
        data, over = clouds(30, gap=1e-3, seed=seed), clouds(30, gap=-2, seed=seed)
        assert separable(data.X + offset, data.y)
        assert not separable(over.X + offset, over.y)


def test_many_samples_and_many_features():
    data = digits()
    three_or_eight = np.isin(data.y, (3, 8))
    assert separable(data.X[three_or_eight], data.y[three_or_eight] == 8)
    assert not separable(*moons(400)[:2])


def test_one_sided_goes_on_where_the_basis_is_degenerate():
    # Beale's example of cycling (1955), as its dual sees it: many rows through one point.
    P = np.array([[a, b, c] for a in (-1, 0, 1) for b in (-1, 0, 1) for c in (0, 1) if (a, b, c) != (0, 0, 0)], object)
    assert not one_sided(P)  # (1, 0, 0) and (−1, 0, 0) are opposite
    assert one_sided(np.array([row for row in P.tolist() if row > [0, 0, 0]], object))


def test_whole_numbers_keep_what_the_floats_say():
    X = np.random.default_rng(0).standard_normal((6, 3)) * 10.0 ** np.arange(-3, 3)[:, None]
    found = whole(X)
    for column, numbers in zip(X.T, found.T, strict=True):
        ratio = (column - column[0]) / (column[1] - column[0])
        assert [float(n / numbers[1]) for n in numbers] == pytest.approx(ratio.tolist(), rel=1e-9)


def test_a_margin_that_rounding_hides_is_not_called_no_margin():
    with pytest.raises(ValueError, match="separable, but by a margin that is lost in rounding"):
        novikoff([[10000], [10001]], [0, 1])
    assert novikoff([[300], [301]], [0, 1]).gamma == pytest.approx(1 / np.hypot(601, 2), rel=1e-6)
    with pytest.raises(ValueError, match="not linearly separable"):
        novikoff([[10000], [10000]], [0, 1])
