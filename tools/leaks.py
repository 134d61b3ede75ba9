"""Find the text of solutions where it must not be: in the site, the exercises, the wheel.

    python tools/leaks.py PLACE …     folders, files, wheels; prints each find and exits 1 if there is one

A solution is known by its lines, one by one and two by two, stripped of blanks, quotes, commas and mark-up:
neither a page that colours the code nor a notebook that quotes it hides it.
"""

import html
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

SOLUTIONS = Path(__file__).parents[1] / "solutions"
REGION = re.compile(r"^.*BEGIN (SOLUTION|HIDDEN TESTS).*\n((?:.*\n)*?).*END \1.*$", re.MULTILINE)
SHORTEST = 24  # characters of what `normal` leaves; shorter lines occur by chance


def normal(text: str) -> str:
    """What is left of a text whatever carries it: letters, digits and the signs of code."""
    return re.sub(r"[^\w=+*/@<>()\[\]]|_", "", text)


def fingerprints(folder: Path = SOLUTIONS) -> dict[str, str]:
    """What betrays a solution, and for each where it comes from and how it reads.

    Lines that a notebook also shows outside its solutions, and imports, betray nothing. A solution with
    nothing that could be recognised is a ValueError.
    """
    prints = {}
    for path in sorted(folder.glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        public = normal("".join(REGION.sub("", _source(cell)) for cell in cells if not _is_text_answer(cell)))
        for cell in cells:
            for secret in _secrets(cell):
                lines = [line.strip() for line in secret.splitlines()]
                lines = [line for line in lines if line and not re.match(r"(import|from) ", line)]
                windows = [*lines, *map(" ".join, pairwise(lines))]
                found = {normal(text): text for text in windows}
                where = f"{path.name}, cell {cell['id']}"
                found = {
                    key: f"{where}: {text}" for key, text in found.items() if len(key) >= SHORTEST and key not in public
                }
                if not found:
                    raise ValueError(f"{where}: too short to be recognised if it leaks; add a telling comment")
                prints |= found
    return prints


def scan(place: Path, prints: dict[str, str] | None = None) -> list[str]:
    """One line for each solution found in a folder, file or wheel: where, and the solution's cell and text.

    `prints` are `fingerprints()` of the course if not given. FileNotFoundError if `place` is not there.
    """
    if not place.exists():
        raise FileNotFoundError(f"cannot look for leaks in {place}: it does not exist")
    prints = fingerprints() if prints is None else prints
    leaks = []
    for name, data in _files(place):
        text = data.decode("utf-8", errors="ignore")
        if name.endswith((".ipynb", ".json")):
            text = "\n".join(_strings(json.loads(text)))
        seen = normal(text) + "\n" + normal(html.unescape(re.sub(r"<[^<>]*>", "", text)))
        leaks += [f"{name} holds {origin}" for key, origin in prints.items() if key in seen]
    return leaks


def _source(cell: dict) -> str:
    return "".join(cell["source"]) + "\n"


def _is_text_answer(cell: dict) -> bool:
    """Whether the whole cell is an answer, as nbgrader takes it: a solution without a region."""
    return cell["metadata"].get("nbgrader", {}).get("solution", False) and not REGION.search(_source(cell))


def _secrets(cell: dict) -> list[str]:
    if _is_text_answer(cell):
        return [_source(cell)]
    return [match.group(2) for match in REGION.finditer(_source(cell))]


def _files(place: Path) -> Iterator[tuple[str, bytes]]:
    """The names and contents of all texts in a folder or file, also of those in zip files such as wheels."""
    for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
        if path.is_file():
            yield from _unpacked(path.as_posix(), path.read_bytes())


def _unpacked(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield from _unpacked(f"{name}!{member}", archive.read(member))
    elif b"\0" not in data[:8192]:
        yield name, data


def _strings(value: object) -> Iterator[str]:
    """Every text in a JSON document, a list of lines as one."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
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
