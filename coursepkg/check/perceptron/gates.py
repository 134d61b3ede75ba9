"""What one step neuron can and cannot compute of the Boolean functions."""

from itertools import product
from typing import Any

import numpy as np

from coursepkg.engine.activations import step
from coursepkg.engine.datasets import boolean, gate
from coursepkg.engine.perceptron import separable

from ..answer import Answer, Wrong, numbers, says, show, whole
from ..exercise import exercise

_NAND_MISTAKES = {
    (0, 0, 0, 1): (
        "Your neuron computes AND; NAND is its opposite.",
        "Make active inputs speak against firing.",
    ),
    (0, 1, 1, 1): (
        "Your neuron computes OR: an active input makes it fire.",
        "In NAND an active input speaks against firing. Which sign do the weights need?",
    ),
    (1, 0, 0, 0): (
        "Your neuron computes NOR: one active input already silences it.",
        "Raise b until w1 + b ≥ 0 and w2 + b ≥ 0, and stop before w1 + w2 + b reaches 0.",
    ),
    (0, 0, 0, 0): (
        "Your neuron never fires. In row (0, 0) z is b alone.",
        "Start from row (0, 0): which b makes it fire?",
    ),
    (1, 1, 1, 1): (
        "Your neuron always fires: two active inputs together must outweigh b.",
        "Make the weights more negative, or b smaller, until w1 + w2 + b < 0.",
    ),
}


@exercise(
    "NAND is silent in one row only, (1, 1), and fires in the other three. Which sign must z have in each row?",
    "In row (0, 0) only b is left of z; in row (1, 1) both weights act. So b ≥ 0, while w1 + w2 + b < 0: the "
    "weights are negative.",
    "One active input must not silence the neuron (w1 + b ≥ 0), two must (w1 + w2 + b < 0). Take two equal "
    "negative weights and look for b between the two conditions.",
)
def nand(weights: Answer) -> str:
    """`weights()` returns (w1, w2, b) of a step neuron that computes NAND."""
    X, y, *_ = gate("NAND")
    *w, b = numbers(weights(), 3, "(w1, w2, b)", "your neuron")
    z = X @ np.array(w) + b
    yhat = step(z).astype(int)
    if (yhat == y).all():
        return f"With z = {show(z)} in the rows 00, 01, 10, 11, ŷ is {show(yhat)}: NAND."
    i = np.flatnonzero(yhat != y)[-1]
    words = says(*_NAND_MISTAKES[tuple(yhat)]) if tuple(yhat) in _NAND_MISTAKES else {}
    if z[3] == 0:
        rule = "The step fires at z ≥ 0, so zero counts as firing."
        words = says(
            rule, "Row (1, 1) sits exactly on the boundary: lower b a little, and keep the other rows at z ≥ 0."
        )
    z_i = " + ".join([*(f"{show(weight)}·{x:g}" for weight, x in zip(w, X[i], strict=True)), show(b)])
    on = f"row x = {show(tuple(X[i]))}, where NAND is {y[i]}"
    raise Wrong("z", on=on, got=f"{z_i} = {show(z[i])}, so ŷ = {yhat[i]}", **words)


@exercise(
    "Write down for each row of XOR what z = w1·x1 + w2·x2 + b must satisfy: z ≥ 0 where XOR is 1, else z < 0.",
    "Two rows say ≥ 0 and two say < 0. Inequalities that point the same way may be added: add the two of each kind.",
    "The rows (0, 1) and (1, 0) give w2 + b ≥ 0 and w1 + b ≥ 0. Write their sum as (c1, c2, c0, '>='), where c0 "
    "counts how often b occurs. Do the same with the two rows that must stay silent, with '<'.",
)
def xor_clash(pair: Answer) -> str:
    """`pair()` returns two clashing inequalities (c1, c2, c0, sign): c1·w1 + c2·w2 + c0·b sign 0."""
    for sign, c in sorted(_inequalities(pair()).items(), reverse=True):
        if c[0] > 0 and np.allclose(c, c[0] * np.array([1, 1, 2])):
            continue
        rows, value = ("(0, 1) and (1, 0)", 1) if sign == ">=" else ("(0, 0) and (1, 1)", 0)
        words = {}
        if np.count_nonzero(c) < 3:
            rule = "One row of XOR alone is never impossible: b and a weight can always please it."
            words = says(rule, "Add both rows of this kind, so that w1, w2 and b all occur.")
        elif np.allclose(c, c[0]):
            rule = "b stands in every row, so the sum of two rows holds it twice."
            words = says(rule, "Count the b's again: row (0, 0) has one too, it says b < 0.")
        elif c[0] < 0 and np.allclose(c, c[0] * np.array([1, 1, 2])):
            rule = "Multiplying an inequality by −1 turns its sign round."
            words = says(rule, "Turn the sign as well, or leave the numbers as the rows give them.")
        left = " + ".join(f"{show(k)}·{name}" for k, name in zip(c, ("w1", "w2", "b"), strict=True))
        on = f"the rows {rows}, where XOR is {value}"
        raise Wrong("your inequality", on=on, got=f"{left} {sign} 0", **words)
    return (
        "The two rows that fire add up to w1 + w2 + 2b ≥ 0, the two silent ones to w1 + w2 + 2b < 0. No numbers "
        "do both, so no weights give XOR, whatever rule looks for them."
    )


