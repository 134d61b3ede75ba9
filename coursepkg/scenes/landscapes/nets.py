"""Plain and residual nets, trained, and their losses on a plane through what they learnt."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ...engine.datasets import moons
from ...engine.network import Network, mlp
from ...engine.optimisers import Adam
from ...engine.slices import filter_normalised, loss_slice
from ...engine.training import Trainer

WIDTH = 8
DEPTHS = (2, 8, 16)
LOSS = "binary cross-entropy"
TICKS = np.linspace(-1, 1, 41)


class Slice(NamedTuple):
    """A trained net, its parameters, and its training loss (41, 41) over TICKS², second direction along the rows."""

    net: Network
    theta: np.ndarray
    loss: np.ndarray


@lru_cache
def slice_of(kind: str, depth: int) -> Slice:
    """Train a net of `depth` hidden layers on 100 points of the moons; cut its loss along two random directions."""
    data = moons(100)
    net = mlp((2, *[WIDTH] * depth, 1), residual=kind == "residual")
    theta = Trainer(Adam(0.005), epochs=400).train(net, data.X, data.y, LOSS).theta
    directions = tuple(filter_normalised(net, theta, seed) for seed in (1, 2))
    return Slice(net, theta, loss_slice(net, theta, directions, TICKS, TICKS, data.X, data.y, LOSS))


DISC = np.add.outer(TICKS**2, TICKS**2) <= 1


def dents(loss: np.ndarray) -> int:
    """The number of grid points in the unit disc whose loss is below that of their eight neighbours."""
    n, m = loss.shape
    inner = loss[1:-1, 1:-1]
    around = [loss[1 + i : n - 1 + i, 1 + j : m - 1 + j] for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j]
    return int((np.all([inner < other for other in around], axis=0) & DISC[1:-1, 1:-1]).sum())


def heights(loss: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The loss at places (a, b) within TICKS², between grid points bilinear."""
    n = len(TICKS) - 1
    across, up = (np.clip((v + 1) * n / 2, 0, n) for v in (a, b))
    i, j = (np.minimum(v.astype(int), n - 1) for v in (across, up))
    s, t = across - i, up - j
    low = (1 - s) * loss[j, i] + s * loss[j, i + 1]
    return (1 - t) * low + t * ((1 - s) * loss[j + 1, i] + s * loss[j + 1, i + 1])
