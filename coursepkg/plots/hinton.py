"""A matrix as a Hinton diagram: a square for each entry, its area the size, filled where positive, hollow where
negative."""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch

from .cells import squares
from .style import BLUE, FAINT, INK, VERMILLION


class HintonDiagram:
    """A matrix of ``shape`` = (rows, columns) on one axes, framed; :meth:`move` fills it.

    With ``signs`` off it is a picture in ink, and negative entries are left out.
    """

    def __init__(self, ax: Axes, shape: tuple[int, int], signs: bool = True) -> None:
        rows, columns = shape
        ax.set(xlim=(-0.1, columns + 0.1), ylim=(rows + 0.1, -0.1), aspect="equal", xticks=[], yticks=[])
        ax.spines[:].set(visible=True, color=FAINT, linewidth=0.6)
        self.positive = ax.add_patch(PathPatch(squares(), facecolor=BLUE if signs else INK, edgecolor="none"))
        self.negative = ax.add_patch(PathPatch(squares(), facecolor="none", edgecolor=VERMILLION, linewidth=0.9))
        self.signs = signs

    @property
    def artists(self) -> list[Artist]:
        """What :meth:`move` changes."""
        return [self.positive, self.negative]

    def move(self, values: np.ndarray, top: float | None = None) -> None:
        """Show ``values`` (rows, columns); an entry of size ``top`` (unless told, the largest) fills its cell."""
        values = np.asarray(values, float)
        top = top or np.abs(values).max() or 1.0
        sides = np.sqrt(np.minimum(np.abs(values) / top, 1))
        sides[sides < 0.1] = 0  # too small to be seen
        for patch, chosen in ((self.positive, values > 0), (self.negative, (values < 0) & self.signs)):
            cells = np.argwhere(chosen & (sides > 0))
            patch.set_path(squares(cells, sides[tuple(cells.T)]))
