"""What passes between a student's process and the checks: plain data one way, pickles the other.

From the student comes JSON that can only become numbers, texts, arrays and containers of them: to unpickle what a
student sends would be to run it. What the checks send is theirs, so it is pickled; a function that no import finds
stays here and is called from there.
"""

import base64
import io
import pickle
import sys
from collections.abc import Callable, Iterator
from types import BuiltinFunctionType, FunctionType, GeneratorType
from typing import Any

import numpy as np

LONGEST = 10_000  # entries of an iterator that are looked at
KINDS = "biufcU"  # the dtypes that are nothing but numbers or text
_LAZY = (GeneratorType, map, zip, filter, range, type({}.keys()), type({}.values()), type({}.items()))


class Thing:
    """What a student returned and the checks cannot use: they know its `text` alone."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def encode(value: Any) -> Any:
    """`value` as JSON can hold it; what is neither number, text, array nor container of them becomes its repr."""
    if value is None or type(value) in (bool, int, float, str):
        return value
    if isinstance(value, (np.ndarray, np.generic)) and value.dtype.kind in KINDS:
        data = np.ascontiguousarray(value)
        kind = "array" if isinstance(value, np.ndarray) else "scalar"
        packed = base64.b64encode(data.tobytes()).decode("ascii")
        return {"is": kind, "dtype": data.dtype.str, "shape": list(np.shape(value)), "data": packed}
    if isinstance(value, np.ndarray) and value.dtype == object:
        return {"is": "objects", "shape": list(value.shape), "items": [encode(item) for item in value.flat]}
    if isinstance(value, (bool, int, float, str)):  # a subclass: an enum, say
        return next(kind(value) for kind in (bool, int, float, str) if isinstance(value, kind))
    if isinstance(value, complex):
        return {"is": "complex", "items": [value.real, value.imag]}
    if value is Ellipsis:
        return {"is": "ellipsis"}
    if isinstance(value, dict):
        return {"is": "dict", "items": [[encode(key), encode(item)] for key, item in value.items()]}
    if isinstance(value, (tuple, set, frozenset)):
        return {"is": "tuple" if isinstance(value, tuple) else "set", "items": [encode(item) for item in value]}
    if isinstance(value, (list, *_LAZY)):
        return [encode(item) for item, _ in zip(value, range(LONGEST), strict=False)]
    return {"is": "thing", "text": f"{value!r:.200}"}


def decode(value: Any) -> Any:
    """The value that `encode` was given; ValueError for anything that it cannot have written."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, list):
        return [decode(item) for item in value]
    try:
        return _DECODERS[value["is"]](value)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"what came from the student's process cannot be read: {value!r:.80}") from error


def _array(value: dict) -> np.ndarray:
    dtype = np.dtype(value["dtype"])
    if dtype.kind not in KINDS:
        raise ValueError(f"an array from the student's process must hold numbers or text, but is of {dtype}")
    return np.frombuffer(base64.b64decode(value["data"]), dtype).reshape(value["shape"]).copy()


def _objects(value: dict) -> np.ndarray:
    array = np.empty(len(value["items"]), dtype=object)
    array[:] = [decode(item) for item in value["items"]]
    return array.reshape(value["shape"])


_DECODERS: dict[str, Callable[[dict], Any]] = {
    "array": _array,
    "scalar": lambda value: _array(value)[()],
    "objects": _objects,
    "complex": lambda value: complex(*value["items"]),
    "ellipsis": lambda value: ...,
    "dict": lambda value: {decode(key): decode(item) for key, item in value["items"]},
    "tuple": lambda value: tuple(decode(item) for item in value["items"]),
    "set": lambda value: {decode(item) for item in value["items"]},
    "thing": lambda value: Thing(str(value["text"])),
}


def pack(value: Any, kept: list[Any]) -> str:
    """`value` of the checks, pickled; functions that no import finds are added to `kept` and go as their number."""

    class Pickler(pickle.Pickler):
        def persistent_id(self, thing: Any) -> int | None:
            if not isinstance(thing, (FunctionType, BuiltinFunctionType)) or _can_be_imported(thing):
                return None
            kept.append(thing)
            return len(kept) - 1

    file = io.BytesIO()
    Pickler(file).dump(value)
    return base64.b64encode(file.getvalue()).decode("ascii")


def unpack(text: str, call: Callable[[int, tuple[Any, ...]], Any]) -> Any:
    """What `pack` was given; its function number n becomes one that hands its arguments to `call(n, arguments)`."""

    class Unpickler(pickle.Unpickler):
        def persistent_load(self, number: int) -> Callable[..., Any]:
            return lambda *args: call(number, args)

    return Unpickler(io.BytesIO(base64.b64decode(text))).load()


def frames(read: Callable[[int], bytes], longest: int) -> Iterator[bytes]:
    """The messages of a pipe, each behind its length in 4 bytes, until it ends; ValueError for one over `longest`."""
    while len(head := read(4)) == 4:
        length = int.from_bytes(head, "big")
        if length > longest:
            raise ValueError(f"a message from the student's process may have {longest} bytes, but has {length}")
        body = read(length)
        if len(body) < length:
            return
        yield body


def frame(body: bytes) -> bytes:
    """A message as `frames` reads it."""
    return len(body).to_bytes(4, "big") + body


def _can_be_imported(function: Any) -> bool:
    found: Any = sys.modules.get(getattr(function, "__module__", None) or "")
    for part in function.__qualname__.split("."):
        found = getattr(found, part, None)
    return found is function and function.__module__ != "__main__"
