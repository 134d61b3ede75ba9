"""The front page's cards and map say what the chapters say; the site has what hosts and finders look for."""

import json
import re
import xml.etree.ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from tests.conftest import ROOT
from tests.site.conftest import Book

NEEDS = {1: (), 2: (1,), 3: (2,), 4: (2, 3, 1), 5: (1,), 6: (5,)}
HISTORY = """# History

**1958.** Rosenblatt (1958) learns, and nobody else (Cauchy, 1847; Minsky and Papert, 1969). `Rosenblatt (1958)`.

Again Rosenblatt (1958), and Nobody (1958).

Read D. E. Rumelhart, G. E. Hinton and R. J. Williams (1986), Quiroga et al. (2005) and Poincaré (1881).
"""
KIND = dict.fromkeys(NEEDS, "md") | {1: "ipynb"}
SCENE = """from coursepkg.explorable import Frame, Slider, explorable, explore

@explorable(k=Slider(0, 2, 1), title="Line", alt="A line")
def line(fig):
    drawn, = fig.add_subplot().plot([0, 1])
    def update(k):
        drawn.set_ydata([0, k])
        return Frame([drawn], says=f"k is {k}")
    return update

explore(line)"""


@pytest.fixture(scope="module")
def course(monkeypatch_module):
    monkeypatch_module.syspath_prepend(str(ROOT / "web"))
    from course_site import course

    return course


