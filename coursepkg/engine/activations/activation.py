"""What every activation is."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np


class Activation(NamedTuple):
    """A function `f` (z ↦ g(z)) and its derivative `df` (z ↦ g′(z)), both elementwise: any shape in, it out.

    `from_output(D, a)`, where there is one, is D ⊙ g′(z) out of a = g(z), which training has at hand already.
    """

    name: str
    f: Callable[[Any], np.ndarray]
    df: Callable[[Any], np.ndarray]
    from_output: Callable[[np.ndarray, np.ndarray], np.ndarray] | None = None

    def __repr__(self) -> str:
        return f"activation({self.name!r})"

    def pullback(self, D: np.ndarray, z: np.ndarray, a: np.ndarray) -> np.ndarray:
        """∂L/∂z = D ⊙ g′(z) for D = ∂L/∂a, given z and a = g(z), all of one shape: from whichever is cheaper.

        >>> double = Activation("double", lambda z: 2 * z, lambda z: 2 + 0 * z)
        >>> double.pullback(np.ones(1), np.ones(1), 2 * np.ones(1))
        array([2.])
        """
        return D * self.df(z) if self.from_output is None else self.from_output(D, a)


def as_float(z: Any) -> np.ndarray:
    """z as an array of floats, of z's shape; floats of any precision stay as they are.

    >>> as_float([1, 2])
    array([1., 2.])
    """
    z = np.asarray(z)
    return z if z.dtype.kind == "f" else z.astype(float)
