"""Python in the page says what Python says elsewhere: its cells, its checks and its explorables, in two browsers."""

import json
import re
from ast import literal_eval
from collections.abc import Iterator

import nbformat
import pytest

from coursepkg.explorable.static import Writer
from tests.browser import fox
from tests.browser.enlivening import enlivened, same
from tests.browser.running import RUN, came, offered, ready
from tests.browser.verdicts import verdicts
from tests.conftest import ROOT
from tests.scenes.looking import between
from tests.scenes.test_all_scenes import SCENES
from tools import pyodide

pytestmark = pytest.mark.skipif(pyodide.left_out(), reason="RUNTIME= asks for a site that runs no Python")

EXERCISE = "exercises/01_perceptron.html"
CAPSTONE = ROOT / "book" / "recipe.ipynb"
BOOK = sorted({*(ROOT / "book").glob("*.ipynb")} - {CAPSTONE})
ANSWERED = sorted((ROOT / "solutions").glob("*.ipynb"))
FORGET = "for _ in [*globals()]:\n    if _[:2] != '__':\n        del globals()[_]"
PARTS = """() => [...document.querySelector('#live').contentDocument.querySelectorAll('input[type=range], .own')]
  .map(one => one.step ?? '.own')"""


@pytest.fixture(scope="module", params=["Chromium", pytest.param("Firefox", marks=fox.needed)])
def page(request, served, tmp_path_factory) -> Iterator:
    """The page of the first exercises, once Python is ready on it."""
    if request.param == "Firefox":
        with fox.opened(tmp_path_factory.mktemp("downloads")) as browser:
            browser.boot(f"{served}/{EXERCISE}")
            yield browser
    else:
        with request.getfixturevalue("visit")(served, EXERCISE, alone=True) as tab:
            offered(tab)
            tab.click(".run-page")
            ready(tab)
            yield tab


def stored(path):
    """(source, the text that the notebook keeps or None) of each cell of code: what it prints, then its value."""
    for one in nbformat.read(path, 4).cells:
        if one.cell_type == "code":
            texts = [output.text for output in one.outputs if output.get("name") == "stdout"]
            texts += [output.data["text/plain"] for output in one.outputs if output.output_type == "execute_result"]
            yield one.source, "".join(texts) if texts else None


@pytest.mark.parametrize("path", [*BOOK, *ANSWERED], ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_cell_runs_and_prints_what_is_stored(page, path):
    page.evaluate(RUN, [1, FORGET])
    for source, text in stored(path):
        outcome, told = page.evaluate(RUN, [1, source])
        failure = [data for kind, data in told if kind == "error"]
        assert outcome["ok"], f"{source}\n{failure}"
        assert [data for kind, data in told if kind == "text" and data.startswith("stderr")] == []
        if text is not None:
            assert came(told) == text, source
        if path.parent.name == "solutions":
            assert not [line for line in came(told).splitlines() if line[:1] in "✗○!"], came(told)


@pytest.mark.parametrize("page", ["Chromium"], indirect=True)
def test_so_do_those_of_the_capstone(page):
    """They train for a minute, by what has been shown to say the same in both browsers."""
    test_every_cell_runs_and_prints_what_is_stored(page, CAPSTONE)


def without_numbers(text: str) -> str:
    """For an answer that draws numbers without a seed."""
    return " ".join(re.sub(r"[-\d.]+", "0", text).split())


@pytest.fixture(scope="module")
def tables() -> dict:
    """The modules of the checks' tables, and what is said here to each of their answers."""
    names = [f"tests.check.{path.stem}" for path in sorted((ROOT / "tests" / "check").glob("test_*_checks.py"))]
    return {"names": names, "said": verdicts(names)}


def test_each_answer_gets_the_verdict_that_it_gets_in_a_notebook(page, tables):
    """To the letter: every wrong answer of every check's table, and its blank."""
    names = [*tables["names"], "tests.check.judging", "tests.browser.verdicts"]
    paths = [f"{name.replace('.', '/')}.py" for name in names]
    files = {path: (ROOT / path).read_text(encoding="utf-8") for path in paths}
    start = f"{files['tests/browser/verdicts.py']}\nin_a_page({files!r}, {tables['names']!r})"
    outcome, told = page.evaluate(RUN, [1, start])
    assert outcome["ok"], told[-1]
    there, here = json.loads(literal_eval(came(told))), tables["said"]
    assert len(here) > 70
    assert there.keys() == here.keys()
    for name, said in here.items():
        for slip, text in said.items():
            alike = without_numbers if slip == "no seed" else str
            assert alike(there[name][slip]) == alike(text), (name, slip)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_an_explorable_takes_any_value_and_shows_what_the_engine_gives_there(page, scene):
    enlivened(page, scene)
    states = list(between(scene, 3, seed=9))
    assert bool(states) == any(part not in ("", "1") for part in page.evaluate(PARTS))
    writer = Writer(scene)
    for state in states:
        same(page, writer, state)
