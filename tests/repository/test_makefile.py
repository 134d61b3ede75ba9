"""The Makefile: what its targets run, which Python it takes, and that it installs only when it must."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import BOOK, outside_make

ROOT = Path(__file__).parents[2]
TARGETS = [
    "book",
    "pdf",
    "links",
    "serve",
    "lab",
    "test",
    "bench",
    "exercises",
    "repository",
    "lint",
    "lock",
    "clean",
    "help",
]


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


def building(*arguments: str) -> list[str]:
    """The command that builds the book, out of what stands around it."""
    (line,) = (line for line in recipe(*arguments) if "jupyter-book" in line)
    return re.search(r"\.venv/bin/jupyter-book[^|]*", line)[0].split()


def test_the_site_under_test_is_what_make_book_builds():
    assert building("book") == [".venv/bin/jupyter-book", *BOOK[1:]]


def test_the_instructors_edition_is_built_apart():
    assert building("book", "EDITION=instructor") == [
        *(".venv/bin/jupyter-book", *BOOK[1:]),
        *("--path-output", "_build/instructor"),
    ]
    assert recipe("serve", "EDITION=instructor")[-1].split()[-2] == "_build/instructor/_build/html"


@pytest.mark.parametrize(("sound", "old", "left"), [(1, 0, "before\n"), (0, 0, None), (1, 1, None)])
def test_only_a_site_built_from_nothing_and_without_fault_is_taken_by_the_tests(tmp_path, sound, old, left):
    """With stand-ins for Jupyter Book and Python: the fingerprint is that of before the build, or none is left."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    stand_ins = {"python": "cat source", "jupyter-book": f"echo after > source; exit {int(not sound)}"}
    for name, does in stand_ins.items():
        script = tmp_path / ".venv" / "bin" / name
        script.parent.mkdir(parents=True, exist_ok=True)
        script.write_text(f"#!/bin/sh\n{does}\n")
        script.chmod(0o755)
    (tmp_path / "_build" / ("html" if old else "")).mkdir(parents=True)
    (tmp_path / "_build" / "fingerprint").write_text("of an older site\n")
    (tmp_path / "source").write_text("before\n")
    made = subprocess.run(["make", "--old-file=.venv/installed", "book"], cwd=tmp_path, capture_output=True, text=True)
    assert (made.returncode == 0) == bool(sound), made.stderr
    stamp = tmp_path / "_build" / "fingerprint"
    assert (stamp.read_text() if stamp.exists() else None) == left


def test_make_test_finds_its_tools_and_ends_with_pytest():
    tools = [f".venv/bin/python tools/{name}.py" for name in ("chromium", "firefox", "vnu")]
    assert recipe("test") == [*tools, ".venv/bin/pytest -n logical --dist loadfile"]


def test_jupyterlab_opens_the_chapters_and_reaches_the_exercises():
    """A folder among its arguments would become its root, outside of which it shows nothing."""
    (command,) = recipe("lab")
    assert command.endswith("/jupyter lab --LabApp.default_url=/lab/tree/book")
    assert (ROOT / "book").is_dir()


def test_continuous_integration_types_what_a_newcomer_types():
    """The README's first two lines, each timed: the shell's own word says how long and at which cost."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    first = re.search(r"```sh\n(.*?)```", readme, re.DOTALL)[1].splitlines()
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    assert [line for line in lines if "make" in line and line[0] not in "#T"] == [
        f"time {line.split('#')[0].strip()}" for line in first
    ]
    assert "set -eu" in lines


def test_continuous_integration_prints_the_times_and_fails_with_the_tests(tmp_path):
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci")
    (tmp_path / "Makefile").write_text("book:\n\t@echo built\ntest:\n\t@echo tested; exit 3\n")
    ran = subprocess.run(["bash", ".ci/run"], cwd=tmp_path, capture_output=True, text=True, env=outside_make())
    assert ran.stdout == "built\ntested\n"
    assert len(re.findall(r"^make took \d+m[\d.]+s by the clock, and [\d.]+ s", ran.stderr, re.MULTILINE)) == 2
    assert ran.returncode != 0


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
