"""The key of the notebook cache: it changes with all code that cells import and that was not installed."""

import gc
import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from coursepkg.explorable import fresh


@pytest.fixture
def book(tmp_path, monkeypatch):
    """A folder with a notebook, whose scene lies beside it and imports a package with data on the path."""
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path / "src")])
    folder = tmp_path / "book"
    (folder / "part").mkdir(parents=True)
    cell = {"cell_type": "code", "source": ["import os, numpy\n", "from ripples import wave\n"]}
    (folder / "part" / "page.ipynb").write_text(json.dumps({"cells": [{"cell_type": "markdown", "source": "x"}, cell]}))
    (folder / "part" / "ripples.py").write_text("from water.deep import depth\n")
    (tmp_path / "src" / "water" / "deep").mkdir(parents=True)
    (tmp_path / "src" / "water" / "__init__.py").write_text("")
    (tmp_path / "src" / "water" / "deep" / "__init__.py").write_text("import light\n\ndepth = 3\n")
    (tmp_path / "src" / "water" / "tides.csv").write_text("1,3\n")
    (tmp_path / "src" / "light.py").write_text("speed = 1\n")
    (tmp_path / "src" / "unused.py").write_text("")
    return tmp_path


def key(book: Path) -> str:
    return fresh.key(sorted(book.rglob("*.ipynb")) + sorted(book.rglob("*.md")))


def test_the_files_are_those_that_the_cells_need(book):
    files = fresh.local_files([book / "book" / "part" / "page.ipynb"])
    assert set(files) == {"ripples/", "water/__init__.py", "water/deep/__init__.py", "water/tides.csv", "light/"}


@pytest.mark.parametrize("name", ["book/part/ripples.py", "src/water/tides.csv", "src/light.py"])
def test_the_key_changes_with_each_of_them(book, name):
    before = key(book)
    assert key(book) == before
    with (book / name).open("a") as file:
        file.write("\n")
    assert key(book) != before


@pytest.mark.parametrize("change", ["add", "rename"])
def test_the_key_changes_with_a_packages_list_of_files(book, change):
    before, module = key(book), book / "src" / "water" / "deep" / "__init__.py"
    if change == "add":
        module.with_name("more.py").write_text("")
    else:
        module.parent.rename(module.parent.with_name("shallow"))
    assert key(book) != before


def test_the_key_stays_with_what_no_cell_needs(book):
    before = key(book)
    (book / "src" / "unused.py").write_text("x = 1\n")
    (book / "src" / "water" / "deep.cpython-311.pyc").write_bytes(b"compiled")
    (book / "book" / "part" / "page.md").write_text("# A page\n\nimport unused\n")
    assert key(book) == before


def test_cells_in_markdown_and_with_magic_count_too(book):
    before = key(book)
    text = "# A page\n\n```{code-cell} ipython3\n:tags: [hide-input]\n%matplotlib inline\nfrom unused import x\n```\n"
    (book / "book" / "page.md").write_text(text)
    assert key(book) != before


def test_the_key_changes_with_what_draws(book, monkeypatch):
    before = key(book)
    monkeypatch.setattr(fresh, "version", lambda package: "99" if package == "matplotlib" else "1")
    drawn = key(book)
    monkeypatch.setattr(fresh, "version", lambda package: "98" if package == "matplotlib" else "1")
    assert len({before, drawn, key(book)}) == 3


def keyed(book, path=""):
    """The configuration of a book after the extension has seen it."""
    config = SimpleNamespace(nb_execution_cache_path=path, exclude_patterns=["drafts"], include_patterns=["**"])
    app = SimpleNamespace(srcdir=book / "book", outdir=book / "_build" / "html")
    fresh.key_cache(app, config)
    return Path(config.nb_execution_cache_path)


def test_the_tables_are_there_before_pages_are_read_by_several_processes(book):
    folder = keyed(book)
    assert folder.parent == book / "_build" / ".jupyter_cache"
    assert keyed(book, str(book / "elsewhere")).parent == book / "elsewhere"
    with closing(sqlite3.connect(folder / "global.db")) as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {"settings", "nbproject", "nbcache"} <= tables
    gc.collect()  # a connection left open would otherwise be found in some later test


def test_what_is_no_page_of_the_book_does_not_count(book):
    before = keyed(book)
    for folder in ("drafts", ".venv", "_build"):
        (book / "book" / folder).mkdir()
        (book / "book" / folder / "page.md").write_text("```{code-cell}\nimport unused\n```\n")
    assert keyed(book) == before
    gc.collect()
