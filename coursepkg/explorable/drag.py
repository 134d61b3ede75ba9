"""Drag: the part of a figure where the reader may take a start point by mouse or finger.

A scene that says ``drag=("x0", "y0")`` lets its first axes carry a ring at the values of these two sliders.
On a page the ring can be dragged, and goes to the nearest values of the sliders' grids; the sliders stay, and
remain the way of the keyboard. With one name, ``drag=("x0",)``, the ring runs along the axes' edge.
"""

import json
from html import escape

from .drawing import Drawing
from .paths import short

#: Half the width in points of what a finger must meet, and of the ring that is seen.
REACH, RING = 24, 8


def surface(drawing: Drawing) -> str:
    """The SVG that the page's script ``drag.js`` brings to life; empty for a scene without ``drag``.

    It holds the axes' rectangle, the ring, and for each dragged slider the place in points of each of its
    values, so that any scale of the axes will do. Raises :class:`SceneError` for a value outside the axes.
    """
    scene = drawing.scene
    if not scene.drag:
        return ""
    ax, height = drawing.fig.axes[0], drawing.fig.bbox.height
    box = ax.bbox
    tracks = {}
    for name, letter, x in zip(scene.drag, "xy", (True, False), strict=False):
        if not name:
            continue
        transform = ax.get_xaxis_transform() if x else ax.get_yaxis_transform()
        places = [
            transform.transform((value, 0))[0] if x else height - transform.transform((0, value))[1]
            for value in scene.controls[name].values
        ]
        low, high = (box.x0, box.x1) if x else (height - box.y1, height - box.y0)
        if not low - 0.1 <= min(places) <= max(places) <= high + 0.1:
            raise scene.error(
                None, f"values of the dragged {name} lie outside the first axes", "widen the limits of these axes"
            )
        tracks[letter] = [name, [round(place, 1) for place in places]]
    start = escape(json.dumps(tracks, separators=(",", ":")))
    place = f'x="{short(box.x0)}" y="{short(height - box.y1)}" width="{short(box.width)}"'
    return (
        f'<g class="drag {"".join(tracks)}" data-drag="{start}" display="none">'
        f'<rect {place} height="{short(box.height)}"/>'
        f'<g><circle r="{REACH}"/><circle class="ring" r="{RING}"/></g></g>'
    )
