"""Formulas: MathML Core that any browser sets, with all its letters in the font that goes with it."""

import re
from io import BytesIO
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont

from tests.conftest import ROOT

# https://www.w3.org/TR/mathml-core/, the elements in the namespace
CORE = re.compile(
    "annotation|math|merror|mfrac|mi|mmultiscripts|mn|mo|mover|mpadded|mphantom|mprescripts|mroot|mrow|ms|mspace|"
    "msqrt|mstyle|msub|msubsup|msup|mtable|mtd|mtext|mtr|munder|munderover|semantics"
)
FORMULAS = [
    r"\hat{\mathbf{y}}",
    r"\frac{\partial L}{\partial w_{ij}^{(l)}} = f''(x)",
    r"\sqrt{\sum_{i=1}^{n} x_i^2}",
    r"\begin{aligned} a &= b \\ &+ c \end{aligned}",
    r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}",
    r"\boldsymbol{\theta} \leftarrow \boldsymbol{\theta} - \eta\,\nabla L",
    r"a < b \text{ \& } c",
]


@pytest.fixture
def mathematics(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "web"))
    from course_site import mathematics

    return mathematics


@pytest.mark.parametrize("tex", FORMULAS)
@pytest.mark.parametrize("displayed", [False, True])
def test_a_formula_is_mathml_core_and_keeps_its_tex(tex, displayed, mathematics):
    tree = ElementTree.fromstring(mathematics.mathml(tex, displayed).replace("&ApplyFunction;", "\u2061"))
    assert all(CORE.fullmatch(element.tag) for element in tree.iter())
    assert tree.find(".//annotation[@encoding='application/x-tex']").text == tex
    assert tree.get("display") == ("block" if displayed else None)


def test_a_line_that_continues_a_sum_keeps_its_sign_apart(mathematics):
    """As amsmath's `aligned` does, which puts an empty operand before the sign."""
    assert '<mo form="infix">+</mo>' in mathematics.mathml(r"\begin{aligned} a &= b \\ &+ c \end{aligned}", True)
    assert '<mo form="infix">−</mo>' in mathematics.mathml(r"\begin{aligned} a &= b \\ &- c \end{aligned}", True)


def test_the_font_holds_what_the_formulas_use_and_little_else(mathematics, tmp_path):
    page = "".join(mathematics.mathml(tex) for tex in FORMULAS)
    mathematics.bring_font(tmp_path, [page])
    first = (tmp_path / "fonts" / mathematics.FONT).read_bytes()
    font = TTFont(BytesIO(first))
    held = font.getBestCmap()
    used = set(re.sub(r"\s|<[^>]*>", "", re.sub("<annotation.*?</annotation>", "", page).replace("&amp;", "&")))
    assert {ord(letter) for letter in used - set("lt;ApplyFunction&")} <= set(held)
    assert {"𝑥", "𝐿", "𝜂", "√"} <= set(map(chr, held))  # what browsers write for x, L and η, and above a root
    assert "ω" not in set(map(chr, held))
    assert "SIL Open Font License" in font["name"].getDebugName(13)
    mathematics.bring_font(tmp_path, [page])
    assert (tmp_path / "fonts" / mathematics.FONT).read_bytes() == first


def test_a_site_without_formulas_has_no_font(mathematics, tmp_path):
    mathematics.bring_font(tmp_path, ["<p>No formula.</p>"])
    assert list(tmp_path.iterdir()) == []
