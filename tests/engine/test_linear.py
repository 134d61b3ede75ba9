from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import Lasso, Ridge

from coursepkg.engine import linear
from coursepkg.engine.datasets import noisy_polynomial
from coursepkg.engine.derivatives import numerical_gradient, relative_error
from coursepkg.engine.preparation import standardise


def problem(seed=0, n=20, d=4):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, d))
    return X, X @ rng.standard_normal(d) + 0.3 * rng.standard_normal(n)


@given(st.integers(0, 10**6), st.integers(1, 6))
@settings(max_examples=30, deadline=None)
def test_least_squares_three_ways(seed, d):
    X, y = problem(seed, 20, d)
    best = np.linalg.lstsq(X, y, rcond=None)[0]
    np.testing.assert_allclose(linear.least_squares(X, y), best, rtol=1e-9, atol=1e-10)
    np.testing.assert_allclose(linear.least_squares(X, y, "normal"), best, rtol=1e-8, atol=1e-9)
    descended = linear.descend_squares(X, y, steps=5000)
    assert descended.converged
    np.testing.assert_allclose(descended.w, best, atol=1e-6)
    assert (
        relative_error(
            linear.squared_loss(X, y, best + 1)[1],
            numerical_gradient(lambda w: linear.squared_loss(X, y, w)[0], best + 1),
        )
        < 1e-6
    )
    assert np.linalg.norm(linear.squared_loss(X, y, best)[1]) < 1e-12


def test_normal_equations_square_the_condition_number():
    x = np.linspace(0, 1, 30)
    X, w = linear.polynomial(x, 9), np.ones(10)
    errors = [np.abs(linear.least_squares(X, X @ w, method) - w).max() for method in ("qr", "normal")]
    assert errors[0] < 1e-7
    assert errors[1] > 100 * errors[0]
    assert linear.condition(X) == pytest.approx(np.linalg.cond(X) ** 2, rel=1e-3)


def test_scaling_rounds_the_bowl():
    x = np.arange(1.0, 11.0)[:, None]
    assert linear.condition(linear.with_intercept(x)) == pytest.approx(187.1, abs=0.05)
    assert linear.condition(linear.with_intercept(standardise(x)(x))) == pytest.approx(1)
    cubic = linear.polynomial(x[:, 0], 3)
    assert linear.condition(cubic) == pytest.approx(1.16e7, rel=5e-3)
    assert linear.condition([[1.0, 1.0], [1.0, 1.0]]) == linear.condition([[1.0, 2.0]]) == np.inf


def test_descent_is_stable_up_to_two_over_L():
    X, y = problem()
    L = np.linalg.eigvalsh(X.T @ X / 20)[-1]
    assert linear.descend_squares(X, y, eta=1.99 / L, steps=20_000).converged
    assert not linear.descend_squares(X, y, eta=0.01 / L, steps=3).converged
    with pytest.raises(ValueError, match="eta must be at most 2/L"):
        linear.descend_squares(X, y, eta=2.01 / L)
    np.testing.assert_array_equal(linear.descend_squares([[0.0]], [1.0]).w, 0)


@pytest.mark.parametrize("lam", [0.01, 1.0, 30.0])
def test_ridge_against_scikit_learn_and_descent(lam):
    X, y = problem()
    w = linear.ridge(X, y, lam)
    np.testing.assert_allclose(w, Ridge(alpha=lam, fit_intercept=False).fit(X, y).coef_, rtol=1e-8)
    v = np.zeros(4)
    for _ in range(3000):
        v = v - 0.01 * (X.T @ (X @ v - y) + lam * v)
    np.testing.assert_allclose(v, w, atol=1e-8)


def test_ridge_shrinks_each_singular_direction():
    X, y = problem()
    U, d, Vt = np.linalg.svd(X, full_matrices=False)
    for lam in (0.0, 2.0):
        np.testing.assert_allclose(linear.ridge(X, y, lam), Vt.T @ (d / (d**2 + lam) * (U.T @ y)))
        trace = np.trace(X @ np.linalg.solve(X.T @ X + lam * np.eye(4), X.T))
        assert linear.degrees_of_freedom(X, lam) == pytest.approx(trace)
    assert linear.degrees_of_freedom(X, 0) == pytest.approx(4)
    assert linear.degrees_of_freedom([[1.0, 1.0], [1.0, 1.0]], 0) == 1


