import numpy as np
import pytest
from scipy.optimize import approx_fprime, rosen, rosen_der, rosen_hess, rosen_hess_prod

from coursepkg.engine.derivatives import (
    check_gradient,
    hessian_vector,
    numerical_gradient,
    numerical_hessian,
    relative_error,
    sharpness,
)
from coursepkg.engine.network import mlp


def test_gradient_of_a_matrix_polynomial():
    rng = np.random.default_rng(0)
    A, x = rng.standard_normal((2, 3)), rng.standard_normal((2, 3))
    np.testing.assert_allclose(numerical_gradient(lambda x: np.sum(A * x**3), x), 3 * A * x**2, rtol=1e-7)


def test_central_differences_beat_forward_ones():
    x = np.array([-1.2, 1.0, 0.7])
    exact = rosen_der(x)
    central = relative_error(numerical_gradient(rosen, x), exact)
    assert central < 1e-9
    assert central < relative_error(approx_fprime(x, rosen), exact)


@pytest.mark.parametrize("size", [1e-6, 1.0, 1e6, 1e12])
def test_the_step_grows_with_the_place(size):
    """A step of 10⁻⁵ at 10¹² would be rounded away, or would be all that is left of the difference."""
    x = np.array([3.0, -2.0]) * size
    np.testing.assert_allclose(numerical_gradient(lambda x: x @ x / size, x), 2 * x / size, rtol=1e-8, atol=1e-9)


def test_the_argument_is_left_alone():
    x = np.array([1.0, 2.0])
    numerical_gradient(lambda x: x @ x, x)
    np.testing.assert_array_equal(x, [1, 2])


def test_relative_error():
    assert relative_error([1.0], [-1.0]) == 1
    assert relative_error([0.0], [1e-9]) == pytest.approx(1e-6)
    assert relative_error([2.0, 0], [2.0, 1e-3]) == pytest.approx(2.5e-4, rel=1e-3)


def test_bad_input():
    with pytest.raises(ValueError, match="x must be finite"):
        numerical_gradient(np.sum, [np.nan])
    with pytest.raises(ValueError, match=r"b must have shape \(2,\)"):
        relative_error([1, 2], [1, 2, 3])


def test_check_names_the_worst_entry():
    def mended(x):
        return rosen(x), rosen_der(x)

    def broken(x):
        return rosen(x), rosen_der(x) * [1, 1, -1]

    x = np.array([-1.2, 1.0, 0.7])
    assert check_gradient(mended, x).error < 1e-8
    found = check_gradient(broken, x)
    assert found.error > 1e-3
    assert found.worst == (2,)
    assert found.formula == pytest.approx(-found.difference)
    with pytest.raises(ValueError, match="the gradient from oracle must have shape"):
        check_gradient(lambda x: (0.0, np.zeros(2)), x)


def test_second_derivatives_of_rosenbrock():
    x, v = np.array([-1.2, 1.0, 0.7]), np.array([1.0, -3.0, 0.5])
    np.testing.assert_allclose(hessian_vector(rosen_der, x, v), rosen_hess_prod(x, v), rtol=1e-6)
    np.testing.assert_allclose(numerical_hessian(rosen_der, x), rosen_hess(x), rtol=1e-6, atol=1e-4)
    np.testing.assert_array_equal(hessian_vector(rosen_der, x, np.zeros(3)), 0)
    assert sharpness(rosen_der, x) == pytest.approx(np.linalg.eigvalsh(rosen_hess(x))[-1], rel=1e-5)
    assert sharpness(lambda x: np.ones(2), [1.0, 2.0]) == 0


def test_hessian_of_a_small_network():
    net = mlp((2, 3, 1))
    X, y = np.random.default_rng(0).standard_normal((8, 2)), np.arange(8) % 2
    theta, oracle = net.init(1), net.oracle(X, y, "binary cross-entropy")
    H = numerical_hessian(lambda theta: oracle(theta)[1], theta)
    twice = numerical_hessian(lambda theta: numerical_gradient(lambda t: oracle(t)[0], theta, 1e-4), theta, 1e-3)
    assert H.shape == (13, 13)
    np.testing.assert_allclose(H, twice, atol=1e-5)
    w = np.linalg.eigvalsh(H)
    assert sharpness(lambda t: oracle(t)[1], theta, steps=300) == pytest.approx(w[np.abs(w).argmax()], rel=1e-4)


def test_bad_second_derivatives():
    with pytest.raises(ValueError, match=r"v must have shape \(2,\)"):
        hessian_vector(rosen_der, [1.0, 2.0], [1.0])
    with pytest.raises(ValueError, match=r"x must have shape \(d,\)"):
        numerical_hessian(rosen_der, [[1.0, 2.0]])
    with pytest.raises(ValueError, match="steps must be"):
        sharpness(rosen_der, [1.0, 2.0], steps=0)
