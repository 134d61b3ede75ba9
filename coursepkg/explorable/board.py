"""Board: where on a figure the reader may place the points of a scene's :class:`Points`."""

from typing import Any

from .drawing import Drawing
from .points import Points


def board(drawing: Drawing) -> dict[str, Any]:
    """The places in points of both ends of the range on the first axes, ``across`` and, from above, ``down``.

    Empty for a scene without :class:`Points`. Raises :class:`SceneError` for a range that lies outside these axes, and
    for axes that are not linear, on which steps would not be equal.
    """
    scene = drawing.scene
    control = next((control for control in scene.controls.values() if isinstance(control, Points)), None)
    if not control:
        return {}
    ax, height = drawing.fig.axes[0], drawing.fig.bbox.height
    if (ax.get_xscale(), ax.get_yscale()) != ("linear", "linear"):
        raise scene.error(None, "its first axes, which carry points, are not linear", "give points linear axes")
    (left, bottom), (right, top) = ax.transData.transform(list(zip(control.x, control.y, strict=True)))
    box = ax.bbox
    if not (box.x0 - 0.1 <= left < right <= box.x1 + 0.1 and box.y0 - 0.1 <= bottom < top <= box.y1 + 0.1):
        raise scene.error(None, "its points lie outside the first axes", "widen the limits of these axes")
    scale = 72 / drawing.fig.dpi
    across, down = (left, right), (height - bottom, height - top)
    return {"across": [round(float(scale * x), 2) for x in across], "down": [round(float(scale * y), 2) for y in down]}
