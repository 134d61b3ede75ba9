"""Every number of chapter 3's prose, computed by the engine."""

from functools import lru_cache
from math import e, log, sqrt

import numpy as np
import pytest
from scipy.optimize import brentq, minimize_scalar
from scipy.stats import norm

from coursepkg.engine import activations as g
from coursepkg.engine.datasets import digits, gate
from coursepkg.engine.derivatives import numerical_gradient
from coursepkg.engine.initialisers import INITIALISERS, normal
from coursepkg.engine.network import mlp
from coursepkg.engine.optimisers import GradientDescent
from coursepkg.engine.training import Trainer
from coursepkg.scenes import activations as scenes
from tests.book.prose import scientific


def one_neuron(chapter):
    a, slope = float(g.sigmoid(2.0)), float(g.sigmoid_slope(2.0))
    chapter.says("$x = 1$, weight $w = 2$ and no bias")
    chapter.says(rf"It computes $z = 2$ and $a = \sigma(2) = {a:.2f}$. It should have said $y = 0$.")
    chapter.says(rf"\underbrace{{(a - y)}}_{{{a:.2f}}}")
    chapter.says(rf"\underbrace{{g'(z)}}_{{{slope:.3f}}}")
    chapter.says(rf"\underbrace{{x}}_{{1}} = {a * slope:.3f} .$$")
    found = numerical_gradient(lambda w: float(g.sigmoid(w[0]) ** 2) / 2, np.array([2.0]))
    assert found == pytest.approx(a * slope, abs=1e-8)
    a, slope = float(g.sigmoid(6.0)), float(g.sigmoid_slope(6.0))
    chapter.says(f"to $z = 6$. The error is larger, {a:.3f}, but the gradient is only {a * slope:.4f}.")


def slopes(chapter):
    z = np.linspace(-8, 8, 16001)
    top = {name: float(h.df(z).max()) for name, h in scenes.TABLE.items()}
    assert len(top) == 10
    assert [name for name, value in top.items() if value > 1 + 1e-12] == ["GELU", "SELU"]  # "Two of the ten exceed 1."
    chapter.says(rf"$\sigma'(0) = {g.sigmoid_slope(0.0):g}$")
    assert top["sigmoid"] == 0.25  # "never more than a quarter"
    assert top["tanh"] == 1 == g.tanh_slope(0.0)
    assert (g.tanh_slope(z[z != 0]) < 1).all()
    chapter.says("The slope of **tanh** reaches 1, but at 0 alone.")
    assert {float(s) for s in g.relu_slope(z)} == {0, 1}
    steep = minimize_scalar(lambda z: -g.gelu_slope(z), bounds=(0, 4), options={"xatol": 1e-10})
    assert steep.x == pytest.approx(sqrt(2), abs=1e-6)
    chapter.says(rf"rises to {-steep.fun:.4f} near $z = {steep.x:.1f}$")
    left, right = scenes.one_sided(g.selu_slope)
    chapter.says(rf"$\lambda = {right:.4f}$ on the right, and it climbs to $\lambda\alpha = {left:.3f}$")
    chapter.says(f"the slope comes to {left:.3f} and from the right to {right:.4f}")
    chapter.says(rf"SELU has $\lambda = {g.SELU_LAMBDA:.4f}$ and $\alpha = {g.SELU_ALPHA:.5f}$")
    falling = [name for name, h in scenes.TABLE.items() if (np.diff(h.f(z)) < -1e-12).any()]
    assert falling == ["GELU"]  # "the only one of the ten that ever falls"
    low = minimize_scalar(g.gelu, bounds=(-4, 0), options={"xatol": 1e-10})
    chapter.says(f"Its least value is ${low.fun:.5f}$, at $z = {low.x:.4f}$")
    chapter.says(rf"$[{low.fun:.2f}, \infty)$")
    assert (g.gelu_slope(np.linspace(-8, low.x - 1e-3, 100)) < 0).all()


