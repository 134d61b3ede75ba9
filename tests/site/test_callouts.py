"""What the chapters state as a theorem, and where they say a thing right that is often said wrongly, stands apart."""

import re

import nbformat
import pytest
from bs4 import BeautifulSoup

from tests.conftest import tracked

CHAPTERS = tracked("book/[0-9]*.ipynb", "book/convolution.ipynb")


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_each_callout_of_a_chapter_has_its_form_on_the_page(site, path):
    prose = "\n".join(cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "markdown")
    article = BeautifulSoup((site / "book" / f"{path.stem}.html").read_text(encoding="utf-8"), "html.parser").article
    for words, form in (("> **Theorem", "div.theorem p"), ("**Say it right.", "p.say-it-right")):
        said = [part.get_text() for part in article.select(form)]
        begun = [text for text in said if re.match(r"Theorem|Say it right", text)]
        assert len(begun) == len(re.findall(rf"^{re.escape(words)}", prose, re.MULTILINE)), words


def test_most_chapters_say_something_right():
    said = ["**Say it right.**" in path.read_text(encoding="utf-8") for path in CHAPTERS]
    assert sum(said) >= 8
