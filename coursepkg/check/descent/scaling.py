"""Scaling: features made comparable, and what that does to the condition number."""

import numpy as np

from coursepkg.engine.preparation import standardise

from ..answer import Answer
from ..exercise import exercise
from ..slips import Slip, compare

_SCALED: tuple[Slip, ...] = (
    (
        lambda X, new: standardise(new)(new),
        "You scaled the new data by their own mean and spread; then equal values come out unequal in the two sets.",
        "Measure mean and standard deviation on X alone.",
    ),
    (lambda X, new: new / X.std(axis=0), "The mean is not taken off.", "Subtract each feature's mean first."),
    (lambda X, new: new - X.mean(axis=0), "The spread is not divided out.", "What makes all spreads 1?"),
    (
        lambda X, new: (new - X.mean(axis=0)) / X.var(axis=0),
        "You divide by the variance, whose unit is squared.",
        "Take its root, the standard deviation.",
    ),
    (
        lambda X, new: (new - X.mean()) / X.std(),
        "One mean and one spread for all features leave their units as different as before.",
        "Which axis runs over the samples?",
    ),
    (
        lambda X, new: new / X.std(axis=0) - X.mean(axis=0),
        "The mean is subtracted after the division, though it is not divided itself.",
        "Put brackets around new − mean.",
    ),
)


@exercise(
    "Each feature has a mean and a spread of its own. On which data are the two measured?",
    "Samples are rows, so a feature is a column: its mean is X.mean(axis=0).",
    "(new − X.mean(axis=0)) / X.std(axis=0).",
)
def standardised(scale: Answer, seed: int = 0) -> str:
    """`scale(X, new)` returns new (m, d), standardised by the means and spreads of the training data X (n, d)."""
    rng = np.random.default_rng(seed)
    for n, m, d in ((5, 3, 2), (4, 2, 3), (6, 1, 4)):
        X, new = (rng.normal(0, 1, (k, d)) * 10.0 ** rng.integers(-1, 3, d) + rng.integers(2, 9, d) for k in (n, m))
        X, new = X.round(2), new.round(2)
        compare(
            scale, "the scaled data", {"X": X, "new": new}, standardise(X)(new), _SCALED, what="an array like `new`"
        )
    return "Whatever comes later is scaled as the training data were: a network sees one unit only."


def _condition(H: np.ndarray) -> float:
    e = np.abs(np.linalg.eigvalsh((H + H.T) / 2))
    return float(e.max() / e.min())


_KAPPA: tuple[Slip, ...] = (
    (lambda H, s: _condition(H), "That is κ before the scaling.", "How does H_jk change when features j and k shrink?"),
    (
        lambda H, s: _condition(H * np.outer(s, s)),
        "You multiplied by the spreads; the features are divided by them.",
        "Divide H_jk by s_j and by s_k.",
    ),
    (
        lambda H, s: np.linalg.cond(H / s),
        "Each entry of H belongs to two features, and is divided twice.",
        "Divide the rows as well as the columns.",
    ),
    (
        lambda H, s: 1 / _condition(H / np.outer(s, s)),
        "You have it upside down: κ is at least 1.",
        "Divide the largest eigenvalue by the smallest.",
    ),
    (
        lambda H, s: _condition(H / np.outer(s, s)) ** 2,
        "That is κ²: H is made of products of features already.",
        "No square is needed.",
    ),
    (
        lambda H, s: np.max(np.diag(H) / s**2) / np.min(np.diag(H) / s**2),
        "The diagonal is not enough: κ is the ratio of the eigenvalues.",
        "Use np.linalg.eigvalsh.",
    ),
)


@exercise(
    "H = XᵀX/n. What becomes of H_jk, if column j of X is divided by s_j and column k by s_k?",
    "H_jk is divided by s_j s_k: np.outer(s, s) holds these products.",
    "κ is the largest eigenvalue of the new H over its smallest: np.linalg.eigvalsh.",
)
def scaled_condition(condition: Answer, seed: int = 0) -> str:
    """`condition(H, s)` returns κ of the bowl with Hessian H (p, p), after feature j is divided by s[j] (p,)."""
    rng = np.random.default_rng(seed)
    for p in (2, 3, 4):
        X = rng.normal(0, 1, (p + 4, p)).round(1) * (units := rng.uniform(0.5, 6, p).round(1))
        H, s = X.T @ X / len(X), (units * rng.uniform(0.7, 1.4, p)).round(1)
        compare(condition, "κ", {"H": H, "s": s}, _condition(H / np.outer(s, s)), _KAPPA, what="one number")
    return "Units make most of a bad κ, and a division takes them away. What is left is how the features hang together."
