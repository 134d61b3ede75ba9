"""Plain Sphinx with MyST-NB, read by two processes; other builders."""

import re

import pytest

from tests.browser.contrast import FAINT_TEXT


@pytest.fixture(scope="module")
def built(plain):
    """The plain book, and what its build said."""
    return plain, plain.build()


def test_two_processes_read_it_and_both_pages_have_their_figure(built):
    book, said = built
    assert said.count("explorable wave: 5 states") == 2
    for name in ("waves", "tides"):
        assert (book.html / f"{name}.html").read_text(encoding="utf-8").count('id="xp-wave"') == 1


def test_a_theme_that_knows_no_dark_keeps_its_figures_light(built, chromium):
    context = chromium.new_context(color_scheme="dark")
    tab = context.new_page()
    tab.goto((built[0].html / "tides.html").as_uri())
    tab.locator("figure.explorable[data-ready]").wait_for(state="attached")
    tab.evaluate("() => document.body.replaceChildren(...document.querySelectorAll('figure'))")
    assert tab.evaluate(FAINT_TEXT) == []
    context.close()


def test_a_page_in_a_folder_of_its_own_finds_its_states(built, chromium):
    book, _ = built
    book.build("dirhtml")
    tab = chromium.new_page()
    tab.goto((book.html / "waves" / "index.html").as_uri())
    tab.locator("figure.explorable[data-ready]").wait_for(state="attached")
    tab.close()


def test_a_book_on_paper_takes_the_pictures(built):
    book, _ = built
    book.build("latex")
    text = next((book.html).glob("*.tex")).read_text(encoding="utf-8")
    assert len(re.findall(r"\\sphinxincludegraphics", text)) == 3
    assert len(list(book.html.glob("*.png"))) >= 2


def test_an_explorable_twice_on_a_page_fails_the_build(built):
    book, _ = built
    book.replace("waves.md", "explore(wave)", "explore(wave)\nexplore(wave)")
    with pytest.raises(RuntimeError, match=r"explorable 'wave' stands twice on waves. Mend: show it once a page."):
        book.build()
