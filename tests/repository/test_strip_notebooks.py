"""Notebooks are committed without what running them leaves behind, but with the text that nbval compares."""

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tests.conftest import tracked
from tools.strip_notebooks import FOLDERS, is_compared, strip, strip_file

ROOT = Path(__file__).parents[2]
NOTEBOOKS = tracked(*(f"{folder}/*.ipynb" for folder in FOLDERS))


def everything() -> list:
    """One output of each kind, as a kernel sends them."""
    data = {"text/plain": "3", "image/png": "iVBORw0KGgo=", "text/html": "<b>3</b>"}
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}}
    return [
        new_output("stream", name="stdout", text="w = 2\n"),
        new_output("execute_result", data=data, execution_count=7),
        new_output("display_data", data={"text/plain": "<Figure>", "image/png": "iVBORw0KGgo="}),
        new_output("display_data", data=view),
        new_output("error", ename="ValueError", evalue="no", traceback=[]),
    ]


def ran(source: str, tag: str = "keep"):
    metadata = {"tags": [tag], "scrolled": True}
    return new_code_cell(source, execution_count=7, outputs=everything(), metadata=metadata)


def test_an_unmarked_cell_keeps_no_output():
    (cell,) = strip(new_notebook(cells=[ran("1 + 2")])).cells
    assert cell.outputs == []
    assert cell.execution_count is None


@pytest.mark.parametrize("cell", [ran("# NBVAL_CHECK_OUTPUT\n1 + 2"), ran("1 + 2", "nbval-check-output")])
def test_a_marked_cell_keeps_its_text_alone(cell):
    (cell,) = strip(new_notebook(cells=[cell])).cells
    assert [output.get("text") or output.data for output in cell.outputs] == [
        "w = 2\n",
        {"text/plain": "3"},
        {"text/plain": "<Figure>"},
    ]
    assert cell.outputs[1].execution_count == cell.execution_count == 1


def test_nbval_compares_what_was_kept(tmp_path):
    """The stripped notebook passes as it is, and fails where its text is another."""
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    source = "# NBVAL_CHECK_OUTPUT\nprint('w = 2')\n1 + 2"
    cell = new_code_cell(source, execution_count=7, outputs=everything()[:2])
    notebook = strip(new_notebook(cells=[cell], metadata=kernel))
    right, wrong = tmp_path / "right.ipynb", tmp_path / "wrong.ipynb"
    nbformat.write(notebook, right)
    notebook.cells[0].outputs[1].data["text/plain"] = "4"
    nbformat.write(notebook, wrong)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval-lax", right, wrong]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert "1 failed, 1 passed" in run.stdout
    assert re.findall(r"^FAILED .*/(\w+)\.ipynb", run.stdout, re.MULTILINE) == ["wrong"]


def test_metadata_of_the_editor_goes_and_ours_stays():
    spec = {"name": "python3", "display_name": "Python 3"}
    made = {"kernelspec": spec, "language_info": {"name": "python", "version": "3.9"}, "widgets": {}}
    notebook = strip(new_notebook(cells=[ran("1"), new_markdown_cell("text")], metadata=made))
    assert notebook.cells[0].metadata == {"tags": ["keep"]}
    assert notebook.metadata == {"kernelspec": spec, "language_info": {"name": "python"}}


def test_the_tool_strips_in_place_and_says_so_once(tmp_path):
    path = tmp_path / "chapter.ipynb"
    nbformat.write(new_notebook(cells=[ran("1 + 2")]), path)
    command = [sys.executable, ROOT / "tools" / "strip_notebooks.py", path]
    first = subprocess.run(command, capture_output=True, text=True)
    assert (first.returncode, first.stdout) == (1, f"stripped {path}\n")
    assert nbformat.read(path, 4).cells[0].outputs == []
    second = subprocess.run(command, capture_output=True, text=True)
    assert (second.returncode, second.stdout) == (0, "")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_courses_notebooks_are_stripped(path, tmp_path):
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    assert not strip_file(copy), f"`make lint` strips {path.name}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_marked_cell_has_a_text_to_compare(path):
    """nbval compares nothing where nothing is kept, and says nothing either."""
    cells = nbformat.read(path, 4).cells
    assert [cell.source for cell in cells if is_compared(cell) and not cell.outputs] == []


def test_there_are_notebooks_in_each_folder():
    assert {path.parent.name for path in NOTEBOOKS} == set(FOLDERS)
