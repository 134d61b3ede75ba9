"""The page: its face, its measure, and what a phone can hold."""

import shutil

import pytest

from tests.browser.conftest import ROOT, settled
from tests.browser.test_explorables import EXPLORING

ASSETS = ROOT / "web" / "assets"
TEXT = "You stand on a hillside in fog and want to reach the bottom of the valley. How far should you step? " * 8
FACE = "e => document.fonts.load('18px Literata').then(() => e.offsetHeight)"
WIDE = """() => [...document.querySelectorAll('article :is(.pst-scrollable-table-container, .cell_input pre)')]
    .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.innerText.slice(0, 40))"""

CUT = """() => [...document.querySelectorAll('article svg.xp')].flatMap(svg => {
    const rim = svg.getBoundingClientRect();
    return [...svg.querySelectorAll('text')].filter(text => {
        const box = text.getBoundingClientRect();
        return box.width && (box.left < rim.left - 1 || box.right > rim.right + 1
            || box.top < rim.top - 1 || box.bottom > rim.bottom + 1);
    }).map(text => text.textContent);
})"""


def test_until_the_face_has_come_another_takes_the_same_room(chromium, tmp_path):
    shutil.copytree(ASSETS, tmp_path / "assets")
    page = f"<!doctype html><link rel=stylesheet href=assets/style.css><p class=bd-article style='width:600px'>{TEXT}"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    tab = chromium.new_page()
    tab.goto((tmp_path / "page.html").as_uri())
    text = tab.locator("p")
    settled_height = text.evaluate(FACE)
    text.evaluate("e => e.style.fontFamily = getComputedStyle(e).fontFamily.replace('Literata', 'none')")
    assert text.evaluate("e => e.offsetHeight") == pytest.approx(settled_height, rel=0.05)
    tab.close()


def test_a_line_of_text_has_some_68_letters(visit, served):
    with visit(served, "book/05_descent.html") as tab:
        text = tab.locator("article section > p").first
        assert text.evaluate("() => document.fonts.ready.then(() => document.fonts.check('16px Literata'))")
        width = text.evaluate("e => e.clientWidth / parseFloat(getComputedStyle(e).fontSize)")
        assert 65 <= width / 0.48 <= 72  # Literata's letters are 0.48 em wide in English text


@pytest.mark.parametrize("page", [*EXPLORING, "book/notation.html"])
def test_no_table_no_code_and_no_words_of_a_figure_are_cut_on_a_phone(visit, served, page):
    with visit(served, page, viewport={"width": 360, "height": 740}) as tab:
        assert settled(tab).evaluate(WIDE) == []
        assert tab.evaluate(CUT) == []


@pytest.mark.parametrize("page", ["book/07_regularisation.html", "book/history.html"])
def test_on_paper_no_callout_and_no_year_is_torn(visit, served, page):
    with visit(served, page) as tab:
        tab.emulate_media(media="print")
        torn = "all => all.filter(one => getComputedStyle(one).breakInside !== 'avoid').map(one => one.className)"
        callouts = tab.locator(".at-a-glance, .theorem, .say-it-right, .now-you, .admonition, .year")
        assert callouts.count() > 3
        assert callouts.evaluate_all(torn) == []
        tab.emulate_media(media="screen")
