"""A submission as it should have come: read whatever its encoding, its cells found again, the checks put back."""

import json
import re
from typing import Any, NamedTuple

import nbformat
from nbformat import NotebookNode

from tools.exercises import released

BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


class Cannot(Exception):
    """Why a submission cannot be marked."""


class Repaired(NamedTuple):
    """A notebook that the graders can mark; what was `mended` for it, and the `doubts` that a person should settle."""

    notebook: NotebookNode
    mended: list[str]
    doubts: list[str]


def read(data: bytes) -> tuple[NotebookNode, list[str]]:
    """The notebook in a file, as format 4.5, and what was mended in the file; `Cannot` if there is none."""
    mended, encoding = [], next((name for bom, name in BOMS.items() if data.startswith(bom)), "utf-8")
    if encoding != "utf-8":
        mended.append(f"the file began with a byte order mark ({encoding})")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
        mended.append("the file was not in UTF-8; read as Windows-1252")
    if not text.strip():
        raise Cannot("the file is empty")
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        kind = "a web page" if text.lstrip().startswith("<") else f"not JSON ({error})"
        raise Cannot(f"the file is no notebook: it is {kind}") from error
    if not isinstance(content, dict) or not {"cells", "worksheets"} & set(content):
        raise Cannot("the file is JSON, but no notebook: it has no cells")
    if isinstance(cells := content.get("cells", []), list):
        content["cells"] = [cell for cell in cells if _is_cell(cell)]
        if lost := len(cells) - len(content["cells"]):
            mended.append(f"{lost} cells were damaged and are left out")
    try:
        notebook = nbformat.reads(json.dumps(_whole(content)), as_version=4)
    except Exception as error:  # nbformat raises what it meets
        raise Cannot(f"nbformat cannot read the notebook: {type(error).__name__}: {error}") from error
    return notebook, mended


def repair(notebook: NotebookNode, source: NotebookNode) -> Repaired:
    """`notebook` with the cells of the instructor's notebook `source` in their places, and nothing of nbgrader's else.

    Checks are those of `source`; answers are the student's, or blank where there are none; other cells stay behind
    the cell that they stood behind. `Cannot` if few of the cells are there.
    """
    blank = {cell.id: cell for cell in released(source).cells if "nbgrader" in cell.metadata}
    ours = {cell.id: cell for cell in source.cells if cell.id in blank}
    mended: list[str] = []
    doubts: list[str] = []
    questions = [_lines(cell.source) for cell in source.cells if cell.id not in blank]
    found = _found(notebook.cells, blank, questions, mended, doubts)
    if len(found) < len(blank) / 2:
        raise Cannot(f"only {len(found)} of the {len(blank)} cells of this exercise are there: is it another notebook?")
    if sorted(found.values()) != [found[name] for name in blank if name in found]:
        mended.append("the cells were in another order")
    behind: dict[str | None, list[NotebookNode]] = {None: []}
    last, at = None, {index: name for name, index in found.items()}
    for index, cell in enumerate(notebook.cells):
        last = at.get(index, last)
        if index not in at and not _is_double(cell, blank):
            behind.setdefault(last, []).append(_plain(cell))
    cells = list(behind[None])
    for name, stub in blank.items():
        theirs = notebook.cells[found[name]] if name in found else None
        cells.append(_cell(name, stub, ours[name], theirs, mended))
        if theirs is not None and _is_more(theirs, stub):
            cells.append(_plain(theirs))
        cells += behind.get(name, [])
    new = nbformat.v4.new_notebook(cells=_with_own_ids(cells), metadata=source.metadata)
    return Repaired(nbformat.from_dict(new), mended, doubts)


def is_answer(cell: NotebookNode) -> bool:
    """Whether a cell of the released notebook is for the student to fill in."""
    return bool(cell.metadata.nbgrader.solution)


