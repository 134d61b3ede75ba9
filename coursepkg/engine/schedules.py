"""Step sizes over time: each schedule takes the step's number k = 1, 2, … to η_k."""

from dataclasses import dataclass
from math import cos, pi
from typing import Any

from .validate import count, positive, within


@dataclass(frozen=True)
class Constant:
    """η_k = η; `eta` > 0, else ValueError.

    >>> Constant(0.1)(1000)
    0.1
    """

    eta: float

    def __post_init__(self) -> None:
        positive("eta", self.eta)

    def __call__(self, k: int) -> float:
        return self.eta


@dataclass(frozen=True)
class Inverse:
    """η_k = η / k: sums without bound while its squares do not, so noise dies out (Robbins and Monro 1951).

    >>> Inverse(1.0)(4)
    0.25
    """

    eta: float = 1.0

    def __post_init__(self) -> None:
        positive("eta", self.eta)

    def __call__(self, k: int) -> float:
        return self.eta / k


@dataclass(frozen=True)
class Stairs:
    """η_k = η · factor^⌊(k − 1)/every⌋: constant, then a factor in (0, 1] smaller after each `every` steps.

    >>> [Stairs(1.0, factor=0.1, every=2)(k) for k in (1, 2, 3)]
    [1.0, 1.0, 0.1]
    """

    eta: float
    factor: float = 0.5
    every: int = 100

    def __post_init__(self) -> None:
        positive("eta", self.eta)
        within("factor", self.factor, 0, 1, open_low=True)
        count("every", self.every)

    def __call__(self, k: int) -> float:
        return self.eta * self.factor ** ((k - 1) // self.every)


@dataclass(frozen=True)
class Cosine:
    """η_k = ½ η (1 + cos(π (k − 1)/steps)), then 0 from k = steps + 1 on (Loshchilov and Hutter 2017).

    >>> [round(Cosine(1.0, steps=4)(k), 3) for k in (1, 3, 5, 6)]
    [1.0, 0.5, 0.0, 0.0]
    """

    eta: float
    steps: int

    def __post_init__(self) -> None:
        positive("eta", self.eta)
        count("steps", self.steps)

    def __call__(self, k: int) -> float:
        return 0.5 * self.eta * (1 + cos(pi * min((k - 1) / self.steps, 1.0)))


Schedule = Constant | Inverse | Stairs | Cosine


def schedule(eta: Any) -> Schedule:
    """A schedule as it is, or the constant one of the number `eta` > 0; anything else raises ValueError.

    >>> schedule(0.1)
    Constant(eta=0.1)
    """
    return eta if isinstance(eta, Schedule) else Constant(eta)
