"""Every number of chapter 4's prose, computed by the engine."""

from functools import lru_cache

import nbformat
import numpy as np
import pytest

from coursepkg.engine import losses
from coursepkg.engine.activations import relu, relu_slope, sigmoid, sigmoid_slope, softmax, softmax_slope
from coursepkg.engine.constructions import worked_example
from coursepkg.engine.datasets import gate
from coursepkg.engine.derivatives import numerical_gradient, relative_error
from coursepkg.engine.network import mlp
from coursepkg.scenes import backprop as scenes
from coursepkg.scenes.backprop import deaf
from coursepkg.scenes.backprop.record import EXAMPLES, record
from coursepkg.scenes.backprop.words import three
from tests.book.prose import BOOK

X, Y, *_ = gate("XOR")


def tex(value):
    """A number to three decimals as the page's mathematics writes it."""
    return three(value).replace("−", "-")


def wiggle(chapter):
    net, theta = worked_example()

    def L(theta):
        return float((net(theta, X[[2]])[0, 0] - 1) ** 2 / 2)

    grown = theta.copy()
    grown[6] += 0.1  # the first weight of the second layer, whose gradient is −0.12
    chapter.says(f"If $w$ grows by 0.1 and the loss falls by {tex(L(theta) - L(grown))}")
    chapter.says(rf"then $\partial L/\partial w$ is about ${(L(grown) - L(theta)) / 0.1:.2f}$")
    P = mlp((28 * 28, 128, 10)).size
    chapter.says(f"has {P:,} parameters")
    chapter.says(f"takes {2 * P:,} runs")


def chain(chapter):
    a1 = float(sigmoid(1.0))
    a2 = float(sigmoid(a1))
    d2 = a2 * float(sigmoid_slope(a1))
    d1 = d2 * float(sigmoid_slope(1.0))
    chapter.says(rf"a^{{(1)}} &= \sigma(1) = {a1:.3f}")
    chapter.says(rf"z^{{(2)}} &= w_2\, a^{{(1)}} = {a1:.3f}, \\")
    chapter.says(rf"\hat y = a^{{(2)}} &= \sigma({a1:.3f}) = {a2:.3f}")
    chapter.says(rf"L = \tfrac12 (\hat y - 0)^2 = {a2**2 / 2:.3f}")
    chapter.says(rf"&= \hat y - 0 = {a2:.3f}")
    chapter.says(rf"&= {a2:.3f} \cdot \sigma'({a1:.3f}) = {d2:.3f}")
    chapter.says(rf"&= {d2:.3f} \cdot a^{{(1)}} = {d2 * a1:.6f}")
    chapter.says(rf"&= {d2:.3f} \cdot w_2 = {d2:.3f}")
    chapter.says(rf"&= {d2:.3f} \cdot \sigma'(1) = {d1:.3f}")
    chapter.says(rf"&= {d1:.3f} \cdot x = {d1:.6f}")
    chapter.says(f"The {d2:.3f} was computed once and used twice")
    assert (f"{d2 * a1:.6f}", f"{d1:.6f}") == ("0.108253", "0.029114")
    both = numerical_gradient(lambda w: float(sigmoid(w[0] * sigmoid(w[0])) ** 2 / 2), [1.0])[0]
    assert both == pytest.approx(d2 * a1 + d1, abs=1e-9)
    chapter.says(f"${d2 * a1:.6f} + {d1:.6f}$, which is ${both:.6f}$")


def network(chapter):
    """The network of text and code is the figure's and the engine's: one definition."""
    net, theta = worked_example()
    assert record("10", 1.0).built.theta.tolist() == theta.tolist()
    (W1, b1), (W2, b2) = net.views(theta)
    rows = r" \\ ".join(" & ".join(tex(w) for w in row) for row in W1)
    columns = r" \\ ".join(tex(b) for b in b1)
    chapter.says(rf"W^{{(1)}} &= \begin{{pmatrix}} {rows} \end{{pmatrix}}, \quad")
    chapter.says(rf"\mathbf{{b}}^{{(1)}} = \begin{{pmatrix}} {columns} \end{{pmatrix}}, \\")
    chapter.says(rf"W^{{(2)}} &= \begin{{pmatrix}} {tex(W2[0, 0])} & {tex(W2[0, 1])} \end{{pmatrix}}, \quad")
    chapter.says(rf"b^{{(2)}} = {tex(b2[0])} .")
    cells = nbformat.read(BOOK / "04_backprop.ipynb", as_version=4).cells
    assert sum("worked_example()" in cell.source for cell in cells) == 1
    wrong = (net(theta, X)[:, 0] >= 0.5) != Y
    assert wrong.sum() == 2
    chapter.says("Two of the four answers are on the wrong side of one half.")
    error = np.abs(net(theta, X)[:, 0] - Y)
    assert error.argmax() == 2
    chapter.says(r"Take the worse of them, $\mathbf{x} = (1, 0)$ with target $y = 1$.")
    chapter.says(f"A network answers {net(theta, X)[2, 0]:.2f} where 1 was right.")


