"""Logic gates: Boolean functions as data sets."""

from itertools import product
from typing import Any

import numpy as np

from ..validate import choice, floats, labels
from .dataset import Dataset

GATES = {"AND": (0, 0, 0, 1), "OR": (0, 1, 1, 1), "NAND": (1, 1, 1, 0), "XOR": (0, 1, 1, 0)}


def gate(name: str) -> Dataset:
    """The gate `name`: X (4, 2) in the order 00, 01, 10, 11 and y (4,); an unknown name raises ValueError.

    >>> gate("AND").y
    array([0, 0, 0, 1])
    """
    return boolean(GATES[choice("gate", name, GATES)])._replace(title=name)


def boolean(truth: Any) -> Dataset:
    """The Boolean function of d inputs with the truth table `truth` (2ᵈ,), rows counted up in binary.

    Raises ValueError if the table's length is no power of two from 2 on, or an entry is neither 0 nor 1.

    >>> boolean([0, 1]).X
    array([[0.],
           [1.]])
    """
    truth = floats("truth", truth)
    rows = truth.size
    d = rows.bit_length() - 1
    if d < 1 or rows != 2**d:
        raise ValueError(f"truth must have 2, 4, 8, … entries, one for each row of the table, but it has {rows}")
    X = np.array(list(product((0.0, 1.0), repeat=d)))
    names = tuple(f"x{i + 1}" for i in range(d))
    return Dataset(X, labels("truth", truth, rows), names, f"Boolean function of {d} inputs")
