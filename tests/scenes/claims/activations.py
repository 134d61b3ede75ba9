"""The claims of chapter 3's explorables."""

from functools import lru_cache
from math import erf, exp, expm1, log1p, pi, sqrt, tanh

import numpy as np

from coursepkg.scenes import activations as scenes
from tests.scenes.saying import says

LAMBDA, ALPHA = 1.0507009873554805, 1.6732632423543772  # Klambauer et al. (2017)
#: Each function of the table and its derivative, from the formulas of the page.
TEN = {
    "identity": (lambda z: z, lambda z: 1.0),
    "step": (lambda z: float(z >= 0), lambda z: 0.0),
    "sigmoid": (lambda z: 1 / (1 + exp(-z)), lambda z: exp(-z) / (1 + exp(-z)) ** 2),
    "tanh": (tanh, lambda z: 4 / (exp(z) + exp(-z)) ** 2),
    "ReLU": (lambda z: max(z, 0.0), lambda z: float(z > 0)),
    "GELU": (
        lambda z: z * (1 + erf(z / sqrt(2))) / 2,
        lambda z: (1 + erf(z / sqrt(2))) / 2 + z * exp(-(z**2) / 2) / sqrt(2 * pi),
    ),
    "softplus": (lambda z: max(z, 0.0) + log1p(exp(-abs(z))), lambda z: 1 / (1 + exp(-z))),
    "ELU": (lambda z: z if z >= 0 else expm1(z), lambda z: 1.0 if z >= 0 else exp(z)),
    "SELU": (
        lambda z: LAMBDA * (z if z >= 0 else ALPHA * expm1(z)),
        lambda z: LAMBDA * (1 if z >= 0 else ALPHA * exp(z)),
    ),
    "leaky ReLU": (lambda z: max(z, 0.01 * z), lambda z: 1.0 if z > 0 else 0.01),
}
SIDE = 1e-9


def as_said(said, value: float) -> bool:
    """A number to four decimals; one that is smaller, but not 0, is said to be 0.0000…"""
    return said.is_(value, 4) and (said != 0 or abs(value) < 5e-5)


def slope(state) -> float:
    return TEN[state.g][1](state.z)


@says("slope_bank", "<g:identity|step|sigmoid|tanh|ReLU|GELU|softplus|ELU|SELU|leaky ReLU> at z = <z>: a = <a>.")
def the_value(state, said):
    assert said.g == state.g
    assert said.z == state.z
    assert as_said(said.a, TEN[state.g][0](state.z))


@says("slope_bank", "It jumps here, so it has no derivative; on both sides the slope is 0.", g="step", z=0)
def a_jump(state, said):
    f, df = TEN[state.g]
    assert abs(f(state.z + SIDE) - f(state.z - SIDE)) > 0.5
    assert df(state.z + SIDE) == df(state.z - SIDE) == 0


@says(
    "slope_bank",
    "It has no derivative here: the slope is <left> on the left and <right> on the right.",
    g="leaky ReLU",
    z=0,
)
def a_kink(state, said):
    f = TEN[state.g][0]
    left, right = (f(state.z) - f(state.z - SIDE)) / SIDE, (f(state.z + SIDE) - f(state.z)) / SIDE
    assert abs(right - left) > 1e-3
    assert said.left.is_(left, 4)
    assert said.right.is_(right, 4)


def smooth(state, said) -> float:
    """The slope, where the difference quotients of both sides agree with what was said."""
    f, value = TEN[state.g][0], slope(state)
    for h in (1e-6, -1e-6):
        assert abs((f(state.z + h) - f(state.z)) / h - value) < 1e-5
    assert as_said(said.rate, value)
    return value


@says("slope_bank", "The slope is <rate>: no gradient passes.", g="ReLU", z=-2)
def nothing(state, said):
    return smooth(state, said) == 0


@says("slope_bank", "The slope is <rate>: hardly any gradient passes.", g="tanh", z=6)
def hardly(state, said):
    return 0 < abs(smooth(state, said)) < 5e-5


@says(
    "slope_bank",
    "The slope is <rate>: a gradient leaves <times> times as large, with its sign reversed.",
    g="GELU",
    z=-1.2,
)
def reversed_(state, said):
    value = smooth(state, said)
    assert value < 0
    assert as_said(said.times, -value)


@says("slope_bank", "The slope is <rate>: a gradient passes unchanged.", g="ReLU", z=2)
def unchanged(state, said):
    return smooth(state, said) == 1


