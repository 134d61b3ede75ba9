"""The glossary in a real browser: its letters, its filter, the pages that use a term; and how far one has read."""

import re

import pytest

from tests.conftest import ROOT


def test_the_filter_leaves_the_terms_that_hold_what_is_typed(visit, origin):
    with visit(origin, "book/glossary.html") as tab:
        terms = tab.locator(".glossary dt")
        many = terms.count()
        field = tab.get_by_role("searchbox", name="Filter the terms")
        field.fill("STOCHASTIC grad")
        shown = [term.inner_text().rstrip("#") for term in terms.all() if term.is_visible()]
        assert "stochastic gradient descent" in shown
        assert 0 < len(shown) < many / 4
        assert tab.locator(".term-count").inner_text() == f"{len(shown)} of {many} terms"
        assert tab.locator(".glossary dd").filter(visible=True).count() == len(shown)
        field.fill("")
        assert tab.locator(".glossary dt").filter(visible=True).count() == many
        tab.locator(".letters").get_by_role("link", name="S", exact=True).click()
        assert tab.locator(".glossary dt:target").inner_text().lower().startswith("s")


def test_each_term_says_where_it_is_used(visit, served):
    """The same pages, and the same places on them, to which the index leads."""
    with visit(served, "book/glossary.html") as tab:
        lines = tab.locator(".glossary .used-in")
        assert lines.count() > 80
        chapter = (ROOT / "book" / "05_descent.ipynb").read_text(encoding="utf-8")
        used = set(re.findall(r"glossary\.md#(term-[\w-]+)", chapter))
        told = tab.locator(".used-in a[href^='05_descent.html#']").evaluate_all("all => all.map(a => a.hash.slice(8))")
        assert {place.removeprefix("-") for place in told} == used
        lines.first.locator("a").first.click()
        tab.locator(":target").wait_for()


def test_a_bar_follows_the_reading_and_takes_no_room(visit, served):
    with visit(served, "book/05_descent.html", reduced_motion="no-preference") as tab:
        width = """() => new DOMMatrix(getComputedStyle(document.body, '::before').transform).a"""
        assert tab.evaluate(width) == 0
        before = tab.evaluate("document.documentElement.scrollHeight")
        tab.evaluate("scrollTo({ top: document.documentElement.scrollHeight / 2, behavior: 'instant' })")
        tab.wait_for_function(f"({width})() > 0.3 && ({width})() < 0.7")
        tab.add_style_tag(content="body::before { display: none !important }")
        assert tab.evaluate("document.documentElement.scrollHeight") == before
    with visit(served, "book/05_descent.html") as tab:  # who asks for less motion has no bar
        assert tab.evaluate("getComputedStyle(document.body, '::before').transform") == "matrix(0, 0, 0, 1, 0, 0)"


MARKED = """() => {
  const marked = [...document.querySelectorAll('#pst-page-toc-nav a.active')].map(link => link.hash)
  const lines = document.querySelectorAll('#pst-page-toc-nav a')
  const headings = [...lines].map(link => [link.hash, document.querySelector(link.hash + ' :is(h2, h3)')])
  const passed = headings.filter(([_, heading]) => heading.getBoundingClientRect().top < innerHeight * 0.3)
  const seen = headings.map(([hash, heading]) => [hash, heading.getBoundingClientRect().top])
    .filter(([_, top]) => top >= 0 && top < innerHeight)
  return [marked, [passed.at(-1)?.[0], ...seen.map(([hash]) => hash)]]
}"""


@pytest.mark.parametrize("way", [1, -1], ids=["down", "up"])
def test_the_list_of_contents_says_where_the_reader_has_leapt_to(visit, served, way):
    with visit(served, "book/05_descent.html") as tab:
        height = tab.evaluate("document.documentElement.scrollHeight")
        places = range(0, height, 1700)[::way]
        told = set()
        for place in places:
            tab.evaluate("y => scrollTo({ top: y, behavior: 'instant' })", place)
            tab.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            marked, where = tab.evaluate(MARKED)
            assert set(marked or [None]) <= set(where)
            told |= set(marked)
        assert len(told) > 5
