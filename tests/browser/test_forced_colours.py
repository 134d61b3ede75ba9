"""What is chosen, and where the focus is, can be seen where the reader's own colours replace the page's."""

import pytest

from tests.browser.conftest import PHONE, WIDE, bare, settled
from tests.explorable import scenes_for_tests as scenes


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    return bare(tmp_path_factory.mktemp("forced"), scenes.slope)


GROUND = "e => getComputedStyle(e).backgroundColor"


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_is_chosen_has_a_ground_of_its_own_and_the_focus_a_ring(visit, page, size, theme):
    with visit(page, "page.html", forced_colors="active", color_scheme=theme, viewport=size) as tab:
        settled(tab)
        for group in (".choice", ".tiles"):
            first, second = (tab.locator(f"{group} label").nth(k) for k in (0, 1))
            second.click()
            assert second.evaluate(GROUND) != first.evaluate(GROUND)
        pin = tab.locator(".pin")
        before = pin.evaluate(GROUND)
        pin.press("Enter")
        assert pin.evaluate(GROUND) != before
        ring, ground = pin.evaluate(
            "e => [getComputedStyle(e).outlineColor, getComputedStyle(document.body).backgroundColor]"
        )
        assert pin.evaluate("e => parseFloat(getComputedStyle(e).outlineWidth)") >= 2
        assert ring != ground