def _inequalities(pair: Any) -> dict[str, np.ndarray]:
    """The coefficients (3,) of the inequality with '>=' and of the one with '<'."""
    on, form = "the table of XOR", "An inequality is (c1, c2, c0, sign), the sign one of '>=', '>', '<=', '<'"
    parts = list(pair) if isinstance(pair, (tuple, list)) else []
    if len(parts) != 2 or not all(isinstance(part, (tuple, list)) and len(part) == 4 for part in parts):
        raise Wrong(
            "the pair", on=on, got=show(pair), rule=f"{form}, and the answer holds two.", next="Return (first, second)."
        )
    found = {}
    for *c, sign in parts:
        if sign not in (">=", ">", "<=", "<"):
            raise Wrong("a sign", on=on, got=show(sign), rule=f"{form}.", next="Write the sign as text, in quotes.")
        c = numbers(c, 3, "(c1, c2, c0)", on)
        if sign in ("<=", ">") and (c < 0).all():
            c, sign = -c, {"<=": ">=", ">": "<"}[sign]
        if sign in (">", "<="):
            raise Wrong(
                "a sign",
                on=on,
                got=show(sign),
                rule="The step fires at z ≥ 0, zero included: a firing row says z ≥ 0, a silent one z < 0.",
                next="Use '>=' for the rows where XOR is 1 and '<' for the rows where it is 0.",
            )
        found[sign] = c
    if len(found) < 2:
        raise Wrong(
            "the sign of both inequalities",
            on=on,
            got=show(sign),
            rule="Two inequalities that point the same way can both hold; a clash needs ≥ 0 against < 0.",
            next="Take one inequality from the rows where XOR is 1 and one from the rows where it is 0.",
        )
    return found


@exercise(
    "A Boolean function of n inputs is a column of 2ⁿ zeros and ones, so there are 2^(2ⁿ) of them. Ask of each "
    "whether some neuron computes it.",
    "itertools.product((0, 1), repeat=n) lists the inputs, product((0, 1), repeat=2**n) the columns y, and "
    "separable(X, y) from coursepkg.engine.perceptron decides.",
    "Count the columns y for which separable(X, y) is true. Both constant columns are among them: with w = 0, b "
    "alone decides.",
)
def count_separable(count: Answer, *sizes: int) -> str:
    """`count(n)` returns how many Boolean functions of n inputs a step neuron computes; tried on `sizes`."""
    for n in sizes or (2, 3):
        columns = list(product((0, 1), repeat=2**n))
        right = sum(separable(*boolean(y)[:2]) for y in columns)
        got = whole(count(n), "the count", f"n = {n}")
        if got != right:
            raise Wrong("the count", on=f"n = {n}", got=got, **_count_mistake(n, got, right, len(columns)))
    if sizes:
        return f"The count is right for n = {', '.join(map(str, sizes))}."
    return "14 of the 16 functions of two inputs, but only 104 of the 256 of three: the share falls fast."


def _count_mistake(n: int, got: int, right: int, every: int) -> dict[str, str]:
    known = {
        right - 2: (
            "The constants, always 0 and always 1, are functions too, and b alone computes each.",
            "Keep them: a table with one value only is separable.",
        ),
        every: (
            "That is the number of all Boolean functions, and XOR is one that no neuron computes.",
            "Count only those that pass a test of separability.",
        ),
        every - 1: (
            "XOR is not alone: its opposite, 1 where the inputs agree, cannot be computed either.",
            "Let a test decide on each function instead of striking out those you know.",
        ),
        every - right: ("That many functions are computed by no neuron.", "Count the others."),
        right // 2: (
            "A function and its opposite are two functions.",
            "Go through all 2^(2ⁿ) columns, not half of them.",
        ),
    }
    if got in known:
        return says(*known[got])
    if n == 2:
        return {}
    if got < right:
        return says(
            "Some separable functions were missed: a run that has not ended proves nothing, and without b the "
            "boundary is tied to the origin.",
            "Let b take part and allow more epochs, or let separable(X, y) decide without running the rule.",
        )
    return says("Some columns were counted twice, or no neuron computes them.", "List the columns that you count.")
