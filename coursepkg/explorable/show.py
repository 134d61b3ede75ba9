"""Show: put a scene or a figure where the reader is, in a notebook or on a page."""

import base64
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .scene import Scene

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def static() -> bool:
    """Whether the page is being built: then figures become part of it, and no widget is made."""
    return os.environ.get("EXPLORABLE") == "static"


def explore(scene: Scene) -> None:
    """Show ``scene`` with its sliders.

    In a notebook these are ipywidgets. While a page is built (``EXPLORABLE=static``) every state is compiled into
    one bundle instead, which the page's renderer makes its figure of. Raises ``TypeError`` for anything but a scene,
    :class:`coursepkg.explorable.SceneError` for a broken one.
    """
    from IPython.display import display

    if not isinstance(scene, Scene):
        raise TypeError(f"explore: needs a scene (a function under @explorable), got {scene!r}")
    if not static():
        from .live import live

        display(live(scene).bundle, raw=True)
        return
    from .bundle import MIME, explorable_bundle
    from .picture import Picture
    from .static import compiled

    result = compiled(scene)
    bundle = explorable_bundle(result)
    png, _ = Picture(scene).at(scene.default)
    data = {MIME: bundle, "image/png": png_text(png), "text/plain": f"explorable: {scene.name}"}
    display(data, metadata={MIME: {"seconds": round(result.seconds, 1)}}, raw=True)


def write_html(scene: Scene, path: str | Path) -> None:
    """Write ``scene`` with all its states to ``path`` as one HTML file, which needs no other.

    ``?theme=dark`` or ``?theme=light`` in its address chooses the theme. Raises ``TypeError`` for anything but a
    scene, :class:`coursepkg.explorable.SceneError` for a broken one.
    """
    from .bundle import explorable_bundle
    from .standalone import document
    from .static import compiled

    if not isinstance(scene, Scene):
        raise TypeError(f"write_html: needs a scene (a function under @explorable), got {scene!r}")
    Path(path).write_text(document(explorable_bundle(compiled(scene))), encoding="utf-8")


def show(fig: "Figure", alt: str) -> None:
    """Show a matplotlib figure, any one, once; ``alt`` says what is to be seen.

    On a page its blacks, its white and the inks of :mod:`coursepkg.explorable.style` follow the reader's theme. The
    figure is closed, so that the notebook does not show it a second time, and the style that its ``figure`` put into
    force gives way to the user's own. Raises ``TypeError`` for anything but a figure, ``ValueError`` when ``alt`` says
    nothing, and, where a page is built, for what :mod:`coursepkg.explorable.svg` cannot draw.
    """
    from IPython.display import display
    from matplotlib.figure import Figure

    from .bundle import MIME, figure_bundle
    from .style import restore
    from .undrawable import Undrawable

    if not isinstance(fig, Figure):
        raise TypeError(f"show: needs a matplotlib figure, got {fig!r}")
    try:
        if not isinstance(alt, str) or not alt.strip():
            raise ValueError(f"show: alt must say what is to be seen, got {alt!r}")
        file = io.BytesIO()
        fig.savefig(file, format="png", dpi=120, facecolor="white")
        data: dict[str, Any] = {"image/png": png_text(file.getvalue()), "text/plain": alt}
        if static():
            data[MIME] = figure_bundle(fig, alt)
    except Undrawable as error:
        raise ValueError(f"show: {error}. Mend: {error.mend}.") from error
    finally:
        restore()
        if pyplot := sys.modules.get("matplotlib.pyplot"):
            pyplot.close(fig)
    display(data, raw=True)


def png_text(png: bytes) -> str:
    """PNG bytes as a notebook stores them."""
    return base64.b64encode(png).decode()
