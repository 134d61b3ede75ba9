"""Arrays at the door: floats of the right shape, labels, boxes, and the precision of floats."""

from numbers import Real
from typing import Any

import numpy as np

from .came import came


def floats(name: str, value: Any) -> np.ndarray:
    """`value` as an array of floats of its own shape; floats keep their precision, NaN and infinities pass.

    Whole numbers and truth values become float64. TypeError for anything else, complex numbers too; ValueError for rows
    of unequal length, or entries that are masked.

    >>> floats("z", np.array([250], np.uint8))
    array([250.])
    """
    if type(value) is np.ndarray and value.dtype.kind == "f":
        return value
    if np.ma.is_masked(value):
        raise ValueError(f"{name} must have no masked entries, but it came as {came(value)}")
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise ValueError(f"{name} must be numbers in a rectangular array, but came as {came(value)}") from error
    if array.dtype.kind == "O" and all(isinstance(entry, Real) for entry in array.flat):
        array = array.astype(float)
    if array.dtype.kind not in "fiub":
        raise TypeError(f"{name} must be real numbers in a rectangular array, but came as {came(value)}")
    return array if array.dtype.kind == "f" else array.astype(float)


def finite(name: str, value: Any, shape: tuple[int | str, ...] | None = None) -> np.ndarray:
    """`value` as `floats` gives it, every entry finite; else ValueError.

    `shape` may mix sizes and letters: a letter stands for any size of at least 1, as in ("n", "d"); "…" in front stands
    for any number of axes.

    >>> finite("X", [[1, 2]], ("n", "d"))
    array([[1., 2.]])
    >>> finite("X", [1, 2], ("n", "d"))
    Traceback (most recent call last):
    ValueError: X must have shape (n, d) with no size 0, but its shape is (2,)
    """
    array = floats(name, value)
    if shape is not None:
        _fits(name, array, shape)
    if not np.isfinite(array).all():
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise ValueError(f"{name} must be finite, but {name}{list(where) or ''} is {array[where]}")
    return array


def _fits(name: str, array: np.ndarray, shape: tuple[int | str, ...]) -> None:
    open_front = shape[:1] == ("…",)
    wants = shape[1:] if open_front else shape
    sizes = array.shape[max(0, array.ndim - len(wants)) :] if open_front else array.shape
    if len(sizes) != len(wants) or not all(
        size > 0 if isinstance(want, str) else size == want for size, want in zip(sizes, wants, strict=True)
    ):
        wanted = ", ".join(map(str, shape)) + ("," if len(shape) == 1 else "")
        raise ValueError(f"{name} must have shape ({wanted}) with no size 0, but its shape is {array.shape}")


def labels(name: str, value: Any, n: int | None = None, classes: int | None = 2) -> np.ndarray:
    """`value` as n whole numbers (n,) in 0 … classes−1, one label a sample; else ValueError.

    Without `n` there may be any number of them, but one; without `classes` any whole numbers.

    >>> labels("y", [0, 1, 2], n=3)
    Traceback (most recent call last):
    ValueError: y must hold labels from 0 to 1, but y[2] is 2
    """
    array = floats(name, value)
    if array.ndim != 1 or len(array) != (len(array) or 1 if n is None else n):
        size = "n" if n is None else n
        raise ValueError(f"{name} must have shape ({size},), one label a sample, but its shape is {array.shape}")
    allowed = array == np.floor(array) if classes is None else np.isin(array, np.arange(classes))
    if not allowed.all():
        i = int(np.argmin(allowed))
        what = "whole numbers as labels" if classes is None else f"labels from 0 to {classes - 1}"
        raise ValueError(f"{name} must hold {what}, but {name}[{i}] is {array[i]:g}")
    return array.astype(int)


def box(name: str, value: Any, d: int | None = None) -> np.ndarray:
    """`value` as (low, high) for each of the d coordinates, an array (d, 2) with low < high; else ValueError.

    >>> box("box", [(1, -1)])
    Traceback (most recent call last):
    ValueError: box must hold (low, high) with low < high for each coordinate, but box[0] is [1.0, -1.0]
    """
    sides = finite(name, value, ("d" if d is None else d, 2)).astype(float)
    for i, (low, high) in enumerate(sides.tolist()):
        if low >= high:
            wanted = "(low, high) with low < high for each coordinate"
            raise ValueError(f"{name} must hold {wanted}, but {name}[{i}] is {[low, high]}")
    return sides


def precision(name: str, value: Any) -> np.dtype:
    """`value` as a dtype of floats, as float or np.float32; else TypeError.

    >>> precision("dtype", int)
    Traceback (most recent call last):
    TypeError: dtype must be one of floats, such as float or np.float32, but it is <class 'int'>
    """
    try:
        dtype = None if value is None else np.dtype(value)
    except TypeError:
        dtype = None
    if dtype is None or dtype.kind != "f":
        raise TypeError(f"{name} must be one of floats, such as float or np.float32, but it is {came(value)}")
    return dtype
