"""The progress bar: it passes the steps on, fills on the way, and is silent on a page."""

import ipywidgets as widgets
import pytest

from coursepkg.explorable import progress


@pytest.fixture
def shown(monkeypatch):
    """The widgets that were displayed."""
    seen = []
    monkeypatch.setattr("IPython.display.display", seen.append)
    monkeypatch.delenv("EXPLORABLE", raising=False)
    return seen


def test_the_steps_come_through_and_the_bar_fills(shown):
    values = []
    for step in progress(range(250)):
        values.append((step, shown[0].value))
    assert [step for step, _ in values] == list(range(250))
    (bar,) = shown
    assert isinstance(bar, widgets.IntProgress)
    assert [value for _, value in values] == [step - step % 2 for step in range(250)]  # 125 messages, not 250
    assert bar.value == bar.max == 250


def test_a_loop_that_ends_early_leaves_the_bar_where_it_stopped(shown):
    for step in progress(range(10)):
        if step == 4:
            break
    assert shown[0].value == 4


def test_no_steps_at_all(shown):
    assert list(progress(range(0))) == []
    assert len(shown) == 1


def test_a_page_shows_no_bar(shown, monkeypatch):
    monkeypatch.setenv("EXPLORABLE", "static")
    assert list(progress(range(5))) == [0, 1, 2, 3, 4]
    assert shown == []
