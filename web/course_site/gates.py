"""Gates: faults for which the build fails, because nobody may ever meet them on the site."""

import re
from html.parser import HTMLParser
from pathlib import Path

from sphinx.errors import ExtensionError

from .cores import over
from .tool import tool

FILE_NAME = re.compile(r"\S+\.(png|svg|jpe?g|gif|webp)")


class Pictures(HTMLParser):
    """Collects in `mute` the pictures that say nothing to a reader who cannot see them."""

    def __init__(self) -> None:
        super().__init__()
        self.mute: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: (value or "").strip() for name, value in attrs}
        if tag == "img":
            # Where an author gave no alternative, docutils writes the file's name.
            mute = has.get("aria-hidden") != "true" and (not has.get("alt") or bool(FILE_NAME.fullmatch(has["alt"])))
        elif tag == "svg":
            mute = not (has.get("aria-label") or has.get("aria-labelledby") or has.get("aria-hidden") == "true")
        else:
            return
        if mute:
            self.mute.append(self.get_starttag_text()[:160])


def mute_pictures(html: str) -> list[str]:
    """The tags of all pictures in `html` that have no text alternative."""
    parser = Pictures()
    parser.feed(html)
    return parser.mute


def leaks(out: Path) -> list[str]:
    """Each place of the site where a solution can be read; Pyodide's own files, known by their hashes, are not ours."""
    return tool("leaks").scan(out, others=set(tool("pyodide").wanted().values()), over=over)


def refuse(out: Path, pages: dict[Path, str], public: bool) -> None:
    """Raise `ExtensionError` that names every fault of the site at once; only a public one must hide the solutions."""
    mute = [f"{path.relative_to(out)}: {tag}" for path, html in pages.items() for tag in mute_pictures(html)]
    found = {
        "these pictures have no alt text. Mend: `mystnb: {image: {alt: …}}` in the cell's metadata, or `alt=` of the "
        "explorable or figure": mute,
        "solutions leak into the site. Mend: take them out": leaks(out) if public else [],
    }
    told = [f"{fault}.\n  " + "\n  ".join(places) for fault, places in found.items() if places]
    if told:
        raise ExtensionError("\n".join(told))
