"""The cells of a matrix on an axes, row 0 on top: the ruled grid, and a square in each of some cells."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.path import Path

from .style import FAINT

_CORNERS = np.array([(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5), (-0.5, -0.5)])
_CODES = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]


def ruled(ax: Axes, shape: tuple[int, int], title: str) -> None:
    """Rule ``ax`` into cells of side 1, ``shape`` = (rows, columns) of them."""
    rows, columns = shape
    ax.set(xlim=(-0.05, columns + 0.05), ylim=(rows + 0.05, -0.05), aspect="equal", title=title)
    ax.axis("off")
    lines = [((0, columns), (k, k)) for k in range(rows + 1)] + [((k, k), (0, rows)) for k in range(columns + 1)]
    for x, y in lines:
        ax.plot(x, y, color=FAINT, linewidth=0.5, zorder=1)


def squares(cells: Any = (), sides: Any = 0.88) -> Path:
    """One path of a square in the middle of each of ``cells`` (n, 2), (row, column); ``sides`` is one or (n,) sides."""
    cells = np.reshape(cells, (-1, 2))
    if not len(cells):
        return Path(np.zeros((1, 2)), [Path.MOVETO])
    sides = np.broadcast_to(sides, len(cells))[:, None, None]
    vertices = cells[:, None, ::-1] + 0.5 + sides * _CORNERS
    return Path(vertices.reshape(-1, 2), _CODES * len(cells))
