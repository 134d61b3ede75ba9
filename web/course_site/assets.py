"""Assets: what the pages carry with them, so that they need no other host and no needless kilobyte."""

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
KEEPING = (
    "<script>try { localStorage } catch { Object.defineProperty(window, 'localStorage', "
    "{ value: { getItem: () => null, setItem() {}, removeItem() {} } }) }</script>\n"
)
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


#: Scripts of the theme, its components and the course, and what a page must have for each to do anything: None, never.
#: One that no page has a use for stays out of the script of all pages.
#: `draw_icons` is for the half megabyte of icons, `menus.js` for Bootstrap, and `search.js` for Sphinx's search.
FOR = {
    "fontawesome": None,
    "bootstrap": None,
    "searchtools": None,
    "language_data": None,
    "searchindex": None,
    "sphinx_highlight": None,
    "clipboard.min": re.compile('class="highlight"'),
    "copybutton": re.compile('class="highlight"'),
    "here": re.compile('id="pst-page-toc-nav"'),
    "design-tabs": re.compile(r'class="[^"]*\bsd-tab-set\b'),
    "togglebutton": re.compile(r'class="(?:[^"]* )?(?:toggle|admonition [^"]*dropdown)[ "]'),
}


def lighten(html: str) -> str:
    """A page without what keeps its first paint waiting.

    Scripts that have nothing to do on it go. The others wait for the page, and none is fetched ahead of the styles.
    The colours are settled in the head; without JavaScript they are the light ones, and where a browser keeps nothing
    they are not remembered.
    """
    for script, has in FOR.items():
        if not (has and has.search(html)):
            html = re.sub(rf'<script[^>]*[/"]{re.escape(script)}\.js[^>]*></script>\n?', "", html)
    html = html if KEEPING in html else html.replace("<head>", "<head>\n" + KEEPING, 1)
    html = re.sub(r'<link (?=[^>]*rel="preload")(?=[^>]*as="script")[^>]*>', "", html)
    html = re.sub(r"<script (?![^>]*(?:defer|async))(?=[^>]*src=)", "<script defer ", html)
    if 'data-theme="auto"' in html:
        html = html.replace('data-theme="auto"', 'data-theme="light"', 1).replace("</head>", SETTLE + "</head>", 1)
    return html


def settle_options(html: str, options: str) -> str:
    """A page that has Sphinx's options in it: they are three lines, and waiting for them holds up the first paint."""
    options = " ".join(options.split())
    return re.sub(
        r"<script [^>]*documentation_options\.js[^>]*></script>", lambda _: f"<script>{options}</script>", html
    )


def drop(static: Path) -> None:
    """Remove what no page loads."""
    shutil.rmtree(static / "vendor" / "fontawesome", ignore_errors=True)
    for pattern in (
        "scripts/bootstrap.js*",
        "scripts/fontawesome.js*",
        "searchtools.js",
        "language_data.js",
        "**/*.map",
        "*webpack-macros.html",  # templates
    ):
        for path in static.glob(pattern):
            path.unlink()


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
    # The theme's rules name the fonts that `drop` removed.
    sheet = static / "styles" / "pydata-sphinx-theme.css"
    sheet.write_text(re.sub(r"@font-face\s*\{[^}]*fontawesome[^}]*\}", "", sheet.read_text(encoding="utf-8")), "utf-8")


def write_entry(out: Path, title: str, first: str) -> None:
    """Make the site's address lead to its front page, with a link for whom nothing redirects."""
    (out / "index.html").write_text(ENTRY.format(title=title, first=first), encoding="utf-8")
