"""Key: what each marker, line and shade of a figure stands for, in a row above it."""

from collections.abc import Mapping

from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.lines import Line2D

from .style import INK

#: What stands for an arrow in a key.
ARROW = Line2D([], [], color=INK, linewidth=1.4, marker=">", markersize=5)


def key(fig: Figure, entries: Mapping[str, Artist], columns: int = 0) -> Legend:
    """Name the artists of ``entries`` above the axes of ``fig``, in one row or in so many ``columns``, or fewer if it
    is not wide enough for them.

    The figure's layout must be constrained, so that it makes room. The key shows the artists as they look now.
    """
    for count in range(columns or len(entries), 0, -1):
        legend = fig.legend(
            list(entries.values()),
            list(entries),
            loc="outside upper left",
            ncols=count,
            borderpad=0,
            borderaxespad=0.3,
            handlelength=1.5,
            handletextpad=0.4,
            columnspacing=1,
            labelspacing=0.3,
        )
        if count == 1 or legend.get_window_extent().width < fig.bbox.width:
            return legend
        legend.remove()
    raise ValueError(f"entries must name an artist or more, columns be 0 or more, got {entries!r} and {columns!r}")
