"""Make otter-grader's autograder.zip for an exercise notebook, from its solution in solutions/.

    python tools/autograder.py 01_perceptron OUT

OUT/autograder.zip marks exercises/01_perceptron.ipynb: `otter run -a OUT/autograder.zip SUBMISSION.ipynb`, or
upload the zip to Gradescope. It carries the wheel of the course as it is here, which Gradescope installs. Each cell
that nbgrader marks by itself becomes one test with the same points, run on the student's functions after the
notebook; cells with hidden tests become hidden tests. What a person reads is left out.
"""

import argparse
import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.utils import is_grade, is_locked, is_solution

ROOT = Path(__file__).parents[1]

TEST = """\
from otter.test_files import test_case

OK_FORMAT = False
name = {name!r}
points = {points!r}
SOURCE = {source!r}


@test_case(points=points, hidden={hidden!r})
def test(env):
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


def settings(notebook: nbformat.NotebookNode, limits: dict[str, Any]) -> dict:
    """otter's settings: the plugin that runs the student's code in a process of its own, and what it needs to know."""
    ours = [cell for cell in notebook.cells if is_locked(cell) and cell.cell_type == "code"]
    setup = [cell.source for cell in ours if not is_grade(cell)]
    known = {"limits": limits, "setup": setup, "checks": [cell.id for cell in ours if is_grade(cell)]}
    return {"plugins": [{"coursepkg.marking.otter.Sealed": known}]}


def make_zip(
    name: str,
    out: Path,
    notebook: nbformat.NotebookNode | None = None,
    limits: dict[str, Any] | None = None,
    carry: bool = True,
) -> Path:
    """Write autograder.zip for an instructor's notebook into the folder `out`; returns its path.

    Without a `notebook` it is solutions/<name>.ipynb; ValueError if there is none. `limits` are those of
    `coursepkg.marking.sealed.Student`. A zip that need not `carry` the course runs where the course is installed.
    """
    source = ROOT / "solutions" / f"{name}.ipynb"
    if notebook is None and not source.exists():
        known = ", ".join(sorted(path.stem for path in source.parent.glob("*.ipynb")))
        raise ValueError(f"there is no solution called {name!r}; there are {known}")
    notebook = notebook or nbformat.read(source, as_version=4)
    from otter.generate import main as generate

    out.mkdir(parents=True, exist_ok=True)
    out = out.resolve()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "tests")
        folder.mkdir()
        for cell, text in tests(notebook).items():
            (folder / f"{cell}.py").write_text(text, encoding="utf-8")
        config, requirements = Path(scratch, "otter_config.json"), Path(scratch, "requirements.txt")
        config.write_text(json.dumps(settings(notebook, limits or {})), encoding="utf-8")
        files = [build_wheel(Path(scratch)).name] if carry else []
        lines = [f"coursepkg @ file:///autograder/source/files/{file}\n" for file in files]
        requirements.write_text("".join(lines), encoding="utf-8")
        with contextlib.chdir(scratch):  # otter takes files of the working directory alone
            generate(
                tests_dir=str(folder),
                output_path=str(out / "autograder.zip"),
                requirements=str(requirements),
                files=files,
                no_environment=True,
                config=str(config),
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
