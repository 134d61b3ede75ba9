"""Every explorable of every page: it obeys mouse, keyboard and finger, shares its state, and asks first.

The tests know no explorable by name: those of a later chapter are found and tested like those of the first.
"""

import base64
import gzip
import itertools
import json

import pytest

from tests.browser.conftest import PAGES, PHONE, ROOT, WIDE, settled


def explores(page: str) -> bool:
    """Whether the notebook of a page shows an explorable."""
    notebook = (ROOT / page).with_suffix(".ipynb")
    return notebook.exists() and "explore(" in notebook.read_text(encoding="utf-8")


EXPLORING = [page for page in PAGES if explores(page)]
SHARED = """([name, values]) => {
  const [who, what] = location.hash.slice(1).split(":");
  const shared = new URLSearchParams((what ?? "").replaceAll(",", "&"));
  return who === name && values.every(([control, value]) => shared.get(control) === String(value));
}"""
# How far below the figure's rim its drawing begins.
DEPTH = "f => f.querySelector('svg.xp').getBoundingClientRect().top - f.getBoundingClientRect().top"
PHONE_IN_HAND = {"viewport": PHONE, "has_touch": True, "is_mobile": True}


def climbed(falls: list[int]) -> list[int]:
    """Indices from how far each lies below the next new one: see coursepkg.explorable.packing.climbing."""
    found: list[int] = []
    new = 0
    for fall in falls:
        found.append(new - fall)
        new = max(new, found[-1] + 1)
    return found


class Figure:
    """An explorable on an open page."""

    def __init__(self, tab, name: str) -> None:
        self.tab, self.name = tab, name
        self.root = tab.locator(f"figure.explorable[data-name={name}]")
        packed = self.root.evaluate("f => explorables[f.dataset.hash]")
        self.data = json.loads(gzip.decompress(base64.b64decode(packed)))
        self.groups = [self.root.locator(f"[data-control={control}]") for control, *_ in self.data["controls"]]

    def sees(self) -> tuple[str, str]:
        """What a reader sees of the state: the drawing and the words."""
        return self.root.locator("svg.xp").inner_html(), self.root.locator(".says").inner_text()

    def places(self) -> list[int]:
        """The position of each control on its grid."""
        place = "es => +(es.length > 1 ? es.find(e => e.checked) : es[0]).value"
        return [group.evaluate_all(place) for group in self.groups]

    def values(self) -> list:
        return [values[k] for (_, values, _), k in zip(self.data["controls"], self.places(), strict=True)]

    def says(self) -> str:
        """The words that the compiler wrote for the controls' present positions."""
        state = 0
        for (_, values, _), k in zip(self.data["controls"], self.places(), strict=True):
            state = state * len(values) + k
        texts, falls = self.data["says"]
        return " ".join(texts[climbed(falls)[state]].split())

    def is_consistent(self) -> bool:
        return self.says() == " ".join(self.root.locator(".says").inner_text().split())


def figures(tab) -> list[Figure]:
    names = tab.locator("figure.explorable").evaluate_all("fs => fs.map(f => f.dataset.name)")
    return [Figure(tab, name) for name in names]


def at_home(tab) -> list[Figure]:
    """The page's explorables, each at its default."""
    for figure in (found := figures(tab)):
        figure.root.locator("[data-reset]").click()
    return found


@pytest.fixture(scope="module", params=EXPLORING)
def tab(request, visit, served):
    """Each page with explorables, opened once for all tests that begin where it does."""
    with visit(served, request.param) as opened:
        yield settled(opened)


def far(k: int, count: int) -> int:
    """The end of a grid of `count` that lies farther from position `k`."""
    return 0 if k > (count - 1) / 2 else count - 1


def by_mouse(figure: Figure, group, k: int, count: int) -> int:
    if count > 1 and group.count() > 1:
        target = (k + 1) % count
        group.nth(target).click()
        return target
    end = far(k, count)
    box = group.bounding_box()
    y = box["y"] + box["height"] / 2
    figure.tab.mouse.move(box["x"] + box["width"] / 2, y)
    figure.tab.mouse.down()
    figure.tab.mouse.move(box["x"] + (box["width"] - 1 if end else 1), y, steps=4)
    figure.tab.mouse.up()
    return end


