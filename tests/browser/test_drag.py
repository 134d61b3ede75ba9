"""A start point taken by mouse and by finger, on a page of its own and on the book's."""

import json

import pytest

from tests.browser.conftest import PAGES, PHONE, bare, settled
from tests.explorable import scenes_for_tests as scenes


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """A page with the two scenes of the tests that can be dragged."""
    return bare(tmp_path_factory.mktemp("drag"), scenes.point, scenes.edge)


class Ring:
    """The ring of an explorable on an open page."""

    def __init__(self, tab, name):
        self.tab, self.root = tab, tab.locator(f"figure.explorable#xp-{name}")
        self.drag = self.root.locator("[data-drag]")
        self.tracks = json.loads(self.drag.get_attribute("data-drag"))

    def places(self):
        """The positions of the dragged sliders."""
        return [int(self.root.locator(f"[data-control={n}]").input_value()) for n, _ in self.tracks.values()]

    def centre(self):
        """Where the ring is in the window."""
        box = self.drag.locator(".ring").bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def at(self, **places):
        """Where in the window the ring must be for the sliders' positions, by axis."""
        x, y = self.centre()
        spot = {letter: self.tracks[letter][1][k] for letter, k in places.items()}
        return tuple(
            self.root.locator("svg.xp").evaluate(
                """(svg, [spot, old]) => {
                  const p = new DOMPoint(spot.x ?? 0, spot.y ?? 0).matrixTransform(svg.getScreenCTM());
                  return [spot.x === undefined ? old[0] : p.x, spot.y === undefined ? old[1] : p.y];
                }""",
                [spot, [x, y]],
            )
        )


def finger(tab):
    """A function that sends a touch event."""
    client = tab.context.new_cdp_session(tab)

    def touch(kind, *point):
        points = [{"x": point[0], "y": point[1]}] if point else []
        client.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})

    return touch


def centred(ring):
    """Scroll until the ring's figure is in the middle of the window."""
    ring.root.locator("svg.xp").evaluate("svg => svg.scrollIntoView({ block: 'center' })")


def stroke(touch, start, end, steps=8):
    """A finger from one place to another."""
    touch("Start", *start)
    for k in range(1, steps + 1):
        touch("Move", *(a + (b - a) * k / steps for a, b in zip(start, end, strict=True)))
    touch("End")


def test_the_ring_follows_the_sliders(visit, page):
    with visit(page, "page.html") as tab:
        ring = Ring(settled(tab), "point")
        for k in (0, 5, 8):
            ring.root.locator("[data-control=x0]").fill(str(k))
            ring.root.locator("[data-control=y0]").fill(str(k % 4))
            assert ring.centre() == pytest.approx(ring.at(x=k, y=k % 4), abs=0.6)
        ring.root.locator("[data-reset]").click()
        assert ring.centre() == pytest.approx(ring.at(x=4, y=0), abs=0.6)


def test_a_mouse_drags_to_the_nearest_state_and_the_address_follows(visit, page):
    with visit(page, "page.html") as tab:
        ring = Ring(settled(tab), "point")
        centred(ring)
        tab.mouse.move(*ring.centre())
        tab.mouse.down()
        x, y = ring.at(x=7, y=2)
        tab.mouse.move(x + 3, y - 3, steps=6)
        assert ring.places() == [7, 2]
        assert ring.root.locator(".says").inner_text() == "The point is at (0.75, 1)."
        assert ring.centre() == pytest.approx((x, y), abs=0.6)
        tab.mouse.move(x + 900, y - 900)  # beyond the axes: the last value
        assert ring.places() == [8, 3]
        tab.mouse.up()
        tab.mouse.move(*ring.at(x=0, y=0))
        assert ring.places() == [8, 3]  # let go
        tab.wait_for_function("location.hash === '#point:x0=1,y0=10'")


def test_a_mouse_takes_the_point_anywhere_in_the_axes(visit, page):
    with visit(page, "page.html") as tab:
        ring = Ring(settled(tab), "point")
        centred(ring)
        tab.mouse.click(*ring.at(x=1, y=3))
        assert ring.places() == [1, 3]


def test_a_ring_along_an_edge_moves_one_slider(visit, page):
    with visit(page, "page.html") as tab:
        ring = Ring(settled(tab), "edge")
        centred(ring)
        before = ring.centre()
        tab.mouse.move(*before)
        tab.mouse.down()
        x, y = ring.at(x=4)
        tab.mouse.move(x, y - 60, steps=4)
        tab.mouse.up()
        assert ring.places() == [4]
        assert ring.centre() == pytest.approx((x, before[1]), abs=0.6)


@pytest.mark.parametrize("name", ["point", "edge"])
def test_a_finger_on_the_ring_drags_and_beside_it_scrolls(visit, page, name):
    with visit(page, "page.html", viewport=PHONE, has_touch=True, is_mobile=True) as tab:
        ring = Ring(settled(tab), name)
        centred(ring)
        touch, top = finger(tab), tab.evaluate("scrollY")
        target = ring.at(**dict.fromkeys(ring.tracks, 3))
        stroke(touch, ring.centre(), target)
        assert ring.places() == [3] * len(ring.tracks)
        assert tab.evaluate("scrollY") == top

        before = ring.places()
        rect = ring.drag.locator("rect").bounding_box()
        beside = rect["x"] + 5, rect["y"] + rect["height"] * 0.6
        stroke(touch, beside, (beside[0], beside[1] - 150))
        tab.wait_for_function("top => scrollY > top + 50", arg=top)
        assert ring.places() == before


def test_a_tap_takes_the_point_there(visit, page):
    with visit(page, "page.html", viewport=PHONE, has_touch=True, is_mobile=True) as tab:
        ring = Ring(settled(tab), "point")
        centred(ring)
        tab.touchscreen.tap(*ring.at(x=8, y=3))
        assert ring.places() == [8, 3]


def test_without_a_script_there_is_no_ring(visit, page):
    with visit(page, "page.html", java_script_enabled=False) as tab:
        assert not tab.locator(".ring").first.is_visible()


def test_each_ring_of_the_book_drags_its_sliders(visit, served, site):
    """On every page that has one; the mark-up of the others shows that they have none."""
    dragged = {name: (site / name).read_text(encoding="utf-8").count("data-drag=") for name in PAGES}
    assert sum(dragged.values()) > 3
    for name in (name for name in PAGES if dragged[name]):
        with visit(served, name) as tab:
            figures = settled(tab).locator("figure.explorable:has([data-drag])")
            assert figures.count() == dragged[name]
            for figure in figures.evaluate_all("fs => fs.map(f => f.dataset.name)"):
                ring = Ring(tab, figure)
                centred(ring)
                ends = [len(track) - 1 for _, track in ring.tracks.values()]
                tab.mouse.move(*ring.centre())
                tab.mouse.down()
                tab.mouse.move(*ring.at(**dict(zip(ring.tracks, ends, strict=True))), steps=5)
                tab.mouse.up()
                assert ring.places() == ends, (name, figure)
