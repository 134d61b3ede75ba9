"""Step sizes over time: each schedule takes the step's number k = 1, 2, … to η_k.

One of your own is any function that does so, lambda k: 0.1 / k**0.5 for instance; a frozen dataclass, as those here,
has a repr that reads well in a legend.
"""

from dataclasses import dataclass
from math import cos, pi
from typing import Protocol, cast

from .validate import count, nonnegative, positive, within


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
        count("k", k)
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
        count("k", k)
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
        count("k", k)
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
        count("k", k)
        return 0.5 * self.eta * (1 + cos(pi * min((k - 1) / self.steps, 1.0)))


class Schedule(Protocol):
    """What every schedule is: a function of the step's number k = 1, 2, … that gives η_k, a finite number ≥ 0."""

    def __call__(self, k: int) -> float:
        """The step size η_k, a number."""
        ...


def schedule(eta: float | Schedule) -> Schedule:
    """A schedule as it is, or the constant one of the number `eta` > 0; anything else raises an error.

    TypeError for what is neither number nor function, ValueError for a first step size that is not finite and ≥ 0.

    >>> schedule(0.1)
    Constant(eta=0.1)
    >>> schedule(lambda k: -k)
    Traceback (most recent call last):
    ValueError: eta(1) must be a finite number >= 0, but it is -1
    """
    if isinstance(eta, type) or not callable(eta):
        return Constant(cast(float, eta))  # which refuses all else
    nonnegative("eta(1)", eta(1))
    return eta
