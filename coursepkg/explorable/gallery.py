"""Gallery: each explorable of a book on a page of its own, and the directive ``explorables``, which shows them all."""

from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from . import renderer, standalone
from .names import explorable_figure, names

#: The folder of the pages, within the site.
FOLDER = "explorables"
MARK = "explorable-gallery"


class explorable_gallery(nodes.General, nodes.Element):
    """The place of a gallery."""


class Gallery(SphinxDirective):
    """``explorables``: a picture of each explorable of the book with its question, which leads to its page."""

    def run(self) -> list[nodes.Node]:
        """Mark the place."""
        self.env.metadata[self.env.docname][MARK] = True
        return [explorable_gallery()]


def address(builder: Any, name: str) -> str:
    """Where the page that is being written finds the page of an explorable."""
    return relative_uri(builder.get_target_uri(builder.current_docname), f"{FOLDER}/{name}.html")


def source(builder: Any, page: str, name: str) -> tuple[str, str]:
    """Where the page that is being written finds an explorable on its ``page``, and the title of that."""
    uri = relative_uri(builder.get_target_uri(builder.current_docname), builder.get_target_uri(page))
    return f"{uri}#xp-{name}", builder.env.titles[page].astext()


def order(env: BuildEnvironment) -> list[str]:
    """The pages as a reader comes by them; the front page, which shows what is explained elsewhere, is the last."""
    found: list[str] = []
    todo = [env.config.root_doc]
    while todo:
        page = todo.pop()
        if page not in found:
            found.append(page)
            todo += reversed(env.toctree_includes.get(page, []))
    return [*found[1:], *sorted(set(names(env)) - set(found)), env.config.root_doc]


#: What :func:`explorables` found last, and for which names and marks: to read the pages again takes seconds.
_found: WeakKeyDictionary[BuildEnvironment, tuple[dict, list]] = WeakKeyDictionary()


def explorables(env: BuildEnvironment) -> list[tuple[str, renderer.Bundle]]:
    """Each explorable of the book once, with the first page that shows it."""
    now = {page: names(env).get(page, []) for page in order(env)}
    if _found.get(env, (None,))[0] == now:
        return _found[env][1]
    found: dict[str, tuple[str, renderer.Bundle]] = {}
    for page, here in now.items():
        if not {name for name, _ in here} - found.keys():
            continue
        for node in env.get_doctree(page).findall(explorable_figure):
            if node["bundle"]["kind"] == "explorable":
                found.setdefault(node["bundle"]["name"], (page, node["bundle"]))
    _found[env] = now, list(found.values())
    return _found[env][1]


def visit(self: Any, node: explorable_gallery) -> None:
    """Write a gallery."""
    cards = "".join(
        f"<li>{renderer.card(bundle, address(self.builder, name), source(self.builder, page, name))}</li>"
        for page, bundle in explorables(self.builder.env)
        for name in [bundle["name"]]
    )
    self.body.append(f'<ul class="xp-gallery">{cards}</ul>')
    raise nodes.SkipNode


def renew(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The pages whose gallery must be written again, since an explorable has changed."""
    now = {name: mark for found in names(env).values() for name, mark in found}
    if getattr(env, "explorables_shown", None) == now:
        return []
    vars(env)["explorables_shown"] = now
    return [page for page, about in env.metadata.items() if MARK in about]


def write_pages(app: Sphinx) -> list:
    """Write the page of each explorable; to the pages that Sphinx itself collects they add none."""
    folder = Path(app.outdir, FOLDER)
    for page, bundle in explorables(app.env):
        folder.mkdir(exist_ok=True)
        path = f"{FOLDER}/{bundle['name']}.html"
        source = relative_uri(path, app.builder.get_target_uri(page)), app.env.titles[page].astext()
        Path(app.outdir, path).write_text(standalone.document(bundle, source), encoding="utf-8")
    return []
