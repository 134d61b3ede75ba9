"""A copy of the tree to change at will."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, tracked


class Copy:
    """A copy of what git tracks, in a repository of its own, with this environment as its .venv."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for path in tracked():
            there = folder / path.relative_to(ROOT)
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, there)
        (folder / ".venv").symlink_to(sys.prefix, target_is_directory=True)
        self._git("init", "--quiet")
        (folder / ".git" / "info" / "exclude").write_text(".venv\n")
        self._git("add", "--all")

    def _git(self, *arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=self.folder, capture_output=True, check=True)

    def run(self, *command: str) -> subprocess.CompletedProcess:
        """Run a command in the copy, on the copy's package, outside of the make that may run these tests."""
        ours = ("MAKE", "MFLAGS", "EDITION", "EXPLORABLE")
        environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        environment |= {"PYTHONPATH": str(self.folder), "PRE_COMMIT_HOME": str(self.folder.parent / "pre-commit")}
        environment |= {"MYPY_CACHE_DIR": str(ROOT / ".mypy_cache")}  # what is alike need not be read by it again
        return subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True)

    def make(self, *arguments: str) -> subprocess.CompletedProcess:
        """Run make, which takes .venv as it is."""
        return self.run("make", "--old-file=.venv/installed", *arguments)


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Copy:
    return Copy(tmp_path_factory.mktemp("copy") / "course")
