"""A prediction keeps its word: what the browser puts back after a reload, or Back, is answered again."""

import pytest

from tests.browser.conftest import bare, settled
from tests.explorable import scenes_for_tests as scenes


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """A page with a scene that asks."""
    return bare(tmp_path_factory.mktemp("ask"), scenes.slope)


def answered(tab, choice):
    """Whether the answer to `choice` is to be seen, with its verdict."""
    ask = tab.locator(".ask")
    right = choice == int(ask.get_attribute("data-answer"))
    verdict = ask.locator(".verdict")
    return (
        ask.locator("input").nth(choice).is_checked()
        and verdict.is_visible()
        and verdict.inner_text() == ("Yes:" if right else "Rather:")
    )


# Some browsers put the choice back as they parse the page, as Chromium does here on its way back, others at its end.
LATE = "addEventListener('load', () => { document.querySelectorAll('.ask input')[%d].checked = true })"


@pytest.mark.parametrize("way", ["back", "reload", "late"])
@pytest.mark.parametrize("choice", [0, 1])
def test_a_choice_that_the_browser_restores_is_answered_again(visit, page, way, choice):
    with visit(page, "page.html") as tab:
        assert not settled(tab).locator(".ask .verdict").is_visible()
        tab.locator(".ask input").nth(choice).check()
        assert answered(tab, choice)
        if way == "back":
            tab.goto("about:blank")
            tab.go_back()
        else:
            if way == "late":
                tab.add_init_script(LATE % choice)
            tab.reload()
        tab.wait_for_load_state()
        restored = settled(tab).locator(".ask input").nth(choice).is_checked()
        assert restored or way == "reload"  # a browser is free to forget
        assert answered(tab, choice) == tab.locator(".ask .verdict").is_visible() == restored
        tab.locator(".ask input").nth(choice).check()
        assert answered(tab, choice)
        tab.locator(".ask input").nth(1 - choice).check()
        assert answered(tab, 1 - choice)


def test_sliders_that_the_browser_restores_late_have_their_figure(visit, page):
    with visit(page, "page.html") as tab:
        late = "addEventListener('load', () => { document.querySelector('input[type=range]').value = 8 })"
        tab.add_init_script(late)
        tab.reload()
        tab.wait_for_load_state()
        settled(tab).locator(".says", has_text="The slope is 2.").wait_for()
