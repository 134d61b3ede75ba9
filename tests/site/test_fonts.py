"""The faces of the text are what their source and its lock make, to the byte, and their licence comes with them."""

import json
import re
import shutil
import subprocess

import pytest

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


def test_a_page_asks_at_once_for_the_faces_that_it_begins_with_and_for_no_others(site):
    sheet = next(site.glob("_static/site.*.css")).read_text(encoding="utf-8")
    for page, wanted in (
        ("book/intro.html", {"literata-400-normal", "literata-600-normal"}),
        ("book/metaphor.html", {"literata-400-normal", "literata-600-normal", "literata-400-italic", "stix-two-math"}),
        ("book/notation.html", {"literata-400-normal", "literata-600-normal", "stix-two-math"}),
    ):
        html = (site / page).read_text(encoding="utf-8")
        asked = re.findall(r"<link rel=preload as=font [^>]*href=\.\./_static/(fonts/[^>]+)>", html)
        assert {address.partition(".")[0].removeprefix("fonts/") for address in asked} == wanted, page
        assert all(address in sheet for address in asked)


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
        html = page.read_text(encoding="utf-8")
        waiting = re.findall(r"<script (?![^>]*(?:defer|async|type=))[^>]*src=[^>]*>", html)
        assert waiting == [], page
        assert len(re.findall(r'<link (?=[^>]*rel="stylesheet")(?![^>]*media=)[^>]*>', html)) == 1, page
