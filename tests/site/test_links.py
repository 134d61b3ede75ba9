"""Every link within the site leads somewhere: to a page that exists, and to a place that exists on it; so does every
picture, script and file that a page names, and every part that another part names."""

import re
import zipfile
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

ADDRESSES = ("href", "src", "poster", "action", "data-states", "data-page", "data-index", "data-notebook")
PARTS = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "headers", "list")


class Anchors(HTMLParser):
    """The links of a page, the names that links may lead to, and the parts that others name."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.names: set[str] = {"", "top"}
        self.ids: Counter[str] = Counter()
        self.parts: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag, attrs) -> None:
        has = {name: value for name, value in attrs if value}
        self.names |= {has[name] for name in ("id", "name") if name in has}
        self.ids.update([has["id"]] if "id" in has else [])
        self.links += [has[name] for name in ADDRESSES if name in has]
        self.links += [part.split()[0] for part in has.get("srcset", "").split(",") if part.strip()]
        self.parts.update(*(has[name].split() for name in PARTS if name in has))

    handle_startendtag = handle_starttag


def faults(site: Path) -> list[str]:
    """Each link, file and part that a page of the site names and that is not there, and each id that it has twice."""
    paths = [path for path in site.rglob("*.html") if not path.is_relative_to(site / "_static")]
    pages = {path: Anchors(path.read_text(encoding="utf-8")) for path in paths}
    found = []
    for path, page in pages.items():
        for link in dict.fromkeys(page.links):
            address, place = urldefrag(link)
            if re.match(r"(https?|mailto|data|javascript):", address):
                continue
            target = (path.parent / unquote(address.split("?")[0])).resolve() if address else path
            if address == "/":  # of the missing page, which may be asked for at any depth
                target = site / "index.html"
            known = pages[target].names if target in pages else None
            if not target.is_file() or (known is not None and unquote(place) not in known):
                found.append(f"{path.relative_to(site)}: {link}")
        found += [f"{path.relative_to(site)}: no part {part}" for part in page.parts - page.names]
        found += [f"{path.relative_to(site)}: {n} parts {part}" for part, n in page.ids.items() if n > 1]
    for sheet in (site / "_static").glob("site.*.css"):
        for link in re.findall(r"url\(\W?(?!data:|#)([^\"')?]+)", sheet.read_text(encoding="utf-8")):
            if not (sheet.parent / link).is_file():
                found.append(f"{sheet.name}: {link}")
    assert sum(len(page.links) for page in pages.values()) > 100
    return found


def test_every_link_within_the_site_leads_somewhere(site: Path):
    assert faults(site) == []


def test_every_link_within_the_copy_for_the_disk_leads_somewhere(site: Path, tmp_path):
    with zipfile.ZipFile(site / "neural-networks.zip") as held:
        held.extractall(tmp_path)
    (copy,) = tmp_path.iterdir()
    assert faults(copy) == []
    pages = {path.relative_to(site) for path in site.rglob("*.html")} - {Path("404.html")}
    assert {path.relative_to(copy) for path in copy.rglob("*.html")} == pages


def test_no_page_loads_anything_from_elsewhere(site: Path):
    """Links may lead out; what a page loads may not come from outside, not even where a browser might not look."""
    loads = r"""<(?!a\b)[^>]*\b(?:src|href|srcset|poster|data)=["']?(?:https?:)?//[^>]*>"""
    for path in site.rglob("*.html"):
        found = re.findall(loads, path.read_text(encoding="utf-8"))
        assert found == [], path.relative_to(site)
