"""Convolution against SciPy, its gradient against central differences, and what moves with a picture and what stays."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.ndimage import shift as moved
from scipy.signal import correlate2d

from coursepkg.engine.convolution import convolve, max_pool, pullback, shift
from coursepkg.engine.derivatives import numerical_gradient

whole = st.integers(-9, 9).map(float)


@pytest.mark.parametrize("shape", [(1, 1), (3, 3), (2, 4)])
@pytest.mark.parametrize("padding", [0, 1, 3])
def test_against_scipy(shape, padding):
    rng = np.random.default_rng(0)
    x, w = rng.standard_normal((2, 3, 7, 5)), rng.standard_normal(shape)
    z = convolve(x, w, b=0.5, padding=padding)
    for i in np.ndindex(2, 3):
        expected = correlate2d(np.pad(x[i], padding), w, mode="valid") + 0.5
        np.testing.assert_allclose(z[i], expected, atol=1e-12)


@pytest.mark.parametrize("padding", [0, 1, 2])
def test_the_gradient_against_central_differences(padding):
    rng = np.random.default_rng(1)
    x, w, b = rng.standard_normal((2, 5, 4)), rng.standard_normal((3, 2)), 0.3
    dz = rng.standard_normal(convolve(x, w, b, padding).shape)

    def loss(x, w, b):
        return float(np.sum(dz * convolve(x, w, b, padding)))

    back = pullback(dz, x, w, padding)
    np.testing.assert_allclose(back.x, numerical_gradient(lambda x: loss(x, w, b), x), atol=1e-8)
    np.testing.assert_allclose(back.w, numerical_gradient(lambda w: loss(x, w, b), w), atol=1e-8)
    assert back.b == pytest.approx(numerical_gradient(lambda b: loss(x, w, b[0]), [b])[0], abs=1e-8)


@given(arrays(float, (4, 3), elements=whole), arrays(float, (3, 3), elements=whole), whole, st.data())
def test_convolution_moves_with_the_picture_and_its_maximum_stays(ink, w, b, data):
    """Exactly, to the last bit, on a sheet so wide that neither ink nor response leaves it."""
    rows, columns = data.draw(st.integers(-2, 2)), data.draw(st.integers(-2, 2))
    x = np.pad(ink, 4)
    z, z_moved = convolve(x, w, padding=1), convolve(shift(x, rows, columns), w, padding=1)
    np.testing.assert_array_equal(z_moved, shift(z, rows, columns))
    np.testing.assert_array_equal(convolve(shift(x, rows, columns), w, b, 1), shift(z, rows, columns) + b)
    before, after = max_pool(z), max_pool(z_moved)
    assert before.value == after.value
    if before.value > 0:
        assert (after.row, after.column) == (before.row + rows, before.column + columns)


def test_a_dense_layer_does_not_move_with_the_picture():
    rng = np.random.default_rng(2)
    x, W = np.pad(rng.standard_normal((3, 3)), 2), rng.standard_normal((49, 49))
    after = (W @ shift(x, columns=1).ravel()).reshape(7, 7)
    assert not np.allclose(after, shift((W @ x.ravel()).reshape(7, 7), columns=1))


@given(arrays(float, (2, 3, 4), elements=whole))
def test_max_pool_is_the_maximum_and_says_where_it_stands(z):
    pooled = max_pool(z)
    np.testing.assert_array_equal(pooled.value, z.max(axis=(1, 2)))
    np.testing.assert_array_equal(z[[0, 1], pooled.row, pooled.column], pooled.value)


@given(arrays(float, (3, 4), elements=whole), st.integers(-5, 5), st.integers(-5, 5))
def test_shift_against_scipy(x, rows, columns):
    np.testing.assert_array_equal(shift(x, rows, columns), moved(x, (rows, columns), order=0, mode="constant"))


def test_bad_input():
    x, w = np.zeros((4, 4)), np.ones((3, 3))
    with pytest.raises(ValueError, match=r"w must have shape \(k, m\)"):
        convolve(x, np.ones(3))
    with pytest.raises(ValueError, match=r"at least the kernel's \(3, 3\)"):
        convolve(np.zeros((2, 4)), w)
    with pytest.raises(ValueError, match=r"its shape is \(4,\)"):
        convolve(np.zeros(4), w)
    with pytest.raises(ValueError, match="padding must be a whole number >= 0"):
        convolve(x, w, padding=-1)
    with pytest.raises(ValueError, match="x must be finite"):
        convolve([[np.nan] * 4] * 4, w)
    with pytest.raises(ValueError, match=r"dz must have shape \(2, 2\)"):
        pullback(np.zeros((4, 4)), x, w)
    with pytest.raises(ValueError, match="z must have shape"):
        max_pool(np.zeros((3, 0)))
