"""The terrain's Hessian at the origin, and what it says."""

import numpy as np

from ..answer import Answer, Wrong, numbers, says, show
from ..exercise import exercise
from ..slips import Slip, known

_HESSIANS: tuple[Slip, ...] = (
    ([4, 0, 0, 4], "The waves 2 sin 3x sin 3y are missing: their mixed derivative at 0 is not 0.", "What is ∂²/∂x∂y?"),
    ([0, 18, 18, 0], "sin R + R is missing: near 0 it is about 2R = 2x² + 2y².", "Differentiate 2x² twice."),
    ([2, 18, 18, 2], "Near 0 sin R is about R as well, so sin R + R is about 2R.", "Count R twice."),
    ([4, 9, 9, 4], "The factor 2 before the waves is missing.", "2 · 3 · 3, from both chain rules."),
    ([4, 6, 6, 4], "Each of the two derivatives of the waves brings a factor 3.", "2 · 3 · 3."),
    ([4, 2, 2, 4], "The chain rule is missing: (sin 3x)′ = 3 cos 3x.", "Once for x and once for y."),
    ([4, -18, -18, 4], "The mixed derivative has the wrong sign: cos 0 = 1.", "(sin)′ = cos, twice."),
    ([18, 4, 4, 18], "Diagonal and off-diagonal entries have changed places.", "∂²/∂x² goes first."),
    ([1, 18, 18, 1], "The second derivative of 2x² is 4.", "Differentiate once more."),
)


@exercise(
    "Take the two parts apart: sin R + R with R = x² + y², and 2 sin 3x sin 3y.",
    "Near 0 sin u is about u. So the first part is about 2R, the second about 2 · 3x · 3y.",
    "Differentiate 2x² + 2y² + 18xy twice: along x, along y, and once along each.",
)
def origin_hessian(hessian: Answer) -> str:
    """`hessian()` returns the Hessian ((f_xx, f_xy), (f_yx, f_yy)) of the terrain at the origin."""
    got = numbers(hessian(), 4, "((f_xx, f_xy), (f_yx, f_yy))", "your answer")
    if np.allclose(got, [4, 18, 18, 4], atol=1e-3):
        return "H = ((4, 18), (18, 4)): near the origin the terrain is 2x² + 2y² + 18xy."
    words = known(got, _HESSIANS, atol=1e-3)
    if not words and abs(got[1] - got[2]) > 1e-3:
        words = says("A Hessian is symmetric: f_xy = f_yx.", "Compute the mixed derivative in both orders.")
    raise Wrong("the Hessian", on="the origin", got=show(got), **words)


_PAIRS: tuple[Slip, ...] = (
    ((22, -14), "These are the eigenvalues, the larger one first.", "Give the smaller one first."),
    ((4, 18), "Those are the entries of H.", "Which λ make det(H − λI) zero?"),
    ((4, 4), "The diagonal holds the eigenvalues only where the rest is 0.", "Which λ make det(H − λI) zero?"),
    ((14, 22), "Their sum is the sum of H's diagonal, 8; yours is 36.", "4 − 18 is negative."),
)


@exercise(
    "The eigenvalues λ solve det(H − λI) = 0: (4 − λ)² = 18².",
    "Try the vectors (1, 1) and (1, −1): H only stretches them.",
    "4 + 18 and 4 − 18. One of each sign makes …",
)
def origin_kind(kind: Answer) -> str:
    """`kind()` returns (smaller eigenvalue, larger eigenvalue, name of the kind)."""
    value = kind()
    if not isinstance(value, (tuple, list)) or len(value) != 3 or not isinstance(value[2], str):
        rule = "The answer is two eigenvalues and a word."
        raise Wrong(
            "the value returned", on="the origin", got=show(value), rule=rule, next='Return (smaller, larger, "…").'
        )
    low, high = numbers(value[:2], 2, "two eigenvalues", "the origin")
    pair = (low, high)
    if not np.allclose(pair, (-14, 22), rtol=0, atol=1e-3):
        words = known(pair, _PAIRS, rtol=0, atol=1e-3)
        raise Wrong("the pair of eigenvalues", on="the origin", got=show(pair), **words)
    if value[2].strip().lower() not in ("saddle", "saddle point"):
        rule = "One eigenvalue is positive and one negative: up one way, down another."
        raise Wrong(
            "the kind", on="the origin", got=show(value[2]), rule=rule, next="What does the chapter's table call that?"
        )
    return "Eigenvalues −14 and 22: a saddle, up along (1, 1) and down along (1, −1)."
