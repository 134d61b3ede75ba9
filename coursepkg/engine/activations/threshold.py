"""The line, the threshold and its smooth relatives."""

from typing import Any

import numpy as np

from ..validate import floats


def identity(z: Any) -> np.ndarray:
    """g(z) = z, elementwise: no activation, for the output of a regression.

    >>> float(identity(3))
    3.0
    """
    return floats("z", z)


def identity_slope(z: Any) -> np.ndarray:
    """g′(z) = 1, of z's shape."""
    return np.ones_like(floats("z", z))


def step(z: Any) -> np.ndarray:
    """g(z) = 1 where z ≥ 0, else 0, elementwise: the threshold unit (McCulloch and Pitts 1943).

    At its jump, z = 0, it is 1 by convention.

    >>> step([-1, 0, 2])
    array([0., 1., 1.])
    """
    z = floats("z", z)
    return (z >= 0).astype(z.dtype)


def step_slope(z: Any) -> np.ndarray:
    """g′(z) = 0 for z ≠ 0, elementwise. At 0 the step has no derivative; 0 is returned, so descent learns nothing."""
    return np.zeros_like(floats("z", z))


def sigmoid(z: Any) -> np.ndarray:
    """g(z) = 1 / (1 + e⁻ᶻ), the logistic function σ (Verhulst 1838), elementwise, accurate in both tails.

    >>> sigmoid([0, -1e4, 1e4])
    array([0.5, 0. , 1. ])
    """
    z = floats("z", z)
    return np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))


def sigmoid_slope(z: Any) -> np.ndarray:
    """g′(z) = σ(z) σ(−z), elementwise; at most 1/4, at z = 0.

    >>> float(sigmoid_slope(0))
    0.25
    """
    return sigmoid(z) * sigmoid(-floats("z", z))


def tanh(z: Any) -> np.ndarray:
    """g(z) = (eᶻ − e⁻ᶻ) / (eᶻ + e⁻ᶻ) = 2σ(2z) − 1, elementwise.

    >>> tanh([0, 1e4])
    array([0., 1.])
    """
    return np.tanh(floats("z", z))


def tanh_slope(z: Any) -> np.ndarray:
    """g′(z) = 1 − tanh²z, elementwise, written as 4 σ(2z) σ(−2z) so that the tails keep their digits."""
    return 4 * sigmoid_slope(2 * floats("z", z))
