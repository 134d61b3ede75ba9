"""Regions of the plane as paths: polygons, and where a function over the plane reaches a level."""

from collections.abc import Iterable
from functools import cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.path import Path


def outline(polygons: Iterable[np.ndarray]) -> Path:
    """One path around all ``polygons``, each (m, 2); those of fewer than three corners are left out."""
    paths = [Path(np.vstack([p, p[:1]]), closed=True) for p in polygons if len(p) > 2]
    return Path.make_compound_path(*paths) if paths else Path(np.zeros((1, 2)), [Path.MOVETO])


def regions(ticks: np.ndarray, heights: np.ndarray, levels: Iterable[float]) -> list[Path]:
    """For each of ``levels``, ascending, the path around where ``heights`` reaches it.

    ``heights`` (m, m) are over the square of ``ticks`` (m,) with x₁ along the columns. Outlines close just outside of
    the square, so that a frame clips them away.
    """
    margin = 1e-3 * (ticks[1] - ticks[0])
    ticks = np.r_[ticks[0] - margin, ticks, ticks[-1] + margin]
    floor = min(heights.min(), *levels) - 1
    rim = np.pad(heights, 1, constant_values=floor)
    found = _bench().contour(ticks, ticks, rim, levels=list(levels))
    found.remove()
    return [outline(segments) for segments in found.allsegs]


@cache
def _bench() -> Axes:
    """Axes that nobody sees, to draw contours on: new ones each time would cost far more than the contours."""
    return Figure().add_axes((0, 0, 1, 1))
