"""What the README tells a newcomer to type is what the Makefile runs, and its links lead somewhere."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
WITHOUT_MAKE = re.findall(r"^\| `make (\w+)` \| (.*) \|$", README, re.MULTILINE)


def posix(line: str) -> str:
    """A line for Windows as it would be typed elsewhere."""
    return line.replace(".venv\\Scripts\\", ".venv/bin/").replace("py -3.12", "python3.12")


def recipe(copy, target: str, *arguments: str) -> list[str]:
    """The commands that make would run for a target, each without what it does before it and about its failure."""
    made = copy.make("--dry-run", *arguments, target)
    assert made.returncode == 0, made.stderr
    steps = re.split(r"\|\||&&|[;{]|\n", made.stdout.replace("\\\n", ""))
    return [step.strip() for step in steps if step.strip()]


def test_every_make_command_is_a_target(copy):
    commands = re.findall(r"(?:^|`)make ([a-z]+)", README, re.MULTILINE)
    assert {"book", "test", "help"} <= set(commands)
    for target in commands:
        assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE), target


def test_the_first_screen_says_what_it_is_and_what_to_type():
    screen = "\n".join(README.splitlines()[:36])
    for needed in ("computed by a small NumPy engine", "make book", "make test", "Without make", "py -3.12 -m venv"):
        assert needed in screen


def test_the_three_lines_install_what_make_installs(copy):
    """The same three steps as .venv/installed, less the flags that keep make quiet."""
    lines = re.search(r"```powershell\n(.*?)```", README, re.DOTALL)[1].splitlines()
    (copy.folder / ".venv").rename(copy.folder / "aside")
    dry = copy.run("make", "--dry-run", ".venv/installed", "PYTHON=python3.12").stdout
    (copy.folder / "aside").rename(copy.folder / ".venv")
    quiet = re.sub(r" --quiet| --disable-pip-version-check", "", dry).splitlines()
    assert [posix(line) for line in lines] == [line for line in quiet if re.search(r"-m (venv|pip) ", line)]


@pytest.mark.parametrize(("target", "lines"), WITHOUT_MAKE, ids=[target for target, _ in WITHOUT_MAKE])
def test_without_make_the_same_commands_run(copy, target, lines):
    commands = [posix(command) for command in re.findall(r"`([^`]+)`", lines)]
    made = recipe(copy, target, "TORCH=")
    assert commands
    ours = [step for step in made if step.startswith(".venv/bin/")]
    assert ours[-len(commands) :] == commands


def test_every_target_that_runs_something_has_its_lines():
    targets = set(re.findall(r"^(\w+):.*##", MAKEFILE, re.MULTILINE))
    assert targets - {target for target, _ in WITHOUT_MAKE} == {"help", "clean", "lock"}


def test_links_to_files_lead_to_files():
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_tree_is_the_tree():
    block = re.search(r"## What is where\n\n```\n(.*?)```", README, re.DOTALL)[1]
    top = re.findall(r"^(\w+/)", block, re.MULTILINE)
    below = re.findall(r"^  (\w+/)", block, re.MULTILINE)
    assert [name for name in top if not (ROOT / name).is_dir()] == []
    assert [name for name in below if not (ROOT / "coursepkg" / name).is_dir()] == []
    tracked = {path.name + "/" for path in ROOT.iterdir() if path.is_dir() and path.name[0] not in "._"}
    assert tracked - set(top) <= {"build/", "dist/", "coursepkg.egg-info/"}


def test_the_supported_pythons_are_those_of_pyproject():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">=3.11,<3.14"
    assert "Python 3.11, 3.12 or 3.13" in README
