"""Search: what the search knows of the book, made from its pages, and the page that shows what is found.

One index of our own in place of Sphinx's: it holds what a reader looks for, sections, explorables, terms, formulas,
works and the package's names, each with its own place and without lists of contents and code. It is a script, so that a
copy on a disk searches as well as one on a host, and no page loads it before the search is opened.
"""

import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

from sphinx.application import Sphinx

FOLDER = "search"
FORM = re.compile(r'<form (?=[^>]*class="[^"]*\bbd-search\b)(?:[^>]*?)(?: data-index="[^"]*")?>')
ARTICLE = re.compile(r"<article\b.*?</article>", re.DOTALL)
#: A figure's picture has a thousand tags and one thing to say, a piece of code has nothing.
PICTURE, SAYS = re.compile(r"<svg\b([^>]*)>.*?</svg>|<pre\b.*?</pre>", re.DOTALL), re.compile(r'aria-label="([^"]*)"')
FORMULA = re.compile(r'<div (?=[^>]*\bclass="[^"]*\bmath\b)[^>]*>.*?(<math\b.*?</math>)', re.DOTALL)
ANNOTATION = re.compile(r"<annotation\b.*?</annotation>", re.DOTALL)
VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr", "col"}
#: Parts of a page that say nothing of it, or that would give an answer away.
SILENT = re.compile(
    r"(?<![\w-])(headerlink|highlight|run-bar|verified|xp-gallery|toctree-wrapper|indextable|cited-in|used-in|letters|"
    r"term-filter|told|tiles|commit|controls|copy|note|still|column|picture|course-map|label|collapsed|expanded)(?![\w-])"
)
TAGS_SILENT = {"script", "style", "button", "noscript", "nav"}
PAGE = """
<section id="search"><h1>Search</h1>
<form class="bd-search" action="#" method="get" role="search"><i class="fa-solid fa-magnifying-glass"></i>
<input type="search" class="form-control" name="q" placeholder="Search this book" aria-label="Search this book"
autocomplete="off" spellcheck="false"></form>
<noscript><p>The search needs JavaScript. The index and the glossary, in the list of pages, do not.</p></noscript>
</section>
"""


class Finds(HTMLParser):
    """Collects in `found` what can be found on a page, in its order, each as [kind, title, anchor, text]."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[list[str]] = []
        self.open: list[tuple[str, list[str] | None, bool]] = []  # tag, the find that it begins, whether it is silent
        self.heading: list[str] | None = None  # the find whose title is being read
        self.formula = False
        self.sections = [["section", "", "", ""]]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        has = {name: value or "" for name, value in attrs}
        classes, name = has.get("class", ""), has.get("id", "")
        silent = tag in TAGS_SILENT or bool(SILENT.search(classes)) or (tag == "details" and self._within("ask"))
        begun = None
        if tag == "section" and name:
            begun = ["section", "", name, ""]
        elif tag == "figure" and name.startswith("xp-"):
            begun = ["explorable", "", name, ""]
        elif tag == "dt" and name.startswith("term-"):
            begun = ["term", "", name, ""]
        elif tag == "dt" and "sig-object" in classes and name:
            begun = ["name", name, name, ""]
        elif tag == "div" and classes == "citation" and name:
            begun = ["work", "", name, ""]
        elif tag == "div" and "math" in classes.split():
            begun = ["formula", self.sections[-1][1], name or self.sections[-1][2], ""]
        if begun and not self._silent():
            self.found.append(begun)
            self.sections.append(begun)
        else:
            begun = None
        if re.fullmatch(r"h[1-6]", tag) or (tag == "p" and classes == "title") or (begun and begun[0] == "term"):
            self.heading = self.sections[-1]
        self.formula |= tag == "annotation"
        self.open.append((f"{tag}.{classes}", begun, silent))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or not any(name.partition(".")[0] == tag for name, _, _ in self.open):
            return
        while self.open:
            name, begun, _ = self.open.pop()
            closed = name.partition(".")[0]
            # What a term or a name of the package means stands in the dd that follows.
            if begun and closed != "dt":
                self.sections.remove(begun)
            if closed == "dd" and self.sections[-1][0] in ("term", "name"):
                self.sections.pop()
            if closed == tag:
                break
        if re.fullmatch(r"h[1-6]|p|dt", tag):
            self.heading = None
        self.formula &= tag != "annotation"
        if tag in ("p", "td", "th", "li", "dd"):
            self.sections[-1][3] += " "

    def handle_data(self, data: str) -> None:
        here = self.sections[-1]
        if self._silent() or self.formula != (here[0] == "formula"):
            return
        if self.heading is here and here[0] != "name":
            here[1] += data
        elif not (here[0] == "name" and self._within("sig")):
            here[3] += data

    def _silent(self) -> bool:
        return any(silent for _, _, silent in self.open)

    def _within(self, name: str) -> bool:
        return any(name in re.split(r"[.\s]", opened) for opened, _, _ in self.open)


def finds(html: str) -> list[list[str]]:
    """What can be found on a page that has an article, as [kind, title, anchor, text], a formula with its MathML too.

    The first is the page itself. No kind is told an answer that the page folds away.
    """
    article = ARTICLE.search(html)
    if not article:
        return []
    reader = Finds()
    reader.feed(PICTURE.sub(lambda found: " ".join(["", *SAYS.findall(found[1] or ""), ""]), article[0]))
    formulas = iter(FORMULA.findall(article[0]))
    told = []
    for kind, title, anchor, text in reader.found:
        text, title = " ".join(text.split()), " ".join(title.split())
        if kind == "work":
            title, text = text, ""
        # A formula is shown as it is set, and searched by its TeX.
        set_in = [ANNOTATION.sub("", next(formulas))] if kind == "formula" else []
        told.append([kind, title, anchor, text, *set_in])
    return told


def index(out: Path, pages: dict[Path, str]) -> str:
    """The script that brings the index: the pages, as [address, title], and what is found, after its page's number."""
    listed: list[list[str]] = []
    found: list[list[str | int]] = []
    for path, html in pages.items():
        address = path.relative_to(out).as_posix()
        on_page = finds(html) if not address.startswith(("_", "explorables/", "genindex", "search")) else []
        if on_page:
            found += [[len(listed), *find] for find in on_page if find[1] and (find[3] or find[0] != "section")]
            listed.append([address, on_page[0][1]])
    said = json.dumps({"pages": listed, "finds": found}, ensure_ascii=False, separators=(",", ":"))
    return f"window.courseIndex = {said};\n"


def write(out: Path, pages: dict[Path, str]) -> dict[Path, str]:
    """Write the index, and return the pages with its address in their search forms."""
    folder = out / "_static" / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    made = index(out, pages)
    name = f"index.{hashlib.sha256(made.encode()).hexdigest()[:12]}.js"
    for old in folder.glob("index.*.js"):
        old.unlink()
    (folder / name).write_text(made, encoding="utf-8")
    told = {}
    for path, html in pages.items():
        root = "../" * (len(path.relative_to(out).parts) - 1)
        named = f' data-index="{root}_static/{FOLDER}/{name}">'
        told[path] = FORM.sub(lambda form, named=named: re.sub(r'(?: data-index="[^"]*")?>$', named, form[0]), html)
    return told


def own(app: Sphinx) -> None:
    """Let Sphinx make no index of its own."""
    app.builder.search = False  # type: ignore[attr-defined]


def page(app: Sphinx) -> list:
    """The page of what is found."""
    return [
        ("search", {"title": "Search", "body": PAGE, "metatags": '<meta name="robots" content="noindex">'}, "page.html")
    ]
