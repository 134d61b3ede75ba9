"""Books that are not the course's, built from the files beside this one, and then changed and built again."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


class Book:
    """A copy of one of the books."""

    def __init__(self, root: Path, *parts: str) -> None:
        self.root = root
        for part in parts:
            shutil.copytree(HERE / part, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))

    def run(self, tool: str, *options: str) -> str:
        """Run a tool in the book's folder; return what it says, or raise it where it fails."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("EXPLORABLE")}
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
        command = [str(Path(sys.executable).parent / tool), *options]
        said = subprocess.run(command, cwd=self.root, env=environment, capture_output=True, text=True)
        if said.returncode:
            raise RuntimeError(said.stdout + said.stderr)
        return said.stdout + said.stderr

    def replace(self, name: str, old: str, new: str) -> None:
        """Change a file."""
        text = (self.root / name).read_text(encoding="utf-8")
        assert old in text
        (self.root / name).write_text(text.replace(old, new), encoding="utf-8")


class Stock(Book):
    """The book of Jupyter Book 1, in its own theme."""

    html = property(lambda self: self.root / "_build" / "html")

    def build(self) -> str:
        return self.run("jupyter-book", "build", ".", "-W", "--keep-going")


class Plain(Book):
    """The same pages in plain Sphinx with MyST-NB, in Sphinx's own theme, read by two processes."""

    html = property(lambda self: self.root / "_build" / "html")

    def build(self, builder: str = "html") -> str:
        return self.run("sphinx-build", "-W", "--keep-going", "-j", "2", "-b", builder, ".", "_build/html")


@pytest.fixture(scope="module")
def stock(tmp_path_factory) -> Stock:
    """The stock book, not yet built."""
    return Stock(tmp_path_factory.mktemp("stock"), "stock")


@pytest.fixture(scope="module")
def plain(tmp_path_factory) -> Plain:
    """The plain book, not yet built."""
    book = Plain(tmp_path_factory.mktemp("plain"), "stock", "plain")
    for name in ("_config.yml", "_toc.yml", "intro.md"):
        (book.root / name).unlink()
    return book
