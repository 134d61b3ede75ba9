"""Cited: a work that the text names, as Rosenblatt (1958) or (Cauchy, 1847), leads to its reference, and that back.

The notebooks stay readable by themselves: nothing marks a citation there but its words.
"""

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform

NAME = r"[A-ZÀ-ÖØ-ÞŁ][\w’'-]+"
#: One who is named after the first, as Hinton or G. E. Hinton, Lin or V. Ya. Lin, Van Loan.
OTHER = rf"(?:[A-Z][a-z]?\. )*(?:Van )?{NAME}"
CITED = re.compile(
    rf"({NAME})(?: et al\.|(?:, {OTHER})*,? and {OTHER})?(?:, ((?:18|19|20)\d\d)| \(((?:18|19|20)\d\d)\))"
)
#: Where a name and a year are no citation, or cannot be a link.
ELSEWHERE = (nodes.reference, nodes.literal, nodes.literal_block, nodes.math, nodes.raw, nodes.title, nodes.citation)
#: What holds the key of the work that a link leads to, until its address is known.
KEY = "cites"


def works(env: BuildEnvironment) -> dict[tuple[str, str], str]:
    """The keys of the works by their first author's last name and year; those that two works share are left out."""
    found: dict[tuple[str, str], set[str]] = {}
    for key, entry in env.get_domain("cite").bibdata.data.entries.items():
        if authors := entry.persons.get("author"):
            first = str(authors[0].rich_last_names[-1])
            found.setdefault((first, entry.fields.get("year", "")), set()).add(key)
    return {who: min(keys) for who, keys in found.items() if len(keys) == 1}


class Cited(SphinxTransform):
    """Makes a link of each citation in a page's text, whose first one for each work is a place of its own."""

    default_priority = 845

    def apply(self, **kwargs: object) -> None:
        """Go over one page."""
        known, seen = works(self.env), set()
        for text in list(self.document.findall(nodes.Text)):
            if _within(text, ELSEWHERE):
                continue
            pieces: list[nodes.Node] = []
            done = 0
            for match in CITED.finditer(text):
                key = known.get((match[1], match[2] or match[3]))
                if not key:
                    continue
                link = nodes.reference("", match[0], internal=True, classes=["cited"], **{KEY: key})
                if key not in seen:
                    seen.add(key)
                    link["ids"].append(f"cites-{nodes.make_id(key)}")
                pieces += [nodes.Text(text[done : match.start()]), link]
                done = match.end()
            if pieces:
                text.parent.replace(text, [*pieces, nodes.Text(text[done:])])


def _within(node: nodes.Node, kinds: tuple[type, ...]) -> bool:
    """Whether a node stands in one of these kinds."""
    while node := node.parent:
        if isinstance(node, kinds):
            return True
    return False


def uses(env: BuildEnvironment) -> Iterator[tuple[str, str, str]]:
    """Each first citation on a page: the key of the work, the page, and its place there."""
    for page in sorted(env.found_docs):
        for link in env.get_doctree(page).findall(nodes.reference):
            if link.get(KEY) and link["ids"]:
                yield link[KEY], page, link["ids"][0]


def lead(app: Sphinx, page: nodes.document, docname: str) -> None:
    """Give each citation the address of its reference; one whose work is in no list becomes plain text again."""
    places = {c.key: (c.bibliography_key.docname, c.citation_id) for c in app.env.get_domain("cite").citations}
    for link in list(page.findall(lambda node: isinstance(node, nodes.reference) and node.get(KEY))):
        if place := places.get(link[KEY]):
            link["refuri"] = f"{app.builder.get_relative_uri(docname, place[0])}#{place[1]}"
        else:
            link.replace_self(nodes.inline("", link.astext(), ids=link["ids"]))
    lists = {where for where, _ in places.values()}
    if docname not in lists or app.builder.format != "html":
        return
    cited: dict[str, list[tuple[str, str]]] = {}
    for key, there, place in uses(app.env):
        cited.setdefault(key, []).append((there, place))
    keys = {anchor: key for key, (where, anchor) in places.items() if where == docname}
    for entry in page.findall(nodes.citation):
        back = nodes.inline("", " Cited in ", classes=["cited-in"])
        for n, (there, place) in enumerate(cited.get(keys.get(entry["ids"][0], ""), [])):
            address = f"{app.builder.get_relative_uri(docname, there)}#{place}"
            back += [nodes.Text(", ")] * bool(n) + [
                nodes.reference("", app.env.titles[there].astext(), refuri=address, internal=True)
            ]
        if len(back) > 1:
            back += nodes.Text(".")
            entry[-1] += back


def renew(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The lists of works are written again whatever has changed: they say where each is cited."""
    return sorted({citation.bibliography_key.docname for citation in env.get_domain("cite").citations})
