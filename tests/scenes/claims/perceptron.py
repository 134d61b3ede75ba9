"""The claims of chapter 1's explorables."""

import re
from functools import lru_cache

import numpy as np

from coursepkg.engine.datasets import DIGITS_7X5, gate, iris
from tests.scenes.looking import decoded
from tests.scenes.saying import says


def rows(data: str) -> tuple:
    """X (n, 2) and y (n,) of a gate, or of points that a reader has placed."""
    return decoded(data, (-0.6, -0.6)) if data[0] == "~" else gate(data)[:2]


@lru_cache
def corrections(data: str, eta: float) -> list[tuple]:
    """The perceptron from zero, in plain Python: the sample, and w₁, w₂, b after it, for 60 epochs."""
    w1 = w2 = b = 0.0
    made = []
    X, labels = rows(data)
    for _ in range(60):
        for (x1, x2), y in zip(X.tolist(), labels.tolist(), strict=True):
            yhat = 1 if w1 * x1 + w2 * x2 + b >= 0 else 0
            if yhat != y:
                w1, w2, b = w1 + eta * (y - yhat) * x1, w2 + eta * (y - yhat) * x2, b + eta * (y - yhat)
                made.append(((x1, x2), y, yhat, (w1, w2, b)))
    return made


def wrong(data: str, w1: float, w2: float, b: float) -> int:
    """How many points the line calls wrongly."""
    X, y = rows(data)
    return int(((X @ (w1, w2) + b >= 0) != y).sum())


@says(
    "nudge",
    "Before the first update w and b are zero, z is 0 for every point, and the neuron calls all of them 1.",
    k=0,
)
def nothing_yet(state, said):
    return state.k == 0 and len(rows(state.data)[1]) > 0


@says("nudge", "There is no point yet, so the neuron has nothing to learn from.", data="~", k=3)
def nobody(state, said):
    return len(rows(state.data)[1]) == 0


@says(
    "nudge",
    "No update comes: with w and b zero the neuron calls every point 1, and every point is 1.",
    data="~11o1o",
    k=40,
)
def nothing_to_mend(state, said):
    return (rows(state.data)[1] == 1).all() and not corrections(state.data, state.eta)


@says(
    "nudge",
    "Update <k>: (<x1>, <x2>) is <y> and was called <yhat>, so w <change:gains|loses> η·(<X1>, <X2>) and b "
    "<Change:gains|loses> η. Now w = (<w1>, <w2>), b = <b>.",
)
def a_correction(state, said):
    x, y, yhat, (w1, w2, b) = corrections(state.data, state.eta)[state.k - 1]
    assert (said.k, said.y, said.yhat) == (state.k, y, yhat)
    assert (said.x1, said.x2) == (said.X1, said.X2)
    assert all(s.is_(v, 2) for s, v in zip((said.x1, said.x2), x, strict=True))
    assert said.change == said.Change == ("gains" if y > yhat else "loses")
    assert all(s.is_(v, 2) for s, v in zip((said.w1, said.w2, said.b), (w1, w2, b), strict=True))


@says("nudge", "<n> of <all> points <are:is|are> still wrong.")
def some_wrong(state, said):
    assert said.all == len(rows(state.data)[1])
    assert said.are == ("is" if said.n == 1 else "are")
    return said.n == wrong(state.data, *corrections(state.data, state.eta)[state.k - 1][-1]) > 0


@says("nudge", "Every point is right.")
def none_wrong(state, said):
    return wrong(state.data, *corrections(state.data, state.eta)[state.k - 1][-1]) == 0


@says(
    "nudge",
    "No further update comes. After <n> update[s] every point is right, with w = (<w1>, <w2>), b = <b>.",
    data="~01o1o",
    k=9,
)
def over(state, said):
    made = corrections(state.data, state.eta)
    assert said.n == len(made) < state.k
    assert all(v.is_(w, 2) for v, w in zip((said.w1, said.w2, said.b), made[-1][-1], strict=True))
    assert wrong(state.data, *made[-1][-1]) == 0


def value(term: str) -> float:
    """A factor or summand as it is written: in brackets where it is negative."""
    return float(term.strip("()").replace("−", "-"))


