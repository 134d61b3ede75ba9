"""Every sentence that compares is computed: it stands in its chapter's register, with the test that computes it.

A chapter's tests hold the register ``COMPARED``: a part of each such sentence, and the claim that computes it, one of
the module's ``CLAIMS``; or, in words, why there is nothing to compute: a definition, a work cited, a proof given there.
"""

import importlib
import re
from pathlib import Path

import pytest

from tests.book.prose import BOOK, Prose

COMPARES = re.compile(
    r"\b(?:costs?|narrows|beats?|outruns?|wins?|settles?|comes? to rest|at rest|faster|slower|sooner|quicker|cheaper"
    r"|dearer|fewer|better|worse|longer than|shorter than|more than|less than|as fast as|times as|twice as|half as)\b"
)
REASONS = ("a definition", "cited", "proved there", "a question", "advice", "a figure of speech")
MODULES = sorted(
    path.stem for path in Path(__file__).parent.glob("test_[0-9r]*.py") if "\nCOMPARED = {" in path.read_text()
)
each = pytest.mark.parametrize("name", MODULES)


def register(name: str) -> tuple[Prose, dict, list]:
    """The chapter's prose, its register and its claims."""
    module = importlib.import_module(f"tests.book.{name}")
    return Prose(name.removeprefix("test_")), module.COMPARED, module.CLAIMS


def sentences(text: str) -> list[str]:
    """The sentences of a chapter's running text and tables, up to its further reading, without set-off formulas."""
    text = re.sub(r"\$\$.*?\$\$", "…", text.partition("## Further reading")[0], flags=re.DOTALL)
    text = re.sub(r"\]\([^)]*\)", "]", text)  # the targets of links
    return [part for line in text.split("\n") for part in re.split(r"(?<=[.?!:])\s+(?=[A-Z(*$])", line)]


def unregistered(text: str, compared: dict) -> list[str]:
    """The sentences that compare and hold no part that the register names."""
    found = [sentence for sentence in sentences(text) if COMPARES.search(sentence)]
    return [sentence for sentence in found if not any(part in sentence for part in compared)]


def test_every_chapter_has_its_register():
    chapters = {path.stem for path in BOOK.glob("[0-9]*.ipynb")}
    assert {name.removeprefix("test_") for name in MODULES} >= chapters


@each
def test_every_sentence_that_compares_is_computed(name):
    prose, compared, claims = register(name)
    assert unregistered(prose.text, compared) == []
    comparing = [sentence for sentence in sentences(prose.text) if COMPARES.search(sentence)]
    for part, claim in compared.items():
        assert any(part in sentence for sentence in comparing), f"no sentence that compares says {part!r}"
        assert claim in claims or claim in REASONS, part


def test_a_comparison_that_nobody_computed_is_found():
    said = "Adam beats SGD here. The loss falls."
    assert unregistered(said, {}) == ["Adam beats SGD here."]
    assert unregistered(said, {"beats SGD": "cited"}) == []
