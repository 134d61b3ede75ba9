"""Mark-up of the theme is mended in whatever order its attributes stand, and mended once."""

import re

import pytest
from bs4 import BeautifulSoup
from pybtex.database import parse_file
from pybtex.richtext import Text

from tests.conftest import ROOT

BUTTON, SIDE = '<button class="btn search-button-field">', 'id="pst-primary-sidebar" class="x">'
WIDTH = '<meta name="viewport" content="a"/>'
P, SPAN = '<p class="{} admonition-title">{}</p>', '<span class="{} admonition-title">{}</span>'
FOLD = [("collapsed", "Show"), ("expanded", "Hide")]
FAULTY = {
    '<button aria-label="Search" class="btn search-button-field">': BUTTON,
    '<button class="btn search-button-field" aria-label="Search">': BUTTON,
    '<button class="btn search-button" aria-label="Search">': None,
    '<div role="list" class="citation-list">': '<div class="citation-list">',
    '<div class="citation-list" role="list">': '<div class="citation-list">',
    '<div class="citation" id="a" role="doc-biblioentry">': '<div class="citation" id="a">',
    '<li class="toctree-l1"><a href="#">Exercises 1': '<li class="exercises toctree-l1"><a href="#">Exercises 1',
    '<li class="toctree-l1"><a href="a.html">1 The perceptron': None,
    '<th class="head"><p></p></th>': '<td class="head"></td>',
    '<th class="head"><p>Word</p></th>': None,
    '<main id="main-content" role="main">': '<main id="main-content">',
    '<button title="Toggle primary sidebar" class="primary-toggle">': (
        '<button title="Contents of the course" class="primary-toggle">'
    ),
    '<button class="secondary-toggle" title="Toggle secondary sidebar">': (
        '<button class="secondary-toggle" title="Contents of this page">'
    ),
    '<img class="logo__image only-light" alt="The book, front page"/>': (
        '<img class="logo__image only-light" alt="" aria-hidden="true" loading="lazy"/>'
    ),
    '<img alt="A graph." class="x"/>': None,
    '<a class="current reference internal" href="#">': (
        '<a aria-current="page" class="current reference internal" href="#">'
    ),
    '<header id="pst-header">\n</header>\n<footer class="x">By us</footer>': (
        '<header role="presentation" id="pst-header">\n</header>\n<footer class="x">By us</footer>'
    ),
    f"<div {SIDE}": f'<div role="navigation" aria-label="Course" {SIDE}',
    f'{WIDTH}<meta content="b" name="viewport"/>\n<p>': f"{WIDTH}\n<p>",
    f'<summary aria-label="Toggle hidden content">\n{P.format(*FOLD[0])}\n{P.format(*FOLD[1])}\n</summary>': (
        f"<summary>{SPAN.format(*FOLD[0])}{SPAN.format(*FOLD[1])}</summary>"
    ),
}


@pytest.fixture
def markup(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "web"))
    from course_site import markup

    return markup


@pytest.mark.parametrize("html", FAULTY)
def test_a_fault_is_mended_once(html, markup):
    mended = FAULTY[html] or html
    assert markup.mend(html) == mended
    assert markup.mend(mended) == mended


def test_rules_for_a_fold_find_it(markup):
    assert markup.mend_sheet("details[open]>summary > p.collapsed, p.expanded{}") == (
        "details[open]>summary > .collapsed, p.expanded{}"
    )


def test_titles_are_in_the_language_that_their_entries_name(site):
    entries = parse_file(ROOT / "book" / "references.bib").entries.values()
    titles = {str(Text.from_latex(entry.fields["title"])).lower(): entry.fields.get("langid") for entry in entries}
    page = BeautifulSoup((site / "book" / "references.html").read_text(encoding="utf-8"), "html.parser")
    marked = {" ".join(part.get_text().split()).lower(): part["lang"] for part in page.select("article [lang]")}
    codes = {"french": "fr", "german": "de", "latin": "la"}
    wanted = {title: codes[language] for title, language in titles.items() if language}
    assert len(wanted) >= 6
    assert marked == wanted
    # No English title has such letters, but in names.
    foreign = [title for title in titles if re.search("[éèäöü]", title.replace("gaspé", "").replace("łojasiewicz", ""))]
    assert set(foreign) <= set(wanted)
