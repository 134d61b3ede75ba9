"""How many networks compute the same: permutations of the hidden tanh units, and their signs."""

from math import comb, factorial

import numpy as np

from ..answer import Answer, Wrong, whole
from ..exercise import exercise
from ..slips import Slip, known

_COUNTS: tuple[Slip, ...] = (
    (
        factorial,
        "Those are the orders of the units. Each unit has a mirror image besides.",
        "How many signs are there?",
    ),
    (lambda h: 2**h, "Those are the signs alone. The units can change places besides.", "In how many orders?"),
    (lambda h: 2 * factorial(h), "Each unit can be turned by itself, not only all together.", "One choice a unit."),
    (lambda h: factorial(2 * h), "A unit and its own mirror image do not both occur.", "Order first, then sign."),
    (lambda h: h * 2**h, "h units can be put into more orders than h.", "How many choices for the first, the second?"),
    (lambda h: factorial(h) + 2**h, "Every order goes with every choice of signs.", "Choices that combine multiply."),
    (lambda h: comb(2 * h, h), "That chooses half of 2h things; here units are ordered and turned.", "Count both."),
    (
        lambda h: 2 * h,
        "Choices of different units combine: they multiply.",
        "Two signs for each of h units, and orders.",
    ),
)


@exercise(
    "Two things leave the network alone: units may change places, and a unit may be turned to its mirror image.",
    "Three units have 3 · 2 · 1 orders. Each of the three can be turned or not: 2 · 2 · 2.",
    "math.factorial(h) counts the orders. Multiply by 2 for each unit.",
)
def count_twins(count: Answer, seed: int = 0) -> str:
    """`count(h)` returns the number of equivalent tanh networks with one hidden layer of h different units."""
    drawn = np.random.default_rng(seed).choice((3, 6, 7, 8, 9, 11, 12), 3, replace=False).tolist()
    for h in (4, 1, 2, 5, 10, *drawn):
        got, right = whole(count(h), "the count", f"h = {h}"), factorial(h) * 2**h
        if got != right:
            raise Wrong("the count", on=f"h = {h}", got=got, **known(got, _COUNTS, h, rtol=0))
    return "h!·2^h: a network with 10 hidden units has 3,715,891,200 equals."
