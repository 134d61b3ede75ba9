import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss as reference_loss

from coursepkg.engine import logistic
from coursepkg.engine.datasets import clouds, gate, iris
from coursepkg.engine.derivatives import numerical_gradient, relative_error


@given(st.integers(0, 10**6), st.integers(1, 8), st.integers(1, 5))
@settings(max_examples=40, deadline=None)
def test_gradient_against_central_differences(seed, n, d):
    rng = np.random.default_rng(seed)
    X, y, w, b = (
        rng.standard_normal((n, d)),
        rng.integers(0, 2, n),
        rng.standard_normal(d),
        rng.standard_normal(),
    )
    dw, db = logistic.log_loss_gradient(X, y, w, b)
    loss = lambda v: logistic.log_loss(X, y, v[:-1], v[-1])  # noqa: E731
    assert relative_error(np.append(dw, db), numerical_gradient(loss, np.append(w, b))) < 1e-6


def test_loss_against_scikit_learn():
    data = iris(("versicolor", "virginica"))
    w, b = np.array([0.4, -0.3]), 0.2
    p = logistic.probability(data.X, w, b)
    assert logistic.log_loss(data.X, data.y, w, b) == pytest.approx(reference_loss(data.y, p), rel=1e-12)


def test_fit_reaches_scikit_learns_minimum():
    data = clouds(n=80, gap=-2.0, seed=4)
    run = logistic.fit(data.X, data.y, eta=1.0, steps=5000)
    theirs = LogisticRegression(C=np.inf, tol=1e-10, max_iter=10_000).fit(data.X, data.y)
    np.testing.assert_allclose(run.w, theirs.coef_[0], rtol=1e-4)
    np.testing.assert_allclose(run.b, theirs.intercept_[0], rtol=1e-3, atol=1e-4)
    assert len(run.losses) == 5001
    assert (np.diff(run.losses) <= 1e-15).all()
    assert run.losses[0] == pytest.approx(np.log(2))


def test_one_sample_gives_the_perceptrons_rule_with_a_graded_answer():
    x, y, w, b = np.array([0.5, -2.0]), 1, np.array([0.3, 0.1]), -0.2
    dw, db = logistic.log_loss_gradient(x[None], [y], w, b)
    error = y - 1 / (1 + np.exp(-(w @ x + b)))
    np.testing.assert_allclose(-dw, error * x, rtol=1e-14)
    assert -db == pytest.approx(error)


def test_on_separable_data_the_weights_never_stop_growing():
    data = gate("AND")
    lengths = [np.linalg.norm(logistic.fit(data.X, data.y, eta=2.0, steps=s).w) for s in (100, 1000, 5000)]
    assert lengths[0] + 0.5 < lengths[1] < lengths[2] - 0.5


def test_far_out_nothing_overflows():
    assert logistic.log_loss([[1e4]], [0], [1.0], 0.0) == 1e4
    assert logistic.log_loss([[1e4]], [1], [1.0], 0.0) == 0


@pytest.mark.parametrize(
    ("X", "y", "says"),
    [
        (np.zeros((0, 2)), [], "X must have shape"),
        ([[1.0], [2.0]], [0], "y must have shape"),
        ([[1.0], [2.0]], [0, 3], r"y\[1\] is 3"),
        ([[1.0], [np.inf]], [0, 1], r"X\[1, 0\] is inf"),
    ],
)
def test_bad_data(X, y, says):
    with pytest.raises(ValueError, match=says):
        logistic.fit(X, y)
    with pytest.raises(ValueError, match=says):
        logistic.log_loss(X, y, [1.0], 0.0)


def test_bad_settings():
    with pytest.raises(ValueError, match="eta must be"):
        logistic.fit([[1.0]], [1], eta=-1)
    with pytest.raises(ValueError, match="steps must be"):
        logistic.fit([[1.0]], [1], steps=-1)
    with pytest.raises(ValueError, match=r"w must have shape \(1,\)"):
        logistic.probability([[1.0]], [1, 2], 0)
