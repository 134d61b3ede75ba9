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

from typing import Any, Literal

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Transform

from .clips import Clips, definitions
from .images import Images
from .lettering import anchored, font, written
from .paint import brush, paint
from .paths import drawn, path_data
from .undrawable import NotFinite, Undrawable, refuse

__all__ = ["NotFinite", "ThemedSVG", "Undrawable", "definitions"]

#: Whether a text is a formula, and whose.
MathText = bool | Literal["TeX"]


class ThemedSVG(RendererBase):
    """Collects the elements that artists draw on a figure of 72 dots per inch, so that a dot is a point.

    ``prefix`` goes before the ids of clip paths, which are the only ids. ``gaps`` allows places that are not
    finite, and leaves them out, as matplotlib does.
    """

    def __init__(self, width: float, height: float, prefix: str, gaps: bool = False) -> None:
        super().__init__()
        self.width, self.height, self.gaps = width, height, gaps
        self.elements: list[str] = []
        self._clips = Clips(prefix, height)
        self.clips = self._clips.kept
        self._open = 0
        self._widths: dict[tuple[str, int], float] = {}
        self._images = Images(height)
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

    def draw_path_collection(
        self,
        gc: GraphicsContextBase,
        master_transform: Any,
        paths: Any,
        all_transforms: Any,
        offsets: Any,
        *more: Any,
        **named: Any,
    ) -> None:
        """Draw nothing where there is no place to draw at: matplotlib before 3.11 then draws once, in the corner."""
        if len(offsets):
            super().draw_path_collection(gc, master_transform, paths, all_transforms, offsets, *more, **named)

    def draw_image(
        self, gc: GraphicsContextBase, x: float, y: float, im: Any, transform: Transform | None = None
    ) -> None:
        self._clipped(gc, self._images.element(gc, x, y, im, transform))

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
        anchor, share = anchored(mtext, angle)
        along = share * self._width(s, prop) if share else 0
        turn = np.deg2rad(angle)
        x, y = x + along * np.cos(turn), y - along * np.sin(turn)
        self._clipped(gc, written(s, x, y, anchor, angle, paint("fill", gc.get_rgb(), gc), font(prop, mtext)))

    def _clipped(self, gc: GraphicsContextBase, element: str) -> None:
        """Keep an element that may have a transform, in which a clip path on itself would take part."""
        refuse(gc)
        clip = self._clips.attribute(gc)
        self.elements.append(f"<g{clip}>{element}</g>" if clip else element)

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

    def _element(self, gc: GraphicsContextBase, data: str, face: Any, places: np.ndarray) -> None:
        """Keep a path, of which ``places`` (points, 2) says how far it reaches."""
        refuse(gc)
        style = brush(gc, face)
        if data and style:
            clip = self._clips.attribute(gc, places, gc.get_linewidth())
            self.elements.append(f'<path d="{data}" style="{style}"{clip}/>')
