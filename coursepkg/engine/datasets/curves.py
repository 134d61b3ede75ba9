"""Noisy points on a curve, for regression."""

from typing import Any

import numpy as np

from ..validate import Seed, count, finite, generator, nonnegative
from .dataset import Dataset


def noisy_polynomial(n: int = 30, coefficients: Any = (0, -1, 0, 2), noise: float = 0.2, seed: Seed = 0) -> Dataset:
    """y = c₀ + c₁x + c₂x² + … + noise · normal, at n points x spread uniformly over [−1, 1]: X (n, 1), y (n,).

    `coefficients` (k,) are c₀, c₁, …; `noise` ≥ 0 is a standard deviation. ValueError for n < 1 or values not finite.

    >>> data = noisy_polynomial(2, (1, 2), noise=0)
    >>> bool(np.allclose(data.y, 1 + 2 * data.X[:, 0]))
    True
    """
    count("n", n)
    nonnegative("noise", noise)
    c = finite("coefficients", coefficients, ("k",))
    rng = generator("seed", seed)
    x = np.sort(rng.uniform(-1, 1, n))
    y = np.polynomial.polynomial.polyval(x, c) + noise * rng.standard_normal(n)
    return Dataset(x[:, None], y, ("x",), f"Noisy polynomial of degree {len(c) - 1}")
