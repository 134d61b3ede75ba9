"""Memo: what an artist will draw, told by its attributes without drawing it.

Most artists look the same in many states of a scene, and to compare attributes takes far less time than to draw.
"""

from collections.abc import Callable, Hashable
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.markers import MarkerStyle
from matplotlib.text import Text
from matplotlib.transforms import (
    AffineBase,
    BboxBase,
    BlendedGenericTransform,
    CompositeGenericTransform,
    Transform,
    TransformedPath,
    TransformWrapper,
)

#: Attributes that say where an artist is kept, or what drawing has derived from the others.
ASIDE = {
    Artist: "_axes _parent_figure figure _callbacks _remove_method _stale stale_callback _animated _label "
    "_gid _picker _pickradius _mouseover _in_autoscale _in_layout _sticky_edges",
    Line2D: "_x _y _xy _path _transformed_path _invalidx _invalidy _subslice _x_filled",
    Text: "_renderer",
    AxesImage: "_imcache",
    MarkerStyle: "_marker_function",  # told by _marker
    object: "callbacks",
    Transform: "_parents _invalid _shorthand_name",
}
#: Kinds that are keys themselves.
ATOMS = frozenset((int, float, str, bool, NoneType))
#: Modules whose objects look as their attributes say.
PLAIN = tuple(f"matplotlib.{name}" for name in ("colorizer", "colors", "font_manager", "markers", "path"))


class Untold(Exception):
    """Something whose look its attributes do not tell."""


def look(artist: Artist) -> Hashable | None:
    """A key that two states share only where ``artist`` draws the same in both; None where its attributes cannot tell.

    It holds all attributes, and the place of the axes. That suffices for matplotlib's own artists; a class with a
    ``draw`` of its own says ``drawn_from_attributes = True`` where it holds for this one too.
    """
    kind = type(artist)
    if not (kind.__module__.startswith("matplotlib.") or getattr(kind, "drawn_from_attributes", False)):
        return None
    axes = artist.axes
    try:
        return axes and (told(axes.transData), told(axes.bbox)), attributes(artist)
    except Untold:
        return None


def told(value: Any) -> Hashable:
    """``value`` as a key; raises :class:`Untold` for a kind that is not known."""
    kind: Any = type(value)  # mypy does not take a class for Hashable
    return value if kind in ATOMS else teller(kind)(value)


@cache
def teller(kind: type) -> Callable[[Any], Hashable]:
    """What makes a key of values of this kind."""
    for kinds, tell in TELLERS:
        if issubclass(kind, kinds):
            return tell
    return attributes if kind.__module__ in PLAIN else refuse


def refuse(value: Any) -> Hashable:
    raise Untold(value)


def attributes(thing: Any) -> Hashable:
    """The kind of ``thing`` and its attributes, less those aside."""
    kind: Any = type(thing)
    skip = aside(kind)
    kept = [(name, value) for name, value in vars(thing).items() if name not in skip]
    # Most are atoms: a call for each of them would take most of the time.
    return kind, tuple([(name, value if type(value) in ATOMS else told(value)) for name, value in kept])


@cache
def aside(kind: type) -> frozenset[str]:
    """The names of attributes that do not count."""
    return frozenset(name for base, names in ASIDE.items() if issubclass(kind, base) for name in names.split())


def array(values: np.ndarray) -> Hashable:
    return refuse(values) if values.dtype.hasobject else (values.shape, values.dtype.char, values.tobytes())


TELLERS = (
    ((int, float, str, NoneType, Enum, np.generic, np.ufunc), lambda value: value),
    (np.ma.MaskedArray, lambda values: (array(values.data), array(np.ma.getmaskarray(values)))),
    (np.ndarray, array),
    ((tuple, list, range), lambda values: tuple([v if type(v) in ATOMS else told(v) for v in values])),
    (dict, lambda values: tuple((told(key), told(value)) for key, value in values.items())),
    (BboxBase, lambda box: box.get_points().tobytes()),
    (AffineBase, lambda transform: transform.get_matrix().tobytes()),
    (TransformWrapper, lambda transform: told(transform._child)),
    (CompositeGenericTransform, lambda transform: (told(transform._a), told(transform._b))),
    (BlendedGenericTransform, lambda transform: (told(transform._x), told(transform._y))),
    (TransformedPath, lambda path: told(path.get_transformed_path_and_affine())),
    (Transform, attributes),
)
