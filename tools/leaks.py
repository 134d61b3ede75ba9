"""Find the text of solutions where it must not be: in the site, the exercises, the wheel.

    python tools/leaks.py PLACE …     folders, files, wheels; prints each find and exits 1 if there is one

A solution is known by its lines, one by one and two by two, stripped of blanks, quotes, commas and mark-up:
neither a page that colours the code nor a notebook that quotes it hides it. It is also known by its syntax tree,
without comments and without names of its own: so that a copy with other names is found as well. Both are looked for
in archives, compressed files and base 64.
"""

import ast
import base64
import binascii
import bz2
import gzip
import hashlib
import html
import io
import json
import lzma
import re
import sys
import tarfile
import textwrap
import warnings
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import pairwise
from pathlib import Path

SOLUTIONS = Path(__file__).parents[1] / "solutions"
REGION = re.compile(r"^.*BEGIN (SOLUTION|HIDDEN TESTS).*\n((?:.*\n)*?).*END \1.*$", re.MULTILINE)
SHORTEST = 24  # characters of what `normal` leaves; shorter lines occur by chance
SMALLEST = {"statements": 20, "block": 9}  # nodes of a syntax tree; smaller ones occur by chance
LONGEST = 20_000  # characters of a paragraph that may be Python
LARGEST = 64 << 20  # bytes that a compressed file is unpacked to
COMPRESSED = {b"\x1f\x8b": gzip.decompress, b"BZh": bz2.decompress, b"\xfd7zXZ": lzma.decompress}
BASE64 = re.compile(rb"[A-Za-z0-9+/]{64,}(?:\s+[A-Za-z0-9+/]+)*={0,2}|[A-Za-z0-9_-]{64,}={0,2}")
CODE = re.compile(r"```[^\n]*\n(.*?)```|<pre[^>]*>(.*?)</pre>|((?:^(?: {4}|\t).*\n|^\s*\n)+)", re.DOTALL | re.MULTILINE)


def normal(text: str) -> str:
    """What is left of a text whatever carries it: letters, digits and the signs of code."""
    return re.sub(r"[^\w=+*/@<>()\[\]]|_", "", text)


def trees(text: str) -> dict[str, ast.stmt]:
    """The syntax trees in a piece of Python, without their names: of each statement, each two, and each block.

    Only those of the `SMALLEST` size or more; for each, its first statement. Empty for what is no Python.
    """
    module, found = _parsed(text), {}
    for node in ast.walk(module) if module else ():
        for field in ("body", "orelse", "finalbody"):
            block = getattr(node, field, None)
            if not isinstance(block, list):
                continue
            block = [part for part in block if not _says_nothing(part)]
            parts = [("statements", part) for part in (*((one,) for one in block), *pairwise(block))]
            for kind, part in parts + [("block", tuple(block))] * (len(block) > 1):
                key, size = _nameless(part)
                if size >= SMALLEST[kind]:
                    found[key] = part[0]
    return found


def _parsed(text: str) -> ast.Module | None:
    if text.lstrip()[:1] == "<":  # no statement begins so, but every picture and page does
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what is no Python
            return ast.parse(textwrap.dedent(text))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _says_nothing(node: ast.stmt) -> bool:
    """Whether a statement is a text by itself, an import or a `pass`."""
    return isinstance(node, (ast.Import, ast.ImportFrom, ast.Pass)) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )


def _nameless(part: tuple[ast.stmt, ...]) -> tuple[str, int]:
    """The tree of some statements with each name replaced by the place where it first comes, and its nodes."""
    names: dict[str, str] = {}
    size = 0

    def told(node: object) -> str:
        nonlocal size
        if isinstance(node, list):
            return "[" + ",".join(told(one) for one in node if not _is_docstring(one)) + "]"
        if not isinstance(node, ast.AST):
            return repr(node)
        if isinstance(node, ast.expr_context):
            return ""
        size += 1
        parts = []
        for field, value in ast.iter_fields(node):
            if field in ("annotation", "returns", "type_comment", "kind", "type_params", "decorator_list"):
                continue
            named = isinstance(value, str) and (isinstance(node, (ast.Name, ast.arg)) or field == "name")
            parts.append(names.setdefault(value, f"#{len(names)}") if named else told(value))
        return f"{type(node).__name__}({','.join(parts)})"

    return "".join(map(told, part)), size


def _is_docstring(node: object) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


class Prints(dict[str, str]):
    """What betrays a solution, and for each where it comes from and how it reads: lines here, syntax in `trees`.

    `known` has what was found in each content that was looked at, by its sha256: much stands in more than one place.
    """

    def __init__(self) -> None:
        super().__init__()
        self.trees: dict[str, str] = {}
        self.known: dict[bytes, list[str]] = {}


