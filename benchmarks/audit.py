"""What Lighthouse says of each page, on its mobile preset: scores, largest paint and shifts of the layout.

It comes from npm, as benchmarks/npm/package-lock.json has it, into _build/audit; without npm it is left out. Paints and
the score that rests on them need a machine with nothing else to do.
"""

import contextlib
import http.server
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.page import SITE
from benchmarks.report import Row, Size
from benchmarks.run import Host
from tools.chromium import find

ROOT = Path(__file__).parents[1]
LISTS = Path(__file__).parent / "npm"
FOLDER = ROOT / "_build" / "audit"
FLAGS = "--headless=new --no-sandbox --disable-gpu --host-resolver-rules='MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'"
#: Points of 100 that a page may lack, by category.
LACK = {"performance": 5, "accessibility": 0, "best-practices": 0, "seo": 0}
SOME = ("book/intro.html", "book/01_perceptron.html", "book/06_stochastic.html", "book/08_landscapes.html")


def fetched(bring: bool) -> bool:
    """Whether Lighthouse lies in `FOLDER` as the lock has it, brought by npm where `bring` says so."""
    lock = (LISTS / "package-lock.json").read_bytes()
    stamp = FOLDER / "lock"
    if stamp.exists() and stamp.read_bytes() == lock:
        return True
    npm = shutil.which("npm")
    if not (bring and npm):
        return False
    shutil.rmtree(FOLDER, ignore_errors=True)
    shutil.copytree(LISTS, FOLDER)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    if subprocess.run(command, cwd=FOLDER, capture_output=True).returncode:
        return False
    stamp.write_bytes(lock)
    return True


@contextlib.contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a host of the site that compresses, as hosts do."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def report(address: str) -> dict:
    """What Lighthouse says of a page."""
    command = [FOLDER / "node_modules" / ".bin" / "lighthouse", address, "--quiet", "--output=json"]
    command += [f"--only-categories={','.join(LACK)}", f"--chrome-flags={FLAGS}"]
    environment = os.environ | {"CHROME_PATH": find() or ""}
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=True)
    return json.loads(run.stdout)


def rows(found: dict[str, list[dict]]) -> list[Row]:
    """The rows of the table, of the reports of each page: of several the one in the middle counts."""

    def of_all(measure) -> tuple[float, ...]:
        return tuple(median(map(measure, reports)) for reports in found.values())

    lacks = [
        Row(
            f"Lighthouse, mobile: points short of 100 in {category.replace('-', ' ')}",
            of_all(lambda said, of=category: 100 - 100 * said["categories"][of]["score"]),
            most,
        )
        for category, most in LACK.items()
    ]
    paint = of_all(lambda said: said["audits"]["largest-contentful-paint"]["numericValue"])
    shift = of_all(lambda said: said["audits"]["cumulative-layout-shift"]["numericValue"])
    return [
        *lacks,
        Row("Lighthouse, mobile: largest contentful paint", paint, 1800, "ms"),
        Row("Lighthouse, mobile: cumulative layout shift", shift, 0.02),
    ]


def main(size: Size) -> list[Row]:
    """Ask about some pages, or with a full size about every page; a tiny one fetches nothing."""
    if not fetched(bring=size.whole):
        print("Lighthouse is not there: npm brings it, where make bench is not tiny. Its rows are left out.")
        return []
    every = sorted(path.relative_to(SITE).as_posix() for path in (SITE / "book").rglob("*.html"))
    every += sorted(path.relative_to(SITE).as_posix() for path in (SITE / "exercises").glob("*.html"))
    pages = every if size.every_page else SOME if size.whole else SOME[:1]
    found: dict[str, list[dict]] = {}
    with served(SITE) as address:
        for page in pages:
            found[page] = [report(f"{address}/{page}") for _ in range(3 if size.whole else 1)]
            scores = [round(100 * found[page][0]["categories"][name]["score"]) for name in LACK]
            print(f"{page}: {', '.join(f'{name} {score}' for name, score in zip(LACK, scores, strict=True))}")
    return rows(found)
