"""The ten functions of the chapter's table, and where they have no derivative."""

import numpy as np

from ...engine.activations import ACTIVATIONS, Activation
from ...plots.numbers import number
from ...plots.split import SIDE

#: The ten functions of the chapter's table, by the name that a reader sees.
TABLE: dict[str, Activation] = {
    name: ACTIVATIONS[key]
    for name, key in {
        "identity": "identity",
        "step": "step",
        "sigmoid": "sigmoid",
        "tanh": "tanh",
        "ReLU": "relu",
        "GELU": "gelu",
        "softplus": "softplus",
        "ELU": "elu",
        "SELU": "selu",
        "leaky ReLU": "leaky_relu",
    }.items()
}


def one_sided(f, z: float = 0.0) -> tuple[float, float]:
    """The limits of ``f`` at ``z`` from the left and from the right."""
    return tuple(float(value) for value in f(np.array([z - SIDE, z + SIDE])))


def breaks(g: Activation) -> bool:
    """Whether ``g`` has no derivative at 0, since itself or its slope jumps there."""
    return any(abs(np.subtract(*one_sided(f))) > 1e-6 for f in (g.f, g.df))


def rounded(value: float) -> str:
    """A slope to four decimals, with a true minus sign; a slope that is tiny but not 0 is said to be so."""
    if value and abs(value) < 5e-5:
        return "0.0000…"
    return number(value, digits=4)
