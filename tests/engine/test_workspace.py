import numpy as np
import pytest

from coursepkg.engine.activations import ACTIVATIONS
from coursepkg.engine.layers import Mode
from coursepkg.engine.losses import LOSSES, loss
from coursepkg.engine.network import mlp
from coursepkg.engine.workspace import Workspace


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("g", ACTIVATIONS)
def test_the_same_numbers_as_the_network(g, name, dtype):
    net, L = mlp((3, 4, 5, 2), g, output="tanh"), loss(name)
    rng = np.random.default_rng(0)
    work = Workspace(net, L, dtype)
    for n in (6, 1, 4):  # batches of several sizes, one after the other
        y = rng.integers(0, 2, n) if name == "cross-entropy" else rng.integers(0, 2, (n, 2))
        A, y = net.batch(rng.standard_normal((n, 3)), y, L, dtype)
        theta = net.init(n, dtype=dtype)
        ours, gradient = work(theta, A, y)
        expected = net.loss_and_gradient(theta, A, y, L, Mode())
        tight = 1e-5 if dtype == np.float32 else 1e-12
        assert ours == pytest.approx(expected[0], rel=tight)
        np.testing.assert_allclose(gradient, expected[1], rtol=tight, atol=tight)
        assert gradient.dtype == dtype


def test_what_fits():
    theta = np.zeros(13)
    assert Workspace.fits(mlp((2, 3, 1)), theta)
    assert not Workspace.fits(mlp((2, 3, 1)), theta[None])
    for options in ({"dropout": 0.1}, {"batchnorm": True}):
        assert not Workspace.fits(mlp((2, 3, 1), **options), theta)
    assert not Workspace.fits(mlp((3, 3, 1), residual=True), theta)