def _found(cells: list, blank: dict, questions: list, mended: list[str], doubts: list[str]) -> dict[str, int]:
    """Where in `cells` each cell of `blank` is: by its name in nbgrader's metadata, its id, or what is in it."""
    places: dict[str, list[int]] = {}
    for index, cell in enumerate(cells):
        named = cell.metadata.get("nbgrader", {}).get("grade_id")
        name = named if named in blank else cell.get("id")
        if name in blank:
            places.setdefault(name, []).append(index)
    lost, taken = 0, {index for found in places.values() for index in found}
    for name, stub in blank.items():
        if name not in places:
            alike = [i for i, cell in enumerate(cells) if i not in taken and _is_like(cell, stub)]
            if alike:
                places[name], lost = alike, lost + 1
                taken |= set(alike)
    found = {name: indices[-1] for name, indices in places.items()}
    for name, stub in blank.items():  # a text has nothing of its own: it stands between two cells that are known
        if name not in found and is_answer(stub) and stub.cell_type == "markdown":
            between = [i for i in _between(name, list(blank), found, len(cells)) if cells[i].cell_type == "markdown"]
            between = [i for i in between if _lines(cells[i].source) not in questions]
            if between:
                found[name], lost = between[-1], lost + 1
                doubts.append(f"the text {name} was taken by its place: is it the whole text?")
    if lost:
        mended.append(f"{lost} cells had lost their metadata and were known by what is in them")
    for name, indices in places.items():
        texts = {cells[index].source.strip() for index in indices}
        if len(indices) > 1 and is_answer(blank[name]):
            say = doubts if len(texts) > 1 else mended
            say.append(f"the cell {name} is there {len(indices)} times: the last one counts")
    return found


def _cell(name: str, stub: NotebookNode, ours: NotebookNode, theirs: NotebookNode | None, mended: list[str]) -> Any:
    """The cell `name` for the graders: the instructor's if it is locked, else the student's."""
    cell = nbformat.from_dict(ours)
    cell.metadata.nbgrader = stub.metadata.nbgrader
    what = "answer" if is_answer(stub) else "check" if stub.metadata.nbgrader.grade else "cell"
    if theirs is None:
        mended.append(f"the {what} {name} had been deleted" + (": it is blank now" if what == "answer" else ""))
    elif what == "check" and _lines(theirs.source) not in (_lines(stub.source), _lines(ours.source)):
        mended.append(f"the {what} {name} had been changed")
    if what == "answer":
        cell.source = stub.source if theirs is None else theirs.source
    return cell


def _is_like(cell: NotebookNode, stub: NotebookNode) -> bool:
    """Whether a cell is known for `stub` by what is in it: the same lines, or the function that it asks for."""
    if _lines(cell.source) == _lines(stub.source):
        return True
    asked = re.search(r"^def (\w+)\(", stub.source, re.MULTILINE) if is_answer(stub) else None
    return bool(asked and re.search(rf"^def {asked[1]}\(", cell.source, re.MULTILINE))


def _between(name: str, names: list[str], found: dict[str, int], size: int) -> range:
    at = names.index(name)
    before = max((found[other] for other in names[:at] if other in found), default=-1)
    after = min((found[other] for other in names[at + 1 :] if other in found), default=size)
    return range(before + 1, after)


def _is_more(cell: NotebookNode, stub: NotebookNode) -> bool:
    """Whether a cell of the course that is no check has been changed: an answer may need what was imported there."""
    settings = stub.metadata.nbgrader
    changed = _lines(cell.source) != _lines(stub.source)
    return bool(settings.locked and not settings.grade and settings.grade_id != "install" and changed)


def _is_double(cell: NotebookNode, blank: dict) -> bool:
    """Whether a cell is one more copy of a cell that is not the student's to write."""
    named = cell.metadata.get("nbgrader", {}).get("grade_id")
    return named in blank and not is_answer(blank[named])


def _plain(cell: NotebookNode) -> NotebookNode:
    """A cell of the student's own, without outputs and metadata."""
    make = getattr(nbformat.v4, f"new_{cell.cell_type}_cell")
    return make(source=cell.source)


def _with_own_ids(cells: list[NotebookNode]) -> list[NotebookNode]:
    for number, cell in enumerate(cells):
        if "nbgrader" not in cell.metadata:
            cell.id = f"own-{number}"
    return cells


def _lines(source: str) -> list[str]:
    return [line.rstrip() for line in source.strip().splitlines() if line.strip()]


def _is_cell(cell: Any) -> bool:
    return (
        isinstance(cell, dict)
        and cell.get("cell_type") in ("code", "markdown", "raw")
        and isinstance(cell.get("source"), (str, list))
    )


def _whole(content: dict) -> dict:
    """The notebook with what nbformat insists on, where another program left it out."""
    content.setdefault("metadata", {})
    content.setdefault("nbformat", 4)
    content.setdefault("nbformat_minor", 4)
    for cell in content.get("cells", []):
        cell.setdefault("metadata", {})
        if cell.get("cell_type") == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return content
