"""Callouts: what the chapters say in the same words each time has a form of its own on the page.

The notebooks stay plain: a paragraph that begins with **Time** or **Now you** is known by that, a quotation by
**Theorem**, and the list after **Afterwards you can** by what stands before it.
"""

import re

from docutils import nodes
from docutils.transforms import Transform

#: What a paragraph begins with, and the class that it gets.
OPENINGS = {"Afterwards you can": "aims", "Time": "time", "Now you": "now-you", "Say it right": "say-it-right"}
YEAR = re.compile(r"\d{4}(?: (?:and|to) \d{4})?")


class Callouts(Transform):
    """Gives such a paragraph its class, and gathers what a chapter promises."""

    default_priority = 870

    def apply(self, **kwargs: object) -> None:
        """Go over one page."""
        for paragraph in list(self.document.findall(nodes.paragraph)):
            opening = next((part for part in paragraph if part.astext()), None)  # Markdown leaves empty texts behind
            if not isinstance(opening, nodes.strong):
                continue
            words = opening.astext().rstrip(".:")
            if kind := "year" if YEAR.fullmatch(words) else OPENINGS.get(words):
                paragraph["classes"].append(kind)
            if words == "Theorem" and isinstance(paragraph.parent, nodes.block_quote):
                # Nobody is quoted, and a screen reader would say so.
                paragraph.parent.replace_self(nodes.container("", *paragraph.parent.children, classes=["theorem"]))
        for aims in [p for p in self.document.findall(nodes.paragraph) if "aims" in p["classes"]]:
            self.gather(aims)

    def gather(self, aims: nodes.paragraph) -> None:
        """Put the aims of a chapter, and the line on its time that follows them, into one box."""
        around, at = aims.parent, aims.parent.index(aims)
        box = nodes.container("", classes=["at-a-glance"])
        end = at + 1
        while end < len(around) and (
            isinstance(around[end], nodes.bullet_list)
            or (isinstance(around[end], nodes.paragraph) and "time" in around[end]["classes"])
        ):
            end += 1
        parts = around[at:end]
        for part in parts:
            around.remove(part)
        box.extend(parts)
        around.insert(at, box)
