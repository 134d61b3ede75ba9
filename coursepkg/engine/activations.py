"""Activation functions: a = g(z), each beside its derivative g′(z)."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from .validate import choice


class Activation(NamedTuple):
    """A function `f` (z ↦ g(z)) and its derivative `df` (z ↦ g′(z)), both elementwise: any shape in, the same
    out.
    """

    name: str
    f: Callable[[Any], Any]
    df: Callable[[Any], Any]


def _float(z: Any) -> np.ndarray:
    z = np.asarray(z)
    return z if z.dtype.kind == "f" else z.astype(float)


def identity(z: Any) -> np.ndarray:
    """g(z) = z: no activation, for the output of a regression.

    >>> float(identity(3))
    3.0
    """
    return _float(z)


def identity_slope(z: Any) -> np.ndarray:
    """g′(z) = 1."""
    return np.ones_like(_float(z))


def step(z: Any) -> np.ndarray:
    """g(z) = 1 where z ≥ 0, else 0: the threshold unit (McCulloch and Pitts 1943).

    At its jump, z = 0, it is 1 by convention.

    >>> step([-1, 0, 2])
    array([0., 1., 1.])
    """
    z = _float(z)
    return (z >= 0).astype(z.dtype)


def step_slope(z: Any) -> np.ndarray:
    """g′(z) = 0 for z ≠ 0. At 0 the step has no derivative; 0 is returned, and descent learns nothing from
    it.
    """
    return np.zeros_like(_float(z))


def sigmoid(z: Any) -> np.ndarray:
    """g(z) = 1 / (1 + e⁻ᶻ), the logistic function σ, accurate in both tails.

    >>> sigmoid([0, -1e4, 1e4])
    array([0.5, 0. , 1. ])
    """
    z = _float(z)
    return np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))


def sigmoid_slope(z: Any) -> np.ndarray:
    """g′(z) = σ(z) σ(−z), at most 1/4, at z = 0.

    >>> float(sigmoid_slope(0))
    0.25
    """
    return sigmoid(z) * sigmoid(-_float(z))


def tanh(z: Any) -> np.ndarray:
    """g(z) = (eᶻ − e⁻ᶻ) / (eᶻ + e⁻ᶻ) = 2σ(2z) − 1.

    >>> tanh([0, 1e4])
    array([0., 1.])
    """
    return np.tanh(_float(z))


def tanh_slope(z: Any) -> np.ndarray:
    """g′(z) = 1 − tanh²z, written as 4 σ(2z) σ(−2z) so that the tails keep their digits."""
    return 4 * sigmoid_slope(2 * _float(z))


def relu(z: Any) -> np.ndarray:
    """g(z) = max(0, z), the rectified linear unit (Nair and Hinton 2010).

    >>> relu([-2, 3])
    array([0., 3.])
    """
    return np.maximum(_float(z), 0)


def relu_slope(z: Any) -> np.ndarray:
    """g′(z) = 1 for z > 0, 0 for z < 0. At the kink z = 0 the subgradient 0 is taken, as libraries do."""
    z = _float(z)
    return (z > 0).astype(z.dtype)


ACTIVATIONS: dict[str, Activation] = {
    "identity": Activation("identity", identity, identity_slope),
    "step": Activation("step", step, step_slope),
    "sigmoid": Activation("sigmoid", sigmoid, sigmoid_slope),
    "tanh": Activation("tanh", tanh, tanh_slope),
    "relu": Activation("relu", relu, relu_slope),
}


def activation(name: str) -> Activation:
    """The activation called `name`; an unknown name raises ValueError with the nearest one.

    >>> activation("sigmoid").name
    'sigmoid'
    >>> activation("sigmoyd")
    Traceback (most recent call last):
    ValueError: unknown activation 'sigmoyd': did you mean 'sigmoid'? Allowed are 'identity', 'step', ...
    """
    return ACTIVATIONS[choice("activation", name, ACTIVATIONS)]
