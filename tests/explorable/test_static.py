import base64
import dataclasses
import gzip
import json
import os
import re
import subprocess
import sys

import pytest

from coursepkg.explorable import Frame, SceneError, Slider, assets, explorable
from coursepkg.explorable.bundle import explorable_bundle
from coursepkg.explorable.packing import climbing, pack
from coursepkg.explorable.renderer import render
from coursepkg.explorable.static import Writer, begun, compiled
from tests.explorable import scenes_for_tests as scenes


def test_each_state_finds_its_own_fragments():
    result = compiled(scenes.slope)
    for state in scenes.slope.states():
        joined = "".join(result.fragments(state))
        assert f">a = {state['a']}<" in joined
        assert ("stroke-dasharray" in joined) == (state["kind"] == "dotted")
        assert result.words(state) == f"The slope is {state['a']}."


def test_a_line_on_the_page_has_the_slope_of_its_state():
    result = compiled(scenes.slope)
    slopes = []
    for a in scenes.slope.controls["a"].values:
        fragments = result.fragments({"a": a, "kind": "plain"})
        path = next(f for f in fragments if "fill:none" in f)
        dx, dy = map(float, re.search(r"l(\S+) (\S+?)\"", path).groups())
        slopes.append(-dy / dx)
    unit = slopes[-1] / 2
    assert slopes == pytest.approx([a * unit for a in scenes.slope.controls["a"].values], abs=2e-3)


def test_the_payload_holds_every_state_once():
    result = compiled(scenes.slope)
    data = json.loads(gzip.decompress(result.payload))
    assert [name for name, *_ in data["controls"]] == ["a", "kind"]
    assert data["controls"][0][1] == list(scenes.slope.controls["a"].values)
    for slot, (packed, at) in zip(result.slots, data["slots"], strict=True):
        assert packed == json.loads(json.dumps(pack(slot.values)))
        assert len(at) == len(scenes.slope)
        assert len(slot.values) == len(set(slot.values)) == len(set(slot.at))
    assert data["says"] == [list(result.says.values), climbing(result.says.at)]
    assert base64.b64decode(explorable_bundle(result)["states"]) == result.payload


@pytest.mark.parametrize("scene", [scenes.slope, scenes.point], ids=lambda scene: scene.name)
def test_a_drawing_that_is_laid_out_otherwise_can_be_arranged_as_the_page_is(scene):
    """Another version of matplotlib leaves other room for the words beside the axes."""
    whole, other = compiled(scene), Writer(scene)
    other.drawing.arrange([[0.3, 0.2, 0.5, 0.4]])
    assert other.frame(scene.default)[:-1] != whole.fragments(scene.default)
    other.drawing.arrange(json.loads(gzip.decompress(whole.payload))["axes"])
    number = re.compile(r"-?\d*\.?\d+")
    for one, two in zip(other.frame(scene.default)[:-1], whole.fragments(scene.default), strict=True):
        assert number.sub("0", one) == number.sub("0", two)
        assert [*map(float, number.findall(one))] == pytest.approx([*map(float, number.findall(two))], abs=0.11)


def test_a_scene_that_has_begun_has_a_few_states_of_the_whole_one_and_its_default():
    few, whole = begun(scenes.slope), compiled(scenes.slope)
    assert (few.base, few.fragments(scenes.slope.default)) == (whole.base, whole.fragments(scenes.slope.default))
    data = json.loads(gzip.decompress(few.payload))
    assert 1 < len(data["says"][1]) < len(scenes.slope)
    for place, k in data["says"][1].items():
        assert data["says"][0][k] == whole.says.values[whole.says.at[int(place)]]
    with pytest.raises(SceneError, match="moved but was not returned"):
        begun(scenes.forgets)


def test_the_bundle_is_the_same_whatever_the_hash_seed():
    one = explorable_bundle(compiled(scenes.slope))
    program = (
        "import json, tests.explorable.scenes_for_tests as s; from coursepkg.explorable.bundle import *; "
        "from coursepkg.explorable.static import compiled; print(json.dumps(explorable_bundle(compiled(s.slope))))"
    )
    env = os.environ | {"PYTHONHASHSEED": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=env)
    assert json.loads(run.stdout) == one


@pytest.mark.parametrize(
    ("scene", "words"),
    [
        (scenes.raises, r"scene 'raises' at a=3: update raised ZeroDivisionError.*Mend: let update answer"),
        (
            scenes.diverges,
            r"scene 'diverges' at a=2: Line2D.*: a drawn coordinate is not finite.*Mend: draw only",
        ),
        (scenes.says_nan, r"scene 'says_nan' at a=3: the state in words is 'loss nan'.*name a divergence"),
        (
            scenes.forgets,
            r"scene 'forgets' at a=\d: Line2D\(the forgotten line\) moved but was not returned",
        ),
        (scenes.remembers, r"scene 'remembers' at a=\d: the picture depends on the state before it.*anew"),
        (scenes.changes, r"scene 'changes' at a=3: update returned other artists.*same artists"),
        (scenes.mismatched, r"scene 'mismatched': update takes \('b',\) but the controls are \('a',\).*one argument"),
        (scenes.unframed, r"scene 'unframed' at a=0: update returned \[<.*return Frame"),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_broken_scene_names_itself_the_state_and_the_mend(scene, words):
    with pytest.raises(SceneError, match=words):
        compiled(scene)


def test_a_budget_is_kept():
    with pytest.raises(SceneError, match=r"scene 'slope': \d+ KB of page data exceed its budget of 0.1 KB"):
        compiled(dataclasses.replace(scenes.slope, budget=0.1))


def test_a_scene_of_a_notebook_compiles():
    @explorable(**scenes.COMMON, a=Slider(0, 1, 1))
    def local_scene(fig):
        (line,) = fig.add_subplot().plot([], [])

        def update(a):
            line.set_data([0, 1], [0, a])
            return Frame([line], says="fine")

        return update

    assert len(compiled(local_scene).says.at) == 2


def test_the_html_is_complete_without_its_script():
    result = compiled(scenes.slope)
    html = render(explorable_bundle(result))
    for fragment in result.fragments(scenes.slope.default):
        assert fragment in html
    assert 'role="img" aria-label="A line through the origin."' in html
    assert "<noscript>" in html
    assert '<span class="says" id="xp-slope-says">The slope is 0.5.</span></p>' in html
    assert 'data-longest="The slope is -2.0."' in html
    assert '<fieldset class="controls" disabled>' in html
    assert "Is it &lt; 1?" in html
    assert "No &amp; never" in html
    assert "<details><summary>Answer</summary>" in html
    assert 'data-preset="8 0"' in html
    ids = re.findall(r'\bid="([^"]*)"', html)
    assert len(ids) == len(set(ids))


def test_each_script_is_at_most_four_kilobytes_on_the_wire():
    sizes = {name: len(gzip.compress(assets.read(name).encode())) for name in assets.scripts()}
    assert sizes.keys() >= {"explorable.js", "ask.js", "play.js", "drag.js"}
    assert max(sizes.values()) <= 4096, sizes
