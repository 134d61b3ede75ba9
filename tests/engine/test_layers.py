import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursepkg.engine.activations import ACTIVATIONS, gelu
from coursepkg.engine.batchnorm import BatchNorm
from coursepkg.engine.derivatives import numerical_gradient, relative_error
from coursepkg.engine.dropout import Dropout
from coursepkg.engine.layers import Activate, Dense, Mode, Residual, product

SMOOTH = [name for name in ACTIVATIONS if name not in {"step"}]


def check_pullback(layer, theta, A, mode=Mode):
    """Against differences of the sum of output ⊙ D, for a random D; `mode()` makes a fresh one for each pass."""
    output, pullback = layer.forward(theta, A, mode())
    D = np.random.default_rng(0).standard_normal(output.shape)
    dtheta, dA = pullback(D)
    score = lambda theta, A: np.sum(layer.forward(theta, A, mode())[0] * D)  # noqa: E731
    assert relative_error(dA, numerical_gradient(lambda A: score(theta, A), A)) < 1e-6
    if layer.size:
        assert relative_error(dtheta, numerical_gradient(lambda theta: score(theta, A), theta)) < 1e-6


def draw(seed, layer, width, n, networks):
    rng = np.random.default_rng(seed)
    lead = (networks,) * (networks > 0)
    return rng.standard_normal((*lead, layer.size)), rng.standard_normal((*lead, width, n))


shapes = dict(seed=st.integers(0, 10**6), width=st.integers(1, 4), n=st.integers(2, 5), networks=st.integers(0, 2))


@given(outputs=st.integers(1, 4), **shapes)
@settings(max_examples=25, deadline=None)
def test_dense(outputs, seed, width, n, networks):
    layer = Dense(width, outputs)
    theta, A = draw(seed, layer, width, n, networks)
    check_pullback(layer, theta, A)
    W, b = layer.split(theta)
    Z, _ = layer.forward(theta, A, Mode())
    np.testing.assert_allclose(Z, np.einsum("...oi,...in->...on", W, A) + b[..., None], rtol=1e-12)


@pytest.mark.parametrize("name", SMOOTH)
@given(**shapes)
@settings(max_examples=8, deadline=None)
def test_activate(name, seed, width, n, networks):
    layer = Activate(name)
    theta, A = draw(seed, layer, width, n, networks)
    A = A + 0.01 * np.sign(A)  # keep clear of the kink at 0
    check_pullback(layer, theta, A)


@given(p=st.floats(0, 0.9), **shapes)
@settings(max_examples=15, deadline=None)
def test_dropout(p, seed, width, n, networks):
    layer = Dropout(p)
    theta, A = draw(seed, layer, width, n, networks)
    check_pullback(layer, theta, A, lambda: Mode(train=True, rng=np.random.default_rng(seed)))
    check_pullback(layer, theta, A)


@given(train=st.booleans(), **shapes)
@settings(max_examples=25, deadline=None)
def test_batchnorm(train, seed, width, n, networks):
    layer = BatchNorm(width)
    theta, A = draw(seed, layer, width, n, networks)
    A[..., 0] += 2.0  # so that no unit's variance nears ε, where central differences lose their digits
    running = np.abs(np.random.default_rng(seed).standard_normal((*theta.shape[:-1], 2 * width))) + 0.1
    check_pullback(layer, theta, A, lambda: Mode(train=train, running=running.copy()))


@given(**shapes)
@settings(max_examples=15, deadline=None)
def test_residual(seed, width, n, networks):
    layer = Residual((Dense(width, 3), BatchNorm(3), Activate("tanh"), Dense(3, width)))
    theta, A = draw(seed, layer, width, n, networks)
    check_pullback(layer, theta, A, lambda: Mode(running=np.ones((*theta.shape[:-1], layer.states))))


def test_dropout_keeps_the_mean_and_rests_in_evaluation():
    A = np.ones((3, 200_000))
    out, _ = Dropout(0.3).forward(np.empty(0), A, Mode(train=True, rng=np.random.default_rng(1)))
    assert set(np.unique(out)) == {0.0, 1 / 0.7}
    # Its standard error is √(.3/.7/200000) ≈ .0015.
    np.testing.assert_allclose(out.mean(axis=1), 1, atol=0.006)
    assert Dropout(0.3).forward(np.empty(0), A, Mode())[0] is A
    assert Dropout(0).forward(np.empty(0), A, Mode(train=True))[0] is A


