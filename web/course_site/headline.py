"""Headline: a chapter's number is a part of its title that the style can set apart."""

import re

from docutils import nodes
from docutils.transforms import Transform

NUMBERED = re.compile(r"(\d+)( .+)", re.DOTALL)


class Headline(Transform):
    """Puts the number with which a page's title begins into a piece of its own, of class ``number``."""

    default_priority = 400  # before Sphinx collects the titles, so that every list of chapters has it too

    def apply(self, **kwargs: object) -> None:
        """Go over one page."""
        title = self.document.next_node(nodes.title)
        begins = title and isinstance(title[0], nodes.Text) and NUMBERED.fullmatch(title[0])
        if begins:
            title[0:1] = [nodes.inline("", begins[1], classes=["number"]), nodes.Text(begins[2])]
