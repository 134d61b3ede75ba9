"""SVG that a page can repaint: matplotlib's drawing calls written as short, themed elements.

matplotlib's own SVG writer aims at stand-alone files. On a page its style sheet and ids leak from figure to
figure and its colours are fixed. This one writes no ids but those of clip paths, coordinates to a tenth of a
point, text as text, and each ink of ``ink`` as a CSS variable.

What it draws, as matplotlib does but for what is said here:

- lines, markers, patches, collections and meshes, with width, dashes, caps, joins, transparency, and the clip
  of a rectangle, of a path, or of both;
- text in any size, colour, weight, style, variant, stretch and turn. A family is asked of the reader's browser,
  ``sans-serif`` is the page's own. Formulas (``$…$``) and text with path effects become outlines;
- images: 32 colours each, which the browser scales if ``interpolation="none"``.

What it does not, it refuses with ``Undrawable``: hatches, Gouraud shading, LaTeX (``usetex``), sketches (xkcd),
filters (``set_agg_filter``), links (``set_url``), font features, fonts from a file, and, in a scene, a place that is
not finite. Whether edges are smoothed and snapped to pixels is the browser's affair.
"""

import base64
import io
from html import escape
from typing import Any, Literal
from zlib import crc32

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, stretch_dict, weight_dict
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, BboxBase, Transform
from PIL import Image

from .ink import CSS
from .style import TEXT

LETTERS = {Path.MOVETO: "m", Path.LINETO: "l", Path.CURVE3: "q", Path.CURVE4: "c", Path.CLOSEPOLY: "z"}
LENGTHS = {Path.MOVETO: 1, Path.LINETO: 1, Path.CURVE3: 2, Path.CURVE4: 3, Path.CLOSEPOLY: 1}
#: Whether a text is a formula, and whose.
MathText = bool | Literal["TeX"]
ANCHORS = {"left": ("start", 0.0), "center": ("middle", 0.5), "right": ("end", 1.0)}


class Undrawable(ValueError):
    """What a page cannot show: ``fault`` says what, and of which artist, ``mend`` what to do about it."""

    def __init__(self, fault: str, mend: str) -> None:
        super().__init__(fault)
        self.fault, self.mend = fault, mend


class NotFinite(Undrawable):
    """A coordinate that is NaN or infinite."""

    def __init__(self, fault: str = "a drawn coordinate is not finite") -> None:
        super().__init__(fault, "draw only finite numbers; where a value diverges, empty the artist and say so")


