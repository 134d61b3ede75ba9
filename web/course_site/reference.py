"""The package's reference: docstrings as pages, and the chapters' code linked to them.

Docstrings are written for a terminal, with the book's own mathematics: |w| is an absolute value, η*g and x_k are
products and indices. reStructuredText would take these for its own marks.
"""

import re

from sphinx.application import Sphinx

# What may stand in a docstring and is meant as a mark: code, and *emphasis* of whole words.
MARKED = re.compile(r"(``[^`]+``|:\w+:`[^`]+`|`[^`]+`|(?<![\w*])\*[A-Za-z][\w -]*\*(?![\w*]))")
TAKEN = re.compile(r"[|*]|(?<=\w)_(?=\W|$)")


def plain(line: str) -> str:
    """The line with the letters escaped that mathematics shares with reStructuredText."""
    parts = MARKED.split(line)
    parts[::2] = [TAKEN.sub(r"\\\g<0>", part) for part in parts[::2]]
    return "".join(parts)


def docstring(app: Sphinx, what: str, name: str, thing: object, options: dict, lines: list[str]) -> None:
    """Let each line of prose stand as it was written; examples and displayed formulas are left alone."""
    literal = False
    for k, line in enumerate(lines):
        if line.startswith((">>>", "...")):
            literal = True
        elif not line.strip():
            literal = False
        if not literal:
            lines[k] = plain(line)


def skip(app: Sphinx, what: str, name: str, thing: object, skipped: bool, options: dict) -> bool | None:
    """Leave out the fields of named tuples: their class tells what they are, their own docstrings only which number."""
    return True if (getattr(thing, "__doc__", None) or "").startswith("Alias for field number") else None
