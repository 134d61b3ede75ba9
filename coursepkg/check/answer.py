"""A student's answer: called on copies, watched, and read; and the ways in which it can fall short."""

import traceback
from typing import Any

import numpy as np


class Wrong(Exception):
    """A mistake found: the `quantity`, `on` which input, what it came out as, the `rule`, the `next` step."""

    def __init__(self, quantity: str, on: str, got: Any, rule: str, next: str) -> None:
        super().__init__(f"On {on}, {quantity} came out as {got}.\nRule: {rule}\nNext: {next}")


class NotAttempted(Exception):
    """The stub is still in place."""


class Raised(Exception):
    """The student's own code raised, or is not a function; the message says where and what to do."""


class Answer:
    """A student's function under watch: it gets copies; what it returns, raises or alters is looked at."""

    def __init__(self, function: Any) -> None:
        self.function = function

    def run(self, *args: Any) -> Any:
        """The value, None included, of the function on copies of the arrays in `args`."""
        name = getattr(self.function, "__name__", "your function")
        if not callable(self.function):
            raise Raised("Give the check the function itself: its name, without brackets behind it.")
        given = [arg.copy() if isinstance(arg, np.ndarray) else arg for arg in args]
        on = f"{name}({', '.join(map(show, args))})"
        try:
            value = self.function(*given)
        except NotImplementedError as stub:
            raise NotAttempted from stub
        except Exception as error:
            raise Raised(f"{on} stopped {_where(error, self.function)}") from error
        for place, (before, after) in enumerate(zip(args, given, strict=True), start=1):
            if isinstance(before, np.ndarray) and not np.array_equal(before, after):
                raise Wrong(
                    f"argument {place} after the call",
                    on,
                    show(after),
                    "A function leaves its inputs as they were: they are the caller's data.",
                    "Find the line that writes into it. After `w = X[0]`, `w += …` alters X too; start w "
                    "from a "
                    "new array such as `np.zeros(d)`, or write `w = w + …`.",
                )
        return value

    def __call__(self, *args: Any) -> Any:
        """The value of the function on copies of `args`; None means that a `return` is missing."""
        value = self.run(*args)
        if value is Ellipsis:
            raise NotAttempted
        if value is None:
            raise Wrong(
                "the value returned",
                ", ".join(map(show, args)) or "a call without input",
                "None",
                "A Python function without `return` gives None.",
                "End your function with `return` and the answer; printing it is not enough.",
            )
        return value


def numbers(value: Any, n: int, what: str, on: str) -> np.ndarray:
    """`value` as n finite floats (n,), flat or nested as the student liked; else `Wrong`, naming `what`."""
    try:
        array = np.concatenate([np.ravel(np.asarray(part, dtype=float)) for part in value])
    except (TypeError, ValueError):
        array = np.full(0, np.nan)
    if array.shape != (n,) or not np.isfinite(array).all():
        raise Wrong(
            "the value returned",
            on,
            show(value),
            f"The answer is {what}: {n} finite number{'s' * (n != 1)} in all.",
            "Compare with the `return` that the text of the stub asks for.",
        )
    return array


def show(value: Any) -> str:
    """A value as a reader would write it: 6 digits, arrays and lists as [2, 1], big arrays by shape, functions by name.

    >>> show(np.array([2.0, 1.0])), show((-0.5, "<")), show(np.sin)
    ('[2, 1]', "(-0.5, '<')", 'sin')
    """
    if isinstance(value, np.ndarray) and value.size > 12:
        return f"an array of shape {value.shape}"
    if isinstance(value, (tuple, list)) or (isinstance(value, np.ndarray) and value.ndim):
        left, right = "()" if isinstance(value, tuple) else "[]"
        return left + ", ".join(map(show, value[:12])) + (", …" if len(value) > 12 else "") + right
    if isinstance(value, (float, int, np.number)) and not isinstance(value, bool):
        return f"{value:.6g}"
    if callable(value):
        return getattr(value, "__name__", type(value).__name__)
    return f"{value!r:.80}"


def _where(error: Exception, function: Any) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    file = getattr(getattr(function, "__code__", None), "co_filename", None)
    frame = ([frame for frame in frames if frame.filename == file] or frames)[-1]
    line = f"in line {frame.lineno}" + (f", `{frame.line}`" if frame.line else "")
    return (
        f"{line}.\n{type(error).__name__}: {error}\n"
        "Next: run that line by itself in a new cell with this input, and look at each part of it."
    )
