"""What the tape of the worked example holds, and what finite differences say of the same gradients."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ...engine.constructions import Built, worked_example
from ...engine.datasets import gate
from ...engine.derivatives import numerical_gradient, relative_error
from ...engine.tape import TapeStep, tape

XOR = gate("XOR")
EXAMPLES = ("00", "01", "10", "11")
LOSS = "squared error"
#: The steps that hold the gradient, in the order of theta, and their sizes.
GRADIENTS = {"∂W1": 4, "∂b1": 2, "∂W2": 2, "∂b2": 1}


class Record(NamedTuple):
    """One example through the network: its input and target, and the 14 steps of the tape.

    ``values`` holds each step's value flat, in the tape's order, by symbol and layer ('z1', 'δ2', '∂W2'; the loss 'L').
    ``differences`` (9,) are finite differences in the order of theta, ``error`` their relative distance to the tape's.
    """

    built: Built
    x: np.ndarray
    y: float
    values: dict[str, np.ndarray]
    differences: np.ndarray
    error: float


@lru_cache
def record(example: str, w11: float) -> Record:
    """The worked example's network with first weight ``w11``, on the ``example`` '00', '01', '10' or '11' of XOR."""
    built, k = worked_example(w11), EXAMPLES.index(example)
    X, y = XOR.X[[k]], XOR.y[[k]]
    steps = tape(*built, X, y, LOSS)
    values = {name_of(step): np.ravel(step.value) for step in steps}
    oracle = built.net.oracle(X, y, LOSS)
    differences = numerical_gradient(lambda theta: float(oracle(theta)[0]), built.theta)
    gradient = np.concatenate([values[name] for name in GRADIENTS])
    error = relative_error(gradient, differences)
    return Record(built, X[0], float(y[0]), values, differences, error)


def name_of(step: TapeStep) -> str:
    """A tape step's name: its symbol and its layer, as 'z1'; the loss is 'L', and ∂z, the blame, is 'δ'."""
    return "L" if step.symbol == "L" else f"{step.symbol.replace('∂z', 'δ')}{step.layer}"
