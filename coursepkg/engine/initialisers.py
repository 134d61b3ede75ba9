"""First weights: W (outputs, inputs), drawn so that signals neither fade nor explode on their way."""

from collections.abc import Callable
from functools import partial
from math import sqrt

import numpy as np

from .validate import choice, count, generator, positive

Initialiser = Callable[[np.random.Generator, int, int], np.ndarray]


def zero(rng: np.random.Generator, outputs: int, inputs: int) -> np.ndarray:
    """W = 0 (outputs, inputs): every hidden unit then computes and learns the same, for ever.

    >>> zero(np.random.default_rng(0), 1, 2)
    array([[0., 0.]])
    """
    return np.zeros(_shape(outputs, inputs))


def normal(s: float) -> Initialiser:
    """The initialiser that draws W (outputs, inputs) ~ Normal(0, s²); s > 0, else ValueError.

    >>> normal(0.01)(np.random.default_rng(0), 1, 2).round(4)
    array([[ 0.0013, -0.0013]])
    """
    positive("s", s)
    return partial(_normal, s=float(s))


def _normal(rng: np.random.Generator, outputs: int, inputs: int, s: float) -> np.ndarray:
    return s * generator("rng", rng).standard_normal(_shape(outputs, inputs))


def glorot(rng: np.random.Generator, outputs: int, inputs: int) -> np.ndarray:
    """W (outputs, inputs) uniform within ±√(6/(inputs + outputs)) (Glorot and Bengio 2010, eq. 16).

    Its variance is 2/(inputs + outputs). For tanh and other units of slope about 1: it keeps variances going forward
    and backward, as far as both can be.

    >>> glorot(np.random.default_rng(0), 1, 2).round(4)
    array([[ 0.3874, -0.6511]])
    """
    limit = sqrt(6 / sum(_shape(outputs, inputs)))
    return generator("rng", rng).uniform(-limit, limit, (outputs, inputs))


def he(rng: np.random.Generator, outputs: int, inputs: int) -> np.ndarray:
    """W (outputs, inputs) ~ Normal(0, 2/inputs) (He et al. 2015, eq. 10).

    The 2 makes up for the half that a ReLU silences.

    >>> he(np.random.default_rng(0), 1, 2).round(4)
    array([[ 0.1257, -0.1321]])
    """
    return _normal(rng, outputs, inputs, sqrt(2 / _shape(outputs, inputs)[1]))


def _shape(outputs: int, inputs: int) -> tuple[int, int]:
    count("outputs", outputs)
    count("inputs", inputs)
    return outputs, inputs


INITIALISERS: dict[str, Initialiser] = {"zero": zero, "glorot": glorot, "he": he}


def initialiser(name: str | Initialiser, argument: str = "initialiser") -> Initialiser:
    """The initialiser called `name`, or the one given, as `normal(0.1)`; an unknown name raises ValueError.

    Errors speak of the `argument` that it came as.

    >>> initialiser("he") is he
    True
    """
    return name if callable(name) and not isinstance(name, type) else INITIALISERS[choice(argument, name, INITIALISERS)]
