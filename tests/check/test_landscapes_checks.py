"""Chapter 8: every check takes right answers of any form and has words of its own for each known mistake."""

import re
from math import comb, factorial
from pathlib import Path

import nbformat
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from coursepkg.check.landscapes.certificates import EIGHT
from coursepkg.engine.landscapes import chord
from tests.check.judging import UNKNOWN, constant, said

BENT = {"x³": (-1, 0, 0.5), "sin x": (0, 3, 0.5), "√|x|": (0, 1, 0.5), "x⁴ − x²": (-0.5, 0.5, 0.5)}
RIGHT = {name: BENT.get(name) for name in EIGHT}


def but(**changes):
    """The right certificates, with some names changed."""
    return lambda functions: {name: (RIGHT | changes)[name] for name in functions}


def picture(
    swap=False,
    turned=False,
    levels=12,
    labels="xy",
    wrong=False,
    path_too=True,
    filled=False,
    part=1.0,
    sides=(0, 1),
    limits=None,
):
    def draw(ax, f, box, path):
        x, y = (np.linspace(box[k][0], box[k][0] + part * (box[k][1] - box[k][0]), 80) for k in sides)
        heights = f(np.stack(np.meshgrid(x, y), axis=-1))
        heights = heights.T if turned else heights
        if levels:
            contour = ax.contourf if filled else ax.contour
            contour(x, y, -heights if wrong else heights, levels=levels)
        if path_too:
            ax.plot(*(path[:, ::-1] if swap else path).T)
        if labels:
            ax.set(xlabel=labels[0], ylabel=labels[1])
        if limits:
            ax.set(xlim=limits)

    return draw


WRONG = {
    "certificates": {
        "all convex": (lambda fs: dict.fromkeys(fs), "x³ is not convex: some chord"),
        "convex one accused": (but(**{"|x| + |x − 1|": (-1, 1, 0.5)}), "is convex, so no chord of it is violated"),
        "by rounding": (
            but(**{"|x| + |x − 1|": (1e4 + 0.1, 2e4 + 0.7, 0.3)}),
            "is convex, so no chord of it is violated",
        ),
        "hair's breadth": (but(**{"sin x": (1.0, 1.0 + 1e-6, 0.5)}), "no more than rounding errors"),
        "always all eight": (constant(RIGHT), "with each of the names given"),
        "chord in order": (but(**{"x³": (0, 1, 0.5)}), "this one does not"),
        "share outside": (but(**{"sin x": (0, 3, 1.5)}), "t is a share of the way"),
        "one point": (but(**{"sin x": (1, 1, 0.5)}), "t is a share of the way"),
        "far out": (but(**{"ln(1 + eˣ)": (0, 1e4, 0.5)}), "too large to compute"),
        "names missing": (constant({"x³": (-1, 0, 0.5)}), "with each of the names given"),
        "a list": (constant(list(RIGHT.values())), "with each of the names given"),
        "two numbers": (but(**{"x³": (-1, 0)}), "3 finite numbers"),
    },
    "origin_hessian": {
        "bowl alone": (constant(((4, 0), (0, 4))), "waves 2 sin 3x sin 3y are missing"),
        "waves alone": (constant(((0, 18), (18, 0))), "sin R + R is missing"),
        "one R": (constant(((2, 18), (18, 2))), "sin R is about R as well"),
        "factor 2": (constant(((4, 9), (9, 4))), "The factor 2 before the waves"),
        "one 3": (constant(((4, 6), (6, 4))), "brings a factor 3"),
        "no chain rule": (constant(((4, 2), (2, 4))), "The chain rule is missing"),
        "sign": (constant(((4, -18), (-18, 4))), "the wrong sign: cos 0 = 1"),
        "places": (constant(((18, 4), (4, 18))), "have changed places"),
        "not differentiated": (constant(((1, 18), (18, 1))), "of 2x² is 4"),
        "not symmetric": (constant(((4, 17), (18, 4))), "A Hessian is symmetric"),
        "other": (constant(((7, 7), (7, 7))), UNKNOWN),
    },
    "origin_kind": {
        "order": (constant((22, -14, "saddle")), "the larger one first"),
        "entries": (constant((4, 18, "minimum")), "Those are the entries of H"),
        "diagonal": (constant((4, 4, "minimum")), "only where the rest is 0"),
        "sign lost": (constant((14, 22, "minimum")), "yours is 36"),
        "other": (constant((1, 2, "saddle")), UNKNOWN),
        "minimum": (constant((-14, 22, "minimum")), "One eigenvalue is positive and one negative"),
        "no word": (constant((-14, 22)), "two eigenvalues and a word"),
    },
    "count_twins": {
        "orders": (factorial, "Each unit has a mirror image besides"),
        "signs": (lambda h: 2**h, "The units can change places besides"),
        "all turned together": (lambda h: 2 * factorial(h), "turned by itself"),
        "2h things": (lambda h: factorial(2 * h), "do not both occur"),
        "h signs": (lambda h: h * 2**h, "more orders than h"),
        "added": (lambda h: factorial(h) + 2**h, "Every order goes with"),
        "chosen": (lambda h: comb(2 * h, h), "chooses half of 2h things"),
        "two each": (lambda h: 2 * h, "they multiply"),
        "other": (constant(1), UNKNOWN),
        "float": (lambda h: float(factorial(h) * 2**h), "an integer, 384, not 384.0"),
    },
    "deep_start": {
        "too near": (constant((-0.5, 0.5)), "to make it worth a run"),
        "off the map": (constant((4, 4)), "run from −3 to 3"),
        "another basin": (constant((2.0, 0.0)), "where its basin leads"),
        "saddle": (constant((1.5, 1.5)), "On a line of symmetry"),
        "one number": (constant(1.0), "2 finite numbers"),
    },
    "descent_picture": {
        "exchanged": (picture(swap=True), "Your path has x and y exchanged"),
        "no path": (picture(path_too=False), "a point for each step"),
        "no ground": (picture(levels=0), "the ground cannot be seen"),
        "filled alone": (picture(filled=True), "borders are not drawn as lines"),
        "transposed": (picture(turned=True), "those of f with x and y exchanged"),
        "upside down": (picture(wrong=True), "are not those of f."),
        "no labels": (picture(labels=()), "An axis without a name"),
        "a part of the box": (picture(part=0.5), "have to cover the box"),
        "beyond the box": (picture(part=1.5), "have to cover the box"),
        "one side for both": (picture(sides=(0, 0)), "have to cover the box"),
        "grids exchanged": (picture(sides=(1, 0)), "have to cover the box"),
        "out of sight": (picture(limits=(50, 60)), "outside the limits of the axes"),
        "names exchanged": (picture(labels="yx"), "have changed places"),
        "own figure": (lambda ax, *rest: picture()(Figure().subplots(), *rest), "the number of things drawn"),
    },
}