def forward(chapter):
    v = record("10", 1.0).values
    z1, a1, z2, a2 = (v[name] for name in ("z1", "a1", "z2", "a2"))
    chapter.says(rf"$1 \cdot 1 - 2 \cdot 0 + 0.5 = {tex(z1[0])}$ and $-1 \cdot 1 + 1.5 \cdot 0 + 0 = {tex(z1[1])}$")
    chapter.says(rf"\mathbf{{z}}^{{(1)}} &= ({tex(z1[0])}, {tex(z1[1])})")
    chapter.says(rf"\sigma(\mathbf{{z}}^{{(1)}}) = ({tex(a1[0])}, {tex(a1[1])})")
    chapter.says(rf"&= -2 \cdot {tex(a1[0])} + 1 \cdot {tex(a1[1])} + 0.5 \\")
    chapter.says(rf"&= {tex(z2[0])}, \\")
    chapter.says(rf"\hat y &= \sigma(z^{{(2)}}) = {tex(a2[0])}")
    chapter.says(rf"$L = \tfrac12 ({tex(a2[0])} - 1)^2 = {tex(v['L'][0])}$")


def backward(chapter):
    v = record("10", 1.0).values
    (a2,), (d2,), a1, d1, da1 = v["a2"], v["δ2"], v["a1"], v["δ1"], v["∂a1"]
    slopes = a1 * (1 - a1)
    chapter.says(rf"\underbrace{{(\hat y - y)}}_{{{tex(a2 - 1)}}}")
    chapter.says(rf"\underbrace{{\sigma'(z^{{(2)}})}}_{{{tex(a2 * (1 - a2))}}} = {tex(d2)} .")
    chapter.says(f"{{\\mathsf T}} \\\\\n&= ({tex(v['∂W2'][0])}, {tex(v['∂W2'][1])})")
    chapter.says(rf"&= \delta^{{(2)}} = {tex(d2)} .")
    chapter.says(rf"$-2 \cdot ({tex(d2)}) = {tex(da1[0])}$ and $1 \cdot ({tex(d2)}) = {tex(da1[1])}$")
    chapter.says(r"The first hidden neuron was heard with weight $-2$, the second with weight 1")
    products = rf"({tex(da1[0])} \cdot {tex(slopes[0])}, {tex(da1[1])} \cdot {tex(slopes[1])})"
    chapter.says(rf"\boldsymbol{{\delta}}^{{(1)}} &= {products} \\")
    chapter.says(rf"&= ({tex(d1[0])}, {tex(d1[1])}) .")
    rows = r" \\ ".join(" & ".join(tex(g) for g in row) for row in v["∂W1"].reshape(2, 2))
    chapter.says(rf"\mathbf{{x}}^{{\mathsf T}} = \begin{{pmatrix}} {rows} \end{{pmatrix}}")
    chapter.says(rf"&= \boldsymbol{{\delta}}^{{(1)}} = ({tex(d1[0])}, {tex(d1[1])}) .")
    assert not v["∂W1"].reshape(2, 2)[:, 1].any()  # "The second column of the last matrix is 0"


