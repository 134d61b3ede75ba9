"""Against PyTorch's results, recorded by tests/reference/record_torch.py."""

import json
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from coursepkg.engine.activations import activation
from coursepkg.engine.landscapes import ROSENBROCK
from coursepkg.engine.losses import LOSSES, loss
from coursepkg.engine.network import mlp
from coursepkg.engine.optimisers import OPTIMISERS, AdaGrad, Adam, AdamW, GradientDescent, Momentum, Nesterov, RMSProp
from coursepkg.engine.training import Trainer

RECORD = json.loads((Path(__file__).parents[1] / "reference" / "torch.json").read_text(encoding="utf-8"))
SAME = {
    optimiser.name: optimiser
    for optimiser in (
        GradientDescent(1e-3),
        Momentum(1e-3, 0.9),
        Nesterov(1e-3, 0.9),
        AdaGrad(0.1),
        RMSProp(0.01),
        Adam(0.05),
        AdamW(0.05, decay=0.1),
    )
}


def tiny(x):
    return 1e-8 * (x[0] + 2 * x[1]), np.array([1e-8, 2e-8])


@pytest.mark.parametrize("name", OPTIMISERS)
@pytest.mark.parametrize("problem", ["rosenbrock", "tiny"])
def test_optimisers(name, problem):
    oracle = {"rosenbrock": ROSENBROCK.first, "tiny": tiny}[problem]
    path = [x for x, _ in islice(SAME[name].iterates(oracle, np.array([-1.2, 1.0])), 51)]
    # Ill-conditioned as the valley is, rounding grows to about 1e-9 in fifty steps.
    np.testing.assert_allclose(path[:: RECORD["every"]], RECORD[problem][name], rtol=1e-8, atol=1e-15)


def test_the_record_covers_every_optimiser_and_loss():
    assert set(RECORD["rosenbrock"]) == set(OPTIMISERS) == set(SAME)
    assert set(RECORD["losses"]) - {"z"} == set(LOSSES)


@pytest.mark.parametrize("name", sorted(set(RECORD["activations"]) - {"z"}))
def test_activations(name):
    z, g = np.array(RECORD["activations"]["z"]), activation(name)
    np.testing.assert_allclose(g.f(z), RECORD["activations"][name]["a"], rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(g.df(z), RECORD["activations"][name]["slope"], rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("name", LOSSES)
def test_losses(name):
    z, record, L = np.array(RECORD["losses"]["z"]).T, RECORD["losses"][name], loss(name)
    value, slope = L.mean_and_slope(z, L.targets(record["y"], *z.shape))
    assert value == pytest.approx(record["loss"], rel=1e-12)
    np.testing.assert_allclose(slope.T, record["slope"], rtol=1e-12, atol=1e-15)


def test_a_residual_network_with_batch_normalisation_through_twenty_steps_of_adam():
    record = RECORD["network"]
    net = mlp((3, 4, 4, 2), batchnorm=True, residual=True)
    # Both lay parameters out layer by layer: W, b, then γ, β.
    X, y, first = record["X"], record["y"], np.array(record["first"])
    history = Trainer(Adam(0.05), epochs=20, shuffle=False).train(net, X, y, "cross-entropy", first)
    np.testing.assert_allclose(history.losses[:20], record["losses"], rtol=1e-7)
    np.testing.assert_allclose(history.theta, record["last"], rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(history.running, np.concatenate(record["running"]), rtol=1e-7)
    np.testing.assert_allclose(net(history.theta, X, history.running), record["out"], rtol=1e-6)
