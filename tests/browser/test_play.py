"""A slider plays when told to, and a pinned frame stays under the next ones: by mouse, by key and by finger."""

import pytest

from tests.browser.conftest import PHONE, bare, settled
from tests.explorable import scenes_for_tests as scenes

HANDS = ["mouse", "keyboard", "touch"]


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """A page with a scene of a slider of nine steps and a choice, and one with two sliders."""
    return bare(tmp_path_factory.mktemp("play"), scenes.slope, scenes.point)


@pytest.fixture
def tab(visit, page):
    context = {"viewport": PHONE, "has_touch": True, "reduced_motion": "no-preference"}
    with visit(page, "page.html", **context) as opened:
        # The clock stands still but when a test moves it, so that no test waits.
        opened.clock.install(time=0)
        opened.reload()
        settled(opened).clock.pause_at(60)
        yield opened


def press(locator, hand):
    """Press a button by `hand`."""
    if hand == "mouse":
        locator.click()
    elif hand == "touch":
        locator.tap()
    else:
        locator.focus()
        locator.press("Enter")


class Explorable:
    def __init__(self, tab, name):
        self.root = tab.locator(f"figure#xp-{name}")
        self.slider = self.root.locator("input[type=range]").first
        self.play = self.root.locator(".play").first
        self.pin = self.root.locator(".pin")
        self.says = self.root.locator(".says")

    def at(self):
        return int(self.slider.input_value())


@pytest.mark.parametrize("hand", HANDS)
def test_a_slider_plays_to_its_end_and_again_from_its_start(tab, hand):
    scene = Explorable(tab, "slope")
    assert scene.play.get_attribute("aria-label") == "Play slope a"
    tab.clock.run_for(3000)
    assert scene.at() == 5  # never by itself
    press(scene.play, hand)
    assert scene.play.get_attribute("aria-label") == "Pause slope a"
    seen = []
    for _ in range(3):
        tab.clock.run_for(250)  # nine values in five seconds would be fewer than 4 steps a second
        seen.append((scene.at(), scene.says.inner_text()))
    assert seen == [(6, "The slope is 1.0."), (7, "The slope is 1.5."), (8, "The slope is 2.0.")]
    assert scene.play.get_attribute("aria-label") == "Play slope a"
    tab.clock.run_for(1000)
    assert scene.at() == 8
    assert "a=2" in tab.evaluate("location.hash")
    press(scene.play, hand)
    assert (scene.at(), scene.says.inner_text()) == (0, "The slope is -2.0.")
    tab.clock.run_for(250)
    assert scene.at() == 1


@pytest.mark.parametrize("hand", HANDS)
def test_it_pauses_where_it_is(tab, hand):
    scene = Explorable(tab, "slope")
    press(scene.play, hand)
    tab.clock.run_for(250)
    press(scene.play, hand)
    tab.clock.run_for(1000)
    assert scene.at() == 6


@pytest.mark.parametrize("end", ["slider", "choice", "preset", "reset", "other"])
def test_the_readers_own_hand_comes_first(tab, end):
    scene, other = Explorable(tab, "slope"), Explorable(tab, "point")
    if end == "other":
        scene = other
    press(scene.play, "mouse")
    tab.clock.run_for(250)
    if end == "slider":
        scene.slider.press("Home")
    elif end == "choice":
        scene.root.locator(".choice input").last.check()
    elif end == "other":
        scene.root.locator(".play").last.click()
    else:
        scene.root.locator(f"[data-{end}]").first.click()
    stopped = scene.at()
    tab.clock.run_for(2000)
    assert scene.at() == stopped
    assert scene.play.get_attribute("aria-label").startswith("Play")


def test_nothing_plays_where_motion_is_reduced(visit, page):
    with visit(page, "page.html", reduced_motion="reduce") as tab:
        settled(tab)
        assert not tab.locator(".play").first.is_visible()
        assert tab.locator(".pin").first.is_visible()
        slider, controls = (tab.locator(f".controls{part}").first.bounding_box() for part in (" .slider", ""))
        assert slider["width"] == pytest.approx(controls["width"])
        tab.emulate_media(reduced_motion="no-preference")
        play = tab.locator(".play").first
        play.click()
        tab.emulate_media(reduced_motion="reduce")
        tab.wait_for_function("button => button.ariaLabel === 'Play slope a'", arg=play.element_handle())


def drawing(slot):
    """What the slots of an explorable show, without what is text."""
    return slot.evaluate_all("slots => slots.map(slot => slot.innerHTML).join('')")


@pytest.mark.parametrize("hand", HANDS)
def test_a_pinned_frame_stays_under_the_next_ones_with_its_words(tab, hand):
    scene = Explorable(tab, "slope")
    before, now = drawing(scene.root.locator("[data-slot]")), scene.root.locator(".ghost")
    press(scene.pin, hand)
    assert scene.pin.get_attribute("aria-pressed") == "true"
    scene.slider.press("End")
    assert now.evaluate("ghost => ghost.innerHTML") == before
    assert now.evaluate("ghost => ghost.nextElementSibling.hasAttribute('data-slot')")
    assert drawing(scene.root.locator("[data-slot]")) != before
    assert scene.says.inner_text() == "The slope is 2.0."
    assert scene.root.locator(".kept").inner_text() == "Pinned, in grey: slope a 0.5, kind plain. The slope is 0.5."
    ink, ghost = (
        scene.root.locator(f"{where} path[style*='stroke:']").first.evaluate("path => getComputedStyle(path).stroke")
        for where in ("[data-slot]", ".ghost")
    )
    assert ink != ghost
    press(scene.pin, hand)
    assert now.count() == scene.root.locator(".kept").count() == 0
    assert scene.pin.get_attribute("aria-pressed") == "false"
