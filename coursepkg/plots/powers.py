"""Sizes over many powers of ten: bars from 1 up or down, curves, and what lies beyond the axis or is 0."""

from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from .style import BLUE, FAINT, INK, VERMILLION

SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def power(exponent: float) -> str:
    """10 to the ``exponent`` in a reader's words: 0.025, 1024, 4.1·10⁻¹², or 0 where it is −∞.

    >>> power(-11.387), power(-2), power(float("-inf"))
    ('4.1·10⁻¹²', '0.01', '0')
    """
    if exponent == -np.inf:
        return "0"
    if -3 <= exponent < 4:
        return f"{10**exponent:.3g}" if exponent < 3 else f"{10**exponent:.0f}"
    whole = int(np.floor(exponent))
    digits = f"{10 ** (exponent - whole):.1f}"
    if digits == "10.0":
        whole, digits = whole + 1, "1.0"
    return f"{digits}·10{str(whole).translate(SUPERSCRIPT)}"


def power_axis(ax: Axes, low: int, high: int, step: int) -> None:
    """Make y the exponent of ten from ``low`` to ``high``, a tick each ``step``, and a line at 10⁰ = 1."""
    ticks = range(step * -(-low // step), high + 1, step)
    ax.set(
        ylim=(low, high), yticks=ticks, yticklabels=[f"10{str(k).translate(SUPERSCRIPT)}" if k else "1" for k in ticks]
    )
    ax.axhline(0, color=FAINT, linewidth=0.8, zorder=0.5)


class PowerBars:
    """A bar for each exponent, from 10⁰ = 1 up (filled) or down (hollow), on an axes made by :func:`power_axis`.

    A bar that leaves the axes ends in an arrow head; an exponent of −∞, the size 0, is a cross at the bottom.
    """

    def __init__(self, ax: Axes) -> None:
        self.low, self.high = ax.get_ylim()
        self.up = ax.add_patch(PathPatch(bars([], []), facecolor=BLUE, edgecolor="none"))
        self.down = ax.add_patch(PathPatch(bars([], []), facecolor=VERMILLION, edgecolor=VERMILLION, alpha=0.35))
        (self.above,) = ax.plot([], [], "^", color=INK, markersize=6, zorder=3)
        (self.below,) = ax.plot([], [], "v", color=INK, markersize=6, zorder=3)
        (self.zeros,) = ax.plot([], [], "x", color=INK, markersize=6, mew=1.6, zorder=3)

    @property
    def artists(self) -> list[Artist]:
        """What :meth:`move` changes."""
        return [self.up, self.down, self.above, self.below, self.zeros]

    def move(self, exponents: np.ndarray) -> None:
        """Show ``exponents`` (n,) at x = 0, …, n − 1."""
        exponents = np.asarray(exponents, float)
        x, shown = np.arange(len(exponents)), np.clip(exponents, self.low, self.high)
        self.up.set_path(bars(x[exponents > 0], shown[exponents > 0]))
        falls = (exponents < 0) & (exponents > -np.inf)
        self.down.set_path(bars(x[falls], shown[falls]))
        inset = 0.03 * (self.high - self.low)
        for markers, where, y in (
            (self.above, exponents > self.high, self.high - inset),
            (self.below, falls & (exponents < self.low), self.low + inset),
            (self.zeros, exponents == -np.inf, self.low + inset),
        ):
            markers.set_data(x[where], np.full(where.sum(), y))


class PowerCurve:
    """Exponents of ten, step by step, on an axes made by :func:`power_axis`; ``line`` is how they are drawn.

    A step above the axes is an arrow head at the top. The first one below, 0 among them, is one at the bottom.
    """

    def __init__(self, ax: Axes, **line: Any) -> None:
        self.low, self.high = ax.get_ylim()
        (self.line,) = ax.plot([], [], **line)
        self.above, self.below = (
            ax.plot([], [], mark, color=self.line.get_color(), markersize=6.5)[0] for mark in ("^", "v")
        )

    @property
    def artists(self) -> list[Artist]:
        """What :meth:`move` changes."""
        return [self.line, self.above, self.below]

    def restyle(self, color: str, linestyle: Any) -> None:
        """Take on another look."""
        self.line.set_linestyle(linestyle)
        for artist in self.artists:
            artist.set_color(color)

    def move(self, exponents: np.ndarray) -> None:
        """Show ``exponents`` (n,) at the steps 0, …, n − 1."""
        exponents = np.asarray(exponents, float)
        inside = (exponents >= self.low) & (exponents <= self.high)
        self.line.set_data(np.flatnonzero(inside), exponents[inside])
        inset = 0.03 * (self.high - self.low)
        for head, steps, y in (
            (self.above, np.flatnonzero(exponents > self.high), self.high - inset),
            (self.below, np.flatnonzero(exponents < self.low)[:1], self.low + inset),
        ):
            head.set_data(steps, np.full(len(steps), y))


def bars(x: np.ndarray, height: np.ndarray) -> Path:
    """One path of a bar at each x, 0.7 wide, from 0 to its height."""
    if not len(x):
        return Path(np.zeros((1, 2)), [Path.MOVETO])
    corners = [
        [(k - 0.35, 0), (k - 0.35, h), (k + 0.35, h), (k + 0.35, 0), (k - 0.35, 0)]
        for k, h in zip(x, height, strict=True)
    ]
    return Path(np.concatenate(corners), [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY] * len(x))
