import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import huber as reference_huber
from sklearn.metrics import log_loss

from coursepkg.engine import losses
from coursepkg.engine.activations import sigmoid, softmax
from coursepkg.engine.derivatives import numerical_gradient, relative_error
from coursepkg.engine.losses import LOSSES, loss


def problem(name, seed, k, n, lead=()):
    rng = np.random.default_rng(seed)
    z = 3 * rng.standard_normal((*lead, k, n))
    if name == "cross-entropy":
        return z, losses.one_hot(rng.integers(0, k, n), k)
    return z, rng.integers(0, 2, (k, n)) if name.startswith("binary") else rng.standard_normal((k, n))


@pytest.mark.parametrize("name", LOSSES)
@given(seed=st.integers(0, 10**6), k=st.integers(1, 4), n=st.integers(1, 5), networks=st.integers(0, 2))
@settings(max_examples=15, deadline=None)
def test_slopes_against_central_differences(name, seed, k, n, networks):
    z, y = problem(name, seed, k, n, (networks,) * (networks > 0))
    L = loss(name)
    assert L.f(z, y).shape == (*z.shape[:-2], n)
    assert relative_error(L.df(z, y), numerical_gradient(lambda z: L.f(z, y).sum(), z)) < 1e-6
    mean, slope = L.mean_and_slope(z, y)
    assert relative_error(slope, numerical_gradient(lambda z: L.mean(z, y).sum(), z)) < 1e-6
    np.testing.assert_allclose(mean, L.mean(z, y), rtol=1e-12)
    np.testing.assert_allclose(mean, L.f(z, y).mean(axis=-1), rtol=1e-12)


@pytest.mark.parametrize("name", LOSSES)
def test_far_out_nothing_overflows_and_types_stay(name):
    L = loss(name)
    for dtype in (np.float32, np.float64):
        z = np.array([[1e4, -1e4], [-1e4, 1e4]], dtype)
        y = L.targets([0, 1] if name == "cross-entropy" else [[0, 1], [0, 1]], 2, 2)
        y = y.astype(dtype)
        for values in (L.f(z, y), L.df(z, y), L.mean(z, y), *L.mean_and_slope(z, y), L.predict(z)):
            assert np.isfinite(values).all()
            # NumPy before 2 makes a double of a single number in single precision.
            assert np.ndim(values) == 0 or values.dtype == dtype


def test_cross_entropies_against_scikit_learn():
    z, y = problem("cross-entropy", 0, 4, 50)
    assert loss("cross-entropy").mean(z, y) == pytest.approx(
        log_loss(y.argmax(axis=0), softmax(z, axis=0).T), rel=1e-12
    )
    z, y = problem("binary cross-entropy", 0, 1, 50)
    assert loss("binary cross-entropy").mean(z, y) == pytest.approx(log_loss(y[0], sigmoid(z[0])), rel=1e-12)


def test_labels_and_their_columns_of_probabilities_are_the_same():
    z, labels = np.random.default_rng(0).standard_normal((2, 4, 6)), np.array([0, 3, 1, 1, 2, 0])
    columns = losses.one_hot(labels, 4)
    np.testing.assert_array_equal(columns, np.eye(4)[labels].T)
    np.testing.assert_array_equal(losses.cross_entropy(z, labels), losses.cross_entropy(z, columns))
    np.testing.assert_array_equal(losses.cross_entropy_slope(z, labels), losses.cross_entropy_slope(z, columns))


def test_two_classes_of_a_softmax_are_one_sigmoid():
    z = np.linspace(-5, 5, 11)
    two = losses.cross_entropy(np.stack([0 * z, z]), np.ones(11, int))
    np.testing.assert_allclose(two, losses.binary_cross_entropy(z, 1), atol=1e-15)


def test_cross_entropy_is_not_deaf_where_squared_error_is():
    # ∂/∂z of ½(σ(z) − y)² carries σ′(z); the cross-entropy's does not. Their ratio at z = −6, y = 1 is 1/σ′.
    z, y = -6.0, 1
    squared = numerical_gradient(lambda z: losses.squared_error(sigmoid(z), y), z)
    entropy = losses.binary_cross_entropy_slope(z, y)
    assert entropy / squared == pytest.approx(405.43, abs=0.01)
    assert entropy == sigmoid(z) - y


@pytest.mark.parametrize("delta", [0.5, 1.0, 3.0])
def test_huber_against_scipy(delta):
    z = np.linspace(-5, 5, 41)
    np.testing.assert_allclose(losses.huber(z, 0, delta), reference_huber(delta, z), atol=1e-15)
    slope = numerical_gradient(lambda z: losses.huber(z, 0.01, delta).sum(), z)
    np.testing.assert_allclose(losses.huber_slope(z, 0.01, delta), slope, atol=1e-8)


def test_the_best_constant_is_the_mean_the_median_and_the_share():
    y = np.array([0.0, 1, 2, 3, 14])
    z = np.linspace(-1, 15, 1601)
    best = {
        name: z[loss(name).f(np.stack([z] * 5)[:, None], y[:, None, None]).sum(0).argmin()]
        for name in ("squared error", "absolute error")
    }
    assert best == {"squared error": pytest.approx(4), "absolute error": pytest.approx(2)}
    logits = np.linspace(-3, 3, 6001)
    total = 3 * losses.binary_cross_entropy(logits, 1) + losses.binary_cross_entropy(logits, 0)
    assert sigmoid(logits[total.argmin()]) == pytest.approx(0.75, abs=1e-3)


@pytest.mark.parametrize(
    ("name", "y", "k", "says"),
    [
        ("squared error", [1, 2, 3], 1, r"shape \(2,\) or \(2, 1\).*is \(3,\)"),
        ("squared error", [1, 2], 2, r"shape \(2, 2\).*is \(2,\)"),
        ("huber", [[1, np.nan]], 1, r"y\[0, 1\] is nan"),
        ("binary cross-entropy", [0, 2], 1, r"y\[1\] is 2"),
        ("cross-entropy", [0, 3], 3, r"labels from 0 to 2, but y\[1\] is 3"),
        ("cross-entropy", [0, 1, 2], 3, r"shape \(2,\)"),
    ],
)
def test_bad_targets(name, y, k, says):
    with pytest.raises(ValueError, match=says):
        loss(name).targets(y, k, 2)


@pytest.mark.parametrize("shape", [(3,), (0, 2), (3, 0)])
def test_scores_of_no_class_or_no_sample_are_refused(shape):
    with pytest.raises(ValueError, match=r"z must have shape \(…, k, n\) with no size 0, but its shape is"):
        losses.cross_entropy(np.zeros(shape), np.zeros(shape[-1], int))


def test_unknown_loss():
    with pytest.raises(ValueError, match="unknown loss 'cross entropy': did you mean 'cross-entropy'"):
        loss("cross entropy")
    assert loss(loss("huber")) is LOSSES["huber"]
    assert repr(loss("huber")) == "loss('huber')"