class ThemedSVG(RendererBase):
    """Collects the elements that artists draw on a figure of 72 dots per inch, so that a dot is a point.

    ``prefix`` goes before the ids of clip paths, which are the only ids. ``gaps`` allows places that are not
    finite, and leaves them out, as matplotlib does.
    """

    def __init__(self, width: float, height: float, prefix: str, gaps: bool = False) -> None:
        super().__init__()
        self.width, self.height, self.prefix, self.gaps = width, height, prefix, gaps
        self.elements: list[str] = []
        self.clips: dict[str, str] = {}
        self._open = 0
        self._widths: dict[tuple[str, int], float] = {}
        self._pictures: dict[bytes, str] = {}
        self._flip = Affine2D().scale(1, -1).translate(0, height)

    def take(self, artist: Artist) -> str:
        """Draw ``artist`` and return its elements. Raises :class:`Undrawable`, which names the part at fault."""
        try:
            return self._take(artist)
        except Undrawable as error:
            error.args = (f"{self._culprit(artist)}: {error.fault}",)
            raise

    def whole(self, fig: Figure) -> str:
        """The elements of a whole figure, on the page's own ground where its own is matplotlib's white."""
        dpi, ground = fig.get_dpi(), fig.get_facecolor()
        fig.set_dpi(72)
        if to_hex(ground) == "#ffffff":
            fig.set_facecolor("none")
        try:
            return self.take(fig)
        finally:
            fig.set_dpi(dpi)
            fig.set_facecolor(ground)

    def _take(self, artist: Artist) -> str:
        self.elements.clear()
        self._open = 0
        artist.draw(self)
        if self._open and not self.gaps:  # a text leaves its group open where it finds that it has no place
            raise NotFinite("the place of a text is not finite")
        return "".join(self.elements)

    def _culprit(self, artist: Artist) -> Artist:
        """The innermost part of ``artist`` that cannot be drawn."""
        for child in artist.get_children():
            try:
                if not child.get_animated():
                    self._take(child)
            except Undrawable:
                return self._culprit(child)
        return artist

    def open_group(self, s: str, gid: str | None = None) -> None:
        self._open += 1

    def close_group(self, s: str) -> None:
        self._open -= 1

    def start_filter(self) -> None:
        raise Undrawable("it has a filter of pixels (set_agg_filter)", "draw it without")

    def draw_gouraud_triangles(
        self, gc: GraphicsContextBase, triangles_array: Any, colors_array: Any, transform: Transform
    ) -> None:
        raise Undrawable("it has Gouraud shading", 'take shading="flat", or an image')

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: MathText
    ) -> tuple[float, float, float]:
        if ismath == "TeX":
            raise Undrawable(f"the text {s!r} is set by LaTeX", "leave usetex: matplotlib itself sets $…$")
        return super().get_text_width_height_descent(s, prop, ismath)

    def get_canvas_width_height(self) -> tuple[float, float]:
        return self.width, self.height

    def flipy(self) -> bool:
        return True

    def option_image_nocomposite(self) -> bool:
        return True

    def option_scale_image(self) -> bool:
        """An image without interpolation comes as it is: the browser scales its pixels, which stay squares."""
        return True

    def draw_path(self, gc: GraphicsContextBase, path: Path, transform: Transform, rgbFace: Any = None) -> None:
        self._require_finite(transform.transform(path.vertices))
        line = rgbFace is None
        bounds = (0.0, 0.0, self.width, self.height) if line else None
        simplify = line and path.should_simplify
        shown: Any = path.cleaned(transform + self._flip, self.gaps, bounds, simplify=simplify, curves=True)
        self._element(gc, path_data(shown.vertices, shown.codes), rgbFace, shown.vertices[drawn(shown.codes)])

    def draw_markers(
        self,
        gc: GraphicsContextBase,
        marker_path: Path,
        marker_trans: Transform,
        path: Path,
        trans: Transform,
        rgbFace: Any = None,
    ) -> None:
        self._require_finite(trans.transform(path.vertices))
        marker: Any = marker_path.cleaned(marker_trans + Affine2D().scale(1, -1), curves=True)
        segments = path.iter_segments(trans + self._flip, self.gaps, simplify=False)
        places = [vertices[-2:] for vertices, _ in segments]
        if places:
            # A run that has settled puts hundreds of markers on one spot: one will do.
            data = "".join(dict.fromkeys(path_data(marker.vertices + place, marker.codes) for place in places))
            self._element(gc, data, rgbFace, np.array(places))

    def draw_image(
        self, gc: GraphicsContextBase, x: float, y: float, im: Any, transform: Transform | None = None
    ) -> None:
        height, width = im.shape[:2]
        if transform is None:
            im = im[::-1]  # the lowest row comes first
            place = f'x="{short(x)}" y="{short(self.height - y - height)}" width="{width}" height="{height}"'
        else:
            # matplotlib's transform takes the unit square to dots, and the first row to its lower side.
            pixels = Affine2D().scale(1 / width, 1 / height) + transform + Affine2D().translate(x, y) + self._flip
            matrix = " ".join(f"{value + 0.0:.5g}" for value in pixels.get_matrix()[:2].T.ravel())
            place = f'width="{width}" height="{height}" transform="matrix({matrix})" style="image-rendering:pixelated"'
            if gc.get_alpha() != 1:  # else it is in the pixels already
                place += f' opacity="{gc.get_alpha():.3g}"'
        image = f'<image {place} href="data:image/png;base64,{self._png(im)}"/>'
        self._refuse(gc)
        # A clip path on the image itself would take part in its transform.
        clip = self._clip(gc)
        self.elements.append(f"<g{clip}>{image}</g>" if clip else image)

    def _png(self, im: np.ndarray) -> str:
        """The pixels (height, width, 4) as an encoded PNG of 32 colours, made once for each picture."""
        key = im.tobytes()
        if key not in self._pictures:
            picture = Image.fromarray(im).quantize(32, method=Image.Quantize.FASTOCTREE)
            file = io.BytesIO()
            picture.save(file, "png", optimize=True)
            self._pictures[key] = base64.b64encode(file.getvalue()).decode()
        return self._pictures[key]

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: MathText = False,
        mtext: Text | None = None,
    ) -> None:
        if ismath:
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        # Anchor at the aligned end: the page's font is seldom as wide as the one that was measured.
        anchor, share = ANCHORS[mtext.get_horizontalalignment() if mtext else "left"]
        if angle:
            anchor, share = ANCHORS["center"]
        along = share * self._width(s, prop) if share else 0
        turn = np.deg2rad(angle)
        left, base = short(x + along * np.cos(turn)), short(y - along * np.sin(turn))
        attributes = f' transform="rotate({short(-angle)} {left} {base})"' if angle else ""
        if anchor != "start":
            attributes += f' text-anchor="{anchor}"'
        attributes += font(prop, mtext)
        size = prop.get_size_in_points()
        if size != TEXT:
            attributes += f' font-size="{short(size)}"'
        attributes += f' style="{paint("fill", gc.get_rgb(), gc)}"'
        self._refuse(gc)
        written = f'<text x="{left}" y="{base}"{attributes}>{escape(s, quote=False)}</text>'
        # A clip path on the text itself would turn with it.
        clip = self._clip(gc)
        self.elements.append(f"<g{clip}>{written}</g>" if clip else written)

    def _require_finite(self, places: np.ndarray) -> None:
        """Raise :class:`NotFinite` unless every coordinate is finite: matplotlib would leave a gap in silence."""
        if not self.gaps and not np.isfinite(places).all():
            raise NotFinite

    def _width(self, s: str, prop: FontProperties) -> float:
        """The width of a text in points, measured once."""
        key = s, hash(prop)
        if key not in self._widths:
            self._widths[key] = self.get_text_width_height_descent(s, prop, False)[0]
        return self._widths[key]

    def _refuse(self, gc: GraphicsContextBase) -> None:
        """Raise :class:`Undrawable` for what a graphics context asks and a page does not have."""
        if gc.get_hatch():
            raise Undrawable(f"it has the hatch {str(gc.get_hatch())!r}", "tell areas apart by colour, edge or a label")
        if gc.get_sketch_params():
            raise Undrawable("it is a sketch (xkcd)", "draw it without")
        if gc.get_url():
            raise Undrawable(f"it has the link {gc.get_url()!r}", "put the link into the page's text")

    def _element(self, gc: GraphicsContextBase, data: str, face: Any, places: np.ndarray) -> None:
        self._refuse(gc)
        style = "fill:none" if face is None else paint("fill", face, gc)
        width = gc.get_linewidth()
        if width and gc.get_rgb()[3]:
            style += f";{paint('stroke', gc.get_rgb(), gc)};stroke-width:{width:.3g}"
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
        elif face is None:
            return
        if data:
            self.elements.append(f'<path d="{data}" style="{style}"{self._clip(gc, places, width)}/>')

    def _clip(self, gc: GraphicsContextBase, places: np.ndarray | None = None, margin: float = 0.0) -> str:
        """The clip-path attribute, or nothing where all that is drawn lies inside."""
        path: Any
        transform: Any
        path, transform = gc.get_clip_path()
        box = gc.get_clip_rectangle()
        if path is not None:
            within = self._clip_box(box) if box is not None else ""
            path = path.cleaned(transform + self._flip, curves=True)
            shape = f'<path d="{path_data(path.vertices, path.codes)}"{within}/>'
            return self._clip_by(shape, f"{crc32(shape.encode()):x}")
        return self._clip_box(box, places, margin) if box is not None else ""

    def _clip_box(self, box: BboxBase, places: np.ndarray | None = None, margin: float = 0.0) -> str:
        x0, y0, x1, y1 = box.x0, self.height - box.y1, box.x1, self.height - box.y0
        if places is not None and len(places):
            (left, top), (right, bottom) = places.min(axis=0), places.max(axis=0)
            if min(left - x0, top - y0, x1 - right, y1 - bottom) >= margin:
                return ""
        sizes = zip(("x", "y", "width", "height"), (x0, y0, x1 - x0, y1 - y0), strict=True)
        shape = "<rect " + " ".join(f'{name}="{short(size)}"' for name, size in sizes) + "/>"
        return self._clip_by(shape, "-".join(short(v) for v in (x0, y0, x1, y1)).replace(".", "_"))

    def _clip_by(self, shape: str, name: str) -> str:
        """The attribute that clips by ``shape``, which is kept under ``name``."""
        self.clips[f"{self.prefix}-{name}"] = shape
        return f' clip-path="url(#{self.prefix}-{name})"'


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
    return "".join(f' {name}="{escape(str(value))}"' for name, value in attributes.items())


