"""Faces: what a page is set in is fetched along with its sheet, which alone would ask for it later.

Text that is painted in a stand-in breaks its lines elsewhere, and moves what lies below it when its own face comes. A
browser lays out the whole page before it paints the first screen, and asks for all faces then.
"""

import re
from pathlib import Path

from .styles import SHEETS

#: The faces by the names of their files, and what is set in each.
FACES = {
    "literata-400-normal": re.compile("<p>"),
    "literata-600-normal": re.compile("<h1"),
    "literata-400-italic": re.compile("<(?:em|cite|i)>|<em "),
    "stix-two-math": re.compile("<math"),
}
#: From the disk, where nothing is fetched early, browsers complain of the wish.
SCRIPT = (
    "<script>if (location.protocol.startsWith('http')) document.head.insertAdjacentHTML('beforeend', '{}')</script>"
)
LINK = "<link rel=preload as=font type=font/woff2 crossorigin href={}{}>"
FORMER = re.compile(r"\n" + re.escape(SCRIPT).replace(r"\{\}", "<link rel=preload as=font .*?"))


def hasten(static: Path, pages: dict[Path, str]) -> dict[Path, str]:
    """The pages, each with a word in its head on the faces that it begins with, at the addresses of its sheet."""
    sheets = {path.name: path.read_text(encoding="utf-8") for path in static.glob("site.*.css")}
    return {path: hastened(page, sheets) for path, page in pages.items()}


def hastened(page: str, sheets: dict[str, str]) -> str:
    """One page; unchanged where it has no article."""
    page = FORMER.sub("", page)
    found = re.search(rf'href="([^"]*)({SHEETS.name.pattern})"', page)
    at = page.find("<article")
    if not found or at < 0:
        return page
    links = "".join(
        LINK.format(found[1], address[0])
        for face, used in FACES.items()
        if used.search(page, at) and (address := re.search(rf"fonts/{face}\.woff2\?v=\w+", sheets[found[2]]))
    )
    return page.replace("<head>", "<head>\n" + SCRIPT.format(links), 1) if links else page
