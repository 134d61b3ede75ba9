"""An address that asks for a value between those of the page's states, on a page that has no Python to ask."""

import pytest

from tests.browser.conftest import bare, settled
from tests.explorable import scenes_for_tests as scenes


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    return bare(tmp_path_factory.mktemp("between"), scenes.slope)


@pytest.mark.parametrize(("asked", "shown"), [("0.6", "0.5"), ("-1.95", "-2"), ("99", "2")])
def test_the_nearest_state_is_shown_and_said_to_be_so_until_the_reader_moves(visit, page, asked, shown):
    with visit(page, f"page.html#slope:a={asked}") as tab:
        settled(tab)
        assert tab.locator(".says").inner_text() == f"The slope is {float(shown)}."
        written = asked.replace("-", "−")
        note = tab.locator(".note", has_text=f"The address asks for a = {written}, which this page does not have")
        note.wait_for()
        tab.locator("[data-control=a]").press("End" if shown == "-2" else "Home")
        note.wait_for(state="detached")


def test_an_address_of_the_grid_is_followed_without_a_word(visit, page):
    with visit(page, "page.html#slope:a=1.50,kind=dotted") as tab:
        settled(tab)
        assert tab.locator(".says").inner_text() == "The slope is 1.5."
        assert tab.locator("figure > .note:visible").count() == 0
