"""Generate exercises/ from solutions/, the only source, as nbgrader would release them.

    python tools/exercises.py            write the exercises, and the first cell of every notebook
    python tools/exercises.py --check    write nothing; say what is out of date, and exit 1 if anything is

nbgrader's own preprocessors do the work, used as a library: no gradebook, no log, the same bytes each run.
"""

import argparse
import re
import sys
from difflib import SequenceMatcher
from pathlib import Path

import nbformat
import yaml
from nbformat import NotebookNode
from nbgrader import preprocessors as nbgrader

ROOT = Path(__file__).parents[1]

# nbgrader's order for `generate_assignment`, less the header and the gradebook.
RELEASE = (
    nbgrader.LockCells,
    nbgrader.ClearSolutions,
    nbgrader.ClearOutput,
    nbgrader.CheckCellMetadata,
    nbgrader.ClearHiddenTests,
    nbgrader.ClearMarkScheme,
    nbgrader.ComputeChecksums,
    nbgrader.CheckCellMetadata,
)

# nbgrader keeps to itself what is between two of these, and releases it if it does not know them.
MARKERS = [f"### {edge} {what}" for edge in ("BEGIN", "END") for what in ("SOLUTION", "HIDDEN TESTS", "MARK SCHEME")]
ALIKE = 0.75  # of a comment with a marker, as SequenceMatcher counts

# What the first cell of every notebook does where the course's package is missing.
INSTALL = """\
# Where the course's package is missing, as on Colab, this installs the version that the notebook was made with.
try:
    import coursepkg
except ModuleNotFoundError:
    %pip install -q git+{url}@{branch}"""
EXPLAIN = """\
# This notebook needs the course's package, coursepkg, which lies in the folder of the course.
try:
    import coursepkg
except ModuleNotFoundError:
    raise ModuleNotFoundError(
        "coursepkg is missing here. In the folder of the course, `make lab` installs it and opens the notebooks; "
        "elsewhere, `pip install FOLDER` does, with the path of that folder. This copy of the course names no address "
        "to install it from: `make repository URL=...` sets one."
    ) from None"""


def first_cell(root: Path = ROOT) -> str:
    """The source of every notebook's first code cell: it installs from the address that _config.yml names, if any."""
    repository = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))["repository"]
    return INSTALL.format_map(repository) if repository["url"] else EXPLAIN


def put_first_cell(notebook: NotebookNode, source: str) -> bool:
    """Make `source` the notebook's first code cell; whether that was a change."""
    first = next((cell for cell in notebook.cells if cell.cell_type == "code"), None)
    if first is None or not (first.id == "install" or "except ModuleNotFoundError" in first.source):
        first = nbformat.v4.new_code_cell(id="install", metadata={"tags": ["remove-cell"]})
        notebook.cells.insert(0, first)
    before, first.source = first.source, source
    return first.source != before


def released(notebook: NotebookNode) -> NotebookNode:
    """The student's version of an instructor's notebook, which is left as it was.

    ValueError, naming the cell, for a marker that is misspelt, and for a cell called "…-unseen" of which students
    would see more than comments.
    """
    for cell in notebook.cells:
        refuse_misspelt_markers(cell)
    notebook, resources = nbformat.from_dict(notebook), {}
    for preprocessor in RELEASE:
        notebook, resources = preprocessor().preprocess(notebook, resources)
    for cell in notebook.cells:
        shown = [line for line in cell.source.splitlines() if line.strip() and not line.startswith("#")]
        if cell.id.endswith("-unseen") and shown:
            raise ValueError(f"cell {cell.id} should hide its tests, but students would see `{shown[0]}`")
    return notebook


def refuse_misspelt_markers(cell: NotebookNode) -> None:
    """ValueError for a comment that is almost one of `MARKERS`: what it should hide would be released."""
    for line in cell.source.splitlines():
        words = re.findall(r"\w+", line.upper())
        if not line.lstrip().startswith("#") or line.strip() in MARKERS or not 1 < len(words) < 5:
            continue
        near = max(MARKERS, key=lambda marker: _alike(words, marker.split()[1:]))
        if _alike(words, near.split()[1:]) >= ALIKE:
            raise ValueError(f"cell {cell.id} has the line {line.strip()!r}: did you mean {near!r}?")


def _alike(words: list[str], others: list[str]) -> float:
    return SequenceMatcher(None, " ".join(sorted(words)), " ".join(sorted(others))).ratio()


def expected(root: Path = ROOT) -> dict[Path, str]:
    """What each notebook under book/, solutions/ and exercises/ should hold, by its path."""
    first, files = first_cell(root), {}
    for path in sorted([*root.glob("book/**/*.ipynb"), *root.glob("solutions/*.ipynb")]):
        if ".ipynb_checkpoints" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        notebook = nbformat.reads(text, as_version=4)
        files[path] = nbformat.writes(notebook) + "\n" if put_first_cell(notebook, first) else text
        if path.parent.name == "solutions":
            try:
                files[root / "exercises" / path.name] = nbformat.writes(released(notebook)) + "\n"
            except ValueError as error:
                raise ValueError(f"solutions/{path.name}: {error}") from error
    return files


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a notebook is out of date")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    given = parser.parse_args()
    root = given.root.resolve()
    try:
        files = expected(root)
    except ValueError as error:
        parser.error(str(error))
    stale = [path for path, text in files.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    orphans = [path for path in sorted(root.glob("exercises/*.ipynb")) if path not in files]
    for path in stale + orphans:
        print(f"{path.relative_to(root)}: " + ("out of date" if path in files else "has no source in solutions/"))
        if given.check:
            continue
        if path in files:
            path.parent.mkdir(exist_ok=True)
            path.write_text(files[path], encoding="utf-8")
        else:
            path.unlink()
    if given.check and (stale or orphans):
        print("Run `make exercises` and commit what it writes.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
