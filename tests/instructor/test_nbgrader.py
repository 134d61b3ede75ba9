"""Real nbgrader, by the commands of the teaching guide: released, handed in, marked, and given back."""

import csv
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import nbformat
import pytest

from tests.instructor.conftest import LOST, NAME, NAMES, NOISY, PARTLY, ROOT, solved

POINTS = {"automatic": 16, "by hand": 4}
# Each student: the cells that differ from the solution (None: nothing filled in), and the automatic points.
STUDENTS = {"noisy": (NOISY, 16), "partly": (PARTLY, 16 - 2 * len(LOST)), "blank": (None, 0)}


@pytest.fixture(scope="module")
def course(tmp_path_factory, follow_guide) -> Path:
    """A course in which every student has handed in and nbgrader has marked and written its feedback."""
    here = tmp_path_factory.mktemp("nbgrader")
    shutil.copytree(ROOT / "solutions", here / "solutions", ignore=shutil.ignore_patterns(".*"))
    follow_guide("nbgrader generate_assignment", here)
    folder = here / "course"
    released = nbformat.read(folder / "release" / NAME / f"{NAME}.ipynb", as_version=4)
    archive = folder / "downloaded" / NAME / "archive"
    archive.mkdir(parents=True)
    with zipfile.ZipFile(archive / "all.zip", "w") as download:
        for student, (answers, _) in STUDENTS.items():
            notebook = released if answers is None else solved(NAME, released, answers)
            download.writestr(f"{student}_{NAME}.ipynb", nbformat.writes(notebook))
    follow_guide("nbgrader zip_collect", folder)
    follow_guide("nbgrader autograde", folder)
    follow_guide("nbgrader generate_feedback", folder)
    return folder


@pytest.fixture(scope="module")
def others(course, shell) -> Path:
    """The same course after one more assignment, of all the other notebooks: one student right, one blank."""
    names = [name for name in NAMES if name != NAME]
    for name in names:
        (course / "source" / "others").mkdir(exist_ok=True)
        shutil.copy(ROOT / "solutions" / f"{name}.ipynb", course / "source" / "others")
    shell("nbgrader generate_assignment others", course)
    for name in names:
        released = nbformat.read(course / "release" / "others" / f"{name}.ipynb", as_version=4)
        for student, notebook in (("right", solved(name, released)), ("blank", released)):
            folder = course / "submitted" / student / "others"
            folder.mkdir(parents=True, exist_ok=True)
            nbformat.write(notebook, folder / f"{name}.ipynb")
    shell("nbgrader autograde others", course)
    return course


def automatic_points(course, student, name=NAME):
    """What nbgrader gave one student for one notebook, by cell; None where a person has to look."""
    query = """
        select base_cell.name, grade.auto_score from grade
        join base_cell on base_cell.id = grade.cell_id
        join submitted_notebook on submitted_notebook.id = grade.notebook_id
        join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
        join notebook on notebook.id = submitted_notebook.notebook_id
        where submitted_assignment.student_id = ? and notebook.name = ?
    """
    with closing(sqlite3.connect(course / "gradebook.db")) as gradebook:
        return dict(gradebook.execute(query, [student, name]).fetchall())


def test_the_exercises_are_what_nbgrader_releases(course):
    released = nbformat.read(course / "release" / NAME / f"{NAME}.ipynb", as_version=4)
    assert nbformat.read(ROOT / "exercises" / f"{NAME}.ipynb", as_version=4) == released


@pytest.mark.parametrize("student", STUDENTS)
def test_marks(course, student):
    scores = automatic_points(course, student)
    assert sum(score or 0 for score in scores.values()) == STUDENTS[student][1], scores


def test_wrong_answers_hidden_tests_and_tampered_cells_cost_their_points_only(course):
    scores = automatic_points(course, "partly")
    assert {cell for cell, score in scores.items() if score == 0} == LOST


def test_text_and_picture_wait_for_a_person_unless_they_are_blank(course):
    scores = automatic_points(course, "noisy")
    assert {cell for cell, score in scores.items() if score is None} == {"draw-answer", "xor-why"}
    assert set(automatic_points(course, "blank").values()) == {0}


def test_the_grades_can_be_exported(course):
    with (course / "grades.csv").open(encoding="utf-8") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert {float(row["max_score"]) for row in rows.values()} == {sum(POINTS.values())}
    assert {name: float(row["score"]) for name, row in rows.items()} == {
        name: score for name, (_, score) in STUDENTS.items()
    }


def test_feedback_says_what_the_check_said(course):
    feedback = (course / "feedback" / "partly" / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    assert "Your neuron computes AND; NAND is its opposite." in feedback
    assert "I say that this is right" not in feedback


@pytest.mark.parametrize("name", [name for name in NAMES if name != NAME])
def test_every_other_notebook_gives_solutions_all_points_and_blanks_none(others, name):
    cells = nbformat.read(ROOT / "solutions" / f"{name}.ipynb", as_version=4).cells
    marked = {cell.id: cell.metadata.nbgrader for cell in cells if cell.metadata.get("nbgrader", {}).get("grade")}
    by_program = {cell: nbgrader.points for cell, nbgrader in marked.items() if not nbgrader.solution}
    by_person = {cell: None for cell, nbgrader in marked.items() if nbgrader.solution}
    assert by_program
    assert by_person
    assert automatic_points(others, "right", name) == by_program | by_person
    assert automatic_points(others, "blank", name) == dict.fromkeys(marked, 0)
    released = nbformat.read(others / "release" / "others" / f"{name}.ipynb", as_version=4)
    assert nbformat.read(ROOT / "exercises" / f"{name}.ipynb", as_version=4) == released
