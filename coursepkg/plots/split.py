"""A function of one variable that may break at 0: a branch on either side, and a ring where no value holds."""

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

#: So near to 0 that a function's value there is its limit from that side.
SIDE = 1e-12


class SplitCurve:
    """One function over ``limits`` = (left, right) with left < 0 < right; :meth:`move` draws another one.

    The branches end at their limits from either side of 0. ``rings`` marks those ends as hollow, where the
    function has no value there or where the value belongs to the other branch, whose end is a full dot.
    """

    def __init__(self, ax: Axes, limits: tuple[float, float], points: int = 60, **look: Any) -> None:
        left, right = limits
        self.sides = (
            np.append(np.linspace(left, 0, points)[:-1], -SIDE),
            np.append(SIDE, np.linspace(0, right, points)[1:]),
        )
        self.branches = [ax.plot([], [], **look)[0] for _ in self.sides]
        ring = {"color": self.branches[0].get_color(), "markerfacecolor": "none", "markersize": 5, "mew": 1.2}
        (self.rings,) = ax.plot([], [], "o", zorder=3, **ring)
        (self.dot,) = ax.plot([], [], "o", zorder=3, **ring | {"markerfacecolor": ring["color"]})

    @property
    def artists(self) -> list[Artist]:
        """What :meth:`move` changes."""
        return [*self.branches, self.rings, self.dot]

    def move(self, f: Callable[[np.ndarray], np.ndarray], rings: bool = False, value: float | None = None) -> None:
        """Draw ``f``, which takes an array and gives one of that shape; with ``rings`` at its ends at 0.

        ``value`` is f(0), where there is one.
        """
        for branch, z in zip(self.branches, self.sides, strict=True):
            branch.set_data(z, f(z))
        ends = np.unique(f(np.array([-SIDE, SIDE])).round(9)) if rings else np.empty(0)
        ends, holds = (ends, []) if value is None else (ends[ends != value], ends[ends == value])
        self.rings.set_data(np.zeros(len(ends)), ends)
        self.dot.set_data(np.zeros(len(holds)), holds)
