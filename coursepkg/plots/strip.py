"""A strip of named cells in rows, like the frames of a tape, with one of them marked."""

from collections.abc import Sequence

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from .style import FAINT, GREEN


class Strip:
    """Rows of cells on axes of their own, each cell 1 wide and high; ``rows`` hold the names, ``labels`` name the rows.

    Cells are counted row by row, each row in its own order: ``order`` is 1 for left to right, −1 for right to left.
    """

    def __init__(
        self, ax: Axes, rows: Sequence[Sequence[str]], order: Sequence[int], labels: Sequence[str], room: float
    ) -> None:
        longest = max(map(len, rows))
        ax.set(xlim=(-room, longest + 0.05), ylim=(-len(rows) - 0.05, 0.05))
        ax.axis("off")
        self.corners = []
        for r, (names, direction, label) in enumerate(zip(rows, order, labels, strict=True)):
            ax.text(-room, -r - 0.5, label, va="center")
            columns = range(len(names)) if direction > 0 else range(longest - 1, longest - 1 - len(names), -1)
            for column, name in zip(columns, names, strict=True):
                ax.add_patch(Rectangle((column, -r - 1), 1, 1, facecolor="none", edgecolor=FAINT, linewidth=0.8))
                ax.text(column + 0.5, -r - 0.52, name, ha="center", va="center")
                self.corners.append((column, -r - 1))
        self.mark = ax.add_patch(Rectangle((0, 0), 1, 1, facecolor="none", edgecolor=GREEN, linewidth=2.6, zorder=3))

    @property
    def artists(self) -> list[Artist]:
        """What :meth:`move` changes."""
        return [self.mark]

    def move(self, k: int) -> None:
        """Mark cell ``k``, counted from 0."""
        self.mark.set_xy(self.corners[k])
