"""What became of each submission: written down as soon as it is known, so that marking can go on after a stop."""

import csv
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

MARKED, DOUBTED, FAILED = "marked", "needs a person", "could not be marked"


@dataclass(frozen=True)
class Row:
    """One submission: its points by program, None if it has none, out of `of`; `to_read` are a person's to give."""

    student: str
    file: str
    status: str
    points: float | None = None
    of: float | None = None
    to_read: float | None = None
    said: list[str] = field(default_factory=list)
    digest: str = ""

    def __str__(self) -> str:
        points = "" if self.points is None else f"{self.points:g} of {self.of:g}"
        return f"{self.status:20}{self.student:24}{points:10}{'; '.join(self.said)}".rstrip()


def finished(path: Path) -> dict[str, Row]:
    """The rows of a journal by their digests; a line that was cut short is not there, nor what could not be marked."""
    rows = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        try:
            row = Row(**json.loads(line))
        except ValueError:  # the line that was being written when marking was stopped
            continue
        rows[row.digest] = row
    return {digest: row for digest, row in rows.items() if row.status != FAILED}


def append(path: Path, row: Row) -> None:
    """Write a row down so that no later stop can lose it."""
    with path.open("a", encoding="utf-8") as journal:
        journal.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")
        journal.flush()
        os.fsync(journal.fileno())


def table(path: Path, rows: list[Row]) -> None:
    """Write the rows as CSV. What was not marked has no points there, least of all 0."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["student", "status", "points", "of", "to read", "file", "remarks"])
        for row in rows:
            blank = ["" if value is None else f"{value:g}" for value in (row.points, row.of, row.to_read)]
            writer.writerow([row.student, row.status, *blank, row.file, "; ".join(row.said)])
