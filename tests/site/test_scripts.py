"""The one script: what waits for the page comes in one file, the same for all pages, each part in its place."""

import re

import pytest

from tests.conftest import ROOT

ASKED = re.compile(r'<script (?![^>]*type="module")[^>]*\bsrc="([^"]*)"')


@pytest.fixture
def scripts(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "web"))
    from course_site import scripts

    return scripts


def tag(name: str, how: str = "defer") -> str:
    return f'<script {how} src="_static/{name}?v=1"></script>\n'


@pytest.fixture
def joined(scripts, tmp_path):
    """A folder with three parts in the order strict, figure, theme, and two pages, of which one has no figure."""
    (tmp_path / "lib").mkdir()
    (tmp_path / "strict.js").write_text('"use strict";\nconst one = 1')
    (tmp_path / "figure.js").write_text("(() => one)()")
    (tmp_path / "lib" / "theme.js").write_text("two = 2 // which only a sloppy script may say")
    (tmp_path / "apart.js").write_text("")
    pages = {
        tmp_path / "plain.html": f"<p>{tag('strict.js')}<b>{tag('lib/theme.js', '')}{tag('lib/theme.js')}",
        tmp_path / "figure.html": f"<p>{tag('strict.js')}{tag('figure.js')}<b>{tag('lib/theme.js')}",
    }
    return tmp_path, pages, scripts.join_scripts(tmp_path, pages)


def test_pages_share_one_script_that_keeps_the_order(joined):
    folder, _, pages = joined
    (script,) = folder.glob("site.*.js")
    plain, figure = pages.values()
    one = f'<script defer src="_static/{script.name}"></script>\n'
    assert plain == f"<p>{one}<b>{tag('lib/theme.js', '')}"  # what does not wait for the page stays where it is
    assert figure == f"<p>{one}<b>"
    said = script.read_text()
    assert said.index("const one") < said.index("=> one") < said.index("two =")


def test_a_part_that_is_strict_makes_no_other_strict_and_none_runs_into_the_next(joined):
    folder, _, _ = joined
    (script,) = folder.glob("site.*.js")
    comment, text = script.read_text().split("\n", 1)
    assert comment.startswith("/* strict.js")
    assert re.match(r";\s*\"use strict\";", text)
    assert re.search(r"const one = 1\s*;\s*\(\(\) => one\)\(\)\s*;\s*two", text)


def test_joining_what_is_joined_changes_nothing_and_a_changed_part_changes_the_name(joined, scripts):
    folder, _, pages = joined
    (script,) = folder.glob("site.*.js")
    again = scripts.join_scripts(folder, pages)
    assert again == pages
    (folder / "figure.js").write_text("(() => -one)()")
    scripts.join_scripts(folder, pages)
    (changed,) = folder.glob("site.*.js")
    assert changed.name != script.name


def test_every_page_of_the_site_asks_for_that_script_alone(site):
    (script,) = (site / "_static").glob("site.*.js")
    for page in sorted(site.rglob("*.html")):
        asked = ASKED.findall(page.read_text(encoding="utf-8"))
        assert asked in ([], ["../" * (len(page.relative_to(site).parts) - 1) + f"_static/{script.name}"]), page
    assert len(script.read_text(encoding="utf-8")) < 120_000
