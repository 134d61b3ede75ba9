"""Paint: colours, strokes and fills as SVG styles, each ink as a CSS variable."""

from typing import Any

from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.colors import to_hex

from .ink import CSS
from .paths import short


def paint(role: str, colour: Any, gc: GraphicsContextBase) -> str:
    """The style of one colour, ``fill`` or ``stroke``; an ink becomes its CSS variable."""
    alpha = gc.get_alpha() if gc.get_forced_alpha() else (colour[3] if len(colour) == 4 else 1.0)
    value = to_hex(colour, keep_alpha=False)
    style = f"{role}:{CSS.get(value, value)}"
    return style if alpha == 1 else f"{style};{role}-opacity:{alpha:.3g}"


def brush(gc: GraphicsContextBase, face: Any) -> str:
    """The style of a path filled with the colour ``face``, or not at all, and its stroke; empty for one unseen."""
    fill = "fill:none" if face is None else paint("fill", face, gc)
    if gc.get_linewidth() and gc.get_rgb()[3]:
        return f"{fill};{stroke(gc)}"
    return "" if face is None else fill


def stroke(gc: GraphicsContextBase) -> str:
    """The style of a stroke: its colour, width, dashes, caps and joins."""
    style = f"{paint('stroke', gc.get_rgb(), gc)};stroke-width:{gc.get_linewidth():.3g}"
    dashes: Any
    offset, dashes = gc.get_dashes()
    if dashes is not None:
        style += f";stroke-dasharray:{' '.join(map(short, dashes))}"
        if offset:
            style += f";stroke-dashoffset:{short(offset)}"
    if gc.get_capstyle() != "butt":
        style += ";stroke-linecap:" + ("square" if gc.get_capstyle() == "projecting" else "round")
    if gc.get_joinstyle() != "miter":
        style += f";stroke-linejoin:{gc.get_joinstyle()}"
    return style