def by_keyboard(figure: Figure, group, k: int, count: int) -> int:
    if group.count() > 1:
        group.nth(k).focus()
        figure.tab.keyboard.press("ArrowRight")
        return (k + 1) % count
    group.focus()
    figure.tab.keyboard.press("Home")
    assert figure.places()[figure.groups.index(group)] == 0
    figure.tab.keyboard.press("ArrowRight")
    assert figure.places()[figure.groups.index(group)] == 1
    figure.tab.keyboard.press("ArrowLeft")
    assert figure.places()[figure.groups.index(group)] == 0
    figure.tab.keyboard.press("End")
    assert figure.places()[figure.groups.index(group)] == count - 1
    end = far(k, count)
    if end == 0:
        figure.tab.keyboard.press("Home")
    return end


def by_touch(figure: Figure, group, k: int, count: int) -> int:
    if group.count() > 1:
        target = (k + 1) % count
        group.nth(target).tap()
        return target
    end = far(k, count)
    box = group.bounding_box()
    group.tap(position={"x": box["width"] - 3 if end else 3, "y": box["height"] / 2})
    return end


@pytest.mark.parametrize("screen", ["wide, from the disk", "phone, served"])
@pytest.mark.parametrize("page", EXPLORING)
def test_each_control_changes_its_figure(visit, site, served, page, screen):
    phone = screen.startswith("phone")
    origin, context = (served, PHONE_IN_HAND) if phone else (site.as_uri(), {"viewport": WIDE, "has_touch": True})
    hands = (by_touch,) if phone else (by_mouse, by_keyboard, by_touch)
    with visit(origin, page, **context) as tab:
        for figure in figures(settled(tab)):
            for hand, (index, group) in itertools.product(hands, enumerate(figure.groups)):
                where = f"{figure.name}: {figure.data['controls'][index][0]} {hand.__name__}"
                if index == 0:
                    figure.root.locator("[data-reset]").click()
                group.first.scroll_into_view_if_needed()
                before, k = figure.sees(), figure.places()
                expected = hand(figure, group, k[index], len(figure.data["controls"][index][1]))
                assert figure.places() == [*k[:index], expected, *k[index + 1 :]], where
                assert figure.sees() != before, where
                assert figure.is_consistent(), where


def test_the_words_are_announced_and_the_controls_are_named(tab):
    for figure in at_home(tab):
        assert figure.root.get_attribute("aria-live") == "off"  # what is to be told has a place of its own
        assert figure.root.locator(".told-once[role=status]").count() == 1
        for index, group in enumerate(figure.groups):
            named = "es => es.every(e => e.labels.length && e.labels[0].innerText.trim())"
            assert group.evaluate_all(named), figure.name
            words = figure.root.locator(".says")
            if group.count() == 1:
                texts = figure.data["controls"][index][2]
                group.press("End")  # where it may stand: then Home moves it
                group.press("Home")
                assert group.get_attribute("aria-valuetext") == f"{texts[0]}. {words.text_content()}"
                group.press("ArrowRight")
                assert group.get_attribute("aria-valuetext") == f"{texts[1]}. {words.text_content()}"


# Whether an address is heard may depend on where the page is from, but not then on the page and its figures.
SHARING = [*(("http", page) for page in EXPLORING), ("file", EXPLORING[0])]


@pytest.mark.parametrize(("origin", "page"), SHARING, indirect=["origin"])
def test_a_state_can_be_shared_by_its_address(visit, origin, page):
    with visit(origin, page) as tab:
        for figure in figures(settled(tab))[: 1 if origin.startswith("file:") else None]:
            ends = []
            for group, (_, values, _) in zip(figure.groups, figure.data["controls"], strict=True):
                if group.count() > 1:
                    group.last.check()
                else:
                    group.press("End")
                ends.append(values[-1])
            assert figure.values() == ends
            shared = [[control, end] for (control, *_), end in zip(figure.data["controls"], ends, strict=True)]
            tab.wait_for_function(SHARED, arg=[figure.name, shared])  # the address follows once the sliders rest
            with visit(origin, tab.url.removeprefix(f"{origin}/")) as other:
                again = Figure(settled(other), figure.name)
                assert again.values() == ends
                assert again.sees() == figure.sees()
                assert again.root.evaluate(
                    "f => { const b = f.getBoundingClientRect(); return b.top < innerHeight && b.bottom > 0 }"
                )


#: The page hears of an address later than it has it.
LEAD = """hash => new Promise(heard => {
  addEventListener('hashchange', () => heard(), { once: true })
  location.hash = hash
})"""


