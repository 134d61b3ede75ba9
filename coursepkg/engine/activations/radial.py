"""Radial units: functions of a distance z = ‖x − c‖/s (Broomhead and Lowe 1988)."""

from typing import Any

import numpy as np

from ..validate import floats


def gaussian(z: Any) -> np.ndarray:
    """g(z) = e^(−z²), elementwise: near 1 around the centre, 0 far away; smooth (Broomhead and Lowe 1988).

    >>> gaussian([0, 1e4])
    array([1., 0.])
    """
    z = floats("z", z)
    return np.exp(-z * z)


def gaussian_slope(z: Any) -> np.ndarray:
    """g′(z) = −2 z e^(−z²), elementwise: 0 at the centre and far away."""
    z = floats("z", z)
    return -2 * z * np.exp(-z * z)


def multiquadric(z: Any) -> np.ndarray:
    """g(z) = √(1 + z²), elementwise (Hardy 1971): a rounded |z|; smooth everywhere.

    >>> multiquadric([0.0, 0.75])
    array([1.  , 1.25])
    """
    return np.hypot(floats("z", z), 1)


def multiquadric_slope(z: Any) -> np.ndarray:
    """g′(z) = z / √(1 + z²), elementwise: between −1 and 1."""
    return floats("z", z) / multiquadric(z)
