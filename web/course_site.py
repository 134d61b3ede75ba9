"""What is this course's own about its site, as a Sphinx extension.

Nothing here draws or computes: it decides where the launch buttons point, which edition is built, what the
pages carry with them so that they need no other host, and which faults must not be published.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
from html.parser import HTMLParser
from importlib.metadata import version
from pathlib import Path

import pydata_sphinx_theme
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util import logging

WEB = Path(__file__).resolve().parent
ROOT = WEB.parent
REDIRECT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="0; url={first}"><link rel="canonical" href="{first}"></head>
<body><main><h1>{title}</h1><p><a href="{first}">Open the course</a></p></main></body></html>
"""
logger = logging.getLogger(__name__)


# ---- before the build -------------------------------------------------------------------------------------


def point_buttons(config) -> None:
    """Let a fork point Binder and Colab to itself without an edit."""
    theme = config.html_theme_options
    theme["repository_url"] = os.environ.get("COURSE_REPOSITORY_URL") or theme["repository_url"]
    if "github.com" not in theme["repository_url"]:
        theme["launch_buttons"]["colab_url"] = ""  # Colab opens notebooks of GitHub alone


def choose_edition(app: Sphinx, config) -> None:
    """Add the solutions, folded, to the instructor's edition; the reader's never sees them."""
    edition = os.environ.get("EDITION", "")
    if edition not in ("", "instructor"):
        raise ExtensionError(f"EDITION={edition!r} is unknown: leave it unset, or set it to 'instructor'")
    if not edition:
        return
    solutions = sorted(path.stem for path in (ROOT / "solutions").glob("*.ipynb"))
    toc = Path(config.external_toc_path).read_text(encoding="utf-8").rstrip()
    toc += "\n  - caption: Solutions\n    chapters:\n"
    toc += "".join(f"      - file: solutions/{name}\n" for name in solutions)
    path = Path(app.outdir).parent / "_toc_instructor.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(toc, encoding="utf-8")
    config.external_toc_path = path.as_posix()


def fold_solutions(app: Sphinx, docname: str, source: list[str]) -> None:
    if not docname.startswith("solutions/"):
        return
    notebook = json.loads(source[0])
    for cell in notebook["cells"]:
        if "BEGIN SOLUTION" in "".join(cell["source"]) or cell["metadata"].get("nbgrader", {}).get("solution"):
            cell["metadata"].setdefault("tags", []).append("hide-cell")
    source[0] = json.dumps(notebook)


