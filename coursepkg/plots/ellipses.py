"""The level lines of a quadratic, ½ eᵀHe, as ellipses around its minimum."""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from .style import FAINT


class Ellipses:
    """Faint level lines that reach to ``reaches`` along the flattest eigen-direction; :meth:`move` gives them an H."""

    def __init__(self, ax: Axes, reaches: np.ndarray, points: int = 73) -> None:
        turn = np.linspace(0, 2 * np.pi, points)
        self._circle = np.array([np.cos(turn), np.sin(turn)])
        self.reaches = np.asarray(reaches, float)
        look = {"facecolor": "none", "edgecolor": FAINT, "linewidth": 0.8, "zorder": 0.5}
        self.patch = ax.add_patch(PathPatch(Path(np.zeros((1, 2))), **look))

    @property
    def artists(self) -> list[Artist]:
        """What :meth:`move` changes."""
        return [self.patch]

    def move(self, H: np.ndarray) -> None:
        """Show the quadratic of the symmetric H (2, 2), whose eigenvalues μ ≤ L are positive."""
        (mu, L), Q = np.linalg.eigh(H)
        shape = Q @ (self._circle * [[1.0], [np.sqrt(mu / L)]])
        self.patch.set_path(Path.make_compound_path(*(Path(reach * shape.T) for reach in self.reaches)))
