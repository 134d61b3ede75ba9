"""Penalties on weights: each with its value, its gradient, and its proximal step."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from .oracles import Oracle
from .validate import count, finite, floats, function, instance, nonnegative, positive, within


@dataclass(frozen=True)
class ElasticNet:
    """λ (ρ ‖w‖₁ + ½ (1 − ρ) ‖w‖²) (Zou and Hastie 2005): `lam` λ ≥ 0, `rho` ρ in [0, 1] the share of L1.

    With ρ = 0 it is L2, with ρ = 1 L1. The ½ makes the gradient of L2 λw; where a text writes λ‖w‖², its λ is half.

    >>> ElasticNet(0.5, rho=0.5).value([3.0, -4.0])
    4.875
    """

    lam: float
    rho: float = 0.5

    def __post_init__(self) -> None:
        nonnegative("lam", self.lam)
        within("rho", self.rho, 0, 1)

    def value(self, w: Any) -> Any:
        """The penalty, shape (…), of w (…, d); a float for a single w."""
        w = floats("w", w)
        if w.ndim == 0:
            raise ValueError(f"w must have shape (…, d), but it is the number {w}")
        l1 = np.abs(w).sum(axis=-1)
        total = self.lam * (self.rho * l1 + 0.5 * (1 - self.rho) * (w * w).sum(axis=-1))
        return total if w.ndim > 1 else float(total)

    def gradient(self, w: Any) -> np.ndarray:
        """λ (ρ sign w + (1 − ρ) w), shape of w. |w| has no derivative at 0; the subgradient 0 is taken there."""
        w = floats("w", w)
        return self.lam * (self.rho * np.sign(w) + (1 - self.rho) * w)

    def prox(self, a: Any, t: float = 1.0) -> np.ndarray:
        """argmin over w of ½(w − a)² + t · penalty(w), elementwise, t ≥ 0: shrink for L2, snap to 0 for L1.

        L2: a/(1 + tλ). L1: sign(a) (|a| − tλ)₊, the soft threshold (Donoho and Johnstone 1994).

        >>> L1(1.0).prox([3.0, -0.5]) + 0.0
        array([2., 0.])
        """
        a = floats("a", a)
        nonnegative("t", t)
        snapped = np.sign(a) * np.maximum(np.abs(a) - t * self.lam * self.rho, 0)
        return snapped / (1 + t * self.lam * (1 - self.rho))


def L2(lam: float) -> ElasticNet:
    """½ λ ‖w‖² for λ ≥ 0, else ValueError (Hoerl and Kennard 1970): weights shrink by a factor, none to 0.

    >>> L2(0.5).gradient([2.0])
    array([1.])
    """
    return ElasticNet(lam, rho=0.0)


def L1(lam: float) -> ElasticNet:
    """λ ‖w‖₁ for λ ≥ 0, else ValueError (Tibshirani 1996): small weights become exactly 0.

    >>> L1(0.5).value([2.0, -2.0])
    2.0
    """
    return ElasticNet(lam, rho=1.0)


def penalised(oracle: Oracle, penalty: ElasticNet, where: Any = None) -> Oracle:
    """The oracle of f(x) + penalty(x), x (…, d). `where` (d,) says which entries count: a network's `is_weight`, say.

    TypeError for a `where` that is not of truth values, ValueError, when it is called, for one of another length.

    >>> f, g = penalised(lambda x: (0.0, 0 * x), L2(1.0))(np.array([2.0]))
    >>> f, g
    (2.0, array([2.]))
    """
    oracle = function("oracle", oracle, "first")
    instance("penalty", penalty, ElasticNet, "L2(0.1)")
    mask = None if where is None else np.asarray(where)
    if mask is not None and (mask.dtype != bool or mask.ndim != 1):
        raise TypeError(f"where must hold one True or False for each entry of x, but it is {where!r:.60}")

    def with_penalty(x: np.ndarray) -> tuple[Any, np.ndarray]:
        f, g = oracle(x)
        if mask is not None and mask.shape != x.shape[-1:]:
            raise ValueError(f"where must have shape ({x.shape[-1]},) as x has, but its shape is {mask.shape}")
        w = x if mask is None else np.where(mask, x, x.dtype.type(0))
        return f + penalty.value(w), g + penalty.gradient(w).astype(g.dtype, copy=False)

    return with_penalty


def ridge_filter(curvature: Any, lam: float) -> np.ndarray:
    """How much of the least-squares solution ridge keeps along an eigenvector of curvature h ≥ 0: h/(h + λ).

    λ > 0, elementwise (Hoerl and Kennard 1970). ValueError for curvatures that are negative or not finite.

    >>> float(ridge_filter(1.0, 1.0))
    0.5
    """
    positive("lam", lam)
    h = _curvature(curvature)
    return h / (h + lam)


def early_stopping_filter(curvature: Any, eta: float, t: int) -> np.ndarray:
    """The same for t steps of gradient descent from zero, elementwise: 1 − (1 − ηh)ᵗ, close to ridge with λ = 1/(ηt).

    η > 0 and t ≥ 0, else ValueError.

    >>> round(float(early_stopping_filter(0.05, eta=0.1, t=20)), 4)
    0.0954
    """
    positive("eta", eta)
    count("t", t, least=0)
    return 1 - (1 - eta * _curvature(curvature)) ** t


def _curvature(value: Any) -> np.ndarray:
    h = finite("curvature", value)
    if (h < 0).any():
        raise ValueError(f"curvature must be >= 0, but the least one is {h.min()}")
    return h
