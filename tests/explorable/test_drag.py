"""The part of a figure that can be dragged, as it is written into the page; tests/browser/test_drag.py drags it."""

import html
import json
import re

import pytest

from coursepkg.explorable import SceneError, Slider, explorable
from coursepkg.explorable.bundle import explorable_bundle
from coursepkg.explorable.renderer import render
from coursepkg.explorable.static import compiled
from tests.explorable import scenes_for_tests as scenes


def tracks(page):
    return json.loads(html.unescape(re.search(r'data-drag="([^"]*)"', page)[1]))


def marks(result, state):
    """Where the fragment of a marker starts: half its width to one side of its centre."""
    return [tuple(map(float, re.search(r'd="M(\S+) ([\d.]+)', f).groups())) for f in result.fragments(state)]


def test_each_value_of_a_dragged_slider_has_the_place_where_it_is_drawn():
    result = compiled(scenes.point)
    across, up = tracks(render(explorable_bundle(result))).values()
    assert (across[0], up[0]) == ("x0", "y0")
    assert [len(across[1]), len(up[1])] == [9, 4]
    (here,) = marks(result, scenes.point.default)
    for i, x0 in enumerate(scenes.point.controls["x0"].values):
        for j, y0 in enumerate(scenes.point.controls["y0"].values):
            (there,) = marks(result, {"x0": x0, "y0": y0})
            assert there[0] - here[0] == pytest.approx(across[1][i] - across[1][4], abs=0.25)
            assert there[1] - here[1] == pytest.approx(up[1][j] - up[1][0], abs=0.25)


def test_one_slider_runs_along_one_axis():
    assert list(tracks(render(explorable_bundle(compiled(scenes.edge))))) == ["x"]


def test_a_scene_without_a_drag_has_neither_ring_nor_hint():
    page = render(explorable_bundle(compiled(scenes.slope)))
    assert "data-drag" not in page
    assert "Drag" not in page
    page = render(explorable_bundle(compiled(scenes.point)))
    assert "Drag the dashed ring" in page
    assert 'display="none"' in page  # until the script is ready


def test_a_value_outside_the_axes_cannot_be_dragged_to():
    with pytest.raises(SceneError, match="'outside': values of the dragged x0 lie outside the first axes"):
        compiled(scenes.outside)


@pytest.mark.parametrize("drag", [("b",), (None, None), ("a", "a", "a"), ("word",)])
def test_only_sliders_are_dragged(drag):
    from coursepkg.explorable import Choice

    with pytest.raises(ValueError, match="drag"):
        explorable(**scenes.COMMON, drag=drag, a=Slider(0, 1, 1), word=Choice("this", "that"))(lambda fig: None)


def test_the_script_is_small():
    from coursepkg.explorable import assets

    assert (assets.FOLDER / "drag.js").stat().st_size <= 2816
