"""Distributions side by side: for each place a histogram standing upright, wider where more values lie."""

from collections.abc import Sequence

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Polygon

from .style import BLUE


class Violins:
    """Up to ``places`` distributions at x = 1, 2, … over the axes' y-limits, cut into ``bins``.

    Values beyond the limits count in the last bin of their side. The fullest bin of each is as wide as its
    place, and width goes as the root of the share, so that a spike leaves the rest to be seen.
    """

    def __init__(self, ax: Axes, places: int, bins: int = 30) -> None:
        self.edges = np.linspace(*ax.get_ylim(), bins + 1)
        self.shapes = [ax.add_patch(Polygon(np.zeros((2, 2)), facecolor=BLUE, edgecolor="none")) for _ in range(places)]

    @property
    def artists(self) -> list[Artist]:
        """What :meth:`move` changes."""
        return list(self.shapes)

    def move(self, samples: Sequence[np.ndarray]) -> None:
        """Show one distribution for each of ``samples``, arrays of any shape; leave the other places empty."""
        for k, shape in enumerate(self.shapes):
            shape.set_xy(outline(k + 1, samples[k], self.edges) if k < len(samples) else np.zeros((2, 2)))


def outline(x: float, values: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """The outline (m, 2) of the histogram of ``values``: upright around ``x``, 0.9 wide at its fullest bin."""
    share, _ = np.histogram(np.clip(values, edges[0], edges[-1]), edges)
    half = 0.45 * np.sqrt(share / share.max())
    full = np.flatnonzero(share)
    half, edges = half[full[0] : full[-1] + 1], edges[full[0] : full[-1] + 2]
    y = np.repeat(edges, 2)[1:-1]
    return np.column_stack(
        [np.concatenate([x + np.repeat(half, 2), (x - np.repeat(half, 2))[::-1]]), np.concatenate([y, y[::-1]])]
    )
