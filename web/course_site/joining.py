"""Joining: one file for all pages in place of the many that each of them names, in an order that suits them all."""

import hashlib
import re
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path

MADE_OF = re.compile(r"/\* (.+) \*/\n")


@dataclass(frozen=True)
class Kind:
    """Files of one kind: how a page names one, with the way to their folder and the name in it as groups; their end."""

    named: re.Pattern
    end: str
    tag: str  # the one in place of the many, with {} for its address

    @property
    def name(self) -> re.Pattern:
        """The name of the file that they are joined into, which changes with what is in it."""
        return re.compile(rf"site\.[0-9a-f]{{12}}\.{self.end}")

    def parts(self, static: Path, pages: dict[Path, str]) -> list[str]:
        """The files in `static` that the pages name; what was joined before counts as what it was made of."""
        order: TopologicalSorter[str] = TopologicalSorter()
        for page in pages.values():
            names = []
            for _, name in self.named.findall(page):
                former = self.name.fullmatch(name) and MADE_OF.match((static / name).read_text(encoding="utf-8"))
                names += former[1].split() if former else [name]
            for before, after in zip(["", *names], names, strict=False):
                order.add(after, *filter(None, [before]))
        return [name for name in order.static_order() if (static / name).exists()]

    def put(self, static: Path, pages: dict[Path, str], parts: list[str], whole: str) -> dict[Path, str]:
        """Write the text that the parts were joined into, and let the pages name it where they named the first."""
        made = f"/* {' '.join(parts)} */\n{whole}"
        for old in static.glob(f"site.*.{self.end}"):
            old.unlink()
        name = f"site.{hashlib.sha256(made.encode()).hexdigest()[:12]}.{self.end}"
        (static / name).write_text(made, encoding="utf-8")
        joined = {}
        for path, page in pages.items():
            first = self.named.search(page)
            one = self.tag.format(first[1] + name) + "\n" if first else ""
            joined[path] = page[: first.start()] + one + self.named.sub("", page[first.start() :]) if first else page
        return joined
