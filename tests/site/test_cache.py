"""A page is executed again when the package changes, not only when its cells do."""

import gc
import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.conftest import ROOT


@pytest.fixture
def key(tmp_path, monkeypatch):
    """The cache folder for the package in `tmp_path` as it is now."""
    monkeypatch.syspath_prepend(str(ROOT / "web"))
    monkeypatch.delenv("CI", raising=False)
    from course_site import execution

    def keyed() -> SimpleNamespace:
        config = SimpleNamespace(nb_execution_mode="cache", nb_execution_cache_path="")
        app = SimpleNamespace(srcdir=tmp_path, outdir=tmp_path / "_build" / "html")
        execution.key_cache(app, config)
        return config

    (tmp_path / "coursepkg" / "engine").mkdir(parents=True)
    (tmp_path / "coursepkg" / "engine" / "a.py").write_text("x = 1\n")
    yield keyed
    gc.collect()  # a connection left open would otherwise be found in some later test


def test_the_key_stays_while_nothing_changes(key, tmp_path):
    before = key().nb_execution_cache_path
    (tmp_path / "coursepkg" / "a.cpython-311.pyc").write_bytes(b"compiled")
    assert key().nb_execution_cache_path == before


def test_the_tables_are_there_before_pages_are_read_by_several_processes(key):
    with closing(sqlite3.connect(Path(key().nb_execution_cache_path) / "global.db")) as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {"settings", "nbproject", "nbcache"} <= tables


@pytest.mark.parametrize("change", ["edit", "add", "rename"])
def test_the_key_changes_with_the_package(key, tmp_path, change):
    before, module = key().nb_execution_cache_path, tmp_path / "coursepkg" / "engine" / "a.py"
    if change == "edit":
        module.write_text("x = 2\n")
    elif change == "add":
        module.with_name("b.py").write_text("")
    else:
        module.rename(module.with_name("b.py"))
    assert key().nb_execution_cache_path != before


def test_ci_trusts_no_cache(key, monkeypatch):
    assert key().nb_execution_mode == "cache"
    monkeypatch.setenv("CI", "true")
    assert key().nb_execution_mode == "force"
