"""What every data set is."""

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any, NamedTuple, TypeVar

import numpy as np

R = TypeVar("R")


class Dataset(NamedTuple):
    """X (n, d), one sample a row; y (n,), its labels (whole numbers from 0) or targets; feature names; a title."""

    X: np.ndarray
    y: np.ndarray
    names: tuple[str, ...]
    title: str


def takes_dataset(function: Callable[..., R]) -> Callable[..., R]:
    """A function of X (n, d) and y that takes a `Dataset` in their place too: f(X, y, …) as f(data, …).

    TypeError if a `Dataset` comes with another y.

    >>> @takes_dataset
    ... def right(X, y, yhat):
    ...     return int((y == yhat).sum())
    >>> right(Dataset(np.eye(2), np.array([0, 1]), ("x1", "x2"), "two"), 1)
    1
    """
    takes = signature(function)
    at = list(takes.parameters).index("X")

    @wraps(function)
    def door(*args: Any, **kwargs: Any) -> R:
        data = args[at] if len(args) > at else kwargs.get("X")
        if not isinstance(data, Dataset):
            return function(*args, **kwargs)
        if len(args) > at:
            args = (*args[:at], data.X, data.y, *args[at + 1 :])
        else:
            kwargs = kwargs | {"X": data.X, "y": data.y}
        try:
            takes.bind(*args, **kwargs)
        except TypeError as error:
            raise TypeError(f"X is a Dataset, which brings its own y along: {error}") from error
        return function(*args, **kwargs)

    return door
