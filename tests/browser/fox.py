"""A Firefox as Debian ships it, driven by its own geckodriver, that evaluates scripts as a Playwright page does."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.browser.running import BOOT, STATUS
from tools import firefox

PATIENCE = BOOT / 1000  # seconds
#: Selenium waits for a callback, its last argument, where Playwright waits for a promise.
AWAITED = """const [argument, done] = arguments
Promise.resolve((%s)(argument)).then(value => done({ value }), error => done({ error: String(error) }))"""

needed = pytest.mark.skipif(not (firefox.find() or os.environ.get("CI")), reason=firefox.ADVICE)


class Fox:
    """A tab of Firefox; ``driver`` is Selenium's."""

    def __init__(self, driver) -> None:
        self.driver = driver

    def evaluate(self, function: str, argument=None):
        """What a JavaScript function gives for ``argument``, awaited; RuntimeError where it throws."""
        answer = self.driver.execute_async_script(AWAITED % function, argument)
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["value"]

    def wait(self, expression: str) -> None:
        """Wait until a JavaScript expression is true, as long as the slowest machine may take."""
        self._until(lambda driver: driver.execute_script(f"return {expression}"))

    def wait_for_download(self, path: Path) -> None:
        """Wait until a file has come whole; Firefox holds its place by an empty one."""
        self._until(
            lambda _: path.exists() and path.stat().st_size and not path.with_name(f"{path.name}.part").exists()
        )

    def _until(self, holds: Callable) -> None:
        from selenium.webdriver.support.ui import WebDriverWait

        WebDriverWait(self.driver, PATIENCE).until(holds)

    def click(self, selector: str) -> None:
        """Click on the one place that the selector names."""
        [place] = self.driver.find_elements("css selector", selector)
        place.click()

    def boot(self, address: str) -> None:
        """Open a page and press its button; Python runs on it, or the test fails with what the page says."""
        self.driver.get(address)
        self.click(".run-page")
        self.wait(f"{STATUS}.includes('could not') || document.documentElement.dataset.python")
        status = self.driver.execute_script(f"return {STATUS}")
        assert "could not" not in status, status


@contextmanager
def opened(downloads: Path) -> Iterator[Fox]:
    """A Firefox to which no host exists but this machine, and which keeps what it downloads in a folder."""
    pytest.importorskip("selenium", reason="Selenium, of the extra `test`, is not installed")
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
        "browser.download.folderList": 2,  # the folder of the next line
        "browser.download.dir": str(downloads),
    }.items():
        options.set_preference(name, value)
    with Firefox(options=options, service=Service(firefox.driver())) as driver:
        driver.set_script_timeout(PATIENCE)
        driver.command_executor.client_config.timeout = PATIENCE
        yield Fox(driver)
