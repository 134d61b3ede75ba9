import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.special import expit, ndtr
from scipy.special import softmax as reference_softmax

from coursepkg.engine import activations
from coursepkg.engine.activations import ACTIVATIONS, Activation, activation
from coursepkg.engine.derivatives import numerical_gradient

# Away from the kinks, where a derivative exists.
Z = np.concatenate([np.linspace(-6, 6, 61)[:30], np.linspace(-6, 6, 61)[31:]])


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_slope_is_the_derivative(name):
    g = activation(name)
    h = 1e-5
    assert g.name == name
    np.testing.assert_allclose(g.df(Z), (g.f(Z + h) - g.f(Z - h)) / (2 * h), rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_stable_far_out_and_of_the_same_type(name, dtype):
    z = np.array([-1e4, -100, -1, 0, 1, 100, 1e4], dtype)
    for values in (activation(name).f(z), activation(name).df(z)):
        assert np.isfinite(values).all()
        assert values.dtype == dtype
        assert values.shape == z.shape


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_takes_whole_numbers_and_lists(name):
    g = activation(name)
    np.testing.assert_array_equal(g.f([-2, 0, 2]), g.f(np.array([-2.0, 0.0, 2.0])))
    assert g.df([-2, 0, 2]).dtype == float


def test_values_at_the_kinks():
    assert activations.step(0) == 1
    assert activations.step_slope(0) == 0
    assert activations.relu_slope(0) == 0
    assert activations.leaky_relu_slope(0) == 0.01
    assert activations.elu_slope(0, 0.5) == 1
    assert activations.selu_slope(0) == activations.SELU_LAMBDA


def test_sigmoid_keeps_its_digits_in_both_tails():
    z = np.linspace(-700, 700, 141)
    np.testing.assert_allclose(activations.sigmoid(z), expit(z), rtol=1e-14)


def test_slopes_keep_their_digits_in_the_tails():
    # σ′ → e⁻|z| and tanh′ → 4e⁻²|z|, where 1 − tanh² would have been 0.
    np.testing.assert_allclose(activations.sigmoid_slope([-300.0, 300.0]), np.exp(-300.0), rtol=1e-12)
    np.testing.assert_allclose(activations.tanh_slope([-100.0, 100.0]), 4 * np.exp(-200.0), rtol=1e-12)


def test_the_steepest_sigmoid_is_a_quarter():
    z = np.linspace(-6, 6, 1201)
    slopes = activations.sigmoid_slope(z)
    assert slopes.max() == 0.25
    assert abs(z[slopes.argmax()]) < 1e-12


def test_tanh_is_a_stretched_sigmoid():
    np.testing.assert_allclose(activations.tanh(Z), 2 * activations.sigmoid(2 * Z) - 1, atol=1e-15)


def test_unknown_name_suggests_the_nearest():
    with pytest.raises(ValueError, match="unknown activation 'Relu': did you mean 'relu'"):
        activation("Relu")


def test_the_ten_of_the_table_and_the_radial_units():
    assert list(ACTIVATIONS)[:10] == (
        ["identity", "step", "sigmoid", "tanh", "relu", "gelu", "softplus", "elu", "selu", "leaky_relu"]
    )
    assert list(ACTIVATIONS)[10:] == ["gaussian", "multiquadric"]


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_pullback_agrees_with_the_slope(name):
    g = activation(name)
    D = np.cos(Z)
    np.testing.assert_allclose(g.pullback(D, Z, g.f(Z)), D * g.df(Z), rtol=1e-9, atol=1e-12)


def test_gelu_is_exact_in_the_tails():
    z = np.linspace(-30, 30, 121)
    np.testing.assert_allclose(activations.gelu(z), z * ndtr(z), rtol=1e-12)


def test_gelus_extremes():
    steepest = minimize_scalar(lambda z: -activations.gelu_slope(z), bounds=(0, 4), options={"xatol": 1e-10})
    assert steepest.x == pytest.approx(np.sqrt(2), abs=1e-6)
    assert -steepest.fun == pytest.approx(1.1289, abs=5e-5)
    lowest = minimize_scalar(activations.gelu, bounds=(-4, 0), options={"xatol": 1e-10})
    assert lowest.x == pytest.approx(-0.7518, abs=5e-5)
    assert lowest.fun == pytest.approx(-0.16997, abs=5e-6)


def test_selus_slope_jumps_at_zero():
    assert activations.selu_slope(-1e-12) == pytest.approx(1.758, abs=5e-4)
    assert activations.selu_slope(1e-12) == pytest.approx(1.0507, abs=5e-5)
    assert pytest.approx(1.67326, abs=5e-6) == activations.SELU_ALPHA


@pytest.mark.parametrize("alpha", [0.5, 1.0, 2.0])
def test_elu_is_smooth_iff_alpha_is_one(alpha):
    left, right = activations.elu_slope([-1e-12, 1e-12], alpha)
    assert (abs(left - right) < 1e-9) == (alpha == 1)
    np.testing.assert_allclose(
        activations.elu_slope(Z, alpha),
        (activations.elu(Z + 1e-5, alpha) - activations.elu(Z - 1e-5, alpha)) / 2e-5,
        rtol=1e-6,
        atol=1e-9,
    )


def test_only_gelu_and_the_radial_units_are_not_monotone():
    z = np.linspace(-6, 6, 2001)
    falls = [name for name, g in ACTIVATIONS.items() if (np.diff(g.f(z)) < -1e-12).any()]
    assert falls == ["gelu", "gaussian", "multiquadric"]


def test_whose_slope_exceeds_one():
    z = np.linspace(-6, 6, 2001)
    steep = [name for name in list(ACTIVATIONS)[:10] if activation(name).df(z).max() > 1 + 1e-12]
    assert steep == ["gelu", "selu"]


def test_a_chain_of_sigmoids_whispers():
    # a ← σ(w a) with w = 1, b = 0 settles at a*, where each further layer multiplies the gradient by a*(1 −
    # a*).
    a, factors = 0.3, []
    for _ in range(60):
        factors.append(float(activations.sigmoid_slope(a)))
        a = float(activations.sigmoid(a))
    assert factors[-1] == pytest.approx(0.22470, abs=5e-6)
    for w in (0.5, 1, 4, 6):
        a, product = 0.3, 1.0
        for depth in range(1, 21):
            product *= w * float(activations.sigmoid_slope(w * a))
            a = float(activations.sigmoid(w * a))
            assert abs(product) <= (w / 4) ** depth * (1 + 1e-12)


def test_a_chain_of_relus_keeps_or_kills():
    for a, w, expected in ((0.7, 2.0, 2.0**10), (-0.7, 2.0, 0)):
        slope = 1.0
        for _ in range(10):
            slope *= w * float(activations.relu_slope(w * a))
            a = float(activations.relu(w * a))
        assert slope == expected


def test_softmax():
    z = np.random.default_rng(0).standard_normal((2, 5, 3)) * 4
    np.testing.assert_allclose(activations.softmax(z), reference_softmax(z, axis=-1), rtol=1e-14)
    np.testing.assert_allclose(activations.softmax(z, axis=1).sum(axis=1), 1, rtol=1e-14)
    np.testing.assert_array_equal(activations.softmax([1e4, -1e4, 1e4]), [0.5, 0, 0.5])
    J = activations.softmax_slope(z)
    for i in range(3):
        row = numerical_gradient(lambda z, i=i: activations.softmax(z)[..., i].sum(), z)
        np.testing.assert_allclose(J[..., i, :], row, rtol=1e-6, atol=1e-9)
    assert activations.softmax(np.float32([1, 2])).dtype == np.float32


def test_an_activation_of_ones_own_passes():
    own = Activation("cube", lambda z: z**3, lambda z: 3 * z**2)
    assert activation(own) is own
