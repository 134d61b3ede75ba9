"""Chapter 4: every check takes right answers of any form and has words of its own for each known mistake."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from coursepkg.engine.activations import sigmoid_slope
from coursepkg.engine.network import mlp
from tests.check.judging import UNKNOWN, constant, dress, said


def hand(
    error=lambda yhat, y: yhat - y, slope=lambda z, a: 1 - a**2, came=lambda z, a: a, back=lambda w2, a: w2, **slip
):
    """A student's gradients, with slips: in the error, the slope, what came in, what hands the blame back."""

    def gradients(x, y, W1, b1, w2, b2):
        z1 = W1 @ x + b1
        a1 = np.tanh(z1)
        d2 = error(w2 @ a1 + b2, y)
        d1 = d2 * back(w2, a1) * slope(z1, a1)
        found = {"W1": np.outer(d1, x), "b1": d1, "w2": d2 * came(z1, a1), "b2": d2}
        found |= {name: change(d2=d2, d1=d1, a1=a1, w2=w2, x=x) for name, change in slip.items()}
        return tuple(found.values())

    return gradients


def sloped(yhat, y):
    return (yhat - y) * (1 - np.tanh(yhat) ** 2)


def batch(mean=lambda n: n, slope=lambda Z, A: 1 - A**2, back=lambda W2: W2, **slip):
    """A student's backward pass, with slips, each a function of X, A1, Z1, D1 and D2."""

    def backward(X, Y, W1, b1, W2, b2):
        Z1 = X @ W1.T + b1
        A1 = np.tanh(Z1)
        D2 = (A1 @ W2.T + b2 - Y) / mean(len(X))
        D1 = (D2 @ back(W2)) * slope(Z1, A1)
        found = {"W1": D1.T @ X, "b1": D1.sum(axis=0), "W2": D2.T @ A1, "b2": D2.sum(axis=0)}
        found |= {name: change(X=X, A1=A1, Z1=Z1, D1=D1, D2=D2) for name, change in slip.items()}
        return found["W1"], found["b1"], found["W2"], found["b2"]

    return backward


def network(W1=((0.5, -1), (0.5, -1), (1, 0.75)), b1=(0.2, 0.2, -0.5), W2=(1.5, 1.5, -1)):
    return constant((W1, b1, W2, 0.1))


def valley(
    ahead=lambda f, df, x, h: np.abs((f(x + h) - f(x)) / h - df(x)),
    around=lambda f, df, x, h: np.abs((f(x + h) - f(x - h)) / (2 * h) - df(x)),
    plot="loglog",
    styles=("--", "-"),
    legend=True,
    labels=("h", "error"),
    only=slice(None),
    names=("one-sided", "central"),
):
    def draw(ax, f, df, x, h):
        for error, style, name in zip((ahead, around), styles, names, strict=True):
            if error is not None:
                getattr(ax, plot)(h[only], error(f, df, x, h)[only], style, label=name)
        dress(ax, legend, labels)

    return draw


def counts(**slip):
    """A student's counts, each slip a function of P, the weights, the forward multiplications and n."""

    def cost(widths, n):
        pairs = list(pairwise(widths))
        weights = sum(m * k for m, k in pairs)
        P = weights + sum(widths[1:])
        forward = n * weights
        found = {"P": P, "forward": forward, "backward": 2 * forward - n * widths[0] * widths[1]}
        found["differences"] = 2 * P * forward
        given = {"P": P, "weights": weights, "forward": forward, "n": n, "widths": widths}
        return tuple((found | {name: change(**given) for name, change in slip.items()}).values())

    return cost


