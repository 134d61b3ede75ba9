"""The rectified linear unit and its smooth or leaky relatives: about 0 on the left, about z on the right."""

from math import erfc, pi, sqrt
from typing import Any

import numpy as np

from ..validate import floats, real
from .threshold import sigmoid

# The fixed point of the unit normal distribution, to the digits of Klambauer et al. (2017).
SELU_LAMBDA = 1.0507009873554805
SELU_ALPHA = 1.6732632423543772

_erfc = np.frompyfunc(erfc, 1, 1)


def relu(z: Any) -> np.ndarray:
    """g(z) = max(0, z), elementwise: the rectified linear unit (Nair and Hinton 2010).

    >>> relu([-2, 3])
    array([0., 3.])
    """
    return np.maximum(floats("z", z), 0)


def relu_slope(z: Any) -> np.ndarray:
    """g′(z) = 1 for z > 0, 0 for z < 0, elementwise. At the kink z = 0 the subgradient 0 is taken, as libraries do."""
    z = floats("z", z)
    return (z > 0).astype(z.dtype)


def leaky_relu(z: Any, alpha: float = 0.01) -> np.ndarray:
    """g(z) = z for z ≥ 0, α z for z < 0, elementwise (Maas, Hannun and Ng 2013).

    >>> leaky_relu([-2, 3])
    array([-0.02,  3.  ])
    """
    real("alpha", alpha)
    z = floats("z", z)
    return np.where(z < 0, z.dtype.type(alpha) * z, z)


def leaky_relu_slope(z: Any, alpha: float = 0.01) -> np.ndarray:
    """g′(z) = 1 for z > 0, α for z < 0, elementwise. At the kink z = 0 the slope of the left, α, is taken."""
    real("alpha", alpha)
    z = floats("z", z)
    return np.where(z > 0, z.dtype.type(1), z.dtype.type(alpha))


def softplus(z: Any) -> np.ndarray:
    """g(z) = ln(1 + eᶻ), elementwise: a smooth ReLU (Dugas et al. 2001), without overflow.

    >>> softplus([-1e4, 0, 3]).round(4)
    array([0.    , 0.6931, 3.0486])
    """
    return np.logaddexp(floats("z", z), 0)


def softplus_slope(z: Any) -> np.ndarray:
    """g′(z) = σ(z), elementwise: the sigmoid is the slope of the softplus."""
    return sigmoid(z)


def elu(z: Any, alpha: float = 1.0) -> np.ndarray:
    """g(z) = z for z ≥ 0, α(eᶻ − 1) for z < 0, elementwise (Clevert, Unterthiner and Hochreiter 2016).

    >>> elu([-1e4, 2])
    array([-1.,  2.])
    """
    real("alpha", alpha)
    z = floats("z", z)
    return np.where(z < 0, z.dtype.type(alpha) * np.expm1(np.minimum(z, 0)), z)


def elu_slope(z: Any, alpha: float = 1.0) -> np.ndarray:
    """g′(z) = 1 for z > 0, α eᶻ for z < 0, elementwise. At 0 the slopes 1 and α agree iff α = 1; 1 is taken."""
    real("alpha", alpha)
    z = floats("z", z)
    return np.where(z < 0, z.dtype.type(alpha) * np.exp(np.minimum(z, 0)), z.dtype.type(1))


def selu(z: Any) -> np.ndarray:
    """g(z) = λ ELU(z; α), elementwise, λ = 1.0507…, α = 1.6733… (Klambauer et al. 2017): keeps N(0, 1) so.

    >>> selu([-1, 1]).round(4)
    array([-1.1113,  1.0507])
    """
    z = floats("z", z)
    return z.dtype.type(SELU_LAMBDA) * elu(z, SELU_ALPHA)


def selu_slope(z: Any) -> np.ndarray:
    """g′(z) = λ for z > 0, λ α eᶻ for z < 0, elementwise. At 0, from λα = 1.758 to λ = 1.051, undefined; λ is taken."""
    z = floats("z", z)
    return z.dtype.type(SELU_LAMBDA) * elu_slope(z, SELU_ALPHA)


def normal_cdf(z: Any) -> np.ndarray:
    """Φ(z) = ½ erfc(−z/√2), elementwise: the share of a unit normal distribution that lies below z.

    >>> normal_cdf([0.0])
    array([0.5])
    """
    z = floats("z", z)
    return np.asarray(0.5 * _erfc(-z / sqrt(2)), dtype=z.dtype)


def gelu(z: Any) -> np.ndarray:
    """g(z) = z Φ(z), elementwise (Hendrycks and Gimpel 2016), exact. Not monotone: least, −.16997, at −.7518.

    >>> gelu([0, 1]).round(4)
    array([0.    , 0.8413])
    """
    return floats("z", z) * normal_cdf(z)


def gelu_slope(z: Any) -> np.ndarray:
    """g′(z) = Φ(z) + z φ(z), elementwise, with φ(z) = e^(−z²/2)/√(2π); at most 1.1289, at z = √2."""
    z = floats("z", z)
    return normal_cdf(z) + z * np.exp(-z * z / 2) / z.dtype.type(sqrt(2 * pi))
