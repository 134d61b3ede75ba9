"""Fonts: of each face the part that sets what the pages say, cut out as the site is built.

A part that fits into the ten packets of a connection's first answer comes a round trip earlier than a whole face.
"""

import html
import re
from collections.abc import Iterable
from logging import WARNING, getLogger
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).resolve().parents[1] / "assets" / "fonts"
#: What a reader may type, and what joins letters: whatever else is set is found on the pages and in their scripts.
TYPED = {chr(code) for code in range(0x20, 0x7F)}
FEATURES = ["ccmp", "kern", "liga", "locl"]
SET = re.compile(r"<(script|style|math)\b.*?</\1>|<[^>]*>", re.DOTALL)
getLogger("fontTools").setLevel(WARNING)  # Sphinx's loggers listen to everything, and each table of a font is a line


def options(features: list[str]) -> subset.Options:
    """What stays of a face besides the letters: these features, and the names that its licence asks for."""
    kept = subset.Options(flavor="woff2", layout_features=features, hinting=False, name_IDs=[0, 1, 2, 13, 14])
    kept.drop_tables += ["DSIG", "vhea", "vmtx"]
    return kept


def write(font: TTFont, letters: Iterable[str], kept: subset.Options, made: Path) -> None:
    """Write the part of the font that sets these letters, the same bytes from the same letters."""
    part = subset.Subsetter(kept)
    part.populate(text="".join(letters))
    part.subset(font)
    font["head"].modified = font["head"].created
    made.parent.mkdir(exist_ok=True)
    subset.save_font(font, made, kept)


def cut(static: Path, pages: Iterable[str]) -> None:
    """Write the parts of the text's faces that the pages need, in place of the whole ones."""
    used = TYPED.union(*(html.unescape(SET.sub("", page)) for page in pages))
    used.update(*(path.read_text(encoding="utf-8") for kind in ("*.js", "*.mjs") for path in static.rglob(kind)))
    for source in FOLDER.glob("*.woff2"):
        kept = options(FEATURES)
        with subset.load_font(source, kept) as font:
            write(font, sorted(used), kept, static / "fonts" / source.name)
