"""The build: it fails where a reader would be let down, and a fork or an instructor gets a site of their own."""

import html
import json
import re
import shutil
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest
from sphinx.errors import ExtensionError

from tests.conftest import ROOT, tracked
from tests.site.conftest import Book, notebook

PICTURE = "from IPython.display import Image, display\nimport base64\ndisplay(Image(data=base64.b64decode({png!r})))"
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg=="
BROKEN = """
from coursepkg.explorable import Frame, Slider, explorable, explore

@explorable(k=Slider(0, 3, 1), title="Broken", alt="A line")
def broken(fig):
    line, = fig.add_subplot().plot([0, 1])
    def update(k):
        line.set_ydata([0, 1 / (k - 2)])
        return Frame([line], says=f"k is {k}")
    return update

explore(broken)
"""


ALT = {"mystnb": {"image": {"alt": "one transparent pixel"}}}
SECRET = "### BEGIN SOLUTION\nthe_answer_of_the_secret_exercise = 42\n### END SOLUTION"


def sound(root: Path) -> Book:
    """A book in which nothing is wrong, with a secret."""
    book = Book(root)
    picture = PICTURE.format(png=PNG)
    book.page("page", ("markdown", "# A page\n\nWith $x^2$.", {}), ("code", picture, ALT), ("code", "1 + 1", {}))
    for path in book.root.glob("solutions/*"):
        path.unlink()
    secret = notebook(("markdown", "# The secret", {}), ("code", SECRET, {}))
    (book.root / "solutions" / "secret.ipynb").write_text(secret)
    return book


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    """A sound book without an address, built twice at a stated time; and its page as it was at first."""
    book = sound(tmp_path_factory.mktemp("sound"))
    book.address("")
    for _ in range(2):
        run = book.build(SOURCE_DATE_EPOCH="1000000000", CI="1")
        assert run.returncode == 0, run.stdout + run.stderr
        if not (first := book.root / "first.html").exists():
            first.write_text(book.read())
            shutil.rmtree(book.html.parent)
    return book


def test_a_build_that_states_its_time_is_the_same_every_time(twice):
    assert twice.read() == (twice.root / "first.html").read_text()
    assert '<time datetime="2001-09-09">2001-09-09</time>' in twice.read()
    assert "verified" not in twice.read("book/intro")


def test_a_sound_page_has_its_mathematics_and_says_its_pictures(twice):
    assert '<msup><mi>x</mi><mn>2</mn></msup><annotation encoding="application/x-tex">x^2</annotation>' in twice.read()
    assert next(twice.html.glob("_static/fonts/stix-two-math.woff2")).stat().st_size < 5000
    assert 'alt="one transparent pixel"' in twice.read()


def test_without_an_address_no_page_has_a_button_that_leads_out(twice):
    for held in (twice.read(), twice.read("book/intro")):
        assert not re.search(r'mybinder|colab|github|fa-rocket|og:image|class="mend"', held)


def test_the_public_edition_has_no_solutions(twice):
    assert not (twice.html / "solutions" / "secret.html").exists()
    assert "secret" not in twice.read("book/intro")


@pytest.fixture(scope="module")
def instructors(tmp_path_factory):
    """The instructor's edition of a sound book with an address."""
    book = sound(tmp_path_factory.mktemp("instructors"))
    book.address("https://github.com/someone/fork")
    run = book.build(EDITION="instructor")
    assert run.returncode == 0, run.stdout + run.stderr
    return book


def test_the_instructors_edition_has_the_solutions_folded(instructors):
    folded = re.search(r"<details[^>]*>.*?</details>", instructors.read("solutions/secret"), re.DOTALL).group(0)
    assert "the_answer_of_the_secret_exercise" in html.unescape(re.sub("<[^>]*>", "", folded))
    assert "secret.html" in instructors.read("book/intro")


def test_with_an_address_the_buttons_open_its_tag(instructors):
    page = instructors.read()
    assert "https://mybinder.org/v2/gh/someone/fork/v9.8.7?urlpath=lab/tree/book/page.ipynb" in page
    assert "https://colab.research.google.com/github/someone/fork/blob/v9.8.7/book/page.ipynb" in page
    assert 'href="https://github.com/someone/fork"' in page
    assert "<math>" in page


@pytest.fixture(scope="module")
def faulty(tmp_path_factory):
    """What a build says of a book with a fault of each kind, each on a page of its own; and the book."""
    book = Book(tmp_path_factory.mktemp("faulty"))
    cells = json.loads(next(book.root.glob("solutions/*.ipynb")).read_text(encoding="utf-8"))["cells"]
    source = next("".join(cell["source"]) for cell in cells if "BEGIN SOLUTION" in "".join(cell["source"]))
    secret = re.search(r"BEGIN SOLUTION\n(.*?)\n\s*### END", source, re.DOTALL).group(1)
    links = "A [margin](glossary.md#term-margin), a [torque](glossary.md#term-torque)."
    book.page("mute", ("markdown", "# A page", {}), ("code", PICTURE.format(png=PNG), {}))
    book.page("broken", ("markdown", "# A page", {}), ("code", BROKEN, {}))
    book.page("failing", ("markdown", "# A page", {}), ("code", "1 / 0", {}))
    book.page("leaking", ("markdown", f"# A page\n\n```python\n{secret}\n```", {}))
    book.page("unset", ("markdown", r"# A page with $\frac{1$", {}))
    book.page("linking", ("markdown", f"# A page\n\n{links}", {}))
    book.bring("book/glossary.md", "genindex.md")
    run = book.build()
    assert run.returncode != 0
    return run.stdout + run.stderr