def key_cache(app: Sphinx, config) -> None:
    """Forget executed notebooks when the package or what it draws with changes, not only when a cell does."""
    if os.environ.get("CI"):
        config.nb_execution_mode = "force"
    key = hashlib.sha256()
    for path in sorted((ROOT / "coursepkg").rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            key.update(path.relative_to(ROOT).as_posix().encode())
            key.update(path.read_bytes())
    for package in ("numpy", "matplotlib"):
        key.update(version(package).encode())
    cache = Path(app.outdir).parent / ".jupyter_cache" / key.hexdigest()[:16]
    config.nb_execution_cache_path = str(cache)


def configure(app: Sphinx, config) -> None:
    config.templates_path.insert(0, str(WEB / "templates"))
    config.html_static_path.append(str(WEB / "assets"))
    point_buttons(config)
    choose_edition(app, config)
    key_cache(app, config)


# ---- the pages carry what they need -----------------------------------------------------------------------


def lighten(head: str) -> str:
    """Drop the theme's icon script, half a megabyte for a dozen icons: `draw_icons` brings those used."""
    return re.sub(r"<script[^>]*fontawesome[^>]*></script>", "", head)


def add_to_page(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    context["lighten"] = lighten


def draw_icons(static: Path, pages: dict[Path, str]) -> None:
    """Write icons.css with the icons that the pages use, cut out of the theme's own script."""
    theme = Path(pydata_sphinx_theme.__file__).parent / "theme" / "pydata_sphinx_theme"
    script = (theme / "static" / "scripts" / "fontawesome.js").read_text(encoding="utf-8")
    used = {name for html in pages.values() for name in re.findall(r"\bfa-([a-z][a-z-]*)", html)}
    rules = []
    for name in sorted(used):
        shape = re.search(rf'["{{,]"?{name}"?:\[(\d+),(\d+),\[[^\]]*\],"[0-9a-f]+","([^"]+)"\]', script)
        if shape:
            width, height, path = shape.groups()
            svg = f"%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}'%3E%3Cpath d='{path}'/%3E%3C/svg%3E"
            rules.append(f'.fa-{name}{{--icon:url("data:image/svg+xml,{svg}")}}')
    if not rules:
        raise ExtensionError("the theme's icons have moved: see `draw_icons` in web/course_site.py")
    (static / "icons.css").write_text("\n".join(rules) + "\n", encoding="utf-8")
    (static / "scripts" / "fontawesome.js").unlink(missing_ok=True)
    shutil.rmtree(static / "vendor" / "fontawesome", ignore_errors=True)


def bring_mathjax(static: Path) -> None:
    """Copy the part of MathJax that a page loads: one script and its fonts."""
    package = importlib.util.find_spec("sphinx-mathjax-offline")
    if package is None:
        raise ExtensionError("MathJax is missing: pip install sphinx-mathjax-offline (the extra `book` has it)")
    source = Path(package.submodule_search_locations[0]) / "static" / "mathjax"
    target = static / "mathjax"
    fonts = Path("output", "chtml", "fonts", "woff-v2")
    target.mkdir(exist_ok=True)
    shutil.copy(source / "tex-chtml.js", target)
    shutil.copytree(source / fonts, target / fonts, dirs_exist_ok=True)


# ---- what must not be published ---------------------------------------------------------------------------


class Pictures(HTMLParser):
    """Collects the pictures of a page that say nothing to a reader who cannot see them."""

    def __init__(self) -> None:
        super().__init__()
        self.mute: list[str] = []

    def handle_starttag(self, tag, attrs) -> None:
        attrs = {name: value or "" for name, value in attrs}
        where = f"<{tag} {' '.join(f'{k}={v[:60]!r}' for k, v in attrs.items() if k in ('src', 'id', 'class'))}>"
        # Without an alternative docutils writes the file's name, which is no description.
        if tag == "img" and (attrs.get("alt", "").strip() in ("", attrs.get("src")) or _is_path(attrs["alt"])):
            self.mute.append(where)
        named = attrs.get("aria-label", "").strip() or attrs.get("aria-labelledby")
        if tag == "svg" and attrs.get("aria-hidden") != "true" and not named:
            self.mute.append(where)


def _is_path(alt: str) -> bool:
    return bool(re.fullmatch(r"\S+\.(png|svg|jpe?g|gif|webp)", alt.strip()))


def mute_pictures(html: str) -> list[str]:
    """The tags of all pictures in `html` that have no text alternative."""
    parser = Pictures()
    parser.feed(html)
    return parser.mute


def refuse_mute_pictures(out: Path, pages: dict[Path, str]) -> None:
    faults = [f"{path.relative_to(out)}: {tag}" for path, html in pages.items() for tag in mute_pictures(html)]
    if faults:
        raise ExtensionError(
            "pictures without alt text (give the cell `mystnb: {image: {alt: …}}`, the explorable `alt=`):\n  "
            + "\n  ".join(faults)
        )


def finish(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.format != "html":
        return
    out = Path(app.outdir)
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(out.rglob("*.html"))}
    bring_mathjax(out / "_static")
    draw_icons(out / "_static", pages)
    first = f"{app.config.root_doc}.html"
    (out / "index.html").write_text(REDIRECT.format(title=app.config.html_title, first=first), encoding="utf-8")
    refuse_mute_pictures(out, pages)


def setup(app: Sphinx) -> dict:
    app.connect("config-inited", configure)
    app.connect("source-read", fold_solutions)
    app.connect("html-page-context", add_to_page)
    app.connect("build-finished", finish)
    app.add_css_file("icons.css")
    app.add_css_file("style.css", priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
