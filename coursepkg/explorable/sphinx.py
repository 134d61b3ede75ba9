"""The Sphinx extension: ``extra_extensions: [coursepkg.explorable.sphinx]`` in any Jupyter Book.

It sets ``EXPLORABLE=static`` for the kernels that run the notebooks, serves the script and the style, names
each explorable in the build's log as it is compiled, and fails the build where two explorables share a name.
"""

import os
import re
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util import logging

from . import ink

ASSETS = Path(__file__).parent / "page_assets"
FIGURE = re.compile(r'<figure class="explorable" id="(\w+)".*?class="payload">([^<]*)<', re.DOTALL)
logger = logging.getLogger(__name__)


def theme_css() -> str:
    """The inks for both themes: by the reader's system, unless the page's ``data-theme`` says otherwise."""
    light, dark = ink.variables("light"), ink.variables("dark")
    return (
        f":root{{{light}}}\n"
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\n"
        f":root[data-theme=dark]{{{dark}}}\n@media print{{:root:root:root{{{light}}}}}\n"
    )


def begin(app: Sphinx) -> None:
    """Before anything is read: the kernels' environment."""
    os.environ["EXPLORABLE"] = "static"
    os.environ["EXPLORABLE_REPORT"] = tempfile.mkdtemp(prefix="explorables-")


def report(app: Sphinx, doctree: Any) -> None:
    """After each page is read: one line for each explorable compiled since, said by one process alone."""
    for file in sorted(Path(os.environ["EXPLORABLE_REPORT"]).glob("*.txt")):
        with suppress(FileNotFoundError):  # another process that reads pages was first
            mine = file.rename(file.with_suffix(f".{os.getpid()}"))
            logger.info("explorable %s", mine.read_text(encoding="utf-8"))
            mine.unlink()


def end(app: Sphinx, error: Exception | None) -> None:
    """After the build: leave nothing behind."""
    if folder := os.environ.pop("EXPLORABLE_REPORT", None):
        shutil.rmtree(folder)


def add_assets(app: Sphinx, page: str, template: str, context: dict, doctree: Any) -> None:
    """The inks and the style on every page, each script where it has something to do."""
    body = context.get("body") or ""
    if 'class="explorable"' in body:
        app.add_js_file("explorable.js", loading_method="defer")
        app.add_js_file("play.js", loading_method="defer")
    if 'class="ask"' in body:
        app.add_js_file("ask.js", loading_method="defer")
    if "data-drag=" in body:
        app.add_js_file("drag.js", loading_method="defer")


def check_names(app: Sphinx, error: Exception | None) -> None:
    """After the build: a name stands for one explorable, and once on a page."""
    if error or app.builder.format != "html":
        return
    first: dict[str, tuple[str, str]] = {}
    for page in sorted(Path(app.outdir).rglob("*.html")):
        here: set[str] = set()
        for name, payload in FIGURE.findall(page.read_text(encoding="utf-8")):
            where = page.relative_to(app.outdir).as_posix()
            if name in here:
                raise ExtensionError(f"explorable {name!r} stands twice on {where}. Mend: show it once a page.")
            here.add(name)
            other, before = first.setdefault(name, (payload, where))
            if other != payload:
                raise ExtensionError(
                    f"two explorables are named {name!r}: on {before} and on {where}. Mend: rename one."
                )


def write_theme(app: Sphinx) -> None:
    """Serve the scripts, the style and the inks."""
    served = Path(app.outdir) / "_static"
    served.mkdir(parents=True, exist_ok=True)
    style = theme_css() + (ASSETS / "explorable.css").read_text(encoding="utf-8")
    (served / "explorable.css").write_text(style, encoding="utf-8")
    for script in ASSETS.glob("*.js"):
        (served / script.name).write_bytes(script.read_bytes())


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("builder-inited", begin)
    app.connect("builder-inited", write_theme)
    app.connect("doctree-read", report)
    app.connect("html-page-context", add_assets)
    app.connect("build-finished", end)
    app.connect("build-finished", check_names)
    app.add_css_file("explorable.css")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
