import base64
import gc
import io
from types import SimpleNamespace

import ipywidgets as widgets
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from coursepkg.explorable.controls import fine
from coursepkg.explorable.live import Live, live, parts
from coursepkg.explorable.picture import DPI, Picture
from coursepkg.explorable.static import compiled
from coursepkg.explorable.style import styled
from tests.explorable import scenes_for_tests as scenes


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def test_a_blitted_picture_equals_one_drawn_anew():
    picture = Picture(scenes.slope)
    picture.at({"a": -2, "kind": "dotted"})
    for state in scenes.slope.corners():
        moved = pixels(picture.at(state)[0])
        assert (moved == pixels(Picture(scenes.slope).at(state)[0])).all()


def test_a_picture_shows_the_moving_artists_at_their_state():
    state = {"a": 2, "kind": "plain"}
    with styled():
        fig = Figure(scenes.slope.size, dpi=DPI, layout="constrained", facecolor="white")
        canvas = FigureCanvasAgg(fig)
        scenes.slope.draw(fig)(**state)
        canvas.draw()
        whole = np.asarray(canvas.buffer_rgba())[..., :3].astype(int)
    shown = pixels(Picture(scenes.slope).at(state)[0])
    assert (np.abs(shown - whole).max(axis=2) > 8).mean() < 0.01


def test_moving_a_slider_changes_picture_and_words():
    live = Live(scenes.slope)
    before = live.view.moving.value
    live.sliders["a"].value = 1.5
    assert live.view.moving.value != before
    assert "The slope is 1.5." in live.says.value
    live.sliders["kind"].value = "dotted"
    assert live.state == {"a": 1.5, "kind": "dotted"}


def buttons(live):
    return {part.description: part for part in parts(live.box) if isinstance(part, widgets.Button)}


def test_presets_and_reset_go_to_their_states_and_draw_once(monkeypatch):
    live = Live(scenes.slope)
    drawn = []
    frame = live.view.writer.frame
    monkeypatch.setattr(live.view.writer, "frame", lambda state: drawn.append(state) or frame(state))
    buttons(live)["steep"].click()
    assert live.state == {"a": 2, "kind": "plain"}
    live.sliders["kind"].value = "dotted"
    buttons(live)["Reset"].click()
    assert live.state == scenes.slope.default
    assert [state["a"] for state in drawn] == [2, 2, 0.5]


def test_the_answer_waits_until_the_reader_commits_to_one():
    live = Live(scenes.slope)
    at = next(k for k, w in enumerate(live.box.children) if isinstance(w, widgets.RadioButtons))
    radio, button, answer = live.box.children[at : at + 3]
    assert radio.value is None
    assert button.disabled
    radio.value = "No & never"
    assert answer.value == ""
    button.click()
    assert "✗ Not quite. <b>No &amp; never?</b> Try 0." in answer.value
    assert "✓ Rather: <b>Yes.</b> It is." in answer.value
    radio.value = "Yes"
    button.click()
    assert "✓ Yes: <b>Yes.</b> It is." in answer.value
    assert "Try 0" not in answer.value


def test_a_live_slider_has_the_places_that_the_page_has_with_its_python():
    live = Live(scenes.slope)
    for name, control in scenes.slope.controls.items():
        assert [value for _, value in live.sliders[name].options] == fine(control)
    live.sliders["a"].value = 0.55
    assert "The slope is 0.55." in live.says.value


def test_what_moves_lies_over_what_stands_still_in_inks_that_a_theme_can_change():
    live = Live(scenes.slope)
    live.sliders["a"].value = 1.5
    result = compiled(scenes.slope)
    assert result.base in live.view.still.value
    for fragment in result.fragments({"a": 1.5, "kind": "plain"}):
        assert f"<g>{fragment}</g>" in live.view.moving.value
    assert "#1a1c20" not in live.view.moving.value
    areas = {layer.layout.grid_area for layer in live.view.box.children}
    assert areas == {"1 / 1 / 2 / 2"}


def test_a_failing_update_is_not_swallowed():
    from coursepkg.explorable import SceneError

    live = Live(scenes.raises)
    with pytest.raises(SceneError, match="at a=3"):
        live.sliders["a"].value = 3


@pytest.fixture
def cell(monkeypatch):
    """A function that says which cell runs, as front ends do."""

    def run(name):
        shell = SimpleNamespace(get_parent=lambda: {"metadata": {"cellId": name} if name else {}})
        monkeypatch.setattr("coursepkg.explorable.live.get_ipython", lambda: shell)

    return run


def alive():
    """The figures and the widgets that the process keeps."""
    gc.collect()
    things = gc.get_objects()
    return sum(type(one) is Figure for one in things), sum(isinstance(one, widgets.DOMWidget) for one in things)


def test_a_cell_that_runs_again_keeps_neither_figures_nor_widgets(cell):
    cell("a")
    live(scenes.slope)
    once = alive()
    for _ in range(3):
        live(scenes.slope)
    assert alive() == once
    cell("b")
    other = live(scenes.slope)
    assert alive()[0] == once[0]  # two cells show one figure
    assert alive()[1] > once[1]
    cell("a")
    live(scenes.slope)
    other.sliders["a"].value = 2
    assert "The slope is 2" in other.says.value


def test_where_no_cell_is_named_figures_are_not_kept_either(cell):
    cell(None)
    first = live(scenes.slope)
    once = alive()[0]
    live(scenes.slope)
    assert alive()[0] == once
    first.sliders["a"].value = 1.5
    assert "The slope is 1.5." in first.says.value


def test_a_saved_notebook_shows_a_picture_and_its_words():
    shown = Live(scenes.slope)
    view, png, text = shown.bundle.values()
    assert view["model_id"] == shown.box.model_id
    saved, other = pixels(base64.b64decode(png)), Picture(scenes.slope)
    gaps = [np.abs(saved - pixels(other.at(scenes.slope.default | {"a": a})[0])).mean() for a in (0.5, 1, -2)]
    assert gaps[0] < 0.8 * gaps[1] < gaps[2]  # letters are placed to a whole dot, here and there by one
    assert text == "Slope. A line through the origin. The slope is 0.5."
