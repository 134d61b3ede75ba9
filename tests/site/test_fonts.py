"""The faces of the text are what their source and its lock make, to the byte, and their licence comes with them."""

import html
import json
import re
import shutil
import subprocess

import pytest
from fontTools.ttLib import TTFont

from tests.conftest import ROOT

FONTS, MADE = ROOT / "web" / "fonts", ROOT / "web" / "assets" / "fonts"


@pytest.mark.skipif(shutil.which("npm") is None, reason="Node.js, which only a change of the faces needs, is not here")
def test_rebuilding_them_gives_the_same_bytes(tmp_path):
    made = tmp_path / "fonts"
    shutil.copytree(FONTS, made, ignore=shutil.ignore_patterns("node_modules"))
    for command in (["npm", "ci", "--no-audit", "--no-fund"], ["npm", "run", "build", "--", "out"]):
        run = subprocess.run(command, cwd=made, capture_output=True, text=True)
        assert run.returncode == 0, run.stdout + run.stderr
    assert {path.name: path.read_bytes() for path in (made / "out").iterdir()} == {
        path.name: path.read_bytes() for path in MADE.iterdir()
    }


def test_they_are_light_and_free_to_serve_and_the_lock_has_no_address():
    assert sum(path.stat().st_size for path in MADE.glob("*.woff2")) <= 60_000
    licence = (MADE / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL Open Font License, Version 1.1" in licence
    assert "Reserved Font Name" not in licence.split("-----")[0]  # which a part of a face could not bear
    assert "resolved" not in json.dumps(json.loads((FONTS / "package-lock.json").read_text(encoding="utf-8")))


def test_a_page_asks_at_once_for_the_faces_that_it_is_set_in_and_for_no_others(site):
    sheet = next(site.glob("_static/site.*.css")).read_text(encoding="utf-8")
    upright = {"literata-400-normal", "literata-600-normal"}
    for page, wanted in (
        ("book/licences.html", set()),
        ("book/history.html", {"literata-400-italic"}),
        ("exercises/convolution.html", {"stix-two-math"}),
        ("book/08_landscapes.html", {"literata-400-italic", "stix-two-math"}),
    ):
        text = (site / page).read_text(encoding="utf-8")
        asked = re.findall(r"<link rel=preload as=font [^>]*href=\.\./_static/(fonts/[^>]+)>", text)
        assert {address.partition(".")[0].removeprefix("fonts/") for address in asked} == upright | wanted, page
        assert all(address in sheet for address in asked)


def test_each_face_of_the_text_fits_into_the_first_packets_and_holds_whatever_is_set_in_it(site):
    """Ten packets of 1,460 bytes come before a server waits for an answer (RFC 6928, 2)."""
    pages = [html.unescape(re.sub(r"<math.*?</math>|<[^>]*>", "", text, flags=re.DOTALL)) for text in read(site)]
    for whole in MADE.glob("*.woff2"):
        part = site / "_static" / "fonts" / whole.name
        assert part.stat().st_size < 10 * 1460 - 500  # the answer's head
        held, letters = (set(TTFont(path).getBestCmap()) for path in (part, whole))
        assert {*map(ord, "".join(pages)), *range(0x20, 0x7F)} & letters <= held
        assert "GPOS" in TTFont(part)  # the letters' kerning


def read(site):
    return (path.read_text(encoding="utf-8") for path in site.rglob("*.html"))


def test_written_twice_it_asks_once(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "web"))
    from course_site import faces

    (tmp_path / "site.0123456789ab.css").write_text('src:url("fonts/literata-400-normal.woff2?v=1")', encoding="utf-8")
    page = (
        '<head>\n<link rel="stylesheet" href="../_static/site.0123456789ab.css"></head><article><p>Text</p></article>'
    )
    once = faces.hasten(tmp_path, {tmp_path: page})
    assert once[tmp_path].count("rel=preload") == 1
    assert faces.hasten(tmp_path, once) == once


def test_nothing_but_the_sheet_holds_up_the_first_paint(site):
    """Each script waits for the page, or stands in it."""
    pages = list(site.rglob("book/**/*.html"))
    assert len(pages) > 30
    for page in pages:
        text = page.read_text(encoding="utf-8")
        waiting = re.findall(r"<script (?![^>]*(?:defer|async|type=))[^>]*src=[^>]*>", text)
        assert waiting == [], page
        assert len(re.findall(r'<link (?=[^>]*rel="stylesheet")(?![^>]*media=)[^>]*>', text)) == 1, page
