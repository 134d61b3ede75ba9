"""Reach: what finders, hosts and other sites look for beside the pages."""

import re
from html import escape
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from .tool import tool

MISSING = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><meta name="color-scheme" content="light dark">
<title>No such page · {title}</title>
<link rel="icon" href="data:,">
<style>body{{font:1.1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1.5rem}}</style>
</head>
<body><main><h1>There is no such page</h1>
<p>It may have moved. <a href="{home}">The front page</a> lists all chapters.</p></main></body>
</html>
"""
#: Pages that are no reader's destination.
UNLISTED = {"404.html", "index.html", "search.html", "genindex.html"}


def settle(config: Config) -> None:
    """Let each page name its address, where the repository's implies one; without a repository there is none."""
    repository = config.html_theme_options["repository_url"]
    config.html_baseurl = tool("repository").site(repository) if repository else ""


def write(app: Sphinx, out: Path) -> None:
    """Write the page for addresses that lead nowhere, the files for hosts and finders, and with an address the sitemap.

    A host serves the missing page from any depth, so its link is absolute; GitHub's pages else drop folders that
    begin with an underscore.
    """
    base = app.config.html_baseurl
    home = base or "/"
    (out / "404.html").write_text(MISSING.format(title=escape(app.config.html_title), home=escape(home)), "utf-8")
    (out / ".nojekyll").write_text("", "utf-8")
    robots = "User-agent: *\nAllow: /\n"
    if base:
        robots += f"Sitemap: {base}sitemap.xml\n"
        (out / "sitemap.xml").write_text(sitemap(out, base), "utf-8")
    (out / "robots.txt").write_text(robots, "utf-8")


def sitemap(out: Path, base: str) -> str:
    """The pages of the site, as finders read them (sitemaps.org, protocol 0.9)."""
    pages = (path.relative_to(out).as_posix() for path in sorted(out.rglob("*.html")))
    listed = (page for page in pages if page not in UNLISTED and not re.match(r"_|explorables/", page))
    places = "".join(f"<url><loc>{escape(base + page)}</loc></url>\n" for page in listed)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{places}</urlset>\n'
    )
