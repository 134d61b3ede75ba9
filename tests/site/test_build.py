"""The build: it fails where a reader would be let down, and a fork or an instructor gets a site of their own."""

import html
import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.conftest import ROOT, tracked

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


def test_a_picture_without_alt_text_fails_the_build(book):
    book.page(("markdown", "# A page", {}), ("code", PICTURE.format(png=PNG), {}))
    run = book.build()
    assert run.returncode != 0
    assert "have no alt text" in run.stderr
    assert "book/page.html: <img" in run.stderr


def test_a_picture_with_alt_text_does_not(book):
    alt = {"mystnb": {"image": {"alt": "one transparent pixel"}}}
    book.page(("markdown", "# A page", {}), ("code", PICTURE.format(png=PNG), alt))
    run = book.build()
    assert run.returncode == 0, run.stdout + run.stderr
    assert 'alt="one transparent pixel"' in book.read()


def test_a_broken_scene_fails_the_build_and_is_named(book):
    book.page(("markdown", "# A page", {}), ("code", BROKEN, {}))
    run = book.build()
    assert run.returncode != 0
    assert "broken" in run.stdout + run.stderr
    assert "k=2" in run.stdout + run.stderr


def test_a_failing_cell_fails_the_build(book):
    book.page(("markdown", "# A page", {}), ("code", "1 / 0", {}))
    assert book.build().returncode != 0


def test_a_leaked_solution_fails_the_build(book):
    cells = json.loads(next(book.root.glob("solutions/*.ipynb")).read_text(encoding="utf-8"))["cells"]
    source = next("".join(cell["source"]) for cell in cells if "BEGIN SOLUTION" in "".join(cell["source"]))
    secret = re.search(r"BEGIN SOLUTION\n(.*?)\n\s*### END", source, re.DOTALL).group(1)
    book.page(("markdown", f"# A page\n\n```python\n{secret}\n```", {}))
    run = book.build()
    assert run.returncode != 0
    assert "solutions leak into the site" in run.stderr
    assert "book/page.html" in run.stderr


def test_without_an_address_no_page_has_a_button_that_leads_out(book):
    book.address("")
    run = book.build()
    assert run.returncode == 0, run.stdout + run.stderr
    assert book.read().count("sidebar-toggle") > 0
    assert "mathjax/tex-chtml.js" in book.read()
    for held in (book.read(), book.read("book/intro")):
        assert not re.search(r"mybinder|colab|github|fa-rocket", held)


def test_with_an_address_the_buttons_open_its_tag(book):
    book.address("https://github.com/someone/fork")
    run = book.build()
    assert run.returncode == 0, run.stdout + run.stderr
    assert "https://mybinder.org/v2/gh/someone/fork/v9.8.7?urlpath=lab/tree/book/page.ipynb" in book.read()
    assert "https://colab.research.google.com/github/someone/fork/blob/v9.8.7/book/page.ipynb" in book.read()
    assert 'href="https://github.com/someone/fork"' in book.read()
    assert "mathjax/tex-chtml.js" in book.read()


@pytest.mark.parametrize(
    ("address", "provider"), [("https://gitlab.com/a/b", None), ("https://git.example.org/a/b", "gitlab")]
)
def test_an_address_elsewhere_has_no_colab_button(address, provider, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "web"))
    from course_site import edition

    theme = {"repository_url": address, "launch_buttons": {"binderhub_url": "x", "colab_url": "y"}}
    edition.point_buttons(SimpleNamespace(html_theme_options=theme))
    assert theme["launch_buttons"] == {"binderhub_url": "x", "colab_url": ""}
    assert theme["use_repository_button"]
    assert theme.get("repository_provider") == provider


def test_only_the_instructors_edition_has_the_solutions_and_they_are_folded(book):
    name = "solutions/page"
    for path in book.root.glob("solutions/*"):
        path.unlink()
    cell = "### BEGIN SOLUTION\nthe_answer_of_the_secret_exercise = 42\n### END SOLUTION"
    (book.root / f"{name}.ipynb").write_text((book.root / "book" / "page.ipynb").read_text())
    notebook = json.loads((book.root / f"{name}.ipynb").read_text())
    code = {"id": "x", "cell_type": "code", "metadata": {}, "source": cell, "outputs": [], "execution_count": None}
    notebook["cells"].append(code)
    (book.root / f"{name}.ipynb").write_text(json.dumps(notebook))
    assert book.build().returncode == 0
    assert not (book.html / f"{name}.html").exists()
    run = book.build(EDITION="instructor")
    assert run.returncode == 0, run.stdout + run.stderr
    folded = re.search(r"<details[^>]*>.*?</details>", book.read(name), re.DOTALL).group(0)
    assert "the_answer_of_the_secret_exercise" in html.unescape(re.sub("<[^>]*>", "", folded))
    assert f"{Path(name).name}.html" in book.read("book/intro")


def test_an_unknown_edition_fails_the_build(book):
    run = book.build(EDITION="teacher")
    assert run.returncode != 0
    assert "EDITION='teacher' is unknown" in run.stderr


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
def test_the_gate_knows_a_mute_picture(tag, mute, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "web"))
    from course_site import gates

    assert bool(gates.mute_pictures(f"<main>{tag}</main>")) == mute
