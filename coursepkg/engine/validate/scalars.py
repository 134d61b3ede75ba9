"""Single values at the door: numbers within bounds, whole numbers, and truth values."""

from collections.abc import Iterable
from numbers import Integral, Real
from typing import Any

import numpy as np

from .came import came


def number(name: str, value: Any, wanted: str) -> None:
    """Refuse anything but a number: TypeError, which says what is `wanted`. True is none.

    >>> number("p", True, "a number in [0, 1)")
    Traceback (most recent call last):
    TypeError: p must be a number in [0, 1), but it is True
    """
    if not isinstance(value, Real) or isinstance(value, bool):
        raise TypeError(f"{name} must be {wanted}, but it is {came(value)}")


def real(name: str, value: Any) -> None:
    """Refuse anything but a finite number: TypeError for what is no number, else ValueError.

    >>> real("w11", "1")
    Traceback (most recent call last):
    TypeError: w11 must be a finite number, but it is '1'
    """
    number(name, value, "a finite number")
    if not -np.inf < value < np.inf:
        raise ValueError(f"{name} must be a finite number, but it is {value!r}")


def positive(name: str, value: Any) -> None:
    """Refuse anything but a finite number above 0: TypeError for what is no number, else ValueError.

    >>> positive("eta", -1)
    Traceback (most recent call last):
    ValueError: eta must be a finite number > 0, but it is -1
    """
    number(name, value, "a finite number > 0")
    if not 0 < value < np.inf:
        raise ValueError(f"{name} must be a finite number > 0, but it is {value!r}")


def nonnegative(name: str, value: Any) -> None:
    """Refuse anything but a finite number from 0 on: TypeError for what is no number, else ValueError.

    >>> nonnegative("lam", -1)
    Traceback (most recent call last):
    ValueError: lam must be a finite number >= 0, but it is -1
    """
    number(name, value, "a finite number >= 0")
    if not 0 <= value < np.inf:
        raise ValueError(f"{name} must be a finite number >= 0, but it is {value!r}")


def within(name: str, value: Any, low: float, high: float, *, open_low: bool = False, open_high: bool = False) -> None:
    """Refuse anything but a number between `low` and `high`: TypeError for what is no number, else ValueError.

    >>> within("p", 1, 0, 1, open_high=True)
    Traceback (most recent call last):
    ValueError: p must be a number in [0, 1), but it is 1
    """
    wanted = f"a number in {'(' if open_low else '['}{low}, {high}{')' if open_high else ']'}"
    number(name, value, wanted)
    if not low <= value <= high or (open_low and value == low) or (open_high and value == high):
        raise ValueError(f"{name} must be {wanted}, but it is {value!r}")


def count(name: str, value: Any, least: int | None = 1) -> None:
    """Refuse anything but a whole number of at least `least`, if any: TypeError for what is no number, else ValueError.

    >>> count("epochs", 0)
    Traceback (most recent call last):
    ValueError: epochs must be a whole number >= 1, but it is 0
    """
    wanted = "a whole number" if least is None else f"a whole number >= {least}"
    number(name, value, wanted)
    if not isinstance(value, Integral) or (least is not None and value < least):
        raise ValueError(f"{name} must be {wanted}, but it is {value!r}")


def counts(name: str, value: Any, least: int = 1) -> tuple[int, ...]:
    """`value` as a tuple of whole numbers of at least `least`; TypeError for no sequence, ValueError for such entries.

    >>> counts("widths", 5)
    Traceback (most recent call last):
    TypeError: widths must be whole numbers >= 1, as in (2, 3), but it is 5
    """
    if isinstance(value, str | bytes) or not isinstance(value, Iterable) or getattr(value, "ndim", 1) == 0:
        raise TypeError(f"{name} must be whole numbers >= {least}, as in (2, 3), but it is {came(value)}")
    entries = tuple(value)
    for i, entry in enumerate(entries):
        count(f"{name}[{i}]", entry, least)
    return entries


def flag(name: str, value: Any) -> None:
    """Refuse anything but True or False: TypeError.

    >>> flag("shuffle", "no")
    Traceback (most recent call last):
    TypeError: shuffle must be True or False, but it is 'no'
    """
    if not isinstance(value, bool | np.bool_):
        raise TypeError(f"{name} must be True or False, but it is {came(value)}")
