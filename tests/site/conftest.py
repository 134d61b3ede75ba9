"""A small book in the course's own frame, to be built with a fault in it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

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
    """A book of an empty front page and the pages that it is given, with the course's configuration."""

    def __init__(self, root: Path) -> None:
        self.root, self.html = root, root / "_build" / "html"
        for part in ("web", "tools", "solutions"):
            shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "_config.yml", root)
        self.files: list[str] = []
        self.bring("book/references.bib")
        (root / "book" / "intro.md").write_text("# The book\n")

    def bring(self, *files: str) -> None:
        """Copy files of the course; those that are pages are part of the book."""
        for file in files:
            there = self.root / file
            there.parent.mkdir(exist_ok=True)
            shutil.copy(ROOT / file, there)
            self.files += [file.removesuffix(".md")] if file.endswith(".md") else []

    def page(self, name: str, *cells: tuple[str, str, dict]) -> None:
        """Write the page `book/NAME.ipynb`."""
        (self.root / "book" / f"{name}.ipynb").write_text(notebook(*cells))
        self.files.append(f"book/{name}")

    def address(self, address: str) -> None:
        """Set the repository, "" for none, at version 9.8.7."""
        config = self.root / "_config.yml"
        config.write_text(repository.config(config.read_text(encoding="utf-8"), address, "9.8.7"), encoding="utf-8")

    def build(self, **environment: str) -> subprocess.CompletedProcess:
        """Build it as `make book RUNTIME=` does."""
        toc = {"format": "jb-book", "root": "book/intro", "parts": [{"chapters": [{"file": f} for f in self.files]}]}
        (self.root / "_toc.yml").write_text(yaml.safe_dump(toc))
        clean = {k: v for k, v in os.environ.items() if k not in ("EDITION", "CI")} | {"RUNTIME": ""}
        command = [str(Path(sys.executable).parent / BOOK[0]), *BOOK[1:]]
        return subprocess.run(command, cwd=self.root, env=clean | environment, capture_output=True, text=True)

    def read(self, page: str = "book/page") -> str:
        return (self.html / f"{page}.html").read_text(encoding="utf-8")
