"""What every data set is."""

from typing import NamedTuple

import numpy as np


class Dataset(NamedTuple):
    """X (n, d), one sample a row; y (n,), its labels (whole numbers from 0) or targets; feature names; a title."""

    X: np.ndarray
    y: np.ndarray
    names: tuple[str, ...]
    title: str
