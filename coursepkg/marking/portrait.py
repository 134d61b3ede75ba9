"""What a student drew, as plain data: told by the student's process, drawn again for the checks."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import Collection, LineCollection, PathCollection
from matplotlib.colors import to_rgba
from matplotlib.contour import ContourSet
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.path import Path

SCALES = ("linear", "log", "symlog", "logit")


def portray(ax: Axes) -> dict[str, Any]:
    """Lines, points, contours, bars, texts, legend, names, scales and limits of `ax`, for `parcel.encode`."""
    legend = ax.get_legend()
    return {
        "names": {"xlabel": ax.get_xlabel(), "ylabel": ax.get_ylabel(), "title": ax.get_title()},
        "scales": [ax.get_xscale(), ax.get_yscale()],
        "limits": [list(map(float, ax.get_xlim())), list(map(float, ax.get_ylim()))],
        "lines": [_line(line, ax) for line in ax.lines],
        "collections": [_collection(collection) for collection in ax.collections],
        "bars": [[*patch.get_xy(), patch.get_width(), patch.get_height()]
                 for patch in ax.patches if isinstance(patch, Rectangle)],
        "texts": [[*map(float, text.get_position()), text.get_text()] for text in ax.texts],
        "legend": None if legend is None else [text.get_text() for text in legend.get_texts()],
    }  # fmt: skip


def paint(ax: Axes, drawn: dict[str, Any]) -> None:
    """Draw on `ax` what `portray` told; ValueError or TypeError if it is no portrait."""
    for line in drawn["lines"]:
        place = {"x": ax.get_xaxis_transform, "y": ax.get_yaxis_transform}.get(line["along"], lambda: ax.transData)()
        style = {key: line[key] for key in ("linestyle", "marker", "label", "color")}
        ax.add_line(Line2D(*np.reshape(line["points"], (-1, 2)).T, transform=place, **style))
    for told in drawn["collections"]:
        if "levels" in told:
            pieces = [[np.reshape(piece, (-1, 2)) for piece in level] for level in told["pieces"]]
            ContourSet(ax, told["levels"], pieces, filled=bool(told["filled"]))
            continue
        artist = LineCollection([np.reshape(part, (-1, 2)) for part in told["segments"]]) if told["segments"] else (
            PathCollection([Path.unit_circle()], offsets=told["offsets"], offset_transform=ax.transData))  # fmt: skip
        artist.set_label(told["label"])
        ax.add_collection(artist)
    for x, y, width, height in drawn["bars"]:
        ax.add_patch(Rectangle((x, y), width, height))
    for x, y, text in drawn["texts"]:
        ax.text(x, y, text)
    if drawn["legend"] is not None:
        ax.legend([Line2D([], []) for _ in drawn["legend"]], drawn["legend"])
    ax.set(**{key: str(drawn["names"][key]) for key in ("xlabel", "ylabel", "title")})
    for axis, scale, limits in zip("xy", drawn["scales"], drawn["limits"], strict=True):
        if scale not in SCALES:
            raise ValueError(f"the scale of an axis must be one of {', '.join(SCALES)}, but is {scale!r}")
        ax.set(**{f"{axis}scale": scale, f"{axis}lim": limits})


def _line(line: Line2D, ax: Axes) -> dict[str, Any]:
    points, where, along = np.asarray(line.get_xydata(), float), line.get_transform(), ""
    if where == ax.get_xaxis_transform(which="grid") or where == ax.get_xaxis_transform():  # from ax.axvline
        along = "x"
    elif where == ax.get_yaxis_transform(which="grid") or where == ax.get_yaxis_transform():  # from ax.axhline
        along = "y"
    elif where != ax.transData:
        points = (where - ax.transData).transform(points)
    marker = line.get_marker() if isinstance(line.get_marker(), (str, int)) else "o"  # a shape of one's own
    style = {"linestyle": line.get_linestyle(), "marker": marker, "label": str(line.get_label())}
    return {"points": points, "along": along, "color": list(to_rgba(line.get_color())), **style}


def _collection(collection: Collection) -> dict[str, Any]:
    if isinstance(collection, ContourSet):
        pieces = [[np.asarray(piece, float) for piece in level] for level in collection.allsegs]
        return {"levels": np.asarray(collection.levels, float), "pieces": pieces, "filled": bool(collection.filled)}
    segments = collection.get_segments() if isinstance(collection, LineCollection) else []
    return {
        "offsets": np.ma.filled(np.ma.asarray(collection.get_offsets(), float), np.nan),
        "segments": [np.asarray(segment, float) for segment in segments],
        "label": str(collection.get_label()),
    }
