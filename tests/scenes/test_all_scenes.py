"""Every scene of the course, whatever its chapter."""

import importlib
import pkgutil
from functools import cache

import pytest
from matplotlib.lines import Line2D

import coursepkg.scenes
from coursepkg.explorable.picture import Picture
from coursepkg.explorable.scene import Scene
from coursepkg.explorable.static import Writer, sample
from tests.scenes.looking import between

CHAPTERS = [
    importlib.import_module(f"coursepkg.scenes.{m.name}") for m in pkgutil.iter_modules(coursepkg.scenes.__path__)
]
SCENES = [value for chapter in CHAPTERS for value in vars(chapter).values() if isinstance(value, Scene)]
each = pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)


def test_there_are_scenes_and_no_two_share_a_name():
    names = [scene.name for scene in SCENES]
    assert {"neuron", "nudge", "flowers", "template"} <= set(names)
    assert len(names) == len(set(names))


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.__name__.rpartition(".")[2])
def test_a_chapters_package_exports_the_scenes_of_its_modules(chapter):
    modules = [importlib.import_module(f"{chapter.__name__}.{m.name}") for m in pkgutil.iter_modules(chapter.__path__)]
    inside = {value.name for module in modules for value in vars(module).values() if isinstance(value, Scene)}
    assert inside
    assert inside <= set(chapter.__all__)


@cache
def picture(scene):
    """The scene as it is live, set up once for all tests: it draws a state the same whatever it drew before."""
    return Picture(scene)


@each
def test_live_and_static_stand_at_the_ends_of_the_sliders(scene):
    """The build draws every state of the page, and what is live draws by the same function: a sample tells."""
    writer, said = Writer(scene), set()
    for state in sample(scene):
        png, says = picture(scene).at(state)
        assert png.startswith(b"\x89PNG")
        *fragments, words = writer.frame(state)
        assert words == says
        assert any(fragments)
        said.add((tuple(fragments), words))
    assert len(said) > 1


@each
def test_between_the_values_of_its_sliders_a_scene_is_computed(scene):
    """What the live page asks for: any value, and the picture does not depend on the state before."""
    writer = Writer(scene)
    states = list(between(scene, 3, seed=5))
    frames = [writer.frame(state) for state in states]
    for state, frame in zip(states[::-1], frames[::-1], strict=True):
        assert writer.frame(state) == frame
    assert len({tuple(frame) for frame in [writer.frame(scene.default), *frames]}) == 1 + len(states)


#: Quantities that come in whole numbers alone.
WHOLE = {
    ("nudge", "k"),
    ("flowers", "epoch"),
    *(("template", name) for name in ("shift", "flips")),
    *(("slide_the_detector", name) for name in ("places", "shift")),
    *(("linear_tower", name) for name in ("depth", "narrow")),
    *(("build_any_function", name) for name in ("n", "depth")),
    *(("train_it", name) for name in ("epoch", "hidden")),
    *(("whisper", "L"), ("start_right", "L"), ("blame_tape", "step"), ("cold_start", "t"), ("noise_ball", "batch")),
    *(("degree_and_penalty", "degree"), ("dropout_and_norm", "epoch"), ("stopping_is_shrinking", "t")),
    *(("second_thoughts", name) for name in ("rank", "epoch")),
}
#: Numbers between which there is nothing to show, and why.
APART = {
    ("nudge", "eta"): "only powers of two keep the rule's sums free of rounding, which decides for points on the line",
    ("net_landscape", "depth"): "a network is trained for each depth",
    ("fair_race", "times"): "only powers of two change no rounding",
}


def test_every_slider_says_whether_whole_numbers_alone_have_a_meaning():
    controls = {(scene.name, name): c for scene in SCENES for name, c in scene.controls.items() if c.numeric}
    assert {where for where, control in controls.items() if control.whole} == WHOLE
    assert {where for where, control in controls.items() if not control.between} == set(APART)


@each
def test_a_scene_asks_before_it_shows_and_names_its_quantities(scene):
    assert scene.ask, "a prediction comes before each slider"
    assert scene.ask.question.endswith("?")
    assert len(scene.ask.because) > 40
    assert len(scene.alt) > 60
    assert scene.presets, "presets worth visiting"
    assert all({**scene.default, **preset} != scene.default for preset in scene.presets.values()), "Reset leads there"
    for name, control in scene.controls.items():
        assert control.label, f"{name} needs a label"


@each
def test_each_wrong_choice_of_a_prediction_has_its_own_reason(scene):
    reasons = [scene.ask.because, *scene.ask.wrong]
    assert len(reasons) == len(scene.ask.choices) == len(set(reasons))
    assert min(map(len, reasons)) > 40


#: Markers that are named by words beside them, or stand on a patch that the key names.
NAMED = {"whisper": {"D"}, "template": {"+", "_"}, "blame_tape": ()}
#: The look of a method that the reader has chosen, and a detector's plus and minus.
NAMED |= {"valley": {"s", "X"}, "astray": {"X"}, "terrain": {"X"}, "slide_the_detector": {"+", "_"}}


@each
def test_a_figures_markers_are_in_its_key(scene):
    """A full dot needs none where it rides on a curve: it is where the sliders stand."""
    drawing = picture(scene).drawing
    handles = [handle for legend in drawing.fig.legends for handle in legend.legend_handles]
    assert handles or scene.name in NAMED
    named = {look_of(handle) for handle in handles if isinstance(handle, Line2D)}
    drawn = set()
    for preset in ({}, *scene.presets.values()):
        drawing.at(scene.default | preset)
        drawn |= {look_of(line) for ax in drawing.fig.axes for line in ax.lines if len(line.get_xdata())}
    drawn -= {("None", "full"), ("o", "full")}
    assert {look for look in drawn - named if look[0] not in NAMED.get(scene.name, ())} == set()


def look_of(line):
    """A line's marker and how it is filled; the two directions of one arrow head are one."""
    hollow = "none" in (line.get_fillstyle(), str(line.get_markerfacecolor()))
    return {"v": "^"}.get(line.get_marker(), line.get_marker()), "none" if hollow else "full"


@each
def test_a_scene_is_legible_on_a_phone(scene):
    """The figure is at most 5 inches wide, and its smallest letters are 10 points there: 9 px at 328 px.

    Its axes have room: one artist that the layout cannot place would leave them a slit.
    """
    from matplotlib.text import Text

    assert scene.size[0] <= 5
    fig = picture(scene).drawing.fig
    sizes = [text.get_size() for text in fig.findobj(Text) if text.get_visible() and text.get_text().strip()]
    assert min(sizes) >= 10
    rooms = [ax.get_position().bounds[2:] * fig.get_size_inches() for ax in fig.axes]
    assert min(side for room in rooms for side in room) >= 0.3
