"""A landscape filled by height: the lower the ground, the deeper the blue, in steps that contour lines bound."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.image import AxesImage

from .style import BLUE

#: The opacity of the lowest step; the highest is clear, so that the page's paper shows.
DEEPEST = 0.5


def tint(heights: Any, levels: Sequence[float]) -> np.ndarray:
    """Bytes (m, n, 4) of red, green, blue and opacity for heights (m, n), one opacity between any two levels.

    What is not finite is clear.
    """
    heights = np.asarray(heights, float)
    steps = np.searchsorted(np.sort(levels), heights)
    inks = np.array([to_rgba(BLUE, DEEPEST * (1 - k / len(levels))) for k in range(len(levels) + 1)])
    found = (255 * inks[steps]).round().astype(np.uint8)
    found[~np.isfinite(heights)] = 0
    return found


def shade(ax: Axes, heights: Any, levels: Sequence[float], extent: Sequence[float]) -> AxesImage:
    """Fill the axes over ``extent``, (left, right, bottom, top), by heights (m, n), y along the rows."""
    return ax.imshow(
        tint(heights, levels), extent=extent, origin="lower", interpolation="none", zorder=0, aspect="auto"
    )
