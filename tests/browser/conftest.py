"""A visitor of the site: a Chromium page that records whatever went wrong on it."""

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml

from coursepkg.explorable import assets
from coursepkg.explorable.bundle import explorable_bundle
from coursepkg.explorable.renderer import render
from coursepkg.explorable.static import compiled

ROOT = Path(__file__).parents[2]
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}


def pages() -> list[str]:
    """The address of each page of the book, within the site, from the table of contents."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    files = [toc["root"]] + [entry["file"] for part in toc["parts"] for entry in part["chapters"]]
    return [f"{file}.html" for file in files]


PAGES = pages()
EXTRA = ["search.html", "genindex.html"]


class Quiet(http.server.SimpleHTTPRequestHandler):
    """`python -m http.server` without its log."""

    def log_message(self, *_) -> None:
        pass


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """The address at which the site is served, as `python -m http.server` would."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(params=["http", "file"])
def origin(request, served: str, site: Path) -> str:
    """The site's address, once served and once opened from the disk."""
    return served if request.param == "http" else site.as_uri()


@pytest.fixture(scope="module")
def visit(chromium):
    """`with visit(origin, page, **context) as tab:` opens a page; at its end nothing may have gone wrong on it.

    Nothing means: no request to another host, none that failed or was answered with an error, no error and no
    warning in the console. Pages with the same settings open as tabs of one visitor, who has been here before, in
    half the time; one that is `alone`, because it leaves something behind, has a visitor of its own.
    """
    visitors = {}

    @contextmanager
    def visited(origin: str, page: str, alone=False, **context):
        faults = []

        def requested(request) -> None:
            # data: and blob: addresses never leave the page
            if not request.url.startswith((f"{origin}/", "data:", "blob:")):
                faults.append(f"another host: {request.url}")

        def answered(response) -> None:
            if response.status >= 400:
                faults.append(f"{response.status}: {response.url}")

        def failed(request) -> None:
            # A new address, as a moved figure gives the page, makes Chromium drop the icon that it has asked for.
            if not (request.failure == "net::ERR_ABORTED" and request.url.endswith("/mark.svg")):
                faults.append(f"failed: {request.failure} {request.url}")

        def said(message) -> None:
            if message.type in ("error", "warning"):
                faults.append(f"console {message.type}: {message.text}")

        new = {"viewport": WIDE, "reduced_motion": "reduce"} | context
        known = repr(sorted(new.items()))
        if alone or known not in visitors:
            visitor = chromium.new_context(**new)
            if not alone:
                visitors[known] = visitor
        else:
            visitor = visitors[known]
        tab = visitor.new_page()
        tab.on("request", requested)
        tab.on("response", answered)
        tab.on("requestfailed", failed)
        tab.on("console", said)
        tab.on("pageerror", lambda error: faults.append(f"script: {error}"))
        try:
            tab.goto(f"{origin}/{page}")
            yield tab
            assert faults == []
        finally:
            (visitor if alone else tab).close()

    yield visited
    for visitor in visitors.values():
        visitor.close()


def bare(folder: Path, *shown) -> str:
    """The address of a page in `folder` that has these scenes and nothing else but some room below."""
    style = assets.inks() + assets.read("explorable.css")
    scripts = ""
    for script in assets.scripts():
        shutil.copy(assets.FOLDER / script, folder)
        scripts += f"<script defer src='{script}'></script>"
    head = f"<meta charset=utf-8><meta name=viewport content='width=device-width'><style>{style}</style>{scripts}"
    figures = "".join(render(explorable_bundle(compiled(scene))) for scene in shown)
    page = f"<!doctype html>{head}<body>{figures}<div style='height:1500px'></div>"
    (folder / "page.html").write_text(page, encoding="utf-8")
    return folder.as_uri()


def settled(tab):
    """The tab once a reader has come by each explorable, so that it is ready."""
    place = tab.evaluate("scrollY")
    for figure in tab.locator("figure.explorable").all():
        figure.evaluate("f => f.scrollIntoView()")
        figure.and_(tab.locator("[data-ready]")).wait_for(state="attached")
    tab.evaluate("y => scrollTo(0, y)", place)
    return tab


@pytest.fixture(scope="module", params=PAGES)
def tab(request, visit, served):
    """Each page of the book, opened once for all tests of a module that only look at it."""
    with visit(served, request.param) as opened:
        yield settled(opened)
