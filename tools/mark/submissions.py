"""Files that were handed in: found in folders and archives, and whose they are."""

import io
import re
import zipfile
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path, PurePosixPath
from typing import NamedTuple

IGNORED = {"__MACOSX", ".ipynb_checkpoints"}
COPY = re.compile(r"[ _-]*(?:\(\d+\)|(?:copy|kopie|copie|copia) ?\d*)$", re.IGNORECASE)
ALIKE = 0.75  # of a misspelt name of the exercise with the right one, as SequenceMatcher counts


class File(NamedTuple):
    """A file: where it was found, what is in it, and when it was changed (to compare files of one source)."""

    path: str
    data: bytes
    when: tuple[int, ...]


def collect(place: Path) -> list[File]:
    """All files in a folder or a zip archive, and in the archives therein; FileNotFoundError if it is not there."""
    if not place.exists():
        raise FileNotFoundError(f"there are no submissions in {place}: it does not exist")
    if place.is_file():
        return list(_unpacked(File(place.name, place.read_bytes(), (0,))))
    paths = sorted(path for path in place.rglob("*") if path.is_file())
    files = (File(p.relative_to(place).as_posix(), p.read_bytes(), (p.stat().st_mtime_ns,)) for p in paths)
    return [found for file in files for found in _unpacked(file)]


def student_of(path: str, exercise: str) -> tuple[str, str]:
    """Who handed in the file at `path`, and what had to be guessed for it; ValueError if it names nobody.

    >>> student_of("ada_01_perceptron.ipynb", "01_perceptron")
    ('ada', '')
    >>> student_of("ada01-perzeptron (1).ipynb", "01_perceptron")
    ('ada', "the name of the exercise is misspelt in 'ada01-perzeptron (1).ipynb'")
    >>> student_of("Ada L_27_assignsubmission_file_/01_perceptron.ipynb", "01_perceptron")
    ('Ada-L', 'the name comes from the folder')
    """
    file = PurePosixPath(path)
    stem = COPY.sub("", re.sub(r"(\.(ipynb|json|txt))+$", "", file.name))
    name, alike = _without(stem, exercise)
    if alike < 1 and stem != exercise:
        guess = f"the name of the exercise is misspelt in {file.name!r}"
        if alike < ALIKE:
            name, guess = stem, f"{file.name!r} does not name the exercise"
    elif name:
        guess = ""
    else:
        folder = file.parent.name
        name, guess = re.split(r"_\d+_assignsubmission", folder)[0], "the name comes from the folder"
        name = _without(name, exercise)[0] if _without(name, exercise)[1] == 1 else name
    name = re.sub(r"[^\w.@-]+", "-", name).strip("_-.")
    if not name:
        raise ValueError(f"no student is named in {path!r}; call it, for example, ada_{exercise}.ipynb")
    return name, guess


def _without(stem: str, exercise: str) -> tuple[str, float]:
    """`stem` without the end that is most like the exercise's name, and how much that is like it."""
    if stem.endswith(exercise):
        return stem[: -len(exercise)].rstrip("_-. "), 1.0
    shortest, longest = int(0.7 * len(exercise)), int(1.4 * len(exercise)) + 1
    ends = [stem[len(stem) - size :] for size in range(shortest, min(longest, len(stem)) + 1)]
    if not ends:
        return stem, 0.0
    ratio, size = max((SequenceMatcher(None, end.lower(), exercise).ratio(), len(end)) for end in ends)
    return stem[: len(stem) - size].rstrip("_-. "), min(ratio, 0.99)


def _unpacked(file: File) -> Iterator[File]:
    parts = PurePosixPath(file.path).parts
    if IGNORED.intersection(parts) or parts[-1].startswith("."):
        return
    if not zipfile.is_zipfile(io.BytesIO(file.data)):
        yield file
        return
    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        inside = PurePosixPath(file.path).with_suffix("") if file.when != (0,) else PurePosixPath()
        for member in archive.infolist():
            if not member.is_dir():
                yield from _unpacked(
                    File((inside / member.filename).as_posix(), archive.read(member), member.date_time)
                )
