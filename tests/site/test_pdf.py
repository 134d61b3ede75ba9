"""The printed book: bookmarks, whole figures, links that lead within it or to the site, answers at the end."""

import re

import pytest
from pypdf import PdfReader

from tests.conftest import ROOT
from tools import pdf

BASE = "https://someone.github.io/course/"
PAGES = ["book/01_perceptron.html", "exercises/01_perceptron.html", "book/06_stochastic.html"]


@pytest.fixture(scope="module")
def printed(site, tmp_path_factory):
    """Chapter 1 and its exercises, and a chapter that asks on paper too, printed from a site with an address."""
    made = tmp_path_factory.mktemp("pdf") / "book.pdf"
    pdf.write(site, made, PAGES, BASE)
    return PdfReader(made)


def outline(items) -> list[str]:
    return [title for item in items for title in (outline(item) if isinstance(item, list) else [item.title])]


def uris(reader) -> set[str]:
    """The addresses outside of the PDF to which its links lead."""
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots") or ()]
    return {note["/A"]["/URI"] for note in notes if "/URI" in note.get("/A", {})}


def test_the_bookmarks_are_the_headings(printed):
    titles = outline(printed.outline)
    assert [title for title in titles if title in ("Contents", "Answers")] == ["Contents", "Answers"]
    chapter = (ROOT / "book" / "01_perceptron.ipynb").read_text(encoding="utf-8")
    headings = [re.sub(r"[*$]", "", title) for title in re.findall(r'"## ([^"\\]+)', chapter)]
    assert len(headings) > 5
    assert [title for title in headings if title not in titles] == []


def test_links_lead_within_the_book_or_to_the_site(printed):
    found = uris(printed)
    assert f"{BASE}book/01_perceptron.html#xp-neuron" in found
    assert f"{BASE}book/07_regularisation.html" in {uri.partition("#")[0] for uri in found}
    assert not [uri for uri in found if not uri.startswith("https://")]
    within = [note.get_object() for page in printed.pages for note in page.get("/Annots") or ()]
    assert sum("/Dest" in note for note in within) > 20


def test_every_answer_stands_at_the_end(printed):
    texts = [" ".join(page.extract_text().split()) for page in printed.pages]
    first = max(k for k, text in enumerate(texts) if re.match(r"Answers\b", text))
    answer = "The weights alone set its direction"  # of the first prediction
    assert [k >= first for k, text in enumerate(texts) if answer in text] == [True]
    asked = [int(n) for text in texts[:first] for n in re.findall(r"Answer (\d+), at the end", text)]
    assert asked == list(range(1, len(asked) + 1))
    assert len(asked) >= 8
    # One that no figure asks is called by its section.
    answers = "\n".join(page.extract_text() for page in printed.pages[first:])
    assert re.search(r"^\d+ Half way: a place to stop$", answers, re.MULTILINE)


def test_a_figure_that_no_page_holds_is_refused(site, tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "TEXT", (658, 300))
    with pytest.raises(SystemExit, match=r"no page holds these whole: .*xp-"):
        pdf.write(site, tmp_path / "book.pdf", PAGES[:1])


def test_all_pages_but_those_to_click_through_are_printed():
    pages = pdf.order()
    assert pages[0] == "book/intro.html"
    assert "book/08_landscapes.html" in pages
    assert not [page for page in pages if "reference/" in page or "genindex" in page]
