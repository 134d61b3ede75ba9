"""The chapters and exercises run where readers open them: in Colab's set of packages, and on Binder.

Each environment is a virtual environment beside .venv that is made once and kept until what it is made from
changes. The notebooks are run by nbval from here, in a kernel there.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from filelock import FileLock
from packaging.utils import canonicalize_name

from tests.conftest import tracked

ROOT = Path(__file__).parents[2]
COLAB = Path(__file__).with_name("colab.txt")


def locked(package: str) -> str:
    """The line that pins the package in requirements.lock."""
    return re.search(rf"^{package}==\S+", (ROOT / "requirements.lock").read_text(), re.MULTILINE)[0]


# Binder's own image brings a kernel; `binder/` must not, so it is added here.
ENVIRONMENTS = {
    "colab": [["-r", str(COLAB)], ["-e", "."]],
    "binder": [["-r", "binder/requirements.txt"], [locked("ipykernel")]],
}


def run(*command: str | Path, **more) -> subprocess.CompletedProcess:
    return subprocess.run([*map(str, command)], cwd=ROOT, capture_output=True, text=True, **more)


def made_from() -> str:
    """A hash of all that decides what gets installed."""
    dependencies = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    digest = hashlib.sha256(json.dumps([sys.version, ENVIRONMENTS, dependencies]).encode())
    for path in (COLAB, *sorted((ROOT / "binder").iterdir())):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@pytest.fixture(scope="module", params=ENVIRONMENTS)
def environment(request) -> Path:
    folder = ROOT / f".venv-{request.param}"
    stamp = folder / "made-from"
    with FileLock(ROOT / f".venv-{request.param}.lock"):
        if not (stamp.exists() and stamp.read_text() == made_from()):
            made = run(sys.executable, "-m", "venv", "--clear", folder)
            assert made.returncode == 0, made.stderr
            for arguments in ENVIRONMENTS[request.param]:
                made = run(folder / "bin/python", "-m", "pip", "install", "--quiet", *arguments)
                assert made.returncode == 0, made.stderr
            stamp.write_text(made_from())
    return folder


def test_the_course_changes_no_version_of_the_environment(environment):
    """What pip installed for the course left every pinned package as it was."""
    pins = {"colab": COLAB, "binder": ROOT / "binder/pins.txt"}[environment.name.removeprefix(".venv-")]
    listed = json.loads(run(environment / "bin/python", "-m", "pip", "list", "--format=json").stdout)
    installed = {canonicalize_name(package["name"]): package["version"] for package in listed}
    pinned = dict(re.findall(r"^([\w-]+)==([^\s;]+)", pins.read_text(), re.MULTILINE))
    there = installed.keys() & pinned.keys()  # a pin may be for another platform
    assert {"numpy", "matplotlib", "ipywidgets", "ipython"} <= there
    assert {name: installed[name] for name in there} == {name: pinned[name] for name in there}


def test_notebooks_run_in_the_environment(environment, tmp_path):
    """All chapters in Colab's set; on Binder, whose versions are those of every other test here, one.

    One exercise: while they are blank, all do the same there.
    """
    chapters = {"colab": "*.ipynb", "binder": "01_*.ipynb"}[environment.name.removeprefix(".venv-")]
    notebooks = tracked(f"book/{chapters}", "exercises/01_*.ipynb")
    assert {path.parent.name for path in notebooks} == {"book", "exercises"}
    kernel = tmp_path / "kernels" / "elsewhere" / "kernel.json"
    kernel.parent.mkdir(parents=True)
    python = str(environment / "bin/python")
    kernel.write_text(
        json.dumps(
            {
                "argv": [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
                "display_name": "elsewhere",
                "language": "python",
            }
        )
    )
    tested = run(
        *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
        *("--nbval-lax", "--nbval-kernel-name", "elsewhere", *notebooks),
        env=os.environ | {"JUPYTER_PATH": str(tmp_path)},
    )
    assert tested.returncode == 0, tested.stdout[-8000:]
    assert re.search(r"^\d+ passed in", tested.stdout, re.MULTILINE), tested.stdout[-2000:]
