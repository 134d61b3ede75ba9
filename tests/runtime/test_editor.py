"""The editor's file is what its sources and their lock make, to the byte, and its licences come with it."""

import json
import shutil
import subprocess

import pytest

from tests.conftest import ROOT

EDITOR = ROOT / "web" / "runtime" / "editor"


@pytest.mark.skipif(shutil.which("npm") is None, reason="Node.js, which only a change of the editor needs, is not here")
def test_rebuilding_it_gives_the_same_bytes(tmp_path):
    made = tmp_path / "editor"
    shutil.copytree(EDITOR, made, ignore=shutil.ignore_patterns("node_modules"))
    for command in (["npm", "ci", "--no-audit", "--no-fund"], ["npm", "run", "build"]):
        run = subprocess.run(command, cwd=made, capture_output=True, text=True)
        assert run.returncode == 0, run.stdout + run.stderr
    for name in ("editor.mjs", "editor.licences.txt"):
        assert (tmp_path / name).read_bytes() == (EDITOR.parent / name).read_bytes(), name


def test_each_package_in_it_has_its_licence_and_the_lock_no_address():
    lock = json.loads((EDITOR / "package-lock.json").read_text(encoding="utf-8"))
    licences = (EDITOR.parent / "editor.licences.txt").read_text(encoding="utf-8")
    shipped = [path.removeprefix("node_modules/") for path in lock["packages"] if "/@codemirror/" in path]
    assert shipped
    assert [name for name in shipped if f"{name} " not in licences] == []
    assert "resolved" not in json.dumps(lock)
