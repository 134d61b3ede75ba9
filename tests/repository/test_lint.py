"""`make lint` passes on the tree as it stands, and each of its hooks finds what it is there for."""

import shutil

import pytest


def test_the_tree_passes(copy):
    linted = copy.make("lint")
    assert linted.returncode == 0, linted.stdout + linted.stderr


def test_it_runs_where_the_environment_is_laid_out_as_on_windows(copy):
    """There the programs are in .venv/Scripts, and pre-commit is called from there."""
    (copy.folder / ".venv").rename(copy.folder / "aside")
    (copy.folder / ".venv").mkdir()
    for here, there in {"Scripts": "bin", "lib": "lib", "pyvenv.cfg": "pyvenv.cfg"}.items():
        (copy.folder / ".venv" / here).symlink_to(copy.folder / "aside" / there)
    linted = copy.run(".venv/Scripts/pre-commit", "run", "--files", "README.md", "book/intro.ipynb", "pyproject.toml")
    shutil.rmtree(copy.folder / ".venv")
    (copy.folder / "aside").rename(copy.folder / ".venv")
    assert linted.returncode == 0, linted.stdout
    assert "not found" not in linted.stdout


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
        ("book/large.bin", "0" * 600_000 + "\n", "large files"),
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
    path = copy.folder / name
    path.write_text(text)
    copy.run("git", "add", name)
    linted = copy.run(".venv/bin/pre-commit", "run", "--files", name)
    copy.run("git", "rm", "--quiet", "--force", name)
    failed = [line.split("...")[0] for line in linted.stdout.splitlines() if line.endswith("Failed")]
    assert linted.returncode
    assert failed == [hook], linted.stdout
