"""Real nbgrader, by the commands of the teaching guide: released, handed in, marked, and given back."""

import csv
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import nbformat
import pytest

from tests.instructor.conftest import LOST, NAME, NOISY, PARTLY, ROOT

POINTS = {"automatic": 16, "by hand": 4}
# Each student: the cells that differ from the solution (None: nothing filled in), and the automatic points.
STUDENTS = {"noisy": (NOISY, 16), "partly": (PARTLY, 16 - 2 * len(LOST)), "blank": (None, 0)}


@pytest.fixture(scope="module")
def course(tmp_path_factory, follow_guide, solved) -> Path:
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
            notebook = released if answers is None else solved(released, answers)
            download.writestr(f"{student}_{NAME}.ipynb", nbformat.writes(notebook))
    follow_guide("nbgrader zip_collect", folder)
    follow_guide("nbgrader autograde", folder)
    follow_guide("nbgrader generate_feedback", folder)
    return folder


def automatic_points(course, student):
    """What nbgrader gave one student, by cell; None where a person has to look."""
    query = """
        select base_cell.name, grade.auto_score from grade
        join base_cell on base_cell.id = grade.cell_id
        join submitted_notebook on submitted_notebook.id = grade.notebook_id
        join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
        where submitted_assignment.student_id = ?
    """
    with closing(sqlite3.connect(course / "gradebook.db")) as gradebook:
        return dict(gradebook.execute(query, [student]).fetchall())


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
