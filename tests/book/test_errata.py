"""The errata: each says what holds and where the book shows it, the book does, and what holds is so."""

import re

import numpy as np
import pytest

from coursepkg.engine.activations import (
    SELU_ALPHA,
    SELU_LAMBDA,
    activation,
    selu_slope,
    sigmoid,
    sigmoid_slope,
    step_slope,
)
from coursepkg.engine.derivatives import numerical_gradient
from coursepkg.engine.descent import descend
from coursepkg.engine.landscapes import quadratic
from coursepkg.engine.logistic import log_loss_gradient
from coursepkg.engine.network import mlp
from coursepkg.engine.optimisers import Adam, GradientDescent
from tests.book.prose import BOOK, Prose

TEXT = (BOOK / "errata.md").read_text(encoding="utf-8")
ENTRIES = dict(re.findall(r"^## (.*?)\n\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL))

#: What each linked section must speak of to show the point.
SHOWN = {
    "Convex functions": {
        "08_landscapes.ipynb#one-chord-is-enough": r"x\^2/\(1\+x\^2\).*e\^x.*max",
        "08_landscapes.ipynb#what-convexity-buys": "Every local minimum of a convex function is global",
    },
    "Getting closer": {
        "05_descent.ipynb#walk-downhill": "step's length is not",
        "05_descent.ipynb#how-far-is-safe": "what a falling loss does \\*not\\* say",
        "08_landscapes.ipynb#what-convexity-buys": "critical point",
    },
    "Least squares has one valley": {
        "05_descent.ipynb#solve-instead-of-walking": "independent",
        "08_landscapes.ipynb#what-convexity-buys": "dependent",
    },
    "What an iteration costs": {"05_descent.ipynb#what-does-it-cost": r"O\(np\^2 \+ p\^3\)"},
    "Must the loss fall every time?": {
        "05_descent.ipynb#how-far-is-safe": r"2/L",
        "06_stochastic.ipynb#many-rough-steps-beat-few-exact-ones": "SGD does not, nor do momentum and Adam",
    },
    "What least squares assumes": {
        "04_backprop.ipynb#where-losses-come-from": "one and the same",
        "05_descent.ipynb#solve-instead-of-walking": "is the sum.*Gauss and Markov",
    },
    "Backpropagation, every factor": {
        "04_backprop.ipynb#any-network": r"\\odot g'",
        "04_backprop.ipynb#where-losses-come-from": "Mind the factors",
        "02_mlp.ipynb#layers": "single-layer network",
    },
    "Why gradients vanish": {"03_activations.ipynb#a-whisper-down-the-chain": r"\|w\|\}?\{?4"},
    "What happens at zero": {"03_activations.ipynb#ten-functions": "leaky ReLU .*kink.*SELU has a kink too"},
    "Adam": {
        "06_stochastic.ipynb#to-each-coordinate-its-own-step": "uncentred second moment",
        "06_stochastic.ipynb#why-the-hats": "Without hats the first step",
    },
    "When the perceptron stops": {
        "01_perceptron.ipynb#when-does-it-stop": "linearly separable.*for ever",
        "01_perceptron.ipynb#a-softer-neuron-logistic-regression": r"sigma'\(z\)\$ would remain",
        "04_backprop.ipynb#why-the-blame-is-ŷ--y": r"sigma'\(z\)\$ stays",
    },
    "What one layer cannot do": {
        "history.md#one-layer": "So the story is often told",
        "01_perceptron.ipynb#what-one-neuron-cannot-do": "second layer computes XOR was known",
        "02_mlp.ipynb#xor-by-hand": "hidden",
        "02_mlp.ipynb#depth-without-nonlinearity": "affine",
    },
    "Shifted pictures": {"convolution.ipynb#what-moves-and-what-stays": r"Equivariant.*pooling.*at several"},
    "Test, gap and penalty": {
        "07_regularisation.ipynb#right-about-the-wrong-thing": "generalisation gap",
        "07_regularisation.ipynb#dropout": r"divided by \$1 - p",
        "07_regularisation.ipynb#weight-decay-and-why-adam-has-its-own": "For Adam they are not",
    },
    "Any function?": {"02_mlp.ipynb#build-any-function": "Theorem.*universal approximation"},
    "Like a brain?": {
        "01_perceptron.ipynb#where-the-metaphor-breaks": "all or none.*graded",
        "metaphor.md#does-a-brain-backpropagate": "The question is open",
    },
}


def section(target: str) -> str:
    """The prose below the heading to which a link leads, up to the next heading of its rank."""
    page, anchor = target.split("#")
    text = (
        (BOOK / page).read_text(encoding="utf-8") if page.endswith(".md") else Prose(page.removesuffix(".ipynb")).text
    )
    headings = re.findall(r"^(#+) (.*)$", text, re.MULTILINE)
    # The slug of a heading, as MyST and GitHub make it.
    found = [
        (rank, title) for rank, title in headings if re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") == anchor
    ]
    assert len(found) == 1, f"{target} leads to {len(found)} headings"
    ((rank, title),) = found
    return re.split(rf"^#{{1,{len(rank)}}} ", text.split(f"{rank} {title}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def test_each_says_what_holds_and_where_it_is_shown():
    assert list(ENTRIES) == list(SHOWN)
    assert len(ENTRIES) == 16
    for text in ENTRIES.values():
        assert re.match(r"\*\*The slides\*\* \{cite:p\}`[\w,]+`: ", text)
        assert "\n\n**What holds.** " in text
        assert re.search(r"\n\n\*\*Shown in\*\* .*\.\n*\Z", text)


@pytest.mark.parametrize("entry", SHOWN)
def test_the_linked_sections_show_it(entry):
    assert re.findall(r"\]\(([^)]+)\)", ENTRIES[entry]) == list(SHOWN[entry])
    for target, words in SHOWN[entry].items():
        assert re.search(words, section(target), re.DOTALL), target


def chords(f, reach=4.0):
    """The most by which a chord of f runs below its graph; 0 where f is convex."""
    x = np.linspace(-reach, reach, 81)
    middle = f((x[:, None] + x) / 2)
    return float((middle - (f(x)[:, None] + f(x)) / 2).max())


def test_one_lowest_point_is_not_convexity():
    x = np.linspace(-4, 4, 8001)
    exponential, flat, bell = np.exp, lambda x: np.maximum(0, abs(x) - 1) ** 2, lambda x: x**2 / (1 + x**2)
    for convex in (exponential, flat):
        assert chords(convex) < 1e-12
    assert chords(bell) > 0.1
    assert (np.diff(exponential(x)) > 0).all()  # it falls for ever to the left
    assert (flat(x) == 0).sum() == 2001
    assert (bell(x) == 0).sum() == 1


def test_a_falling_loss_may_lead_away():
    """On a long valley, a step down its wall leaves the lower point further from the lowest."""

    def f(p):
        return 100 * p[1] ** 2 + p[0] ** 2

    before, after = np.array([0.0, 1.0]), np.array([4.0, 0.1])
    assert f(after) < f(before)
    assert np.linalg.norm(after) > np.linalg.norm(before)


def test_small_steps_of_descent_on_a_convex_function_do_both():
    path = descend(GradientDescent(1.9 / 100), quadratic(100.0).first, [4.0, -1.0], steps=50)  # η < 2/L
    away = np.linalg.norm(path.x, axis=1)
    assert (np.diff(path.f) < 0).all()
    assert (np.diff(away) < 0).all()


def test_backpropagation_has_every_factor():
    rng = np.random.default_rng(0)
    W1, W2, b1, b2 = rng.normal(size=(4, 3)), rng.normal(size=(2, 4)), rng.normal(size=4), rng.normal(size=2)
    x, y = rng.normal(size=3), rng.normal(size=2)

    def loss(W1, W2):
        return float(((sigmoid(W2 @ sigmoid(W1 @ x + b1) + b2) - y) ** 2).sum() / 2)

    z1 = W1 @ x + b1
    z2 = W2 @ sigmoid(z1) + b2
    delta2 = (sigmoid(z2) - y) * sigmoid_slope(z2)
    delta1 = W2.T @ delta2 * sigmoid_slope(z1)
    np.testing.assert_allclose(np.outer(delta2, sigmoid(z1)), numerical_gradient(lambda W: loss(W1, W), W2), atol=1e-9)
    np.testing.assert_allclose(np.outer(delta1, x), numerical_gradient(lambda W: loss(W, W2), W1), atol=1e-9)


def test_slopes_at_zero_and_far_away():
    assert float(selu_slope(-1e-12)) == pytest.approx(SELU_LAMBDA * SELU_ALPHA)
    assert float(selu_slope(1e-12)) == pytest.approx(SELU_LAMBDA)
    for g in ("relu", "leaky_relu"):
        left, right = activation(g).df(np.array([-1e-12, 1e-12]))
        assert left < right
    assert (step_slope(np.array([-3.0, -0.1, 0.1, 3.0])) == 0).all()
    assert float(sigmoid_slope(np.array(0.0))) == 0.25
    assert (3 / 4) ** 5 > 4.0**-5  # with |w| = 3 the bound is the larger one


def test_adam_with_and_without_its_correction():
    path = Adam(0.1).iterates(lambda x: (float(x[0]), np.array([1.0])), np.array([0.0]))
    start, first = next(path)[0].copy(), next(path)[0]
    assert start - first == pytest.approx(0.1)
    assert 0.1 * (1 - 0.9) / np.sqrt(1 - 0.999) > 0.3  # uncorrected: three times as long


def test_the_perceptrons_formula_with_a_sigmoid_is_the_log_loss():
    x, y, w, b = np.array([[0.5, -2.0]]), np.array([1]), np.array([0.3, 0.1]), -0.2
    a = sigmoid(x @ w + b)
    dw, db = log_loss_gradient(x, y, w, b)
    np.testing.assert_allclose(-dw, ((y - a) @ x))
    assert -db == pytest.approx(float(y[0] - a[0]))


def test_layers_without_activations_are_affine():
    net = mlp((2, 3, 1), "identity")
    theta = np.random.default_rng(0).normal(size=net.size)
    at = {p: float(net(theta, np.array([p]))[0, 0]) for p in [(0, 0), (1, 0), (0, 1), (1, 1)]}
    assert at[0, 0] != 0
    assert at[1, 1] + at[0, 0] == pytest.approx(at[1, 0] + at[0, 1])
