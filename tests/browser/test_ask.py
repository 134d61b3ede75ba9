"""A prediction keeps its word: what the browser puts back after a reload, or Back, is answered again."""

import pytest

from tests.browser.conftest import PHONE, bare, settled
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
        ask.locator("[type=radio]").nth(choice).is_checked()
        and verdict.first.is_visible()
        and verdict.all_inner_texts() == (["Yes:"] if right else ["Not quite.", "Rather:"])
    )


# Some browsers put the choice back as they parse the page, as Chromium does here on its way back, others at its end.
LATE = """addEventListener('load', () => {
    document.querySelectorAll('.ask [type=radio]')[%d].checked = true;
    document.querySelector('.ask [type=checkbox]').checked = true;
})"""


@pytest.mark.parametrize("way", ["back", "reload", "late"])
@pytest.mark.parametrize("choice", [0, 1])
def test_a_choice_that_the_browser_restores_is_answered_again(visit, page, way, choice):
    with visit(page, "page.html") as tab:
        radios, commit = tab.locator(".ask [type=radio]"), tab.locator(".ask button")
        assert not settled(tab).locator(".ask .verdict").count()
        radios.nth(choice).check()
        assert not answered(tab, choice)
        commit.click()
        assert answered(tab, choice)
        if way == "back":
            tab.goto("about:blank")
            tab.go_back()
        else:
            if way == "late":
                tab.add_init_script(LATE % choice)
            tab.reload()
        tab.wait_for_load_state()
        restored = settled(tab).locator(".ask [type=radio]").nth(choice).is_checked()
        assert restored or way == "reload"  # a browser is free to forget
        assert answered(tab, choice) == restored
        if restored:
            commit.click()
        radios.nth(1 - choice).check()
        commit.click()
        assert answered(tab, 1 - choice)


def test_keys_move_the_choice_and_only_committing_tells_the_answer(visit, page):
    with visit(page, "page.html", alone=True) as tab:
        radios, commit, told = (settled(tab).locator(f".ask {part}") for part in ("[type=radio]", "button", ".told"))
        assert commit.is_disabled()
        assert told.get_attribute("role") == "status"
        radios.nth(0).focus()
        tab.keyboard.press("ArrowDown")
        assert radios.nth(1).is_checked()
        assert commit.is_enabled()
        tab.keyboard.press("ArrowDown")
        assert radios.nth(0).is_checked()
        assert told.inner_text() == ""
        tab.keyboard.press("Tab")
        tab.keyboard.press("Space")
        assert answered(tab, 0)
        assert commit.evaluate("button => button === document.activeElement")
        assert not radios.nth(0).is_visible()  # the verdict stands in their place
        tab.keyboard.press("Space")
        assert told.inner_text() == ""
        radios.nth(1).focus()
        tab.keyboard.press("Space")
        tab.keyboard.press("Enter")
        assert answered(tab, 1)
        assert commit.evaluate("button => button === document.activeElement")


def test_a_finger_commits_to_a_prediction(visit, page):
    with visit(page, "page.html", viewport=PHONE, has_touch=True, is_mobile=True, alone=True) as tab:
        settled(tab).locator(".ask label").nth(1).tap()
        assert tab.locator(".told").inner_text() == ""
        tab.locator(".ask button").tap()
        assert answered(tab, 1)


@pytest.mark.parametrize("medium", ["no script", "paper"])
def test_without_scripts_and_on_paper_the_answer_is_folded_and_there_is_nothing_to_press(visit, page, medium):
    with visit(page, "page.html", alone=True, java_script_enabled=medium == "paper") as tab:
        if medium == "paper":
            tab.emulate_media(media="print")
        assert tab.locator(".ask summary").is_visible()
        assert not tab.locator(".ask button").is_visible()


def test_sliders_that_the_browser_restores_late_have_their_figure(visit, page):
    with visit(page, "page.html") as tab:
        late = "addEventListener('load', () => { document.querySelector('input[type=range]').value = 8 })"
        tab.add_init_script(late)
        tab.reload()
        tab.wait_for_load_state()
        settled(tab).locator(".says", has_text="The slope is 2.").wait_for()
