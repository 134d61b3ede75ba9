"""The frame on the page equals the engine: for every scene, at states reached by their address."""

import random
from urllib.parse import quote

import pytest

from coursepkg.explorable.static import Writer
from tests.browser.conftest import PAGES, ROOT, settled
from tests.scenes.test_all_scenes import SCENES

SLOTS = "f => [...f.querySelectorAll('[data-slot]')].map(slot => slot.innerHTML)"
PARSED = """texts => texts.map(text => {
  const group = document.createElementNS('http://www.w3.org/2000/svg', 'g');
  group.innerHTML = text;
  return group.innerHTML;
})"""


def page_of(scene) -> str:
    """The first page that shows the scene."""
    for page in PAGES:
        notebook = (ROOT / page).with_suffix(".ipynb")
        if notebook.exists() and f".{scene.name})" in notebook.read_text(encoding="utf-8"):
            return page
    pytest.fail(f"no page shows {scene.name}")


@pytest.fixture(scope="module")
def page(request, visit, served):
    """A page, opened once for all of its scenes."""
    with visit(served, request.param) as tab:
        yield settled(tab)


PLACES = [pytest.param(page_of(scene), scene, id=scene.name) for scene in SCENES]


@pytest.mark.parametrize(("page", "scene"), PLACES, indirect=["page"])
def test_a_frame_on_the_page_is_drawn_from_the_engine(page, scene):
    writer = Writer(scene)
    states = [scene.default, *random.Random(1).sample(list(scene.states()), 2), list(scene.corners())[-1]]
    figure = page.locator(f"figure.explorable#xp-{scene.name}")
    for state in states:
        *drawn, says = writer.frame(state)
        address = ",".join(f"{name}={quote(str(value))}" for name, value in state.items())
        page.evaluate("hash => { location.hash = hash }", f"{scene.name}:{address}")
        page.wait_for_function(
            "([f, says]) => f.querySelector('.says').textContent === says", arg=[figure.element_handle(), says]
        )
        assert figure.evaluate(SLOTS) == page.evaluate(PARSED, drawn)
