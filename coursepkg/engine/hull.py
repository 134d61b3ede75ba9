"""The point of a convex hull that is nearest to the origin."""

from typing import Any, NamedTuple

import numpy as np

from .validate import finite


class Nearest(NamedTuple):
    """The nearest point x (d,) of a hull, as Σ λᵢ Pᵢ over a few of its rows: their numbers (k,), their λ > 0 (k,)."""

    x: np.ndarray
    rows: np.ndarray
    weights: np.ndarray


def nearest_to_origin(P: Any) -> Nearest:
    """The shortest vector in the convex hull of the rows of P (m, d); finite P only, else ValueError.

    Wolfe (1976), "Finding the nearest point in a polytope": keep a few rows S, the corral, whose hull holds the current
    point x = Σ λᵢ Pᵢ with λ > 0; add the row that lies deepest below the plane through x; drop rows whose weight would
    turn negative. x gets shorter with each corral, and the search ends where rounding lets it get no shorter: its error
    is about 10⁻¹⁵ of the longest row.

    >>> nearest_to_origin([[2, 0], [0, 2]]).x
    array([1., 1.])
    """
    P = finite("P", P, ("m", "d"))
    size = np.abs(P).max()
    P = P.astype(float) / (size or 1.0)
    S = [int(np.argmin(np.einsum("md,md->m", P, P)))]
    lam, x = np.ones(1), P[S[0]]
    # Each corral is new, so there are finitely many; rounding may not make that too many.
    for _ in range(100 * sum(P.shape)):
        deepest = int(np.argmin(P @ x))
        if deepest in S or x @ x - P[deepest] @ x <= 1e-15 * np.linalg.norm(x):
            break
        rows, weights = _without_negatives(P, [*S, deepest], np.append(lam, 0.0))
        shorter = weights @ P[rows]
        if shorter @ shorter >= x @ x:
            break
        S, lam, x = rows, weights, shorter
    return Nearest(x * size, np.array(S), lam)


def _without_negatives(P: np.ndarray, S: list[int], lam: np.ndarray) -> tuple[list[int], np.ndarray]:
    """The rows of S, and their weights, whose affine hull's point of least norm has no weight that is negative."""
    for _ in range(len(S)):
        mu = _affine_weights(P[S])
        falling = mu <= 1e-12
        if not falling.any():
            return S, mu
        # Walk from λ towards μ until the first weight reaches 0, and drop that row.
        share = lam[falling] / np.maximum(lam[falling] - mu[falling], 1e-300)
        lam = lam + min(1.0, share.min()) * (mu - lam)
        lam[np.flatnonzero(falling)[share.argmin()]] = 0.0
        keep = lam > 1e-12
        S, lam = [i for i, kept in zip(S, keep, strict=True) if kept], lam[keep] / lam[keep].sum()
    return S, lam


def _affine_weights(Q: np.ndarray) -> np.ndarray:
    """Weights μ with Σμ = 1 of the point of least norm in the affine hull of the rows of Q."""
    # From the first row on, by differences: the rows' own products would square the condition number.
    others = np.linalg.lstsq((Q[1:] - Q[0]).T, -Q[0], rcond=None)[0]
    return np.append(1 - others.sum(), others)
