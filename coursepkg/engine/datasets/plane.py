"""Points in the plane: labelled clouds drawn from a seed."""

from math import pi
from typing import Any

import numpy as np

from ..validate import Seed, count, finite, generator, nonnegative, positive, real, within
from .dataset import Dataset

AXES = ("x1", "x2")


def clouds(n: int = 60, gap: float = 0.5, seed: Seed = 0) -> Dataset:
    """Two normal clouds of n points in all, side by side along the diagonal: X (n, 2), y (n,).

    `gap` is the width of the empty strip between them, in units of a cloud's standard deviation. With gap > 0 a line
    separates them; with gap < 0 they overlap by that much, and from about −1 on no line does. Raises ValueError for n <
    2 or a gap that is not finite. The same seed gives the same points.

    >>> clouds(n=4).y
    array([0, 0, 1, 1])
    """
    count("n", n, least=2)
    real("gap", gap)
    rng = generator("seed", seed)
    y = np.arange(n) * 2 // n
    along, across = rng.standard_normal((2, n))
    along[y == 0] -= along[y == 0].max() + gap / 2
    along[y == 1] -= along[y == 1].min() - gap / 2
    X = np.column_stack([along - across, along + across]) / np.sqrt(2)
    return Dataset(X, y, AXES, "Two clouds")


def blobs(n: int = 150, centres: Any = ((-2, 0), (2, 0), (0, 3)), spread: float = 0.7, seed: Seed = 0) -> Dataset:
    """A normal cloud of standard deviation `spread` > 0 around each of the k `centres` (k, 2): X (n, 2), y (n,) 0 …
    k−1.

    Raises ValueError for fewer points than centres, or values not finite.

    >>> blobs(n=3, spread=1e-9).X.round(3) + 0.0
    array([[-2.,  0.],
           [ 2.,  0.],
           [ 0.,  3.]])
    """
    centres = finite("centres", centres, ("k", 2))
    count("n", n, least=len(centres))
    positive("spread", spread)
    y = np.arange(n) * len(centres) // n
    X = centres[y] + spread * generator("seed", seed).standard_normal((n, 2))
    return Dataset(X, y, AXES, f"{len(centres)} blobs")


def moons(n: int = 200, noise: float = 0.1, seed: Seed = 0) -> Dataset:
    """Two half circles of radius 1 that reach into each other: (cos t, sin t) and (1 − cos t, ½ − sin t), 0 ≤ t ≤ π.

    X (n, 2), y (n,); `noise` ≥ 0 is the standard deviation of what is added. The shape is scikit-learn's `make_moons`.

    >>> moons(n=4, noise=0).X.round(3) + 0.0
    array([[ 1. ,  0. ],
           [-1. ,  0. ],
           [ 0. ,  0.5],
           [ 2. ,  0.5]])
    """
    t, y = _two_arcs(n, pi)
    X = np.column_stack([np.where(y, 1 - np.cos(t), np.cos(t)), np.where(y, 0.5 - np.sin(t), np.sin(t))])
    return Dataset(_noisy(X, noise, seed), y, AXES, "Moons")


def circles(n: int = 200, noise: float = 0.1, ratio: float = 0.5, seed: Seed = 0) -> Dataset:
    """A circle of radius 1 (y = 0) around one of radius `ratio` in (0, 1) (y = 1); otherwise as `moons`.

    >>> circles(n=4, noise=0).X.round(3) + 0.0
    array([[ 1. ,  0. ],
           [-1. ,  0. ],
           [ 0.5,  0. ],
           [-0.5,  0. ]])
    """
    within("ratio", ratio, 0, 1, open_low=True, open_high=True)
    t, y = _two_arcs(n, 2 * pi, closed=True)
    X = np.where(y, ratio, 1.0)[:, None] * np.column_stack([np.cos(t), np.sin(t)])
    return Dataset(_noisy(X, noise, seed), y, AXES, "Circles")


def spirals(n: int = 200, noise: float = 0.1, turns: float = 1.5, seed: Seed = 0) -> Dataset:
    """Two arms of Archimedes' spiral, r = 1/4 … 3 over `turns` > 0 turns, half a turn apart; otherwise as `moons`.

    >>> spirals(n=2, noise=0, turns=1).X.round(3) + 0.0
    array([[ 0.25,  0.  ],
           [-0.25,  0.  ]])
    """
    positive("turns", turns)
    t, y = _two_arcs(n, 1.0)
    angle, r = 2 * pi * turns * t + pi * y, 0.25 + 2.75 * t
    X = r[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return Dataset(_noisy(X, noise, seed), y, AXES, "Spirals")


def checkerboard(n: int = 400, cells: int = 4, seed: Seed = 0) -> Dataset:
    """n points uniform on [−1, 1]², labelled by the colour of their square on a board of `cells` × `cells`.

    X (n, 2), y (n,); the square at the lower left is 0. ValueError for n or `cells` below 1.

    >>> int(checkerboard(n=100, cells=1).y.sum())
    0
    """
    count("n", n)
    count("cells", cells)
    X = generator("seed", seed).uniform(-1, 1, (n, 2))
    y = np.floor((X + 1) * cells / 2).astype(int).sum(axis=1) % 2
    return Dataset(X, y, AXES, "Checkerboard")


def _two_arcs(n: int, end: float, closed: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Parameters t (n,) from 0 to `end` on each of two curves, and which curve (n,) each point is on."""
    count("n", n, least=2)
    y = np.arange(n) * 2 // n
    t = [np.linspace(0, end, int(np.sum(y == c)), endpoint=not closed) for c in (0, 1)]
    return np.concatenate(t), y


def _noisy(X: np.ndarray, noise: float, seed: Seed) -> np.ndarray:
    nonnegative("noise", noise)
    return X + noise * generator("seed", seed).standard_normal(X.shape)
