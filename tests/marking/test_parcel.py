"""What passes between the processes arrives as it was, and nothing else can be made of it."""

import io
import json
import math
import pathlib
import pickle
import re

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.path import Path

from coursepkg.check import exercise as ex
from coursepkg.check import mode
from coursepkg.check.answer import Answer, Elsewhere
from coursepkg.engine.landscapes import ROSENBROCK
from coursepkg.marking.parcel import Thing, decode, encode, frame, frames, pack, unpack
from coursepkg.marking.portrait import paint, portray
from tests.check.judging import constant
from tests.check.test_wrong_answers import AX, WRONG

SOLUTIONS = sorted((pathlib.Path(__file__).parents[2] / "solutions").glob("*.ipynb"))
ARRAYS = st.sampled_from([np.arange(6.0).reshape(2, 3), np.zeros((0, 2)), np.array(3), np.float32(2), np.array("ab"),
                          np.array([True]), np.array([1, None, "x"], dtype=object), np.int8([1])[::-1]])  # fmt: skip
PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.complex_numbers() | st.just(...)
VALUES = st.recursive(
    PLAIN | ARRAYS,
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner) | st.frozensets(PLAIN),
    max_leaves=8,
)


def same(a, b):
    if isinstance(a, (list, tuple)):
        return type(a) is type(b) and len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and a.shape == b.shape and a.tolist() == b.tolist()
    return type(a) is type(b) and repr(a) == repr(b)


@given(VALUES)
def test_values_arrive_as_they_were(value):
    arrived = decode(json.loads(json.dumps(encode(value))))
    if isinstance(value, frozenset):
        assert {repr(item) for item in arrived} == {repr(item) for item in value}
    elif "frozenset" not in repr(value):
        assert same(value, arrived)


def test_what_is_no_value_arrives_as_its_words():
    for value in (object(), np.sin, open, np.datetime64("2020"), type):
        arrived = decode(encode(value))
        assert isinstance(arrived, Thing)
        assert repr(arrived) == repr(value)[:200]
    assert decode(encode(i * i for i in range(3))) == [0, 1, 4]
    assert len(decode(encode(map(float, iter(int, 1))))) == 10_000  # zeros for ever


@pytest.mark.parametrize(
    "told",
    [
        {"is": "array", "dtype": "O", "shape": [1], "data": "AAAA"},
        {"is": "array", "dtype": "f8", "shape": [9], "data": "AAAA"},
        {"is": "array", "dtype": "f8"},
        {"is": "eval", "text": "1"},
        {"is": []},
        {},
        {"is": "dict", "items": [[[], 1]]},
    ],
    ids=repr,
)
def test_what_encode_cannot_have_written_is_refused(told):
    with pytest.raises(ValueError, match=r"student's process|reshape|buffer size"):
        decode(told)


def test_what_the_checks_send_is_pickled_and_their_own_functions_stay():
    kept = []
    f, double = ROSENBROCK.f, lambda x: 2 * x
    sent = pack(({"sin": math.sin, "f": f}, double, np.arange(3)), kept)
    named, stand_in, array = unpack(sent, lambda number, args: kept[number](*args))
    assert named["sin"] is math.sin
    assert stand_in(4) == 8
    assert array.tolist() == [0, 1, 2]
    assert double in kept


def test_messages_are_read_whole_and_not_longer_than_allowed():
    pipe = io.BytesIO(frame(b"one") + frame(b"") + frame(b"three")[:-1])
    assert list(frames(pipe.read, 10)) == [b"one", b""]
    with pytest.raises(ValueError, match="may have 2 bytes, but has 3"):
        list(frames(io.BytesIO(frame(b"one")).read, 2))


class Loop(Elsewhere):
    """An answer as the student's process gives it, without the process."""

    def __init__(self, function):
        self.function, self.__name__ = function, getattr(function, "__name__", "your function")

    def __call__(self, *args):
        raise AssertionError("a stand-in is run, not called")

    def run(self, args, takes):
        there = [plt.figure().subplots() if isinstance(arg, plt.Axes) else arg for arg in args]
        value = Answer(self.function, takes)._watched(tuple(there))
        for ours, theirs in zip(args, there, strict=True):
            if isinstance(ours, plt.Axes):
                paint(ours, decode(json.loads(json.dumps(encode(portray(theirs))))))
        return decode(json.loads(json.dumps(encode(value))))


@pytest.mark.parametrize("name", WRONG)
def test_checks_say_the_same_of_what_comes_from_another_process(name):
    answers = {slip: answer for slip, (answer, _) in WRONG[name].items()} | {"nothing": constant(None)}
    for slip, answer in answers.items():
        here, there = (ex.report(name, kind(answer), *AX.get(name, list)()) for kind in (lambda f: f, Loop))
        plt.close("all")
        assert there.outcome == here.outcome, slip
        # Some of them draw numbers of their own, each time others.
        assert re.sub(r"[\d.]+", "#", there.text) == re.sub(r"[\d.]+", "#", here.text), slip


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_solutions_are_right_from_another_process_too(path, monkeypatch):
    monkeypatch.setattr(mode, "MODE", "strict")
    names = {}
    for cell in nbformat.read(path, as_version=4).cells:
        settings = cell.metadata.get("nbgrader", {})
        if cell.cell_type != "code" or cell.id == "install" or not settings:
            continue
        if settings.solution:
            answers = {}
            exec(cell.source, names, answers)
            names |= answers
            for function in answers.values():  # one calls the other there, not here
                function.__globals__.update(answers)
        elif settings.grade:
            ours = {name: Loop(value) if getattr(value, "__globals__", None) is names else value
                    for name, value in names.items()}  # fmt: skip
            exec(cell.source, ours)
        else:
            exec(cell.source, names)
    plt.close("all")


def test_a_picture_is_drawn_again_from_its_portrait():
    ax = plt.figure().subplots()
    ax.plot([1, 2, 3], [1, 4, 9], "s--", label="squares", color="C1")
    ax.axvline(2)
    ax.axhline(3, linestyle=":")
    ax.scatter([1, 2], [3, 4], marker="^", label="points")
    ax.vlines([1, 2], 0, [1, 2])
    ax.bar([1, 2], [3, 4])
    ax.contour(np.arange(1, 5), np.arange(1, 4), np.outer(np.arange(3), np.arange(4)), levels=[1, 2, 3])
    ax.annotate("here", (1, 1), xytext=(5, 5), textcoords="offset points")
    ax.plot([0.5, 0.5], [0, 1], transform=ax.transAxes)
    ax.plot([1], [1], marker=Path.unit_circle())
    ax.set(xlabel="x", ylabel="y", title="t", xscale="log", xlim=(10, 0.5))
    ax.legend()
    told = encode(portray(ax))
    other = plt.figure().subplots()
    paint(other, decode(json.loads(json.dumps(told))))
    assert encode(portray(other)) == told
    assert other.xaxis_inverted()
    plt.close("all")


def test_no_portrait_makes_a_scale_of_its_own():
    ax = plt.figure().subplots()
    told = portray(ax) | {"scales": ["function", "linear"]}
    with pytest.raises(ValueError, match="must be one of linear, log, symlog, logit, but is 'function'"):
        paint(ax, told)
    plt.close("all")


def test_pickles_from_the_student_are_no_language_of_ours():
    class Evil:
        def __reduce__(self):
            return print, ("run",)

    assert isinstance(decode(encode(Evil())), Thing)
    assert isinstance(decode(encode(pickle.dumps(Evil()))), Thing)
