"""The chapter's fifteen points: a noisy cubic, split in three, and its powers as features."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ...engine.datasets import noisy_polynomial
from ...engine.linear import degrees_of_freedom, polynomial, ridge
from ...engine.preparation import Scaling, Split, split, standardise

DEGREES = range(1, 13)
#: Penalties from none to strong, in half powers of ten.
LAMBDAS = (0, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30)
CUBIC = (0, -1, 0, 2)


@lru_cache
def points() -> Split:
    """Sixty points y = 2x³ − x + noise: 15 to train on, 15 for validation, 30 for the test."""
    return split(noisy_polynomial(60, CUBIC, noise=0.2, seed=21), validation=0.25, test=0.5)


class Features(NamedTuple):
    """x, x², …, x^degree, standardised by the training points: call it on x (n,) for (n, degree)."""

    degree: int
    scaling: Scaling

    def __call__(self, x: np.ndarray) -> np.ndarray:
        return self.scaling(polynomial(x, self.degree)[:, 1:])


@lru_cache
def features(degree: int) -> Features:
    """The features of that degree, fitted to the training points."""
    return Features(degree, standardise(polynomial(points().train.X[:, 0], degree)[:, 1:]))


class Fit(NamedTuple):
    """A ridge regression: weights (degree,), the mean squared errors on the three sets, and what each direction keeps.

    `errors` are those on training, validation and test points. `kept` (degree,) holds d²/(d² + λ) for the singular
    values d of the features, largest first; the degrees of freedom `dof` are their sum, and 1 for the intercept.
    """

    w: np.ndarray
    errors: tuple[float, float, float]
    kept: np.ndarray
    dof: float


def predict(degree: int, w: np.ndarray, x: np.ndarray) -> np.ndarray:
    """The fitted curve (n,) at x (n,): the mean of the training targets is the intercept, for features of mean 0."""
    return points().train.y.mean() + features(degree)(x) @ w


@lru_cache(maxsize=1024)
def fit(degree: int, lam: float) -> Fit:
    """Ridge on the training points: minimises ½‖Xw − y‖² + ½λ‖w‖², X and y centred."""
    train = points().train
    X = features(degree)(train.X[:, 0])
    w = ridge(X, train.y - train.y.mean(), lam)
    errors = tuple(float(np.mean((predict(degree, w, part.X[:, 0]) - part.y) ** 2)) for part in points())
    d = np.linalg.svd(X, compute_uv=False)
    return Fit(w, errors, d**2 / (d**2 + lam), 1 + degrees_of_freedom(X, lam))


def column(lam: float) -> np.ndarray:
    """Mean squared errors (12 degrees, 3 sets) of the fits with one penalty."""
    return np.array([fit(degree, lam).errors for degree in DEGREES])


@lru_cache
def errors() -> np.ndarray:
    """Mean squared errors (12 degrees, 13 penalties, 3 sets) of all fits."""
    return np.stack([column(lam) for lam in LAMBDAS], axis=1)
