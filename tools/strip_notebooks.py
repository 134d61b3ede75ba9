"""Strip notebooks of what running them leaves behind, and keep the text that nbval compares.

A cell is compared where its first line says `# NBVAL_CHECK_OUTPUT` or its tag `nbval-check-output`.

    python tools/strip_notebooks.py book/01_perceptron.ipynb    strips it in place; exits 1 if that changed it

Without names it strips every notebook of the course. Images, HTML and widget views always go: they are large,
differ between machines and are made again by whoever opens the notebook.
"""

import sys
from pathlib import Path

import nbformat

ROOT = Path(__file__).parents[1]
FOLDERS = ("book", "solutions", "exercises")
COMPARED = ("# NBVAL_CHECK_OUTPUT", "nbval-check-output")  # the comment, the tag
COMPARED_TAG = "nbval-check-output"
OF_THE_EDITOR = {"collapsed", "execution", "jupyter", "scrolled", "trusted"}


def is_compared(cell: dict) -> bool:
    """Whether nbval compares what the cell prints."""
    comment, tag = COMPARED
    return comment in cell.source or tag in cell.metadata.get("tags", ())


def text_of(output: dict) -> dict | None:
    """The output with its text alone, or None where it has none."""
    if output.output_type == "stream":
        return output
    if text := output.get("data", {}).get("text/plain"):
        numbered = {"execution_count": 1} if output.output_type == "execute_result" else {}
        return nbformat.v4.new_output(output.output_type, data={"text/plain": text}, **numbered)
    return None


def strip(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Strip the notebook in place, and return it."""
    notebook.metadata.pop("widgets", None)
    if "language_info" in notebook.metadata:
        notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        for name in OF_THE_EDITOR & set(cell.metadata):
            del cell.metadata[name]
        if cell.cell_type == "code":
            kept = map(text_of, cell.outputs) if is_compared(cell) else ()
            cell.outputs = [output for output in kept if output]
            # nbval refuses outputs of a cell that has no number, as if it had never run; any number will do.
            cell.execution_count = 1 if cell.outputs else None
    return notebook


def strip_file(path: Path) -> bool:
    """Strip the file, and tell whether that changed it."""
    before = path.read_text(encoding="utf-8")
    after = nbformat.writes(strip(nbformat.reads(before, as_version=4))) + "\n"
    if after != before:
        path.write_text(after, encoding="utf-8", newline="\n")
    return after != before


if __name__ == "__main__":
    paths = [Path(name) for name in sys.argv[1:]]
    paths = paths or [path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.ipynb"))]
    changed = [path for path in paths if strip_file(path)]
    for path in changed:
        print(f"stripped {path}")
    sys.exit(bool(changed))
