"""Least squares three ways: normal equations, QR and 100 steps of descent, timed and counted.

The times are medians of runs in turns, as multiples of the normal equations'; beside each stands the same
ratio of the multiplications that ``coursepkg.engine.costs`` counts. They differ where a library's products of
matrices use a processor better than products of a matrix with a vector, or its QR than Gram and Schmidt's.
"""

from functools import partial

import numpy as np

from benchmarks.report import Row, Size, race
from coursepkg.engine import costs
from coursepkg.engine.descent import descend
from coursepkg.engine.linear import squared_loss
from coursepkg.engine.optimisers import GradientDescent

SIZES = ((1000, 2), (1000, 20), (1000, 200), (4000, 100))
STEPS = 100


def normal(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    """w by the normal equations."""
    return np.linalg.solve(X.T @ X, X.T @ y)


def qr(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    """w by QR."""
    Q, R = np.linalg.qr(X)
    return np.linalg.solve(R, Q.T @ y)


def walk(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    """w after as many gradients as STEPS."""
    start = np.zeros(X.shape[1])
    return descend(GradientDescent(0.1), lambda w: squared_loss(X, y, w), start, steps=STEPS - 1).x[-1]


WAYS = {
    "normal equations": (normal, costs.normal_equations),
    "QR": (qr, costs.qr),
    f"{STEPS} steps": (walk, lambda n, p: STEPS * costs.descent_step(n, p)),
}


def main(size: Size) -> list[Row]:
    """Print a row for each size of the problem and way; there are no bars."""
    print(f"{'n':>6} {'p':>5}  {'way':<18} {'ms':>9} {'time':>8} {'count':>8}")
    for n, p in SIZES if size.whole else SIZES[:1]:
        rng = np.random.default_rng(0)
        X, y = rng.standard_normal((n, p)), rng.standard_normal(n)
        runs = {name: partial(solve, X, y) for name, (solve, _) in WAYS.items()}
        times = {name: seconds for name, (seconds, _) in race(runs, size.rounds).items()}
        for name, (_solve, count) in WAYS.items():
            shares = times[name] / times["normal equations"], count(n, p) / costs.normal_equations(n, p)
            print(f"{n:>6} {p:>5}  {name:<18} {1e3 * times[name]:9.3f} {shares[0]:8.2f} {shares[1]:8.2f}")
    return []
