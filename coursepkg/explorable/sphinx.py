"""The Sphinx extension: ``extra_extensions: [coursepkg.explorable.sphinx]`` in any book of MyST-NB.

It asks the notebooks' kernels for bundles (``EXPLORABLE=static``), makes figures of them, and serves the scripts, the
style and the states. :mod:`.gallery` gives each explorable a page of its own, :mod:`.names` lets no two share a name,
:mod:`.fresh` lets notebooks run again when the modules of their scenes have changed.
"""

import json
import os
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.core import render as myst_nb
from sphinx.application import Sphinx
from sphinx.util.osutil import relative_uri

from . import assets, fresh, gallery, names, renderer
from .bundle import MIME
from .names import explorable_figure

STATES = "_static/explorables"
#: The builders whose pages have scripts; all others take the picture.
BUILDERS = ("html", "dirhtml", "singlehtml", "readthedocs", "readthedocsdirhtml", "readthedocssinglehtml")


class Bundles:
    """What MyST-NB asks to make nodes of our MIME type."""

    mime_priority_overrides = tuple((builder, MIME, 1) for builder in BUILDERS)

    @staticmethod
    def handle_mime(of: myst_nb.NbElementRenderer, data: myst_nb.MimeData, inline: bool) -> list[nodes.Node] | None:
        """The node of a bundle; None leaves other types to other renderers."""
        if data.mime_type != MIME:
            return None
        bundle = json.loads(json.dumps(data.content))  # plain data, without the notebook's own types
        seconds = data.output_metadata.get(MIME, {}).get("seconds", 0.0)
        return [] if inline else [explorable_figure(bundle=bundle, seconds=seconds)]


def visit(self: Any, node: explorable_figure) -> None:
    """Write a figure, and the file of its states."""
    builder, bundle, states, page = self.builder, node["bundle"], None, None
    if bundle["kind"] == "explorable":
        name, text = renderer.states_file(bundle)
        folder = Path(builder.outdir, STATES)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
        states = relative_uri(builder.get_target_uri(builder.current_docname), f"{STATES}/{name}")
        page = gallery.address(builder, bundle["name"])
    self.body.append(renderer.render(bundle, states, page))
    raise nodes.SkipNode


def pass_by(self: Any, node: nodes.Element) -> None:
    """Write nothing: the picture stands for the figure."""


def add_scripts(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """Each script on the pages where it has something to do."""
    found = doctree.findall(explorable_figure) if doctree else ()
    for script in dict.fromkeys(script for node in found for script in renderer.scripts(node["bundle"])):
        app.add_js_file(script, loading_method="defer")


def begin(app: Sphinx) -> None:
    """Before anything is read: the kernels' environment, and on a site the style and the scripts."""
    os.environ["EXPLORABLE"] = "static"
    if app.builder.format == "html":
        served = Path(app.outdir, "_static")
        served.mkdir(parents=True, exist_ok=True)
        (served / "explorable.css").write_text(assets.inks() + assets.read("explorable.css"), encoding="utf-8")
        for script in assets.scripts():
            (served / script).write_text(assets.read(script), encoding="utf-8")


def end(app: Sphinx, error: Exception | None) -> None:
    """After the build: kernels are live again."""
    os.environ.pop("EXPLORABLE", None)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.setup_extension("myst_nb")
    plugins = myst_nb.load_mime_renders()  # the one list that MyST-NB goes through
    if Bundles not in plugins:
        plugins.append(Bundles)
    others: dict[str, Any] = dict.fromkeys(("latex", "text", "man", "texinfo"), (pass_by, pass_by))
    app.add_node(explorable_figure, html=(visit, None), **others)
    app.add_node(gallery.explorable_gallery, html=(gallery.visit, None), **others)
    app.add_directive("explorables", gallery.Gallery)
    app.add_env_collector(names.Names)
    app.connect("config-inited", fresh.key_cache)
    app.connect("builder-inited", begin)
    app.connect("env-updated", names.check)
    app.connect("env-updated", gallery.renew)
    app.connect("html-collect-pages", gallery.write_pages)
    app.connect("html-page-context", add_scripts)
    app.connect("build-finished", end)
    app.add_css_file("explorable.css")
    return {"version": "2", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
