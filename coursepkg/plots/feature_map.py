"""A feature map: a grid of numbers, positive ones on a tint, the largest framed."""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch

from .cells import ruled, squares
from .numbers import number
from .style import BLUE, INK


class FeatureMap:
    """A grid of ``shape`` = (rows, columns) on one axes; :meth:`move` writes it, cell by cell in reading order."""

    def __init__(self, ax: Axes, shape: tuple[int, int], title: str) -> None:
        ruled(ax, shape, title)
        self.tint = ax.add_patch(PathPatch(squares(), facecolor=BLUE, edgecolor="none", alpha=0.25))
        self.frames = ax.add_patch(PathPatch(squares(), facecolor="none", edgecolor=INK, linewidth=1.8, zorder=4))
        self.numbers = [ax.text(j + 0.5, i + 0.53, "", ha="center", va="center") for i, j in np.ndindex(shape)]

    @property
    def artists(self) -> list[Artist]:
        """What :meth:`move` changes."""
        return [self.tint, self.frames, *self.numbers]

    def move(self, values: np.ndarray, visited: int) -> None:
        """Show the first ``visited`` of ``values`` (rows, columns), and frame the largest of these."""
        seen = np.where(np.arange(values.size) < visited, values.ravel(), -np.inf)
        seen = seen.reshape(values.shape)
        self.tint.set_path(squares(np.argwhere(seen > 0)))
        self.frames.set_path(squares(np.argwhere((seen == seen.max()) & np.isfinite(seen))))
        for k, label in enumerate(self.numbers):
            label.set_text(number(values.flat[k]) if k < visited else "")
