from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from sklearn.linear_model import Perceptron as Reference

from coursepkg.engine.datasets import boolean, clouds, digit, gate, iris
from coursepkg.engine.perceptron import Perceptron, novikoff, predict, separable

XS = gate("AND").X


@pytest.mark.parametrize(
    ("name", "updates", "w", "b"),
    [("AND", 11, (2, 1), -3), ("OR", 5, (1, 1), -1), ("NAND", 10, (-2, -1), 2)],
)
def test_gates_from_zero(name, updates, w, b):
    data = gate(name)
    run = Perceptron().fit(data.X, data.y)
    assert run.converged
    assert len(run.updates) == sum(run.mistakes) == updates
    assert run.mistakes[-1] == 0
    np.testing.assert_array_equal(run.w, w)
    assert run.b == b
    np.testing.assert_array_equal(predict(data.X, run.w, run.b), data.y)


def test_bound_of_and():
    bound = novikoff(*gate("AND")[:2])
    assert pytest.approx(np.sqrt(3), rel=1e-14) == bound.R
    assert bound.bound == pytest.approx(51, rel=1e-12)
    assert bound.bound == pytest.approx((bound.R / bound.gamma) ** 2, rel=1e-15)


def test_xor_goes_round_for_ever():
    data = gate("XOR")
    run = Perceptron(epochs=50).fit(data.X, data.y)
    assert not run.converged
    assert run.mistakes[2:] == (4,) * 48
    for epoch in range(2, 50):
        last = [u for u in run.updates if u.epoch == epoch][-1]
        np.testing.assert_array_equal([*last.w, last.b], [-1, 0, 0])
    assert not separable(data.X, data.y)
    with pytest.raises(ValueError, match="not linearly separable"):
        novikoff(data.X, data.y)


@pytest.mark.parametrize(("d", "count"), [(2, 14), (3, 104)])
def test_how_many_boolean_functions_a_line_separates(d, count):
    # Muroga (1971): 14 of 16, 104 of 256.
    tables = list(product((0, 1), repeat=2**d))
    assert sum(separable(*boolean(t)[:2]) for t in tables) == count


def test_the_two_that_no_line_separates_are_xor_and_its_complement():
    stuck = [t for t in product((0, 1), repeat=4) if not separable(*boolean(t)[:2])]
    assert stuck == [(0, 1, 1, 0), (1, 0, 0, 1)]


def test_digit_template():
    zero, one = digit(0).ravel(), digit(1).ravel()
    w, b = one - zero, 3.0
    assert w @ one + b == 6
    assert w @ zero + b == -6
    for shift in (-1, 1):
        assert w @ digit(1, shift).ravel() + b == -1
        assert w @ digit(0, shift).ravel() + b == 4


def test_iris_pairs():
    assert separable(*iris(("setosa", "versicolor"))[:2])
    assert separable(*iris(("setosa", "virginica"))[:2])
    assert not separable(*iris(("versicolor", "virginica"))[:2])
    every = ("sepal length", "sepal width", "petal length", "petal width")
    assert not separable(*iris(("versicolor", "virginica"), every)[:2])


def test_the_rule_line_by_line():
    run = Perceptron(eta=0.5).fit([[1.0, 2.0], [3.0, -1.0]], [0, 1], w=[0.5, 0.0], b=-0.25)
    # Sample 0: z = .5 − .25 ≥ 0 is called 1 but is 0, so w −= .5 (1, 2), b −= .5. Sample 1: z = 1 − .75,
    # right.
    assert len(run.updates) == 1
    assert run.updates[0][:2] == (0, 0)
    assert run.updates[0][3:5] == (0, 1)
    np.testing.assert_array_equal(run.updates[0].x, [1, 2])
    np.testing.assert_array_equal(run.updates[0].w, [0, -1])
    assert run.updates[0].b == -0.75
    assert run.mistakes == (1, 0)
    assert run.converged


@pytest.mark.parametrize("eta", [0.01, 0.3, 7, 1000])
@pytest.mark.parametrize("name", ["AND", "XOR"])
def test_from_zero_the_step_size_only_scales(name, eta):
    data = gate(name)
    one, other = (Perceptron(eta=e, epochs=20).fit(data.X, data.y) for e in (1.0, eta))
    assert one.mistakes == other.mistakes
    assert [u.index for u in one.updates] == [u.index for u in other.updates]
    np.testing.assert_allclose(other.w, eta * one.w, atol=1e-9 * eta)


def test_elsewhere_the_step_size_matters():
    data = gate("AND")
    runs = [Perceptron(eta=eta).fit(data.X, data.y, w=[5, -3], b=1) for eta in (0.1, 1)]
    assert runs[0].mistakes != runs[1].mistakes


@given(st.integers(0, 10**6), st.integers(1, 25), st.integers(1, 4), st.floats(0.05, 20))
@settings(max_examples=80, deadline=None)
def test_mistakes_never_exceed_novikoffs_bound(seed, n, d, eta):
    rng = np.random.default_rng(seed)
    X, truth = rng.uniform(-2, 2, (n, d)), rng.standard_normal(d + 1)
    y = (X @ truth[:-1] + truth[-1] >= 0).astype(int)
    bound = novikoff(X, y)
    assume(bound.bound < 2000)
    run = Perceptron(eta=eta, epochs=2001).fit(X, y)
    assert run.converged
    assert len(run.updates) <= bound.bound * (1 + 1e-9)


