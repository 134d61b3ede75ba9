"""Oracles: functions that an optimiser asks for f and its derivatives at a point, and what they have to answer."""

from collections.abc import Callable, Iterator
from typing import Any, Protocol

import numpy as np

from .validate import floats, function

#: x (…, d) ↦ f (…) and the gradient (…, d).
Oracle = Callable[[np.ndarray], tuple[Any, np.ndarray]]
#: x (…, d) ↦ f (…), the gradient (…, d) and the Hessian (…, d, d).
SecondOrderOracle = Callable[[np.ndarray], tuple[Any, np.ndarray, np.ndarray]]
#: (x, f(x)) for ever.
Iterates = Iterator[tuple[np.ndarray, Any]]


class Optimiser(Protocol):
    """What every optimiser is, Newton's method and one of your own too."""

    def iterates(self, oracle: Callable, x: Any) -> Iterates:
        """(x, f(x)) for ever, from the start x (…, d) on, each x a new array."""
        ...


PARTS = {"first": ("f", "the gradient"), "second": ("f", "the gradient", "the Hessian")}


def oracle(name: str, value: Callable, part: str = "first") -> Callable:
    """`value` as a function whose first answer is looked at; a landscape gives its `part`, 'first' or 'second'.

    TypeError for what is no function or answers with another number of things than f, gradient (and Hessian);
    ValueError, when it is first asked, for shapes that do not fit x (…, d).

    >>> oracle("oracle", lambda x: x @ x)(np.ones(2))
    Traceback (most recent call last):
    TypeError: oracle must answer with 2 things, f, the gradient, but it answered with ...2.0...
    """
    asked = function(name, value, part)
    looked = False

    def answer(x: np.ndarray) -> tuple:
        nonlocal looked
        found = asked(x)
        if not looked:
            _look(name, found, x, PARTS[part])
            looked = True
        return found

    return answer


def _look(name: str, found: Any, x: np.ndarray, parts: tuple[str, ...]) -> None:
    if not isinstance(found, tuple | list) or len(found) != len(parts):
        wanted = f"{len(parts)} things, {', '.join(parts)}"
        raise TypeError(f"{name} must answer with {wanted}, but it answered with {found!r:.60}")
    shapes = (x.shape[:-1], x.shape, x.shape + x.shape[-1:])
    for part, value, shape in zip(parts, found, shapes, strict=False):
        came = floats(f"{part} from {name}", value).shape
        if came not in {shape, () if part == "f" else shape}:
            raise ValueError(f"{part} from {name} must have shape {shape} at x {x.shape}, but its shape is {came}")
