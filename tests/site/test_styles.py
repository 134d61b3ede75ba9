"""The one sheet: it holds each rule that a page or a script can use, in their order, and no others."""

import pytest

from tests.conftest import ROOT


@pytest.fixture
def styles(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "web"))
    from course_site import styles

    return styles


PAGE = '<html><body><p class="note big" id="first" style="color: var(--inked)">word</p><math></math></body></html>'


@pytest.mark.parametrize(
    ("sheet", "kept"),
    [
        (".note{a:1}", True),
        ("p.note > b, .note:hover::before{a:1}", True),
        ("#first{a:1}", True),
        ("#second{a:1}", False),
        (".note.gone{a:1}", False),
        ("table{a:1}", False),
        ("*,::before{a:1}", True),
        (".opened{a:1}", True),  # the script adds it
        ("p:not(.gone){a:1}", True),
        (":is(.gone, table){a:1}", False),
        (":is(.gone, P){a:1}", True),
        ("[data-x=gone] p{a:1}", True),
        ("@media print{.note{a:1}}", True),
        ("@media print{.gone{a:1}}", False),
        ("@supports (a:b){@media print{.gone{a:1}}}", False),
    ],
)
def test_a_rule_stays_where_it_can_find_something(styles, sheet, kept):
    known = styles.words([PAGE], ["e.classList.add('opened')"])
    assert bool(styles.purge(sheet, known)) == kept


@pytest.mark.parametrize(
    ("sheet", "made"),
    [
        (".gone, p{a:1}", "p{a:1}"),
        (":root{--unread:1;--read:2}p{a:var(--read)}", ":root{--read:2}\np{a:var(--read)}"),
        (":root{--one:1;--two:var(--one)}", ""),
        (":root{--inked:1;--xp-blue:2}", ":root{--inked:1;--xp-blue:2}"),
        ("@keyframes turn{from{a:1}to{a:2}}p{b:turn 1s}", "@keyframes turn{from{a:1}to{a:2}}\np{b:turn 1s}"),
        ("@keyframes turn{from{a:1}to{a:2}}p{b:1}", "p{b:1}"),
        ("@media (x){/* why */ p { a : 1 !important ; } .gone{a:1}}", "@media (x){p{a:1!important}}"),
        ('@charset "utf-8";p{a:"}"}', 'p{a:"}"}'),
        ("p{a:1;& b{a:2}}", "p{a:1;& b{a:2}}"),
    ],
)
def test_what_stays_says_the_same_in_fewer_letters(styles, sheet, made):
    assert styles.purge(sheet, styles.words([PAGE], [])) == made


def link(name: str) -> str:
    return f'<link rel="stylesheet" href="../_static/{name}?v=1">\n'


@pytest.fixture
def joined(styles, tmp_path):
    """A folder with three sheets in the order base, part, own, and two pages, of which one has no part."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "base.css").write_text("p{a:1}")
    (tmp_path / "sub" / "part.css").write_text('@import "deep.css";p{a:2;b:url(x.png) url("data:z")}')
    (tmp_path / "sub" / "deep.css").write_text("p{a:1.5}")
    (tmp_path / "sub" / "x.png").write_text("")
    (tmp_path / "own.css").write_text("p{a:3}")
    (tmp_path / "script.js").write_text("")
    pages = {
        tmp_path / "second.html": f"<p>{link('base.css')}{link('own.css')}",
        tmp_path / "first.html": f"<p>{link('base.css')}{link('sub/part.css')}{link('own.css')}",
    }
    return tmp_path, pages, styles.join_sheets(tmp_path, pages)


def test_pages_share_one_sheet_that_keeps_the_order(joined):
    folder, _, pages = joined
    (sheet,) = folder.glob("site.*.css")
    for page in pages.values():
        assert page == f'<p><link rel="stylesheet" href="../_static/{sheet.name}">\n'
    rules = sheet.read_text().splitlines()[1:]
    assert [rule[:6].strip("}") for rule in rules] == ["p{a:1", "p{a:1.", "p{a:2;", "p{a:3"]
    assert 'url(sub/x.png?v=e3b0c442) url("data:z")' in rules[2]


def test_a_later_build_renews_the_sheet_of_pages_that_it_does_not_write(joined, styles):
    folder, _, pages = joined
    before = next(folder.glob("site.*.css")).name
    assert styles.join_sheets(folder, pages) == pages
    (folder / "own.css").write_text("p{a:4}")
    (page, _) = styles.join_sheets(folder, pages).values()
    (sheet,) = folder.glob("site.*.css")
    assert sheet.name != before
    assert sheet.name in page
    assert "p{a:4}" in sheet.read_text()


def test_no_rule_asks_what_a_section_holds():
    """Each move of a slider changes what its section holds: on a chapter such rules took four fifths of its frame."""
    assert "section:has(" not in (ROOT / "web" / "assets" / "style.css").read_text(encoding="utf-8")
