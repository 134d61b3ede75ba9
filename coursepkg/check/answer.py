"""A student's answer: called on copies, watched, and read; and the ways in which it can fall short."""

import inspect
import traceback
from typing import Any

import numpy as np

from . import mode
from .watch import TimeUp, within

SECONDS = 30  # that one call of an answer may take while it is marked


class Wrong(Exception):
    """A mistake found: the `quantity`, `on` which input, what it came out as (`got`), and what to say of it.

    Of a known mistake: the `rule` that it breaks and the `next` step. Of any other: the question to `ask` oneself,
    without which the check asks its first hint.
    """

    def __init__(self, quantity: str, *, on: str, got: Any, rule: str = "", next: str = "", ask: str = "") -> None:
        said = f"On {on}, {quantity} came out as {got}."
        if rule:
            said += f"\nRule: {rule}\nNext: {next}"
        elif ask:
            said += f"\nBegin with this: {ask}"
        super().__init__(said)
        self.explained = bool(rule or ask)

    @classmethod
    def said(cls, text: str, explained: bool) -> "Wrong":
        """A mistake that was found and put into words elsewhere."""
        wrong = cls.__new__(cls)
        wrong.args, wrong.explained = (text,), explained
        return wrong


def says(rule: str, next: str) -> dict[str, str]:
    """What to say of a known mistake, as keywords of `Wrong`."""
    return {"rule": rule, "next": next}


class NotAttempted(Exception):
    """The stub is still in place; the message says where."""

    def __init__(self, said: str = "Write your answer in place of the stub, then run this again.") -> None:
        super().__init__(said)


class Raised(Exception):
    """The student's own code raised, or is not a function; the message says where and what to do."""


class Elsewhere:
    """A student's function in another process, where it is called on copies and watched already."""

    def run(self, args: tuple[Any, ...], takes: str) -> Any:
        """Its value; raises as `Answer.run` does."""
        raise NotImplementedError


class Answer:
    """A student's function under watch: it gets copies; what it returns, raises or alters is looked at.

    `takes` names its arguments, as "(w, g, H)", for those whose function takes others.
    """

    def __init__(self, function: Any, takes: str = "") -> None:
        self.function, self.takes = function, takes

    def run(self, *args: Any) -> Any:
        """The value, None included, of the function on copies of the arrays in `args`."""
        elsewhere = isinstance(self.function, Elsewhere)
        value = self.function.run(args, self.takes) if elsewhere else self._watched(args)
        if _is_complex(value):
            raise Wrong(
                "the value returned",
                on=f"{_name(self.function)}({', '.join(map(show, args))})",
                got=show(value),
                rule="All numbers here are real; this has an imaginary part, be it 0.",
                next="Find where it comes in: a root of a negative number, or a 1j.",
            )
        return value

    def _watched(self, args: tuple[Any, ...]) -> Any:
        """The value of the function, called here, if it ends, leaves its arguments alone, and is one."""
        name = _name(self.function)
        if not callable(self.function):
            raise Raised("Give the check the function itself: its name, without brackets behind it.")
        given = [arg.copy() if isinstance(arg, np.ndarray) else arg for arg in args]
        on = f"{name}({', '.join(map(show, args))})"
        if (wanted := _arguments(self.function, args)) is not None:
            takes = self.takes or f"({', '.join(map(show, args))})"
            raise Wrong(
                "the arguments that your function takes",
                on=f"the call {name}{takes}",
                got=wanted,
                rule=f"The check calls it with {len(args) or 'no'} argument{'s' * (len(args) != 1)}: {takes}.",
                next=f"Keep the line `def {name}{takes}:` as the stub has it.",
            )
        try:
            with within(SECONDS if mode.MODE == "strict" else 0):
                value = self.function(*given)
        except BaseException as error:  # exit() and an interrupt too end the answer, not the marking
            if isinstance(error, NotImplementedError) and _is_stub(error):
                raise NotAttempted(_unwritten(name, error)) from error
            raise Raised(f"{on} stopped {_where(error, self.function)}") from error
        for place, (before, after) in enumerate(zip(args, given, strict=True), start=1):
            if isinstance(before, np.ndarray) and not np.array_equal(before, after):
                raise Wrong(
                    f"argument {place} after the call",
                    on=on,
                    got=show(after),
                    rule="A function leaves its inputs as they were: they are the caller's data.",
                    next="Find the line that writes into it. After `w = X[0]`, `w += …` alters X too; start w from a "
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
                on=", ".join(map(show, args)) or "a call without input",
                got="None",
                rule="A Python function without `return` gives None.",
                next="End your function with `return` and the answer; printing it is not enough.",
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
            on=on,
            got=show(value),
            rule=f"The answer is {what}: {n} finite number{'s' * (n != 1)} in all.",
            next="Compare with the `return` that the text of the stub asks for.",
        )
    return array


