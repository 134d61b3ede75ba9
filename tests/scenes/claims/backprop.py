"""The claims of chapter 4's explorables."""

from functools import lru_cache
from types import SimpleNamespace

import numpy as np

from tests.scenes.saying import says


def sigma(z):
    return 1 / (1 + np.exp(-z))


def outputs(theta: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, float]:
    """The hidden activations and the answer of the 2-2-1 network with parameters theta (9,)."""
    a1 = sigma(theta[:4].reshape(2, 2) @ x + theta[4:6])
    return a1, float(sigma(theta[6:8] @ a1 + theta[8]))


@lru_cache
def worked(example: str, w11: float) -> SimpleNamespace:
    """Every number of the tape: forward by the formulas, the gradient by central differences."""
    theta = np.array([w11, -2, -1, 1.5, 0.5, 0, -2, 1, 0.5])
    x, y = np.array([float(digit) for digit in example]), float(example[0] != example[1])
    a1, a2 = outputs(theta, x)
    z1 = theta[:4].reshape(2, 2) @ x + theta[4:6]
    h = 1e-5

    def loss(theta):
        return (outputs(theta, x)[1] - y) ** 2 / 2

    gradient = np.array([(loss(theta + h * e) - loss(theta - h * e)) / (2 * h) for e in np.eye(9)])
    slope1, slope2 = a1 * (1 - a1), a2 * (1 - a2)
    # A bias's gradient is its neuron's blame, and what a weight hands back is the blame times it.
    return SimpleNamespace(
        theta=theta, x=x, y=y, z1=z1, a1=a1, z2=float(theta[6:8] @ a1 + theta[8]), a2=a2, loss=loss(theta),
        error=a2 - y, slope1=slope1, slope2=slope2, d2=gradient[8], d1=gradient[4:6], dW2=gradient[6:8],
        da1=theta[6:8] * gradient[8], dW1=gradient[:4].reshape(2, 2), gradient=gradient,
    )  # fmt: skip


def are(said: str, values) -> bool:
    """Whether a list as it is written, (1.5, −1), a single number or (−0.147), holds the values to three decimals."""
    numbers = [float(part) for part in said.strip("()").replace("−", "-").split(", ")]
    values = np.atleast_1d(values)
    return len(numbers) == len(values) and bool(np.all(np.abs(np.subtract(numbers, values)) <= 0.5e-3 + 1e-7))


def written(said: str, *terms) -> bool:
    """Whether a sum of products, as 1 · 1 + (−2) · 0 + 0.5, has these ``terms``, each a tuple of its factors."""
    said_terms = said.split(" + ")
    return len(said_terms) == len(terms) and all(
        are(", ".join(factor.strip("()") for factor in term.split(" · ")), factors)
        for term, factors in zip(said_terms, terms, strict=True)
    )


@says("blame_tape", "The input is x = <x:…>, and its target is y = <y>.", step=1)
def a0(state, said):
    v = worked(state.example, state.w11)
    return are(said.x, v.x) and said.y == v.y


@says("blame_tape", "The hidden sums: <one:…> = <z_1> and <two:…> = <z_2>.", step=2)
def z1(state, said):
    v = worked(state.example, state.w11)
    for k, (words, z) in enumerate(((said.one, said.z_1), (said.two, said.z_2))):
        w, b = v.theta[2 * k : 2 * k + 2], v.theta[4 + k]
        assert written(words, (w[0], v.x[0]), (w[1], v.x[1]), (b,))
        assert z.is_(v.z1[k], 3)


@says("blame_tape", "The sigmoid of <z:…> is <a:…>.", step=3)
def a1(state, said):
    v = worked(state.example, state.w11)
    return are(said.z, v.z1) and are(said.a, v.a1)


@says("blame_tape", "The output's sum: <sum:…> = <z>.", step=4)
def z2(state, said):
    v = worked(state.example, state.w11)
    assert written(said.sum, *zip(v.theta[6:8], v.a1, strict=True), (v.theta[8],))
    return said.z.is_(v.z2, 3)


@says("blame_tape", "The network answers σ(<z>) = <a>; the target is <y>.", step=5)
def a2(state, said):
    v = worked(state.example, state.w11)
    return said.z.is_(v.z2, 3) and said.a.is_(v.a2, 3) and said.y == v.y


@says("blame_tape", "The loss is ½ (<a> − <y>)² = <L>. The way forward is done, and every value on it is kept.", step=6)
def loss(state, said):
    v = worked(state.example, state.w11)
    return said.a.is_(v.a2, 3) and said.y == v.y and said.L.is_(v.loss, 3)


@says("blame_tape", "<a> − <y> = <error>: to lower the loss, <way:raise|lower> the answer.", step=7)
def error(state, said):
    v = worked(state.example, state.w11)
    assert said.a.is_(v.a2, 3)
    assert said.y == v.y
    assert said.error.is_(v.error, 3)
    return (said.way == "raise") == (v.a2 < v.y)


