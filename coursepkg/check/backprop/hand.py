"""Gradients of a small network by hand, judged by finite differences."""

from functools import partial
from typing import Any

import numpy as np

from ..answer import Answer, show
from ..exercise import exercise
from ..slips import known
from .parts import judge


@exercise(
    "Begin at the end. The output has no activation: how does L = ½(ŷ − y)² answer to its sum, which is ŷ itself?",
    "δ2 = ŷ − y. What came in through w2 is a1, so ∂w2 = δ2·a1 and ∂b2 = δ2. Then hand δ2 back along w2, and through "
    "the slope of tanh, which is 1 − a1².",
    "δ1 = δ2·w2·(1 − a1²), component by component; ∂b1 = δ1, and ∂W1 = np.outer(δ1, x): a row for each hidden neuron.",
)
def hand_gradients(gradients: Answer, seed: int = 0) -> str:
    """`gradients(x, y, W1, b1, w2, b2)` returns (∂W1, ∂b1, ∂w2, ∂b2) of ½(ŷ − y)², ŷ = w2·tanh(W1 x + b1) + b2."""
    rng = np.random.default_rng(seed)
    for d, hidden in ((2, 2), (3, 4), (1, 3), (4, 2)):
        x, W1, b1, w2 = (rng.normal(0, 1, size).round(1) for size in (d, (hidden, d), hidden, hidden))
        b2, y = rng.normal(0, 1, 2).round(1).tolist()
        on = f"x = {show(x)}, y = {show(y)} and {hidden} hidden neurons"
        given = {"W1": W1, "b1": b1, "w2": w2, "b2": b2}
        judge(gradients(x, y, *given.values()), given, partial(_loss, x, y), on, partial(_mistake, x, y, given))
    return "Finite differences agree with every gradient, in networks of four shapes."


def _loss(x: np.ndarray, y: float, W1: np.ndarray, b1: np.ndarray, w2: np.ndarray, b2: float) -> float:
    return float(0.5 * (w2 @ np.tanh(W1 @ x + b1) + b2 - y) ** 2)


def _mistake(x: np.ndarray, y: float, given: dict[str, Any], name: str, got: np.ndarray) -> dict[str, str]:
    W1, b1, w2, b2 = given.values()
    z1 = W1 @ x + b1
    a1 = np.tanh(z1)
    slope, e = 1 - a1**2, w2 @ a1 + b2 - y
    d1 = e * w2 * slope
    slopes = (
        ("is missing", 1.0, "Multiply by 1 − a1², component by component."),
        ("is not that of the sigmoid", a1 * (1 - a1), "The hidden activation is tanh: its slope is 1 − a1²."),
        ("is taken at a1 instead of z1", 1 - np.tanh(a1) ** 2, "1 − a1² already is tanh′(z1): a1 is tanh(z1)."),
    )
    slips = {
        "b2": [
            (-e, "The sign is turned round: L grows with ŷ where ŷ is too large.", "The error is ŷ − y."),
            (2 * e, "The ½ in front of the square takes the 2 away.", "Differentiate ½(ŷ − y)²."),
            (e * (1 - np.tanh(e + y) ** 2), "The output has no activation, so no slope.", "δ2 is ŷ − y itself."),
        ],
        "w2": [
            (e * z1, "Through w2 came the activation a1, not the sum z1.", "Replace z1 by a1."),
            (a1, "That is how ŷ answers to w2; asked is how L does.", "Multiply by δ2."),
            (e * w2, "That is how L answers to a1, what is handed back.", "Blame times what came in: a1."),
        ],
        "b1": [
            *((e * w2 * s, f"The slope of tanh {what}.", step) for what, s, step in slopes),
            (e * slope, "The blame comes back along w2, so w2 is a factor of it.", "Multiply by w2 as well."),
            (e * a1 * slope, "Back along w2 comes δ2·w2, not δ2·a1.", "a1 belongs into ∂w2 only."),
        ],
        "W1": [
            (np.outer(x, d1), *_TRANSPOSED),
            (np.outer(d1, np.ones(len(x))), "What came in through W1 is x, and x is not all 1.", "Multiply by x."),
        ],
    }
    return known(got, slips[name]) or {"ask": _QUESTIONS[name]}


_QUESTIONS = {
    "b2": "how does L = ½(ŷ − y)² grow with ŷ, and how does ŷ grow with b2?",
    "w2": "your ∂b2 is right. What does w2 multiply on the way to ŷ?",
    "b1": "your ∂w2 is right. Along which weight does the blame come back to a hidden neuron, and what does tanh add?",
    "W1": "your ∂b1 is right. What does entry (j, k) of W1 multiply on the way to neuron j?",
}
_TRANSPOSED = (
    "Row j of ∂W1 belongs to hidden neuron j, as in W1; yours is transposed.",
    "Swap the two factors of np.outer.",
)
