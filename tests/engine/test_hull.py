import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from coursepkg.engine.hull import nearest_to_origin


@given(st.integers(0, 10**6), st.integers(1, 12), st.integers(1, 5), st.floats(-1, 3))
@settings(max_examples=60, deadline=None)
def test_no_point_of_the_hull_is_nearer(seed, m, d, offset):
    rng = np.random.default_rng(seed)
    P = rng.standard_normal((m, d)) + offset
    found = nearest_to_origin(P)
    x = found.x
    assert (found.weights > 0).all()
    np.testing.assert_allclose(found.weights @ P[found.rows], x, atol=1e-12 * np.abs(P).max())
    # Optimality (Wolfe 1976): every row lies on the far side of the plane through x.
    assert (P @ x >= x @ x - 1e-9 * np.abs(P).max() ** 2).all()
    # x is in the hull: the best convex weights reproduce it.
    weights = minimize(
        lambda t: np.sum((t @ P - x) ** 2),
        np.full(m, 1 / m),
        bounds=[(0, 1)] * m,
        constraints={"type": "eq", "fun": lambda t: t.sum() - 1},
        method="SLSQP",
        options={"ftol": 1e-14, "maxiter": 500},
    )
    assert weights.fun < 1e-8 * (1 + np.abs(P).max() ** 2)


def test_known_points():
    np.testing.assert_allclose(nearest_to_origin([[1, 1], [1, -1]]).x, [1, 0], atol=1e-15)
    np.testing.assert_allclose(nearest_to_origin([[3, 4]]).x, [3, 4])
    np.testing.assert_allclose(nearest_to_origin([[1, 0], [-1, 1], [-1, -1]]).x, 0, atol=1e-15)
    np.testing.assert_array_equal(nearest_to_origin(np.zeros((3, 2))).x, [0, 0])


def test_repeated_and_dependent_rows_end_too():
    P = np.repeat([[2.0, 0, 1], [0, 2, 1], [1, 1, 1], [4, 4, 2]], 5, axis=0)
    np.testing.assert_allclose(nearest_to_origin(P).x, [1, 1, 1])


def test_the_scale_does_not_matter():
    P = np.random.default_rng(0).standard_normal((20, 3)) + 2
    for scale in (1e-9, 1e9):
        np.testing.assert_allclose(nearest_to_origin(P * scale).x, scale * nearest_to_origin(P).x, rtol=1e-9)


@pytest.mark.parametrize("bad", [[], [[]], [[np.nan, 1]], [1, 2]])
def test_bad_points(bad):
    with pytest.raises(ValueError, match="P must"):
        nearest_to_origin(bad)
