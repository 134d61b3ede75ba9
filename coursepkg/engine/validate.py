"""Checks of what a caller passes in; each error names the argument, what came, and what is allowed."""

from difflib import get_close_matches
from numbers import Integral, Real
from typing import Any

import numpy as np


def finite(name: str, value: Any, shape: tuple[int | str, ...] | None = None) -> np.ndarray:
    """`value` as an array of floats of its own shape, every entry finite; else ValueError.

    `shape` may mix sizes and letters: a letter stands for any size of at least 1, as in ("n", "d").

    >>> finite("X", [[1, 2]], ("n", "d"))
    array([[1., 2.]])
    >>> finite("X", [1, 2], ("n", "d"))
    Traceback (most recent call last):
    ValueError: X must have shape (n, d) with no size 0, but its shape is (2,)
    """
    try:
        array = np.asarray(value)
        array = array if array.dtype.kind == "f" else array.astype(float)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} must be numbers in a rectangular array, but came as {value!r:.80}") from error
    if shape is not None:
        fits = len(shape) == array.ndim and all(
            size > 0 if isinstance(want, str) else size == want for size, want in zip(array.shape, shape, strict=True)
        )
        if not fits:
            wanted = ", ".join(map(str, shape)) + ("," if len(shape) == 1 else "")
            raise ValueError(f"{name} must have shape ({wanted}) with no size 0, but its shape is {array.shape}")
    bad = ~np.isfinite(array)
    if bad.any():
        where = tuple(int(i) for i in np.argwhere(bad)[0])
        raise ValueError(f"{name} must be finite, but {name}{list(where)} is {array[where]}")
    return array


def labels(name: str, value: Any, n: int, classes: int = 2) -> np.ndarray:
    """`value` as n whole numbers (n,) in 0 … classes−1, one label a sample; else ValueError.

    >>> labels("y", [0, 1, 2], n=3)
    Traceback (most recent call last):
    ValueError: y must hold labels from 0 to 1, but y[2] is 2
    """
    array = np.asarray(value)
    if array.shape != (n,):
        raise ValueError(f"{name} must have shape ({n},), one label a sample, but its shape is {array.shape}")
    allowed = np.isin(array, np.arange(classes))
    if not allowed.all():
        i = int(np.argmin(allowed))
        raise ValueError(f"{name} must hold labels from 0 to {classes - 1}, but {name}[{i}] is {array[i]}")
    return array.astype(int)


def positive(name: str, value: Any) -> None:
    """Refuse anything but a finite number above 0: ValueError.

    >>> positive("eta", -1)
    Traceback (most recent call last):
    ValueError: eta must be a finite number > 0, but it is -1
    """
    if not (isinstance(value, Real) and 0 < value < np.inf):
        raise ValueError(f"{name} must be a finite number > 0, but it is {value!r}")


def within(name: str, value: Any, low: float, high: float, *, open_low: bool = False, open_high: bool = False) -> None:
    """Refuse anything but a number between `low` and `high`: ValueError.

    >>> within("p", 1, 0, 1, open_high=True)
    Traceback (most recent call last):
    ValueError: p must be a number in [0, 1), but it is 1
    """
    inside = isinstance(value, Real) and low <= value <= high
    if not inside or (open_low and value == low) or (open_high and value == high):
        interval = f"{'(' if open_low else '['}{low}, {high}{')' if open_high else ']'}"
        raise ValueError(f"{name} must be a number in {interval}, but it is {value!r}")


def count(name: str, value: Any, least: int = 1) -> None:
    """Refuse anything but a whole number of at least `least`: ValueError.

    >>> count("epochs", 0)
    Traceback (most recent call last):
    ValueError: epochs must be a whole number >= 1, but it is 0
    """
    if not isinstance(value, Integral) or isinstance(value, bool) or value < least:
        raise ValueError(f"{name} must be a whole number >= {least}, but it is {value!r}")


def choice(name: str, value: Any, allowed: Any) -> Any:
    """`value` if it is among `allowed`, names or numbers; else ValueError with the nearest one.

    >>> choice("activation", "rellu", ("tanh", "relu"))
    Traceback (most recent call last):
    ValueError: unknown activation 'rellu': did you mean 'relu'? Allowed are 'tanh', 'relu'
    """
    names = list(allowed)
    if value in names:
        return value
    lowered = {str(known).lower(): known for known in names}
    near = get_close_matches(str(value).lower(), lowered, n=1, cutoff=0.5)
    hint = f": did you mean {lowered[near[0]]!r}?" if near else "."
    raise ValueError(f"unknown {name} {value!r}{hint} Allowed are {', '.join(map(repr, names))}")
