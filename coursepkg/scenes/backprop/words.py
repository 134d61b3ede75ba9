"""Each step of the tape in words, with its live numbers."""

from collections.abc import Iterable

import numpy as np

from ...plots.numbers import number
from ...plots.powers import power
from .record import Record

SUPER = {"0": "⁽⁰⁾", "1": "⁽¹⁾", "2": "⁽²⁾"}

#: The formula of each step, in the tape's order.
FORMULAS = {
    "a0": "a⁽⁰⁾ = x",
    "z1": "z⁽¹⁾ = W⁽¹⁾ a⁽⁰⁾ + b⁽¹⁾",
    "a1": "a⁽¹⁾ = σ(z⁽¹⁾)",
    "z2": "z⁽²⁾ = W⁽²⁾ a⁽¹⁾ + b⁽²⁾",
    "a2": "ŷ = a⁽²⁾ = σ(z⁽²⁾)",
    "L": "L = ½ (ŷ − y)²",
    "∂a2": "∂a⁽²⁾ = ŷ − y",
    "δ2": "δ⁽²⁾ = ∂a⁽²⁾ ⊙ σ′(z⁽²⁾)",
    "∂W2": "∂W⁽²⁾ = δ⁽²⁾ a⁽¹⁾ᵀ",
    "∂b2": "∂b⁽²⁾ = δ⁽²⁾",
    "∂a1": "∂a⁽¹⁾ = W⁽²⁾ᵀ δ⁽²⁾",
    "δ1": "δ⁽¹⁾ = ∂a⁽¹⁾ ⊙ σ′(z⁽¹⁾)",
    "∂W1": "∂W⁽¹⁾ = δ⁽¹⁾ a⁽⁰⁾ᵀ",
    "∂b1": "∂b⁽¹⁾ = δ⁽¹⁾",
}


def three(value: float) -> str:
    """A number to three decimals at most."""
    return number(value, digits=3)


def listed(values: Iterable[float]) -> str:
    """Numbers as a tuple: (1.5, −1); a single one without brackets."""
    texts = [three(v) for v in values]
    return texts[0] if len(texts) == 1 else f"({', '.join(texts)})"


def bracketed(value: float) -> str:
    """A number as a factor or a term: in brackets if it is negative."""
    text = three(value)
    return f"({text})" if text.startswith("−") else text


def weighed(w: Iterable[float], x: Iterable[float]) -> str:
    """The sum of products of w and x, written out."""
    return " + ".join(f"{bracketed(p)} · {bracketed(q)}" for p, q in zip(w, x, strict=True))


def ceiling(error: float) -> str:
    """A power of ten above a rounding error, which differs between machines: at least 10⁻⁹."""
    return power(max(-9, int(np.ceil(np.log10(error))))).removeprefix("1.0·")


def symbol(name: str) -> str:
    """A step's name as it stands on the tape: z1 is z⁽¹⁾."""
    return name if name == "L" else name[:-1] + SUPER[name[-1]]


def says(found: Record, name: str) -> str:
    """Step ``name`` of the tape, worked out."""
    v = found.values
    (W1, b1), (W2, b2) = found.built.net.views(found.built.theta)
    slope1, slope2 = v["a1"] * (1 - v["a1"]), v["a2"] * (1 - v["a2"])
    x, (a2,), (d2,) = found.x, v["a2"], v["δ2"]
    match name:
        case "a0":
            return f"The input is x = {listed(x)}, and its target is y = {three(found.y)}."
        case "z1":
            sums = (f"{weighed(w, x)} + {bracketed(b)} = {three(z)}" for w, b, z in zip(W1, b1, v["z1"], strict=True))
            return "The hidden sums: " + " and ".join(sums) + "."
        case "a1":
            return f"The sigmoid of {listed(v['z1'])} is {listed(v['a1'])}."
        case "z2":
            return f"The output's sum: {weighed(W2[0], v['a1'])} + {bracketed(b2[0])} = {three(v['z2'][0])}."
        case "a2":
            return f"The network answers σ({three(v['z2'][0])}) = {three(a2)}; the target is {three(found.y)}."
        case "L":
            loss = f"½ ({three(a2)} − {three(found.y)})² = {three(v['L'][0])}"
            return f"The loss is {loss}. The way forward is done, and every value on it is kept."
        case "∂a2":
            way = "raise" if d2 < 0 else "lower"
            return f"{three(a2)} − {three(found.y)} = {three(v['∂a2'][0])}: to lower the loss, {way} the answer."
        case "δ2":
            product = f"{bracketed(v['∂a2'][0])} · {three(slope2[0])} = {three(d2)}"
            return f"Through the sigmoid, times its slope: {product}. That is the output's blame."
        case "∂W2":
            return f"Blame times what came in: {bracketed(d2)} · {listed(v['a1'])} = {listed(v['∂W2'])}."
        case "∂b2":
            return f"The bias came in times 1, so its gradient is the blame itself, {three(d2)}."
        case "∂a1":
            return f"Back along the weights: {listed(W2[0])} · {bracketed(d2)} = {listed(v['∂a1'])}."
        case "δ1":
            parts = zip(v["∂a1"], slope1, v["δ1"], strict=True)
            products = " and ".join(f"{bracketed(d)} · {three(s)} = {three(b)}" for d, s, b in parts)
            return f"Through the sigmoids, times their slopes: {products}. That is the hidden blame."
        case "∂W1":
            rows = " and ".join(listed(row) for row in v["∂W1"].reshape(2, 2))
            silent = [f"x{'₁₂'[k]}" for k in (0, 1) if x[k] == 0]
            said = f"Blame times input, a row for each hidden neuron: {rows}."
            return said + (f" Nothing came in from {' or '.join(silent)}, so its weights hear nothing." * bool(silent))
        case "∂b1":
            said = f"The hidden biases take the blame itself, {listed(v['δ1'])}. All nine gradients come from one pass "
            return said + f"back, and finite differences agree: the relative error is below {ceiling(found.error)}."
    raise ValueError(f"name must be a step of the tape, one of {tuple(FORMULAS)}, but it is {name!r}")
