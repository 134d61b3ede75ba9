"""What Firefox does in its own way: a page run by its button, a notebook loaded and saved, a visit without network."""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from tests.browser import fox
from tests.browser.conftest import Quiet
from tests.browser.running import HELD, RUN, STATUS
from tests.conftest import ROOT
from tests.instructor.conftest import released, solved
from tools import pyodide

pytestmark = [
    pytest.mark.skipif(pyodide.left_out(), reason="RUNTIME= asks for a site that runs no Python"),
    fox.needed,
]
NAME = "01_perceptron"
OUTPUTS = """() => [...document.querySelectorAll('article div.cell')].filter(one => one.querySelector('.cell-editor'))
  .map(one => one.querySelector('.cell_output')?.textContent ?? '')"""
SAVE = """() => [...document.querySelectorAll('.run-bar button')]
  .find(one => one.textContent === 'Download my notebook').click()"""
STOPPED = """source => new Promise(resolve => {
  const { python } = document.querySelector('.run-bar')
  python.run(1, source, () => python.interrupt()).then(resolve)
})"""


@pytest.fixture(scope="module")
def host(site) -> Iterator[http.server.ThreadingHTTPServer]:
    """A server of the site for this module, which a test may take away."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def downloads(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="module")
def tab(downloads) -> Iterator[fox.Fox]:
    with fox.opened(downloads) as browser:
        yield browser


def kept(path: Path) -> list[str]:
    """The text that each cell of the notebook keeps, "" where it keeps none, of the cells that a page shows."""
    cells = [one for one in nbformat.read(path, 4).cells if one.cell_type == "code"]
    shown = [one for one in cells if not {"remove-cell", "remove-input"} & set(one.metadata.get("tags", []))]
    return ["".join(output.get("text", "") for output in one.outputs) for one in shown]


@pytest.mark.parametrize("page", ["book/01_perceptron", "exercises/01_perceptron"])
def test_every_cell_of_a_page_runs_from_top_to_bottom(tab, host, page):
    tab.boot(f"http://127.0.0.1:{host.server_port}/{page}.html")
    tab.click(".run-page")
    tab.wait(f"{STATUS}.match(/Every cell|did not come/)")
    assert tab.evaluate(f"() => {STATUS}") == "Every cell has run."
    found, stored = tab.evaluate(OUTPUTS), kept(ROOT / f"{page}.ipynb")
    assert len(found) == len(stored)
    for got, text in zip(found, stored, strict=True):
        assert text in got
    if page.startswith("exercises"):
        assert sum(got.startswith("○") for got in found) > 5  # a blank is not attempted


def test_a_notebook_begun_elsewhere_is_loaded_and_saved_as_it_would_be_handed_in(tab, downloads):
    """What nbgrader marks, in tests/instructor, is this notebook, from Chromium."""
    mine = downloads.parent / "begun.ipynb"
    nbformat.write(solved(NAME, released()), mine)
    tab.driver.find_element("css selector", "input[type=file]").send_keys(str(mine))
    tab.wait(f"{STATUS}.includes('cells loaded')")
    tab.evaluate(SAVE)
    tab.wait(f"{STATUS}.includes('Saved')")
    saved = downloads / f"{NAME}.ipynb"
    tab.wait_for_download(saved)
    saved, given, blank = nbformat.read(saved, 4), nbformat.read(mine, 4), released()
    assert [one.source for one in saved.cells] == [one.source.rstrip() for one in given.cells]
    assert [one.metadata for one in saved.cells] == [one.metadata for one in blank.cells]


def test_a_second_visit_needs_no_network_and_what_is_stopped_keeps_its_names(tab, host):
    """The host is gone. Firefox shares memory with the worker now, for the site's own worker serves the page."""
    tab.evaluate(HELD)
    host.shutdown()
    host.server_close()
    tab.boot(tab.driver.current_url)
    # It is stopped as soon as it says that it is on.
    assert not tab.evaluate(STOPPED, "kept = 42\nprint('on')\nwhile True:\n    pass")["ok"]
    outcome, _ = tab.evaluate(RUN, [1, "assert kept == 42"])
    assert outcome["ok"]
