"""Things of a kind at the door: names out of a list, objects of a class, and functions."""

from collections.abc import Callable
from difflib import get_close_matches
from numbers import Integral
from typing import Any

from .came import came


def choice(name: str, value: Any, allowed: Any) -> Any:
    """`value` if it is among `allowed`, names or numbers; else ValueError with the nearest one, or TypeError.

    >>> choice("activation", "rellu", ("tanh", "relu"))
    Traceback (most recent call last):
    ValueError: unknown activation 'rellu': did you mean 'relu'? Allowed are 'tanh', 'relu'
    """
    names = list(allowed)
    kind = str if isinstance(names[0], str) else Integral
    if not isinstance(value, kind) or isinstance(value, bool):
        raise TypeError(f"{name} must be one of {', '.join(map(repr, names))}, but it is {came(value)}")
    if value in names:
        return value
    lowered = {str(known).lower(): known for known in names}
    near = get_close_matches(str(value).lower(), lowered, n=1, cutoff=0.5)
    hint = f": did you mean {lowered[near[0]]!r}?" if near else "."
    raise ValueError(f"unknown {name} {value!r}{hint} Allowed are {', '.join(map(repr, names))}")


def instance(name: str, value: Any, kind: type, such_as: str) -> Any:
    """`value` if it is a `kind`, else TypeError; `such_as` says how one is made.

    >>> instance("net", 3, str, "mlp((2, 3, 1))")
    Traceback (most recent call last):
    TypeError: net must be a str, such as mlp((2, 3, 1)), but it is 3
    """
    if not isinstance(value, kind):
        raise TypeError(f"{name} must be a {kind.__name__}, such as {such_as}, but it is {came(value)}")
    return value


def function(name: str, value: Any, part: str = "f") -> Callable:
    """`value` as a function; an object with a function called `part`, as a landscape has, gives that. Else TypeError.

    >>> function("gradient", 3)
    Traceback (most recent call last):
    TypeError: gradient must be a function, but it is 3
    """
    found = getattr(value, part, value)
    if not callable(found) or isinstance(found, type):
        raise TypeError(f"{name} must be a function, but it is {came(value)}")
    return found