@given(st.integers(0, 10**6), st.integers(2, 12), st.integers(1, 3))
@settings(max_examples=60, deadline=None)
def test_separable_agrees_with_linear_programming(seed, n, d):
    rng = np.random.default_rng(seed)
    X, y = rng.integers(-2, 3, (n, d)).astype(float), rng.integers(0, 2, n)
    signed = (2 * y - 1)[:, None] * np.column_stack([X, np.ones(n)])
    feasible = linprog(np.zeros(d + 1), A_ub=-signed, b_ub=-np.ones(n), bounds=(None, None)).status == 0
    assert separable(X, y) == feasible


def test_margin_is_the_widest_by_quadratic_programming():
    from scipy.optimize import minimize

    data = clouds(n=30, gap=1.0, seed=3)
    signed = (2 * data.y - 1)[:, None] * np.column_stack([data.X, np.ones(30)])
    # The widest margin is 1/‖v‖ for the shortest v with (signed rows)·v ≥ 1.
    v = minimize(
        lambda v: v @ v,
        np.ones(3),
        constraints={"type": "ineq", "fun": lambda v: signed @ v - 1},
        method="SLSQP",
        options={"ftol": 1e-14},
    ).x
    assert novikoff(data.X, data.y).gamma == pytest.approx(1 / np.linalg.norm(v), rel=1e-5)


@pytest.mark.parametrize("data", [gate("AND"), gate("OR"), iris()], ids=lambda d: d.title)
def test_agrees_with_scikit_learn(data):
    # It starts from zero too, but calls z = 0 the class 0; the end must separate all the same, and does for
    # both.
    ours = Perceptron(epochs=1000).fit(data.X, data.y)
    theirs = Reference(shuffle=False, tol=None, max_iter=1000).fit(data.X, data.y)
    assert ours.converged
    np.testing.assert_array_equal(predict(data.X, ours.w, ours.b), theirs.predict(data.X))


def test_the_same_path_as_scikit_learn_where_no_score_is_zero():
    data = clouds(n=40, gap=0.3, seed=1)
    start, b = np.array([0.3, -0.2]), 0.1
    ours = Perceptron(epochs=7).fit(data.X, data.y, start, b)
    theirs = Reference(shuffle=False, tol=None, max_iter=len(ours.mistakes))
    theirs.fit(data.X, data.y, coef_init=start, intercept_init=b)
    np.testing.assert_allclose(theirs.coef_[0], ours.w, rtol=1e-12)
    np.testing.assert_allclose(theirs.intercept_[0], ours.b, rtol=1e-12)


def test_runs_share_nothing():
    data = gate("AND")
    start = np.array([1.0, 1.0])
    first, again = (Perceptron().fit(data.X, data.y, start, 0.5) for _ in range(2))
    np.testing.assert_array_equal(start, [1, 1])
    np.testing.assert_array_equal(first.w, again.w)
    assert len({id(u.w) for u in first.updates}) == len(first.updates)


def test_the_legend_and_the_cache_key():
    assert repr(Perceptron(eta=0.5)) == "Perceptron(eta=0.5, epochs=100)"
    assert hash(Perceptron(0.5)) == hash(Perceptron(0.5))


@pytest.mark.parametrize(
    ("X", "y", "says"),
    [
        (np.zeros((0, 2)), [], r"X must have shape \(n, d\).*\(0, 2\)"),
        ([1, 2], [0, 1], r"X must have shape \(n, d\)"),
        (XS, [0, 1, 1], r"y must have shape \(4,\).*\(3,\)"),
        (XS, [0, 1, 1, -1], r"labels from 0 to 1.*y\[3\] is -1"),
        (XS, [0, 1, 1, 0.5], r"y\[3\] is 0.5"),
        ([[0, 1], [np.nan, 1]], [0, 1], r"X\[1, 0\] is nan"),
    ],
)
def test_bad_data(X, y, says):
    for learn in (Perceptron().fit, separable, novikoff):
        with pytest.raises(ValueError, match=says):
            learn(X, y)


def test_bad_starts_and_settings():
    with pytest.raises(ValueError, match=r"w must have shape \(2,\)"):
        Perceptron().fit(XS, [0, 0, 0, 1], w=[1, 2, 3])
    with pytest.raises(ValueError, match="b must be a finite number"):
        Perceptron().fit(XS, [0, 0, 0, 1], b=np.inf)
    with pytest.raises(ValueError, match="eta must be a finite number > 0, but it is 0"):
        Perceptron(eta=0)
    with pytest.raises(ValueError, match="epochs must be a whole number"):
        Perceptron(epochs=1.5)
    with pytest.raises(ValueError, match=r"w must have shape \(2,\)"):
        predict(XS, [1, 2, 3], 0)
