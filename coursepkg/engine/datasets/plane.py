"""Points in the plane: labelled clouds drawn from a seed."""

import numpy as np

from ..validate import count, finite
from .dataset import Dataset

AXES = ("x1", "x2")


def clouds(n: int = 60, gap: float = 0.5, seed: int = 0) -> Dataset:
    """Two normal clouds of n points in all, side by side along the diagonal: X (n, 2), y (n,).

    `gap` is the width of the empty strip between them, in units of a cloud's standard deviation. With gap > 0
    a line separates them; with gap < 0 they overlap by that much, and from about −1 on no line does. Raises
    ValueError for n < 2 or a gap that is not finite. The same seed gives the same points.

    >>> clouds(n=4).y
    array([0, 0, 1, 1])
    """
    count("n", n, least=2)
    gap = float(finite("gap", gap, ()))
    rng = np.random.default_rng(seed)
    y = np.arange(n) * 2 // n
    along, across = rng.standard_normal((2, n))
    along[y == 0] -= along[y == 0].max() + gap / 2
    along[y == 1] -= along[y == 1].min() - gap / 2
    X = np.column_stack([along - across, along + across]) / np.sqrt(2)
    return Dataset(X, y, AXES, "Two clouds")
