"""Lettering: a text as an SVG element in a font of the reader's browser."""

from html import escape
from typing import Any

from matplotlib.font_manager import FontProperties, stretch_dict, weight_dict
from matplotlib.text import Text

from .paths import short
from .style import TEXT
from .undrawable import Undrawable

#: For each alignment, SVG's name of the anchor and its place along the text.
ANCHORS = {"left": ("start", 0.0), "center": ("middle", 0.5), "right": ("end", 1.0)}


def anchored(text: Text | None, angle: float) -> tuple[str, float]:
    """SVG's name of a text's anchor, and how far along the text it lies.

    It is the aligned end, as the page's font is seldom as wide as the one that was measured; the middle of what is
    turned.
    """
    if angle:
        return ANCHORS["center"]
    return ANCHORS[text.get_horizontalalignment() if text else "left"]


def written(s: str, x: float, y: float, anchor: str, angle: float, fill: str, attributes: str) -> str:
    """The element of the text ``s``, whose anchor is at (x, y) points, turned by ``angle`` degrees.

    ``fill`` is its style, ``attributes`` are those of its :func:`font`.
    """
    left, base = short(x), short(y)
    turn = f' transform="rotate({short(-angle)} {left} {base})"' if angle else ""
    aligned = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{left}" y="{base}"{turn}{aligned}{attributes} style="{fill}">{escape(s, quote=False)}</text>'


def font(prop: FontProperties, text: Text | None) -> str:
    """The attributes of a font that is other than the page's own. Raises :class:`Undrawable` for what no page has."""
    if prop.get_file():
        raise Undrawable(f"its font is the file {prop.get_file()!s}", "name a family: a page has the reader's fonts")
    if text and getattr(text, "get_fontfeatures", lambda: None)():
        raise Undrawable("it has font features", "write it without")
    attributes: dict[str, Any] = {}
    families = prop.get_family()
    if "monospace" in families:
        attributes["class"] = "mono"
    elif families[0] not in ("sans-serif", "sans"):
        attributes["font-family"] = ", ".join(families)
    weight: Any = prop.get_weight()
    weight = weight_dict.get(weight, weight)
    if weight != 400:
        attributes["font-weight"] = weight
    if prop.get_style() != "normal":
        attributes["font-style"] = prop.get_style()
    if prop.get_variant() != "normal":
        attributes["font-variant"] = prop.get_variant()
    stretch: Any = prop.get_stretch()
    stretch = stretch_dict.get(stretch, stretch)
    if stretch != 500:  # from 0 to 1000; CSS has words for whole hundreds
        attributes["font-stretch"] = next(name for name, n in stretch_dict.items() if n >= min(stretch, 900))
    if prop.get_size_in_points() != TEXT:
        attributes["font-size"] = short(prop.get_size_in_points())
    return "".join(f' {name}="{escape(str(value))}"' for name, value in attributes.items())