def fingerprints(folder: Path = SOLUTIONS) -> Prints:
    """What betrays the solutions in a folder.

    Lines and trees that a notebook also shows outside its solutions, and imports, betray nothing. A solution with
    nothing that could be recognised is a ValueError.
    """
    prints = Prints()
    for path in sorted(folder.glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        shown = [REGION.sub("", _source(cell)) for cell in cells if not _is_text_answer(cell)]
        public = normal("".join(shown))
        shown_trees = {key for text in shown for key in trees(text)}
        for cell in cells:
            where = f"{path.name}, cell {cell['id']}"
            for secret in _secrets(cell):
                lines = [line.strip() for line in secret.splitlines()]
                lines = [line for line in lines if line and not re.match(r"(import|from) ", line)]
                windows = [*lines, *map(" ".join, pairwise(lines))]
                found = {normal(text): text for text in windows}
                found = {
                    key: f"{where}: {text}" for key, text in found.items() if len(key) >= SHORTEST and key not in public
                }
                if not found:
                    raise ValueError(f"{where}: too short to be recognised if it leaks; add a telling comment")
                prints |= found
                if cell["cell_type"] == "code":
                    own = {key: first for key, first in trees(secret).items() if key not in shown_trees}
                    prints.trees |= {key: f"{where}: {ast.unparse(own[key]).splitlines()[0]}" for key in own}
    return prints


def scan(
    place: Path, prints: Prints | None = None, others: Collection[str] = (), over: Callable[..., Iterable] = map
) -> list[str]:
    """One line for each solution found in a folder, file or wheel: where, and the solution's cell and text.

    `prints` are `fingerprints()` of the course if not given. `others` are the sha256 of files that were made elsewhere
    and are passed over. `over` maps a function over contents, as `map` does. FileNotFoundError if `place` is not there.
    """
    if not place.exists():
        raise FileNotFoundError(f"cannot look for leaks in {place}: it does not exist")
    prints = fingerprints() if prints is None else prints
    files = ((path.as_posix(), path.read_bytes()) for path in _paths(place))
    mine = ((name, data) for name, data in files if not others or hashlib.sha256(data).hexdigest() not in others)
    inner = [part for name, data in mine for part in _unpacked(name, data)]
    digests = [hashlib.sha256(content).digest() for _, content in inner]
    new = {digest: content for digest, (_, content) in zip(digests, inner, strict=True) if digest not in prints.known}
    prints.known |= zip(new, over(lambda content: _origins(content, prints), new.values()), strict=True)
    return list(
        dict.fromkeys(
            f"{name} holds {origin}"
            for digest, (name, _) in zip(digests, inner, strict=True)
            for origin in prints.known[digest]
        )
    )


def _origins(content: bytes, prints: Prints) -> list[str]:
    """The solutions in a content that holds no other: where each comes from."""
    text = content.replace(b"\0", b"").decode("utf-8", errors="ignore")
    parts = list(_strings(_json(text)))
    text = "\n".join(parts)
    seen = normal(text) + "\n" + normal(html.unescape(re.sub(r"<[^<>]*>", "", text)))
    origins = [origin for key, origin in prints.items() if key in seen]
    return origins + [prints.trees[key] for part in parts for key in _code_trees(part) if key in prints.trees]


def _code_trees(text: str) -> Iterator[str]:
    """The syntax trees in a text that is Python, or has Python in paragraphs, blocks of code or strings."""
    if module := _parsed(text):
        yield from trees(text)
        for node in ast.walk(module):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "\n" in node.value:
                yield from _code_trees(node.value)
        return
    for fenced, pre, indented in CODE.findall(text):
        yield from trees(fenced or indented or html.unescape(re.sub(r"<[^<>]*>", "", pre)))
    for paragraph in re.split(r"\n\s*\n", text):
        if len(paragraph) < LONGEST:
            yield from trees(paragraph)


def _source(cell: dict) -> str:
    return "".join(cell["source"]) + "\n"


def _is_text_answer(cell: dict) -> bool:
    """Whether the whole cell is an answer, as nbgrader takes it: a solution without a region."""
    return cell["metadata"].get("nbgrader", {}).get("solution", False) and not REGION.search(_source(cell))


def _secrets(cell: dict) -> list[str]:
    if _is_text_answer(cell):
        return [_source(cell)]
    return [match.group(2) for match in REGION.finditer(_source(cell))]


def _paths(place: Path) -> list[Path]:
    return [path for path in (sorted(place.rglob("*")) if place.is_dir() else [place]) if path.is_file()]


def _unpacked(name: str, data: bytes, deep: int = 0) -> Iterator[tuple[str, bytes]]:
    """A file and all that is packed in it: members of archives, what is compressed, and what is in base 64."""
    unpack = next((unpack for magic, unpack in COMPRESSED.items() if data.startswith(magic)), None)
    if deep > 4:
        return
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield from _unpacked(f"{name}!{member}", archive.read(member), deep + 1)
    elif unpack is not None:
        try:
            inner = unpack(data)[:LARGEST]
        except (OSError, EOFError, zlib.error, lzma.LZMAError):  # it only begins like one
            inner = b""
        yield from _unpacked(f"{name}!{Path(name).stem}", inner, deep + 1)
    elif data[257:262] == b"ustar":
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            for member in archive:
                if member.isfile():
                    yield from _unpacked(f"{name}!{member.name}", archive.extractfile(member).read(), deep + 1)
    else:
        yield name, data
        for number, match in enumerate(BASE64.findall(data), start=1):
            plain = re.sub(rb"\s", b"", match).translate(bytes.maketrans(b"-_", b"+/")).rstrip(b"=")
            try:
                inner = base64.b64decode(plain + b"=" * (-len(plain) % 4))
            except binascii.Error:
                continue
            yield from _unpacked(f"{name}!base64-{number}", inner, deep + 1)


def _json(text: str) -> object:
    """What a text holds that is JSON, whatever its file is called; any other is itself."""
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def _strings(value: object) -> Iterator[str]:
    """Every text in a JSON document, a list of lines as one, and the keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _strings(inner)
    elif isinstance(value, list):
        yield from _strings("".join(value)) if all(isinstance(v, str) for v in value) else ()
        for inner in value:
            if not isinstance(inner, str):
                yield from _strings(inner)


def main(places: list[str]) -> int:
    prints = fingerprints()
    leaks = [leak for place in places for leak in scan(Path(place), prints)]
    print("\n".join(leaks) or f"no solution's text in {', '.join(places)}")
    return bool(leaks)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
