"""A small book in the course's own frame, to be built with a fault in it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import BOOK, ROOT
from tools import repository


def notebook(*cells: tuple[str, str, dict]) -> str:
    """A notebook of (type, source, metadata) cells."""
    made = [
        {"id": f"cell-{k}", "cell_type": kind, "metadata": metadata, "source": source}
        | ({"outputs": [], "execution_count": None} if kind == "code" else {})
        for k, (kind, source, metadata) in enumerate(cells)
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return json.dumps({"cells": made, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5})


class Book:
    """A book of two pages, `book/intro.md` and `book/page.ipynb`, with the course's configuration."""

    def __init__(self, root: Path) -> None:
        self.root, self.html = root, root / "_build" / "html"
        for part in ("web", "tools", "solutions"):
            shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "_config.yml", root)
        (root / "book").mkdir()
        shutil.copy(ROOT / "book" / "references.bib", root / "book")
        (root / "book" / "intro.md").write_text("# The book\n")
        self.page(("markdown", "# A page\n\nWith $x^2$.", {}))
        toc = {"format": "jb-book", "root": "book/intro", "parts": [{"chapters": [{"file": "book/page"}]}]}
        (root / "_toc.yml").write_text(yaml.safe_dump(toc))

    def page(self, *cells: tuple[str, str, dict]) -> None:
        """Write the second page."""
        (self.root / "book" / "page.ipynb").write_text(notebook(*cells))

    def address(self, address: str) -> None:
        """Set the repository, "" for none, at version 9.8.7."""
        config = self.root / "_config.yml"
        config.write_text(repository.config(config.read_text(encoding="utf-8"), address, "9.8.7"), encoding="utf-8")

    def build(self, **environment: str) -> subprocess.CompletedProcess:
        """Build it as `make book` does."""
        clean = {k: v for k, v in os.environ.items() if k not in ("EDITION", "CI")}
        command = [str(Path(sys.executable).parent / BOOK[0]), *BOOK[1:]]
        return subprocess.run(command, cwd=self.root, env=clean | environment, capture_output=True, text=True)

    def read(self, page: str = "book/page") -> str:
        return (self.html / f"{page}.html").read_text(encoding="utf-8")


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path)
