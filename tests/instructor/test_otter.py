"""Real otter-grader, by the command of the teaching guide, on an autograder made from the solutions."""

import io
import json
import shutil
import zipfile

import nbformat
import pytest
import yaml

import coursepkg
from tests.instructor.conftest import LOST, NAME, PARTLY, ROOT, solved
from tools.autograder import make_zip


@pytest.fixture(scope="module")
def results(tmp_path_factory, follow_guide):
    """otter's results for a submission that is right in parts, by cell."""
    here = tmp_path_factory.mktemp("otter")
    for folder in ("coursepkg", "solutions", "tools"):
        shutil.copytree(ROOT / folder, here / folder, ignore=shutil.ignore_patterns(".*", "__pycache__"))
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, here)
    exercise = nbformat.read(ROOT / "exercises" / f"{NAME}.ipynb", as_version=4)
    nbformat.write(solved(NAME, exercise, PARTLY), here / "submission.ipynb")
    follow_guide("otter run", here)
    carries_the_course(here / "marking" / "autograder.zip")
    tests = json.loads((here / "results.json").read_text(encoding="utf-8"))["tests"]
    return {test["name"]: test for test in tests if "score" in test}


def carries_the_course(path):
    """The zip installs the wheel that it holds, and no address."""
    with zipfile.ZipFile(path) as autograder:
        (wheel,) = (name for name in autograder.namelist() if name.startswith("files/"))
        installed = yaml.safe_load(autograder.read("environment.yml"))["dependencies"][-1]["pip"]
        assert f"coursepkg @ file:///autograder/source/{wheel}" in installed
        assert "://" not in " ".join(installed).replace("file:///autograder/source/", "")
        held = zipfile.ZipFile(io.BytesIO(autograder.read(wheel))).namelist()
    assert f"coursepkg-{coursepkg.__version__}.dist-info/METADATA" in held
    assert "coursepkg/check/__init__.py" in held


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
