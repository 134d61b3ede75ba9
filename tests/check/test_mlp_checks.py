"""Chapter 2: every check takes right answers of any form and has words of its own for each known mistake."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from coursepkg.engine.activations import relu
from coursepkg.engine.network import mlp
from tests.check.judging import UNKNOWN, constant, said

OR_AND = ([[1, 1], [1, 1]], [-0.5, -1.5], [1, -1], -0.5)
FOLD = ([[1, 1], [1, 1]], [0, -1], [1, -2], 0)


def steps(W1=((-1, 1), (1, -1)), b1=(-0.5, -0.5), w2=(1, 1), b2=-0.5):
    return constant((W1, b1, w2, b2))


def relus(W1=((1, -1), (-1, 1)), b1=(0, 0), w2=(1, 1), b2=0):
    return constant((W1, b1, w2, b2))


def total(layer):
    return lambda widths: sum(layer(m, n) for m, n in pairwise(widths))


def layers(W=lambda W1, W2: W2 @ W1, b=lambda W1, b1, W2, b2: W2 @ b1 + b2):
    return lambda W1, b1, W2, b2: (W(W1, W2), b(W1, b1, W2, b2))


def picture(
    points=lambda X, Z: relu(Z),
    level=0.5,
    turn=lambda w2: w2,
    labels=True,
    line=True,
    of=slice(None),
    W=np.transpose,
    markers="os",
    apart=True,
    bias=1,
):
    def draw(ax, X, y, W1, b1, w2, b2):
        hidden = points(X, X @ W(W1) + b1)
        for label, marker in enumerate(markers):
            ax.scatter(*hidden[of][(y[of] if apart else np.arange(len(y[of])) % 2) == label].T, marker=marker)
        if line:
            w = np.asarray(turn(w2))
            across = np.array([-1.0, 3.0])
            with np.errstate(all="ignore"):
                ax.plot(across, (level - bias * b2 - w[0] * across) / w[1])
        if labels:
            ax.set(xlabel="a1", ylabel="a2")

    return draw


def no_points(ax, X, y, W1, b1, w2, b2):
    ax.plot([0, 1], [0, 1])


WRONG = {
    "xor_steps": {
        "the chapter's": (constant(OR_AND), "the chapter's network of OR and AND"),
        "zero fires": (steps(b1=(0, -0.5)), "a sum of exactly zero counts as firing"),
        "silent": (steps(b1=(-5, -0.5)), "tells the output nothing"),
        "always": (steps(b1=(5, -0.5)), "exactly one of the four rows"),
        "same row twice": (steps(W1=((-1, 1), (-1, 1))), "fire in the same row"),
        "unlike rows": (steps(W1=((-1, 1), (1, 1)), b1=(-0.5, -1.5)), "XOR tells them apart"),
        "AND of the witnesses": (steps(b2=-1.5), "one active hidden neuron must be enough"),
        "opposite": (steps(w2=(-1, -1), b2=0.5), "opposite of XOR"),
        "one witness ignored": (steps(w2=(1, 0)), UNKNOWN),
        "eight numbers": (constant(((-1, 1), (1, -1), (-0.5, -0.5), (1, 1))), "9 finite numbers"),
        "text": (constant("xor"), "9 finite numbers"),
    },
    "xor_relu": {
        "the chapter's fold": (constant(FOLD), "land on one point"),
        "minus": (relus(w2=(-1, -1)), "minus XOR"),
        "one minus": (relus(w2=(-1, -1), b2=1), "one minus XOR"),
        "never cut off": (relus(W1=((1, 1), (1, 1)), b1=(2, 2), w2=(1, 1)), "the network is linear"),
        "one neuron twice": (relus(W1=((1, -1), (1, -1))), "they are one and the same"),
        "dead neuron": (relus(b1=(0, -3)), "is 0 in every row"),
        "unequal weights": (relus(w2=(1, 2)), "gives them different outputs"),
        "output bias": (relus(b2=0.5), "only the biases are left"),
        "twice as high": (relus(w2=(2, 2)), UNKNOWN),
        "not finite": (relus(b2=np.nan), "9 finite numbers"),
    },
    "hidden_plane": {
        "inputs": (picture(lambda X, Z: X), "Those are the inputs"),
        "no relu": (picture(lambda X, Z: Z), "Those are the sums z"),
        "axes swapped": (picture(lambda X, Z: relu(Z)[:, ::-1]), "Your axes are swapped"),
        "one class": (picture(of=slice(1, 3)), "Only the points with XOR = 1"),
        "the other class": (picture(of=slice(0, 4, 3)), "Only the points with XOR = 0"),
        "transposed": (picture(W=lambda W1: W1), "yours is used transposed"),
        "never upright": (picture(), "Here w2[1] = 0"),
        "classes mixed": (picture(apart=False), "nobody can tell them apart"),
        "one marker": (picture(markers="ss"), "Colour alone does not tell classes apart"),
        "elsewhere": (picture(lambda X, Z: relu(Z) + 1), UNKNOWN),
        "no points": (no_points, "to be seen as points"),
        "no line": (picture(line=False), "draws one straight line"),
        "level zero": (picture(level=0), "where the output is 0"),
        "level minus": (picture(level=-0.5), "where the output is −½"),
        "weights swapped": (picture(turn=lambda w: w[::-1]), "swaps the two output weights"),
        "minus lost": (picture(turn=lambda w: (w[0], -w[1])), "A minus was lost"),
        "without b2": (picture(bias=0), "In your line b2 is missing"),
        "other line": (picture(level=3), "at your first point it is"),
        "no labels": (picture(labels=False), "An axis without a name"),
    },
    "count_parameters": {
        "no biases": (total(lambda m, n: m * n), "weights alone"),
        "input biases": (lambda w: total(lambda m, n: m * n)(w) + sum(w), "input layer computes nothing"),
        "one bias a layer": (total(lambda m, n: m * n + 1), "not one for the whole layer"),
        "biases of the heard": (total(lambda m, n: m * (n + 1)), "belong to the layer that computes"),
        "neurons": (sum, "Those are neurons"),
        "last layer": (lambda w: w[-1] * (w[-2] + 1), "last layer alone"),
        "in brackets": (lambda w: (mlp(w).size,), "not a sequence that holds it"),
        "first layer": (lambda w: w[1] * (w[0] + 1), "first layer alone"),
        "two layers": (lambda w: total(lambda m, n: n * (m + 1))(w[:3]), "this network has more"),
        "another": (lambda w: 7, UNKNOWN),
        "float": (lambda w: 382.0, "an integer, 382, not 382.0"),
    },
    "collapse": {
        "order": (layers(W=lambda W1, W2: W1 @ W2 if W1.shape == W2.shape else W2 @ W1), "W1 meets x first"),
        "entry by entry": (layers(W=lambda W1, W2: W2 * W1), "entry by entry"),
        "sum": (layers(W=lambda W1, W2: W1 + W2), "not added"),
        "transposed": (layers(W=lambda W1, W2: (W2 @ W1).T), "transposed"),
        "other matrix": (layers(W=lambda W1, W2: 0 * W1), UNKNOWN),
        "biases added": (layers(b=lambda W1, b1, W2, b2: b1 + b2), "passes through the second layer"),
        "first bias lost": (layers(b=lambda W1, b1, W2, b2: b2), "first layer's bias is lost"),
        "second bias lost": (layers(b=lambda W1, b1, W2, b2: W2 @ b1), "own bias is missing"),
        "bracket": (layers(b=lambda W1, b1, W2, b2: W2 @ (b1 + b2)), "b2 is added after W2 has acted"),
        "wrong matrix": (layers(b=lambda W1, b1, W2, b2: W1 @ b1 + b2), "that acts on b1"),
        "no bias": (layers(b=lambda W1, b1, W2, b2: 0 * b2), "but these layers are affine"),
        "other bias": (layers(b=lambda W1, b1, W2, b2: b2 + 100), UNKNOWN),
        "W alone": (lambda W1, b1, W2, b2: W2 @ W1, "6 finite numbers"),
    },
}

AX = {"hidden_plane": lambda: [Figure().subplots()]}


@pytest.mark.parametrize(
    "network",
    [
        steps(),
        steps(W1=((1, 1), (-1, -1)), b1=(-1.5, 0.5), w2=(-1, -1), b2=0.5),  # the rows (1, 1) and (0, 0)
        constant(np.array([-2, 1, 1, -2, -1, -1, 3, 3, -1.0])),  # flat
    ],
)
def test_any_pair_of_witnesses_will_do(network):
    assert said("xor_steps", network)[0] == "right"


@given(st.floats(0.1, 4), st.floats(0.1, 4))
def test_any_scale_of_an_absolute_difference_will_do(p, q):
    network = constant(([[p, -p], [-q, q]], [0, 0], [1 / p, 1 / q], 0))
    assert said("xor_relu", network)[0] == "right"


@pytest.mark.parametrize("seed", [0, 11])
def test_a_right_picture_passes_whatever_the_network(seed):
    def draw(ax, X, y, W1, b1, w2, b2):
        for label, marker in enumerate("o^"):
            ax.plot(*relu(X @ W1.T + b1)[y == label].T, marker, label=f"XOR = {label}")
        if w2[1]:
            ax.axline((0, (0.5 - b2) / w2[1]), slope=-w2[0] / w2[1])
        else:
            ax.axvline((0.5 - b2) / w2[0])
        ax.set(xlabel="a1", ylabel="a2")

    assert said("hidden_plane", draw, Figure().subplots(), seed)[0] == "right"


def test_counting_and_collapsing_take_what_the_engine_makes():
    assert said("count_parameters", lambda w: np.int64(mlp(w).size))[0] == "right"
    assert said("count_parameters", lambda w: mlp(w).size, seed=11)[0] == "right"
    for seed in (0, 11):
        assert said("collapse", layers(), seed)[0] == "right"


def test_a_product_in_the_wrong_order_that_cannot_be_formed_is_an_error_with_its_line():
    outcome, text = said("collapse", layers(W=lambda W1, W2: W1 @ W2.T @ np.ones((5, 5))))
    assert outcome == "error"
    assert "matmul" in text