def table(chapter):
    breaks = [name for name, h in scenes.TABLE.items() if scenes.breaks(h)]
    assert breaks == ["step", "ReLU", "SELU", "leaky ReLU"]  # "kink" or "jump" in the column "at z = 0"
    assert np.subtract(*scenes.one_sided(lambda z: g.elu_slope(z, 0.5))) != 0
    assert g.relu_slope(0.0) == 0  # "for the ReLU, ours takes 0"
    z = np.linspace(-4, 4, 33)
    z = z[z != 0]
    rows = {
        "identity": (z, np.ones_like(z)),
        "step": (z >= 0, 0 * z),
        "sigmoid": (1 / (1 + e**-z), g.sigmoid(z) * (1 - g.sigmoid(z))),
        "tanh": ((e**z - e**-z) / (e**z + e**-z), 1 - np.tanh(z) ** 2),
        "ReLU": (np.maximum(0, z), z > 0),
        "GELU": (z * norm.cdf(z), norm.cdf(z) + z * norm.pdf(z)),
        "softplus": (np.log(1 + e**z), g.sigmoid(z)),
        "ELU": (np.where(z < 0, e**z - 1, z), np.where(z < 0, e**z, 1)),
        "SELU": (
            g.SELU_LAMBDA * np.where(z < 0, g.SELU_ALPHA * (e**z - 1), z),
            g.SELU_LAMBDA * np.where(z < 0, g.SELU_ALPHA * e**z, 1),
        ),
        "leaky ReLU": (np.where(z < 0, 0.01 * z, z), np.where(z < 0, 0.01, 1)),
    }
    assert list(rows) == list(scenes.TABLE)
    for name, (value, slope) in rows.items():
        np.testing.assert_allclose(scenes.TABLE[name].f(z), value, atol=1e-12)
        np.testing.assert_allclose(scenes.TABLE[name].df(z), slope, atol=1e-12)
    chapter.says("| leaky ReLU | $0.01 z$ if $z < 0$, else $z$ | $0.01$ if $z < 0$, $1$ if $z > 0$ |")
    chapter.says("its slope 0.01 can bring a dead unit back")
    chapter.says("from $z = -4$ to 4")


def use(chapter):
    z = np.linspace(-6, 6, 61)
    np.testing.assert_allclose(g.tanh(z), 2 * g.sigmoid(2 * z) - 1, atol=1e-15)
    assert g.tanh_slope(0.0) == 4 * g.sigmoid_slope(0.0)  # "four times as steep at 0"
    p = g.softmax([2.0, 1.0, 0.0])
    chapter.says(f"For the scores $(2, 1, 0)$ it gives $({p[0]:.3f}, {p[1]:.3f}, {p[2]:.3f})$")
    np.testing.assert_allclose(g.softmax([12.0, 11.0, 10.0]), p, rtol=1e-14)
    chapter.says("$(12, 11, 10)$ gives the same")
    assert g.softmax([2.0, 0.5])[0] == pytest.approx(float(g.sigmoid(1.5)))
    slope = np.diag(p) - np.outer(p, p)
    np.testing.assert_allclose(g.softmax_slope([2.0, 1.0, 0.0]), slope, atol=1e-15)
    assert slope.sum(axis=0) == pytest.approx(np.zeros(3), abs=1e-15)
    chapter.says(f"the first column is $({slope[0, 0]:.3f}, {slope[1, 0]:.3f}, {slope[2, 0]:.3f})$")
    chapter.says("Raise the first score by 0.1, and the probabilities move by about a tenth of that.")
    assert g.softmax([2.1, 1.0, 0.0]) - p == pytest.approx(slope[:, 0] / 10, abs=1e-3)


def radial(chapter):
    X, y, *_ = gate("XOR")
    r = np.linalg.norm(X[:, None, :] - np.array([[0.0, 0.0], [1.0, 1.0]]), axis=2)
    total = g.gaussian(r).sum(axis=1)
    chapter.says("Centre them at $(0, 0)$ and $(1, 1)$, with $s = 1$.")
    chapter.says(f"$1 + e^{{-2}} = {total[0]:.3f}$; at $(0, 1)$ and $(1, 0)$ it is $2 e^{{-1}} = {total[1]:.3f}$")
    assert total == pytest.approx([1 + e**-2, 2 / e, 2 / e, 1 + e**-2])
    assert (g.step(0.9 - total) == y).all()


def chain(chapter):
    assert abs(4.0**-10 - 1e-6) < 5e-8
    chapter.says("about $10^{-6}$ after ten layers")
    a = brentq(lambda a: float(g.sigmoid(a)) - a, 0, 1, xtol=1e-14)
    chapter.says(f"$a = {a:.5f}$. There each layer multiplies the gradient by $a\\,(1 - a) = {a * (1 - a):.5f}$")
    assert scenes.chain_factors("sigmoid", 1.0)[-1] == pytest.approx(a * (1 - a), rel=1e-6)
    after_ten = np.prod(scenes.chain_factors("sigmoid", 1.0)[:10])
    chapter.says(f"Ten layers leave ${scientific(after_ten)}$ of the gradient.")
    for w in (0.5, 1, 4, 6):
        for depth in (1, 5, 20):
            assert np.prod(scenes.chain_factors("sigmoid", w)[:depth]) <= (w / 4) ** depth * (1 + 1e-12)


