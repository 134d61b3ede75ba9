"""What a reader finds on every chapter: the way on and back, how long it takes, when it was last verified."""

import html
import re
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
import yaml
from docutils import nodes

from tests.conftest import ROOT, tracked


def order() -> list[str]:
    """The pages in the order of the table of contents."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    return [toc["root"], *(chapter["file"] for part in toc["parts"] for chapter in part["chapters"])]


def neighbour(site: Path, page: str, side: str) -> str | None:
    """The page to which the link `prev` or `next` at the foot of a page leads."""
    text = (site / f"{page}.html").read_text(encoding="utf-8")
    link = re.search(rf'<a class="{"left" if side == "prev" else "right"}-{side}"\s+href="([^"#]+)"', text)
    if link is None:
        return None
    return (site / page).parent.joinpath(link.group(1)).resolve().relative_to(site.resolve()).with_suffix("").as_posix()


def test_next_and_previous_follow_the_table_of_contents(site: Path):
    pages = [page for page in order() if page != "genindex"]  # Sphinx writes that one itself, without neighbours
    assert len(pages) > 8
    for before, after in zip(order(), order()[1:], strict=False):
        if before != "genindex":
            assert neighbour(site, before, "next") == after
        if after != "genindex":
            assert neighbour(site, after, "prev") == before
    assert neighbour(site, pages[0], "prev") is None
    assert neighbour(site, pages[-1], "next") is None


CHAPTERS = sorted([*(ROOT / "book").glob("[0-9]*.ipynb"), ROOT / "book" / "convolution.ipynb"])


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_every_chapter_says_how_long_it_takes_and_when_it_was_verified(site: Path, path):
    page = (site / "book" / f"{path.stem}.html").read_text(encoding="utf-8")
    minutes = re.search(r"<strong>Time</strong> (\d+) minutes", page)
    assert 10 <= int(minutes.group(1)) <= 100
    (day,) = re.findall(r'<p class="verified">Last verified <time datetime="(\d{4}-\d\d-\d\d)">\1</time>', page)
    assert "2026-01-01" <= day <= datetime.now(UTC).date().isoformat()


@pytest.mark.parametrize("path", tracked("book/*.ipynb"), ids=lambda path: path.stem)
def test_a_page_prints_what_its_notebook_keeps(site: Path, path):
    """The build runs every cell; what it printed is what nbval compares elsewhere, and what the prose speaks of."""
    page = (site / "book" / f"{path.stem}.html").read_text(encoding="utf-8")
    shown = html.unescape(re.sub(r"<[^>]*>", "", page))
    outputs = [output for cell in nbformat.read(path, 4).cells for output in cell.get("outputs", ())]
    texts = [output.get("text") or output.data["text/plain"] for output in outputs]
    assert texts or path.stem == "intro"
    assert [line for text in texts for line in text.splitlines() if line not in shown] == []


def say(monkeypatch, cells=1, epoch=None, **ran) -> str:
    """What is added to a page of so many cells, whose run is told by ``ran``."""
    monkeypatch.syspath_prepend(str(ROOT / "web"))
    from course_site import verified

    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if epoch:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    metadata = {"page": {"exec_data": {"succeeded": True} | ran}} if ran else {}
    doctree = nodes.section("", *(nodes.container(nb_element="cell_code") for _ in range(cells)))
    context = {"body": "<p>Text.</p>"}
    verified.say(SimpleNamespace(env=SimpleNamespace(nb_metadata=metadata)), "page", "", context, doctree)
    return context["body"].removeprefix("<p>Text.</p>")


def test_a_page_names_the_day_on_which_its_cells_ran(monkeypatch):
    day = datetime(2026, 2, 3, 23, 59, tzinfo=UTC)
    said = say(monkeypatch, mtime=day.timestamp())
    assert 'Last verified <time datetime="2026-02-03">2026-02-03</time>' in said
    assert re.search(r"on Python \d+\.\d+\.\d+ with NumPy \d\S* and Matplotlib \d\S*\.</p>", said)
    assert "2001-09-09" in say(monkeypatch, mtime=day.timestamp(), epoch="1000000000")


def test_a_page_that_ran_nothing_or_failed_claims_nothing(monkeypatch):
    assert say(monkeypatch) == ""
    assert say(monkeypatch, cells=0, mtime=1e9) == ""
    assert say(monkeypatch, mtime=1e9, succeeded=False) == ""
