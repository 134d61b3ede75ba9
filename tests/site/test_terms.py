"""On the site, a term leads to its entry in the glossary, and the index leads to each chapter's first use."""

import html
import re
from pathlib import Path

from tools import terms

NAMES = terms.terms(terms.GLOSSARY.read_text(encoding="utf-8"))


def test_the_index_lists_every_term_and_the_pages_that_use_it(site: Path):
    index = (site / "genindex.html").read_text(encoding="utf-8")
    for name in NAMES:
        assert f'href="book/glossary.html#{terms.anchor(name)}"' in index, name
    for path in terms.chapters():
        uses = {anchor for _, anchor in terms.LINK.findall(path.read_text(encoding="utf-8"))}
        assert len(uses) > 10
        page = (site / "book" / f"{path.stem}.html").read_text(encoding="utf-8")
        title = re.sub(r"<[^>]*>", "", re.search(r"<h1>(.*?)<a ", page).group(1))
        for anchor in uses:
            place = f"use-of-{anchor}"
            assert f'<a href="book/{path.stem}.html#{place}">{title}</a>' in index, place
            assert page.count(f'id="{place}"') == 1
            assert f'href="glossary.html#{anchor}"' in page.split(f'id="{place}"')[1][:400]


def test_the_index_and_the_glossary_can_be_reached_from_every_page(site: Path):
    for path in site.glob("book/*.html"):
        assert "../genindex.html" in path.read_text(encoding="utf-8"), path.name
    glossary = html.unescape((site / "book" / "glossary.html").read_text(encoding="utf-8"))
    for name in NAMES:
        assert re.search(rf'id="{re.escape(terms.anchor(name))}"', glossary), name
