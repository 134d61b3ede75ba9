"""The memo: two states share a key only if the artist draws the same in both, and an unmoved artist is drawn once."""

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.path import Path

from coursepkg.explorable import Frame, Slider, explorable
from coursepkg.explorable.memo import look
from coursepkg.explorable.static import Writer, sample
from coursepkg.explorable.svg import ThemedSVG
from tests.explorable import scenes_for_tests as scenes

PIXELS = np.linspace(0, 1, 12).reshape(3, 4)
SQUARE = Path([[0, 0], [1, 0], [1, 1], [0, 0]])
MAKE = {
    "line": lambda ax: ax.plot([0, 1, 2], [0.5, 1, 0.1], "o--")[0],
    "text": lambda ax: ax.text(0.5, 0.5, "words"),
    "patch": lambda ax: ax.fill([0, 1, 1], [0, 0, 1], ec="k")[0],
    "scatter": lambda ax: ax.scatter([0, 1], [0, 1], s=[30, 20]),
    "segments": lambda ax: ax.vlines([0.3, 0.6], 0, 1),
    "image": lambda ax: ax.imshow(PIXELS, extent=(0, 1, 0, 1), aspect="auto"),
}
CHANGES = [
    ("line", lambda a: a.set_data([0, 1, 2], [0.5, 1, 0.2])),
    ("line", lambda a: a.set_linestyle(":")),
    ("line", lambda a: a.set_linewidth(3)),
    ("line", lambda a: a.set_color("r")),
    ("line", lambda a: a.set_marker("s")),
    ("line", lambda a: a.set_fillstyle("none")),
    ("line", lambda a: a.set_markevery(2)),
    ("line", lambda a: a.set_drawstyle("steps")),
    ("line", lambda a: a.set_alpha(0.5)),
    ("line", lambda a: a.set_visible(False)),
    ("line", lambda a: a.set_clip_on(False)),
    ("line", lambda a: a.set_transform(a.axes.transAxes)),
    ("line", lambda a: a.axes.set_ylim(-1, 3)),
    ("line", lambda a: a.axes.set_yscale("symlog", linthresh=0.1)),
    ("text", lambda a: a.set_text("Words")),
    ("text", lambda a: a.set_position((0.5, 0.6))),
    ("text", lambda a: a.set_rotation(30)),
    ("text", lambda a: a.set_fontsize(14)),
    ("text", lambda a: a.set_fontweight("bold")),
    ("text", lambda a: a.set_ha("right")),
    ("text", lambda a: a.set_va("top")),
    ("patch", lambda a: a.set_xy([[0, 0], [1, 0], [1, 2]])),
    ("patch", lambda a: a.set_facecolor("g")),
    ("patch", lambda a: a.set_joinstyle("round")),
    ("patch", lambda a: a.set_clip_path(SQUARE, a.axes.transAxes)),
    ("scatter", lambda a: a.set_offsets([[0, 0], [1, 0.5]])),
    ("scatter", lambda a: a.set_sizes([30, 60])),
    ("scatter", lambda a: a.set_array([0, 1])),
    ("segments", lambda a: a.set_segments([[(0, 0), (1, 1)]])),
    ("segments", lambda a: a.set_linewidths([1, 4])),
    ("image", lambda a: a.set_data(PIXELS[::-1])),
    ("image", lambda a: a.set_cmap("gray")),
    ("image", lambda a: a.set_clim(0, 2)),
    ("image", lambda a: a.set_extent((0, 0.5, 0, 1))),
]


@pytest.fixture
def drawn():
    """A function that makes an artist, and the function that draws it."""
    fig = Figure(dpi=72)
    ax = fig.add_subplot(xlim=(0, 2), ylim=(0, 2))
    svg = ThemedSVG(*fig.bbox.size, prefix="test")

    def make(kind):
        artist = MAKE[kind](ax)
        fig.draw_without_rendering()
        return artist, svg.take

    return make


@pytest.mark.parametrize("kind", MAKE)
def test_drawing_leaves_the_look_as_it_is(drawn, kind):
    artist, take = drawn(kind)
    take(artist)
    before = look(artist)
    assert before is not None
    take(artist)
    assert look(artist) == before


@pytest.mark.parametrize(("kind", "change"), CHANGES)
def test_what_draws_otherwise_looks_otherwise(drawn, kind, change):
    artist, take = drawn(kind)
    before, looked = take(artist), look(artist)
    change(artist)
    after = look(artist)
    assert take(artist) != before, "the change can be seen, or this test says nothing"
    assert after != looked


class Doubled(Line2D):
    """A line with a way of its own to draw."""

    def draw(self, renderer):
        super().draw(renderer)
        super().draw(renderer)


class Told(Doubled):
    drawn_from_attributes = True


@pytest.mark.parametrize(("kind", "known"), [(Line2D, True), (Doubled, False), (Told, True)])
def test_a_drawing_of_ones_own_is_trusted_only_where_it_says_so(kind, known):
    ax = Figure().add_subplot()
    line = kind([0, 1], [0, 1])
    ax.add_line(line)
    assert (look(line) is not None) == known


def test_a_label_with_an_arrow_to_another_artist_has_no_key():
    ax = Figure().add_subplot()
    note = ax.annotate("there", (1, 1), (0, 0), arrowprops={"arrowstyle": "->"})
    assert look(note) is None


@explorable(**scenes.COMMON, a=Slider(0, 3, 1), b=Slider(0, 4, 1))
def apart(fig):
    ax = scenes.axes(fig)
    lines = [ax.plot([], [])[0] for _ in range(2)]

    def update(a, b):
        for line, height in zip(lines, (a, b), strict=True):
            line.set_data([0, 1], [0, height / 4])
        return Frame(lines, says="fine")

    return update


def test_each_look_is_drawn_once(monkeypatch):
    writer, drawings = Writer(apart), []
    take = writer.svg.take
    monkeypatch.setattr(writer.svg, "take", lambda artist: drawings.append(artist) or take(artist))
    frames = writer.frames()
    assert len(frames) == 20
    assert len(drawings) == 4 + 5  # the first line has four looks, the second, in another colour, five
    drawings.clear()
    writer.check(frames, writer.base())
    assert len(drawings) >= 2 * len(sample(apart)), "a check trusts no memo"


@pytest.mark.parametrize("scene", [scenes.slope, scenes.point, apart], ids=lambda scene: scene.name)
def test_with_the_memo_the_fragments_are_those_drawn_without(scene):
    writer = Writer(scene)
    bare = Writer(scene)
    for state in scene.states():
        bare.drawing.at(state)
        assert writer.frame(state)[:-1] == [bare.svg.take(artist) for artist in bare.drawing.moving]
    assert writer.svg.clips == bare.svg.clips


def test_the_states_that_are_checked_stand_at_every_end_and_choice():
    states = sample(scenes.slope)
    assert {s["a"] for s in states} >= {-2, 2}
    assert {s["kind"] for s in states} == {"plain", "dotted"}
    assert len(states) == 8
