"""What many tests need: the built site, and a real Chromium that can reach this machine alone."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from tools.chromium import find
from tools.fingerprint import fingerprint

# Hypothesis would fail an example for taking 200 ms: that says something of the machine, not of the course.
settings.register_profile("course", deadline=None)
settings.load_profile("course")

ROOT = Path(__file__).parents[1]

# Scripts that record data; doctest would import them, and they need what the tests do not.
collect_ignore = ["reference"]
if os.name == "nt":  # neither make nor the shell in which the guide's lines are written
    collect_ignore += ["repository", "instructor"]

# What `make book` runs; tests/repository/test_makefile.py holds the two together.
BOOK = ["jupyter-book", "build", ".", "-W", "--keep-going", "-n"]

# Chromium's own services would call other hosts; no page of ours may.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def outside_make() -> dict[str, str]:
    """The environment without what `make test` adds to it: a make that is started in it speaks as to a newcomer."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}


def tracked(*patterns: str) -> list[Path]:
    """The files that git tracks, all or those that match: what a stranger leaves in the folder is not the course's."""
    command = ["git", "ls-files", "-z", "--", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [path for path in (ROOT / name for name in listed.split("\0") if name) if path.is_file()]


@pytest.fixture(scope="session")
def site() -> Path:
    """The html folder of the site as `make book` left it, or built as it builds where something has changed since."""
    build = ROOT / "_build"
    build.mkdir(exist_ok=True)
    stamp = build / "fingerprint"
    with FileLock(build / "lock"):
        if not (stamp.exists() and stamp.read_text().strip() == fingerprint() and (build / "html").exists()):
            for stale in (stamp, build / "html", build / ".doctrees"):
                shutil.rmtree(stale) if stale.is_dir() else stale.unlink(missing_ok=True)
            now = fingerprint()
            run = subprocess.run(
                [str(Path(sys.executable).parent / BOOK[0]), *BOOK[1:]],
                cwd=ROOT,
                env={k: v for k, v in os.environ.items() if k != "EDITION"},
                capture_output=True,
                text=True,
            )
            if run.returncode:
                pytest.fail(f"make book fails:\n{run.stdout[-8000:]}\n{run.stderr[-8000:]}", pytrace=False)
            stamp.write_text(now)
    return build / "html"


@pytest.fixture(scope="session")
def wheel(tmp_path_factory) -> Path:
    """The wheel of what git tracks, built once, in a copy, for a build leaves folders behind."""
    # pytest-xdist gives each of its processes a folder below one that they share.
    shared = tmp_path_factory.getbasetemp()
    shared = (shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared) / "wheel"
    with FileLock(f"{shared}.lock"):
        if not shared.exists():
            source = tmp_path_factory.mktemp("source")
            for path in tracked():
                there = source / path.relative_to(ROOT)
                there.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, there)
            command = [
                "pip",
                "wheel",
                "--quiet",
                "--no-deps",
                "--no-build-isolation",
                "--no-index",
                "-w",
                shared,
                source,
            ]
            run = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True)
            assert run.returncode == 0, run.stdout + run.stderr
    return next(shared.glob("*.whl"))


# Playwright keeps an event loop and greenlets running while it is open, in which asyncio.run refuses to
# start and CPython 3.11's parser has failed: a browser a module keeps them away from all other tests.
@pytest.fixture(scope="module")
def chromium() -> Iterator:
    """A Playwright browser to which no host exists but 127.0.0.1."""
    from playwright.sync_api import sync_playwright

    path = find() or pytest.fail("no Chromium: `python tools/chromium.py` installs one", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()
