"""Mark a class: look at each file, mend what can be mended, have each marked, and say what became of each.

    python -m tools.mark 01_perceptron SUBMISSIONS COURSE [--grader otter]

SUBMISSIONS is a folder or a zip archive, as a learning platform gives it. COURSE is a folder that is made: nbgrader's
folder of the class, with its gradebook, and COURSE/01_perceptron.csv. Stopped at any time, the same command goes on
where it was. It exits 0 if every file was marked without doubt, else 1.
"""

import argparse
import hashlib
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from coursepkg.marking.cage import can_fence

from . import graders, journal
from .journal import DOUBTED, FAILED, MARKED, Row
from .repair import Cannot, read, repair
from .submissions import File, collect, student_of

ROOT = Path(__file__).parents[2]
GRADERS = {"nbgrader": graders.Nbgrader, "otter": graders.Otter}


def mark(
    exercise: str, place: Path, folder: Path, grader: str, source: NotebookNode, limits: dict[str, Any]
) -> list[Row]:
    """Mark all submissions of an exercise; the rows, also in `folder`/`exercise`.csv."""
    folder.mkdir(parents=True, exist_ok=True)
    book = folder / f"{exercise}.{grader}.journal"
    known, rows, by = journal.finished(book), [], None
    handed, nameless = _by_student(collect(place), exercise)
    for file, why in nameless:
        rows.append(Row("", file.path, FAILED, said=[why]))
    for student, files in sorted(handed.items()):
        digest = _digest(
            grader, nbformat.writes(source), student, *(part for f, _ in files for part in (f.path, f.data))
        )
        if digest not in known:
            by = by or GRADERS[grader](folder, exercise, source, limits)
            row = _marked(student, files, by, source, digest)
            journal.append(book, row)
            known[digest] = row
            print(row, flush=True)
        rows.append(known[digest])
    journal.table(folder / f"{exercise}.csv", rows)
    return rows


def _by_student(files: Iterable[File], exercise: str) -> tuple[dict[str, list[tuple[File, str]]], list[Any]]:
    """Each student's files, the newest last, with what had to be guessed; and the files that name nobody."""
    handed, nameless = defaultdict(list), []
    for file in sorted(files, key=lambda file: (file.when, file.path)):
        try:
            student, guess = student_of(file.path, exercise)
            handed[student].append((file, guess))
        except ValueError as error:
            nameless.append((file, str(error)))
    return handed, nameless


def _marked(student: str, files: list[tuple[File, str]], by: Any, source: NotebookNode, digest: str) -> Row:
    """Mark a student's newest file; whatever goes wrong becomes a row."""
    file, guess = files[-1]
    said, doubts = ([guess] if guess else []), []
    others = [other.path for other, _ in files[:-1] if other.data != file.data]
    if others:
        doubts.append(f"handed in more than once: this is the newest, and {', '.join(others)} differs")
    elif len(files) > 1:
        said.append(f"handed in {len(files)} times, each time the same")
    automatic = {cell.id: cell.metadata.nbgrader["points"] for cell in source.cells if _is_graded(cell, by_hand=False)}
    by_hand = sum(cell.metadata.nbgrader["points"] for cell in source.cells if _is_graded(cell, by_hand=True))
    try:
        notebook, mended = read(file.data)
        repaired = repair(notebook, source)
        said += mended + repaired.mended
        marks = by.mark(student, repaired.notebook)
        if missing := sorted(set(automatic) - set(marks.points)):
            raise Cannot(f"there are no points for {', '.join(missing)}")
    except Exception as error:  # one student's file must not stop the class: what failed is told, and no 0 given
        why = str(error) if isinstance(error, Cannot) else f"{type(error).__name__}: {error}"
        return Row(student, file.path, FAILED, said=[why, *doubts, *said], digest=digest)
    doubts += repaired.doubts + marks.doubts
    points = sum(marks.points[name] for name in automatic)
    status = DOUBTED if doubts else MARKED
    return Row(student, file.path, status, points, sum(automatic.values()), by_hand, doubts + said, digest)


def _is_graded(cell: NotebookNode, by_hand: bool) -> bool:
    settings = cell.metadata.get("nbgrader", {})
    return bool(settings.get("grade")) and bool(settings.get("solution")) == by_hand


def _digest(*parts: str | bytes) -> str:
    hashed = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        hashed.update(len(data).to_bytes(8, "big") + data)
    return hashed.hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tools.mark", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("exercise", help="for example 01_perceptron")
    parser.add_argument("submissions", type=Path, help="a folder or a zip archive")
    parser.add_argument("course", type=Path, help="the folder of the class, made if it is not there")
    parser.add_argument("--grader", choices=GRADERS, default="nbgrader")
    parser.add_argument("--source", type=Path, help="the instructor's notebook, if it is not the one in solutions/")
    parser.add_argument("--seconds", type=float, default=30, help="for one cell, or one call of an answer (30)")
    parser.add_argument("--total", type=float, default=300, help="seconds for one student's notebook (300)")
    parser.add_argument("--megabytes", type=int, default=4096, help="for a student's process (4096)")
    given = parser.parse_args()
    path = given.source or ROOT / "solutions" / f"{given.exercise}.ipynb"
    try:
        source = nbformat.read(path, as_version=4)
        limits = {name: getattr(given, name) for name in ("seconds", "total", "megabytes")}
        limits["secrets"] = [str(given.submissions.resolve())]  # nobody reads what others have handed in
        rows = mark(given.exercise, given.submissions, given.course, given.grader, source, limits)
    except (FileNotFoundError, Cannot) as error:
        parser.error(str(error))
    print(f"\n{given.exercise} by {given.grader}:")
    for row in sorted(rows, key=lambda row: (MARKED, DOUBTED, FAILED).index(row.status)):
        print(f"  {row}")
    print(f"\nThe table is in {given.course / f'{given.exercise}.csv'}.")
    if not can_fence():
        print("This system has no Landlock: students' code could read your files. Mark in a container.")
    return int(any(row.status != MARKED for row in rows))


if __name__ == "__main__":
    sys.exit(main())