def short(value: float) -> str:
    """A number to a tenth, as few characters as that takes."""
    return f"{round(float(value), 1) + 0.0:g}"


def definitions(clips: dict[str, str]) -> str:
    """The ``<defs>`` of some clip paths, in the order of their names."""
    paths = (f'<clipPath id="{name}">{shape}</clipPath>' for name, shape in sorted(clips.items()))
    return f"<defs>{''.join(paths)}</defs>"


def drawn(codes: np.ndarray) -> np.ndarray:
    """Which vertices are places: the end and the closing of a path are none."""
    return (codes != Path.STOP) & (codes != Path.CLOSEPOLY)


def path_data(vertices: np.ndarray, codes: np.ndarray) -> str:
    """The ``d`` attribute: each subpath from its absolute start in relative steps, to a tenth of a point."""
    places = drawn(codes)
    tenths = np.rint(np.where(places[:, None], vertices, 0) * 10).astype(int).tolist()
    data, here, start, last, k = [], (0, 0), (0, 0), "", 0
    while k < len(codes) and codes[k] != Path.STOP:
        code = codes[k]
        points = tenths[k : k + LENGTHS[code]]
        k += LENGTHS[code]
        letter = LETTERS[code]
        if code == Path.CLOSEPOLY:
            data.append("z")
            here, last = start, "z"
            continue
        if code == Path.MOVETO:
            start, letter, origin = points[0], "M", (0, 0)
        else:
            origin = here
        numbers = [number for x, y in points for number in (x - origin[0], y - origin[1])]
        if letter == last and letter != "M":
            data.append(" ")
        else:
            data.append(letter)
        data.append(" ".join(f"{number / 10:g}" for number in numbers))
        here, last = points[-1], letter
    return "".join(data)


def paint(role: str, colour: Any, gc: GraphicsContextBase) -> str:
    """The style of one colour, ``fill`` or ``stroke``; an ink becomes its CSS variable."""
    alpha = gc.get_alpha() if gc.get_forced_alpha() else (colour[3] if len(colour) == 4 else 1.0)
    value = to_hex(colour, keep_alpha=False)
    style = f"{role}:{CSS.get(value, value)}"
    return style if alpha == 1 else f"{style};{role}-opacity:{alpha:.3g}"
