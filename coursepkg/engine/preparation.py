"""Preparing data: splitting it, and scaling that remembers what it was fitted to."""

from typing import Any, NamedTuple

import numpy as np

from .datasets.dataset import Dataset
from .validate import finite, within


class Split(NamedTuple):
    """Three data sets that share no sample: fit on `train`, choose on `validation`, report on `test`."""

    train: Dataset
    validation: Dataset
    test: Dataset


def split(data: Dataset, validation: float = 0.2, test: float = 0.2, seed: int = 0) -> Split:
    """Shuffle the n samples by `seed` and give round(share · n) of them to validation and to test, the rest to train.

    Shares lie in [0, 1) and leave at least one sample to train on, else ValueError.

    >>> from coursepkg.engine.datasets import iris
    >>> [len(part.y) for part in split(iris())]
    [60, 20, 20]
    """
    within("validation", validation, 0, 1, open_high=True)
    within("test", test, 0, 1, open_high=True)
    n = len(data.y)
    held, last = round(validation * n), round(test * n)
    if held + last >= n:
        raise ValueError(f"validation and test must leave a sample to train on, but of {n} they take {held} and {last}")
    order = np.random.default_rng(seed).permutation(n)
    parts = np.split(order, [n - held - last, n - last])
    return Split(*(data._replace(X=data.X[part], y=data.y[part]) for part in parts))


class Scaling(NamedTuple):
    """x ↦ (x − shift)/scale, feature by feature: shift and scale (d,), as fitted. Call it on any X (n, d)."""

    shift: np.ndarray
    scale: np.ndarray

    def __call__(self, X: Any) -> np.ndarray:
        return (finite("X", X, ("n", len(self.shift))) - self.shift) / self.scale

    def undo(self, X: Any) -> np.ndarray:
        """The inverse, x ↦ x · scale + shift, for X (n, d).

        >>> Scaling(np.array([1.0]), np.array([2.0])).undo([[3.0]])
        array([[7.]])
        """
        return finite("X", X, ("n", len(self.shift))) * self.scale + self.shift


def standardise(X: Any) -> Scaling:
    """The scaling that gives each feature of X (n, d) mean 0 and standard deviation 1.

    Fit it on training data and call it on all: validation and test data must not leak into it. A constant feature keeps
    its scale. ValueError for data empty or not finite.

    >>> standardise([[1.0], [3.0]])([[5.0]])
    array([[3.]])
    """
    X = finite("X", X, ("n", "d"))
    return Scaling(X.mean(axis=0), _nonzero(X.std(axis=0)))


def normalise(X: Any) -> Scaling:
    """The scaling that takes each feature of X (n, d) to [0, 1]; otherwise as `standardise`.

    >>> normalise([[1.0], [3.0]])([[2.0]])
    array([[0.5]])
    """
    X = finite("X", X, ("n", "d"))
    return Scaling(X.min(axis=0), _nonzero(np.ptp(X, axis=0)))


def _nonzero(scale: np.ndarray) -> np.ndarray:
    return np.where(scale > 0, scale, 1.0)
