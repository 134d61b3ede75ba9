"""Points to fit a polynomial to: the chapter's own, a jump with the same noise, and whatever a reader has placed."""

from functools import lru_cache
from typing import Any, NamedTuple, Protocol

import numpy as np

from ...engine.linear import degrees_of_freedom, polynomial, ridge
from ...explorable import Point
from . import points as chapter
from .points import CUBIC, DEGREES, LAMBDAS, Fit

#: Below this share of the largest, a singular value without a penalty counts as 0: its direction is not told.
RANK = 1e-8
JUMP = 0.8
TRAINING, VALIDATION = "training", "validation"


class Problem(Protocol):
    """What the figure asks of points: a fit, its curve, and the errors over each control."""

    def fit(self, degree: int, lam: float) -> Fit:
        """The fit of that degree with that penalty; errors on points of which there are none are NaN."""

    def curve(self, degree: int, w: np.ndarray, x: np.ndarray) -> np.ndarray:
        """The fitted curve (n,) at x (n,)."""

    def column(self, lam: float) -> np.ndarray:
        """Mean squared errors (12 degrees, 3 sets) with one penalty."""

    def row(self, degree: int) -> np.ndarray:
        """Mean squared errors (13 penalties, 3 sets) of one degree."""


class Chapter:
    """The chapter's points, whose fits are kept with those of its other figures."""

    fit = staticmethod(chapter.fit)
    curve = staticmethod(chapter.predict)
    column = staticmethod(chapter.column)

    def row(self, degree: int) -> np.ndarray:
        """See :class:`Problem`."""
        return chapter.errors()[DEGREES.index(degree)]


class Features(NamedTuple):
    """x, x², …, x^degree, standardised by the training points; a column that does not vary there is only centred."""

    degree: int
    mean: np.ndarray
    scale: np.ndarray

    def __call__(self, x: np.ndarray) -> np.ndarray:
        return (polynomial(x, self.degree)[:, 1:] - self.mean) / self.scale


class Placed:
    """Points that may be few, at one place, or without any for validation: the least weights where many fit alike."""

    def __init__(self, data: tuple[Point, ...]) -> None:
        self.parts = [
            (np.array([p.x for p in data if p.label == label]), np.array([p.y for p in data if p.label == label]))
            for label in (0, 1)
        ]

    def features(self, degree: int) -> Features:
        """The features of that degree, fitted to the training points."""
        raw = polynomial(self.parts[0][0], degree)[:, 1:]
        spread = raw.std(axis=0)
        return Features(degree, raw.mean(axis=0), np.where(spread > 1e-12, spread, 1))

    def fit(self, degree: int, lam: float) -> Fit:
        """See :class:`Problem`."""
        x, y = self.parts[0]
        X, centred = self.features(degree)(x), y - y.mean()
        d = np.linalg.svd(X, compute_uv=False)
        d = np.append(d, np.zeros(degree - len(d)))
        if lam:
            w, kept, dof = ridge(X, centred, lam), d**2 / (d**2 + lam), degrees_of_freedom(X, lam) if d[0] else 0.0
        else:
            w, kept = np.linalg.pinv(X, rcond=RANK) @ centred, (d > RANK * d[0]).astype(float)
            dof = kept.sum()
        errors = (self._error(degree, w, *self.parts[0]), self._error(degree, w, *self.parts[1]), np.nan)
        return Fit(w, errors, kept, 1 + float(dof))

    def _error(self, degree: int, w: np.ndarray, x: np.ndarray, y: np.ndarray) -> float:
        return float(np.mean((self.curve(degree, w, x) - y) ** 2)) if len(x) else np.nan

    def curve(self, degree: int, w: np.ndarray, x: np.ndarray) -> np.ndarray:
        """See :class:`Problem`."""
        return self.parts[0][1].mean() + self.features(degree)(x) @ w

    def column(self, lam: float) -> np.ndarray:
        """See :class:`Problem`."""
        return np.array([self.fit(degree, lam).errors for degree in DEGREES])

    def row(self, degree: int) -> np.ndarray:
        """See :class:`Problem`."""
        return np.array([self.fit(degree, lam).errors for lam in LAMBDAS])


def cubic(x: np.ndarray) -> np.ndarray:
    """The chapter's curve 2x³ − x."""
    return np.polynomial.polynomial.polyval(x, CUBIC)


def jump(x: np.ndarray) -> np.ndarray:
    """From −0.8 to 0.8 at 0."""
    return np.where(x < 0, -JUMP, JUMP)


def noisy(truth: Any) -> tuple[Point, ...]:
    """The chapter's training and validation points, their curve replaced by ``truth``."""
    found = [(part.X[:, 0], part.y, label) for label, part in enumerate(chapter.points()[:2])]
    if truth is not cubic:
        found = [(x, y - cubic(x) + truth(x), label) for x, y, label in found]
    return tuple(Point(float(a), float(b), label) for x, y, label in found for a, b in zip(x, y, strict=True))


TRUTHS = {"cubic": cubic, "jump": jump}
SETS = {name: noisy(truth) for name, truth in TRUTHS.items()}
NAMES = {data: name for name, data in SETS.items()}


@lru_cache(maxsize=64)
def problem(data: tuple[Point, ...]) -> Problem | None:
    """The problem that ``data`` pose; None where there is no training point."""
    if NAMES.get(data) == "cubic":
        return Chapter()
    return Placed(data) if any(point.label == 0 for point in data) else None
