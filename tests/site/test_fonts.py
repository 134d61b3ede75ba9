"""The faces of the text are what their source and its lock make, to the byte, and their licence comes with them."""

import json
import shutil
import subprocess

import pytest

from tests.conftest import ROOT

FONTS, MADE = ROOT / "web" / "fonts", ROOT / "web" / "assets" / "fonts"


@pytest.mark.skipif(shutil.which("npm") is None, reason="Node.js, which only a change of the faces needs, is not here")
def test_rebuilding_them_gives_the_same_bytes(tmp_path):
    made = tmp_path / "fonts"
    shutil.copytree(FONTS, made, ignore=shutil.ignore_patterns("node_modules"))
    for command in (["npm", "ci", "--no-audit", "--no-fund"], ["npm", "run", "build", "--", "out"]):
        run = subprocess.run(command, cwd=made, capture_output=True, text=True)
        assert run.returncode == 0, run.stdout + run.stderr
    assert {path.name: path.read_bytes() for path in (made / "out").iterdir()} == {
        path.name: path.read_bytes() for path in MADE.iterdir()
    }


def test_they_are_light_and_free_to_serve_and_the_lock_has_no_address():
    assert sum(path.stat().st_size for path in MADE.glob("*.woff2")) <= 60_000
    licence = (MADE / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL Open Font License, Version 1.1" in licence
    assert "Reserved Font Name" not in licence.split("-----")[0]  # which a part of a face could not bear
    assert "resolved" not in json.dumps(json.loads((FONTS / "package-lock.json").read_text(encoding="utf-8")))
