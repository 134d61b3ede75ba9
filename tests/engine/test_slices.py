import numpy as np
import pytest

from coursepkg.engine.datasets import moons
from coursepkg.engine.layers import Activate, Mode
from coursepkg.engine.network import Network, mlp
from coursepkg.engine.slices import filter_normalised, loss_slice


@pytest.mark.parametrize("options", [{}, {"residual": True}, {"batchnorm": True}, {"dropout": 0.5}])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_every_entry_is_the_loss_there(options, dtype):
    net, data = mlp((2, 5, 5, 1), **options), moons(30)
    theta = net.init(1, dtype=dtype)
    d1, d2 = (filter_normalised(net, theta, seed) for seed in (1, 2))
    a, b = np.linspace(-1, 1, 4), np.linspace(-0.5, 0.5, 3)
    L = loss_slice(net, theta, (d1, d2), a, b, data.X, data.y, "binary cross-entropy")
    assert L.shape == (3, 4)
    assert L.dtype == dtype
    oracle = net.oracle(data.X, data.y, "binary cross-entropy", Mode(running=net.running()))
    for j, i in np.ndindex(3, 4):
        expected = oracle(theta + a[i] * d1 + b[j] * d2)[0]
        assert L[j, i] == pytest.approx(expected, rel=1e-4 if dtype == np.float32 else 1e-12)


def test_running_statistics_are_used():
    net, data = mlp((2, 3, 1), batchnorm=True), moons(10)
    theta, zero = net.init(), np.zeros(net.size)
    slices = [
        loss_slice(net, theta, (zero, zero), [0], [0], data.X, data.y, "binary cross-entropy", running)
        for running in (None, net.running() + 0.7)
    ]
    assert slices[0] != slices[1]


def test_filters_keep_their_lengths_and_biases_stay():
    net = mlp((3, 4, 2), batchnorm=True)
    theta = net.init(2) + 0.1
    for seed in (0, 1):
        d = filter_normalised(net, theta, seed)
        for (W, _), (D, b) in zip(net.views(theta), net.views(d), strict=True):
            np.testing.assert_allclose(np.linalg.norm(D, axis=1), np.linalg.norm(W, axis=1))
            assert not b.any()
        assert not d[~net.is_weight].any()
    assert filter_normalised(net, theta, 0).tobytes() == filter_normalised(net, theta, 0).tobytes()
    assert not np.allclose(filter_normalised(net, theta, 0), d)


def test_rescaling_a_relu_net_leaves_its_slice_alone():
    # W¹ · c and W² / c is the same function; filter normalisation scales the directions along (Li et al. 2018).
    net, data = mlp((2, 6, 1), "relu"), moons(40)
    theta = net.init(3, "he")
    scaled = theta.copy()
    (W1, b1), (W2, _) = net.views(scaled)
    W1 *= 10
    b1 *= 10
    W2 /= 10
    a = np.linspace(-1, 1, 5)
    slices = []
    for t in (theta, scaled):
        d = tuple(filter_normalised(net, t, seed) for seed in (1, 2))
        slices.append(loss_slice(net, t, d, a, a, data.X, data.y, "binary cross-entropy"))
    np.testing.assert_allclose(slices[0], slices[1], rtol=1e-10)


def test_bad_input():
    net, data = mlp((2, 1)), moons(4)
    d = np.zeros(3)
    with pytest.raises(ValueError, match=r"theta must have shape \(3,\)"):
        loss_slice(net, np.zeros(4), (d, d), [0], [0], data.X, data.y, "huber")
    with pytest.raises(ValueError, match=r"directions must have shape \(3,\)"):
        loss_slice(net, d, (d, np.zeros(2)), [0], [0], data.X, data.y, "huber")
    with pytest.raises(ValueError, match="a must be finite"):
        loss_slice(net, d, (d, d), [np.nan], [0], data.X, data.y, "huber")
    with pytest.raises(ValueError, match="begins with a dense layer"):
        loss_slice(Network((Activate("tanh"), *net.layers)), d, (d, d), [0], [0], data.X, data.y, "huber")
