import numpy as np
import pytest
from scipy.optimize import approx_fprime, rosen, rosen_der

from coursepkg.engine.derivatives import numerical_gradient, relative_error


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
