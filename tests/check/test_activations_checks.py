"""Chapter 3: every check takes right answers of any form and has words of its own for each known mistake."""

from math import e, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from coursepkg.check.activations.gelu import drawn
from coursepkg.engine.activations import ACTIVATIONS, SELU_LAMBDA, elu, elu_slope, gelu, gelu_slope, sigmoid
from tests.check.judging import UNKNOWN, constant, dress, said


def curve(
    f=elu_slope,
    style=("-", "--", ":"),
    legend=True,
    labels=("z", "slope"),
    start=-3.0,
    reach=3.0,
    hole=0.0,
    names=None,
    limits=None,
):
    def draw(ax, alphas):
        z = np.linspace(start, reach, 61)
        z = z[np.abs(z) >= hole]
        for k, alpha in enumerate(alphas):
            ax.plot(z, f(z, alpha), style[k], label=f"α = {alpha if names is None else names[k]}")
        dress(ax, legend, labels, limits)

    return draw


WRONG = {
    "tanh_from_sigmoid": {
        "the sigmoid": (constant((1, 1, 0)), "has the height 1"),
        "not centred": (constant((2, 2, 0)), "runs from 0 to 2"),
        "not squeezed": (constant((2, 1, -1)), "the slope 1, but yours has p·q/4 = 0.5"),
        "upside down": (constant((-2, 2, 1)), "p and q have different signs"),
        "flat": (constant((2, 0, -1)), "makes a constant"),
        "two numbers": (constant((2, -1)), "3 finite numbers"),
        "no return": (constant(None), "without `return`"),
    },
    "gelu_steepest": {
        "the other root": (constant((-sqrt(2), gelu_slope(-sqrt(2)))), "steepest downhill"),
        "lowest point": (constant((-0.7518, 0.0)), "where g itself is least"),
        "zero": (constant((0, 0.5)), "it rises on"),
        "one": (constant((1, gelu_slope(1.0))), "has its bend at 1"),
        "root forgotten": (constant((2, gelu_slope(2.0))), "the slope falls already"),
        "read off": (constant((1.4, 1.1289)), "not exact to four decimals"),
        "elsewhere": (constant((5, 1.0)), UNKNOWN),
        "value for slope": (lambda: (sqrt(2), gelu(sqrt(2))), "is g(z) itself"),
        "slope wrong": (constant((sqrt(2), 1.0)), "The slope there is Φ(z) + zφ(z)"),
        "place alone": (constant(sqrt(2)), "2 finite numbers"),
    },
    "falling": {
        "nothing": (constant([]), "One of the ten does fall"),
        "flat taken for falling": (
            lambda fs: [n for n, g in fs.items() if (np.diff(g.f(np.linspace(-3, 3, 99))) <= 0).any()],
            "a flat part does not fall",
        ),
        "everyone": (lambda fs: list(fs), "That is all of them"),
        "another": (constant(["tanh"]), "one that does is missing"),
        "one too many": (constant(["gelu", "softplus"]), "rounding may make it look so"),
        "by heart": (constant(["gelu"]), "Other functions in the dictionary"),
        "two by heart": (lambda fs: [n for n in ("gelu", "gaussian") if n in fs], "Other functions in the dictionary"),
        "a name": (constant("gelu"), "The answer is a list of names"),
    },
    "elu_slopes": {
        "swapped": (lambda k: (1, k), "the wrong way round"),
        "both alpha": (lambda k: (k, k), "On the right ELU is z itself"),
        "ReLU": (constant((0, 1)), "That is the ReLU"),
        "values": (constant((0, 0)), "the values of ELU at 0"),
        "alpha forgotten": (constant((1, 1)), "holds for α = 1 alone"),
        "at -1": (lambda k: (k / e, 1), "the slope at z = −1"),
        "SELU": (lambda k: (SELU_LAMBDA * k, SELU_LAMBDA), "The factor λ belongs to SELU"),
        "elsewhere": (constant((7, 7)), UNKNOWN),
        "one number": (lambda k: k, "2 finite numbers"),
    },
    "elu_picture": {
        "ELU itself": (curve(elu), "That is ELU itself"),
        "left branch only": (curve(lambda z, k: k * np.exp(z)), "is the slope to the left of 0 only"),
        "alpha forgotten": (curve(lambda z, k: np.where(z < 0, np.exp(z), 1)), "The factor α is missing"),
        "alpha everywhere": (
            curve(lambda z, k: k * np.where(z < 0, np.exp(z), 1)),
            "To the right of 0 the slope is 1, whatever α is",
        ),
        "ReLU": (curve(lambda z, k: (z > 0) * 1.0), "That is the slope of the ReLU"),
        "too short": (curve(reach=0.0), "has to reach from"),
        "another curve": (curve(lambda z, k: z + k + 7), UNKNOWN),
        "too short on the left": (curve(start=-2.0), "has to reach from"),
        "a hole": (curve(hole=1.0), "nothing between -1"),
        "labels exchanged": (curve(names=("2", "1", "0.5")), "but its label speaks of α = 2"),
        "labels of places": (curve(names=("first", "second", "third")), "and its label should say so"),
        "three equal labels": (curve(names=("α",) * 3), "the legend's labels came out as"),
        "axes exchanged": (curve(labels=("slope", "z")), "have changed places"),
        "out of sight": (curve(limits=(5, 6)), "outside the limits of the axes"),
        "nothing": (lambda ax, alphas: None, "the number of things drawn"),
        "colour alone": (curve(style="---"), "Colour alone"),
        "no legend": (curve(legend=False), "which curve belongs to which α"),
        "no labels": (curve(labels=False), "An axis without a name"),
    },
}