WRONG = {
    "hand_gradients": {
        "sign": (hand(error=lambda yhat, y: y - yhat), "The sign is turned round"),
        "two": (hand(error=lambda yhat, y: 2 * (yhat - y)), "takes the 2 away"),
        "output slope": (
            hand(error=lambda yhat, y: (yhat - y) * (1 - np.tanh(yhat) ** 2)),
            "The output has no activation",
        ),
        "other error": (hand(error=lambda yhat, y: 7.0), UNKNOWN),
        "z for a": (hand(came=lambda z, a: z), "came the activation a1, not the sum z1"),
        "not blamed": (hand(w2=lambda a1, **_: a1), "how ŷ answers to w2"),
        "handed back": (hand(w2=lambda d2, w2, **_: d2 * w2), "how L answers to a1"),
        "other w2": (hand(w2=lambda a1, **_: a1 + 5), UNKNOWN),
        "no slope": (hand(slope=lambda z, a: 1.0), "The slope of tanh is missing"),
        "sigmoid's slope": (hand(slope=lambda z, a: a * (1 - a)), "The slope of tanh is not that of the sigmoid"),
        "slope at a": (hand(slope=lambda z, a: 1 - np.tanh(a) ** 2), "is taken at a1 instead of z1"),
        "weight forgotten": (hand(back=lambda w2, a: 1.0), "so w2 is a factor of it"),
        "activation handed back": (hand(back=lambda w2, a: a), "comes δ2·w2, not δ2·a1"),
        "other b1": (hand(b1=lambda d1, **_: d1 + 5), UNKNOWN),
        "transposed": (hand(W1=lambda d1, x, **_: np.outer(x, d1)), "yours is transposed"),
        "input forgotten": (hand(W1=lambda d1, x, **_: np.outer(d1, np.ones_like(x))), "x is not all 1"),
        "other W1": (hand(W1=lambda d1, x, **_: np.outer(d1, x) + 5), UNKNOWN),
        "three": (constant((1, 2, 3)), "4 gradients in this order"),
        "shape": (hand(b1=lambda d1, **_: d1[:, None]), "has the shape of its parameter"),
        "not finite": (hand(b1=lambda d1, **_: d1 * np.nan), "made of finite numbers"),
    },
    "error_valley": {
        "half the way": (valley(around=lambda f, df, x, h: abs((f(x + h) - f(x - h)) / h - df(x))), "a way of 2h"),
        "signed": (valley(ahead=lambda f, df, x, h: (f(x + h) - f(x)) / h - df(x)), "An error has no sign"),
        "no error": (valley(ahead=lambda f, df, x, h: abs((f(x + h) - f(x)) / h)), "asked is its error"),
        "not divided": (valley(ahead=lambda f, df, x, h: abs(f(x + h) - f(x) - df(x))), "must be divided by the step"),
        "one missing": (valley(around=None), "There are two curves: one-sided and central"),
        "other missing": (valley(ahead=None), "the one for one-sided differences is missing"),
        "another": (valley(around=lambda f, df, x, h: h), UNKNOWN),
        "part": (valley(only=slice(4, None)), "has one point on each curve"),
        "linear": (valley(plot="plot"), "span many powers of ten"),
        "one style": (valley(styles=("-", "-")), "Colour alone"),
        "no legend": (valley(legend=False), "which curve is which"),
        "labels exchanged": (valley(names=("central", "one-sided")), "but its label speaks of central"),
        "axes exchanged": (valley(labels=("error", "step h")), "have changed places"),
        "own figure": (lambda ax, *rest: valley()(Figure().subplots(), *rest), "no other figure is looked at"),
        "no labels": (valley(labels=()), "An axis without a name"),
    },
    "twins": {
        "rows": (network(W1=((0.5, -1), (0.4, -1), (1, 0.75))), "have the same weights in"),
        "biases": (network(b1=(0.2, 0.3, -0.5)), "the bias is part of it"),
        "heard differently": (network(W2=(1.5, 1.4, -1)), "the output hears them by different weights"),
        "triplets": (network(((1, 1),) * 3, (0, 0, 0), (2, 2, 2)), "Neuron 3 is a twin"),
        "a zero": (network(W2=(1.5, 1.5, 0)), "A weight of 0 makes it too easy"),
        "a zero in": (network(W1=((0, -1), (0, -1), (1, 1))), "A weight of 0 makes it too easy"),
        "twelve numbers": (constant((((1, 1),) * 3, (0, 0, 0), (1, 1, 1))), "13 finite numbers"),
    },
    "mended": {
        "mean forgotten": (batch(mean=lambda n: 1), "so every gradient carries 1/n"),
        "two means": (batch(b2=lambda D2, **_: D2.mean(axis=0)), "The 1/n is in the blame already"),
        "wrong axis": (batch(b2=lambda D2, **_: D2.sum(axis=1)), "not over neurons"),
        "sign": (batch(mean=lambda n: -n), "The sign is turned round"),
        "summed over all": (batch(b2=lambda D2, **_: D2.sum()), "You have summed over everything"),
        "other b2": (batch(b2=lambda D2, **_: D2.sum(axis=0) + 5), UNKNOWN),
        "transposed": (batch(W2=lambda A1, D2, **_: A1.T @ D2), "Row j of ∂W2 belongs to output j"),
        "not transposed": (batch(W2=lambda A1, D2, **_: D2 @ A1), "Samples must be summed over"),
        "sums for activations": (batch(W2=lambda Z1, D2, **_: D2.T @ Z1), "Through W2 came A1"),
        "other W2": (batch(W2=lambda A1, D2, **_: D2.T @ A1 + 5), UNKNOWN),
        "back transposed": (batch(back=lambda W2: W2.T), "along row j of W2"),
        "no slope": (batch(slope=lambda Z, A: 1.0), "The slope of the hidden layer is missing"),
        "slope at A": (batch(slope=lambda Z, A: 1 - np.tanh(A) ** 2), "The slope is taken at A1"),
        "other b1": (batch(b1=lambda D1, **_: D1.sum(axis=0) + 5), UNKNOWN),
        "first transposed": (batch(W1=lambda X, D1, **_: X.T @ D1), "yours is turned over"),
        "first in order": (batch(W1=lambda X, D1, **_: X @ D1), "In X @ D1 samples"),
        "first out of order": (batch(W1=lambda X, D1, **_: D1 @ X), "In D1 @ X samples"),
        "other W1": (batch(W1=lambda X, D1, **_: D1.T @ X + 5), UNKNOWN),
        "text": (constant("gradients"), "4 gradients in this order"),
    },
    "backward_cost": {
        "no biases": (counts(P=lambda weights, **_: weights), "Those are the weights; each neuron"),
        "input biases": (counts(P=lambda weights, widths, **_: weights + sum(widths)), "The inputs have no biases"),
        "other P": (counts(P=lambda **_: 7), UNKNOWN),
        "one sample": (counts(forward=lambda weights, n, **_: weights if n > 1 else n * weights), "there are n"),
        "with biases": (counts(forward=lambda P, n, **_: n * P if n > 1 else P), "Biases are added, not multiplied"),
        "other forward": (counts(forward=lambda **_: 7), UNKNOWN),
        "input's blame": (counts(backward=lambda forward, **_: 2 * forward), "nobody asks for the blame"),
        "once back": (counts(backward=lambda forward, **_: forward), "two products on the way back"),
        "both ways": (
            counts(backward=lambda forward, n, widths, **_: 3 * forward - n * widths[0] * widths[1]),
            "is counted by itself",
        ),
        "one sample back": (
            counts(backward=lambda forward, n, widths, **_: 2 * forward // n - widths[0] * widths[1]),
            "The way back runs over n samples",
        ),
        "other backward": (counts(backward=lambda **_: 7), UNKNOWN),
        "one-sided": (counts(differences=lambda P, forward, **_: P * forward), "looks up and down"),
        "one-sided and once": (
            counts(differences=lambda P, forward, **_: (P + 1) * forward),
            "the one-sided difference",
        ),
        "once for all": (counts(differences=lambda forward, **_: 2 * forward), "passes of its own"),
        "weights alone": (
            counts(differences=lambda weights, forward, **_: 2 * weights * forward),
            "The biases are parameters",
        ),
        "passes": (counts(differences=lambda P, **_: 2 * P), "asked are multiplications"),
        "other differences": (counts(differences=lambda **_: 7), UNKNOWN),
        "three": (constant((1, 2, 3)), "four whole numbers"),
        "floats": (constant((101770.0, 101632.0, 102912.0, 1.0)), "an integer, 101770, not 101770.0"),
    },
}

AX = {"error_valley": lambda: [Figure().subplots()]}


def test_right_answers_are_right():
    assert said("hand_gradients", hand())[0] == "right"
    assert said("hand_gradients", lambda *args: list(hand()(*args)), seed=3)[0] == "right"
    assert said("mended", batch())[0] == "right"
    assert said("backward_cost", counts())[0] == "right"
    assert said("twins", network())[0] == "right"
    assert said("error_valley", valley(), Figure().subplots())[0] == "right"
    assert said("error_valley", valley(styles=("o", "s")), Figure().subplots(), seed=11)[0] == "right"


@given(st.tuples(*[st.floats(0.1, 3)] * 4), st.floats(0.1, 2), st.sampled_from([-1, 1]))
def test_any_twins_with_a_stranger_will_do(v, out, sign):
    twin, other = (v[0], -v[1]), (-v[2], v[3])
    assert said("twins", network((twin, twin, other), (v[0], v[0], 0), (out, out, sign * out)))[0] == "right"


def test_neurons_that_differ_by_a_weight_out_alone_part_after_the_first_step():
    text = said("twins", network(W2=(1.5, 1.4, -1)))[1]
    assert "step 1 of" in text
    assert "step 0 of" in said("twins", network(b1=(0.2, 0.3, -0.5)))[1]


def test_the_count_says_what_the_digit_reader_takes():
    weights = 784 * 128 + 128 * 10
    P, both = mlp((784, 128, 10)).size, weights + 2 * weights - 784 * 128
    text = said("backward_cost", counts())[1]
    assert f"{P:,} parameters" in text
    assert f"take {both:,} multiplications" in text
    assert f"take {2 * P * weights:,}, about {2 * P * weights // both:,} times" in text


@pytest.mark.parametrize("seed", [0, 5, 7])
def test_a_slip_in_the_hidden_layer_is_found_whatever_the_numbers(seed):
    def slip(z, a):
        return sigmoid_slope(z)

    assert said("hand_gradients", hand(slope=slip), seed=seed)[0] == "not yet"
    assert said("mended", batch(slope=slip), seed=seed)[0] == "not yet"
