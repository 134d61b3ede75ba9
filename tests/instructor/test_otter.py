"""otter's autograder.zip, as the guide's command makes it. That it marks as nbgrader does is in test_marking."""

import io
import json
import shutil
import zipfile

import nbformat
import pytest
import yaml

import coursepkg
from tests.instructor.conftest import NAME, ROOT
from tools.autograder import make_zip


@pytest.fixture(scope="module")
def autograder(tmp_path_factory, follow_guide):
    """What is in the zip, by name."""
    here = tmp_path_factory.mktemp("otter")
    for folder in ("coursepkg", "solutions", "tools"):
        shutil.copytree(ROOT / folder, here / folder, ignore=shutil.ignore_patterns(".*", "__pycache__"))
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, here)
    follow_guide("python tools/autograder.py", here)
    with zipfile.ZipFile(here / "marking" / "autograder.zip") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_installs_the_wheel_that_it_holds_and_no_address(autograder):
    (wheel,) = (name for name in autograder if name.startswith("files/"))
    installed = yaml.safe_load(autograder["environment.yml"])["dependencies"][-1]["pip"]
    assert f"coursepkg @ file:///autograder/source/{wheel}" in installed
    assert "://" not in " ".join(installed).replace("file:///autograder/source/", "")
    held = zipfile.ZipFile(io.BytesIO(autograder[wheel])).namelist()
    assert f"coursepkg-{coursepkg.__version__}.dist-info/METADATA" in held
    assert {"coursepkg/check/__init__.py", "coursepkg/marking/otter.py"} <= set(held)


def test_it_has_a_test_for_each_check_with_its_points(autograder):
    cells = nbformat.read(ROOT / "solutions" / f"{NAME}.ipynb", as_version=4).cells
    marked = {cell.id: cell.metadata.nbgrader for cell in cells if cell.metadata.get("nbgrader", {}).get("grade")}
    by_program = {name: nbgrader.points for name, nbgrader in marked.items() if not nbgrader.solution}
    tests = {name[6:-3]: text.decode() for name, text in autograder.items() if name.startswith("tests/")}
    assert set(tests) == set(by_program)
    for name, text in tests.items():
        assert f"points = {by_program[name]}\n" in text
        assert f"hidden={'-unseen' in name}" in text
        assert "BEGIN SOLUTION" not in text


def test_the_students_code_runs_in_a_process_of_its_own(autograder):
    [plugin] = json.loads(autograder["otter_config.json"])["plugins"]
    settings = plugin["coursepkg.marking.otter.Sealed"]
    assert "from coursepkg import check" in settings["setup"][-1]
    assert "nand-check" in settings["checks"]


def test_an_unknown_notebook_is_refused_with_the_known_ones(tmp_path):
    with pytest.raises(ValueError, match=f"no solution called '1'; there are .*{NAME}"):
        make_zip("1", tmp_path)
