"""nbgrader and otter-grader, as the front door asks them: the points of one student's notebook, by its checks."""

import json
import os
import re
import shutil
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
from nbformat import NotebookNode

from coursepkg.marking.notebook import FAILED
from coursepkg.marking.sealed import USED_UP
from tools.autograder import make_zip

from .repair import Cannot

CONFIG = """\
# Written by tools/mark: `nbgrader autograde`, and Formgrader in this folder, mark as it does.
from coursepkg.marking.execute import seal

c = get_config()
c.CourseDirectory.course_id = "course"
seal(c)
"""
EXPECTED = {"CheckFailed", "NameError"}  # how a check ends if an answer is wrong, or its function is not there
# What `coursepkg.marking` says of code that was stopped: perhaps it was right, and the machine slow.
STOPPED = ("had not ended after", "It ended Python", "The cell is left out", USED_UP, FAILED)


class Marked(NamedTuple):
    """The points that each check gave, and what a person should look at."""

    points: dict[str, float]
    doubts: list[str]


class Nbgrader:
    """Marks in the folder of a class, which it makes: its gradebook, Formgrader and feedback are nbgrader's own."""

    def __init__(self, folder: Path, exercise: str, source: NotebookNode, limits: dict[str, Any]) -> None:
        from nbgrader.apps import NbGraderAPI
        from sqlalchemy.exc import SAWarning
        from traitlets.config import Config

        from coursepkg.marking.execute import seal

        self.folder, self.exercise = folder.resolve(), exercise
        # nbgrader calls alembic by its name, also where the environment that holds both is not active.
        os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        self.config = Config()
        self.config.CourseDirectory.root = str(self.folder)
        self.config.CourseDirectory.course_id = "course"
        seal(self.config, self.folder)
        hidden = self.config.SealedExecute.secrets
        self.config.SealedExecute.update(limits)
        self.config.SealedExecute.secrets = [*hidden, *limits.get("secrets", [])]
        warnings.filterwarnings("ignore", category=SAWarning)  # of nbgrader's own use of its database
        self.api = NbGraderAPI(config=self.config)
        if not (self.folder / "nbgrader_config.py").exists():
            (self.folder / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
        text, path = nbformat.writes(source) + "\n", self.folder / "source" / exercise / f"{exercise}.ipynb"
        if (
            not path.exists()
            or path.read_text(encoding="utf-8") != text
            or exercise not in self.api.get_released_assignments()
        ):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            _succeed(self.api.generate_assignment(exercise, force=True))

    def mark(self, student: str, notebook: NotebookNode) -> Marked:
        """The points of a student's notebook; `Cannot` if nbgrader failed, and then its gradebook has none."""
        place = self.folder / "submitted" / student / self.exercise / f"{self.exercise}.ipynb"
        shutil.rmtree(place.parent, ignore_errors=True)
        place.parent.mkdir(parents=True)
        nbformat.write(notebook, place)
        try:
            _succeed(self.api.autograde(self.exercise, student, force=True, create=True))
        except Cannot:
            with self.api.gradebook as gradebook:
                gradebook.remove_submission(self.exercise, student)
            raise
        with self.api.gradebook as gradebook:
            grades = gradebook.find_submission_notebook(self.exercise, self.exercise, student).grades
            points = {grade.name: grade.auto_score for grade in grades if grade.cell.cell_type != "markdown"}
        done = self.folder / "autograded" / student / self.exercise / f"{self.exercise}.ipynb"
        return Marked({name: score for name, score in points.items() if score is not None}, _doubts(done))


class Otter:
    """Marks by the `autograder.zip` of the exercise, one process for each student."""

    def __init__(self, folder: Path, exercise: str, source: NotebookNode, limits: dict[str, Any]) -> None:
        self.folder = folder.resolve() / "otter"
        limits = limits | {"secrets": [str(self.folder), *limits.get("secrets", [])]}
        self.zip = make_zip(exercise, self.folder, source, limits, carry=False)

    def mark(self, student: str, notebook: NotebookNode) -> Marked:
        """The points of a student's notebook; `Cannot` if otter failed."""
        place = self.folder / student
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        nbformat.write(notebook, place / "submission.ipynb")
        command = ["run", "--autograder", str(self.zip), "--output-dir", str(place), str(place / "submission.ipynb")]
        run = subprocess.run(
            [sys.executable, "-m", "otter", *command], capture_output=True, text=True, encoding="utf-8", timeout=900
        )
        results = place / "results.json"
        if run.returncode or not results.exists():
            raise Cannot(f"otter failed: {(run.stderr or run.stdout).strip()[-300:]}")
        tests = json.loads(results.read_text(encoding="utf-8"))["tests"]
        points = {test["name"]: float(test["score"]) for test in tests if "score" in test}
        if not points:
            raise Cannot(f"otter ran no check: {run.stdout.strip()[-300:]}")
        return Marked(points, [_stopped(test["name"]) for test in tests if _is_stopped(test.get("output", ""))])


def _succeed(result: dict[str, Any]) -> None:
    if not result["success"]:
        told = f"{result.get('log') or ''}\n{result.get('error') or ''}"
        errors = re.findall(r"^ *((?:[\w.]+\.)?(?!NbGrader)\w*(?:Error|Exception): .*)", told, re.MULTILINE)
        lines = errors or [line for line in told.splitlines() if line.strip()] or ["it does not say why"]
        raise Cannot(f"nbgrader failed: {lines[-1]}")


def _doubts(path: Path) -> list[str]:
    """What in a marked notebook is no plain right or wrong."""
    doubts = []
    for cell in nbformat.read(path, as_version=4).cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", cell.get("id"))
        for output in cell.get("outputs", []):
            if output.output_type == "error" and output.ename not in EXPECTED:
                doubts.append(f"the check {name} stopped by {output.ename}: {output.evalue:.200}")
            elif _is_stopped(output.get("evalue", output.get("text", ""))):
                doubts.append(_stopped(name))
    return doubts


def _stopped(name: str) -> str:
    return f"{name}: code did not end, ended Python, or failed before it could run"


def _is_stopped(text: str) -> bool:
    return any(words in " ".join(text.split()) for words in STOPPED)
