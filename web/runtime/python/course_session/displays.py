"""Displays: what a cell shows, as bundles of media types, and the little of IPython that notebooks ask for."""

import base64
import io
import json
import sys
import types
from collections.abc import Callable
from typing import Any

RICH = {
    "_repr_html_": "text/html",
    "_repr_svg_": "image/svg+xml",
    "_repr_png_": "image/png",
    "_repr_jpeg_": "image/jpeg",
    "_repr_markdown_": "text/markdown",
    "_repr_latex_": "text/latex",
}
EXPLORABLE = "application/vnd.coursepkg.explorable+json"
_tell: Callable[[dict[str, Any]], None] = print


def install(tell: Callable[[dict[str, Any]], None]) -> None:
    """Give bundles to `tell`; stand in for IPython.display; draw without a window."""
    global _tell
    _tell = tell
    ipython, module = types.ModuleType("IPython"), types.ModuleType("IPython.display")
    module.display, module.clear_output = display, lambda wait=False: _tell({"clear": wait})
    for name, media in (("HTML", "text/html"), ("SVG", "image/svg+xml"), ("Markdown", "text/markdown")):
        setattr(module, name, rich(name, media))
    ipython.display, ipython.get_ipython, ipython.version_info = module, lambda: None, (9, 0)
    sys.modules |= {"IPython": ipython, "IPython.display": module}
    import matplotlib as mpl

    mpl.use("agg")
    from matplotlib import pyplot

    pyplot.show = lambda *_, **__: flush_figures()


def rich(name: str, media: str) -> type:
    """A class as IPython.display has them: it holds text of one media type."""
    return type(name, (), {"__init__": lambda self, data: setattr(self, "data", data), "media": media})


def display(*things: Any, raw: bool = False, **_: Any) -> None:
    """Show each thing in the richest form that it has; with `raw`, each is a bundle already."""
    for thing in things:
        made = thing if raw else bundle(thing)
        if EXPLORABLE in made:
            # The same renderer makes the mark-up as when the site was built. An explorable gets a frame of its own,
            # with all of its scripts; its states are a part of it.
            from coursepkg.explorable import renderer, standalone

            what = made[EXPLORABLE]
            still = what["kind"] == "still"
            made = {"text/html": renderer.render(what)} if still else {"document": standalone.document(what)}
        _tell(made)


def spare_compiling() -> None:
    """Let `explore` compile a few states only: the session draws the others when they are asked for.

    Of the course's own scenes not even these: this very build has put them on the page.
    """
    import coursepkg.explorable as library
    from coursepkg.explorable import Scene
    from coursepkg.explorable.bundle import explorable_bundle
    from coursepkg.explorable.static import begun

    module = sys.modules["coursepkg.explorable.show"]  # the name in the package is the function

    def explore(scene: Scene) -> None:
        if not isinstance(scene, Scene):
            raise TypeError(f"explore: needs a scene (a function under @explorable), got {scene!r}")
        if scene.draw.__module__.startswith("coursepkg.scenes."):
            _tell({"keep": scene.name})
        else:
            display({EXPLORABLE: explorable_bundle(begun(scene))}, raw=True)

    explore.__doc__ = module.explore.__doc__
    module.explore = library.explore = explore


def bundle(thing: Any) -> dict[str, Any]:
    """The media types of a thing, its repr among them."""
    if media := getattr(type(thing), "media", None):
        return {media: thing.data}
    found: dict[str, Any] = {"text/plain": repr(thing)}
    if hasattr(thing, "_repr_mimebundle_"):
        made = thing._repr_mimebundle_()
        found |= made[0] if isinstance(made, tuple) else made
    for method, media in RICH.items():
        if hasattr(thing, method) and (data := getattr(thing, method)()) is not None:
            found[media] = data
    return found


def plain(made: dict[str, Any]) -> str:
    """A bundle as JSON, bytes in base64."""
    return json.dumps({k: base64.b64encode(v).decode() if isinstance(v, bytes) else v for k, v in made.items()})


def flush_figures() -> None:
    """Show pyplot's open figures, as a notebook does at the end of a cell, and close them."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    for number in pyplot.get_fignums() if pyplot else []:
        figure = pyplot.figure(number)
        file = io.BytesIO()
        figure.savefig(file, format="png", dpi=120, facecolor="white")
        _tell({"image/png": file.getvalue(), "text/plain": described(figure)})
        pyplot.close(figure)


def described(figure: Any) -> str:
    """What a figure's own words say of it, for who cannot see it: nobody has written more."""
    parts = []
    for ax in figure.axes:
        over = " against ".join(filter(None, (ax.get_ylabel(), ax.get_xlabel())))
        parts.append(": ".join(filter(None, (ax.get_title(), over))) or "axes without a title")
    return f"A figure: {'; '.join(parts)}." if parts else "An empty figure."


def drop_figures() -> None:
    """Close what a failed cell has left open."""
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")
