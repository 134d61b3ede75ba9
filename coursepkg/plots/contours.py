"""A landscape of two variables as contour lines, the ground on which an optimiser's path is drawn."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.contour import QuadContourSet

from .style import FAINT

Box = Sequence[tuple[float, float]]


def grid(box: Box, n: int = 121) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Ticks (n,) of both coordinates of ``box``, ((low, high), (low, high)), and the points (n, n, 2) between them."""
    first, second = (np.linspace(*side, n) for side in box)
    return first, second, np.stack(np.meshgrid(first, second), axis=-1)


def contours(ax: Axes, f: Callable[[np.ndarray], Any], box: Box, levels: Any = 10, n: int = 121) -> QuadContourSet:
    """Faint contour lines of f over ``box``: ``levels`` of them by quantiles of f, or at the levels given.

    f takes points (…, 2) and gives heights (…). Levels by quantiles leave the same area between any two lines, so that
    the floor of a steep valley shows as well as its walls.
    """
    first, second, points = grid(box, n)
    heights = np.asarray(f(points), float)
    if np.ndim(levels) == 0:
        levels = np.unique(np.quantile(heights, np.linspace(0, 1, levels + 2)[1:-1]))
    ax.set(xlim=box[0], ylim=box[1])
    lines = ax.contour(first, second, heights, levels=levels, colors=FAINT, linewidths=0.7, zorder=0.5)
    # One width and dash for all heights: matplotlib would dash the negative ones, which mean nothing here.
    lines.set_linestyle("solid")
    return lines
