"""The extension in another book: a small one, built by Sphinx as Jupyter Book does."""

import os
import subprocess
import sys

import nbformat
import pytest


@pytest.fixture
def book(tmp_path):
    """A function that builds a book of pages, each a list of cells, and returns the finished process."""

    def build(**pages):
        (tmp_path / "conf.py").write_text(
            "extensions = ['myst_nb', 'coursepkg.explorable.sphinx']\nproject = 'other'\n"
            "nb_execution_mode = 'force'\nnb_execution_show_tb = True\nroot_doc = 'index'\n"
        )
        toc = "\n".join(pages)
        (tmp_path / "index.md").write_text(f"# Book\n\n```{{toctree}}\n{toc}\n```\n")
        for name, cells in pages.items():
            cells = [nbformat.v4.new_markdown_cell(f"# {name}"), *map(nbformat.v4.new_code_cell, cells)]
            metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
            nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), tmp_path / f"{name}.ipynb")
        environment = {k: v for k, v in os.environ.items() if not k.startswith("EXPLORABLE")}
        environment["PYTHONPATH"] = os.pathsep.join(sys.path)
        command = [
            sys.executable,
            "-m",
            "sphinx",
            "-W",
            "--keep-going",
            "-b",
            "html",
            str(tmp_path),
            str(tmp_path / "out"),
        ]
        return subprocess.run(command, capture_output=True, text=True, env=environment), tmp_path / "out"

    return build


SHOW = "import tests.explorable.scenes_for_tests as scenes\nfrom coursepkg import explore\nexplore(scenes.{})"


OTHER = """
from coursepkg import explore
from coursepkg.explorable import Frame, Slider, explorable

@explorable(alt="Another.", title="Another", a=Slider(0, 1, 1))
def slope(fig):
    (line,) = fig.add_subplot().plot([], [])

    def update(a):
        line.set_data([0, 1], [0, a])
        return Frame([line], says="fine")

    return update

explore(slope)
"""


def test_another_book_shows_an_explorable(book):
    run, out = book(one=[SHOW.format("slope")], two=["1 + 1"], three=[SHOW.format("point")])
    assert run.returncode == 0, run.stderr
    assert "explorable slope: 18 states, " in run.stdout
    page = (out / "one.html").read_text()
    assert page.count('<figure class="explorable" id="slope"') == 1
    assert "explorable.js" in page
    assert "explorable.js" not in (out / "two.html").read_text()
    assert "drag.js" not in page
    assert "drag.js" in (out / "three.html").read_text()
    assert (out / "_static" / "drag.js").exists()
    assert "widget-view" not in page
    assert "--xp-blue:#56b4e9" in (out / "_static" / "explorable.css").read_text()


def test_a_broken_scene_fails_the_build(book):
    run, _ = book(one=[SHOW.format("diverges")])
    assert run.returncode != 0
    assert "scene 'diverges' at a=2" in run.stdout + run.stderr


def test_an_explorable_twice_on_a_page_fails_the_build(book):
    run, _ = book(one=[SHOW.format("slope"), "explore(scenes.slope)"])
    assert run.returncode != 0
    assert "'slope' stands twice on one.html" in run.stderr


def test_two_explorables_of_one_name_fail_the_build(book):
    run, _ = book(
        one=[SHOW.format("slope")],
        two=[OTHER],
    )
    assert run.returncode != 0
    assert "two explorables are named 'slope': on one.html and on two.html" in run.stderr
