"""Newton's method: pure, with a fixed share of the step, or with Armijo's line search."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

import numpy as np

from .oracles import Iterates, SecondOrderOracle
from .oracles import oracle as asked
from .validate import finite, flag, floats, within


class NewtonStep(NamedTuple):
    """At x (…, d), f (…): the direction p (…, d), the share t (…) of it that is taken, and what was added to H.

    `shift` (…) is the multiple of the identity by which a singular Hessian was damped; 0 where it was not singular.
    """

    x: np.ndarray
    f: Any
    p: np.ndarray
    t: np.ndarray
    shift: np.ndarray

    @property
    def says(self) -> str:
        """The step in words, for a caption.

        >>> NewtonStep(np.zeros(1), 0.0, np.ones(1), np.ones(()), np.full((), 0.1)).says
        'singular Hessian, damped by 0.1; whole step'
        """
        shift, t = float(np.max(self.shift)), float(np.min(self.t))
        damped = f"singular Hessian, damped by {shift:.2g}; " if shift else ""
        return damped + ("whole step" if t == 1 else f"{t:.3g} of the step")


@dataclass(frozen=True)
class Newton:
    """x ← x + t p with H p = −g, for oracles that return f, g and the Hessian H (…, d, d).

    Pure (`share` t = 1) it lands in one step on the critical point of a quadratic, be it minimum, saddle or maximum.
    `share` in (0, 1] damps every step. With `search` it goes down only: H's eigenvalues are taken by absolute value,
    and t halves from `share` until f(x + t p) ≤ f + c t gᵀp, c = 10⁻⁴ (Armijo 1966; Nocedal and Wright 2006, ch. 3). A
    singular H is damped, H + λI (Levenberg 1944), and the step says so.

    >>> path = Newton().iterates(lambda x: (x @ x, 2 * x, 2 * np.eye(2)), np.array([3.0, 4.0]))
    >>> [float(f) for _, (x, f) in zip(range(2), path)]
    [25.0, 0.0]
    """

    share: float = 1.0
    search: bool = False
    name: ClassVar[str] = "Newton"

    def __post_init__(self) -> None:
        within("share", self.share, 0, 1, open_low=True)
        flag("search", self.search)

    def iterates(self, oracle: SecondOrderOracle, x: Any) -> Iterates:
        """(x, f(x)) for ever, x (…, d) and f (…); ValueError for a start that is not finite."""
        return ((step.x, step.f) for step in self.steps(oracle, x))

    def steps(self, oracle: SecondOrderOracle, x: Any) -> Iterator[NewtonStep]:
        """Each step from x (…, d) as it is about to be taken, for ever; x, f and errors as `iterates`."""
        return self._run(asked("oracle", oracle, "second"), finite("x", x, ("…", "d")))

    def _run(self, oracle: SecondOrderOracle, x: np.ndarray) -> Iterator[NewtonStep]:
        while True:
            f, g, H = oracle(x)
            p, shift = _direction(g, H, self.search)
            t = self._armijo(oracle, x, f, g, p) if self.search else np.full(np.shape(f), self.share)
            t = t.astype(x.dtype)
            yield NewtonStep(x, f, p, t, shift)
            x = x + t[..., None] * p

    def _armijo(self, oracle: SecondOrderOracle, x: np.ndarray, f: Any, g: np.ndarray, p: np.ndarray) -> np.ndarray:
        slope = 1e-4 * np.sum(g * p, axis=-1)
        t = np.full(np.shape(f), self.share)
        # Sixty halvings leave nothing of a step: a search that finds no descent then stands still.
        for _ in range(60):
            short = oracle(x + t[..., None] * p)[0] <= f + t * slope
            if short.all():
                return t
            t = np.where(short, t, t / 2)
        return np.where(short, t, 0.0)


def direction(g: np.ndarray, H: np.ndarray, downhill: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """p = −(H + λI)⁻¹ g, shape (…, d), and λ (…): 0 unless H (…, d, d) is singular to working precision.

    `downhill` takes the eigenvalues of the symmetric H by absolute value, so that gᵀp < 0 wherever g ≠ 0. A gradient or
    Hessian that is not finite gives a p that is not: the path has diverged. ValueError for shapes that do not fit.

    >>> direction(np.array([2.0]), np.array([[-4.0]]))[0], direction(np.array([2.0]), np.array([[-4.0]]), True)[0]
    (array([0.5]), array([-0.5]))
    """
    g, H = floats("g", g), floats("H", H)
    flag("downhill", downhill)
    if g.ndim == 0 or 0 in g.shape or H.shape != g.shape + g.shape[-1:]:
        raise ValueError(f"g must have shape (…, d) and H (…, d, d), but their shapes are {g.shape} and {H.shape}")
    return _direction(g, H, downhill)


def _direction(g: np.ndarray, H: np.ndarray, downhill: bool) -> tuple[np.ndarray, np.ndarray]:
    healthy = np.isfinite(H).all(axis=(-2, -1))
    w, Q = np.linalg.eigh(np.where(healthy[..., None, None], H, np.eye(H.shape[-1])))
    w = np.abs(w) if downhill else w
    size, least = np.abs(w).max(axis=-1), np.abs(w).min(axis=-1)
    shift = np.where(least > 1e-13 * size, 0.0, np.where(size > 0, 1e-6 * size, 1.0))
    along = np.einsum("...ji,...j->...i", Q, g) / (w + shift[..., None])
    p = -np.einsum("...ij,...j->...i", Q, along)
    return np.where(healthy[..., None], p, np.nan).astype(g.dtype), shift.astype(g.dtype)
