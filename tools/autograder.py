"""Make otter-grader's autograder.zip for an exercise notebook, from its solution in solutions/.

    python tools/autograder.py 01_perceptron OUT

OUT/autograder.zip marks exercises/01_perceptron.ipynb: `otter run -a OUT/autograder.zip SUBMISSION.ipynb`, or
upload the zip to Gradescope. It carries the wheel of the course as it is here, which Gradescope installs. Each cell
that nbgrader marks by itself becomes one test with the same points, run on the student's functions after the
notebook; cells with hidden tests become hidden tests. What a person reads is left out.
"""

import argparse
import contextlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from nbgrader.utils import is_grade, is_solution

ROOT = Path(__file__).parents[1]

TEST = """\
import os

from otter.test_files import test_case

OK_FORMAT = False
name = {name!r}
points = {points!r}
SOURCE = {source!r}


@test_case(points=points, hidden={hidden!r})
def test(env):
    os.environ["COURSEPKG_CHECK"] = "strict"
    exec(SOURCE, dict(env))
"""


def tests(notebook: nbformat.NotebookNode) -> dict[str, str]:
    """otter's test files for an instructor's notebook: the text of each, by the name of the cell."""
    return {
        cell.id: TEST.format(
            name=cell.id,
            points=cell.metadata.nbgrader["points"],
            source=cell.source,
            hidden="BEGIN HIDDEN TESTS" in cell.source,
        )
        for cell in notebook.cells
        if is_grade(cell) and not is_solution(cell)
    }


def build_wheel(out: Path) -> Path:
    """Write the wheel of the course into the folder `out`; returns its path."""
    with tempfile.TemporaryDirectory() as scratch:  # for a build leaves folders behind
        tree = Path(scratch)
        shutil.copytree(ROOT / "coursepkg", tree / "coursepkg", ignore=shutil.ignore_patterns("__pycache__"))
        for file in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(ROOT / file, tree)
        command = ["pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(out), scratch]
        subprocess.run([sys.executable, "-m", *command], check=True)
    (wheel,) = out.glob("coursepkg-*.whl")
    return wheel


def make_zip(name: str, out: Path) -> Path:
    """Write autograder.zip for solutions/<name>.ipynb into the folder `out`; returns its path."""
    source = ROOT / "solutions" / f"{name}.ipynb"
    if not source.exists():
        known = ", ".join(sorted(path.stem for path in source.parent.glob("*.ipynb")))
        raise ValueError(f"there is no solution called {name!r}; there are {known}")
    from otter.generate import main as generate

    out.mkdir(parents=True, exist_ok=True)
    out = out.resolve()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "tests")
        folder.mkdir()
        for cell, text in tests(nbformat.read(source, as_version=4)).items():
            (folder / f"{cell}.py").write_text(text, encoding="utf-8")
        wheel = build_wheel(Path(scratch))
        requirements = Path(scratch, "requirements.txt")
        requirements.write_text(f"coursepkg @ file:///autograder/source/files/{wheel.name}\n", encoding="utf-8")
        with contextlib.chdir(scratch):  # otter takes files of the working directory alone
            generate(
                tests_dir=str(folder),
                output_path=str(out / "autograder.zip"),
                requirements=str(requirements),
                files=[wheel.name],
                no_environment=True,
                no_config=True,
            )
    return out / "autograder.zip"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", help="the notebook, for example 01_perceptron")
    parser.add_argument("out", type=Path, help="the folder for autograder.zip")
    given = parser.parse_args()
    try:
        print(make_zip(given.name, given.out))
    except ValueError as error:
        sys.exit(f"{parser.prog}: {error}")
