"""No line of a page begins with the comma of a formula, or with a per cent sign."""

import re

import pytest
from docutils import nodes
from docutils.utils import new_document

from tests.conftest import ROOT


@pytest.fixture
def punctuation(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "web"))
    from course_site import punctuation

    return punctuation


def paragraph(text):
    """The nodes of ``text``, whose formulas stand between $ signs."""
    return nodes.paragraph(
        "", "", *(nodes.math("", part) if k % 2 else nodes.Text(part) for k, part in enumerate(text.split("$")) if part)
    )


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("a step $x$, then $y$.", ["x,", "y."]),
        ("the pair ($x$, $y$): two", ["(x,", "y):"]),
        ("$x$ alone and $y$ too", []),
        ("($x$) $y$; $z$", ["(x)", "y;"]),
        ("first $x$, $y$", ["x,"]),
    ],
)
def test_a_formula_and_its_punctuation_are_one_piece(punctuation, text, pieces):
    document = new_document("page")
    document += paragraph(text)
    punctuation.Punctuation(document).apply()
    found = [node for node in document.findall(nodes.inline) if punctuation.TOGETHER in node["classes"]]
    assert [node.astext() for node in found] == pieces
    assert document.astext() == text.replace("$", "")
    assert len(list(document.findall(nodes.math))) == text.count("$") // 2


def test_a_per_cent_sign_stays_with_its_number(punctuation):
    document = new_document("page")
    document += nodes.paragraph("", "", nodes.Text("at 98.1 % or 2 % of "), nodes.literal("", "7 % 3"))
    punctuation.Punctuation(document).apply()
    assert document.astext() == "at 98.1\N{NO-BREAK SPACE}% or 2\N{NO-BREAK SPACE}% of 7 % 3"


def test_the_page_keeps_each_piece_on_one_line(punctuation):
    style = (ROOT / "web" / "assets" / "style.css").read_text(encoding="utf-8")
    assert re.search(rf"\.{punctuation.TOGETHER} {{\s*white-space: nowrap;\s*}}", style)
