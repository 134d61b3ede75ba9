"""Light and dark: both readable, chosen by the reader's system until the reader chooses."""

import pytest

from tests.browser.conftest import PAGES, settled
from tests.browser.contrast import BRIGHTNESS, FAINT_TEXT


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_is_the_readers_systems(visit, origin, theme):
    with visit(origin, PAGES[0], color_scheme=theme) as tab:
        assert (tab.evaluate(BRIGHTNESS) > 0.5) == (theme == "light")


def test_the_theme_is_settled_before_anything_is_painted(visit, served):
    """The script of all pages comes late; ours in the head may not leave a light page to a reader in the dark."""
    with visit(served, PAGES[0], color_scheme="dark") as tab:
        tab.wait_for_load_state("networkidle")
        tab.route("**/site.*.js", lambda route: route.fulfill(body=""))
        tab.reload()
        assert tab.evaluate("document.documentElement.dataset.theme") == "dark"


def test_the_readers_choice_of_theme_wins_and_stays(visit, served):
    with visit(served, PAGES[0], alone=True, color_scheme="light") as tab:
        button = tab.locator("button.theme-switch-button:visible")
        for _ in range(3):  # the button goes through auto, light and dark
            button.click()
            chosen = tab.evaluate("document.documentElement.dataset.mode").replace("auto", "as the system has them")
            tab.wait_for_function(
                "([b, name]) => b.ariaLabel === name", arg=[button.element_handle(), f"Colours: {chosen}"]
            )
            if tab.evaluate("document.documentElement.dataset.mode") == "dark":
                break
        figure = "() => getComputedStyle(document.querySelector('figure.explorable')).color"
        assert tab.evaluate(BRIGHTNESS) < 0.1
        dark = tab.evaluate(figure)
        tab.wait_for_load_state("networkidle")
        tab.reload()
        assert tab.evaluate(BRIGHTNESS) < 0.1
        assert tab.evaluate(figure) == dark


def test_paper_is_light_and_unfolded_and_the_page_afterwards_as_it_was(visit, served):
    page = "book/01_perceptron.html"
    state = "() => [document.documentElement.dataset.theme, document.querySelectorAll('article details[open]').length]"
    with visit(served, page, color_scheme="dark") as tab:
        before = settled(tab).evaluate(state)
        assert before[0] == "dark"
        tab.evaluate("dispatchEvent(new Event('beforeprint'))")
        tab.emulate_media(media="print", color_scheme="dark")
        assert tab.evaluate(BRIGHTNESS) > 0.9
        assert tab.evaluate(FAINT_TEXT) == []
        assert tab.locator("article details:not(.hide):not([open])").count() == 0
        tab.emulate_media(media="screen")
        tab.evaluate("dispatchEvent(new Event('afterprint'))")
        assert tab.evaluate(state) == before