def tape(chapter):
    weights = np.arange(-2, 2.5, 0.5)
    assert max(record(example, w).error for example in EXAMPLES for w in weights) < 1e-9
    chapter.says("The relative error stays below $10^{-9}$")
    assert not record("00", 1.0).values["∂W1"].any()
    assert record("00", 1.0).values["∂b1"].all()
    silent = record("11", -2.0).values
    chapter.says(
        r"Set $w_{11} = -2$ in example 11 (the button *a silent neuron*): the first hidden neuron is nearly silent, "
        f"$a = {tex(silent['a1'][0])}$"
    )
    assert scenes.blame_tape.presets["a silent neuron"] == dict(step=14, example="11", w11=-2)
    assert abs(silent["δ1"][0]) < abs(record("11", 1.0).values["δ1"][0]) / 5  # "hardly any blame gets through"
    chapter.says("Walk from step 6 on")
    assert list(silent)[5] == "L"
    signs = record("10", 1.0).values
    assert np.sign(signs["∂a1"]).tolist() == [1, -1]  # the negative weight −2 turns the blame's sign
    chapter.says("The first hidden neuron is heard with weight $-2$; where the output should rise")


def judge(chapter):
    net, theta = worked_example()
    oracle = net.oracle(X, Y, "squared error")
    right = oracle(theta)[1]

    def error(h):
        return relative_error(right, numerical_gradient(lambda t: float(oracle(t)[0]), theta, h))

    assert error(1e-5) < 1e-9 < error(1e-3) < error(1e-1)
    assert error(1e-5) < error(1e-8) < error(1e-12)
    chapter.says(r"h \approx \sqrt[3]{10^{-16}} \approx 5 \cdot 10^{-6}$. Hence the usual $h = 10^{-5}$.")
    assert round(1e6 * 10 ** (-16 / 3)) == 5
    chapter.says(r"where they are about equal, $h^2 \approx 10^{-16}/h$")
    h = np.logspace(-8, -2, 601)  # the sum of both errors, with L and L‴ near 1
    assert 1e-6 < h[(h**2 / 6 + 1e-16 / h).argmin()] < 1e-5
    f, df = np.sin, np.cos
    central = [(f(1 + h) - f(1 - h)) / (2 * h) - df(1) for h in (1e-2, 1e-3)]
    assert central[0] == pytest.approx(1e-4 / 6 * -df(1), rel=1e-3)  # "an error of about h² L‴/6"
    rounding = [abs((f(1 + h) - f(1 - h)) / (2 * h) - df(1)) for h in np.logspace(-10, -9, 20)]
    assert 1e-16 / 1e-9 / 10 < np.median(rounding) < 10 * 1e-16 / 1e-10
    chapter.says("so their difference to about $10^{-16}$, and the division by $h$ makes $10^{-16}/h$ of it")
    assert np.finfo(float).precision == 15  # all 15 are kept, and most numbers have 16
    chapter.says("the computer knows each to about 16 digits")
    assert error(1e-1) / error(1e-2) == pytest.approx(100, rel=0.01)  # "an error of the order h²"
    one_sided = [(np.sin(1 + h) - np.sin(1)) / h - np.cos(1) for h in (1e-2, 1e-3)]
    assert one_sided[0] / one_sided[1] == pytest.approx(10, rel=0.01)  # "of the order h"
    assert numerical_gradient(lambda z: float(relu(z[0])), [0.0])[0] == 0.5 != relu_slope(0.0)
    chapter.says(r"the mean of the two slopes, $\tfrac12$")
    chapter.says("Below $10^{-6}$ the gradient is right; above $10^{-3}$ it is almost surely wrong.")
    chapter.says("$h = 10^{-5}$; relative error below $10^{-6}$")


def careless(chapter):
    """Beginning with ŷ − y is wrong for the squared error, and right for the cross-entropy."""
    net, theta = worked_example()
    logits = mlp((2, 2, 1), "sigmoid")
    squared, matched = net.oracle(X, Y, "squared error")(theta)[1], logits.oracle(X, Y, "binary cross-entropy")
    assert relative_error(squared, matched(theta)[1]) == pytest.approx(0.56, abs=0.005)
    chapter.says("The careless program above was right after all, but for this loss.")
    careless = matched(theta)[1]
    assert np.abs(careless - squared).argmax() == 1
    chapter.says("The worst entry has number 1, counted from 0: the weight from $x_2$ into the first hidden neuron.")
    numbered = net.views(np.arange(net.size))
    assert numbered[0][0][0, 1] == 1
    assert (np.abs(careless / squared - 1) > 0.01).all()
    assert (np.abs(careless / squared - 1) > 0.02).tolist() == [True] * 8 + [False]
    chapter.says("All nine entries are off. (The last, the output's bias, by less than 2 %: ")
    chapter.says(f"{careless[8]:.4f} in place of {squared[8]:.4f}.")


