"""The point of a convex hull that is nearest to the origin."""

from typing import Any

import numpy as np

from .validate import finite


def nearest_to_origin(P: Any) -> np.ndarray:
    """The shortest vector (d,) in the convex hull of the rows of P (m, d); finite P only, else ValueError.

    Wolfe (1976), "Finding the nearest point in a polytope": keep a few rows S, the corral, whose hull holds the current
    point x = Σ λᵢ Pᵢ with λ > 0; add the row that lies deepest below the plane through x; drop rows whose weight would
    turn negative. The method ends after finitely many corrals.

    >>> nearest_to_origin([[2, 0], [0, 2]])
    array([1., 1.])
    """
    P = finite("P", P, ("m", "d"))
    size = np.linalg.norm(P, axis=1).max()
    if size == 0:
        return P[0]
    P = P / size
    S = [int(np.argmin(np.einsum("md,md->m", P, P)))]
    lam = np.ones(1)
    while True:
        x = lam @ P[S]
        deepest = int(np.argmin(P @ x))
        if deepest in S or x @ x - P[deepest] @ x <= 1e-14:
            return x * size
        S.append(deepest)
        lam = np.append(lam, 0.0)
        while True:
            mu = _affine_weights(P[S])
            if (mu > 1e-12).all():
                lam = mu
                break
            # Walk from λ towards μ until the first weight reaches 0, and drop that row.
            falling = mu <= 1e-12
            theta = np.min(lam[falling] / np.maximum(lam[falling] - mu[falling], 1e-300))
            lam = lam + min(1.0, theta) * (mu - lam)
            keep = lam > 1e-12
            S = [i for i, kept in zip(S, keep, strict=True) if kept]
            lam = lam[keep] / lam[keep].sum()


def _affine_weights(Q: np.ndarray) -> np.ndarray:
    """Weights μ with Σμ = 1 of the point of least norm in the affine hull of the rows of Q."""
    m = len(Q)
    system = np.zeros((m + 1, m + 1))
    system[0, 1:] = system[1:, 0] = 1
    system[1:, 1:] = Q @ Q.T
    return np.linalg.lstsq(system, np.eye(m + 1)[0], rcond=None)[0][1:]
