import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursepkg.explorable import Choice, Slider
from coursepkg.explorable.controls import fine, parts, taken


@given(st.integers(-50, 50), st.integers(1, 60), st.sampled_from([0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 3]))
def test_a_slider_walks_whole_steps_from_end_to_end(start, steps, step):
    slider = Slider(start * step, (start + steps) * step, step)
    assert len(slider.values) == len(set(slider.values)) == steps + 1
    assert slider.values[0] == pytest.approx(start * step)
    assert slider.values[-1] == pytest.approx((start + steps) * step)


def test_the_grid_holds_the_numbers_that_a_reader_would_write():
    assert Slider(0.1, 0.5, 0.1).values == (0.1, 0.2, 0.3, 0.4, 0.5)
    assert Slider(-2, 2, 1, unit="px").texts == ("−2 px", "−1 px", "0 px", "1 px", "2 px")
    assert Slider(0, 90, 45, unit="°").texts == ("0°", "45°", "90°")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Slider(0, 1, 0), "step must be above 0, got 0"),
        (lambda: Slider(0, 1, -0.1), "step must be above 0, got -0.1"),
        (lambda: Slider(0, 1, 0.3), "3.33333 steps"),
        (lambda: Slider(1, 1, 0.1), "one or more whole steps"),
        (lambda: Slider(0, 1, 0.5, value=0.3), "got 0.3"),
        (lambda: Slider(0, float("nan"), 0.5), "stop must be finite, got nan"),
        (lambda: Slider(0, float("inf"), 0.5), "stop must be finite, got inf"),
        (lambda: Choice("one"), "two or more different values"),
        (lambda: Choice(1, 2, 1), "two or more different values"),
        (lambda: Choice(1, 2, value=3), "got 3"),
        (lambda: Slider(0, 1, 0.5, whole=True), "whole needs whole numbers"),
        (lambda: Choice("a", "b", whole=True), "whole needs whole numbers"),
        (lambda: Choice(2, 1, between=True), "between needs ascending numbers"),
        (lambda: Choice("a", "b", between=True), "between needs ascending numbers"),
    ],
)
def test_a_control_that_spans_nothing_says_why(make, words):
    with pytest.raises(ValueError, match=words):
        make()


def test_a_slider_of_words_is_refused():
    with pytest.raises(TypeError, match="start must be a number, got 'a'"):
        Slider("a", 1, 1)


def test_numbers_become_a_slider_and_words_buttons():
    assert Slider(0, 1, 1).numeric
    assert Choice(1, 10, 100).numeric
    assert not Choice("GD", "Newton").numeric


@pytest.mark.parametrize("given", [None, True, float("nan"), (1, 2), [3]])
def test_a_choice_is_among_numbers_or_words(given):
    with pytest.raises(TypeError, match="values must be finite numbers or words, got"):
        Choice(1, given)


def test_numbers_of_numpy_are_numbers_of_the_page():
    made = Choice(*np.array([1, 10]), value=np.int64(10))
    assert json.dumps(made.values) == "[1, 10]"
    assert made.default == 10


@pytest.mark.parametrize(
    ("control", "stops"),
    [
        (Slider(0, 0.2, 0.1), (0, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09)),
        (Slider(1, 3, 1, whole=True), (1, 2, 3)),
        (Slider(2, 6, 2, whole=True), (2, 3, 4, 5, 6)),
        (Choice(1, 2, 12, between=True, whole=True), (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)),
        (Choice(0, 0.001, 1, between=True), (0, 0.0001, 0.0002)),
        (Choice(1, 10, 100), (1, 10, 100)),
        (Choice("plain", "dotted"), ("plain", "dotted")),
    ],
)
def test_a_live_slider_cuts_each_step_in_ten_but_not_a_whole_one(control, stops):
    assert tuple(fine(control)[: len(stops)]) == stops
    assert set(control.values) <= set(fine(control))
    assert len(fine(control)) <= parts(control) * (len(control.values) - 1) + 1


def test_what_a_live_control_takes_is_of_its_own_kind():
    assert taken(Slider(0, 2, 1, whole=True), 1.0) == 1
    assert type(taken(Slider(0, 4, 2, whole=True), 1.0)) is int
    assert type(taken(Slider(0, 2, 1), 1.5)) is float
    assert taken(Choice("plain", "dotted"), "dotted") == "dotted"
    for control, value, words in (
        (Slider(0, 2, 1, whole=True), 0.5, "must be a whole number, got 0.5"),
        (Slider(0, 2, 1), 2.5, "must be from 0 to 2, got 2.5"),
        (Slider(0, 2, 1), float("nan"), "must be from 0 to 2, got nan"),
        (Slider(0, 2, 1), "1", "must be from 0 to 2, got '1'"),
        (Choice(1, 10), 5, r"must be one of \(1, 10\), got 5"),
    ):
        with pytest.raises(ValueError, match=words):
            taken(control, value)