def cure(chapter):
    four, one = (np.prod(scenes.chain_factors("sigmoid", w)) for w in (4.0, 1.0))
    chapter.says(
        f"With $w = 4$ the bound allows 1, but only ${scientific(four)}$ arrives after 20 layers; with $w = 1$ it was "
        f"${scientific(one)}$."
    )
    a = brentq(lambda a: float(g.sigmoid(4 * a)) - a, 0.6, 1, xtol=1e-14)
    chapter.says(f"settle at {a:.2f}, where the slope is only {a * (1 - a):.3f}")
    assert (scenes.chain_factors("sigmoid", 4.0, x=0.5, b=-2.0) == 1).all()
    assert (scenes.chain_factors("sigmoid", 4.0, x=0.6, b=-2.0) < 1).all()
    chapter.says(r"A bias of $-2$ would hold the chain at $a = \tfrac12$, $z = 0$, and each factor at exactly 1.")
    assert (scenes.chain_factors("ReLU", 1.0) == 1).all()
    two = np.prod(scenes.chain_factors("ReLU", 2.0))
    assert two == 2**20
    chapter.says(f"1 for $w = 1$, and ${scientific(two)}$ for $w = 2$ after 20 layers")
    assert (scenes.chain_factors("ReLU", 2.0, x=-1.0) == 0).all()
    chapter.says("A negative input makes the product 0.")
    assert (scenes.chain_factors("step", 4.0) == 0).all()


def steady(chapter):
    """The sigmoid's factors settle, those of tanh at w = 1 rise towards 1 and are never alike."""
    sigmoid, tanh = (scenes.chain_factors(name, 1.0) for name in ("sigmoid", "tanh"))
    assert np.ptp(sigmoid[5:]) < 1e-3
    assert (np.diff(tanh) > 0.002).all()
    assert tanh[-1] < 1
    chapter.says("Those of tanh with $w = 1$ never do.")
    chapter.says("so each layer takes less than the one before it")


def sums(chapter):
    coins = np.array([-1, 1])
    both = np.add.outer(coins, coins).ravel()
    assert sorted(both) == [-2, 0, 0, 2]
    assert (coins.mean(), coins.var(), both.mean()) == (0, 1, 0)
    chapter.says(f"$(4 + 0 + 0 + 4)/4 = {both.var():g}$")
    chapter.says("Their sum is 2, 0, 0 or $-2$")
    assert (3 * coins).var() == 9 * coins.var()


def variances(chapter):
    rng = np.random.default_rng(0)
    for n, m in ((100, 100), (50, 200)):
        glorot, he = (INITIALISERS[name](rng, m, n) for name in ("glorot", "he"))
        assert glorot.var() == pytest.approx(2 / (n + m), rel=0.05)
        assert he.var() == pytest.approx(2 / n, rel=0.05)
    z = rng.standard_normal(200_000)
    assert (g.relu(z) ** 2).mean() == pytest.approx(0.5, abs=0.01)  # "half of the mean square"
    image = g.selu(z)
    assert image.mean() == pytest.approx(0, abs=0.01)
    assert image.var() == pytest.approx(1, abs=0.02)  # "mean 0 and variance 1 reproduce themselves"
    assert sqrt(100) * 0.01 == pytest.approx(0.1)
    chapter.says(r"With $d_{l-1} = 100$ and weights of standard deviation 0.01")
    chapter.says(r"$\sqrt{d_{l-1} v} = 10 \cdot 0.01 = 0.1$")
    assert scenes.WIDTH == 100
    net = mlp((100,) * 21, "relu", "relu")
    trace = net.trace(net.init(seed=3, how="he"), np.random.default_rng(0).standard_normal((50, 100)))
    assert np.sqrt((trace.a[-1] ** 2).mean()) == pytest.approx(0.5, abs=0.05)
    chapter.says("He's start still has half of it after 20 layers.")


