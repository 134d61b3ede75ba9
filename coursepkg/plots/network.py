"""A whole network as a diagram, drawn from its own weights and activations."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from .diagram import edge_look
from .style import BLUE, INK, PAPER, VERMILLION


class NetworkDiagram:
    """Layers as columns of neurons, the input at x = 0, layer l at x = l, each column centred on y = 0.

    A weight's size is its edge's width, relative to the network's largest; positive weights are solid and blue,
    negative ones dashed and vermillion, zeros are left out. Biases are not drawn. An activation fills its neuron: a
    blue disc for a positive one, a vermillion ring for a negative one, the larger the nearer |a| is to 1. ``columns``
    and ``rows`` are the most that will be drawn, ``size`` a neuron's diameter in points.
    """

    def __init__(self, ax: Axes, columns: int, rows: int, size: float = 16, widest: float = 3.5) -> None:
        self.ax, self.size, self.widest = ax, size, widest
        ax.set(xlim=(-0.5, columns - 0.5), ylim=(-rows / 2, rows / 2))
        ax.axis("off")
        self.positive = ax.add_collection(LineCollection([], zorder=1, **_line(1)))
        self.negative = ax.add_collection(LineCollection([], zorder=1, **_line(-1)))
        (self.neurons,) = ax.plot([], [], "o", markersize=size, markerfacecolor=PAPER, mec=INK, mew=1, zorder=2)
        looks = {"linewidth": 0, "marker": "o", "zorder": 3}
        self.discs = ax.scatter([], [], color=BLUE, **looks)
        self.rings = ax.scatter([], [], facecolor="none", edgecolor=VERMILLION, **looks | {"linewidth": 1.8})

    @property
    def artists(self) -> list[Artist]:
        """What :meth:`move` changes."""
        return [self.positive, self.negative, self.neurons, self.discs, self.rings]

    def move(self, layers: Sequence[tuple[Any, Any]], activations: Sequence[Any] = ()) -> None:
        """Show the ``layers``, pairs W (outputs, inputs) and b, and each column's ``activations``, if given."""
        weights = [np.asarray(W, float) for W, _ in layers]
        self.places = [column(l, width) for l, width in enumerate([weights[0].shape[1], *map(len, weights)])]
        top = max(np.abs(W).max() for W in weights) or 1.0
        for sign, edges in ((1, self.positive), (-1, self.negative)):
            found = [(l, *jk) for l, W in enumerate(weights) for jk in np.argwhere(sign * W > 0)]
            edges.set_segments([(self.places[l][k], self.places[l + 1][j]) for l, j, k in found])
            edges.set_linewidths([0.3 + self.widest * abs(weights[l][j, k]) / top for l, j, k in found] or [0])
        self.neurons.set_data(*np.concatenate(self.places).T)
        a = np.concatenate([np.ravel(part) for part in activations]) if len(activations) else np.zeros(0)
        at = np.concatenate(self.places)[: len(a)]
        for marks, chosen in ((self.discs, a > 0), (self.rings, a < 0)):
            marks.set_offsets(at[chosen].reshape(-1, 2))
            marks.set_sizes((0.82 * self.size) ** 2 * np.minimum(np.abs(a[chosen]), 1))


def column(l: int, width: int) -> np.ndarray:
    """The places (width, 2) of the neurons of layer l, the first on top."""
    return np.column_stack([np.full(width, float(l)), (width - 1) / 2 - np.arange(width)])


def _line(sign: int) -> dict:
    look = edge_look(sign)
    return {"colors": look["color"], "linestyles": [look["linestyle"]]}
