"""Terms: the glossary's words are places to link to, and the first use of each on a page is an entry of the index."""

import importlib.util
from functools import cache
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from . import glossary

TOOL = Path(__file__).resolve().parents[2] / "tools" / "terms.py"


@cache
def anchors() -> dict[str, str]:
    """The terms of the glossary, by the names of their places on its page."""
    spec = importlib.util.spec_from_file_location("terms", TOOL)
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return {tool.anchor(term): term for term in tool.terms(tool.GLOSSARY.read_text(encoding="utf-8"))}


class Terms(SphinxTransform):
    """Makes terms known as targets of links, and their uses known to the index."""

    default_priority = 840  # just before Sphinx collects a page's entries for the index

    def apply(self, **kwargs: object) -> None:
        """Go over one page."""
        # Links of the form page.md#place lead to headings alone, unless a page says that it has other places.
        places = {
            name: (term.line, name, term.astext()) for term in self.document.findall(nodes.term) for name in term["ids"]
        }
        if places:
            self.env.metadata[self.env.docname].setdefault("myst_slugs", {}).update(places)
        seen: set[str] = set()
        for use in list(self.document.findall(addnodes.pending_xref)):
            name = use.get("reftargetid") or ""
            if name.startswith("term-") and name not in seen and name in anchors():
                seen.add(name)
                self.enter(use, anchors()[name])
        if seen:
            self.env.metadata[self.env.docname][glossary.USES] = sorted(seen)

    def enter(self, use: addnodes.pending_xref, term: str) -> None:
        """Put the place of `use` into the index, under the term and the page's title."""
        title = self.document.next_node(nodes.title)
        place = f"use-of-{use['reftargetid']}"
        entry = ("single", f"{term}; {title.astext()}", place, "", None)
        # The place holds the word itself: the search quotes what it finds there.
        held = nodes.inline("", "", ids=[place])
        use.replace_self([addnodes.index(entries=[entry]), held])
        held += use
