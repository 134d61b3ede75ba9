"""Files of points: those that hold what a control may, and foreign ones that are made to fit."""

import csv
import io
import math
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursepkg.explorable import Point, Points
from coursepkg.explorable.table import fit, read
from tests.explorable.scenes_for_tests import CLOUD
from tests.explorable.test_points import EMPTY, RANGE, ROWS

PLAIN = Points(EMPTY, **RANGE)


@given(ROWS.filter(bool), st.sampled_from([",", ";", "\t"]), st.booleans())
def test_a_file_that_a_writer_of_csv_has_made_is_read(rows, mark, head):
    file = io.StringIO()
    writer = csv.writer(file, delimiter=mark)
    writer.writerows([["x", "y", "class"]] * head + [[x, y, CLOUD.labels[label]] for x, y, label in rows])
    assert read(CLOUD, file.getvalue()) == tuple(Point(*row) for row in rows)


def test_a_file_may_have_decimal_commas_spaces_a_mark_at_its_head_and_empty_lines():
    wanted = (Point(0.5, -0.25, 1), Point(1, 0, 0))
    assert read(CLOUD, "\ufeffx; y; label\n0,5; -0,25; yes\n\n1; 0; no\n") == wanted
    assert read(CLOUD, "0.5\t−0.25\tyes\r\n1e0\t0.0\tno") == wanted
    assert read(CLOUD, '0.504,-0.2500,"yes"\n1,0,no') == wanted
    assert read(PLAIN, "x,y\n0,0\n") == (Point(0, 0),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no point came; a line is ['x', 'y', 'label']"),
        ("x,y,label\n", "no point came"),
        ("0,0,no\n0,0\n", "line 2: 2 values came, '0,0'; a line is ['x', 'y', 'label']"),
        ("0,0,no\nx,0,no\n", "line 2: x is 'x'; allowed is a number from −1 to 1"),
        ("0,0,no\n0,nan,no", "line 2: y is 'nan'; allowed is a number from −0.5 to 1"),
        ("0,0,no\n0,inf,no", "line 2: y is 'inf'; allowed is a number from −0.5 to 1"),
        ("1.01,0,no", "line 1: x is 1.01; allowed is −1 to 1"),
        ("0,0,maybe", "line 1: the label 'maybe' came; allowed are no, yes"),
        (5 * "0,0,no\n", "line 5: one point too many came; a set has at most 4"),
    ],
)
def test_a_file_that_is_none_names_line_what_came_and_what_is_allowed(text, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        read(CLOUD, text)


FINITE = st.floats(allow_nan=False, allow_infinity=False)


def table(*rows) -> str:
    return "\n".join(",".join(map(str, row)) for row in rows)


@given(st.lists(st.tuples(FINITE, FINITE), min_size=1, max_size=9))
def test_any_table_of_numbers_fits_keeps_its_order_along_each_axis_and_says_what_was_done(rows):
    few = Points(EMPTY, **RANGE, most=9)
    points, done = fit(few, table(*rows))
    assert len(points) == len(rows)
    for c, (name, (low, high)) in enumerate([("x", RANGE["x"]), ("y", RANGE["y"])]):
        came, made = [row[c] for row in rows], [point[c] for point in points]
        assert all(low <= value <= high for value in made)
        order = sorted(range(len(rows)), key=came.__getitem__)
        assert all(made[a] <= made[b] for a, b in pairwise(order))
        assert (f"{name} was scaled" in done) == (min(came) < low or max(came) > high)


@given(ROWS.filter(bool))
def test_what_can_be_read_fits_as_it_is(rows):
    text = table(*((x, y, CLOUD.labels[label]) for x, y, label in rows))
    assert fit(CLOUD, text) == (read(CLOUD, text), "")


def test_a_scaled_column_keeps_its_proportions_and_a_margin():
    points, done = fit(PLAIN, "10,0\n20,0.5\n40,1")
    assert points == (Point(-0.9, 0), Point(-0.3, 0.5), Point(0.9, 1))
    assert done == "x was scaled: 10 to 40 is now −0.9 to 0.9"
    assert fit(PLAIN, "7,0\n7,1")[0] == (Point(0, 0), Point(0, 1))  # that has no spread


def test_strange_labels_become_the_controls_in_the_order_in_which_they_come():
    points, done = fit(CLOUD, "0,0,virginica\n1,0,setosa\n0,1,virginica")
    assert [point.label for point in points] == [0, 1, 0]
    assert done == "'virginica' is no here; 'setosa' is yes here"
    assert [point.label for point in fit(CLOUD, "0,0,yes\n7,0,yes")[0]] == [1, 1]


def test_of_too_many_lines_as_many_are_taken_as_a_set_may_have_the_first_and_the_last_among_them():
    points, done = fit(CLOUD, table(*((k / 10, 0, "no") for k in range(10))))
    assert [point.x for point in points] == [0, 0.3, 0.6, 0.9]
    assert done == "4 of its 10 lines were taken, evenly over the file"
    assert len(fit(Points(EMPTY, **RANGE, most=1), "0,0\n1,1")[0]) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no point came"),
        ("0,0,a\n0,0,b\n0,0,c", "3 different labels came; allowed are 2"),
        ("0,0,a\n0,x,a", "line 2: y is 'x'"),
        (f"0,0,a\n0,{math.inf},a", "line 2: y is 'inf'"),
        ("0,0", "line 1: 2 values came"),
    ],
)
def test_what_no_scaling_can_make_a_set_is_refused(text, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        fit(CLOUD, text)
