"""Tables: the points of a CSV file for a control, as they are, or scaled and named until they fit."""

import csv
import math
from collections.abc import Iterator, Sequence

from .controls import written
from .points import Point, Points

#: The share of the range that stays free on each side of points that were scaled to fit it.
MARGIN = 0.05


def read(control: Points, text: str) -> tuple[Point, ...]:
    """The points of a CSV file: on each line x, y and a label, or x and y alone where points have no label.

    Commas, semicolons or tabs part the values; after the latter two a number may have a decimal comma. A first
    line of words is taken as the columns' names, and empty lines do not count. Points are moved to multiples of
    the step. Raises ``ValueError`` with the line, what came and what is allowed.
    """
    found: list[Point] = []
    for where, cells in _lines(control, text):
        if len(found) == control.most:
            raise ValueError(f"{where}: one point too many came; a set has at most {control.most}")
        places = []
        for name, cell, ends in zip("xy", cells, (control.x, control.y), strict=False):
            value = _number(where, name, cell, ends)
            if not ends[0] <= value <= ends[1]:
                low, high = map(written, ends)
                raise ValueError(f"{where}: {name} is {written(value)}; allowed is {low} to {high}")
            places.append(value)
        if control.labels and cells[2] not in control.labels:
            raise ValueError(f"{where}: the label {cells[2][:40]!r} came; allowed are {', '.join(control.labels)}")
        x, y = places
        found.append(Point(x, y, control.labels.index(cells[2]) if control.labels else 0))
    return control.points(control.code(found))


def fit(control: Points, text: str) -> tuple[tuple[Point, ...], str]:
    """The points of any such file, made to fit, and what was done to them, in words.

    Of too many lines as many are taken as a set may have, evenly over the file. A column that leaves its range is
    scaled into it, with a margin. Strange labels become the control's, in the order in which they come. Raises
    ``ValueError`` for what is no table of numbers, and for too many different labels.
    """
    rows, done = list(_lines(control, text)), []
    if len(rows) > control.most:
        done.append(f"{control.most} of its {len(rows)} lines were taken, evenly over the file")
        rows = [rows[k * (len(rows) - 1) // max(1, control.most - 1)] for k in range(control.most)]
    places = []
    for c, (name, ends) in enumerate(zip("xy", (control.x, control.y), strict=True)):
        values = [_number(where, name, cells[c], ends) for where, cells in rows]
        first, last = min(values), max(values)
        if not ends[0] <= first <= last <= ends[1]:
            margin = MARGIN * (ends[1] - ends[0])
            low, high = ends[0] + margin, ends[1] - margin
            span = last / 2 - first / 2  # halves, since the largest numbers of all have no finite difference
            values = [low + (high - low) * ((v / 2 - first / 2) / span if span else 0.5) for v in values]
            one, two, three, four = map(written, (first, last, low, high))
            done.append(f"{name} was scaled: {one} to {two} is now {three} to {four}")
        places.append(values)
    numbers = [0] * len(rows)
    if control.labels:
        came: list[str] = list(dict.fromkeys(cells[2] for _, cells in rows))
        if len(came) > len(control.labels):
            raise ValueError(f"{len(came)} different labels came; allowed are {len(control.labels)}")
        if set(came) <= set(control.labels):
            came = list(control.labels)
        else:
            done += [f"{name[:40]!r} is {label} here" for name, label in zip(came, control.labels, strict=False)]
        numbers = [came.index(cells[2]) for _, cells in rows]
    return control.points(control.code(zip(*places, numbers, strict=True))), "; ".join(done)


def _lines(control: Points, text: str) -> Iterator[tuple[str, list[str]]]:
    """The lines of a file that hold points, each with its name and its values."""
    text = text.removeprefix("\ufeff")
    mark = next((one for one in ";\t" if one in text), ",")
    columns = ["x", "y", "label"] if control.labels else ["x", "y"]
    rows, empty = csv.reader(text.splitlines(), delimiter=mark, skipinitialspace=True), True
    for row in rows:
        cells, where = [cell.strip() for cell in row], f"line {rows.line_num}"
        if not any(cells) or (rows.line_num == 1 and None in map(number, cells[:2])):
            continue
        if len(cells) != len(columns):
            raise ValueError(f"{where}: {len(cells)} values came, {mark.join(row)[:40]!r}; a line is {columns}")
        empty = False
        yield where, cells
    if empty:
        raise ValueError(f"no point came; a line is {columns}")


def _number(where: str, name: str, cell: str, ends: Sequence[float]) -> float:
    """The finite number that a cell holds."""
    value = number(cell)
    if value is None:
        low, high = map(written, ends)
        raise ValueError(f"{where}: {name} is {cell[:40]!r}; allowed is a number from {low} to {high}")
    return value


def number(cell: str) -> float | None:
    """The finite number that a cell of a file holds; None for anything else.

    >>> number("0,5"), number("-1e-1"), number("x"), number("nan")
    (0.5, -0.1, None, None)
    """
    try:
        value = float(cell.replace(",", ".").replace("−", "-"))
    except ValueError:
        return None
    return value if math.isfinite(value) else None
