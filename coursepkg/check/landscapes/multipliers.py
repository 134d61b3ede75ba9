"""Constraints: the nearest point of a line, and the price of a constraint that may not bind."""

import numpy as np

from ..answer import Answer
from ..exercise import exercise
from ..slips import Slip, compare


def _foot(p: np.ndarray, a: np.ndarray, c: float) -> np.ndarray:
    return p - (a @ p - c) / (a @ a) * a


_FEET: tuple[Slip, ...] = (
    (
        lambda p, a, c: p - (a @ p - c) * a,
        "The length of a counts twice, and is to be divided out twice.",
        "Put your point into aᵀx: it must give c.",
    ),
    (
        lambda p, a, c: p - (a @ p - c) / np.linalg.norm(a) * a,
        "The length of a counts twice, and is to be divided out twice.",
        "Put your point into aᵀx: it must give c.",
    ),
    (lambda p, a, c: p + (a @ p - c) / (a @ a) * a, "You went away from the line.", "Turn the sign."),
    (
        lambda p, a, c: _foot(p, a, 0.0),
        "Yours is on aᵀx = 0, the parallel through the origin.",
        "Where does c come in?",
    ),
    (lambda p, a, c: c / (a @ a) * a, "That is the point nearest to the origin.", "Start from p."),
    (lambda p, a, c: (a @ p - c) / (a @ a) * a, "That is the way from the line to p.", "Take it off p."),
)


@exercise(
    "x − p is a multiple of a: along the line there is nothing to gain. Which multiple?",
    "Put x = p − s a into aᵀx = c, and solve for s.",
    "s = (aᵀp − c)/‖a‖².",
)
def nearest_on_line(nearest: Answer, seed: int = 0) -> str:
    """`nearest(p, a, c)` returns the point x (d,) with aᵀx = c that is nearest to p (d,)."""
    rng = np.random.default_rng(seed)
    for d in (2, 3, 4):
        p, a = rng.integers(-5, 6, d) + 0.5, rng.permutation([1, -2, 3, 4])[:d] * 1.0
        c = round(float(rng.uniform(1, 6)), 1)
        given = {"p": p, "a": a, "c": c}
        compare(nearest, "the point", given, _foot(p, a, c), _FEET, what=f"an array of shape ({d},)")
    return "Lagrange's condition, solved: what is left of the gradient points along a, and a multiplier balances it."


def _price(p: np.ndarray, a: np.ndarray, c: float) -> float:
    return max(0.0, float((c - a @ p) / (a @ a)))


_PRICES: tuple[Slip, ...] = (
    (
        lambda p, a, c: (c - a @ p) / (a @ a),
        "A constraint that does not bind has the price 0, never a negative one.",
        "Is p itself allowed?",
    ),
    (
        lambda p, a, c: 0.0,
        "Here p is not allowed, so the constraint binds and has a price.",
        "Find the nearest allowed point first.",
    ),
    (
        lambda p, a, c: max(0.0, c - a @ p),
        "That is by how much p falls short; the price also depends on the length of a.",
        "Solve x − p = ν a with aᵀx = c.",
    ),
    (
        lambda p, a, c: max(0.0, (c - a @ p) / np.linalg.norm(a)),
        "That is the distance to the line; ν multiplies a, not a vector of length 1.",
        "Solve x − p = ν a with aᵀx = c.",
    ),
    (
        lambda p, a, c: max(0.0, (a @ p - c) / (a @ a)),
        "The sign is turned round: the constraint binds where aᵀp falls short of c.",
        "When is p itself allowed?",
    ),
    (
        lambda p, a, c: 2 * _price(p, a, c),
        "The function has the factor ½: its gradient is x − p.",
        "Differentiate ½‖x − p‖².",
    ),
)


@exercise(
    "Is p itself allowed? What is the price of a constraint that forbids nothing one wants?",
    "If aᵀp ≥ c the price is 0. If not, the constraint binds: x − p = ν a and aᵀx = c.",
    "ν = (c − aᵀp)/‖a‖² then.",
)
def price(multiplier: Answer, seed: int = 0) -> str:
    """`multiplier(p, a, c)` returns the price ν ≥ 0 of aᵀx ≥ c in the minimum of ½‖x − p‖²."""
    rng = np.random.default_rng(seed)
    cases = []
    for d, short in ((2, 3.5), (3, -2.5), (3, 1.2), (2, -0.7), (4, round(float(rng.uniform(1, 6)), 1))):
        p, a = rng.integers(-5, 6, d) + 0.5, rng.permutation([1, -2, 3, 4])[:d] * 1.0
        cases.append((p, a, float(a @ p) + short))
    for case in cases:
        given = dict(zip("pac", case, strict=True))
        compare(multiplier, "the price", given, _price(*case), _PRICES, what="one number", others=cases)
    return "Either the constraint binds, or its price is 0: Karush, Kuhn and Tucker."
