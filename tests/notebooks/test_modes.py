"""nbval expects blanks in exercises/ and right answers in solutions/: anything else in them fails the tests."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
NAME = "01_perceptron.ipynb"
CELLS = ("install", "setup", "nand-answer", "nand-check")


@pytest.fixture
def project(tmp_path):
    """A small copy of the two folders: one exercise and its solution, under the repository's own conftest."""
    shutil.copy(ROOT / "conftest.py", tmp_path)
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -q -p no:cacheprovider --nbval-lax\n")
    for folder in ("exercises", "solutions"):
        notebook = nbformat.read(ROOT / folder / NAME, as_version=4)
        notebook.cells = [cell for cell in notebook.cells if cell.id in CELLS]
        (tmp_path / folder).mkdir()
        nbformat.write(notebook, tmp_path / folder / NAME)
    return tmp_path


def run_nbval(project):
    """The last line of pytest on the project's notebooks, and the folders in which something failed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "exercises", "solutions", "-rf"],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    lines = run.stdout.strip().split("\n")
    return lines[-1], [line.split()[1].split("/")[0] for line in lines if line.startswith("FAILED ")]


def test_blanks_and_solutions_pass(project):
    last, failed = run_nbval(project)
    assert f"{2 * len(CELLS)} passed" in last
    assert failed == []


def test_an_answer_among_the_blanks_and_a_wrong_solution_fail(project):
    answers = {"exercises": "-2, -2, 3", "solutions": "1, 1, -1.5"}
    for folder, answer in answers.items():
        notebook = nbformat.read(project / folder / NAME, as_version=4)
        notebook.cells[CELLS.index("nand-answer")].source = f"def nand_weights():\n    return {answer}"
        nbformat.write(notebook, project / folder / NAME)
    last, failed = run_nbval(project)
    assert f"2 failed, {2 * len(CELLS) - 2} passed" in last
    assert failed == ["exercises", "solutions"]
