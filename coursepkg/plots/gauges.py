"""Gauges: a small upright bar at each of a few places, hollow for a value expected, filled for a value found."""

from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from .style import FAINT, GREEN, INK, PAPER


class Gauges:
    """Gauges at ``places`` (n, 2), each bar ``width`` wide, and as high as its value times ``scale``, up or down.

    A plate of paper behind each gauge, of the size ``plate``, lets what lies below show through faintly; it reaches
    from the left of the bar to where words may stand beside it, and is narrower while nothing has been found.
    """

    def __init__(self, ax: Axes, places: Any, width: float, scale: float, plate: tuple[float, float]) -> None:
        self.places, self.scale, self.width = np.asarray(places, float), scale, width
        self.plate = plate
        self.plates = ax.add_patch(PathPatch(joined([]), facecolor=PAPER, edgecolor="none", alpha=0.66, zorder=2.5))
        zeros = [rectangle(x - width, y, 2 * width, 0) for x, y in self.places]
        self.zeros = ax.add_patch(PathPatch(joined(zeros), facecolor="none", edgecolor=FAINT, linewidth=1, zorder=2.6))
        self.found = ax.add_patch(PathPatch(joined([]), facecolor=GREEN, edgecolor="none", zorder=2.7))
        self.expected = ax.add_patch(
            PathPatch(joined([]), facecolor="none", edgecolor=INK, linewidth=1.1, zorder=2.8, joinstyle="miter")
        )

    @property
    def artists(self) -> list[Artist]:
        """What :meth:`move` changes, and the zero lines, which must be drawn after the plates."""
        return [self.plates, self.zeros, self.found, self.expected]

    def move(self, expected: Any, found: Any) -> None:
        """Show ``expected`` (n,) as hollow and ``found`` (n,) as filled bars; a found value of NaN is not there yet."""
        for patch, values in ((self.expected, expected), (self.found, found)):
            values = np.asarray(values, float)
            bars = [
                rectangle(x - self.width / 2, y, self.width, self.scale * value)
                for (x, y), value in zip(self.places, values, strict=True)
                if np.isfinite(value)
            ]
            patch.set_path(joined(bars))
        wide, high = self.plate
        widths = np.where(np.isfinite(np.asarray(found, float)), wide, 0.6 * wide)
        plates = zip(self.places, widths, strict=True)
        self.plates.set_path(joined([rectangle(x - self.width, y - high / 2, w, high) for (x, y), w in plates]))


def rectangle(x: float, y: float, width: float, height: float) -> list[tuple[float, float]]:
    """The corners of a rectangle, the first one again at the end."""
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]


def joined(polygons: list[list[tuple[float, float]]]) -> Path:
    """Closed ``polygons`` as one path; a single point where there are none."""
    if not polygons:
        return Path(np.zeros((1, 2)), [Path.MOVETO])
    codes = [code for p in polygons for code in (Path.MOVETO, *[Path.LINETO] * (len(p) - 2), Path.CLOSEPOLY)]
    return Path([corner for p in polygons for corner in p], codes)
