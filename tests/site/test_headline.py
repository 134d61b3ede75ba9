"""What the pages' transforms make of a title and of a table."""

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from docutils.utils import new_document

from tests.conftest import ROOT


@pytest.fixture
def modules(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "web"))
    from course_site import headline, tables

    return headline, tables


@pytest.mark.parametrize(
    ("title", "number"),
    [("5 Gradient descent", "5"), ("12 Last", "12"), ("Exercises 5: descent", ""), ("3", ""), ("2nd edition", "")],
)
def test_a_chapters_number_is_set_apart_and_its_title_reads_as_before(modules, title, number):
    document = new_document("page")
    document += nodes.section("", nodes.title("", title))
    modules[0].Headline(document).apply()
    made = document.next_node(nodes.title)
    assert made.astext() == title
    assert "".join(part.astext() for part in made.findall(nodes.inline)) == number


def table(*rows):
    """A document whose only table has these rows, the first of which is its head."""
    text = ".. list-table::\n   :header-rows: 1\n\n"
    for row in rows:
        text += "".join(f"   {'* -' if k == 0 else '  -'} {cell}\n" for k, cell in enumerate(row))
    return publish_doctree(text)


def test_a_table_that_a_phone_can_hold_stays_as_it_is(modules):
    document = table(["step", "what"], ["one", "several short words that can be broken anywhere between them"])
    before = document.pformat()
    modules[1].Tables(document).apply()
    assert document.pformat() == before


def test_in_a_table_that_a_phone_cannot_hold_each_cell_names_its_column(modules):
    document = table(
        ["way", "cost"], ["direct", r":math:`\tfrac12 np(p + 1) + np + p(p + 1) + \alpha(p^2 - 1)`"], ["x", "y"]
    )
    modules[1].Tables(document).apply()
    assert "by-row" in document.next_node(nodes.table)["classes"]
    cells = list(document.next_node(nodes.tbody).findall(nodes.entry))
    named = [[part.astext() for part in cell.findall(nodes.inline) if part["classes"]] for cell in cells]
    assert named[0] == named[2] == []  # the first names its row
    assert named[3] == ["cost", "y"]
    assert cells[1].next_node(nodes.math).parent["classes"] == ["value"]
