"""What every activation is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..validate import function, instance


@dataclass(frozen=True, repr=False)
class Activation:
    """A function `f` (z ↦ g(z)) and its derivative `df` (z ↦ g′(z)), both elementwise: any shape in, it out.

    `from_output(D, a)`, where there is one, is D ⊙ g′(z) out of a = g(z), which training has at hand already. One of
    your own is made in the same way, and then goes wherever a name does; TypeError for a name or functions that are
    none.

    >>> from coursepkg.engine.network import mlp
    >>> square = Activation("square", lambda z: z * z, lambda z: 2 * z)
    >>> mlp((1, 1, 1), square)([1.0, 0, 1, 0], [[3.0]])
    array([[9.]])
    """

    name: str
    f: Callable[[Any], np.ndarray]
    df: Callable[[Any], np.ndarray]
    from_output: Callable[[np.ndarray, np.ndarray], np.ndarray] | None = None

    def __post_init__(self) -> None:
        instance("name", self.name, str, "'square'")
        function("f", self.f)
        function("df", self.df)
        if self.from_output is not None:
            function("from_output", self.from_output)

    def __repr__(self) -> str:
        return f"activation({self.name!r})"

    def pullback(self, D: np.ndarray, z: np.ndarray, a: np.ndarray) -> np.ndarray:
        """∂L/∂z = D ⊙ g′(z) for D = ∂L/∂a, given z and a = g(z), all of one shape: from whichever is cheaper.

        Nothing is checked: training calls it at every step.

        >>> double = Activation("double", lambda z: 2 * z, lambda z: 2 + 0 * z)
        >>> double.pullback(np.ones(1), np.ones(1), 2 * np.ones(1))
        array([2.])
        """
        return D * self.df(z) if self.from_output is None else self.from_output(D, a)