def test_a_value_off_the_grid_leads_to_the_nearest_state(tab):
    for figure in at_home(tab):
        home = figure.values()
        for index, (control, values, _) in enumerate(figure.data["controls"]):
            if isinstance(values[0], str):
                asked = {"no such choice": home[index]}
            else:
                low, high = values[0], values[1]
                asked = {low + 0.6 * (high - low): high, low - 1e6: min(values), high + 1e6: max(values)}
            for value, expected in asked.items():
                tab.evaluate(LEAD, f"{figure.name}:{control}={value}")
                assert figure.values() == [*home[:index], expected, *home[index + 1 :]], (control, value)
        for nonsense in ("", "x", "eta", f"{figure.name}", f"{figure.name}:", f"{figure.name}:=,&%3D;x=1"):
            tab.evaluate("hash => location.hash = hash", nonsense)
        assert figure.is_consistent()


def test_presets_lead_somewhere_and_reset_leads_home(tab):
    for figure in at_home(tab):
        home, shown = figure.places(), figure.sees()
        for preset in figure.root.locator("[data-preset]").all():
            preset.click()
            assert figure.places() == [int(k) for k in preset.get_attribute("data-preset").split()]
            assert figure.sees() != shown, f"{figure.name}: {preset.inner_text()} is the start"
            assert figure.is_consistent()
            figure.root.locator("[data-reset]").click()
            assert (figure.places(), figure.sees()) == (home, shown)


def test_the_answer_waits_until_the_reader_commits_to_one(tab):
    for figure in at_home(tab):
        for choice, ask in itertools.product((0, 1), figure.root.locator(".ask:visible").all()):
            asked, told = ask.locator("[type=radio]").nth(choice), ask.locator(".told p")
            asked.check()
            assert told.count() == 0, figure.name
            before = figure.root.evaluate(DEPTH)
            ask.locator("button").click()
            assert figure.root.evaluate(DEPTH) == pytest.approx(before, abs=1), f"{figure.name} jumps"
            right = asked.get_attribute("value") == ask.get_attribute("data-answer")
            verdicts = ask.locator(".verdict").all_inner_texts()
            assert verdicts == (["Yes:"] if right else ["Not quite.", "Rather:"])
            slip = ask.locator(f"[data-slip='{asked.get_attribute('value')}']")
            reason = slip.text_content() if slip.count() else asked.locator("xpath=..").text_content()
            assert right or told.first.text_content() == f"Not quite. {reason}"
            assert told.last.text_content().endswith(ask.locator(".right").text_content())
            ask.locator("button").click()


@pytest.mark.parametrize("page", EXPLORING)
def test_without_javascript_the_figure_and_the_answer_are_there(visit, site, page):
    with visit(site.as_uri(), page, java_script_enabled=False) as tab:
        for root in tab.locator("figure.explorable").all():
            assert root.locator("svg.xp [data-slot] *").count() > 0
            assert root.locator("svg.xp").bounding_box()["height"] > 100
            assert root.locator(".says").inner_text().strip()
            assert root.locator("noscript .note").is_visible()
            for control in root.locator(".controls").locator("input, button").all():
                assert control.is_disabled()
            for ask in root.locator(".ask:visible").all():
                assert not ask.locator(".right").is_visible()
                ask.locator("summary").click()
                assert ask.locator(".right").is_visible()
                assert all(slip.is_visible() for slip in ask.locator("[data-slip]").all())


@pytest.fixture(scope="module")
def old_browser(chromium):
    """A tab that goes from page to page and cannot unpack."""
    context = chromium.new_context()
    context.add_init_script("delete window.DecompressionStream")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("page", EXPLORING)
def test_a_browser_that_cannot_unpack_shows_the_default_figure_and_says_so(old_browser, served, page):
    tab = old_browser
    tab.goto(f"{served}/{page}")
    for root in tab.locator("figure.explorable").all():
        root.scroll_into_view_if_needed()
        root.locator(".note", has_text="too old").wait_for()
        assert root.locator("svg.xp [data-slot] *").count() > 0
        assert root.locator(".controls input").first.is_disabled()


def test_no_page_with_an_explorable_goes_untested(site):
    holding = [page for page in PAGES if 'class="explorable"' in (site / page).read_text(encoding="utf-8")]
    assert holding == EXPLORING != []
