"""A surface over a disc as ridge lines: profiles from back to front, each hiding what lies behind it."""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.path import Path

from .style import INK, PAPER


class Ridge(Line2D):
    """A line that hides, in the colour of the paper, what is behind and below it, down to ``floor``."""

    floor = 0.0
    drawn_from_attributes = True  # so that what has not moved is not drawn again

    def draw(self, renderer: RendererBase) -> None:
        """Paint the paper, then the line."""
        x, y = self.get_xydata().T
        below = Path(np.column_stack([np.r_[x, x[-1], x[0]], np.r_[y, self.floor, self.floor]]))
        gc = renderer.new_gc()
        gc.set_linewidth(0)
        renderer.draw_path(gc, below, self.get_transform(), to_rgba(PAPER))
        gc.restore()
        super().draw(renderer)


class Ridges:
    """The surface z = f(u, v) over the unit disc, seen from above its rim; :meth:`move` turns and changes it.

    There is no perspective: a place lies at (across, depth · ``tilt`` + z · ``lift``). z is drawn from 0 to 1.
    """

    def __init__(self, ax: Axes, rows: int = 23, points: int = 37, tilt: float = 0.55, lift: float = 0.75) -> None:
        ax.set(xlim=(-1.05, 1.05), ylim=(-tilt - 0.05, tilt + lift))
        ax.axis("off")
        self.tilt, self.lift, self.points = tilt, lift, points
        self.depths = np.linspace(0.98, -0.98, rows)
        self.artists = [
            ax.add_line(Ridge([0], [0], color=INK, linewidth=0.9, solid_joinstyle="round", zorder=1 + k / rows))
            for k in range(rows)
        ]
        for artist, depth in zip(self.artists, self.depths, strict=True):
            artist.floor = depth * tilt - 0.02

    def place(self, across: np.ndarray, depth: np.ndarray, z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Where (across, depth) at height z lies on the axes."""
        return across, depth * self.tilt + z * self.lift

    def move(self, f: Callable[[np.ndarray, np.ndarray], np.ndarray], angle: float) -> None:
        """Show f, which takes arrays (m,) of u and v, from the direction ``angle`` (radians, anticlockwise)."""
        c, s = np.cos(angle), np.sin(angle)
        for artist, depth in zip(self.artists, self.depths, strict=True):
            reach = np.sqrt(1 - depth**2)
            across = np.linspace(-reach, reach, max(5, round(self.points * reach)))
            z = f(c * across - s * depth, s * across + c * depth)
            artist.set_data(*self.place(across, np.full_like(across, depth), z))