@says("blame_tape", "Through the sigmoid, times its slope: <product:…> = <d>. That is the output's blame.", step=8)
def d2(state, said):
    v = worked(state.example, state.w11)
    assert written(said.product, (v.error, v.slope2))
    return said.d.is_(v.error * v.slope2, 3) and abs(v.error * v.slope2 - v.d2) < 1e-8


@says("blame_tape", "Blame times what came in: <d:…> · <a:…> = <g:…>.", step=9)
def dW2(state, said):
    v = worked(state.example, state.w11)
    return are(said.d, v.d2) and are(said.a, v.a1) and are(said.g, v.dW2)


@says("blame_tape", "The bias came in times 1, so its gradient is the blame itself, <d>.", step=10)
def db2(state, said):
    return said.d.is_(worked(state.example, state.w11).d2, 3)


@says("blame_tape", "Back along the weights: <w:…> · <d:…> = <back:…>.", step=11)
def da1(state, said):
    v = worked(state.example, state.w11)
    return are(said.w, v.theta[6:8]) and are(said.d, v.d2) and are(said.back, v.da1)


@says(
    "blame_tape",
    "Through the sigmoids, times their slopes: <one:…> = <d_1> and <two:…> = <d_2>. That is the hidden blame.",
    step=12,
)
def d1(state, said):
    v = worked(state.example, state.w11)
    for k, (words, d) in enumerate(((said.one, said.d_1), (said.two, said.d_2))):
        assert written(words, (v.da1[k], v.slope1[k]))
        assert d.is_(v.d1[k], 3)
        assert abs(v.da1[k] * v.slope1[k] - v.d1[k]) < 1e-8


@says("blame_tape", "Blame times input, a row for each hidden neuron: <one:…> and <two:…>.", step=13)
def dW1(state, said):
    v = worked(state.example, state.w11)
    return are(said.one, v.dW1[0]) and are(said.two, v.dW1[1])


@says("blame_tape", "Nothing came in from <x:x₁ or x₂|x₁|x₂>, so its weights hear nothing.", step=13, example="00")
def silent(state, said):
    v = worked(state.example, state.w11)
    quiet = [k for k in (0, 1) if not v.dW1[:, k].any()]
    assert said.x == " or ".join(("x₁", "x₂")[k] for k in quiet)
    return not v.x[quiet].any()


@says(
    "blame_tape",
    "The hidden biases take the blame itself, <d:…>. All nine gradients come from one pass back, and finite "
    "differences agree: the relative error is below <error>.",
    step=14,
)
def db1(state, said):
    """What is left of the error is rounding, so only its size is said."""
    v = worked(state.example, state.w11)
    assert are(said.d, v.d1)
    assert len(v.gradient) == 9
    exact = np.concatenate([np.outer(v.da1 * v.slope1, v.x).ravel(), v.da1 * v.slope1, v.error * v.slope2 * v.a1])
    far = np.linalg.norm(exact - v.gradient[:8]) / (2 * np.linalg.norm(v.gradient))
    assert far < said.error == 1e-9


@says(
    "wrong_and_deaf",
    "z = <z>: the answer is ŷ = <answer>, the target is 1. Under the squared error δ = (ŷ − y) σ′(z) = <clear> · "
    "<slope> = <blame>, and under cross-entropy it would be <times> times as large.",
)
def quiet(state, said):
    clear, slope = compared(state, said)
    assert state.name == "squared error"
    assert near(said.clear, clear)
    assert near(said.slope, slope)
    assert near(said.blame, clear * slope)


@says(
    "wrong_and_deaf",
    "z = <z>: the answer is ŷ = <answer>, the target is 1. Under cross-entropy δ = ŷ − y = <clear>, <times> times as "
    "large as under the squared error.",
    name="cross-entropy",
)
def loud(state, said):
    clear, _ = compared(state, said)
    assert state.name == "cross-entropy"
    assert near(said.clear, clear)


def compared(state, said) -> tuple[float, float]:
    """ŷ − y and σ′ from the logarithm: both blames are slopes of their losses, by differences."""
    z, h = state.z, 1e-4
    losses = (lambda z: np.log1p(np.exp(-z)), lambda z: (sigma(z) - 1) ** 2 / 2)
    clear, deaf = ((L(z + h) - L(z - h)) / (2 * h) for L in losses)
    assert said.z == z
    assert said.answer.is_(sigma(z), 4) if sigma(z) > 0.99 else near(said.answer, sigma(z))
    assert near(said.times, clear / deaf, 1e-4)
    return clear, deaf / clear


def near(said, value: float, more: float = 0.0) -> bool:
    """To three digits, or two in a power of ten; ``more`` is what the differences may err by, relative to the value."""
    digits = 3 if abs(value) >= 1e-3 else 2
    step = 0.5 * 10.0 ** (np.floor(np.log10(abs(value))) + 1 - digits)
    return abs(said - value) <= step * 1.001 + (more + 1e-7) * abs(value)
