"""Packing: the fragments of a slot, written so that gzip makes little of them.

From one state to the next it is numbers that change. A fragment is taken apart into its *form*, which is its text
without the numbers of its paths, and these numbers as a *row*, in tenths. Of the rows of a form only this is kept:
no column that repeats others or mirrors them; each number less that of the row before, or less the number two places
before, or both, whichever is shortest. The page's script ``states.js`` puts them together again.
"""

import json
import re
import zlib
from collections.abc import Sequence
from itertools import product, takewhile

import numpy as np

#: Where a number was taken out of a form.
HOLE = "\0"
PATH = re.compile(r'( d="[^"]*")')
NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)")
#: A run of columns shorter than this costs less than to say where else it is.
RUN = 8


class _Tenths(dict[str, int | None]):
    """Numbers as text, in tenths; None where the script would write another text."""

    def __missing__(self, text: str) -> int | None:
        tenths = round(float(text) * 10)
        self[text] = tenths if f"{tenths / 10:g}" == text else None
        return self[text]


TENTHS = _Tenths()


def apart(fragment: str) -> tuple[str, list[int]]:
    """The form of ``fragment`` and its row."""
    form, row = [], []
    for k, part in enumerate(PATH.split(fragment)):
        if k % 2:
            between = NUMBER.split(part)
            tenths = [TENTHS[text] for text in between[1::2]]
            whole = [number for number in tenths if number is not None]
            if len(whole) == len(tenths):
                row += whole
                part = HOLE.join(between[::2])
        form.append(part)
    return "".join(form), row


def climbing(at: Sequence[int]) -> list[int]:
    """Indices that count up as new ones come: how far each lies below the next new one."""
    falls, new = [], 0
    for index in at:
        falls.append(new - index)
        new = max(new, index + 1)
    return falls


def runs(rows: np.ndarray) -> tuple[list[int], list[int]]:
    """Runs of columns that earlier ones are already, or are but for the sign, and the places of all other columns.

    A run is four numbers, one after another: its place, its source, its length, and the sign.
    """
    named: dict[bytes, int] = {}
    columns = [named.setdefault(column.tobytes(), len(named)) for column in rows.T]
    wanted = {1: columns, -1: [named.get((-column).tobytes(), -1) for column in rows.T]}
    seen: dict[tuple[int, ...], int] = {}
    found, left, place = [], [], 0
    while place < len(columns):
        length, source, sign = RUN - 1, place, 0
        for by, row in wanted.items():
            at = seen.get(tuple(row[place : place + RUN]), place)
            pairs = zip(row[place:], columns[at:place], strict=False)
            long = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
            length, source, sign = max((length, source, sign), (long, at, by))
        if sign:
            found += [place, source, length, sign]
        else:
            left.append(place)
            length = 1
        for k in range(place, place + length):
            if k + RUN <= len(columns):
                seen.setdefault(tuple(columns[k : k + RUN]), k)
        place += length
    return found, left


def ways(fragments: Sequence[str]) -> list[list]:
    """``fragments`` as JSON can hold them: taken apart in four ways, and as they are.

    Apart they are: the forms; which form each fragment has, :func:`climbing`; for each form its :func:`runs`; for each
    form the numbers that are left, row by row; and whether a number is less that of the row before, and less that of
    two places before.
    """
    places: dict[str, int] = {}
    rows: list[list[list[int]]] = []
    which = []
    for form, row in map(apart, fragments):
        which.append(places.setdefault(form, len(places)))
        if which[-1] == len(rows):
            rows.append([])
        rows[which[-1]].append(row)
    arrays = [np.array(each, dtype=int) for each in rows]
    repeats, left = zip(*map(runs, arrays), strict=True)
    arrays = [array[:, kept] for array, kept in zip(arrays, left, strict=True)]
    head = [list(places), climbing(which), list(repeats)]
    flags = product((0, 1), repeat=2)
    return [*([*head, [less(array, *way) for array in arrays], list(way)] for way in flags), list(fragments)]


def pack(fragments: Sequence[str]) -> list:
    """Of all :func:`ways` to write ``fragments`` the one that is shortest when it is compressed."""
    return min(ways(fragments), key=lambda way: len(zlib.compress(json.dumps(way).encode())))


def less(array: np.ndarray, rows: int, places: int) -> list[int]:
    """``array``, flat: each number less that of the row before, and then less that of two places before."""
    if rows:
        array = np.diff(array, axis=0, prepend=0)
    if places:
        array = np.hstack([array[:, :2], array[:, 2:] - array[:, :-2]])
    return array.ravel().tolist()
