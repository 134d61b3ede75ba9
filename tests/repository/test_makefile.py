"""The Makefile: what its targets run, which Python it takes, and that it installs only when it must."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import BOOK

ROOT = Path(__file__).parents[2]
TARGETS = ["book", "serve", "lab", "test", "bench", "exercises", "repository", "lint", "lock", "clean", "help"]


def make(*arguments: str) -> subprocess.CompletedProcess:
    """Run make as a newcomer's shell would, outside of the make that may run these tests."""
    ours = ("MAKE", "MFLAGS", "EDITION")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(["make", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True)


def recipe(*arguments: str) -> list[str]:
    """The commands of a target, without those that install."""
    run = make("--dry-run", "--old-file=.venv/installed", *arguments)
    assert run.returncode == 0, run.stderr
    return run.stdout.replace("\\\n", "").splitlines()


@pytest.mark.parametrize("target", TARGETS)
def test_help_names_every_target(target):
    assert re.search(rf"^make {target}: +\S", make("help").stdout, re.MULTILINE)


def test_help_names_nothing_else():
    assert sorted(re.findall(r"^make (\w+):", make("help").stdout, re.MULTILINE)) == sorted(TARGETS)


def test_the_site_under_test_is_what_make_book_builds():
    (line,) = recipe("book")
    assert line.split("||")[0].split() == [".venv/bin/jupyter-book", *BOOK[1:]]


def test_the_instructors_edition_is_built_apart():
    (line,) = recipe("book", "EDITION=instructor")
    assert line.split("||")[0].split() == [
        *(".venv/bin/jupyter-book", *BOOK[1:]),
        *("--path-output", "_build/instructor"),
    ]
    assert recipe("serve", "EDITION=instructor")[-1].split()[-2] == "_build/instructor/_build/html"


def test_make_test_finds_a_browser_and_ends_with_pytest():
    assert recipe("test") == [".venv/bin/python tools/chromium.py", ".venv/bin/pytest -n logical --dist loadfile"]


def test_jupyterlab_opens_the_chapters_and_reaches_the_exercises():
    """A folder among its arguments would become its root, outside of which it shows nothing."""
    (command,) = recipe("lab")
    assert command.endswith("/jupyter lab --LabApp.default_url=/lab/tree/book")
    assert (ROOT / "book").is_dir()


def test_continuous_integration_types_what_a_newcomer_types():
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    assert lines[1:] == ["set -eu", 'cd "$(dirname "$0")/.."', "make test"]


# ---- with stand-ins for Python that note how they are called ----------------------------------------------

STAND_IN = """#!/bin/sh
echo "$(basename $0) $*" >> {log}
case "$1" in -c) exit {unsuitable};; esac
if [ "$2" = venv ]; then mkdir -p .venv/bin; cp $0 .venv/bin/python; fi
"""


@pytest.fixture
def course(tmp_path) -> Path:
    """A folder with the Makefile alone, and a PATH without any Python."""
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "bin").mkdir()
    for tool in ("sh", "mkdir", "cp", "basename", "echo", "touch", "rm", "sed", "expand"):
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool))
    return tmp_path


def python(course: Path, name: str, suitable: bool) -> None:
    path = course / "bin" / name
    path.write_text(STAND_IN.format(log=course / "log", unsuitable=int(not suitable)))
    path.chmod(0o755)


def install(course: Path, *arguments: str) -> subprocess.CompletedProcess:
    environment = {"PATH": str(course / "bin")}
    return subprocess.run(
        [shutil.which("make"), ".venv/installed", *arguments],
        cwd=course,
        env=environment,
        capture_output=True,
        text=True,
    )


def calls(course: Path) -> list[str]:
    log = course / "log"
    lines = log.read_text().splitlines() if log.exists() else []
    log.unlink(missing_ok=True)
    return [line for line in lines if " -c " not in line]


@pytest.mark.parametrize(
    ("pythons", "taken"),
    [
        ({"python3": True, "python3.12": True}, "python3"),
        ({"python3": False, "python3.13": False, "python3.12": True}, "python3.12"),
    ],
)
def test_it_takes_python3_or_else_the_first_suitable_python(course, pythons, taken):
    for name, suitable in pythons.items():
        python(course, name, suitable=suitable)
    assert install(course).returncode == 0
    assert calls(course)[0] == f"{taken} -m venv .venv"


def test_it_takes_the_python_that_it_is_told(course):
    python(course, "python3", suitable=True)
    python(course, "mine", suitable=True)
    assert install(course, "PYTHON=mine").returncode == 0
    assert calls(course)[0] == "mine -m venv .venv"


@pytest.mark.parametrize("arguments", [[], ["PYTHON=python3"], ["PYTHON=nowhere"]])
def test_no_suitable_python_is_said_in_one_line(course, arguments):
    python(course, "python3", suitable=False)
    run = install(course, *arguments)
    said = [line for line in run.stderr.splitlines() if not line.startswith("make: ***")]
    assert run.returncode
    assert said == ["Python 3.11, 3.12 or 3.13 is needed: say where it is with PYTHON=/path/to/python3"]
    assert not (course / ".venv").exists()


def test_it_installs_by_hashes_once_and_again_only_when_the_lock_changes(course):
    python(course, "python3", suitable=True)
    installing = [
        "python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock",
        "python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .",
    ]
    assert install(course).returncode == 0
    assert calls(course) == ["python3 -m venv .venv", *installing]
    assert install(course).returncode == 0
    assert calls(course) == []
    later = (course / ".venv" / "installed").stat().st_mtime + 10
    os.utime(course / "requirements.lock", (later, later))
    assert install(course).returncode == 0
    assert calls(course) == installing
