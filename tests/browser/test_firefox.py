"""The page is the lab in Firefox too: as Debian ships it, driven by its own geckodriver."""

import functools
import http.server
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from tests.browser.conftest import Quiet
from tests.conftest import ROOT
from tools import firefox, pyodide

selenium = pytest.importorskip("selenium", reason="Selenium, of the extra `test`, is not installed")

pytestmark = [
    pytest.mark.skipif(pyodide.left_out(), reason="RUNTIME= asks for a site that runs no Python"),
    pytest.mark.skipif(not (firefox.find() or os.environ.get("CI")), reason=firefox.ADVICE),
]
BOOT = 300  # seconds that the slowest machine may take to load and start Python
STATUS = "return document.querySelector('.run-bar [role=status]').textContent"
CELLS = "return [...document.querySelectorAll('article div.cell')].filter(one => one.querySelector('.cell-editor'))"
HELD = """
const done = arguments[0]
const wanted = [location.href, ...document.querySelector('.run-bar').python.files]
const look = async () => (await Promise.all(wanted.map(one => caches.match(one)))).every(Boolean) ? done(true)
    : setTimeout(look, 100)
look()
"""
RUN = """
const [source, stop, done] = arguments
const { python } = document.querySelector('.run-bar')
python.run(1, source, () => stop && python.interrupt()).then(done)
"""


@pytest.fixture(scope="module")
def host(site) -> Iterator[http.server.ThreadingHTTPServer]:
    """A server of the site for this module, which a test may take away."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def fox():
    """A Firefox to which no host exists but the site's."""
    from selenium.webdriver import Firefox, FirefoxOptions
    from selenium.webdriver.firefox.service import Service

    options = FirefoxOptions()
    options.binary_location = firefox.find()
    options.add_argument("-headless")
    for name, value in {
        "network.proxy.type": 1,  # every other host is asked of a port where nothing listens
        "network.proxy.http": "127.0.0.1",
        "network.proxy.http_port": 9,
        "network.proxy.ssl": "127.0.0.1",
        "network.proxy.ssl_port": 9,
        "network.proxy.no_proxies_on": "127.0.0.1",
    }.items():
        options.set_preference(name, value)
    with Firefox(options=options, service=Service(firefox.driver())) as browser:
        browser.set_script_timeout(BOOT)
        browser.command_executor.client_config.timeout = BOOT
        yield browser


def wait(fox, script, *arguments):
    """The first true value of a script, which says nothing false for too long."""
    from selenium.webdriver.support.ui import WebDriverWait

    return WebDriverWait(fox, BOOT).until(lambda driver: driver.execute_script(script, *arguments))


def boot(fox, address: str) -> None:
    """Open a page and press its button; Python runs on it, or the test fails with what the page says."""
    fox.get(address)
    [button] = fox.find_elements("css selector", ".run-page")
    button.click()
    wait(fox, f"{STATUS}.includes('could not') || document.documentElement.dataset.python")
    assert "could not" not in fox.execute_script(STATUS)


def outputs(fox) -> list[str]:
    """What each cell shows, once all have been run from the first to the last."""
    fox.find_element("css selector", ".run-page").click()
    wait(fox, f"{STATUS}.match(/Every cell|did not come/)")
    assert fox.execute_script(STATUS) == "Every cell has run."
    return [
        fox.execute_script("return arguments[0].querySelector('.cell_output')?.textContent ?? ''", cell)
        for cell in fox.execute_script(CELLS)
    ]


def kept(path: Path) -> list[str]:
    """The text that each cell of the notebook keeps, "" where it keeps none, of the cells that a page shows."""
    cells = [one for one in nbformat.read(path, 4).cells if one.cell_type == "code"]
    shown = [one for one in cells if not {"remove-cell", "remove-input"} & set(one.metadata.get("tags", []))]
    return ["".join(output.get("text", "") for output in one.outputs) for one in shown]


@pytest.mark.parametrize("page", ["book/01_perceptron", "exercises/01_perceptron"])
def test_every_cell_of_a_page_runs_from_top_to_bottom(fox, host, page):
    boot(fox, f"http://127.0.0.1:{host.server_port}/{page}.html")
    found, stored = outputs(fox), kept(ROOT / f"{page}.ipynb")
    assert len(found) == len(stored)
    for got, text in zip(found, stored, strict=True):
        assert text in got
    if page.startswith("exercises"):
        assert sum(got.startswith("○") for got in found) > 5  # a blank is not attempted


def test_a_second_visit_needs_no_network_and_what_is_stopped_keeps_its_names(fox, host):
    """The host is gone. Firefox shares memory with the worker now, for the site's own worker serves the page."""
    assert fox.execute_async_script(HELD)
    host.shutdown()
    host.server_close()
    boot(fox, fox.current_url)
    # It is stopped as soon as it says that it is on.
    assert not fox.execute_async_script(RUN, "kept = 42\nprint('on')\nwhile True:\n    pass", True)["ok"]
    assert fox.execute_async_script(RUN, "assert kept == 42", False)["ok"]
