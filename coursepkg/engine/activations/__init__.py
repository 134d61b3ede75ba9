"""Activation functions: a = g(z), each beside its derivative g′(z)."""

import numpy as np

from ..validate import choice
from .activation import Activation
from .radial import gaussian, gaussian_slope, multiquadric, multiquadric_slope
from .rectifiers import (
    SELU_ALPHA,
    SELU_LAMBDA,
    elu,
    elu_slope,
    gelu,
    gelu_slope,
    leaky_relu,
    leaky_relu_slope,
    normal_cdf,
    relu,
    relu_slope,
    selu,
    selu_slope,
    softplus,
    softplus_slope,
)
from .softmax import softmax, softmax_slope
from .threshold import (
    identity,
    identity_slope,
    sigmoid,
    sigmoid_slope,
    step,
    step_slope,
    tanh,
    tanh_slope,
)

__all__ = ["ACTIVATIONS", "SELU_ALPHA", "SELU_LAMBDA", "Activation", "activation", "elu", "elu_slope"]
__all__ += ["gaussian", "gaussian_slope", "gelu", "gelu_slope", "identity", "identity_slope", "leaky_relu"]
__all__ += ["leaky_relu_slope", "multiquadric", "multiquadric_slope", "normal_cdf", "relu", "relu_slope"]
__all__ += ["selu", "selu_slope", "sigmoid", "sigmoid_slope", "softmax", "softmax_slope", "softplus"]
__all__ += ["softplus_slope", "step", "step_slope", "tanh", "tanh_slope"]


def _back_identity(D: np.ndarray, a: np.ndarray) -> np.ndarray:
    return D


def _back_sigmoid(D: np.ndarray, a: np.ndarray) -> np.ndarray:
    return D * (a - a * a)


def _back_tanh(D: np.ndarray, a: np.ndarray) -> np.ndarray:
    return D - D * a * a


def _back_relu(D: np.ndarray, a: np.ndarray) -> np.ndarray:
    return D * np.sign(a)


ACTIVATIONS: dict[str, Activation] = {
    g.name: g
    for g in (
        Activation("identity", identity, identity_slope, _back_identity),
        Activation("step", step, step_slope),
        Activation("sigmoid", sigmoid, sigmoid_slope, _back_sigmoid),
        Activation("tanh", tanh, tanh_slope, _back_tanh),
        Activation("relu", relu, relu_slope, _back_relu),
        Activation("gelu", gelu, gelu_slope),
        Activation("softplus", softplus, softplus_slope),
        Activation("elu", elu, elu_slope),
        Activation("selu", selu, selu_slope),
        Activation("leaky_relu", leaky_relu, leaky_relu_slope),
        Activation("gaussian", gaussian, gaussian_slope),
        Activation("multiquadric", multiquadric, multiquadric_slope),
    )
}


def activation(name: str | Activation, argument: str = "activation") -> Activation:
    """The activation called `name`; an unknown name raises ValueError with the nearest one, another type TypeError.

    Errors speak of the `argument` that it came as.

    An `Activation` of your own passes through, so that wherever a name is asked for one may be given: an ELU with
    another α is Activation("elu(2)", partial(elu, alpha=2), partial(elu_slope, alpha=2)).

    >>> activation("sigmoid").name
    'sigmoid'
    >>> activation("sigmoyd")
    Traceback (most recent call last):
    ValueError: unknown activation 'sigmoyd': did you mean 'sigmoid'? Allowed are 'identity', 'step', ...
    """
    if isinstance(name, str) and name.lower() == "softmax":
        raise ValueError(
            f"{argument} 'softmax' mixes its inputs, so no layer has it: leave the output at 'identity' and train with "
            "the loss 'cross-entropy', which contains it; activations.softmax makes probabilities of the outputs"
        )
    return name if isinstance(name, Activation) else ACTIVATIONS[choice(argument, name, ACTIVATIONS)]
