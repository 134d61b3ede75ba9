"""What every landscape is: a function with its derivatives and what is known of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..validate import box, count, flag, floats, function, instance
from .critical import Critical


@dataclass(frozen=True, repr=False)
class Landscape:
    """A function of x (…, d). `first(x)` gives f (…) and the gradient (…, d), `hessian(x)` the Hessian (…, d, d).

    `critical` are known critical points, `box` the (low, high) of each coordinate that is worth drawing, `convex`
    whether f is convex on all of ℝᵈ, `source` where it is from. All that take an x take lists and whole numbers too;
    ValueError for another number of coordinates. Wherever the engine asks for a function, a gradient or an oracle, a
    landscape itself will do; called, it gives f.

    >>> bowl = Landscape("bowl", 1, lambda x: (x[..., 0] ** 2, 2 * x), lambda x: np.full((*x.shape, 1), 2.0))
    >>> float(bowl([3])), bowl.gradient([3])
    (9.0, array([6.]))
    """

    name: str
    d: int
    first: Callable[[Any], tuple[Any, np.ndarray]]
    hessian: Callable[[Any], np.ndarray]
    critical: tuple[Critical, ...] = ()
    box: tuple[tuple[float, float], ...] | None = None
    convex: bool = False
    source: str = ""

    def __post_init__(self) -> None:
        instance("name", self.name, str, "'bowl'")
        instance("source", self.source, str, "'Rosenbrock (1960)'")
        flag("convex", self.convex)
        count("d", self.d)
        if self.box is None:
            object.__setattr__(self, "box", ((-2.0, 2.0),) * self.d)
        box("box", self.box, self.d)
        for part in ("first", "hessian"):
            object.__setattr__(self, part, self._at_points(function(part, getattr(self, part), part)))

    def __repr__(self) -> str:
        return f"Landscape({self.name!r})"

    def __call__(self, x: Any) -> Any:
        """The value f(x), shape (…), for x (…, d)."""
        return self.first(x)[0]

    def f(self, x: Any) -> Any:
        """The value f(x), shape (…), for x (…, d)."""
        return self.first(x)[0]

    def gradient(self, x: Any) -> np.ndarray:
        """∇f(x), shape (…, d), for x (…, d)."""
        return self.first(x)[1]

    def second(self, x: Any) -> tuple[Any, np.ndarray, np.ndarray]:
        """f, ∇f and H at x (…, d): the oracle that Newton's method asks for; `first` is the others' oracle."""
        return (*self.first(x), self.hessian(x))

    def _at_points(self, formula: Callable) -> Callable:
        """The formula, behind the door that makes floats (…, d) of what comes."""

        def at(x: Any) -> Any:
            x = floats("x", x)
            if x.ndim == 0 or x.shape[-1] != self.d:
                raise ValueError(f"x must have shape (…, {self.d}) on {self.name}, but its shape is {x.shape}")
            return formula(x)

        return at
