"""What a first visit to each page costs: bytes on the wire, and when something can be read.

The site is served as a static host does, texts gzipped, to a Chromium with an empty cache. Bytes are what
arrives, headers included. The first contentful paint of a page is compared with that of the same page without
its explorables, in turns, on a phone's connection (1.6 Mbit/s, 150 ms there and back).
"""

import contextlib
import functools
import gzip
import http.server
import statistics
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup

from benchmarks.live import every_scene
from benchmarks.report import Row, Size
from tools.chromium import find

ROOT = Path(__file__).parents[1]
SITE = ROOT / "_build" / "html"
WITHOUT = "?without"  # asks the server for the page without its explorables
PHONE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
CHAPTER_1 = "book/01_perceptron.html"
BUDGETS = "an explorable, compressed, as a share of its budget, which is 150 KB and at most 200"
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")


class Host(http.server.SimpleHTTPRequestHandler):
    """A static host: gzips texts, and answers `?without` with the page less its explorables."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path.split("?")[0]))
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        if self.path.endswith(WITHOUT):
            html = BeautifulSoup(body, "html.parser")
            for part in html.select("figure.explorable"):
                part.decompose()
            body = str(html).encode()
        kind = self.guess_type(path)
        self.send_response(200)
        if kind.startswith("text/") or kind.endswith(("javascript", "json", "xml")):
            body = gzip.compress(body, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # the visitor has left
            self.wfile.write(body)

    def log_message(self, *_) -> None:
        pass


@contextlib.contextmanager
def visiting(*flags: str) -> Iterator[tuple]:
    """A Chromium and the address of the site, which is built first where there is none."""
    from playwright.sync_api import sync_playwright

    if not SITE.exists():
        print("There is no site yet: it is built first, which is not part of any measure.", flush=True)
        command = [str(Path(sys.executable).parent / "jupyter-book"), "build", ".", "--quiet"]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Host, directory=SITE))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=[*CHROMIUM, *flags])
        yield browser, f"http://127.0.0.1:{server.server_port}"
        browser.close()
    server.shutdown()
    server.server_close()


def explorables(page: Path) -> dict[str, int]:
    """The explorables of a page, and what each adds to it: markup and states, gzipped, in bytes."""
    sizes = {}
    for figure in BeautifulSoup(page.read_bytes(), "html.parser").select("figure.explorable"):
        states = (page.parent / figure["data-states"]).read_bytes()
        sizes[figure["data-name"]] = len(gzip.compress(str(figure).encode())) + len(gzip.compress(states))
    return sizes


def visit(browser, address: str, network: dict | None = None) -> tuple[int, float]:
    """Bytes on the wire and milliseconds to the first contentful paint of one first visit."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    tab = context.new_page()
    session = context.new_cdp_session(tab)
    session.send("Network.enable")
    if network:
        session.send("Network.emulateNetworkConditions", network)
    wire = []
    session.on("Network.loadingFinished", lambda event: wire.append(event["encodedDataLength"]))
    tab.goto(address)
    tab.wait_for_load_state("networkidle")
    for figure in tab.locator("figure.explorable").all():  # the reader reads on: states come as a figure comes near
        figure.scroll_into_view_if_needed()
        figure.and_(tab.locator("[data-ready]")).wait_for(state="attached")
    painted = tab.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    context.close()
    return round(sum(wire)), painted


def paints(browser, address: str, visits: int) -> tuple[float, float]:
    """Median milliseconds to the first paint on a phone, with and without the page's explorables, in turns."""
    spent: dict[str, list[float]] = {address: [], address + WITHOUT: []}
    for _ in range(visits):
        for rival, found in spent.items():
            found.append(visit(browser, rival, PHONE)[1])
    with_, without = (statistics.median(found) for found in spent.values())
    return with_, without


def main(size: Size) -> list[Row]:
    """Print the weight of each page and explorable, and the paints of chapter 1 or of each page with explorables."""
    kilobytes, shares = {}, {}
    with visiting() as (browser, address):
        pages = sorted(path for folder in ("book", "exercises") for path in (SITE / folder).glob("*.html"))
        pages = pages if size.whole else [SITE / CHAPTER_1]
        print("| page | first visit, KB | first paint, ms | without explorables, ms | ratio |")
        print("|---|---|---|---|---|")
        for page in pages:
            name = page.relative_to(SITE).as_posix()
            url = f"{address}/{name}"
            kilobytes[name] = visit(browser, url)[0] / 1000
            row = f"| {name} | {kilobytes[name]:.0f} |"
            if explorables(page) and (size.every_page or name == CHAPTER_1):
                with_, without = paints(browser, url, size.rounds)
                shares[name] = round(with_ / without, 2)
                print(f"{row} {with_:.0f} | {without:.0f} | {shares[name]:.2f} |", flush=True)
            else:
                print(f"{row} – | – | – |", flush=True)
    print("\n| explorable | gzipped, KB | its budget |\n|---|---|---|")
    budgets = {scene.name: scene.budget for scene in every_scene()}
    sizes = {name: size / 1000 for page in pages for name, size in explorables(page).items()}
    for name, size_ in sizes.items():
        print(f"| {name} | {size_:.1f} | {budgets[name]:g} |")
    rows = [
        Row("chapter page, first visit, compressed", (kilobytes[CHAPTER_1],), 550, "KB"),
        Row("its first paint, as a share of the same page without explorables", (shares[CHAPTER_1],), 1),
    ]
    if len(pages) > 1:
        rows.append(Row("heaviest page, first visit, compressed", (max(kilobytes.values()),), 550, "KB"))
    rows.append(Row(BUDGETS, tuple(size_ / budgets[name] for name, size_ in sizes.items()), 1))
    if size.every_page:
        rows.append(Row("first paints of all pages, as such shares", tuple(shares.values()), 1))
    return rows
