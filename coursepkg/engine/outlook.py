"""How a run ends: not its last point decides, but where a long continuation of it leads."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from .descent import descend
from .oracles import Optimiser
from .validate import count, finite

#: The longest cycle that is looked for, and how nearly its rounds must agree, relative to its width; a rest, to |x|.
LONGEST, ALIKE = 16, 1e-9


class Outlook(NamedTuple):
    """The end of a run: its kind, the places x (p, d) where it ends, their losses f (p,), and the steps looked at.

    - 'settled': the run rests; p = 1.
    - 'cycling': it visits p places in turn, for ever.
    - 'growing': it diverges, in the sense of `descend`; x is its last finite place.
    - 'closing in': each half of the continuation moves less far than the one before, and yet it does not rest.
    - 'bounded': none of these: it moves about and neither rests nor leaves; x are its last places.
    """

    kind: str
    x: np.ndarray
    f: np.ndarray
    steps: int


def outlook(optimiser: str | Optimiser, oracle: Callable, x: Any, steps: int = 8192) -> Outlook:
    """Look `steps` steps ahead from x (d,), or as far as it takes to tell how the run ends.

    ValueError for fewer than 128 steps; other errors as `descend`.

    >>> from coursepkg.engine.optimisers import GradientDescent
    >>> [outlook(GradientDescent(eta), lambda x: (x @ x, 2 * x), [1.0]).kind for eta in (0.25, 1.0, 1.5)]
    ['settled', 'cycling', 'growing']
    """
    count("steps", steps, least=8 * LONGEST)
    x = finite("x", x, ("d",))
    ahead = 8 * LONGEST
    while True:
        run = descend(optimiser, oracle, x, steps=ahead)
        if run.outcome == "diverged":
            return Outlook("growing", run.x[-1:], run.f[-1:], run.step)
        period = _period(run.x)
        if period:
            kind = "settled" if period == 1 else "cycling"
            return Outlook(kind, run.x[-period:], run.f[-period:], ahead)
        if ahead >= steps:
            kind = "closing in" if _closing(run.x) else "bounded"
            return Outlook(kind, run.x[-2 * LONGEST :], run.f[-2 * LONGEST :], ahead)
        ahead = min(2 * ahead, steps)


def _period(x: np.ndarray) -> int:
    """The period of the last places of x (k + 1, d), 0 if they have none up to LONGEST."""
    last = x[-4 * LONGEST :]
    # A cycle must agree far better than it is wide: a shrinking spiral comes back to nearly the same place, too.
    bounds = [ALIKE * max(1.0, float(np.abs(last).max()))] + (LONGEST - 1) * [ALIKE * float(np.ptp(last, axis=0).max())]
    return next((p for p, bound in enumerate(bounds, 1) if np.abs(last[p:] - last[:-p]).max() <= bound), 0)


def _closing(x: np.ndarray) -> bool:
    """Whether the longest step of each quarter of x (k + 1, d) is shorter than that of the quarter before."""
    longest = [np.linalg.norm(np.diff(part, axis=0), axis=1).max() for part in np.array_split(x, 4)]
    return all(b < 0.9 * a for a, b in pairwise(longest))
