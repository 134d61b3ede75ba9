"""The glossary: in order, each term explained in a sentence or two, and linked where a chapter first uses it."""

import re

import nbformat
import pytest

from tests.book.prose import BOOK
from tools import terms

GLOSSARY = (BOOK / "glossary.md").read_text(encoding="utf-8")
NAMES = terms.terms(GLOSSARY)


@pytest.mark.parametrize("path", terms.chapters(), ids=lambda path: path.stem)
def test_each_term_is_linked_at_its_first_use(path):
    assert terms.relink(path, NAMES) is None, "mend: python tools/terms.py"


def test_the_chapters_are_those_that_are_numbered_and_those_beyond():
    assert {"01_perceptron", "02_mlp", "03_activations", "convolution"} <= {path.stem for path in terms.chapters()}


def test_the_terms_stand_in_order_and_are_explained_briefly():
    assert len(NAMES) > 70
    assert sorted(NAMES, key=str.casefold) == NAMES
    entries = re.findall(r"^(\S.*)\n  (\S.*)\n(?:\n|```)", GLOSSARY, re.MULTILINE)
    assert [name for name, _ in entries] == NAMES
    for name, words in entries:
        assert 1 <= len(re.findall(r"[.]( |$)", words)) <= 3, name
        assert words.endswith("."), name


def test_every_term_is_used_in_some_chapter():
    """So that the index has a place for each."""
    linked = {anchor for path in terms.chapters() for _, anchor in terms.LINK.findall(path.read_text(encoding="utf-8"))}
    assert {terms.anchor(name) for name in NAMES} - linked == set()


# What a chapter says in bold for its own use: parts of a table, sides of a pair, terms under another name.
OWN = {
    *(
        "1.9 against 1",
        "backward",
        "blame",
        "certificate",
        "cosine",
        "every",
        "forward",
        "global max-pooling",
        "hidden",
    ),
    *("binary cross-entropy", "local derivative", "local pooling", "multiquadric", "radial", "rectified linear unit"),
    *("relative error", "shared", "squared error", "stairs", "subject to", "tanh", "tape", "test", "training"),
    *("validation", "variance"),
}
BOLD = re.compile(r"(?<!\*)\*\*([a-z0-9][^*\n]{2,39}?)\.?\*\*(?!\*)")


def test_what_a_chapter_says_in_bold_is_a_term():
    """So that no word is introduced here, used there and found nowhere. Headings in bold begin with a capital."""
    known = {form.casefold() for form in terms.forms(NAMES)}
    bold = {
        word
        for path in terms.chapters()
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "markdown"
        for word in BOLD.findall(terms.LINK.sub(r"\1", cell.source))
    }
    assert len(bold & known) > 30
    assert bold - known == OWN


ONE, TWO = "[margin](glossary.md#term-margin)", "[margins](glossary.md#term-margin)"
GRADIENT = "[gradient](glossary.md#term-gradient)"


@pytest.mark.parametrize(
    ("texts", "linked"),
    [
        (["A margin, a margin."], [f"A {ONE}, a margin."]),
        (["No use.", "Two margins."], ["No use.", f"Two {TWO}."]),
        (["The **margin**."], [f"The **{ONE}**."]),
        (["Margin first."], ["[Margin](glossary.md#term-margin) first."]),
        ([f"# Margin\n\nA margin, then {ONE}."], [f"# Margin\n\nA {ONE}, then margin."]),
        (["`margin`, $margin$, [a margin](x.md)."], ["`margin`, $margin$, [a margin](x.md)."]),
        (["| margin |\n\n```\nmargin\n```\n\na margin"], [f"| margin |\n\n```\nmargin\n```\n\na {ONE}"]),
        (["<summary>A margin?</summary>\n\nmargin"], [f"<summary>A margin?</summary>\n\n{ONE}"]),
        (["a margins-wide marginal remargin"], ["a margins-wide marginal remargin"]),
        (["## Further reading\n\nA margin."], ["## Further reading\n\nA margin."]),
        (["descent, then gradient\ndescent"], ["descent, then [gradient\ndescent](glossary.md#term-gradient-descent)"]),
        (["gradient descent, gradient"], ["[gradient descent](glossary.md#term-gradient-descent), " + GRADIENT]),
        (["min–max"], ["[min–max](glossary.md#term-minmax-scaling)"]),
        (["Adam, not adam"], ["[Adam](glossary.md#term-Adam), not adam"]),
        (["gradient, which vanishes"], [GRADIENT + ", which [vanishes](glossary.md#term-vanishing-gradient)"]),
    ],
)
def test_a_use_is_a_term_in_running_text(texts, linked):
    names = ["Adam", "gradient", "gradient descent", "margin", "min–max scaling", "vanishing gradient"]
    found = terms.link(texts, names)
    assert found == linked
    assert terms.link(found, names) == found


def test_a_check_names_the_chapter_and_changes_nothing(tmp_path, monkeypatch, capsys):
    path = tmp_path / "book" / "chapter.ipynb"
    path.parent.mkdir()
    cell = '{"cell_type": "markdown", "id": "a", "metadata": {}, "source": "A margin."}'
    before = f'{{"cells": [{cell}], "metadata": {{}}, "nbformat": 4, "nbformat_minor": 5}}'
    path.write_text(before)
    monkeypatch.setattr(terms, "ROOT", tmp_path)
    monkeypatch.setattr("sys.argv", ["terms.py", "--check"])
    assert terms.main() == 1
    assert "terms to link in book/chapter.ipynb" in capsys.readouterr().out
    assert path.read_text() == before
    monkeypatch.setattr("sys.argv", ["terms.py"])
    assert terms.main() == 0
    assert ONE in path.read_text()
    monkeypatch.setattr("sys.argv", ["terms.py", "--check"])
    assert terms.main() == 0
