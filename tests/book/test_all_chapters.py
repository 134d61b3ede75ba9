"""Every chapter: its shape, its references and its cells."""

import re

import nbformat
import pytest

from tests.book.prose import BOOK

CHAPTERS = sorted(BOOK.glob("[0-9]*.ipynb"))
each = pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
CITED = re.compile(
    r"([A-Z][\w’'-]+)(?: et al\.| and (?:[A-Z][\w-]+)|, (?:[A-Z][\w-]+ )?and [A-Z][\w-]+)?,? \(?((?:19|20)\d\d)\)?"
)


def cells(path):
    return nbformat.read(path, as_version=4).cells


def test_there_are_chapters():
    assert CHAPTERS


@each
def test_a_chapter_has_the_shape_of_the_book(path):
    text = "\n".join(cell.source for cell in cells(path) if cell.cell_type == "markdown")
    for part in ("**Afterwards you can**", "**Time** ", "**You need** ", "## Summary", "## Further reading"):
        assert part in text, f"{part} is missing"
    assert f"../exercises/{path.name}" in text
    assert text.count("<details>") == text.count("</details>") >= 3


def minutes(path):
    """The time that a chapter says it takes, its sittings taken together."""
    return int(re.search(r"\*\*Time\*\* (\d+) minutes", cells(path)[1].source)[1])


@each
def test_a_chapter_says_how_long_it_takes(path):
    """A hundred words a minute, a formula one, an explorable six, a line of code eight seconds: within a fifth."""
    text = "\n".join(cell.source for cell in cells(path) if cell.cell_type == "markdown")
    text, formulas = re.subn(r"\$\$.*?\$\$", "", text.partition("## Further reading")[0], flags=re.DOTALL)
    code = [cell for cell in cells(path) if cell.cell_type == "code"]
    read = [cell for cell in code if not {"hide-input", "remove-cell"} & set(cell.metadata.get("tags", ()))]
    lines = sum(len(cell.source.splitlines()) for cell in read)
    explorables = sum("explore(" in cell.source for cell in code)
    takes = len(text.split()) / 100 + formulas + 6 * explorables + lines / 8
    assert minutes(path) == pytest.approx(takes, rel=0.2)


def test_the_first_page_says_what_the_chapters_say():
    times = [minutes(path) for path in CHAPTERS]
    intro = "\n".join(cell.source for cell in cells(BOOK / "intro.ipynb"))
    assert f"a chapter takes {min(times)} to {max(times)} minutes" in intro
    assert f"**Eight chapters** of {min(times)} to {max(times)} minutes" in intro
    assert len(CHAPTERS) == 8
    halved = [int(path.stem[:2]) for path in CHAPTERS if "sittings" in cells(path)[1].source]
    assert f"Chapters {' and '.join(map(str, halved))} have a place to stop" in intro


@each
def test_every_explorable_is_followed_by_what_was_to_be_seen(path):
    everything = cells(path)
    places = [k for k, cell in enumerate(everything) if cell.source.startswith("explore(")]
    assert places
    for k in places:
        assert "hide-input" in everything[k].metadata.tags
        assert everything[k + 1].source.startswith("<details>\n<summary>What was there to see?</summary>\n\n")


@each
def test_every_citation_is_among_the_references(path):
    text = "\n".join(cell.source for cell in cells(path) if cell.cell_type == "markdown")
    entries = re.split(r"\n@", (BOOK / "references.bib").read_text(encoding="utf-8"))
    cited = set(CITED.findall(text))
    assert len(cited) >= 5
    for author, year in cited:
        assert any(author in entry and year in entry for entry in entries), f"{author} {year} is not in references.bib"


@each
def test_code_fits_the_column(path):
    for cell in cells(path):
        if cell.cell_type == "code" and "remove-cell" not in cell.metadata.get("tags", ()):
            assert max(map(len, cell.source.splitlines())) <= 72, cell.id


@each
def test_outputs_are_kept_only_where_they_are_compared(path):
    for cell in cells(path):
        if cell.cell_type == "code":
            assert bool(cell.outputs) == ("nbval-check-output" in cell.metadata.get("tags", ())), cell.id
