"""Names: which explorables each page of a site has. A name stands for one explorable, and once on a page."""

import math
from collections import Counter

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector
from sphinx.errors import ExtensionError
from sphinx.util import logging

logger = logging.getLogger(__name__)


class explorable_figure(nodes.General, nodes.Element):
    """One bundle on a page: ``node["bundle"]`` is the data, ``node["seconds"]`` what compiling it took."""


class Names(EnvironmentCollector):
    """Keeps the names and hashes of each page's explorables with the environment, and announces them in the log."""

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page that is read again, or gone."""
        names(env).pop(docname, None)

    def merge_other(self, app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
        """Take over what another process has read."""
        names(env).update({page: found for page, found in names(other).items() if page in docnames})

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Go over a page that has just been read."""
        for node in doctree.findall(explorable_figure):
            bundle = node["bundle"]
            if bundle["kind"] != "explorable":
                continue
            names(app.env).setdefault(app.env.docname, []).append((bundle["name"], bundle["hash"]))
            states = math.prod(len(control["texts"]) for control in bundle["controls"])
            size = len(bundle["states"]) * 3 / 4000  # base64 writes three bytes as four
            logger.info("explorable %s: %d states, %.1f KB, %.1f s", bundle["name"], states, size, node["seconds"])


def names(env: BuildEnvironment) -> dict[str, list[tuple[str, str]]]:
    """The names and hashes of the explorables of each page."""
    return vars(env).setdefault("explorables", {})


def check(app: Sphinx, env: BuildEnvironment) -> None:
    """Once all pages are read: raise ``ExtensionError`` for a name that is used twice."""
    first: dict[str, tuple[str, str]] = {}
    for page, found in sorted(names(env).items()):
        for name, times in Counter(name for name, _ in found).items():
            if times > 1:
                raise ExtensionError(f"explorable {name!r} stands twice on {page}. Mend: show it once a page.")
        for name, mark in found:
            other, where = first.setdefault(name, (mark, page))
            if other != mark:
                raise ExtensionError(f"two explorables are named {name!r}: on {where} and on {page}. Mend: rename one.")
