"""What running a page costs: from the click to the first figure against a bare page, and bytes on the wire.

Both pages fetch the same Python from the same host into an empty cache, in turns. The bare page boots it, imports
NumPy and Matplotlib and draws, with nothing else on it; the course's also checks each file, brings the course's
package, turns its cells into editors, and runs one that draws.
"""

import contextlib
import gzip
import http.server
import json
import statistics
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from time import perf_counter

from benchmarks.page import CHROMIUM, SITE
from benchmarks.report import Row, Size
from tools.chromium import find

PAGE = "exercises/01_perceptron.html"
DRAW = "import matplotlib.pyplot as plt\nplt.plot([0, 1])\nplt.show()"
BARE = """<!doctype html><meta charset="utf-8"><title>Bare</title><link rel="icon" href="data:,">
<button>Run</button><img alt="">
<script type="module">
document.querySelector("button").onclick = async () => {
  const base = new URL("%s", location.href).href
  const { loadPyodide } = await import(base + "pyodide.mjs")
  const python = await loadPyodide({ indexURL: base })
  await python.loadPackage(["numpy", "matplotlib"])
  document.querySelector("img").src = "data:image/png;base64," + python.runPython(`
import base64, io, matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
plt.plot([0, 1])
file = io.BytesIO()
plt.savefig(file, dpi=120)
base64.b64encode(file.getvalue()).decode()`)
}
</script>"""
SHARE = "click on Run this page to its first figure, as a share of a bare page that boots Python and draws one"
WIRE = "Python in the page, first visit, compressed"


@cache
def packed(path: Path) -> bytes:
    """The file as a host sends it: archives as they are, everything else gzipped."""
    data = path.read_bytes()
    return data if path.suffix in (".whl", ".zip") else gzip.compress(data, 6)


class Host(http.server.SimpleHTTPRequestHandler):
    """A static host that gzips, adds up what it has sent of the runtime, and has one page more: the bare one."""

    protocol_version = "HTTP/1.1"
    bare = b""
    sent = 0

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path.split("?")[0]))
        if self.path != "/bare.html" and not path.is_file():
            self.send_error(404)
            return
        body = gzip.compress(self.bare) if self.path == "/bare.html" else packed(path)
        self.send_response(200)
        if path.suffix not in (".whl", ".zip"):
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if "/_static/runtime/" in self.path:
            type(self).sent += len(body)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # the visitor has left
            self.wfile.write(body)

    def log_message(self, *_) -> None:
        pass


@contextlib.contextmanager
def visiting(base: str) -> Iterator[tuple]:
    """A Chromium, the address of the site, and its host."""
    from playwright.sync_api import sync_playwright

    host = type("Counting", (Host,), {"bare": (BARE % base).encode()})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), lambda *of: host(*of, directory=SITE))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=CHROMIUM)
        yield browser, f"http://127.0.0.1:{server.server_port}", host
        browser.close()
    server.shutdown()
    server.server_close()


def drawn_bare(tab, address: str) -> float:
    """Seconds from the click to the figure on the bare page."""
    tab.goto(f"{address}/bare.html")
    begin = perf_counter()
    tab.click("button")
    tab.wait_for_function("document.querySelector('img').naturalWidth > 0", timeout=300_000)
    return perf_counter() - begin


def drawn_here(tab, address: str) -> float:
    """Seconds from the click to the figure of a cell on the course's page."""
    tab.goto(f"{address}/{PAGE}")
    tab.wait_for_selector(".run-page:visible")
    begin = perf_counter()
    tab.click(".run-page")
    tab.wait_for_function("document.documentElement.dataset.python === 'ready'", timeout=300_000)
    cell = tab.locator("article div.cell").first
    cell.locator(".cm-content").click()
    tab.keyboard.press("Control+a")
    tab.keyboard.insert_text(DRAW)
    cell.locator(".cell-run").click()
    cell.locator(".cell_output img").wait_for(timeout=300_000)
    return perf_counter() - begin


def main(size: Size) -> list[Row]:
    """Print the times of both pages and the runtime's weight."""
    found = list(SITE.glob("_static/runtime/*/files.json"))
    if not found:
        print("The site was built without Python: there is nothing to measure.")
        return []
    base = found[0].parent.relative_to(SITE).as_posix() + "/"
    spent: dict = {drawn_bare: [], drawn_here: []}
    with visiting(base) as (browser, address, host):
        for path in found[0].parent.iterdir():
            packed(path)  # once, and not while anyone waits
        for _ in range((size.rounds + 1) // 2):
            for rival, seconds in spent.items():
                context = browser.new_context()
                host.sent = 0
                seconds.append(rival(context.new_page(), address))
                context.close()
        megabytes = host.sent / 1e6
    bare, here = map(statistics.median, spent.values())
    promised = json.loads(found[0].read_text(encoding="utf-8"))["files"]
    print("| page | click to figure, s |\n|---|---|")
    print(f"| bare | {bare:.1f} |\n| the course's | {here:.1f} |\n")
    print(f"{len(promised)} files of Python and the course, {megabytes:.1f} MB on the wire")
    return [Row(SHARE, (here / bare,), 1.3), Row(WIRE, (megabytes,), 21, "MB")]