@says("slope_bank", "The slope is <rate>: a gradient passes all but unchanged.", g="GELU", z=6)
def all_but(state, said):
    return 0 < abs(smooth(state, said) - 1) < 5e-5


@says("slope_bank", "The slope is <rate>: a gradient leaves <times> times as large.")
def scaled(state, said):
    value = smooth(state, said)
    assert 5e-5 <= value != 1
    assert as_said(said.times, value)


@lru_cache
def factors(g: str, w: float) -> list[float]:
    """w g′(z) of 20 neurons in a row, from the input 1."""
    f, df = TEN[g]
    a, found = 1.0, []
    for _ in range(20):
        found.append(w * df(w * a))
        a = f(w * a)
    return found


@lru_cache
def steepest(g: str) -> float:
    """The largest slope, the limits at both sides of 0 among them, on a grid that holds GELU's steepest point √2."""
    return max(TEN[g][1](z) for z in (*np.linspace(-10, 10, 4001), -1e-12, 1e-12, sqrt(2)))


CHAIN = "<g:identity|step|sigmoid|tanh|ReLU|GELU|softplus|ELU|SELU|leaky ReLU>, w = <w>, <L> layer[s]: "


def setting(state, said) -> None:
    assert (said.g, said.w, said.L) == (state.g, state.w, state.L)


@says("whisper", CHAIN + "the gradient at the input is exactly 0, and no layer can learn.", g="step", w=2)
def deaf(state, said):
    """The last factor is 0, and every layer's gradient contains it."""
    setting(state, said)
    return factors(state.g, state.w)[state.L - 1] == 0


@says(
    "whisper",
    CHAIN + "of a gradient 1 at the output, <left> reaches the input. The bound allows <bound>; the last factor "
    "w·g′(z) was <last>.",
)
def what_is_left(state, said):
    setting(state, said)
    found = factors(state.g, state.w)[: state.L]
    product, bound = np.prod(found), (state.w * steepest(state.g)) ** state.L
    assert product <= bound * (1 + 1e-9)
    for said_, value in ((said.left, product), (said.bound, bound), (said.last, found[-1])):
        assert power_of_ten(said_, value), (said_, value)


def power_of_ten(said, value: float) -> bool:
    """A size as the page writes it: three digits from 0.001 to 9,999, else one decimal and a power of ten."""
    if 1e-3 <= value < 1e3:
        return said.is_(value, digits=3)
    return said.is_(value, decimals=0) if value < 9999.5 else said.is_(value, digits=2)


@lru_cache
def passed(start: str, g: str, L: int) -> tuple[list[float], list[float]]:
    """Root mean squares of activations and of blames, layer by layer, with the matrices alone."""
    whole, theta = scenes.fresh(start, g)
    f, df = (np.vectorize(h, otypes=[float]) for h in TEN[g])
    rng = np.random.default_rng(33)
    A, D = rng.standard_normal((100, 50)), rng.standard_normal((100, 50))
    W, Z, sizes, blames = [w for w, _ in whole.views(theta)][:L], [], [], []
    for w in W:
        Z.append(w @ A)
        A = f(Z[-1])
        sizes.append(np.sqrt(np.mean(A**2)))
    for w, z in zip(reversed(W), reversed(Z), strict=True):
        D = D * df(z)
        blames.insert(0, np.sqrt(np.mean(D**2)))
        D = w.T @ D
    return sizes, blames


SENT = (
    "<start:zero|small|Glorot|He|large> start, <g:sigmoid|tanh|ReLU|SELU>, <L> layers: activations have size <first> "
    "in layer 1 and <last> in layer <M>; "
)


def forward(state, said) -> list[float]:
    assert (said.start, said.g, said.L, said.M) == (state.start, state.g, state.L, state.L)
    sizes, blames = passed(state.start, state.g, state.L)
    assert power_of_ten(said.first, sizes[0])
    assert power_of_ten(said.last, sizes[-1])
    return blames


@says("start_right", SENT + "no gradient passes a weight that is 0.", start="zero", g="tanh")
def stopped(state, said):
    blames = forward(state, said)
    assert blames[0] == 0
    assert not any(
        w.any() for w, _ in scenes.fresh(state.start, state.g)[0].views(scenes.fresh(state.start, state.g)[1])
    )


@says("start_right", SENT + "gradients have size <deep> in layer <N> and <early> in layer 1.")
def both_ways(state, said):
    blames = forward(state, said)
    assert said.N == state.L
    assert power_of_ten(said.deep, blames[-1])
    assert power_of_ten(said.early, blames[0])
