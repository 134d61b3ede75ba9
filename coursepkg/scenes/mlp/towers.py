"""Towers of layers with random weights, and what they make of a square grid."""

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from ...engine.constructions import Built, built

GAIN = 1.5
LINES = np.linspace(-1, 1, 5)


def tower(depth: int, narrow: int, g: str) -> Built:
    """A tower of ``depth`` hidden layers with random weights: the first ``narrow`` neurons wide, the others 3.

    W has orthonormal rows or columns times 1.5, so that no image shrinks to a point. g is 'linear' or 'tanh'.
    """
    rng = np.random.default_rng(6)
    widths = (2, narrow, *[3] * (depth - 1), 2)
    layers = []
    for inputs, outputs in pairwise(widths):
        Q, _ = np.linalg.qr(rng.standard_normal((3, 3)))
        layers.append((GAIN * Q[:outputs, :inputs], 0.3 * rng.standard_normal(3)[:outputs]))
    return built(layers, "identity" if g == "linear" else g)


def collapsed(tower: Built) -> tuple[np.ndarray, np.ndarray]:
    """W (2, 2) and b (2,) of the one affine layer that a linear tower equals."""
    W, b = np.eye(2), np.zeros(2)
    for W_l, b_l in tower.net.views(tower.theta):
        W, b = W_l @ W, W_l @ b + b_l
    return W, b


def grid_lines() -> np.ndarray:
    """The lines (10, m, 2) of a grid over [−1, 1]²: five with constant x₂, then five with constant x₁."""
    t = np.linspace(-1, 1, 41)
    across = np.array([np.column_stack([t, np.full_like(t, c)]) for c in LINES])
    return np.concatenate([across, across[:, :, ::-1]])


GRID = grid_lines()


class Image(NamedTuple):
    """What a tower makes of the grid: its lines (10, m, 2), the collapsed W and b, and how far from affine it is."""

    net: Built
    lines: np.ndarray
    W: np.ndarray
    b: np.ndarray
    rest: float


@lru_cache
def image(depth: int, narrow: int, g: str) -> Image:
    """The tower's image of the grid; ``rest`` is the share of its variance that the best affine layer leaves."""
    net = tower(depth, narrow, g)
    X = GRID.reshape(-1, 2)
    Y = net(X)
    A = np.column_stack([np.ones(len(X)), X])
    left = Y - A @ np.linalg.lstsq(A, Y, rcond=None)[0]
    rest = float((left**2).sum() / ((Y - Y.mean(axis=0)) ** 2).sum())
    return Image(net, Y.reshape(GRID.shape), *collapsed(net), rest)
