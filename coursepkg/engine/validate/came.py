"""What came, in words that fit one line of an error."""

from typing import Any


def came(value: Any) -> str:
    """The repr of any object, in one line of at most 80 characters.

    >>> came(1000 * [0])[-6:]
    ' 0, 0…'
    """
    text = " ".join(repr(value).split())
    return text if len(text) <= 80 else f"{text[:77]}…"
