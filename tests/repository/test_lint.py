"""`make lint` passes on the tree as it stands, and each of its hooks finds what it is there for."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def git(folder: Path, *arguments: str) -> str:
    run = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return run.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """A copy of what is committed or would be, with this environment as its .venv: hooks mend what they find."""
    folder = tmp_path_factory.mktemp("lint") / "course"
    for name in git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard").splitlines():
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(sys.prefix, target_is_directory=True)
    git(folder, "init", "--quiet")
    (folder / ".git" / "info" / "exclude").write_text(".venv\n")
    git(folder, "add", "--all")
    return folder


def lint(folder: Path) -> subprocess.CompletedProcess:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", "--old-file=.venv/installed", "lint"],
        cwd=folder,
        env=environment | {"PRE_COMMIT_HOME": str(folder.parent / "pre-commit")},
        capture_output=True,
        text=True,
    )


def test_the_tree_passes(copy):
    run = lint(copy)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize(
    ("name", "text", "hook"),
    [
        ("coursepkg/unused.py", "import os\n", "ruff"),
        ("coursepkg/untidy.py", "x = [1,2]\n", "ruff format"),
        ("book/unending.md", "text", "end of file"),
        ("book/trailing.md", "text \n", "trailing whitespace"),
        ("unclosed.yml", "a: [\n", "YAML"),
        ("unclosed.toml", "a = [\n", "TOML"),
        ("book/merged.md", "<<<<<<< ours\n", "merge conflicts"),
        ("book/large.bin", "0" * 600_000, "large files"),
        (".github/workflows/empty.yml", "name: empty\n", "workflows"),
        (
            "book/ran.ipynb",
            '{"cells": [{"cell_type": "code", "id": "a", "execution_count": 1, "metadata": {}, "outputs": [], '
            '"source": ["1 + 2"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}\n',
            "strip notebooks",
        ),
    ],
)
def test_each_hook_finds_its_fault(copy, name, text, hook):
    (copy / name).write_text(text)
    git(copy, "add", name)
    run = lint(copy)
    git(copy, "rm", "--quiet", "--force", name)
    failed = [line.split("...")[0] for line in run.stdout.splitlines() if line.endswith("Failed")]
    assert run.returncode
    assert hook in failed, run.stdout
