"""Punctuation: a comma stays on the line of the formula before it, a bracket with the one it opens for, and a per cent
sign with its number.

Browsers may break a line on either side of a formula, as of a picture, whatever stands there.
"""

import re

from docutils import nodes
from docutils.transforms import Transform

OPENS, CLOSES = re.compile(r"[(\[‘“]+$"), re.compile(r"^[,.;:!?)\]’”…]+")
#: The class of a formula and its punctuation; `style.css` keeps it on one line.
TOGETHER = "together"
PERCENT = re.compile(r"(?<=\d) %")
#: Where each character is meant as it stands.
VERBATIM = (nodes.literal, nodes.literal_block, nodes.math, nodes.math_block, nodes.raw)


class Punctuation(Transform):
    """Puts each formula in a line of text, and the punctuation that touches it, into one unbreakable piece."""

    default_priority = 850

    def apply(self, **kwargs: object) -> None:
        """Go over one page."""
        for formula in list(self.document.findall(nodes.math)):
            line, at = formula.parent, formula.parent.index(formula)
            before, after = line[at - 1] if at else None, line[at + 1] if at + 1 < len(line) else None
            opening = OPENS.search(before) if isinstance(before, nodes.Text) else None
            closing = CLOSES.search(after) if isinstance(after, nodes.Text) else None
            if not (opening or closing):
                continue
            piece = nodes.inline("", "", classes=[TOGETHER])
            line[at] = piece
            if opening:
                line.replace(before, nodes.Text(before[: opening.start()]))
                piece += nodes.Text(opening.group())
            piece += formula
            if closing:
                line.replace(after, nodes.Text(after[closing.end() :]))
                piece += nodes.Text(closing.group())
        for text in list(self.document.findall(nodes.Text)):
            if PERCENT.search(text) and not isinstance(text.parent, VERBATIM):
                text.parent.replace(text, nodes.Text(PERCENT.sub("\N{NO-BREAK SPACE}%", text)))
