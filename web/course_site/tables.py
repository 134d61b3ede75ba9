"""Tables: one that is too wide for a phone is read there row by row, each cell under its column's name."""

import re

from docutils import nodes
from docutils.transforms import Transform

#: Letters of a table's size that stand side by side on a phone of 320 pixels, and what a cell's rims take of them.
ROOM, RIM = 34, 2
COMMAND = re.compile(
    r"\\(?:text|mathrm|mathbf|mathsf|operatorname|left|right|big[lr]?|quad|[,;!])|\\begin\{.*?\}|[{}^_&\\ ]"
)
SIGN = re.compile(r"\\[a-zA-Z]+")


def width(entry: nodes.entry) -> int:
    """The letters of what cannot be broken in a cell: its longest word, or formula."""
    formulas = [len(COMMAND.sub("", SIGN.sub(sign, math.astext()))) for math in entry.findall(nodes.math)]
    return max([0, *formulas, *map(len, entry.astext().split() if not formulas else [])])


def sign(command: re.Match[str]) -> str:
    """A command of TeX as the one letter that it sets, or as itself where `COMMAND` drops it."""
    return command[0] if COMMAND.fullmatch(command[0]) else "x"


class Tables(Transform):
    """Marks the wide tables, and writes each column's name into its cells, where the style shows it only on a phone."""

    default_priority = 860

    def apply(self, **kwargs: object) -> None:
        """Go over one page."""
        for table in self.document.findall(nodes.table):
            head, body = table.next_node(nodes.thead), table.next_node(nodes.tbody)
            if not head or not body:
                continue
            columns = [list(column) for column in zip(*(row.children for row in (head[0], *body)), strict=False)]
            if sum(max(map(width, column)) + RIM for column in columns) <= ROOM:
                continue
            table["classes"].append("by-row")
            for name, *cells in columns[1:]:
                for cell in cells:
                    if cell.children and name.children:
                        column = nodes.inline("", "", *(part.deepcopy() for part in name[0]), classes=["column"])
                        for part in column.findall(nodes.Element):
                            part["ids"] = []  # of the name itself alone
                        value = nodes.inline("", "", *cell[0].children, classes=["value"])
                        cell[0][:] = [column, value]
