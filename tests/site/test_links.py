"""Every link within the site leads somewhere: to a page that exists, and to a place that exists on it."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag


class Anchors(HTMLParser):
    """The links of a page, and the names that links may lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.names: set[str] = {"", "top"}

    def handle_starttag(self, tag, attrs) -> None:
        has = dict(attrs)
        self.names |= {has[name] for name in ("id", "name") if has.get(name)}
        self.links += [has[name] for name in ("href", "src") if has.get(name)]


def test_every_link_within_the_site_leads_somewhere(site: Path):
    pages = {}
    for path in site.rglob("*.html"):
        if path.is_relative_to(site / "_static"):
            continue
        pages[path] = Anchors()
        pages[path].feed(path.read_text(encoding="utf-8"))
    dead = []
    for path, page in pages.items():
        for link in page.links:
            address, place = urldefrag(link)
            if address.startswith(("http:", "https:", "mailto:", "data:", "javascript:")):
                continue
            target = (path.parent / unquote(address.split("?")[0])).resolve() if address else path
            if address == "/":  # of the missing page, which may be asked for at any depth
                target = site / "index.html"
            known = pages[target].names if target in pages else None
            if not target.is_file() or (known is not None and unquote(place) not in known):
                dead.append(f"{path.relative_to(site)}: {link}")
    assert dead == []
    assert sum(len(page.links) for page in pages.values()) > 100


def test_no_page_loads_anything_from_elsewhere(site: Path):
    """Links may lead out; what a page loads may not come from outside, not even where a browser might not look."""
    loads = r"""<(?!a\b)[^>]*\b(?:src|href|srcset|poster|data)=["']?(?:https?:)?//[^>]*>"""
    for path in site.rglob("*.html"):
        found = re.findall(loads, path.read_text(encoding="utf-8"))
        assert found == [], path.relative_to(site)
