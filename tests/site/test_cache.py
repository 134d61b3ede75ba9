"""The course's pages run again when its package changes, and always in CI; none waits for all the others."""

import os
from types import SimpleNamespace

import pytest
from sphinx.util.parallel import make_chunks

from coursepkg.explorable import fresh
from tests.conftest import ROOT, tracked


def test_the_key_holds_the_whole_package_with_its_data():
    files = fresh.local_files([ROOT / "book" / "05_descent.ipynb"])
    package = ROOT / "coursepkg"
    held = {path for path in package.rglob("*") if path.is_file() and path.suffix != ".pyc"}
    assert held == set(files.values())
    assert package / "engine" / "data" / "digits.npz" in held


@pytest.fixture
def execution(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "web"))
    from course_site import execution

    return execution


@pytest.mark.parametrize(("ci", "mode"), [("", "cache"), ("true", "force")])
def test_ci_trusts_no_cache(monkeypatch, execution, ci, mode):
    monkeypatch.setenv("CI", ci)
    config = SimpleNamespace(nb_execution_mode="cache")
    execution.trust_no_cache(config)
    assert config.nb_execution_mode == mode


def test_notebooks_run_beside_each_other_and_the_longest_first(monkeypatch, execution):
    monkeypatch.delenv("OPENBLAS_NUM_THREADS")
    env = SimpleNamespace(doc2path=lambda name: next(str(path) for path in ROOT.glob(f"{name}.*")))
    config = SimpleNamespace(nb_execution_excludepatterns=["exercises/*"])
    app = SimpleNamespace(env=env, config=config, extensions={"sphinx_multitoc_numbering": SimpleNamespace()})
    execution.use_cores(app)
    assert app.parallel == 2 * os.cpu_count()
    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"  # their processes share the cores, not their threads

    app.parallel = 4
    pages = sorted(
        str(path.relative_to(ROOT).with_suffix(""))
        for path in tracked("book/*.md", "book/*.ipynb", "exercises/*.ipynb")
    )
    dealt = list(pages)
    execution.deal(app, env, dealt)
    assert sorted(dealt) == pages
    parts = make_chunks(dealt, 4)
    chapters = [sum(name.startswith("book/0") for name in part) for part in parts]
    assert dealt[0] == "book/recipe"
    assert max(chapters) <= 2 < max(sum(name.startswith("book/0") for name in part) for part in make_chunks(pages, 4))
