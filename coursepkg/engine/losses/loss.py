"""What every loss is."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np


class Loss(NamedTuple):
    """A loss: `f(z, y)` gives one number a sample (…, n), `df(z, y)` its derivative in z (…, k, n).

    `both(z, y)` is what training repeats, sharing what it can: the sum of f over samples (…), and df.

    `predict(z)` turns outputs into what they stand for: numbers, or probabilities. `targets(y, k, n)` checks targets
    and lays them out for f, df and both as columns (k, n); it raises ValueError.
    """

    name: str
    f: Callable[[Any, Any], np.ndarray]
    df: Callable[[Any, Any], np.ndarray]
    both: Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]
    predict: Callable[[Any], np.ndarray]
    targets: Callable[[Any, int, int], np.ndarray]

    def __repr__(self) -> str:
        return f"loss({self.name!r})"

    def mean(self, z: np.ndarray, y: np.ndarray) -> np.ndarray:
        """L = (1/n) Σ f(z, y), shape (…): one number a network, for z (…, k, n)."""
        return self.f(z, y).mean(axis=-1)

    def mean_and_slope(self, z: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """L (…), the mean over samples, and ∂L/∂z, of z's shape (…, k, n): what a training step asks for."""
        n = z.shape[-1]
        total, slope = self.both(z, y)
        slope /= n
        return total / n, slope


def nothing_shared(f: Callable, df: Callable) -> Callable:
    """(z, y) ↦ the sum (…) of an elementwise loss over outputs and samples, and its slope (…, k, n)."""

    def both(z: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return np.add.reduce(f(z, y), axis=(-2, -1)), df(z, y)

    return both


def per_sample_sum(f: Callable[[Any, Any], np.ndarray]) -> Callable[[Any, Any], np.ndarray]:
    """An elementwise loss (…, k, n) as one number a sample (…, n)."""

    def per_sample(z: Any, y: Any) -> np.ndarray:
        return np.add.reduce(f(z, y), axis=-2)

    return per_sample
