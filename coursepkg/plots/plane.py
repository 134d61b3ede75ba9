"""The plane of two inputs: labelled points, a neuron's boundary, the side it calls 1, and its weight vector."""

from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrow, Polygon

from .style import BLUE, INK, VERMILLION

Limits = tuple[float, float, float, float]


def half_plane(w: Any, b: float, limits: Limits) -> np.ndarray:
    """The corners (m, 2) of {x : wᵀx + b ≥ 0} within the rectangle ``limits`` = (left, right, bottom, top).

    The rectangle is cut by the line (Sutherland and Hodgman 1974); m is 0 where nothing is left.
    """
    left, right, bottom, top = limits
    corners = np.array([(left, bottom), (right, bottom), (right, top), (left, top)], float)
    z = corners @ np.asarray(w, float) + b
    kept = []
    for k in range(4):
        here, there = corners[k], corners[(k + 1) % 4]
        if z[k] >= 0:
            kept.append(here)
        if (z[k] >= 0) != (z[(k + 1) % 4] >= 0):
            kept.append(here + (there - here) * z[k] / (z[k] - z[(k + 1) % 4]))
    return np.array(kept).reshape(-1, 2)


class Plane:
    """One axes as the plane of x₁ and x₂.

    Class 0 is drawn as hollow circles, class 1 as filled squares. ``artists`` are those that :meth:`move`
    changes: side, line and arrow. Leave the arrow out where the axes differ in scale: it would not stand at a
    right angle to the line.
    """

    def __init__(self, ax: Axes, limits: Limits, labels: tuple[str, str] = ("x₁", "x₂"), arrow: bool = True) -> None:
        self.ax, self.limits = ax, limits
        ax.set(xlim=limits[:2], ylim=limits[2:], xlabel=labels[0], ylabel=labels[1])
        self.side = ax.add_patch(Polygon(closed([]), facecolor=BLUE, alpha=0.13, edgecolor="none"))
        self.side.set_zorder(0.5)
        (self.line,) = ax.plot([], [], color=INK, zorder=2)
        self.arrow = (
            FancyArrow(0, 0, 0, 0, width=0.01, length_includes_head=True, color=INK, zorder=3) if arrow else None
        )
        if self.arrow:
            ax.add_patch(self.arrow)
        self.zeros, self.ones = self.points(zorder=4)

    def points(self, X: Any = (), y: Any = (), zorder: float = 4) -> tuple[Line2D, Line2D]:
        """Draw the points X (n, 2) by their class y (n,); returns the artists of class 0 and class 1."""
        (zeros,) = self.ax.plot([], [], "o", color=VERMILLION, fillstyle="none", mew=1.8, zorder=zorder)
        (ones,) = self.ax.plot([], [], "s", color=BLUE, zorder=zorder)
        if len(X):
            place(zeros, np.asarray(X)[np.asarray(y) == 0])
            place(ones, np.asarray(X)[np.asarray(y) == 1])
        return zeros, ones

    def label(self, X: Any, y: Any) -> None:
        """Put the plane's own points at X (n, 2), by their class y (n,)."""
        X, y = np.asarray(X), np.asarray(y)
        place(self.zeros, X[y == 0])
        place(self.ones, X[y == 1])

    @property
    def artists(self) -> list[Artist]:
        """What :meth:`move` changes."""
        return [artist for artist in (self.side, self.line, self.arrow) if artist]

    def move(self, w: Any, b: float) -> None:
        """Show the neuron with weights w (2,) and bias b; the arrow has the direction of w, not its length."""
        w = np.asarray(w, float)
        self.side.set_xy(closed(half_plane(w, b, self.limits)))
        self.line.set_data(*boundary(w, b, self.limits).T)
        if self.arrow:
            self._point(w, b)

    def _point(self, w: np.ndarray, b: float) -> None:
        """Turn the arrow along w, its foot on the boundary."""
        length = float(np.hypot(*w))
        if length == 0:
            self.arrow.set_data(x=0, y=0, dx=0, dy=0, width=0, head_width=0, head_length=0)
            return
        left, right, bottom, top = self.limits
        span = min(right - left, top - bottom)
        middle = np.array([(left + right) / 2, (bottom + top) / 2])
        x, y = middle - w * (w @ middle + b) / length**2
        dx, dy = 0.22 * span * w / length
        sizes = {"width": 0.008 * span, "head_width": 0.06 * span, "head_length": 0.08 * span}
        self.arrow.set_data(x=x, y=y, dx=dx, dy=dy, **sizes)


def place(markers: Line2D, X: np.ndarray) -> None:
    """Put a line's markers at the rows of X (n, 2)."""
    markers.set_data(X[:, 0], X[:, 1])


def closed(corners: np.ndarray) -> np.ndarray:
    """A polygon's corners (m, 2), or two equal ones where there are none: matplotlib wants some."""
    return corners if len(corners) else np.zeros((2, 2))


def boundary(w: Any, b: float, limits: Limits) -> np.ndarray:
    """The two ends (2, 2) of the line wᵀx + b = 0 across ``limits``; (0, 2) where it does not cross them."""
    w = np.asarray(w, float)
    if not w.any():
        return np.empty((0, 2))
    corners = half_plane(w, b, limits)
    on = np.isclose(corners @ w + b, 0, atol=1e-9 * max(1.0, np.abs(w).max() + abs(b)))
    ends = corners[on]
    return ends[[0, -1]] if len(ends) >= 2 else np.empty((0, 2))
