"""The states of a page are what was drawn, to the letter: Python packs them, the page's script puts them together."""

import base64
import gzip
import json
import random

import pytest

from coursepkg.explorable import assets
from coursepkg.explorable.packing import climbing, ways
from coursepkg.explorable.static import begun, compiled, sample
from coursepkg.scenes.landscapes.turning import hills
from tests.explorable import scenes_for_tests as scenes

READ = """async (payloads) => {
  const read = [];
  for (const [packed, states] of payloads) {
    const { fragments, says } = await explorableStates(packed);
    read.push(Array.from({ length: states }, (_, k) => [...fragments(k), says(k)]));
  }
  return read;
}"""


@pytest.fixture(scope="module")
def page(chromium):
    page = chromium.new_page()
    page.add_script_tag(content=assets.read("states.js"))
    yield page
    page.close()


def number(rng):
    """A number as a path has it, or, now and then, as none has it."""
    tenths = rng.choice((0, rng.randint(-9, 9), rng.randint(-5000, 5000)))
    return rng.choice((f"{tenths / 10:g}",) * 9 + ("1.25", "-0", "007"))


def fragment(rng):
    """A path of some steps, some of them again or mirrored, with what may stand around it."""
    steps = [[number(rng), number(rng)] for _ in range(rng.choice((1, 3, 12)))]
    mirrored = [[f"{-float(x):g}", f"{-float(y):g}"] for x, y in steps]
    data = "l".join(" ".join(step) for step in rng.choice((steps, steps + steps, steps + mirrored)))
    return rng.choice((f'<path d="M{data}"/>', f'<g d="M{data}z" id="d=3"><text x="1.5">η = 2,\\ 0.50</text></g>', ""))


def column(seed):
    """Many fragments, few of them of one form."""
    rng = random.Random(seed)
    return list(dict.fromkeys(fragment(rng) for _ in range(rng.choice((1, 2, 30)))))


def test_the_page_reads_any_fragments_as_they_were(page):
    payloads, wanted = [], []
    for fragments in map(column, range(100)):
        at = list(range(len(fragments)))
        for way in ways(fragments):
            data = {"slots": [[way, climbing(at)]], "says": [["as ever"], climbing([0] * len(at))]}
            payloads.append([base64.b64encode(gzip.compress(json.dumps(data).encode())).decode(), len(at)])
            wanted.append([[text, "as ever"] for text in fragments])
    assert page.evaluate(READ, payloads) == wanted


@pytest.mark.parametrize("scene", [scenes.slope, scenes.point, hills], ids=lambda scene: scene.name)
def test_the_page_reads_each_state_of_a_scene_as_it_was_drawn(page, scene):
    result = compiled(scene)
    drawn = [[*result.fragments(state), result.words(state)] for state in scene.states()]
    packed = base64.b64encode(result.payload).decode()
    assert page.evaluate(READ, [[packed, len(scene)]]) == [drawn]


def test_the_page_knows_which_states_it_has(page):
    packed = base64.b64encode(begun(scenes.slope).payload).decode()
    has = page.evaluate(
        "async ([packed, n]) => { const { says } = await explorableStates(packed);"
        "  return Array.from({ length: n }, (_, k) => says(k) !== undefined); }",
        [packed, len(scenes.slope)],
    )
    wanted = {scenes.slope.index(state) for state in [scenes.slope.default, *sample(scenes.slope)]}
    assert has == [k in wanted for k in range(len(scenes.slope))]
    assert not all(has)