def cost(chapter):
    P = mlp((28 * 28, 128, 10)).size
    chapter.says(f"$P = {P:,}$".replace(",", "{,}"))
    chapter.says(f"| central differences | $2P$ | {2 * P:,} |")
    weights = 28 * 28 * 128 + 128 * 10
    back = 2 * weights - 28 * 28 * 128
    assert 2 <= (weights + back) / weights <= 3
    chapter.says("| backpropagation | about 3 | 3 |")
    chapter.says(f"{2 * P / 1000 / 60:.1f} minutes by differences, and 3 milliseconds by backpropagation")
    chapter.says("about 3 forward passes, not $2P$")


def likelihood(chapter):
    """Each loss is minus the logarithm of its probability, and its derivative by ŷ is what the table says."""
    from scipy.stats import bernoulli, norm

    yhat, y = 0.3, 1.7
    assert -norm.logpdf(y, yhat, 1) == pytest.approx(losses.squared_error(yhat, y) + np.log(2 * np.pi) / 2)
    chapter.says(r"$-\ln p = \tfrac12 (\hat y - y)^2 + \tfrac12 \ln 2\pi$")
    z = np.log(yhat / (1 - yhat))
    for t in (0, 1):
        assert -bernoulli.logpmf(t, yhat) == pytest.approx(float(losses.binary_cross_entropy(z, t)))
        slope = numerical_gradient(lambda p, t=t: float(-bernoulli.logpmf(t, p[0])), [yhat])[0]
        assert slope == pytest.approx((yhat - t) / (yhat * (1 - yhat)), abs=1e-6)
    p = softmax([2.0, 1.0, 0.0])
    slope = numerical_gradient(lambda p: -np.log(p[1]), p)
    assert slope == pytest.approx([0, -1 / p[1], 0], abs=1e-6)
    chapter.says(r"the slope becomes $2(\hat y - y)$")


def match(chapter):
    v = record("10", 1.0).values
    chapter.says(rf"$\delta^{{(2)}}$ becomes ${tex(v['∂a2'][0])}$ in place of ${tex(v['δ2'][0])}$")
    net = mlp((2, 2, 1), "sigmoid")
    theta = worked_example().theta
    grown = net.oracle(X[[2]], Y[[2]], "binary cross-entropy")(theta)[1]
    squared = worked_example().net.oracle(X[[2]], Y[[2]], "squared error")(theta)[1]
    ratios = grown[squared != 0] / squared[squared != 0]
    assert ratios == pytest.approx(np.full(7, ratios[0]))  # "every gradient behind it grows by the same factor"
    p, y = softmax([2.0, 1.0, 0.0]), np.array([0.0, 1.0, 0.0])
    assert -softmax_slope([2.0, 1.0, 0.0]) @ (y / p) == pytest.approx(p - y)
    delta = losses.cross_entropy_slope(np.array([[2.0], [1.0], [0.0]]), y[:, None]).ravel()
    for z in ([2.0, 1.0, 0.0], [-0.5, 0.3, 4.0]):  # A(z) − zᵀy is each loss, but for what does not depend on z
        for t in (0.0, 1.0):
            assert np.log1p(np.exp(z[0])) - z[0] * t == pytest.approx(float(losses.binary_cross_entropy(z[0], t)))
        assert np.log(np.exp(z).sum()) - z @ y == pytest.approx(-np.log(softmax(z)[1]))
        assert numerical_gradient(lambda z: float(np.log(np.exp(z).sum())), z) == pytest.approx(softmax(z))
        assert losses.squared_error(z[0], 3.0) == pytest.approx(z[0] ** 2 / 2 - z[0] * 3 + 3**2 / 2)
    chapter.says(r"- a number: $\tfrac12 z^2 - z\,y$;")
    chapter.says("For the scores $(2, 1, 0)$")
    chapter.says(rf"$\boldsymbol{{\delta}} = ({delta[0]:.3f}, {delta[1]:.3f}, {delta[2]:.3f})$")


