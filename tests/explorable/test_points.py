"""Sets of points as a control: their texts, their place on a figure, and frames on the way to a state."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursepkg.explorable import Point, Points, SceneError
from coursepkg.explorable.board import board
from coursepkg.explorable.drawing import Drawing
from coursepkg.explorable.live import Live
from coursepkg.explorable.points import told
from coursepkg.explorable.static import Writer, compiled
from tests.explorable import scenes_for_tests as scenes
from tests.explorable.scenes_for_tests import CLOUD

EMPTY = {"a": [], "b": []}
RANGE = {"x": (-1, 1), "y": (-0.5, 1)}
PLACES = st.tuples(st.integers(-100, 100), st.integers(-50, 100), st.integers(0, 1))
ROWS = st.lists(PLACES.map(lambda row: (row[0] / 100, row[1] / 100, row[2])), max_size=4)


@given(ROWS)
def test_points_on_the_steps_come_back_from_their_text(rows):
    text = CLOUD.code(rows)
    assert re.fullmatch(r"~[0-9a-z]*", text)
    assert len(text) == 1 + 5 * len(rows)
    assert CLOUD.points(text) == tuple(Point(*row) for row in rows)
    assert CLOUD.code(CLOUD.points(text)) == text


@given(st.text(max_size=12) | st.from_regex(r"~[0-9a-z]{0,26}", fullmatch=True))
def test_any_other_text_is_read_or_refused_and_read_text_is_the_only_one_of_its_points(text):
    if text in CLOUD.values:
        return
    try:
        points = CLOUD.points(text)
    except ValueError:
        with pytest.raises(ValueError, match="cloud: data must be "):
            scenes.cloud.state({"data": text})
    else:
        assert CLOUD.code(points) == text
        assert all(-1 <= p.x <= 1 and -0.5 <= p.y <= 1 for p in points)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("three", r"must be one of \('two', 'one'\) or points, got 'three'"),
        (3, "or points, got 3"),
        ("~0000", "five letters and digits each, got '~0000'"),
        ("~0000é", "five letters and digits each"),
        ("~" + 5 * "00000", "must be at most 4 points, got 5"),
        ("~20000", "with a label of"),
        ("~0zz00", "must be points within"),
    ],
)
def test_what_is_no_set_is_refused_with_what_is_allowed(text, words):
    with pytest.raises(ValueError, match=f"cloud: data .*{words}"):
        scenes.cloud.state({"data": text})


@pytest.mark.parametrize(
    ("error", "words", "given"),
    [
        (ValueError, "two or more different values", {"sets": {"a": []}}),
        (ValueError, "do not begin with '~', got '~a'", {"sets": {"a": [], "~a": []}}),
        (ValueError, "labels must be 2 to 36 different names, or none, got ('a',)", {"labels": ("a",)}),
        (ValueError, "labels must be 2 to 36 different names", {"labels": ("a", "a")}),
        (ValueError, "most must be a whole number of points, got 0", {"most": 0}),
        (ValueError, "x must span 1 to 1295 whole steps, got (0, 13)", {"x": (0, 13)}),
        (ValueError, "y must span 1 to 1295 whole steps, got (0, 0.005)", {"y": (0, 0.005)}),
        (TypeError, "x must be two numbers and step one above 0, got (0, 'a')", {"x": (0, "a")}),
        (TypeError, "step one above 0, got (-1, 1) and 0", {"step": 0}),
        (ValueError, "set 'a' has Point(x=0, y=nan, label=0)", {"sets": {"a": [(0, float("nan"))], "b": []}}),
        (ValueError, "set 'b' has Point(x=0, y=0, label=1)", {"sets": {"a": [], "b": [(0, 0, 1)]}}),
    ],
)
def test_a_control_that_cannot_hold_points_is_refused(error, words, given):
    with pytest.raises(error, match=re.escape(words)):
        Points(**{"sets": EMPTY, **RANGE} | given)


def test_update_gets_points_by_name_and_by_text():
    writer = Writer(scenes.cloud)
    assert writer.frame({"data": "two", "far": 0})[-1] == "2 points, 0 of 0 steps."
    own = CLOUD.code([(0.1, 0.1, 1)] * 3)
    assert writer.frame({"data": own, "far": 0})[-1] == "3 points, 0 of 0 steps."
    assert scenes.cloud.arguments({"data": own, "far": 2}) == {"data": (Point(0.1, 0.1, 1),) * 3, "far": 2}


def test_a_page_has_the_authors_sets_and_a_notebook_their_choice():
    made = compiled(scenes.cloud)
    assert len(scenes.cloud) == len(made.says.at) == 20
    assert [value for _, value in Live(scenes.cloud).sliders["data"].options] == ["two", "one"]


def test_a_frame_on_the_way_is_not_the_last_one():
    writer, state = Writer(scenes.cloud), {"data": CLOUD.code([(0, 0)]), "far": 3}
    steps = [writer.towards(state) for _ in range(3)]
    assert [(said, more) for (*_, said), more in steps] == [
        ("1 points, 1 of 3 steps.", True),
        ("1 points, 2 of 3 steps.", True),
        ("1 points, 3 of 3 steps.", False),
    ]
    assert Writer(scenes.cloud).frame(state) == steps[-1][0]


def test_the_board_lies_where_matplotlib_has_the_range():
    for dpi in (72, 120):
        drawing = Drawing(scenes.cloud, dpi)
        found = board(drawing)
        low, high = (drawing.fig.axes[0].transData.transform(end) * 72 / dpi for end in ((-1, -0.5), (1, 1)))
        assert found["across"] == pytest.approx([low[0], high[0]], abs=0.01)
        assert [72 * 3.2 - y for y in found["down"]] == pytest.approx([low[1], high[1]], abs=0.01)
    assert board(Drawing(scenes.slope, 72)) == {}


def test_a_board_beyond_its_axes_or_on_a_bent_one_fails_the_build():
    with pytest.raises(SceneError, match=r"its points lie outside the first axes\. Mend: widen"):
        compiled(scenes.beyond)
    with pytest.raises(SceneError, match=r"are not linear\. Mend: give points linear axes"):
        compiled(scenes.bent)


def test_the_page_is_told_the_authors_sets_as_texts_that_can_be_gone_on_with():
    crowd = Points({"a": [(0, 0.005)] * 9, "b": []}, **RANGE, most=4)
    assert told(crowd)["sets"] == ["~" + 4 * "02s1e", "~"]
    assert told(crowd)["spans"] == (200, 150)
