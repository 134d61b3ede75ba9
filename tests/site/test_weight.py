"""What a first visit costs: all that a page asks for before a reader has touched it, compressed as a host sends it."""

import gzip
import re

import pytest
from bs4 import BeautifulSoup

from tests.conftest import ROOT

KB = 1000
ASKED = re.compile(
    r'<(?:link (?=[^>]*rel="(?:stylesheet|icon|preload)")[^>]*href|script [^>]*src|img [^>]*src)="([^"?#]+)'
)
STATES = re.compile(r'data-states="([^"]+)"')
PACKED = (".woff2", ".png", ".webp", ".jpg")


def sent(path) -> int:
    data = path.read_bytes()
    return len(data) if path.suffix in PACKED else len(gzip.compress(data, 6))


def first_visit(page) -> int:
    """Page, sheet, scripts, pictures, and all fonts of the sheet, which no page needs all of."""
    asked = {(page.parent / name).resolve() for name in ASKED.findall(page.read_text(encoding="utf-8"))}
    for sheet in [path for path in asked if path.suffix == ".css"]:
        asked |= {(sheet.parent / name).resolve() for name in re.findall(r"url\(\W?(fonts/[\w.-]+)", sheet.read_text())}
    return sent(page) + sum(map(sent, asked))


@pytest.fixture(scope="module")
def pages(site):
    toc = re.findall(r"file: (\S+)|root: (\S+)", (ROOT / "_toc.yml").read_text(encoding="utf-8"))
    return [site / f"{''.join(name)}.html" for name in toc]


def test_a_first_visit_is_light(pages):
    heavy = {page.name: weight for page in pages if (weight := first_visit(page) / KB) > 250}
    assert heavy == {}
    assert max(map(first_visit, pages)) > 100 * KB, "the measure misses what is sent"


def test_each_page_has_one_sheet_and_no_script_of_the_search(pages):
    for page in pages:
        asked = ASKED.findall(page.read_text(encoding="utf-8"))
        assert sum(name.endswith(".css") for name in asked) == 1, page
        assert [name for name in asked if re.search("search|bootstrap|mathjax|fontawesome", name)] == []


def test_each_page_says_what_it_is_about(pages):
    for page in pages:
        head = BeautifulSoup(page.read_text(encoding="utf-8").partition("</head>")[0], "html.parser")
        (said,) = head.select("meta[name=description]")
        assert 20 < len(said["content"]) < 170, (page, said)


def test_a_page_read_to_its_end_is_at_most_550_kilobytes(pages):
    """With the states of all its explorables, which come as each is reached."""
    whole = {}
    for page in pages:
        states = {(page.parent / name).resolve() for name in STATES.findall(page.read_text(encoding="utf-8"))}
        whole[page.name] = (first_visit(page) + sum(map(sent, states))) / KB
    assert {name: weight for name, weight in whole.items() if weight > 550} == {}
