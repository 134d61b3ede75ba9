"""What every landscape is: a function with its derivatives and what is known of it."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from .critical import Critical


class Landscape(NamedTuple):
    """A function of x (…, d). `first(x)` gives f (…) and the gradient (…, d), `hessian(x)` the Hessian (…, d, d).

    `critical` are known critical points, `box` the (low, high) of each coordinate that is worth drawing, `convex`
    whether f is convex on all of ℝᵈ, `source` where it is from.
    """

    name: str
    d: int
    first: Callable[[np.ndarray], tuple[Any, np.ndarray]]
    hessian: Callable[[np.ndarray], np.ndarray]
    critical: tuple[Critical, ...]
    box: tuple[tuple[float, float], ...]
    convex: bool
    source: str

    def __repr__(self) -> str:
        return f"Landscape({self.name!r})"

    def f(self, x: Any) -> Any:
        """The value f(x), shape (…), for x (…, d)."""
        return self.first(self._point(x))[0]

    def gradient(self, x: Any) -> np.ndarray:
        """∇f(x), shape (…, d), for x (…, d)."""
        return self.first(self._point(x))[1]

    def second(self, x: Any) -> tuple[Any, np.ndarray, np.ndarray]:
        """f, ∇f and H at x (…, d): the oracle that Newton's method asks for; `first` is the others' oracle."""
        x = self._point(x)
        return (*self.first(x), self.hessian(x))

    def _point(self, x: Any) -> np.ndarray:
        x = np.asarray(x)
        if x.ndim == 0 or x.shape[-1] != self.d:
            raise ValueError(f"x must have shape (…, {self.d}) on {self.name}, but its shape is {x.shape}")
        return x if x.dtype.kind == "f" else x.astype(float)