@pytest.fixture(scope="module")
def monkeypatch_module():
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A book of six chapters whose front page lists them, at an address."""
    book = Book(tmp_path_factory.mktemp("cover"))
    listed = "# The book\n\n## The chapters\n\n"
    for n, needs in NEEDS.items():
        name = f"0{n}_part"
        need = ", ".join(f"[chapter {m}](0{m}_part.{KIND[m]})" for m in needs) or "nothing"
        said = (
            f"# {n} Part {n} & more\n\n**Afterwards you can**\n\n- count\n\n**Time** {60 + n} minutes, and an hour for "
        )
        said += f"the exercises. **You need** {need}.\n\n**Now you.** Count."
        if n == 1:
            book.page(
                name, ("markdown", said, {}), ("code", "import math\nfrom json import dumps", {}), ("code", SCENE, {})
            )
        else:
            (book.root / "book" / f"{name}.md").write_text(said)
            book.files.append(f"book/{name}")
        listed += f"{n}. **[Part {n}]({name}.{KIND[n]}).** Why {n}?\n"
    (book.root / "book" / "intro.md").write_text(listed)
    (book.root / "book" / "history.md").write_text(HISTORY)
    book.files.append("book/history")
    book.bring("book/references.md")
    book.address("https://github.com/ada/course")
    run = book.build()
    assert run.returncode == 0, run.stdout + run.stderr
    return book


def test_each_card_says_how_long_its_chapter_takes_and_what_it_needs(book):
    page = book.read("book/intro")
    facts = re.findall(r'<p class="facts">(.*?)</p>', page)
    assert facts == [
        "61 minutes, and an hour of exercises. You can start here.",
        "62 minutes, and an hour of exercises. After chapter 1.",
        "63 minutes, and an hour of exercises. After chapter 2.",
        "64 minutes, and an hour of exercises. After chapters 1, 2 and 3.",
        "65 minutes, and an hour of exercises. After chapter 1.",
        "66 minutes, and an hour of exercises. After chapter 5.",
    ]
    cards = page.partition("chapter-cards")[2].partition("</ol>")[0]
    assert cards.count('<div class="picture">') == 6
    assert cards.count('<svg class="xp" aria-hidden="true"') == 1  # the only one that has a figure with sliders
    chart = page.partition('class="course-map"')[2].partition("</figure>")[0]
    assert chart.count("<rect") == 6
    assert chart.count("<path") == 5  # not from 1 and 2 to 4, which needs 3
    assert all(fact in chart for fact in facts)
    assert "Part 3 &amp; more" in chart


def test_what_a_chapter_promises_stands_in_one_box(book):
    page = book.read("book/03_part")
    box = page.partition('class="at-a-glance')[2].partition("</div>")[0]
    assert all(part in box for part in ('class="aims"', "<li>", 'class="time"', "63 minutes"))
    assert '<p class="now-you"' in page
    assert '<span class="number">3</span> Part 3' in page
    first = book.read("book/01_part")
    assert first.count("tag_hide-input") == 1  # the cell of imports, and not the one that draws
    assert ">dumps</span>" in first.partition("tag_hide-input")[2].partition("</details>")[0]


def test_a_map_leaves_out_what_follows_from_the_rest(course):
    chapters = [course.Chapter(f"0{n}_part", n, "", 60, "", needs) for n, needs in NEEDS.items()]
    assert course.depths(chapters) == {1: 0, 2: 1, 3: 2, 4: 3, 5: 1, 6: 2}
    assert course.direct(chapters) == [(1, 2), (2, 3), (3, 4), (1, 5), (5, 6)]


def test_finders_and_hosts_get_their_files_and_pages_their_address(book):
    places = [loc.text for loc in ET.parse(book.html / "sitemap.xml").getroot().iterfind("{*}url/{*}loc")]
    assert "https://ada.github.io/course/book/03_part.html" in places
    assert all((book.html / place.removeprefix("https://ada.github.io/course/")).exists() for place in places)
    assert not [place for place in places if "404" in place or "explorables/" in place]
    assert "Sitemap: https://ada.github.io/course/sitemap.xml" in (book.html / "robots.txt").read_text()
    assert 'rel="canonical" href="https://ada.github.io/course/book/03_part.html"' in book.read("book/03_part")
    assert 'href="https://ada.github.io/course/"' in book.read("404")
    assert (book.html / ".nojekyll").exists()


def pixels(path) -> tuple[int, int]:
    with Image.open(path) as picture:
        return picture.size


def test_a_page_with_an_address_has_a_card_and_says_where_it_is_mended(book):
    head = BeautifulSoup(book.read("book/03_part"), "html.parser")
    said = {meta["property"]: meta["content"] for meta in head.select("meta[property]")}
    assert said["og:url"] == "https://ada.github.io/course/book/03_part.html"
    assert said["og:title"] == "3 Part 3 & more"
    assert said["og:description"] == head.select_one("meta[name=description]")["content"]
    assert said["og:image"] == "https://ada.github.io/course/_static/card.png"
    assert pixels(book.html / "_static" / "card.png") == (1200, 630)
    edit, report = (link["href"] for link in head.select(".mend a"))
    assert edit == "https://github.com/ada/course/edit/main/book/03_part.md"
    assert "Page%3A%20https%3A%2F%2Fada.github.io%2Fcourse%2Fbook%2F03_part.html" in report
    assert "mend" not in book.read("404")


def test_the_site_can_be_installed(book):
    manifest = json.loads((book.html / "site.webmanifest").read_text())
    assert (book.html / manifest["start_url"]).exists()
    for icon in manifest["icons"]:
        if icon["type"] == "image/png":
            assert "x".join(map(str, pixels(book.html / icon["src"]))) == icon["sizes"]
        assert (book.html / icon["src"]).exists()
    page = book.read("book/03_part")
    assert "rel: 'manifest', href: '../site.webmanifest'" in page
    assert page.count('name="theme-color"') == 2


def test_a_work_that_is_named_leads_to_its_reference_and_back(book):
    page, references = book.read("book/history"), book.read("book/references")
    found = re.findall(r'<a class="cited reference internal" href="references.html#(\w+)"([^>]*)>(.*?)</a>', page)
    assert [words for *_, words in found] == [
        "Rosenblatt (1958)",
        "Cauchy, 1847",
        "Minsky and Papert, 1969",
        "Rosenblatt (1958)",
        "Rumelhart, G. E. Hinton and R. J. Williams (1986)",
        "Quiroga et al. (2005)",
        "Poincaré (1881)",
    ]
    assert found[0][0] == found[3][0]
    places = [re.search(r'id="([^"]*)"', rest) for _, rest, _ in found]
    assert [bool(place) for place in places] == [True] * 3 + [False] + [True] * 3  # the first of each is a place
    for (anchor, *_), place, author in zip(found, places, ("Rosenblatt", "Cauchy", "Minsky"), strict=False):
        entry = references.partition(f'id="{anchor}"')[2].partition("</div>")[0]
        assert author in entry
        assert f'Cited in <a class="reference internal" href="history.html#{place[1]}">History</a>.' in entry
    assert '<p class="year"><strong>1958.</strong>' in page
