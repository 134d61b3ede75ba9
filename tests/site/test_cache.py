"""The course's pages run again when its package changes, and always in CI; none waits for all the others."""

import os
from types import SimpleNamespace

import pytest
from nbformat.v4 import new_output
from sphinx.util.parallel import make_chunks

from coursepkg.explorable import fresh
from tests.conftest import ROOT, tracked


def test_the_key_holds_the_whole_package_with_its_data():
    files = fresh.local_files([ROOT / "book" / "05_descent.ipynb"])
    package = ROOT / "coursepkg"
    held = {path for path in package.rglob("*") if path.is_file() and path.suffix != ".pyc"}
    assert held == set(files.values())
    assert package / "engine" / "data" / "digits.npz" in held


def test_a_line_that_the_kernel_sent_in_two_pieces_stays_one(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "web"))
    from course_site import streams

    def printed(text, name="stdout"):
        return new_output("stream", name=name, text=text)

    picture = new_output("display_data", {"text/plain": "a picture"})
    sent = [
        printed("B = 8: "),
        printed("a warning\n", "stderr"),
        printed("3 steps\n  in"),
        picture,
        printed(" all\n\n"),
    ]
    for _ in range(2):  # a page may be drawn again
        found = {output.get("name"): output.get("text") for output in streams.whole(sent)}
        assert found == {None: None, "stdout": "B = 8: 3 steps\n  in all\n", "stderr": "a warning\n"}


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
