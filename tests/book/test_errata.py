"""The errata: each says what holds and which page shows it, the page does, and what holds is so."""

import re

import numpy as np
import pytest

from coursepkg.engine.activations import SELU_ALPHA, SELU_LAMBDA, selu_slope, sigmoid, sigmoid_slope, step_slope
from coursepkg.engine.derivatives import numerical_gradient
from coursepkg.engine.logistic import log_loss_gradient
from coursepkg.engine.network import mlp
from coursepkg.engine.optimisers import Adam
from tests.book.prose import BOOK, Prose

TEXT = (BOOK / "errata.md").read_text(encoding="utf-8")
ENTRIES = dict(re.findall(r"^## (.*?)\n\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL))

#: What the linked page must speak of to show the point.
SHOWN = {
    "Convex functions": {"08_landscapes.ipynb": "chord"},
    "Getting closer": {"05_descent.ipynb": "step", "08_landscapes.ipynb": "saddle"},
    "Least squares has one valley": {"05_descent.ipynb": "independent"},
    "What an iteration costs": {"05_descent.ipynb": r"p\^3"},
    "Must the loss fall every time?": {
        "05_descent.ipynb": r"2\s*/\s*L|frac\{2\}\{",
        "06_stochastic.ipynb": "mini-batch",
    },
    "What least squares assumes": {"04_backprop.ipynb": "likel", "05_descent.ipynb": "Gauss and Markov"},
    "Backpropagation, every factor": {"04_backprop.ipynb": r"\\boldsymbol\{\\delta\}"},
    "Why gradients vanish": {"03_activations.ipynb": r"\|w\|\}?\{?4"},
    "What happens at zero": {"03_activations.ipynb": "SELU has a kink too"},
    "Adam": {"06_stochastic.ipynb": "uncentred second moment"},
    "When the perceptron stops": {
        "01_perceptron.ipynb": "ends only if the data are separable",
        "04_backprop.ipynb": r"sigma'\(z\)",
    },
    "What one layer cannot do": {"01_perceptron.ipynb": "single.{1,3} layer", "02_mlp.ipynb": "affine"},
    "Shifted pictures": {"convolution.ipynb": "Equivariant"},
    "Test, gap and penalty": {"07_regularisation.ipynb": r"1 - p"},
    "Any function?": {"02_mlp.ipynb": "Universal approximation"},
}


def test_there_are_fifteen_each_with_what_holds_and_where_it_is_shown():
    assert list(ENTRIES) == list(SHOWN)
    assert len(ENTRIES) == 15
    for text in ENTRIES.values():
        assert re.match(r"\*\*The slides\*\* \{cite:p\}`[\w,]+`: ", text)
        assert "\n\n**What holds.** " in text
        assert re.search(r"\n\n\*\*Shown in\*\* .*\.\n*\Z", text)


@pytest.mark.parametrize("entry", SHOWN)
def test_the_linked_pages_show_it(entry):
    linked = re.findall(r"\]\((\w+\.ipynb)\)", ENTRIES[entry])
    assert linked == list(SHOWN[entry])
    for page, word in SHOWN[entry].items():
        assert re.search(word, Prose(page.removesuffix(".ipynb")).text), page


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