def test_a_picture_without_alt_text_fails_the_build(faulty):
    assert "have no alt text" in faulty
    assert "book/mute.html: <img" in faulty


def test_a_leaked_solution_fails_the_build(faulty):
    assert "solutions leak into the site" in faulty
    assert "book/leaking.html" in faulty


def test_a_formula_that_is_no_tex_fails_the_build(faulty):
    assert re.search(r"book/unset\.ipynb:\d+: WARNING: \\frac\{1 cannot be set", faulty)


@pytest.mark.parametrize(("page", "named"), [("broken", r"scene 'broken' at k=2"), ("failing", "ZeroDivisionError")])
def test_a_cell_that_fails_fails_the_build(faulty, page, named):
    """By a warning, each of which -W makes an error."""
    assert re.search(rf"book/{page}\.ipynb: WARNING: .*failed", faulty)
    assert re.search(named, faulty)


def test_a_link_to_no_term_fails_the_build(faulty):
    assert "WARNING: local id not found in doc 'book/glossary': 'term-torque'" in faulty
    assert "'term-margin'" not in faulty


@pytest.fixture
def site_modules(monkeypatch):
    """The course's own extension, to be called without a build."""
    monkeypatch.syspath_prepend(str(ROOT / "web"))
    from course_site import edition, gates

    return SimpleNamespace(edition=edition, gates=gates)


@pytest.mark.parametrize(
    ("html", "leaks", "public", "said"),
    [
        ("<img src=a.png>", [], True, r"^these pictures have no alt text\. .*\n  page\.html: <img src=a\.png>$"),
        ("<p>", ["page.html holds it"], True, r"^solutions leak into the site\. .*\n  page\.html holds it$"),
        ("<img src=a.png>", ["page.html holds it"], True, r"(?s)no alt text.*solutions leak"),
        ("<p>", ["page.html holds it"], False, None),
        ("<p>", [], True, None),
    ],
)
def test_each_fault_alone_is_refused(site_modules, monkeypatch, tmp_path, html, leaks, public, said):
    monkeypatch.setattr(site_modules.gates, "leaks", lambda out: leaks)
    refused = pytest.raises(ExtensionError, match=said) if said else nullcontext()
    with refused:
        site_modules.gates.refuse(tmp_path, {tmp_path / "page.html": html}, public)


@pytest.mark.parametrize(("asked", "instructor"), [("", False), ("instructor", True)])
def test_the_edition_is_asked_for_by_its_name(site_modules, monkeypatch, asked, instructor):
    monkeypatch.setenv("EDITION", asked)
    assert site_modules.edition.instructor() is instructor


def test_an_unknown_edition_is_refused(site_modules, monkeypatch):
    monkeypatch.setenv("EDITION", "teacher")
    with pytest.raises(ExtensionError, match="EDITION='teacher' is unknown"):
        site_modules.edition.instructor()


@pytest.mark.parametrize(
    ("address", "provider"), [("https://gitlab.com/a/b", None), ("https://git.example.org/a/b", "gitlab")]
)
def test_an_address_elsewhere_has_no_colab_button(address, provider, site_modules):
    theme = {"repository_url": address, "launch_buttons": {"binderhub_url": "x", "colab_url": "y"}}
    site_modules.edition.point_buttons(SimpleNamespace(html_theme_options=theme))
    assert theme["launch_buttons"] == {"binderhub_url": "x", "colab_url": ""}
    assert theme["use_repository_button"]
    assert theme.get("repository_provider") == provider


def test_every_chapter_and_exercise_is_in_the_table_of_contents():
    toc = (ROOT / "_toc.yml").read_text(encoding="utf-8")
    for path in tracked("book/*.ipynb", "book/*.md", "exercises/*.ipynb"):
        assert re.search(rf"\b{path.relative_to(ROOT).with_suffix('').as_posix()}$", toc, re.MULTILINE), path.name
    intro = (ROOT / "book" / "intro.ipynb").read_text(encoding="utf-8")
    for path in tracked("book/[0-9]*.ipynb"):
        assert f"]({path.name})" in intro, f"the front page does not list {path.name}"


@pytest.mark.parametrize(
    ("tag", "mute"),
    [
        ('<img src="a.png" alt="A line">', False),
        ('<img src="a.png" alt="../_images/a.png">', True),
        ('<img src="a.png" alt=" ">', True),
        ('<img src="a.png">', True),
        ('<svg role="img" aria-label="A line"></svg>', False),
        ('<svg aria-hidden="true"></svg>', False),
        ('<svg class="xp"></svg>', True),
    ],
)
def test_the_gate_knows_a_mute_picture(tag, mute, site_modules):
    assert bool(site_modules.gates.mute_pictures(f"<main>{tag}</main>")) == mute
