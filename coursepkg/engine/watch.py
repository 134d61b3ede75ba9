"""Watching a run for divergence, so that it is named instead of filling the screen with NaN."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from .validate import count, positive


def watch(
    path: Iterable[tuple[np.ndarray, Any]], ks: Iterable[int], limit: float = 1e12, every: int = 1
) -> Iterator[tuple[int, np.ndarray, Any, np.ndarray | None]]:
    """(k, x, f, lost) for each k of `ks` and point (x, f) of a path, x (…, d) and f (…).

    A run is lost when f is not finite or |f| exceeds `limit` times max(1, |f(x₀)|), or when x, looked at every `every`
    steps, is not finite. It then stays at its last finite point, and lost (…) holds the step, −1 for runs that go on;
    lost is None while all do. After all are lost nothing comes. ValueError for a `limit` or `every` not above 0.

    >>> path = [(np.array([k]), f) for k, f in enumerate([1.0, 2.0, float("inf"), 3.0])]
    >>> [(k, x.tolist(), float(f)) for k, x, f, lost in watch(path, range(9))]
    [(0, [0], 1.0), (1, [1], 2.0), (2, [1], 2.0)]
    """
    positive("limit", limit)
    count("every", every)
    lost: np.ndarray | None = None
    last: tuple[np.ndarray, Any] | None = None
    bound: Any = None
    one = True
    for k, (x, f) in zip(ks, path, strict=False):
        if last is None:
            last, one = (x, f), np.ndim(f) == 0
            # Not infinite, however large f(x₀) is: a loss of infinity must never pass.
            bound = np.minimum(limit * np.maximum(1, np.abs(f)), np.finfo(float).max)
        fine = -bound <= f <= bound if one else np.abs(f) <= bound
        if not (fine if one else fine.all()) or (k % every == 0 and not np.isfinite(x).all()):
            fine = fine & np.isfinite(x).all(axis=-1)
            lost = np.where(~fine & ((-1 if lost is None else lost) < 0), k, -1 if lost is None else lost)
            x, f = np.where((lost < 0)[..., None], x, last[0]), np.where(lost < 0, f, last[1])
        yield k, x, f, lost
        if lost is not None and (lost >= 0).all():
            return
        last = x, f