def starts(chapter):
    forward, backward = scenes.sizes("small", "tanh", 10)
    assert np.diff(forward) == pytest.approx([-1] * 9, abs=0.1)  # a tenth in each layer
    assert np.diff(backward) == pytest.approx([1] * 9, abs=0.1)
    chapter.says("After 10 layers hardly anything is left of either.")
    last = scenes.signals("large", "tanh", 10).forward[-1]
    assert (np.abs(last) > 0.99).mean() > 0.6
    assert scenes.sizes("large", "tanh", 10)[1][0] > 2
    chapter.says("nearly all activations stand at $-1$ or $1$, saturated")
    forward, backward = scenes.sizes("Glorot", "tanh", 20)
    assert min(*forward, *backward) > -1
    chapter.says("after 20 layers activations and gradients have lost less than a factor of ten")
    assert sqrt(0.5) ** 20 == pytest.approx(2**-10)
    assert abs(1000 / 2**10 - 1) < 0.03
    chapter.says(r"the size falls by $\sqrt{1/2}$ in each layer, by $2^{-10} \approx 1/1000$ in 20")
    forward, backward = scenes.sizes("Glorot", "ReLU", 20)
    assert forward[-1] == pytest.approx(-3, abs=0.5)
    assert backward[0] == pytest.approx(-3, abs=0.5)
    for part in scenes.sizes("He", "ReLU", 20):
        assert np.abs(part).max() < 0.5
    for start in ("Glorot", "He"):
        assert scenes.sizes(start, "sigmoid", 20)[1][0] < -9
    assert scenes.sizes("large", "sigmoid", 20)[1][0] > -1.5
    assert np.isneginf(scenes.sizes("zero", "tanh", 20)[1][0])


DIGITS = digits()
START = {"small": normal(0.01), "glorot": "glorot", "he": "he"}


@lru_cache
def taught(name, how, seed=0):
    """The loss after 20 epochs of a network of ``name`` neurons from the start ``how``, and its first gradient."""
    X, y = DIGITS.X[:500] / 16, DIGITS.y[:500]
    net = mlp((64, *[50] * 8, 10), name)
    theta = net.init(seed=seed, how=START[how])
    run = Trainer(GradientDescent(0.1), epochs=20, batch=50).train(net, X, y, "cross-entropy", theta=theta)
    return run.losses[-1], np.linalg.norm(net.oracle(X, y, "cross-entropy")(theta)[1])


def training(chapter):
    assert DIGITS.X.shape == (1797, 64)
    chapter.says(
        r"500 real handwritten digits of $8 \times 8$ pixels, and networks of eight hidden layers with 50 units "
        "each. All get the same 20 epochs"
    )
    chapter.says(rf"costs a loss of $\ln 10 = {log(10):.3f}$")
    for stuck in (("sigmoid", "glorot"), ("tanh", "small"), ("relu", "small")):
        assert taught(*stuck)[0] == pytest.approx(log(10), abs=0.01)
    chapter.says("still guess after 20 epochs")
    chapter.says("These are training digits, and 20 epochs are few")
    ends = {(name, how): taught(name, how)[0] for name in ("tanh", "relu") for how in ("glorot", "he")}
    chapter.says(f"from Glorot's start its loss is {ends['relu', 'glorot']:.2f}, from He's {ends['relu', 'he']:.2f}")
    chapter.says(f"{ends['tanh', 'he']:.2f} from He's start, {ends['tanh', 'glorot']:.2f} from Glorot's")
    for seed in (0, 1, 2):  # "Two more seeds agree in both."
        for name in ("tanh", "relu"):
            assert taught(name, "he", seed)[0] < taught(name, "glorot", seed)[0]
        assert taught("tanh", "he", seed)[1] > taught("tanh", "glorot", seed)[1]  # "its first gradient is larger"


CLAIMS = [one_neuron, slopes, table, use, radial, chain, cure, steady, sums, variances, starts, training]
COMPARED = {
    "never passes more than a quarter": slopes,
    "costs an exponential": "a definition",
    "dearer than ReLU": "a definition",
    "Two Gaussian units settle XOR": radial,
    "The activations settle at the point where": chain,
    "a little less than a quarter": chain,
    "the activations settle at 0.98": cure,
    "each layer takes less than the one before it": steady,
    "four times as steep at 0": use,
    "have lost less than a factor of ten": starts,
    "costs a loss of": training,
}


def test_the_engine_finds_what_the_chapter_says(chapter, claim):
    chapter.proves(claim)


def test_no_other_number_stands_in_the_prose(proven):
    proven.says("**Time** 75 minutes")  # a reader's estimate
    # The formulas' own constants: bounds 0 and ±1, the 2 of a variance, the quarter's 4 and its power.
    assert proven.unproven(given={"0", "1", "-1", "−1", "2", "4", "-4"}) == []
