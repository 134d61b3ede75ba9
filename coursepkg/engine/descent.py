"""A run of an optimiser, recorded: the path, and how it ended."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from .optimisers import optimiser as made
from .oracles import Optimiser
from .validate import count, finite, positive
from .watch import watch


class Path(NamedTuple):
    """x (k + 1, …, d) from the start on, f (k + 1, …), and the outcome.

    `outcome` is 'converged', 'diverged' or 'stopped' (the steps ran out), `step` the number k at which it came. A path
    that diverged ends at its last finite point. Of many runs at once, one that diverged stays at its last finite point
    (`diverged`, (…), holds the step, or −1), and the outcome is that of all: 'diverged' if any did.
    """

    x: np.ndarray
    f: np.ndarray
    outcome: str
    step: int
    diverged: np.ndarray

    @property
    def says(self) -> str:
        """The outcome in words.

        >>> Path(np.zeros((2, 1)), np.array([1.0, 0.5]), "stopped", 1, np.array(-1)).says
        'step 1: loss 0.5, stopped'
        """
        if self.outcome == "diverged":
            return f"diverged at step {self.step}"
        return f"step {self.step}: loss {float(np.max(self.f[-1])):.2g}, {self.outcome}"


def descend(
    optimiser: str | Optimiser,
    oracle: Callable,
    x: Any,
    steps: int = 100,
    tol: float | None = None,
    limit: float = 1e12,
) -> Path:
    """Take `steps` steps of `optimiser` from x (…, d), where f must be finite, and record the path.

    `oracle` gives f (…) and the gradient (…, d), for Newton's method the Hessian (…, d, d) too; a landscape will do.
    It converges when f changes by less than `tol` (> 0) in a step, if a `tol` is given; it diverges when x or f is not
    finite or |f| exceeds `limit` times max(1, |f(x₀)|), and is then cut off: no overflow, warning or NaN comes out.

    >>> from coursepkg.engine.optimisers import GradientDescent
    >>> descend(GradientDescent(1.5), lambda x: (x @ x, 2 * x), np.array([1.0]), steps=1000).says
    'diverged at step 20'
    """
    count("steps", steps, least=0)
    positive("limit", limit)
    if tol is not None:
        positive("tol", tol)
    xs, fs, outcome = [], [], "stopped"
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        for k, at, f, lost in watch(made(optimiser).iterates(oracle, finite("x", x)), range(steps + 1), limit):
            if k == 0:
                finite("f at the start", f)
            if lost is not None and (lost >= 0).all():
                break
            xs.append(at)
            fs.append(f)
            if tol is not None and k > 0 and np.all(np.abs(fs[-2] - f) < tol):
                outcome = "converged"
                break
    diverged = np.full(np.shape(fs[0]), -1) if lost is None else lost
    if lost is not None:
        outcome, k = "diverged", int(lost.max())
    return Path(np.array(xs), np.array(fs), outcome, k, diverged)
