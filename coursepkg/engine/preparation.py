"""Preparing data: splitting it, and scaling that remembers what it was fitted to."""

from typing import Any, NamedTuple

import numpy as np

from .datasets.dataset import Dataset
from .validate import Seed, finite, generator, instance, within


class Split(NamedTuple):
    """Three data sets that share no sample: fit on `train`, choose on `validation`, report on `test`."""

    train: Dataset
    validation: Dataset
    test: Dataset


def split(data: Dataset, validation: float = 0.2, test: float = 0.2, seed: Seed = 0) -> Split:
    """Shuffle the n samples by `seed` and give round(share · n) of them to validation and to test, the rest to train.

    Shares lie in [0, 1) and leave at least one sample to train on, else ValueError; TypeError for no `Dataset`.

    >>> from coursepkg.engine.datasets import iris
    >>> [len(part.y) for part in split(iris())]
    [60, 20, 20]
    """
    instance("data", data, Dataset, "iris() or Dataset(X, y, names, title)")
    if len(data.X) != len(data.y):
        raise ValueError(f"data must have a y for each row of X, but it has {len(data.X)} rows and {len(data.y)}")
    within("validation", validation, 0, 1, open_high=True)
    within("test", test, 0, 1, open_high=True)
    n = len(data.y)
    held, last = round(validation * n), round(test * n)
    if held + last >= n:
        raise ValueError(f"validation and test must leave a sample to train on, but of {n} they take {held} and {last}")
    order = generator("seed", seed).permutation(n)
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

    Fit it on training data and call it on all: validation and test data must not leak into it. A constant feature is
    shifted to 0 and keeps its scale. ValueError for data empty or not finite.

    >>> standardise([[1.0], [3.0]])([[5.0]])
    array([[3.]])
    """
    X = finite("X", X, ("n", "d"))
    # Squares of large numbers overflow, of small ones vanish; a power of two, taken off and put back, rounds nothing.
    exponent = np.frexp(np.abs(X).max(axis=0))[1]
    unit = np.ldexp(X, -exponent)
    return _scaling(X, np.ldexp(unit.mean(axis=0), exponent), np.ldexp(unit.std(axis=0), exponent))


def normalise(X: Any) -> Scaling:
    """The scaling that takes each feature of X (n, d) to [0, 1]; otherwise as `standardise`.

    >>> normalise([[1.0], [3.0]])([[2.0]])
    array([[0.5]])
    """
    X = finite("X", X, ("n", "d"))
    return _scaling(X, X.min(axis=0), finite("the range of X", np.ptp(X, axis=0)))


def _scaling(X: np.ndarray, shift: np.ndarray, scale: np.ndarray) -> Scaling:
    """The scaling, but for constant features: rounding gives those a tiny scale, and a shift beside their value."""
    constant = X.max(axis=0) == X.min(axis=0)
    return Scaling(np.where(constant, X[0], shift), np.where(constant, 1.0, scale).astype(X.dtype))
