"""By the Tab key through a page, there and back: the focus is always to be seen, and nothing single jumps."""

import pytest
from playwright.sync_api import TimeoutError

from tests.browser.conftest import PHONE, WIDE, settled

# What has the focus is in the window, opaque, has a ring or a caret, and some of it lies under nothing else.
UNSEEN = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return "";
  const { left, right, top, bottom } = e.getBoundingClientRect();
  const style = getComputedStyle(e);
  const shown = e.closest("label") ?? e; // a tile has the ring of the button that it hides
  const ring = ({ outlineStyle, outlineWidth }) => outlineStyle !== "none" && parseFloat(outlineWidth) > 0;
  const rings = ring(style) || ring(getComputedStyle(shown));
  const at = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) =>
    [left + x * (right - left), top + y * (bottom - top)]));
  const seen = at.some(([x, y]) => {
    const over = document.elementFromPoint(x, y);
    return over && (shown.contains(over) || over.contains(e));
  });
  const clear = e.checkVisibility({ checkOpacity: true }) || e.closest(".choice label");
  return rings && seen && clear ? "" : `${e.outerHTML.slice(0, 140)} ring ${rings} seen ${seen} opaque ${!!clear}`;
}"""


def walk(tab, key: str) -> list[str]:
    """What cannot be seen of all that the key comes to, until it leaves the page or is back."""
    faults, first = [], None
    for _ in range(600):
        tab.keyboard.press(key)
        here = tab.evaluate("[document.activeElement.outerHTML.slice(0, 200), scrollY, document.activeElement.tagName]")
        if here[2] == "BODY" or here == first:
            break
        first = first or here
        if fault := tab.evaluate(UNSEEN):
            try:  # the list of contents makes room a moment later
                tab.wait_for_function(f"({UNSEEN})() === ''", timeout=2000)
                fault = ""
            except TimeoutError:
                pass
        faults.append(fault)
    assert len(faults) > 30
    return [fault for fault in faults if fault]


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("page", ["book/05_descent.html", "exercises/05_descent.html"])
def test_the_focus_is_always_seen(visit, served, page, size):
    with visit(served, page, viewport=size) as tab:
        settled(tab)
        for key in ("Tab", "Shift+Tab"):
            assert walk(tab, key) == []


def test_no_single_letter_is_a_command(visit, served):
    with visit(served, "book/05_descent.html") as tab:
        for key in ("/", "?", "s", "t"):
            tab.keyboard.press(key)
        assert tab.evaluate("document.activeElement === document.body && scrollY === 0")