def deafness(chapter):
    yhat = float(sigmoid(-6.0))
    loud, quiet = float(deaf.blame(deaf.CROSS_ENTROPY, -6.0)), float(deaf.blame(deaf.MSE, -6.0))
    chapter.says(f"At $z = -6$ the answer is {yhat:.4f}, when it should be 1.")
    chapter.says(
        f"the blame is ${quiet:.4f}$, under cross-entropy ${loud:.3f}$: it is {loud / quiet:.2f} times as large"
    )
    assert loud / quiet == pytest.approx(1 / float(sigmoid_slope(-6.0)))
    chapter.says(r"The factor is $1/\sigma'(-6)$")
    assert sigmoid_slope(-6.0) / sigmoid_slope(-7.0) == pytest.approx(np.e, rel=0.01)
    z = np.linspace(-8, 8, 160001)
    top = np.abs(deaf.blame(deaf.MSE, z))
    assert sigmoid(z[top.argmax()]) == pytest.approx(1 / 3, abs=1e-4)
    assert top.max() == pytest.approx(4 / 27)
    chapter.says(rf"at $\hat y = \tfrac13$, where it is $-4/27 = {-4 / 27:.3f}$")


@lru_cache
def steps(loss, eta):
    """The steps of gradient descent from the worked example until each answer is within 0.1 of its target."""
    sigmoids, theta = worked_example()
    oracle = (mlp((2, 2, 1), "sigmoid") if loss == "binary cross-entropy" else sigmoids).oracle(X, Y, loss)
    for t in range(5_000):
        if np.abs(sigmoids(theta, X)[:, 0] - Y).max() <= 0.1:
            return t
        theta = theta - eta * oracle(theta)[1]


def learning(chapter):
    squared = {eta: steps("squared error", eta) for eta in (1, 8, 16, 32, 48, 64)}
    matched = {eta: steps("binary cross-entropy", eta) for eta in (1, 2, 4, 8, 16)}
    assert matched[1] < squared[1] / 5
    chapter.says(r"With $\eta = 1$ cross-entropy needs less than a fifth of the steps.")
    chapter.says(r"with $\eta = 1$, until every answer is within 0.1 of its target")
    assert min(filter(None, matched.values())) == matched[8]
    chapter.says(rf"Cross-entropy is at its best with $\eta = 8$, in {matched[8]} steps; with 16 it never arrives.")
    assert matched[16] is None
    chapter.says(rf"{squared[8]} with $\eta = 8$, {squared[16]} with 16, {squared[32]} with 32.")
    chapter.says(f"with 64 one lucky leap makes it {squared[64]}, with 48 it never arrives")
    assert squared[48] is None
    assert squared[16] / matched[8] == pytest.approx(3, abs=0.5)  # "about a factor of three is left"


def stop(chapter):
    """The questions at the place to stop: a silent hidden neuron silences what it leads to, and only that."""
    net = mlp((2, 2, 1), "relu")
    theta = np.array([1.0, -2, -1, -1.5, 0.5, -1, -2, 1, 0.5])
    trace = net.trace(theta, X[[2]])
    assert trace.a[1][0].tolist() == [1.5, 0]
    gradient = net.oracle(X[[2]], Y[[2]], "squared error")(theta)[1]
    assert gradient[7] == 0 != gradient[6]
    record_ = record("10", 1.0).values
    assert record_["δ1"] == pytest.approx(np.array([-2, 1]) * record_["δ2"] * record_["a1"] * (1 - record_["a1"]))
    chapter.says("For some sample a hidden neuron puts out exactly 0.")


CLAIMS = [wiggle, chain, network, forward, backward, tape, judge, careless, cost, likelihood, match, deafness]
CLAIMS += [learning, stop]
COMPARED = {
    "There is a way that costs about as much as three": cost,
    "Take the worse of them": network,
    "$ is worse: its error is of the order": judge,
    "## What it costs": "a question",
    "So the way back costs about twice the way forward": cost,
    "take at most three times as many multiplications": "cited",
    "it is 405.43 times as large": deafness,
    "| cost | about 3 forward passes": cost,
    "needs less than a fifth of the steps": learning,
    "the output's bias, by less than 2 %": careless,
    "One tiny network settles no more than this": "a figure of speech",
}


def test_the_engine_finds_what_the_chapter_says(chapter, claim):
    chapter.proves(claim)


def test_no_other_number_stands_in_the_prose(proven):
    assert 55 + 40 == 95
    proven.says(
        "**Time** 95 minutes in two sittings, 55 for backpropagation and 40 for the losses"
    )  # a reader's estimate
    # 0, 1 and 2 are labels, layers, shapes and the formulas' own constants.
    assert proven.unproven(given={"0", "1", "2", "-1"}) == []