def test_batchnorm_in_training_gives_mean_beta_and_deviation_gamma():
    Z = 5 + 3 * np.random.default_rng(0).standard_normal((2, 400))
    mode = Mode(train=True, running=np.array([0.0, 0, 1, 1]))
    out, _ = BatchNorm(2).forward(np.array([2.0, 0.5, -1, 4]), Z, mode)
    np.testing.assert_allclose(out.mean(axis=1), [-1, 4], atol=1e-12)
    np.testing.assert_allclose(out.std(axis=1), [2, 0.5], rtol=1e-5)
    # One step of the running averages: 0.9 of the old, 0.1 of the batch's, with the unbiased variance.
    expected = [*(0.1 * Z.mean(axis=1)), *(0.9 + 0.1 * Z.var(axis=1, ddof=1))]
    np.testing.assert_allclose(mode.running, expected, rtol=1e-12)
    before = mode.running.copy()
    still, _ = BatchNorm(2).forward(np.array([1.0, 1, 0, 0]), Z, Mode(running=mode.running))
    np.testing.assert_array_equal(mode.running, before)
    np.testing.assert_allclose(still[0], (Z[0] - before[0]) / np.sqrt(before[2] + 1e-5))


def test_float32_stays_float32():
    A, theta = np.ones((2, 3), np.float32), np.ones(6, np.float32)
    for layer, mode in [
        (Dense(2, 2), Mode()),
        (Activate("selu"), Mode()),
        (Dropout(0.5), Mode(train=True, rng=np.random.default_rng(0))),
        (BatchNorm(2), Mode(train=True, running=np.ones(4))),
        (BatchNorm(2), Mode(running=np.ones(4))),
        (Residual((Dense(2, 2),)), Mode()),
    ]:
        out, pullback = layer.forward(theta[: layer.size], A, mode)
        assert out.dtype == np.float32, layer
        assert [d.dtype for d in pullback(out)] == [np.float32] * 2, layer


def test_an_activation_of_ones_own_in_a_layer():
    assert Activate("gelu").g.f is gelu
    assert Activate("tanh") == Activate("tanh")
    assert hash(Activate("tanh")) == hash(Activate("tanh"))


def test_product_of_one_and_of_many():
    rng = np.random.default_rng(0)
    A, B, v = rng.standard_normal((4, 2, 3)), rng.standard_normal((4, 3, 5)), rng.standard_normal(3)
    np.testing.assert_allclose(product(A, B)[1], product(A[1], B[1]), rtol=1e-13)
    np.testing.assert_allclose(product(A[0], B), A[0] @ B, rtol=1e-13)
    np.testing.assert_allclose(product(A[0], v), A[0] @ v, rtol=1e-13)
    np.testing.assert_allclose(product(A, v), A @ v, rtol=1e-13)


@pytest.mark.parametrize("p", [1, -0.1, 1.5, np.nan])
def test_bad_dropout(p):
    with pytest.raises(ValueError, match=r"p must be a number in \[0, 1\)"):
        Dropout(p)


def test_bad_layers_and_modes():
    with pytest.raises(ValueError, match="inputs must be a whole number"):
        Dense(0, 1)
    with pytest.raises(ValueError, match="outputs must be a whole number"):
        Dense(1, 1.5)
    with pytest.raises(ValueError, match="unknown g 'rely': did you mean 'relu'"):
        Activate("rely")
    with pytest.raises(ValueError, match="needs a random generator"):
        Dropout(0.5).forward(np.empty(0), np.ones((1, 1)), Mode(train=True))
    with pytest.raises(ValueError, match="needs its running statistics"):
        BatchNorm(1).forward(np.ones(2), np.ones((1, 2)), Mode())
    with pytest.raises(ValueError, match="at least 2 samples"):
        BatchNorm(1).forward(np.ones(2), np.ones((1, 1)), Mode(train=True, running=np.ones(2)))
    with pytest.raises(ValueError, match="keep the width 2, but it gives 3"):
        Residual((Dense(2, 3),)).forward(np.ones(9), np.ones((2, 1)), Mode())
    with pytest.raises(ValueError, match=r"epsilon must be a number in \(0, 1\]"):
        BatchNorm(1, epsilon=0)