@says("neuron", "At the cross, z = <terms:…> = <z>, and <g:the step|the sigmoid|ReLU> gives a = <a>.")
def the_sum(state, said):
    terms = [[value(factor) for factor in term.split("·")] for term in said.terms.split(" + ")]
    assert terms == [[state.w1, state.x1], [state.w2, state.x2], [state.b]]
    z = state.w1 * state.x1 + state.w2 * state.x2 + state.b
    assert said.z.is_(z, 2)
    a = {"step": z >= 0, "sigmoid": 1 / (1 + np.exp(-z)), "ReLU": max(z, 0)}[state.g]
    assert said.g.endswith(state.g)
    assert said.a.is_(a, 2)


@says("neuron", "Both weights are 0: the neuron gives the same output everywhere.", w1=0, w2=0)
def no_weights(state, said):
    return state.w1 == state.w2 == 0


@says("neuron", "The boundary is <left:…> = 0.", w2=0)
def the_line(state, said):
    """The words, read term by term, give back the three coefficients; none is written as 1 x₁ or as + (−0.5) x₂."""
    found = {"x₁": 0.0, "x₂": 0.0, "": 0.0}
    for sign, factor, x in re.findall(r"(?:^|\s)([−+]?) ?([\d.]*) ?(x₁|x₂|)(?=\s|$)", said.left):
        found[x] += (-1 if sign == "−" else 1) * float(factor or 1)
        assert not (x and factor in ("0", "1"))
    assert list(found.values()) == [state.w1, state.w2, state.b]


@lru_cache
def shuffled(pair: str) -> list[tuple]:
    """w₁, w₂, b and the wrong calls after each of 31 epochs, in plain Python, in the order that the page names."""
    rows = iris(tuple(pair.split(", ")))
    order = np.random.default_rng(1936).permutation(100)
    samples = [(*rows.X[k].tolist(), int(rows.y[k])) for k in order]
    w1 = w2 = b = 0.0
    after = [(w1, w2, b, 50)]
    for _ in range(31):
        for x1, x2, y in samples:
            error = y - (1 if w1 * x1 + w2 * x2 + b >= 0 else 0)
            w1, w2, b = w1 + error * x1, w2 + error * x2, b + error
        after.append((w1, w2, b, sum((w1 * x1 + w2 * x2 + b >= 0) != y for x1, x2, y in samples)))
    return after


@says("flowers", "After <n> epoch[s]: w = (<w1>, <w2>) per cm, b = <b>, <wrong> of 100 flowers wrong.")
def so_many_wrong(state, said):
    *neuron, wrong = shuffled(state.pair)[state.epoch]
    assert said.n == state.epoch
    assert all(s.is_(v, 2) for s, v in zip((said.w1, said.w2, said.b), neuron, strict=True))
    assert said.wrong == wrong


@says("flowers", "The last epoch made no mistake: the line has come to rest.")
def at_rest(state, said):
    runs = shuffled(state.pair)
    return all(run == runs[state.epoch] for run in (runs[state.epoch - 1], *runs[state.epoch :]))


@says(
    "template",
    "<ones> pixel<verb:s speak| speaks> for a 1, <zeros> for a 0, and the bias adds 3: z = <z>, so the neuron reads "
    "<read>. It is a <k>: <verdict:right|wrong>.",
)
def the_score(state, said):
    """Counted pixel by pixel on the picture, shifted by moving its columns."""
    image = [[int(v) for v in row] for row in DIGITS_7X5[int(state.k)]]
    image = [[0] * max(state.shift, 0) + row[max(-state.shift, 0) : 5 - max(state.shift, 0)] for row in image]
    image = [row + [0] * (5 - len(row)) for row in image]
    for k in np.random.default_rng(35).permutation(35)[: state.flips]:
        image[k // 5][k % 5] = 1 - image[k // 5][k % 5]
    ink = [(DIGITS_7X5[1][r][c], DIGITS_7X5[0][r][c]) for r in range(7) for c in range(5) if image[r][c]]
    ones, zeros = sum(a > b for a, b in ink), sum(a < b for a, b in ink)
    assert (said.ones, said.zeros, said.z) == (ones, zeros, ones - zeros + 3)
    assert said.verb == (" speaks" if ones == 1 else "s speak")
    assert said.read == (ones - zeros + 3 >= 0)
    assert said.k == int(state.k)
    assert (said.verdict == "right") == (said.read == said.k)
