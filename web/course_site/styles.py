"""Styles: one sheet for all pages, with the rules that a page or a script can use and no others.

The theme, its components and the course bring a dozen sheets, nine tenths of which no page uses. What can be used is
known once all pages are written: their elements, classes and ids, and each word of their scripts, which may add some.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from posixpath import join, normpath

import tinycss2
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule

from .joining import Kind
from .markup import mend_sheet

SHEETS = Kind(
    re.compile(r'<link (?=[^>]*rel="stylesheet")(?![^>]*media=)[^>]*href="((?:\.\./)*_static/)([^"?]+)[^"]*"[^>]*>\n?'),
    "css",
    '<link rel="stylesheet" href="{}">',
)
ADDRESS = re.compile(r"url\(\s*([\"']?)(?!data:|#|[a-z]+:)([^\"')]+)\1\s*\)")
#: Scripts that add nothing to a page that a rule of ours could be for.
OTHERS = re.compile(r"/explorables/|/search/|/language_data\.js|/editor\.mjs|/pyodide")
#: Variables may go where nothing reads them, but for the inks of figures, which states yet to come may name.
UNREAD = re.compile(r"--(?!xp-)")
WORD = re.compile(r"[A-Za-z_][\w-]*")
ALTERNATIVES, CONDITIONAL = ("is", "where", "has"), ("media", "supports", "layer", "container")


def words(pages: Iterable[str], scripts: Iterable[str]) -> set[str]:
    """All that a selector can find: elements, classes and ids of the pages, and whatever the scripts may add."""
    found = {"html", "body", "root"}
    for page in pages:
        for text in re.findall(r"<(\w+)|\b(?:class|id)=\"([^\"]*)\"", page):
            found.update(text[0].lower().split(), text[1].split())
        found.update(re.findall(r"var\(--([\w-]+)", page))
        found.update(*map(WORD.findall, re.findall(r"<script\b[^>]*>(.*?)</script>", page, re.DOTALL)))
    return found.union(*map(WORD.findall, scripts))


def split(tokens: list[Node], mark: str) -> Iterator[list[Node]]:
    """The parts of a list of tokens between commas, say."""
    part: list[Node] = []
    for token in tokens:
        if token == mark:
            yield part
            part = []
        else:
            part.append(token)
    yield part


def matches(selector: list[Node], known: set[str]) -> bool:
    """Whether the selector could find something: each of its names is known."""
    before = ""
    for token in selector:
        if token.type == "hash" or (token.type == "ident" and before in ("", ".")):
            name = token.value if token.type == "hash" or before == "." else token.lower_value
            if name not in known:
                return False
        if token.type == "function" and token.lower_name in ALTERNATIVES:
            alternatives = split(token.arguments, ",")
            if not any(matches(one, known) for one in alternatives):
                return False
        before = token.value if token.type == "literal" and token.value in ".:" else ""
    return True


def text(tokens: Iterable[Node]) -> str:
    """The tokens as they are written, without comments and with one space where there are many."""
    kept = [token for token in tokens if token.type != "comment"]
    return re.sub(r"\s+", " ", tinycss2.serialize(kept)).strip()


def rules(nodes: Iterable[Node], known: set[str]) -> Iterator[tuple[str, list[Node] | str]]:
    """The rules that can be used, as pairs of what stands before the braces and what stands in them."""
    for node in nodes:
        if isinstance(node, QualifiedRule):
            chosen = [text(one) for one in split(node.prelude, ",") if matches(one, known)]
            if chosen:
                yield ",".join(chosen), node.content
        elif isinstance(node, AtRule) and node.content is None:
            if node.lower_at_keyword != "charset":
                yield f"@{node.at_keyword} {text(node.prelude)};", ""
        elif isinstance(node, AtRule):
            head = f"@{node.at_keyword} {text(node.prelude)}".strip()
            if node.lower_at_keyword not in CONDITIONAL:
                yield head, node.content
            elif inner := list(rules(tinycss2.parse_rule_list(node.content, True, True), known)):
                yield head, inner


def written(rule: tuple, variables: set[str] | None) -> str:
    """A rule as text, less the declarations of variables that nothing reads; empty if nothing is left."""
    head, content = rule
    if content == "":
        return head
    if content and isinstance(content[0], tuple):
        inside = "".join(written(one, variables) for one in content)
    else:
        parts = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
        if all(isinstance(part, Declaration) for part in parts):
            said = [
                part for part in parts if variables is None or not UNREAD.match(part.name) or part.name in variables
            ]
            inside = ";".join(f"{part.name}:{text(part.value)}{'!important' * part.important}" for part in said)
        else:
            inside = text(content)  # a keyframe, or rules within rules
    return f"{head}{{{inside}}}" if inside else ""


def purge(sheet: str, known: set[str]) -> str:
    """The sheet without the rules, variables, fonts and animations that nothing uses."""
    kept = list(rules(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True), known))
    variables = None
    while True:
        made = "\n".join(filter(None, (written(rule, variables) for rule in kept)))
        read = set(re.findall(r"var\(\s*(--[\w-]+)", made)) | {f"--{name}" for name in known}
        if read == variables:
            break
        variables = read
    for name in re.findall(r"^@keyframes ([\w-]+)\{", made, re.MULTILINE):
        if len(re.findall(rf"(?<![\w-]){name}(?![\w-])", made)) == made.count(f"keyframes {name}{{"):
            made = re.sub(rf"^@(?:-webkit-)?keyframes {name}\{{.*\n?", "", made, flags=re.MULTILINE)
    return made


def rebased(sheet: Path, static: Path) -> str:
    """The text of a sheet and of those that it imports; addresses begin at `static`, and change with what is there."""

    def address(found: re.Match) -> str:
        name = normpath(join(sheet.parent.relative_to(static).as_posix(), found[2].split("?")[0]))
        held = static / name
        stamp = f"?v={hashlib.sha256(held.read_bytes()).hexdigest()[:8]}" if held.is_file() else ""
        return f"url({found[1]}{name}{stamp}{found[1]})"

    whole = re.sub(ADDRESS, address, sheet.read_text(encoding="utf-8"))
    return re.sub(r'@import "([^"]+)";', lambda found: rebased((sheet.parent / found[1]).resolve(), static), whole)


def join_sheets(static: Path, pages: dict[Path, str]) -> dict[Path, str]:
    """The pages with one sheet in place of many, which is written into `static`."""
    sheets = SHEETS.parts(static, pages)
    scripts = [path for kind in ("*.js", "*.mjs") for path in static.rglob(kind) if not OTHERS.search(path.as_posix())]
    known = words(pages.values(), [path.read_text(encoding="utf-8") for path in scripts])
    whole = mend_sheet("\n".join(rebased(static / name, static) for name in sheets))
    return SHEETS.put(static, pages, sheets, purge(whole, known))
