"""Chapter 1: every check takes right answers of any form and has words of its own for each known mistake."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from coursepkg.engine.activations import step
from coursepkg.engine.datasets import clouds, gate, iris
from coursepkg.engine.perceptron import Perceptron
from tests.check.judging import UNKNOWN, constant, said

FINITE = st.floats(-5, 5, allow_nan=False)


def rule(X, y, eta, epochs, *, sign=1, fires=np.greater_equal, bias=True, batch=False, passes=None, start=0.0):
    w, b = np.full(X.shape[1], start), start
    for _ in range(passes or epochs):
        old = w, b
        for x, t in zip(X, y, strict=True):
            v, c = old if batch else (w, b)
            error = sign * (t - int(fires(v @ x + c, 0)))
            w = w + eta * error * x
            b = b + eta * error * bias
    return w, b


def bend(**slip):
    return lambda *args: rule(*args, **slip)


def bias_without_eta(X, y, eta, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        for x, t in zip(X, y, strict=True):
            error = t - int(w @ x + b >= 0)
            w, b = w + eta * error * x, b + error
    return w, b


def in_place(X, y, eta, epochs):
    w, b = X[0], 0.0
    w -= w
    w += 1
    return w, b


NAMES = {"l": "petal length (cm)", "w": "petal width (cm)"}


def every(X, y):
    return X


def picture(
    slope=lambda w: -w[0] / w[1],
    offset=lambda w, b: -b / w[1],
    points=True,
    labels="lw",
    at=every,
    markers="os",
):
    def draw(ax, X, y, w, b):
        places = at(X, y)
        kinds = y if at is every else np.arange(len(places)) % 2
        for label, marker in enumerate(markers) if points else ():
            ax.scatter(*places[kinds == label].T, marker=marker)
        x = np.array([0.0, 8.0])
        with np.errstate(all="ignore"):
            ax.plot(x, slope(w) * x + offset(w, b))
        if labels:
            ax.set(xlabel=NAMES[labels[0]], ylabel=NAMES[labels[1]])

    return draw


def own_figure(ax, X, y, w, b):
    picture()(Figure().subplots(), X, y, w, b)


def dots_only(ax, X, y, w, b):
    ax.plot(*X.T, "o")


def one_point(ax, X, y, w, b):
    ax.plot([0, 0], [-b / w[1]] * 2)


def along_w(ax, X, y, w, b):
    ax.plot([1, 1 + w[0]], [1, 1 + w[1]])


WRONG = {
    "nand": {
        "AND": (constant((1, 1, -1.5)), "computes AND"),
        "OR": (constant((1, 1, -0.5)), "computes OR"),
        "NOR": (constant((-1, -1, 0.5)), "computes NOR"),
        "silent": (constant((1, 1, -5)), "never fires"),
        "always": (constant((0, 0, 1)), "always fires"),
        "on the boundary": (constant((-1, -1, 2)), "zero counts as firing"),
        "one input": (constant((-1, 0, 0.5)), UNKNOWN),
        "two numbers": (constant((-1, -1)), "3 finite numbers"),
        "not finite": (constant((-1, -1, np.nan)), "3 finite numbers"),
        "text": (constant("-2, -2, 3"), "3 finite numbers"),
        "no return": (constant(None), "without `return`"),
    },
    "xor_clash": {
        "single row": (constant(((0, 1, 1, ">="), (1, 1, 2, "<"))), "One row of XOR alone"),
        "b once": (constant(((1, 1, 2, ">="), (1, 1, 1, "<"))), "holds it twice"),
        "strict sign": (constant(((1, 1, 2, ">"), (1, 1, 2, "<"))), "zero included"),
        "same direction": (constant(((1, 1, 2, "<"), (2, 2, 4, "<"))), "point the same way"),
        "numbers turned": (constant(((-1, -1, -2, ">="), (1, 1, 2, "<"))), "turns its sign round"),
        "no sum": (constant(((2, 1, 2, ">="), (1, 1, 2, "<"))), UNKNOWN),
        "unknown sign": (constant(((1, 1, 2, "=>"), (1, 1, 2, "<"))), "Write the sign as text"),
        "one inequality": (constant((1, 1, 2, ">=")), "the answer holds two"),
    },
    "perceptron_rule": {
        "sign flipped": (bend(sign=-1), "turned round"),
        "bias forgotten": (bend(bias=False), "Yours stays at 0"),
        "bias without eta": (bias_without_eta, "leaves b's out"),
        "eta forgotten": (lambda X, y, eta, epochs: rule(X, y, 1.0, epochs), "the same whatever η is"),
        "strict step": (bend(fires=np.greater), "Yours is silent at z = 0"),
        "batch": (bend(batch=True), "waits for the epoch's end"),
        "one epoch": (bend(passes=1), "stops after the first"),
        "never moves": (lambda X, y, eta, epochs: (0.0 * X[0], 0.0), "never leaves zero"),
        "other start": (bend(start=1.0), UNKNOWN),
        "in place": (in_place, "A function leaves its inputs"),
        "bias left out": (lambda *args: rule(*args)[0], "(w, b), w of length 2: 3 finite numbers"),
    },
    "and_weights": {
        "eta ignored": (lambda eta: ((2, 1), -3), "it does change the weights"),
        "divided": (lambda eta: ((2 / eta, 1 / eta), -3 / eta), "not shorter ones"),
        "b not scaled": (lambda eta: ((2 * eta, eta), -3), "b moves by"),
        "w not scaled": (lambda eta: ((2, 1), -3 * eta), "w moves by"),
        "all signs": (lambda eta: ((-2 * eta, -eta), 3 * eta), "silent when no input is active"),
        "another": (lambda eta: ((eta, eta), -3 * eta), UNKNOWN),
        "w alone": (lambda eta: (2 * eta, eta), "3 finite numbers"),
    },
    "eta_start": {
        "zero": (constant((0, 0, 0)), "η times a sum without η"),
        "solved": (constant((2, 1, -3)), "computes AND already"),
        "too small": (constant((0, 0, 0.01)), "too small to turn"),
        "outweighed": (constant((0.5, 0, -0.5)), UNKNOWN),
        "two numbers": (constant((1, 1)), "3 finite numbers"),
        "huge": (constant((0, 0, 1e6)), "takes too long to undo"),
    },
    "boundary": {
        "bias forgotten": (picture(offset=lambda w, b: 0), "b is missing"),
        "bias sign": (picture(offset=lambda w, b: b / w[1]), "b changed sides"),
        "slope sign": (picture(slope=lambda w: w[0] / w[1]), "its slope has the wrong sign"),
        "minus lost": (picture(lambda w: w[0] / w[1], lambda w, b: b / w[1]), "a minus was lost"),
        "weights swapped": (picture(lambda w: -w[1] / w[0], lambda w, b: -b / w[0]), "swaps w1 and w2"),
        "along w": (along_w, "runs along w"),
        "elsewhere": (picture(offset=lambda w, b: 9.0), "On the boundary z = 0; at your first point"),
        "one point": (one_point, "Two different points make a line"),
        "no line": (dots_only, "The boundary is a line"),
        "no points": (picture(points=False), "There are 100 flowers"),
        "all at the origin": (picture(at=lambda X, y: 0 * X), "There are 100 flowers"),
        "one class twice": (picture(at=lambda X, y: np.concatenate([X[y == 1]] * 2)), "those with y = 0 are not"),
        "axes exchanged": (picture(at=lambda X, y: X[:, ::-1]), "Your axes are exchanged"),
        "never upright": (picture(), "Here w2 = 0"),
        "classes mixed": (picture(at=lambda X, y: X.copy()), "nobody can tell them apart"),
        "one marker": (picture(markers="oo"), "Colour alone does not tell classes apart"),
        "own figure": (own_figure, "no other figure is looked at"),
        "names exchanged": (picture(labels="wl"), "have changed places"),
        "no labels": (picture(labels=""), "An axis without a name"),
    },
    "count_separable": {
        "constants forgotten": (lambda n: {2: 12, 3: 102}[n], "The constants"),
        "all": (lambda n: 2**2**n, "number of all Boolean functions"),
        "all but XOR": (lambda n: 2**2**n - 1, "XOR is not alone"),
        "the rest": (lambda n: {2: 2, 3: 152}[n], "computed by no neuron"),
        "half": (lambda n: {2: 7, 3: 52}[n], "A function and its opposite"),
        "too few for three": (lambda n: {2: 14, 3: 96}[n], "has not ended proves nothing"),
        "too many": (lambda n: {2: 14, 3: 150}[n], "counted twice"),
        "list": (lambda n: [14], "not a sequence that holds it"),
        "float": (lambda n: 14.0, "an integer, 14, not 14.0"),
        "share": (lambda n: 14 / 16, "is a whole number"),
        "rubbish": (lambda n: 5, UNKNOWN),
    },
}

AX = {"boundary": lambda: [Figure().subplots()]}


@given(w1=FINITE, w2=FINITE, b=FINITE)
def test_nand_is_right_exactly_when_the_truth_table_is(w1, w2, b):
    X, y, *_ = gate("NAND")
    holds = (step(X @ [w1, w2] + b) == y).all()
    assert (said("nand", constant((w1, w2, b)))[0] == "right") == holds


@pytest.mark.parametrize("form", [(-2, -2, 3), [-2, -2, 3], ((-2, -2), 3), (np.array([-2, -2]), 3.0)])
def test_the_form_of_an_answer_is_free(form):
    assert said("nand", constant(form))[0] == "right"


@given(k=st.floats(0.01, 100), m=st.floats(0.01, 100), turned=st.booleans(), swapped=st.booleans())
def test_any_scale_order_and_side_of_the_clash_is_right(k, m, turned, swapped):
    first = (-k, -k, -2 * k, "<=") if turned else (k, k, 2 * k, ">=")
    second = (-m, -m, -2 * m, ">") if turned else (m, m, 2 * m, "<")
    pair = [second, first] if swapped else (first, second)
    assert said("xor_clash", constant(pair))[0] == "right"


@given(c=st.tuples(*[st.integers(-3, 3)] * 3), d=st.tuples(*[st.integers(-3, 3)] * 3))
def test_no_other_pair_is_taken_for_the_clash(c, d):
    assume(not (c[0] > 0 and c == (c[0], c[0], 2 * c[0]) and d[0] > 0 and d == (d[0], d[0], 2 * d[0])))
    assert said("xor_clash", constant(((*c, ">="), (*d, "<"))))[0] == "not yet"


@pytest.mark.parametrize(
    "extra",
    [
        {},
        {"data": clouds(30, gap=0.4, seed=11), "eta": 0.3},
        {"data": iris(("versicolor", "virginica")), "eta": 2.0, "epochs": 2},
        {"data": iris(features=("sepal length", "petal length", "petal width")), "epochs": 2},
    ],
)
def test_the_rule_is_right_however_it_is_written(extra):
    def augmented(X, y, eta, epochs):
        A, v = np.column_stack([X, np.ones(len(X))]), np.zeros(X.shape[1] + 1)
        for a, t in list(zip(A, y, strict=True)) * epochs:
            v = v + eta * (t - (a @ v >= 0)) * a
        return v[:-1], v[-1]

    for answer in (rule, augmented, lambda X, y, eta, epochs: Perceptron(eta, epochs).fit(X, y)[:2]):
        assert said("perceptron_rule", answer, **extra)[0] == "right"


def test_a_rule_that_knows_only_the_gates_fails_on_data_it_has_not_seen():
    def learnt_by_heart(X, y, eta, epochs):
        return rule(X, y, eta, epochs) if len(X) <= 12 else (np.zeros(X.shape[1]), 0.0)

    assert said("perceptron_rule", learnt_by_heart)[0] == "right"
    assert said("perceptron_rule", learnt_by_heart, iris())[0] == "not yet"


@pytest.mark.parametrize("start", [(0, 0, 5), (1, 1, 1), (-3, 2, 0), (0, 0, 5000)])
def test_starts_where_the_step_size_matters(start):
    outcome, text = said("eta_start", constant(start))
    X, y, *_ = gate("AND")
    small, large = (len(Perceptron(eta, epochs=5000).fit(X, y, start[:2], start[2]).updates) for eta in (1, 7))
    assert outcome == "right"
    assert f"η = 1 makes {small} updates and η = 7 makes {large}" in text


def by_axline(ax, X, y, w, b):
    ax.plot(*X[y == 0].T, "o")
    ax.plot(*X[y == 1].T, "^")
    if w[1]:
        ax.axline((0, -b / w[1]), slope=-w[0] / w[1])
    else:
        ax.axvline(-b / w[0])
    ax.set(xlabel="petal length (cm)", ylabel="petal width (cm)")


@pytest.mark.parametrize("seed", [0, 11])
def test_the_boundary_may_be_drawn_in_any_way(seed):
    assert said("boundary", by_axline, Figure().subplots(), seed=seed)[0] == "right"


def test_counts_are_right_for_one_two_and_three_inputs():
    counts = {1: 4, 2: 14, 3: 104}
    assert said("count_separable", counts.get)[0] == "right"
    assert said("count_separable", counts.get, 1)[0] == "right"
    assert said("count_separable", {**counts, 1: 3}.get, 1)[0] == "not yet"
