"""A small picture as a grid of signed pixels: filled with a plus where positive, hollow with a minus where
negative."""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch

from .cells import ruled, squares
from .style import BLUE, INK, PAPER, VERMILLION


class Pixels:
    """A grid of ``shape`` = (rows, columns) on one axes; :meth:`move` fills it.

    With ``signs`` off the pixels are plain ink, as in a black-and-white picture.
    """

    def __init__(self, ax: Axes, shape: tuple[int, int], title: str, signs: bool = True) -> None:
        ruled(ax, shape, title)
        self.positive = ax.add_patch(PathPatch(squares(), facecolor=BLUE if signs else INK, edgecolor="none"))
        self.negative = ax.add_patch(
            PathPatch(squares(), facecolor=VERMILLION, alpha=0.35, edgecolor=VERMILLION, linewidth=1.2)
        )
        self.plus: Line2D | None
        self.minus: Line2D | None
        (self.plus,) = ax.plot([], [], "+", color=PAPER, markersize=6, mew=1.4) if signs else (None,)
        (self.minus,) = ax.plot([], [], "_", color=INK, markersize=6, mew=1.4) if signs else (None,)

    @property
    def artists(self) -> list[Artist]:
        """What :meth:`move` changes."""
        return [artist for artist in (self.positive, self.negative, self.plus, self.minus) if artist]

    def move(self, values: np.ndarray) -> None:
        """Show ``values`` (rows, columns) by their signs."""
        positive, negative = np.argwhere(values > 0), np.argwhere(values < 0)
        self.positive.set_path(squares(positive))
        self.negative.set_path(squares(negative))
        if self.plus:
            self.plus.set_data(positive[:, 1] + 0.5, positive[:, 0] + 0.5)
            self.minus.set_data(negative[:, 1] + 0.5, negative[:, 0] + 0.5)
