"""Clips: the shapes outside of which nothing of an artist is shown, each kept once and used by its id."""

from typing import Any
from zlib import crc32

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.transforms import Affine2D, BboxBase

from .paths import path_data, short


class Clips:
    """The clip paths of a figure ``height`` points high: ``kept``, by ids that begin with ``prefix``."""

    def __init__(self, prefix: str, height: float) -> None:
        self.prefix, self.height = prefix, height
        self.kept: dict[str, str] = {}
        self._flip = Affine2D().scale(1, -1).translate(0, height)

    def attribute(self, gc: GraphicsContextBase, places: np.ndarray | None = None, margin: float = 0.0) -> str:
        """The clip-path attribute, or nothing where all that is drawn lies inside.

        ``places`` (points, 2) are what is drawn, in SVG's coordinates, with a ``margin`` around it in points; without
        them it may be anywhere.
        """
        path: Any
        transform: Any
        path, transform = gc.get_clip_path()
        box = gc.get_clip_rectangle()
        if path is not None:
            within = self._box(box) if box is not None else ""
            path = path.cleaned(transform + self._flip, curves=True)
            shape = f'<path d="{path_data(path.vertices, path.codes)}"{within}/>'
            return self._by(shape, f"{crc32(shape.encode()):x}")
        return self._box(box, places, margin) if box is not None else ""

    def _box(self, box: BboxBase, places: np.ndarray | None = None, margin: float = 0.0) -> str:
        x0, y0, x1, y1 = box.x0, self.height - box.y1, box.x1, self.height - box.y0
        if places is not None and len(places):
            (left, top), (right, bottom) = places.min(axis=0), places.max(axis=0)
            if min(left - x0, top - y0, x1 - right, y1 - bottom) >= margin:
                return ""
        sizes = zip(("x", "y", "width", "height"), (x0, y0, x1 - x0, y1 - y0), strict=True)
        shape = "<rect " + " ".join(f'{name}="{short(size)}"' for name, size in sizes) + "/>"
        return self._by(shape, "-".join(short(v) for v in (x0, y0, x1, y1)).replace(".", "_"))

    def _by(self, shape: str, name: str) -> str:
        """The attribute that clips by ``shape``, which is kept under ``name``."""
        self.kept[f"{self.prefix}-{name}"] = shape
        return f' clip-path="url(#{self.prefix}-{name})"'


def definitions(clips: dict[str, str]) -> str:
    """The ``<defs>`` of some clip paths, in the order of their names."""
    paths = (f'<clipPath id="{name}">{shape}</clipPath>' for name, shape in sorted(clips.items()))
    return f"<defs>{''.join(paths)}</defs>"