def whole(value: Any, what: str, on: str) -> int:
    """`value` as the int that it is; else `Wrong`: `what`, such as "the count", is a whole number."""
    if isinstance(value, (int, np.integer)) and not isinstance(value, (bool, np.bool_)):
        return int(value)
    rule, next = f"{what.capitalize()} is a whole number.", "Return one int, not a list or a share."
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        rule = f"{what.capitalize()} is an integer, {int(value)}, not {float(value)}."
        next = "Use // instead of /, np.prod of whole numbers, or int(…) at the end."
    elif isinstance(value, (tuple, list, np.ndarray)) and np.size(value) == 1:
        rule = f"{what.capitalize()} is one integer, not a sequence that holds it."
        next = "A comma behind the number makes a tuple of it: return the number alone."
    raise Wrong(what, on=on, got=show(value) if not isinstance(value, float) else repr(value), rule=rule, next=next)


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


def _arguments(function: Any, args: tuple[Any, ...]) -> str | None:
    """The arguments that `function` takes, if it cannot be called with `args`; None if it can."""
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # of some built-in functions Python does not know
        return None
    try:
        signature.bind(*args)
    except TypeError:
        return str(signature)
    return None


def _name(function: Any) -> str:
    return getattr(function, "__name__", "your function")


def _is_complex(value: Any) -> bool:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (tuple, list, set)) or (isinstance(value, np.ndarray) and value.dtype == object):
        return any(map(_is_complex, value))
    return isinstance(value, (complex, np.complexfloating)) or (
        isinstance(value, np.ndarray) and value.dtype.kind == "c"
    )


def _is_stub(error: NotImplementedError) -> bool:
    """Whether the answer itself raised `error`, and not something that it called."""
    return len(traceback.extract_tb(error.__traceback__)) == 2  # of `run`, and of the answer


def _unwritten(name: str, error: NotImplementedError) -> str:
    line = traceback.extract_tb(error.__traceback__)[-1].lineno
    return (
        f"{name} still raises NotImplementedError, in line {line}. Write your answer in place of that line, then "
        "run this again."
    )


def _where(error: BaseException, function: Any) -> str:
    """In which line of the student's `function` it stopped, by what, and what to do."""
    frames = traceback.extract_tb(error.__traceback__)
    file = getattr(getattr(function, "__code__", None), "co_filename", None)
    frame = ([frame for frame in frames if frame.filename == file] or frames)[-1]
    line = f"in line {frame.lineno}" + (f", `{frame.line}`" if frame.line else "")
    next = "run that line by itself in a new cell with this input, and look at each part of it."
    if isinstance(error, NotImplementedError):
        next = f"write `{frames[-1].name}` first: it still raises NotImplementedError, in line {frames[-1].lineno}."
    if isinstance(error, (EOFError, OSError, NotImplementedError)) and "input" in f"{frame.line}":
        next = "take what you need from the arguments: nobody answers input() while a check runs."
    if isinstance(error, SystemExit):
        next = "end a function with `return`: exit() ends Python."
    if isinstance(error, (TimeUp, KeyboardInterrupt)):
        next = "look at the loop around that line: does its condition ever become false?"
    return f"{line}.\n{type(error).__name__}: {error}\nNext: {next}"
