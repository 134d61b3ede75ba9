"""Assets: what the pages carry with them, so that they need no other host and no needless kilobyte."""

import importlib.util
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pydata_sphinx_theme
from sphinx.errors import ExtensionError

ENTRY = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta http-equiv="refresh" content="0; url={first}"><link rel="canonical" href="{first}">
<link rel="icon" href="data:,">
</head>
<body><main><h1>{title}</h1><p><a href="{first}">Open the course</a></p></main></body>
</html>
"""
SETTLE = (
    "<script>(page => { if (page.theme === 'auto') page.theme = "
    "matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light' })"
    "(document.documentElement.dataset)</script>\n"
)
SHAPE = r'["{{,]"?{name}"?:\[(\d+),(\d+),\[[^\]]*\],"[0-9a-f]+","([^"]+)"\]'
ICON = (
    ".fa-{name}{{--icon:url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' "
    "viewBox='0 0 {width} {height}'%3E%3Cpath d='{path}'/%3E%3C/svg%3E\")}}"
)


def lighten(html: str) -> str:
    """A page without what keeps its first paint waiting.

    The theme's icon script, half a megabyte for a dozen icons, goes: `draw_icons` brings those used. Scripts
    wait for the page, but for the one whose variables the page's own lines set, and none is fetched ahead of
    the styles. The colours are settled in the head; without JavaScript they are the light ones.
    """
    html = re.sub(r"<script[^>]*fontawesome[^>]*></script>", "", html)
    html = re.sub(r'<link (?=[^>]*rel="preload")(?=[^>]*as="script")[^>]*>', "", html)
    html = re.sub(r"<script (?![^>]*(?:defer|async|documentation_options))(?=[^>]*src=)", "<script defer ", html)
    if 'data-theme="auto"' in html:
        html = html.replace('data-theme="auto"', 'data-theme="light"', 1).replace("</head>", SETTLE + "</head>", 1)
    return html


def draw_icons(static: Path, pages: Iterable[str]) -> None:
    """Write icons.css with the icons that the pages use, cut out of the theme's own script."""
    theme = Path(pydata_sphinx_theme.__file__).parent / "theme" / "pydata_sphinx_theme" / "static"
    script = (theme / "scripts" / "fontawesome.js").read_text(encoding="utf-8")
    rules = []
    for name in sorted({name for html in pages for name in re.findall(r"\bfa-([a-z][a-z-]*)", html)}):
        if shape := re.search(SHAPE.format(name=name), script):
            width, height, path = shape.groups()
            rules.append(ICON.format(name=name, width=width, height=height, path=path))
    if not rules:
        raise ExtensionError("the theme keeps its icons elsewhere now: mend draw_icons in web/course_site")
    (static / "icons.css").write_text("\n".join(rules) + "\n", encoding="utf-8")
    (static / "scripts" / "fontawesome.js").unlink(missing_ok=True)
    shutil.rmtree(static / "vendor" / "fontawesome", ignore_errors=True)
    # Its rules name the fonts just removed; a page that is laid out before style.css has come would ask for them.
    sheet = static / "styles" / "pydata-sphinx-theme.css"
    sheet.write_text(re.sub(r"@font-face\s*\{[^}]*fontawesome[^}]*\}", "", sheet.read_text(encoding="utf-8")), "utf-8")


def bring_mathjax(static: Path) -> None:
    """Copy the parts of MathJax that a page may load: one script, its fonts, and what rare commands bring in."""
    package = importlib.util.find_spec("sphinx-mathjax-offline")
    if package is None:
        raise ExtensionError("MathJax is missing: pip install sphinx-mathjax-offline (in the extra `book`)")
    source = Path(package.submodule_search_locations[0]) / "static" / "mathjax"
    for part in ("output/chtml/fonts/woff-v2", "input/tex/extensions"):
        shutil.copytree(source / part, static / "mathjax" / part, dirs_exist_ok=True)
    shutil.copy(source / "tex-chtml.js", static / "mathjax")


def write_entry(out: Path, title: str, first: str) -> None:
    """Make the site's address lead to its front page, with a link for whom nothing redirects."""
    (out / "index.html").write_text(ENTRY.format(title=title, first=first), encoding="utf-8")
