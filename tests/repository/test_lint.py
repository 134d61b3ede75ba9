"""`make lint` passes on the tree as it stands, and each of its hooks finds what it is there for."""

import re
import shutil


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


FAULTS = [
    ("coursepkg/unused.py", "import os\n", "ruff"),
    ("coursepkg/untidy.py", "x = [1,2]\n", "ruff format"),
    ("coursepkg/engine/untyped.py", "def half(x):\n    return x / 2\n", "types"),
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
]


def test_each_hook_finds_its_fault(copy):
    """A file for each hook, with the one fault that it is there for."""
    faults = {copy.folder / name: text for name, text, _ in FAULTS}
    for path, text in faults.items():
        path.write_text(text)
    copy.run("git", "add", *map(str, faults))
    linted = copy.run(".venv/bin/pre-commit", "run", "--files", *(name for name, *_ in FAULTS))
    changed = {path.relative_to(copy.folder).as_posix() for path, text in faults.items() if path.read_text() != text}
    copy.run("git", "rm", "--quiet", "--force", *map(str, faults))
    assert linted.returncode
    said = re.split(r"^(.*?)\.{3,}.*?(Passed|Failed|Skipped)$", linted.stdout, flags=re.MULTILINE)
    found = {hook: (outcome, text) for hook, outcome, text in zip(said[1::3], said[2::3], said[3::3], strict=True)}
    assert set(found) == {hook for *_, hook in FAULTS}
    for name, _, hook in FAULTS:
        outcome, text = found[hook]
        assert outcome == "Failed", linted.stdout
        assert name in text or name in changed, (hook, text)
    assert changed == {"coursepkg/untidy.py", "book/unending.md", "book/trailing.md", "book/ran.ipynb"}
