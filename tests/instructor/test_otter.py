"""Real otter-grader, by the command of the teaching guide, on an autograder made from the solutions."""

import json
import shutil

import nbformat
import pytest

from tests.instructor.conftest import LOST, NAME, PARTLY, ROOT, solved
from tools.autograder import make_zip


@pytest.fixture(scope="module")
def results(tmp_path_factory, follow_guide):
    """otter's results for a submission that is right in parts, by cell."""
    here = tmp_path_factory.mktemp("otter")
    for folder in ("solutions", "tools"):
        shutil.copytree(ROOT / folder, here / folder, ignore=shutil.ignore_patterns(".*", "__pycache__"))
    shutil.copy(ROOT / "_config.yml", here)
    exercise = nbformat.read(ROOT / "exercises" / f"{NAME}.ipynb", as_version=4)
    nbformat.write(solved(NAME, exercise, PARTLY), here / "submission.ipynb")
    follow_guide("otter run", here)
    tests = json.loads((here / "results.json").read_text(encoding="utf-8"))["tests"]
    return {test["name"]: test for test in tests if "score" in test}


def test_right_answers_get_their_points_and_wrong_ones_none(results):
    assert {name for name, test in results.items() if test["score"] == 0} == LOST
    assert all(test["score"] == test["max_score"] for name, test in results.items() if name not in LOST)


def test_points_are_those_of_nbgrader(results):
    cells = nbformat.read(ROOT / "solutions" / f"{NAME}.ipynb", as_version=4).cells
    marked = [cell for cell in cells if cell.metadata.get("nbgrader", {}).get("grade")]
    expected = {cell.id: cell.metadata.nbgrader["points"] for cell in marked}
    by_hand = {cell.id for cell in marked if cell.metadata.nbgrader["solution"]}
    assert {name: test["max_score"] for name, test in results.items()} == {
        name: points for name, points in expected.items() if name not in by_hand
    }


def test_the_report_says_what_the_check_said(results):
    assert "Your neuron computes AND; NAND is its opposite." in results["nand-check"]["output"]


def test_an_unknown_notebook_is_refused_with_the_known_ones(tmp_path):
    with pytest.raises(ValueError, match=f"no solution called '1'; there are .*{NAME}"):
        make_zip("1", tmp_path)