AX = {"elu_picture": lambda: [Figure().subplots()]}


@given(p=st.floats(-4, 4), q=st.floats(-4, 4), r=st.floats(-2, 2))
def test_tanh_is_right_exactly_when_it_is_tanh(p, q, r):
    z = np.linspace(-4, 4, 17)
    holds = np.allclose(p * sigmoid(q * z) + r, np.tanh(z), rtol=0, atol=1e-9)
    assert (said("tanh_from_sigmoid", constant((p, q, r)))[0] == "right") == holds


@pytest.mark.parametrize("form", [(2, 2, -1), [2.0, 2.0, -1.0], np.array([2, 2, -1]), (-2, -2, 1)])
def test_every_form_of_the_identity_is_right(form):
    """−2 σ(−2z) + 1 is the same function, as σ(−z) = 1 − σ(z)."""
    assert said("tanh_from_sigmoid", constant(form))[0] == "right"


@pytest.mark.parametrize("answer", [lambda: (sqrt(2), gelu_slope(sqrt(2))), constant((1.41421, 1.1289))])
def test_the_steepest_place_is_right_by_formula_or_to_four_decimals(answer):
    outcome, text = said("gelu_steepest", answer)
    assert outcome == "right"
    assert "1.1289" in text


def by_slope(functions):
    return {name for name, g in functions.items() if (g.df(np.linspace(-4, 4, 801)) < 0).any()}


def test_falling_may_be_found_by_values_or_by_slopes():
    assert said("falling", by_slope)[0] == "right"
    assert by_slope(dict(list(ACTIVATIONS.items())[:10])) == {"gelu"}


@pytest.mark.parametrize("seed", range(20))
def test_the_drawn_functions_rise_or_fall_as_they_are_said_to(seed):
    """By the values on a fine grid, and by the slopes, which are those of the values."""
    z = np.linspace(-4, 4, 4001)
    for functions, falls in zip(drawn(np.random.default_rng(seed)), (False, True), strict=True):
        for g in functions.values():
            assert (np.diff(g.f(z)).min() < -1e-9) == falls
            assert (g.df(z).min() < -1e-9) == falls
            smooth = np.abs(np.gradient(g.f(z), z) - g.df(z)) < 1e-4
            assert smooth.mean() > 0.99


def in_two_pieces(ax, alphas):
    for alpha, look in zip(alphas, ("-", "--", ":"), strict=False):
        for z in (np.linspace(-3, -0.01, 40), np.linspace(0.01, 3, 40)):
            ax.plot(z, elu_slope(z, alpha), look, color="black", label=f"{alpha}" if z[0] < 0 else None)
    ax.axvline(0)
    ax.legend()
    ax.set(xlabel="z", ylabel="g′")


@pytest.mark.parametrize("draw", [curve(), in_two_pieces], ids=["in one", "in two"])
def test_the_picture_may_bridge_the_gap_or_leave_it(draw):
    assert said("elu_picture", draw, Figure().subplots())[0] == "right"


def test_a_picture_learnt_by_heart_fails_on_other_alphas():
    by_heart = curve(lambda z, alpha: elu_slope(z, 0.5 if alpha not in (1, 2) else alpha))
    assert said("elu_picture", by_heart, Figure().subplots())[0] == "not yet"
    assert said("elu_picture", in_two_pieces, Figure().subplots(), seed=11)[0] == "right"