AX = {"descent_picture": lambda: [Figure().subplots()]}


def test_the_eight_functions_are_what_they_are_said_to_be():
    """A convex one has no violated chord on a grid; the others have, by the engine's own chords."""
    for name, (f, convex) in EIGHT.items():
        many = np.vectorize(f)
        over = max(
            chord(lambda x, many=many: many(x[..., 0]), [a], [b]).excess
            for a in np.linspace(-3, 3, 13)
            for b in np.linspace(-3, 3, 13)
        )
        assert (over < 1e-9) == convex, name


def test_the_exercise_names_the_eight_functions_as_the_check_does():
    cells = nbformat.read(Path(__file__).parents[2] / "exercises" / "08_landscapes.ipynb", as_version=4).cells
    (text,) = [cell.source for cell in cells if cell.id == "certificates-text"]
    assert re.findall(r'"(.+?)"', text) == list(EIGHT)


def test_right_answers():
    assert said("certificates", but())[0] == "right"
    assert said("certificates", but(**{"x³": [-2.0, 1.0, np.float64(0.3)]}))[0] == "right"
    assert said("origin_hessian", constant(np.array([[4, 18], [18, 4]])))[0] == "right"
    assert said("origin_hessian", constant([4.0, 18.0, 18.0, 4.0]))[0] == "right"
    assert said("origin_kind", constant([-14.0, 22.0, " Saddle point"]))[0] == "right"
    assert said("count_twins", lambda h: factorial(h) * 2**h)[0] == "right"
    for start in ((-1.4, 0.7), (1.4, -0.7), np.array([-0.6, 1.5])):
        outcome, text = said("deep_start", constant(start))
        assert outcome == "right"
        assert "-1.115402" in text
    assert said("descent_picture", picture(), Figure().subplots())[0] == "right"
    assert (
        said("descent_picture", picture(levels=[*range(-1, 16), *range(20, 200, 20)]), Figure().subplots())[0]
        == "right"
    )


@given(a=st.floats(-4, 4), b=st.floats(-4, 4), t=st.floats(0.05, 0.95))
def test_a_certificate_is_right_exactly_when_its_chord_is_violated(a, b, t):
    def f(x):
        return x**4 - x**2

    excess = f((1 - t) * a + t * b) - (1 - t) * f(a) - t * f(b)
    if abs(excess) > 1e-9:
        assert (said("certificates", but(**{"x⁴ − x²": (a, b, t)}))[0] == "right") == (excess > 0)


def test_a_filled_picture_of_another_run_is_right_too():
    def draw(ax, f, box, path):
        x, y = (np.linspace(*side, 60) for side in box)
        ax.contourf(x, y, f(np.stack(np.meshgrid(x, y), axis=-1)), levels=10)
        ax.contour(x, y, f(np.stack(np.meshgrid(x, y), axis=-1)), levels=10)
        ax.plot(path[:, 0], path[:, 1], ".-")
        ax.set(xlabel="x", ylabel="y")

    assert said("descent_picture", draw, Figure().subplots(), seed=11)[0] == "right"


@pytest.mark.parametrize("h", [1, 2, 3])
def test_the_twins_are_counted_by_making_them(h):
    """All orders and signs of a net's hidden units: so many different weights, and one function."""
    from itertools import permutations, product

    rng = np.random.default_rng(8)
    W, b, v = rng.standard_normal((h, 2)), rng.standard_normal(h), rng.standard_normal(h)
    X = rng.standard_normal((5, 2))
    found = set()
    for order in permutations(range(h)):
        for signs in product((1, -1), repeat=h):
            s, o = np.array(signs), list(order)
            twin = (W[o] * s[:, None], b[o] * s, v[o] * s)
            np.testing.assert_allclose(np.tanh(X @ twin[0].T + twin[1]) @ twin[2], np.tanh(X @ W.T + b) @ v)
            found.add(np.concatenate([part.ravel() for part in twin]).round(9).tobytes())
    assert len(found) == factorial(h) * 2**h
