"""A move is announced once: what a screen reader would speak of it, from what the page changes."""

import pytest

from tests.browser.conftest import bare, settled
from tests.explorable import scenes_for_tests as scenes

# It speaks of where the focus goes, of what changes at the focus, and of what is added to a live region.
SPOKEN = """() => {
  const heard = window.spoken;
  window.spoken = [];
  if (heard) return;
  const described = (e) => document.getElementById(e.getAttribute("aria-describedby"))?.textContent ?? "";
  const label = (e) => e.labels?.[0]?.firstChild.textContent || e.labels?.[0]?.textContent;
  const name = (e) => e.ariaLabel ?? label(e) ?? e.textContent;
  const told = (e) => [name(e), e.getAttribute("aria-valuetext"), e.ariaPressed, e.checked || null, described(e)]
    .filter((part) => part !== null && part !== "").join(", ");
  const live = (node) => {
    const region = (node.closest ? node : node.parentElement)?.closest("[aria-live], [role=status], [role=alert]");
    return region?.ariaLive === "off" ? null : region;
  };
  document.addEventListener("focusin", ({ target }) => setTimeout(() => spoken.push(told(target))));
  new MutationObserver((changes) => {
    const said = new Set();
    for (const { type, target } of changes) {
      const focused = document.activeElement;
      if (focused !== document.body && focused.contains(target)) said.add(focused);
      else if (type !== "attributes" && live(target)?.textContent) said.add(live(target));
    }
    for (const e of said) spoken.push(e.matches("[role]") ? e.textContent : told(e));
  }).observe(document, { subtree: true, childList: true, characterData: true,
    attributeFilter: ["aria-valuetext", "aria-label", "aria-pressed"] });
}"""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """A page with a scene of a slider of nine steps and a choice, and one whose point can be dragged."""
    return bare(tmp_path_factory.mktemp("announcements"), scenes.slope, scenes.point)


@pytest.fixture
def tab(visit, page):
    with visit(page, "page.html", alone=True, reduced_motion="no-preference") as opened:
        opened.clock.install(time=0)
        opened.reload()
        settled(opened).clock.pause_at(60)
        yield opened


def spoken(tab, move) -> list[str]:
    """What is spoken of a move, once all is at rest."""
    tab.clock.run_for(10)
    tab.evaluate(SPOKEN)
    move()
    tab.clock.run_for(10_000)
    return tab.evaluate("spoken")


@pytest.mark.parametrize("presses", [1, 3])
def test_a_press_on_a_slider_is_its_value_with_the_words(tab, presses):
    slider = tab.locator("#xp-slope input[type=range]")
    slider.focus()
    said = spoken(tab, lambda: [tab.keyboard.press("ArrowRight") for _ in range(presses)])
    of = [f"slope a, {text}. The slope is {float(text)}." for text in ("1", "1.5", "2")]
    assert said == of[:presses]


def test_only_the_slider_that_moved_has_the_words(tab):
    for axis in ("x", "y"):
        tab.locator(f"#xp-point [data-control={axis}0]").press("ArrowRight")
    texts = tab.locator("#xp-point input[type=range]").evaluate_all("all => all.map(e => e.ariaValueText)")
    assert texts == ["0.25", "0.1. The point is at (0.25, 0.1)."]


def test_a_choice_is_its_name_with_the_words(tab):
    tab.locator("#xp-slope .choice input").first.focus()
    assert spoken(tab, lambda: tab.keyboard.press("ArrowRight")) == ["dotted, true, The slope is 0.5."]


def test_a_button_that_moves_sliders_is_told_once(tab):
    for button, words in (("[data-preset]", "The slope is 2.0."), ("[data-reset]", "The slope is 0.5.")):
        held = tab.locator(f"#xp-slope {button}")
        held.focus()
        for _ in range(2):  # pressed again it is told again
            assert spoken(tab, lambda: tab.keyboard.press("Enter")) == [words]


def test_what_is_dragged_is_told_once_at_rest(tab):
    box = tab.locator("#xp-point .drag rect").bounding_box()

    def drag():
        tab.mouse.move(box["x"] + 40, box["y"] + 40)
        tab.mouse.down()
        for k in range(1, 9):
            tab.mouse.move(box["x"] + 40 + 20 * k, box["y"] + 40 + 10 * k)
        tab.mouse.up()

    (said,) = spoken(tab, drag)
    assert said == tab.locator("#xp-point .says").inner_text()


def test_playing_is_told_at_its_end_and_not_a_word_a_frame(tab):
    tab.locator("#xp-slope .play").focus()
    assert spoken(tab, lambda: tab.keyboard.press("Enter")) == ["Pause slope a", "Play slope a", "The slope is 2.0."]


def test_a_pinned_frame_is_the_state_of_its_button(tab):
    pin = tab.locator("#xp-slope .pin")
    pin.focus()
    assert spoken(tab, lambda: tab.keyboard.press("Enter")) == ["Pin, true"]
    assert pin.inner_text() == "Pin"
