"""What a scene may say, and whether it is so: each claim is the words of a state with a check from a run of its own.

A claim's words are written as they stand on the page, with ``<z>`` for a number, ``<g:step|sigmoid>`` for one of some
words, ``<name:…>`` for any text, and ``[…]`` around what may be missing. The check takes the state and what was said.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np

#: A number on the page: 3, −0.25, 1,234.5, 4.1·10⁻¹², 10⁻⁵, 0.0000… (which is not 0).
NUMBER = r"[−+]?(?:\d+(?:,\d{3})*(?:\.\d+)?(?:·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?…?|10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
HOLE = re.compile(r"<(\w+)(?::([^<>]*))?>|(\[)|(\])")
DIGITS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-", ",+…")


class Said(float):
    """A number as it was said, with ``slack``: half a unit of its last digit."""

    slack: float

    def __new__(cls, text: str) -> "Said":
        digits, _, exponent = (text if "·10" in text else text.replace("10⁻", "1·10⁻", 1)).partition("·10")
        digits, scale = digits.translate(DIGITS), 10.0 ** int(exponent.translate(DIGITS) or 0)
        said = super().__new__(cls, float(digits) * scale)
        said.slack = 0.5 * scale * 10.0 ** -len(digits.partition(".")[2])
        return said

    def is_(self, value: float, decimals: int | None = None, digits: int | None = None) -> bool:
        """Whether ``value``, rounded as this was, reads the same.

        Zeros at the end may have been dropped: give the ``decimals`` or the significant ``digits`` it was rounded to.
        """
        slack = self.slack if decimals is None else 0.5 * 10.0**-decimals
        if digits is not None:
            slack = 0.5 * 10.0 ** (np.floor(np.log10(abs(value))) + 1 - digits) if value else 0.0
        return bool(abs(self - float(value)) <= slack * (1 + 1e-9) + 1e-12 * abs(self))


class Claim(NamedTuple):
    """Words as a pattern, and the check of their truth; ``source`` is how they were written."""

    source: str
    pattern: re.Pattern
    check: Callable[[SimpleNamespace, SimpleNamespace], Any]


CLAIMS: dict[str, list[Claim]] = defaultdict(list)
#: States that a scene's sample holds besides its presets and those drawn by lot.
ALSO: dict[str, list[dict]] = defaultdict(list)


def says(scene: str, words: str, **also: Any) -> Callable:
    """Register the decorated check for ``words`` of ``scene``; ``also`` is a state in which they are said.

    The check takes the state and what was said, each with a name for a part; it fails by an ``assert``. A check may
    return False instead, and True or None where the words are true.
    """

    def wrap(check: Callable) -> Callable:
        CLAIMS[scene].append(Claim(words, pattern(words), check))
        if also:
            ALSO[scene].append(also)
        return check

    return wrap


def pattern(words: str) -> re.Pattern:
    """The regular expression of a claim's words."""
    parts, at = [], 0
    for hole in HOLE.finditer(words):
        parts.append(re.escape(words[at : hole.start()]))
        name, choices, opens, _ = hole.groups()
        if name:
            inner = NUMBER if choices is None else choices.replace("…", ".+?")
            parts.append(f"(?P<{name}>{inner})")
        else:
            parts.append("(?:" if opens else ")?")
        at = hole.end()
    parts.append(re.escape(words[at:]))
    return re.compile("".join(parts) + r"(?=\s|$)")  # to the end of a sentence, not to a decimal point


def read(claim: Claim, found: re.Match) -> SimpleNamespace:
    """What was said: numbers as :class:`Said`, other parts as text, None where a part is missing."""
    numbers = {name for name, choices, *_ in HOLE.findall(claim.source) if name and not choices}
    return SimpleNamespace(
        **{k: Said(v) if v is not None and k in numbers else v for k, v in found.groupdict().items()}
    )


def judged(scene: str, state: dict[str, Any], words: str) -> Iterator[tuple[Claim, str]]:
    """Every claim in a state's ``words`` with the fault found in it, '' where it is true.

    Raises ``AssertionError`` for words that no claim covers. Where several claims fit, the longest is meant.
    """
    at = 0
    while at < len(words):
        fits = [(m.end(), c, m) for c in CLAIMS[scene] if (m := c.pattern.match(words, at)) and m.end() > at]
        assert fits, f"{scene} at {state}: no claim covers {words[at:]!r}"
        at, claim, found = max(fits, key=lambda fit: fit[0])
        try:
            fault = "" if claim.check(SimpleNamespace(**state), read(claim, found)) in (None, True) else "untrue"
        except AssertionError as error:
            fault = f"untrue {error}"
        yield claim, fault
        at += len(words[at:]) - len(words[at:].lstrip())
