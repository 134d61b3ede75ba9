"""Real nbgrader, with the two lines that the front door writes into its configuration, on every notebook."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import nbformat
import pytest

from tests.instructor.conftest import NAMES, ROOT, released, solved
from tools.mark.graders import CONFIG

NAME = "exercises"  # one assignment of all notebooks


@pytest.fixture(scope="module")
def course(tmp_path_factory, shell) -> Path:
    """A course with one assignment, in which one student has handed in every solution, and nbgrader has marked it."""
    course = tmp_path_factory.mktemp("course")
    (course / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    (course / "source" / NAME).mkdir(parents=True)
    (course / "submitted" / "ada" / NAME).mkdir(parents=True)
    for name in NAMES:
        shutil.copy(ROOT / "solutions" / f"{name}.ipynb", course / "source" / NAME)
        nbformat.write(solved(name, released(name)), course / "submitted" / "ada" / NAME / f"{name}.ipynb")
    shell(f"nbgrader generate_assignment {NAME}", course)
    shell(f"nbgrader autograde {NAME}", course)
    return course


def automatic_points(course, name):
    """What nbgrader gave for one notebook, by cell; None where a person has to look."""
    query = """
        select base_cell.name, grade.auto_score from grade
        join base_cell on base_cell.id = grade.cell_id
        join submitted_notebook on submitted_notebook.id = grade.notebook_id
        join notebook on notebook.id = submitted_notebook.notebook_id
        where notebook.name = ?
    """
    with closing(sqlite3.connect(course / "gradebook.db")) as gradebook:
        return dict(gradebook.execute(query, [name]).fetchall())


@pytest.mark.parametrize("name", NAMES)
def test_the_exercises_are_what_nbgrader_releases(course, name):
    assert nbformat.read(course / "release" / NAME / f"{name}.ipynb", as_version=4) == released(name)


@pytest.mark.parametrize("name", NAMES)
def test_solutions_get_all_points_and_texts_and_pictures_wait_for_a_person(course, name):
    cells = nbformat.read(ROOT / "solutions" / f"{name}.ipynb", as_version=4).cells
    marked = {cell.id: cell.metadata.nbgrader for cell in cells if cell.metadata.get("nbgrader", {}).get("grade")}
    by_program = {cell: nbgrader.points for cell, nbgrader in marked.items() if not nbgrader.solution}
    by_person = {cell: None for cell, nbgrader in marked.items() if nbgrader.solution}
    assert by_program
    assert by_person or name == "convolution"  # whose three tasks need no reader
    assert automatic_points(course, name) == by_program | by_person


def test_the_pictures_are_there_to_be_read(course):
    done = [nbformat.read(path, as_version=4) for path in (course / "autograded" / "ada" / NAME).glob("*.ipynb")]
    drawn = [cell for notebook in done for cell in notebook.cells if cell.id == "draw-check"]
    assert len(drawn) >= 5
    assert all(any("image/png" in output.get("data", {}) for output in cell.outputs) for cell in drawn)
