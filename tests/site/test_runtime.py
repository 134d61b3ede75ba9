"""Python in the pages: where its button stands, what lies beside it, and what a site without it says."""

import hashlib
import json
import logging
import re
from types import SimpleNamespace

import pytest

from tests.conftest import ROOT
from tools import pyodide

asked_for = pytest.mark.skipif(pyodide.left_out(), reason="RUNTIME= asks for a site that runs no Python")


@asked_for
def test_the_pages_that_show_code_have_the_button_and_no_others(site):
    pages = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    with_button = {path for path, html in pages.items() if 'class="run-bar"' in html}
    assert with_button == {path for path, html in pages.items() if "cell_input docutils" in html}
    assert len(with_button) > 15


@asked_for
def test_a_page_holds_no_more_of_it_than_the_button(site):
    """Nothing else is asked for before it is pressed, so a page that is only read stays as light as before."""
    html = (site / "exercises" / "01_perceptron.html").read_text(encoding="utf-8")
    bar = re.search(r'<div [^>]*class="run-bar".*?</script>', html, re.DOTALL)[0]
    assert len(bar) < 2000
    assert " hidden=" in bar.split(">")[0]  # until a script finds that the page is served
    assert "runtime" not in re.sub(r'data-base="[^"]*"', "", html.replace(bar, bar.split("<script>")[0]))


@asked_for
def test_what_is_served_is_what_the_list_says_and_no_heavier_than_the_front_page_says(site):
    (listed,) = site.glob("_static/runtime/*/files.json")
    held = json.loads(listed.read_text(encoding="utf-8"))
    for name, size, sha256 in held["files"]:
        data = (listed.parent / name).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (size, sha256)
    assert {path.name for path in listed.parent.iterdir()} == {
        "files.json", *held["own"], *(name for name, *_ in held["files"]),
    }  # fmt: skip
    page = (site / "book" / "01_perceptron.html").read_text(encoding="utf-8")
    megabytes = int(re.search(r"Python in your browser: (\d+) MB", page)[1])
    assert megabytes <= 21
    assert f"some {round(megabytes, -1)} MB" in (ROOT / "book" / "intro.ipynb").read_text(encoding="utf-8")


@pytest.mark.parametrize(("value", "gathers", "said"), [("", False, 0), ("yes", True, 1)])
def test_a_site_without_it_says_why_in_one_line_and_has_no_button(monkeypatch, tmp_path, caplog, value, gathers, said):
    monkeypatch.syspath_prepend(str(ROOT / "web"))
    from course_site import runtime

    asked = []

    def gather(into, told):
        asked.append(into)
        raise tool.Incomplete("no source has numpy.whl with the right sha256")

    tool = SimpleNamespace(gather=gather, Incomplete=pyodide.Incomplete, left_out=pyodide.left_out)
    monkeypatch.setattr(runtime, "tool", lambda name: tool)
    monkeypatch.setattr(runtime, "logger", logging.getLogger("course"))
    monkeypatch.setenv("RUNTIME", value)
    app = SimpleNamespace(builder=SimpleNamespace(format="html"), srcdir=tmp_path, outdir=tmp_path / "html")
    with caplog.at_level(logging.INFO):
        runtime.prepare(app)
    assert [record.getMessage() for record in caplog.records] == [
        "the pages do not run Python: no source has numpy.whl with the right sha256"
    ] * said
    assert bool(asked) is gathers
    context = {"body": "<h1>A page</h1>"}
    runtime.offer(app, "page", "page.html", context, doctree=object())
    assert context == {"body": "<h1>A page</h1>"}
