from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from sklearn.linear_model import ElasticNet as Theirs

from coursepkg.engine.derivatives import numerical_gradient, relative_error
from coursepkg.engine.network import mlp
from coursepkg.engine.optimisers import Adam, AdamW, GradientDescent
from coursepkg.engine.regularisers import L1, L2, ElasticNet, early_stopping_filter, penalised, ridge_filter


@given(st.floats(0, 5), st.floats(0, 1), st.integers(0, 10**6), st.integers(1, 5))
@settings(max_examples=30, deadline=None)
def test_gradients_against_central_differences(lam, rho, seed, d):
    w = np.random.default_rng(seed).standard_normal(d)
    w = w + 0.01 * np.sign(w)  # keep clear of |w|'s kink
    penalty = ElasticNet(lam, rho)
    assert relative_error(penalty.gradient(w), numerical_gradient(penalty.value, w)) < 1e-6


@given(st.floats(-3, 3), st.floats(0, 3), st.floats(0, 1), st.floats(0.1, 2))
@settings(max_examples=40, deadline=None)
def test_prox_is_the_minimiser(a, lam, rho, t):
    penalty = ElasticNet(lam, rho)
    found = minimize_scalar(
        lambda w: 0.5 * (w - a) ** 2 + t * penalty.value([w]), bounds=(-4, 4), options={"xatol": 1e-9}
    )
    assert penalty.prox(a, t) == pytest.approx(found.x, abs=1e-4)


def test_shrink_or_snap():
    a = np.linspace(-3, 3, 25)
    for lam in (0.0, 0.4, 1.0, 2.5):
        np.testing.assert_allclose(L2(lam).prox(a), a / (1 + lam))
        np.testing.assert_allclose(L1(lam).prox(a), np.sign(a) * np.maximum(np.abs(a) - lam, 0))
    # Which λ zeroes a = 1? λ ≥ 1 for L1, none for L2.
    assert [bool(L1(lam).prox(1.0) == 0) for lam in (0.9, 1.0, 3.0)] == [False, True, True]
    assert L2(1e6).prox(1.0) > 0


def test_values_of_many_networks():
    w = np.array([[1.0, -2.0], [3.0, 0.0]])
    np.testing.assert_allclose(L2(2.0).value(w), [5, 9])
    np.testing.assert_allclose(L1(2.0).value(w), [6, 6])
    np.testing.assert_allclose(ElasticNet(2.0, 0.5).value(w), [5.5, 7.5])
    assert ElasticNet(2.0).rho == Theirs().l1_ratio
    assert L1(1) == ElasticNet(1, 1.0)
    assert L2(1) == ElasticNet(1, 0.0)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_penalty_acts_on_weights_not_on_biases(dtype):
    net = mlp((2, 2, 1))
    theta = np.ones(net.size, dtype)
    f, g = penalised(lambda x: (1.0, 0 * x), L2(0.5), net.is_weight)(theta)
    assert f == 1 + 0.25 * 6
    np.testing.assert_array_equal(g, 0.5 * net.is_weight)
    assert g.dtype == dtype


def test_l2_is_weight_decay_for_descent_but_not_for_adam():
    curve = lambda x: (float(x @ np.diag([1.0, 100.0]) @ x) / 2, np.array([1.0, 100.0]) * x)  # noqa: E731
    start, lam, eta = np.array([1.0, 1.0]), 0.1, 0.001

    def end(optimiser, oracle):
        return list(islice(optimiser.iterates(oracle, start), 30))[-1][0]

    decayed = start
    for _ in range(29):
        decayed = decayed - eta * curve(decayed)[1] - eta * lam * decayed
    np.testing.assert_allclose(end(GradientDescent(eta), penalised(curve, L2(lam))), decayed, rtol=1e-12)
    l2, decoupled = end(Adam(0.05), penalised(curve, L2(lam))), end(AdamW(0.05, decay=lam), curve)
    assert np.abs(l2 - decoupled).max() > 1e-3


def test_stopping_is_shrinking():
    eta, t, lam = 0.1, 20, 0.05
    assert early_stopping_filter(lam, eta, t) == pytest.approx(0.0954, abs=5e-5)
    assert ridge_filter(lam, 1 / (eta * t)) == pytest.approx(0.0909, abs=5e-5)
    # It is what t steps of descent do along each eigenvector: along a flat one nothing.
    h, w = np.array([0.0, 0.5, 2.0, 7.0]), np.zeros(4)
    for _ in range(t):
        w = w - eta * h * (w - 1)
    np.testing.assert_allclose(w, early_stopping_filter(h, eta, t), rtol=1e-12)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: L2(-1), "lam must be a finite number >= 0"),
        (lambda: L1(np.nan), "lam must be"),
        (lambda: ElasticNet(1, 1.5), r"rho must be a number in \[0, 1\]"),
    ],
)
def test_bad_penalties(call, says):
    with pytest.raises(ValueError, match=says):
        call()
