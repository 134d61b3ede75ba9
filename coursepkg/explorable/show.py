"""Show: put a scene or a figure where the reader is, in a notebook or on a page."""

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING

from .scene import Scene

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def static() -> bool:
    """Whether the page is being built: then figures become part of it, and no widget is made."""
    return os.environ.get("EXPLORABLE") == "static"


def explore(scene: Scene) -> None:
    """Show ``scene`` with its sliders.

    In a notebook these are ipywidgets. While a page is built (``EXPLORABLE=static``) every state is compiled
    into it instead. Raises ``TypeError`` for anything but a scene, :class:`SceneError` for a broken one.
    """
    from IPython.display import display

    if not isinstance(scene, Scene):
        raise TypeError(f"explore: needs a scene (a function under @explorable), got {scene!r}")
    if not static():
        from .live import Live

        display(Live(scene).box)
        return
    from .page import explorable_html, png_text
    from .static import compiled

    result = compiled(scene)
    if report := os.environ.get("EXPLORABLE_REPORT"):
        file = Path(report, f"{scene.name}-{os.getpid()}.part")
        file.write_text(result.report, encoding="utf-8")
        file.rename(file.with_suffix(".txt"))
    from .picture import Picture

    png, _ = Picture(scene).at(scene.default)
    bundle = {
        "text/html": explorable_html(result),
        "image/png": png_text(png),
        "text/plain": f"explorable: {scene.name}",
    }
    display(bundle, raw=True)


def show(fig: "Figure", alt: str) -> None:
    """Show a matplotlib figure; ``alt`` says what is to be seen.

    On a page it follows the reader's theme. Raises ``ValueError`` when ``alt`` says nothing.
    """
    from IPython.display import display

    if not alt.strip():
        raise ValueError(f"show: alt must say what is to be seen, got {alt!r}")
    file = io.BytesIO()
    fig.savefig(file, format="png", dpi=120, facecolor="white")
    from .page import figure_html, png_text

    bundle = {"image/png": png_text(file.getvalue()), "text/plain": alt}
    if static():
        bundle["text/html"] = figure_html(fig, alt)
    display(bundle, raw=True)
