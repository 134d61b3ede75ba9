import numpy as np
import pytest
from scipy.special import expit

from coursepkg.engine import activations
from coursepkg.engine.activations import ACTIVATIONS, activation

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
