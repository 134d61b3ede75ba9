"""What a chapter says: its prose as one text, and the check that every number in it was computed."""

import re
from collections.abc import Callable
from pathlib import Path

import nbformat

BOOK = Path(__file__).parents[2] / "book"
NUMBER = re.compile(r"(?<![\w.,])[−-]?\d+(?:[.,]\d+)*")
TERM = re.compile(r"\[([^\[\]]*)\]\(glossary\.md#[\w-]+\)")  # as tools/terms.py links it
# Not claims: references by year, numbered headings and lists, links, and the names of symbols.
PASSED_OVER = [
    r"\]\([^)]*\)",  # the targets of links
    r"^#+ .*$",
    r"^\d+\. ",
    r"\(?\b(?:1[6-9]|20)\d\d\b\)?",
    r"\*[^*\n]+\* \d+",  # a journal and its volume
    r"[Cc]hapter \d+|[Ee]xercise \d+",
    r"[_^]\{?\d\}?|[₀-₉]",
]


def scientific(value: float) -> str:
    """A number as the page's mathematics writes it, to one decimal and a power of ten."""
    digits, exponent = f"{value:.1e}".split("e")
    return rf"{digits} \cdot 10^{{{int(exponent)}}}"


class Prose:
    """A chapter's markdown. ``says`` asserts a sentence that was filled with computed numbers."""

    def __init__(self, name: str) -> None:
        cells = nbformat.read(BOOK / f"{name}.ipynb", as_version=4).cells
        text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
        self.text = TERM.sub(r"\1", text)
        self.said: list[str] = []
        self.proven: list[Callable[[Prose], None]] = []

    def says(self, sentence: str) -> None:
        """Assert that the chapter holds ``sentence``, written as it is there, whose numbers are computed."""
        assert sentence in self.text, f"the chapter does not say {sentence!r}"
        self.said.append(sentence)

    def proves(self, claim: Callable[["Prose"], None]) -> None:
        """Run a claim, which computes and says sentences, unless it has held already."""
        if claim not in self.proven:
            claim(self)
            self.proven.append(claim)

    def unproven(self, given: set[str]) -> list[str]:
        """The lines with a number that is neither in a sentence said nor in ``given`` (chosen, not found)."""
        rest = self.text
        for sentence in sorted(self.said, key=len, reverse=True):
            rest = rest.replace(sentence, "")
        for pattern in PASSED_OVER:
            rest = re.sub(pattern, "", rest, flags=re.MULTILINE)
        return [line for line in rest.splitlines() if set(NUMBER.findall(line)) - given]
