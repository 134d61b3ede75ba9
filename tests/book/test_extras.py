"""The pages beyond the chapters: what they cite, where they lead, and what they claim."""

import itertools
import re

import numpy as np
import pytest

from coursepkg.engine.datasets import gate
from coursepkg.engine.perceptron import separable
from tests.book.prose import BOOK
from tests.book.test_all_chapters import CITED, cells

REFERENCES = (BOOK / "references.bib").read_text(encoding="utf-8")
ENTRIES = re.split(r"\n@", REFERENCES)
PAGES = ("convolution.ipynb", "errata.md", "further.md", "history.md", "metaphor.md")


def text(page: str) -> str:
    """The prose of a page, without its code."""
    path = BOOK / page
    if path.suffix == ".ipynb":
        return "\n".join(cell.source for cell in cells(path) if cell.cell_type == "markdown")
    return re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def cited(page: str) -> set[tuple[str, str]]:
    """The works that a page cites in words, by first author and year."""
    return set(CITED.findall(text(page)))


@pytest.mark.parametrize(
    ("page", "works"), [("convolution.ipynb", 5), ("further.md", 5), ("history.md", 20), ("metaphor.md", 8)]
)
def test_every_citation_is_among_the_references(page, works):
    found = {(author, year) for author, year in cited(page) if author not in ("In", "And")}
    assert len(found) >= works
    for author, year in found:
        assert any(author in entry and year in entry for entry in ENTRIES), f"{author} {year}"


def test_no_two_references_have_one_key():
    keys = re.findall(r"^@\w+\{([\w-]+),", REFERENCES, re.MULTILINE)
    assert len(keys) == len(set(keys)) > 60


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_page_of_the_book(page):
    links = [link for link in re.findall(r"\]\(([^)#]+)", text(page)) if not link.startswith("http")]
    assert links
    for link in links:
        assert (BOOK / link).is_file(), link


def test_the_history_is_in_order_and_its_table_repeats_it():
    page = text("history.md")
    years = [int(year) for year in re.findall(r"^\*\*(\d{4})\b", page, re.MULTILINE)]
    assert years[:11] == sorted(years[:11])
    rows = re.findall(r"^\| (\d{4}) \| (.*?) \|", page, re.MULTILINE)
    assert [int(year) for year, _ in rows] == sorted(int(year) for year, _ in rows)
    for year, who in rows:
        first = re.split(r"[ ,]", who)[0]
        assert (first, year) in cited("history.md"), who


def test_one_unit_whose_activation_falls_again_computes_xor():
    """The page on the metaphor: a spike largest at the threshold, smaller beyond it."""
    X, y, *_ = gate("XOR")
    at = {0.0: 0, 1.0: 1, 2.0: 0}
    assert "$g(z)$ is 1 at $z = 1$ and 0 at $z = 0$ and at $z = 2$" in text("metaphor.md")
    assert [at[float(z)] for z in X.sum(axis=1)] == y.tolist()
    assert not separable(X, y)
    # With any activation that never falls, it would take weights that no step neuron has: of a grid, none serves.
    sums = np.array([[w1 * a + w2 * b for a, b in X] for w1, w2 in itertools.product(np.linspace(-3, 3, 25), repeat=2)])
    zeros, ones = sums[:, y == 0], sums[:, y == 1]
    assert not ((ones.min(axis=1) > zeros.max(axis=1)) | (ones.max(axis=1) < zeros.min(axis=1))).any()


def test_the_page_on_convolution_has_the_shape_of_a_chapter():
    path = BOOK / "convolution.ipynb"
    page = text("convolution.ipynb")
    for part in ("**Afterwards you can**", "**Time** ", "**You need** ", "## Summary", "## Further reading"):
        assert part in page
    everything = cells(path)
    (place,) = [k for k, cell in enumerate(everything) if cell.source.startswith("explore(")]
    assert "hide-input" in everything[place].metadata.tags
    assert everything[place + 1].source.startswith("<details>\n<summary>What was there to see?</summary>\n\n")
    for cell in everything:
        if cell.cell_type == "code":
            tags = cell.metadata.get("tags", ())
            assert bool(cell.outputs) == ("nbval-check-output" in tags)
            assert "remove-cell" in tags or max(map(len, cell.source.splitlines())) <= 72


def test_code_on_plain_pages_fits_the_column():
    page = (BOOK / "further.md").read_text(encoding="utf-8")
    for code in re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL):
        assert max(map(len, code.splitlines())) <= 72