@pytest.mark.parametrize("lam", [0.1, 2.0, 10.0])
def test_lasso_against_scikit_learn(lam):
    X, y = problem(3, 30, 6)
    fit = linear.lasso(X, y, lam)
    theirs = Lasso(alpha=lam / 30, fit_intercept=False, tol=1e-12, max_iter=100_000).fit(X, y)
    assert fit.converged
    np.testing.assert_allclose(fit.w, theirs.coef_, atol=1e-7)
    np.testing.assert_array_equal(fit.w == 0, theirs.coef_ == 0)


def test_lasso_snaps_to_zero_and_says_when_it_has_not_settled():
    X, y = problem()
    assert not linear.lasso(X, y, np.abs(X.T @ y).max()).w.any()
    assert not linear.lasso(X, y, 0.1, sweeps=1).converged
    np.testing.assert_allclose(linear.lasso(X, y, 0).w, linear.least_squares(X, y), atol=1e-7)
    np.testing.assert_array_equal(linear.lasso([[0.0, 1], [0, 1]], [1, 1], 0.5).w, [0, 0.75])


def test_training_error_never_rises_with_degree():
    data = noisy_polynomial(25, seed=2)
    x, errors = data.X[:, 0], []
    for degree in range(12):
        P = linear.polynomial(x, degree)
        errors.append(np.mean((P @ linear.least_squares(P, data.y) - data.y) ** 2))
    assert (np.diff(errors) <= 1e-12).all()


def test_linear_dropout_is_a_penalty():
    # Every mask of a small problem, weighted by its probability.
    rng = np.random.default_rng(0)
    X, w, y, p = rng.standard_normal((3, 2)), rng.standard_normal(2), rng.standard_normal(3), 0.3
    mean = 0.0
    for bits in product((0, 1), repeat=6):
        mask = np.array(bits).reshape(3, 2)
        e = (X * mask / (1 - p)) @ w - y
        mean += (1 - p) ** mask.sum() * p ** (6 - mask.sum()) * 0.5 * e @ e
    plain = 0.5 * np.sum((X @ w - y) ** 2)
    assert mean - plain == pytest.approx(linear.dropout_penalty(X, w, p), rel=1e-12)
    assert linear.dropout_penalty(X, w, 0) == 0


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: linear.least_squares([[1.0, 2], [2, 4]], [1, 2]), "2 columns of rank 1"),
        (lambda: linear.least_squares([[1.0]], [1, 2]), r"y must have shape \(1,\)"),
        (lambda: linear.least_squares([[1.0]], [1.0], "svd"), "unknown method 'svd'. Allowed are 'normal', 'qr'"),
        (lambda: linear.least_squares([[np.nan]], [1.0]), r"X\[0, 0\] is nan"),
        (lambda: linear.ridge([[1.0]], [1.0], -1), "lam must be"),
        (lambda: linear.lasso([[1.0]], [1.0], -1), "lam must be"),
        (lambda: linear.lasso([[1.0]], [1.0], 1, sweeps=0), "sweeps must be"),
        (lambda: linear.polynomial([1.0], -1), "degree must be"),
        (lambda: linear.descend_squares([[1.0]], [1.0], eta=0), "eta must be"),
        (lambda: linear.degrees_of_freedom([[1.0]], -1), "lam must be"),
        (lambda: linear.dropout_penalty([[1.0]], [1.0], 1), r"p must be a number in \[0, 1\)"),
        (lambda: linear.squared_loss([[1.0]], [1.0], [1.0, 2.0]), r"w must have shape \(1,\)"),
    ],
)
def test_bad_input(call, says):
    with pytest.raises(ValueError, match=says):
        call()
