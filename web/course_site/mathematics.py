"""Mathematics: formulas become MathML Core as the site is built, in a font that the site serves.

The browser sets them, so they need no script, follow the colours and the spacing of the text, and are read aloud as
mathematics. Each keeps its TeX as an annotation, which `formulas.js` hands out to whoever copies it.
"""

import html
import re
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from docutils import nodes
from fontTools import subset
from fontTools.ttLib import TTFont
from math_core import LatexError, LatexToMathML
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

from . import fonts

FORMULA, TEX = re.compile(r"<math\b.*?</math>", re.DOTALL), re.compile(r"<annotation.*?</annotation>", re.DOTALL)
PRIMES = range(0x2032, 0x2035)
FONT = "stix-two-math.woff2"
#: The letters that stand in for those of a variable, which browsers write in italics: A–Z, a–z, Α–Ω, α–ω.
ITALIC = {chr(first + k): chr(italic + k) for first, italic in ((65, 0x1D434), (97, 0x1D44E)) for k in range(26)}
ITALIC |= {chr(first + k): chr(italic + k) for first, italic in ((913, 0x1D6E2), (945, 0x1D6FC)) for k in range(25)}
ITALIC |= {"h": "ℎ", "∂": "𝜕", "∇": "𝛻", "ϵ": "𝜖", "ϑ": "𝜗", "ϕ": "𝜙"}
#: An operator at the start of a line that continues the one above it has an operand, if on that line.
CONTINUED = re.compile(
    r'(<mtd style="text-align: left;[^"]*padding-left: 0;">)<mo(?: lspace="0" rspace="0")?>(?=[+−±])'
)
translate = LatexToMathML(annotation=True, fancy_error=False).convert_with_local_state
logger = logging.getLogger(__name__)


def mathml(tex: str, displayed: bool = False) -> str:
    """The formula as MathML; raises `LatexError` for what is no TeX that is known."""
    made = CONTINUED.sub(r'\1<mo form="infix">', translate(tex.strip(), displaystyle=displayed))
    # What validators do not know of fractions and tables yet, in the words of the browsers' own style sheets.
    for style, said in (("compact", "false"), ("normal", "true")):
        made = made.replace(f'<mfrac displaystyle="{said}">', f'<mfrac style="math-style:{style}">')
    return made.replace(' scriptlevel="0"', "")


def _set(node: nodes.math | nodes.math_block, displayed: bool) -> str:
    try:
        return mathml(node.astext(), displayed)
    except LatexError as error:
        logger.warning("%s cannot be set: %s", node.astext(), error, location=node)
        return f"<code>{html.escape(node.astext())}</code>"


def inline(self: HTML5Translator, node: nodes.math) -> None:
    """Write a formula in a line of text."""
    self.body.append(_set(node, displayed=False))
    raise nodes.SkipNode


def display(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula on a line of its own, with its number if it has one."""
    self.body.append(self.starttag(node, "div", CLASS="math"))
    self.body.append(_set(node, displayed=True))
    if node["number"]:
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})')
        self.add_permalink_ref(node, "Link to this equation")
        self.body.append("</span>")
    self.body.append("</div>\n")
    raise nodes.SkipNode


def characters(pages: Iterable[str]) -> set[str]:
    """All that the font must hold to set the formulas of these pages."""
    formulas = [TEX.sub("", formula) for page in pages for formula in FORMULA.findall(page)]
    used = set(html.unescape(re.sub(r"<[^>]*>", "", "".join(formulas))))
    used |= {ITALIC[letter] for letter in used & ITALIC.keys()}
    return used | set("√" * any("<msqrt>" in formula or "<mroot>" in formula for formula in formulas))


def narrow(font: TTFont) -> None:
    """Make the taller signs of a root as wide as the lowest: Chromium keeps the width of the widest free for each."""
    variants = font["MATH"].table.MathVariants
    root = font.getBestCmap()[ord("√")]
    made = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(root)]
    width, _ = font["hmtx"][root]
    forms = {record.VariantGlyph for record in made.MathGlyphVariantRecord}
    for name in sorted(forms | {part.glyph for part in made.GlyphAssembly.PartRecords}):
        glyph, (advance, _) = font["glyf"][name], font["hmtx"][name]
        glyph.coordinates.scale((width / advance, 1))
        glyph.coordinates.toInt()
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (width, glyph.xMin)


def bring_font(static: Path, pages: Iterable[str]) -> None:
    """Write the part of STIX Two Math that sets the formulas of the pages."""
    if not (used := characters(pages)):
        return
    source = Path(find_spec("ziamath").submodule_search_locations[0]) / "fonts" / "STIXTwoMath-Regular.ttf"
    kept = fonts.options(["ccmp"])
    with subset.load_font(source, kept) as font:
        for table in font["cmap"].tables:  # Chromium does not take the forms meant for indices: primes are always such
            table.cmap = {code: f"{name}.ssty" if code in PRIMES else name for code, name in table.cmap.items()}
        narrow(font)
        fonts.write(font, used, kept, static / "fonts" / FONT)
