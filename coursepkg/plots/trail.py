"""Every optimiser's look, the same in all figures of the book, and the path that it leaves on a figure."""

from typing import Any, NamedTuple

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from .style import BLUE, GREEN, INK, ORANGE, PURPLE, VERMILLION


class Look(NamedTuple):
    """One optimiser's colour, dashes and marker: any one of the three tells it from the others."""

    color: str
    linestyle: Any
    marker: str


#: By the optimiser's `name`; a method and its variant share a colour and differ in dashes and marker.
LOOKS: dict[str, Look] = {
    "gradient descent": Look(BLUE, "-", "o"),
    "heavy ball": Look(GREEN, (0, (5, 1.5)), "s"),
    "Nesterov": Look(GREEN, (0, (5, 1.5, 1, 1.5, 1, 1.5)), "p"),
    "AdaGrad": Look(ORANGE, (0, (1, 1)), "^"),
    "RMSProp": Look(PURPLE, (0, (3, 1.2, 1, 1.2)), "v"),
    "Adam": Look(VERMILLION, (0, (8, 1.5)), "D"),
    "AdamW": Look(VERMILLION, (0, (2, 1.2)), "d"),
    "Newton": Look(INK, (0, (6, 1, 1, 1)), "X"),
}


class Trail:
    """A path over a plane in its optimiser's look: a line, a marker at each iterate, a ring where it began.

    ``artists`` are those that :meth:`move` changes. ``optimiser`` is an optimiser, its class or its name.
    """

    def __init__(self, ax: Axes, optimiser: Any, zorder: float = 3, **line: Any) -> None:
        name = getattr(optimiser, "name", optimiser)
        self._look = {"linewidth": 1.6, "markersize": 4.5, "label": name, "zorder": zorder} | line
        (self.line,) = ax.plot([], [], **LOOKS[name]._asdict(), **self._look)
        self.start, self.end = (
            ax.plot([], [], color=LOOKS[name].color, zorder=zorder + 0.1, linestyle="", **marker)[0]
            for marker in (
                {"marker": "o", "fillstyle": "none", "markersize": 11, "mew": 1.6},
                {"marker": LOOKS[name].marker, "markersize": 9},
            )
        )

    @property
    def artists(self) -> list[Artist]:
        """What :meth:`move` changes."""
        return [self.line, self.start, self.end]

    def restyle(self, optimiser: Any) -> None:
        """Take on the look of another optimiser, where a slider chooses among them."""
        color, linestyle, marker = LOOKS[getattr(optimiser, "name", optimiser)]
        self.line.set(color=color, linestyle=linestyle, marker=marker)
        self.start.set_color(color)
        self.end.set(color=color, marker=marker)

    def move(self, x: Any) -> None:
        """Show the iterates x (k + 1, 2), from the start on; none if it is empty."""
        x = np.asarray(x, float).reshape(-1, 2)
        self.line.set_data(*x.T)
        self.start.set_data(*x[:1].T)
        self.end.set_data(*x[-1:].T)
