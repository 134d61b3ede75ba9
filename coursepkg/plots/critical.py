"""Critical points on a landscape's map: a dot for a minimum, a cross for a saddle, a triangle for a maximum."""

from collections.abc import Collection
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from ..engine.landscapes import Critical
from .style import GREEN, ORANGE, PURPLE


class Sign(NamedTuple):
    """One kind's colour, marker and filling: the marker alone tells it from the others."""

    color: str
    marker: str
    fillstyle: str


SIGNS: dict[str, Sign] = {
    "minimum": Sign(GREEN, "o", "full"),
    "saddle": Sign(ORANGE, "x", "full"),
    "maximum": Sign(PURPLE, "^", "none"),
}


def signs(ax: Axes, points: Collection[Critical], size: float = 5.0) -> list[Line2D]:
    """Mark ``points`` of the plane, one line of markers for each kind, labelled for a legend; ``size`` in points."""
    marks = []
    for kind, sign in SIGNS.items():
        places = np.array([point.x for point in points if point.kind == kind])
        marks += ax.plot(*places.T, linestyle="", markersize=size, mew=1.5, label=kind, **sign._asdict())
    return marks
