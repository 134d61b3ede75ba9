"""What a student drew, as plain data: told by the student's process, drawn again for the checks."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import Collection, LineCollection, PathCollection
from matplotlib.colors import to_rgba
from matplotlib.contour import ContourSet
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

SCALES = ("linear", "log", "symlog", "logit")


def portray(ax: Axes) -> dict[str, Any]:
    """Lines, points, contours, patches, texts, legend, names, scales and limits of `ax`, for `parcel.encode`."""
    legend = ax.get_legend()
    return {
        "names": {"xlabel": ax.get_xlabel(), "ylabel": ax.get_ylabel(), "title": ax.get_title()},
        "scales": [ax.get_xscale(), ax.get_yscale()],
        "limits": [list(map(float, ax.get_xlim())), list(map(float, ax.get_ylim()))],
        "lines": [_line(line, ax) for line in ax.lines],
        "collections": [_collection(collection) for collection in ax.collections],
        "patches": [_path(patch.get_patch_transform().transform_path(patch.get_path())) for patch in ax.patches],
        "images": len(ax.images),
        "texts": [[*map(float, text.get_position()), text.get_text()] for text in ax.texts],
        "legend": None if legend is None else [
            [text.get_text(), _style(handle) if isinstance(handle, Line2D) else None]
            for text, handle in zip(legend.get_texts(), legend.legend_handles, strict=False)
        ],
    }  # fmt: skip


def paint(ax: Axes, drawn: dict[str, Any]) -> None:
    """Draw on `ax` what `portray` told; ValueError or TypeError if it is no portrait."""
    for line in drawn["lines"]:
        place = {"x": ax.get_xaxis_transform, "y": ax.get_yaxis_transform}.get(line["along"], lambda: ax.transData)()
        points = np.reshape(line["points"], (-1, 2)).T
        ax.add_line(Line2D(*points, transform=place, label=line["label"], **line["style"]))
    for told in drawn["collections"]:
        if "levels" in told:
            pieces = [[np.reshape(piece, (-1, 2)) for piece in level] for level in told["pieces"]]
            ContourSet(ax, told["levels"], pieces, filled=bool(told["filled"]))
            continue
        if told["segments"]:
            artist = LineCollection([np.reshape(part, (-1, 2)) for part in told["segments"]])
        else:
            paths = [_unpathed(path) for path in told["paths"]]
            artist = PathCollection(paths, offsets=told["offsets"], offset_transform=ax.transData)
        artist.set_label(told["label"])
        ax.add_collection(artist, autolim=False)
    for path in drawn["patches"]:
        ax.add_patch(PathPatch(_unpathed(path)))
    for _ in range(drawn["images"]):
        ax.imshow([[0]], aspect="auto")
    for x, y, text in drawn["texts"]:
        ax.text(x, y, text)
    if drawn["legend"] is not None:
        handles = [Line2D([], [], **style) if style else Rectangle((0, 0), 1, 1) for _, style in drawn["legend"]]
        ax.legend(handles, [text for text, _ in drawn["legend"]])
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
    return {"points": points, "along": along, "label": str(line.get_label()), "style": _style(line)}


def _style(line: Line2D) -> dict[str, Any]:
    marker = line.get_marker() if isinstance(line.get_marker(), (str, int)) else "o"  # a shape of one's own
    return {"linestyle": line.get_linestyle(), "marker": marker, "color": list(to_rgba(line.get_color()))}


def _path(path: Path) -> list[Any]:
    return [np.asarray(path.vertices, float), None if path.codes is None else [int(code) for code in path.codes]]


def _unpathed(told: list[Any]) -> Path:
    return Path(np.reshape(told[0], (-1, 2)), told[1])


def _collection(collection: Collection) -> dict[str, Any]:
    if isinstance(collection, ContourSet):
        pieces = [[np.asarray(piece, float) for piece in level] for level in collection.allsegs]
        return {"levels": np.asarray(collection.levels, float), "pieces": pieces, "filled": bool(collection.filled)}
    segments = collection.get_segments() if isinstance(collection, LineCollection) else []
    return {
        "offsets": np.ma.filled(np.ma.asarray(collection.get_offsets(), float), np.nan),
        "segments": [np.asarray(segment, float) for segment in segments],
        "paths": [_path(path) for path in collection.get_paths()[:100]],
        "label": str(collection.get_label()),
    }
