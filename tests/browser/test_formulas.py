"""Formulas in the browser: set without a script, copied as TeX, never cut, and scrolled by the keyboard."""

import pytest

from tests.browser.conftest import PHONE

CHAPTER = "book/05_descent.html"
BOXES = """() => [...document.querySelectorAll('article math')].filter(m => m.checkVisibility())
    .map(m => m.getBoundingClientRect()).map(({width, height}) => [width, height])"""
ROOTS = """() => [...document.querySelectorAll('article msqrt')]
    .filter(root => root.checkVisibility() && root.nextElementSibling).map(root => {
        const [inside, after] = [root.lastElementChild, root.nextElementSibling].map(e => e.getBoundingClientRect());
        return (after.left - inside.right) / parseFloat(getComputedStyle(root).fontSize);
    })"""
SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
CUT = """() => [...document.querySelectorAll('article div.math, article .together')].filter(m => m.checkVisibility()
    && (m.scrollHeight > m.clientHeight + 1 && m.clientHeight || m.matches('div') && m.scrollWidth > m.clientWidth + 1
    && getComputedStyle(m).overflowX !== 'auto')).map(m => m.outerHTML.slice(0, 90))"""


def test_formulas_are_set_without_a_script(visit, served):
    with visit(served, CHAPTER, java_script_enabled=False) as tab:
        boxes = [m.bounding_box() for m in tab.locator("article p > math").all()[:20]]
        assert all(box["width"] > 4 and box["height"] > 8 for box in boxes)
        assert "\\(" not in tab.locator("article").inner_text()


@pytest.fixture(scope="module")
def chapter(visit, served):
    with visit(served, CHAPTER, permissions=["clipboard-read", "clipboard-write"]) as tab:
        yield tab


def test_no_root_is_followed_by_a_gap(chapter):
    """As Chromium leaves where the taller signs of a font are wider than the lowest."""
    assert chapter.evaluate("document.fonts.check('16px \"STIX Two Math\"')")
    gaps = chapter.evaluate(ROOTS)
    assert len(gaps) > 2
    assert max(gaps) < 0.3


def test_what_is_copied_is_tex(chapter):
    paragraph = chapter.locator("article p:has(> math)").first
    tex = paragraph.locator("annotation").first.evaluate("a => a.textContent")
    paragraph.evaluate("p => getSelection().selectAllChildren(p)")
    chapter.keyboard.press("ControlOrMeta+C")
    copied = chapter.evaluate("navigator.clipboard.readText()")
    assert f"${tex}$" in copied
    assert copied.count("$") == 2 * paragraph.locator("math").count()
    display = chapter.locator("div.math").first
    tex = display.locator("annotation").evaluate("a => a.textContent")
    display.locator("mi").first.evaluate("i => getSelection().selectAllChildren(i)")  # a part of it takes the whole
    chapter.keyboard.press("ControlOrMeta+C")
    assert chapter.evaluate("navigator.clipboard.readText()").strip() == f"$${tex}$$"
    chapter.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
    chapter.keyboard.press("ControlOrMeta+C")
    chapter.wait_for_function("async () => (await navigator.clipboard.readText()).includes('Gradient descent')")


def test_a_wide_formula_scrolls_and_takes_focus(chapter):
    formula = chapter.locator("div.math").first
    assert formula.get_attribute("tabindex") is None
    formula.evaluate("f => f.style.width = '60px'")
    chapter.locator("div.math[tabindex='0'][role=group][aria-label]").first.wait_for()
    assert formula.locator("math").bounding_box()["x"] >= formula.bounding_box()["x"]
    formula.focus()
    chapter.keyboard.press("ArrowRight")
    chapter.wait_for_function("() => document.querySelector('div.math').scrollLeft > 0")
    formula.evaluate("f => f.style.width = ''")
    chapter.wait_for_function("() => !document.querySelector('div.math').hasAttribute('tabindex')")


def test_a_reader_who_spaces_text_out_loses_no_formula(chapter):
    before = chapter.evaluate(BOXES)
    chapter.add_style_tag(content=SPACED)
    for size in (PHONE, {"width": 1280, "height": 800}):
        chapter.set_viewport_size(size)
        assert chapter.evaluate(CUT) == []
    assert any(wider > width for (width, _), (wider, _) in zip(before, chapter.evaluate(BOXES), strict=True))
