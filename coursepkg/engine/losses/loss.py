"""What every loss is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..activations import identity
from ..validate import count, finite, floats, function, instance


def numbers(y: Any, k: int, n: int) -> np.ndarray:
    """Targets y (n, k), or (n,) for k = 1, finite, as columns (k, n); else ValueError.

    >>> numbers([1, 2], k=1, n=2)
    array([[1., 2.]])
    """
    y = finite("y", y)
    count("k", k)
    count("n", n)
    if y.shape not in {(n,), (n, k)} or (y.ndim == 1 and k > 1):
        wanted = f"({n},) or ({n}, 1)" if k == 1 else f"({n}, {k})"
        raise ValueError(f"y must have shape {wanted}, but its shape is {y.shape}")
    return y.reshape(n, k).T


def pair(z: Any, y: Any) -> tuple[np.ndarray, np.ndarray]:
    """Outputs z and targets y as floats of shapes (…) that go together; else ValueError.

    >>> pair(1, np.array([200], np.uint8))
    (array(1.), array([200.]))
    """
    z, y = floats("z", z), floats("y", y)
    if z.shape != y.shape:
        try:
            np.broadcast_shapes(z.shape, y.shape)
        except ValueError:
            raise ValueError(f"y must have a shape that goes with z's {z.shape}, but its shape is {y.shape}") from None
    return z, y


LEFT_OUT: Any = None  # stands for `both` until f and df have made it


@dataclass(frozen=True, repr=False)
class Loss:
    """A loss: `f(z, y)` gives one number a sample (…, n), `df(z, y)` its derivative in z (…, k, n).

    `both(z, y)` is what training repeats, sharing what it can: the sum of f over samples (…), and df, in an array that
    may be changed; left out, f and df are asked one after the other. `predict(z)` turns outputs into what they stand
    for: numbers, or probabilities. `targets(y, k, n)` checks targets and lays them out for f, df and both as columns
    (k, n); it raises ValueError.

    One of your own needs f and df, and then goes wherever a name does. TypeError for what is no function.

    >>> from coursepkg.engine.network import mlp
    >>> quartic = Loss("quartic", lambda z, y: ((z - y) ** 4).sum(axis=-2), lambda z, y: 4 * (z - y) ** 3)
    >>> mlp((1, 1)).oracle([[1.0], [2.0]], [0.0, 0.0], quartic)(np.array([1.0, 0.0]))[1]
    array([34., 18.])
    """

    name: str
    f: Callable[[Any, Any], np.ndarray]
    df: Callable[[Any, Any], np.ndarray]
    both: Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]] = LEFT_OUT
    predict: Callable[[Any], np.ndarray] = identity
    targets: Callable[[Any, int, int], np.ndarray] = numbers

    def __post_init__(self) -> None:
        instance("name", self.name, str, "'quartic'")
        for part in ("f", "df", "predict", "targets"):
            function(part, getattr(self, part), part)
        if self.both is None:
            object.__setattr__(self, "both", _one_after_the_other(self.f, self.df))
        function("both", self.both)

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


def _one_after_the_other(f: Callable, df: Callable) -> Callable:
    """(z, y) ↦ the sum (…) of f over samples and its slope (…, k, n); ValueError for an f or df of another shape."""

    def both(z: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        value, slope = np.asarray(f(z, y)), np.array(df(z, y), z.dtype)
        one_a_sample = z.shape[:-2] + z.shape[-1:]
        for name, found, wanted in (("f", value.shape, one_a_sample), ("df", slope.shape, z.shape)):
            if found != wanted:
                raise ValueError(f"{name} of a loss must give shape {wanted} for z {z.shape}, but it gives {found}")
        return np.add.reduce(value, axis=-1), slope

    return both


def per_sample_sum(f: Callable[[Any, Any], np.ndarray]) -> Callable[[Any, Any], np.ndarray]:
    """An elementwise loss (…, k, n) as one number a sample (…, n)."""

    def per_sample(z: Any, y: Any) -> np.ndarray:
        return np.add.reduce(f(z, y), axis=-2)

    return per_sample
