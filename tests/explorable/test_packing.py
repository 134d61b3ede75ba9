import gzip
import json

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from coursepkg.explorable.packing import apart, climbing, pack, runs


def size(data):
    return len(gzip.compress(json.dumps(data).encode()))


def test_a_fragment_without_its_numbers_is_its_form():
    form, row = apart('<path d="M1 -2.5l0 0.3" style="stroke-width:1.3"/><text x="7">2.5</text>')
    assert form == '<path d="M\0 \0l\0 \0" style="stroke-width:1.3"/><text x="7">2.5</text>'
    assert row == [10, -25, 0, 3]


def test_a_path_with_a_number_that_the_page_would_write_otherwise_stays_whole():
    assert apart('<path d="M1 2.25"/>') == ('<path d="M1 2.25"/>', [])


@given(st.lists(st.integers(0, 9)))
def test_indices_that_climb_can_be_told_from_how_far_each_falls_short(wanted):
    order = {}
    at = [order.setdefault(each, len(order)) for each in wanted]
    falls, back, new = climbing(at), [], 0
    for fall in falls:
        back.append(new - fall)
        new = max(new, back[-1] + 1)
    assert back == at
    assert falls.count(0) == len(order)  # each new one costs a nought


def test_columns_that_repeat_or_mirror_others_are_left_out():
    half = np.random.default_rng(0).integers(1, 99, (5, 9))
    found, left = runs(np.hstack([half, [[7]] * 5, half, -half]))
    assert (found, left) == ([10, 0, 9, 1, 19, 0, 9, -1], list(range(10)))


def test_a_curve_that_moves_a_little_is_half_of_what_it_was():
    x = np.arange(80)
    heights = [np.rint((300 + 9 * t) * np.sin(x**1.5 / 60 + t / 30)).astype(int) for t in range(60)]
    steps = [" ".join(f"2 {step / 10:g}" for step in np.diff(y).tolist()) for y in heights]
    curves = [f'<path d="M0 {y[0] / 10:g}l{step}"/>' for y, step in zip(heights, steps, strict=True)]
    assert size(pack(curves)) < size(curves) / 2
