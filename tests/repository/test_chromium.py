"""tools/chromium.py finds a Chromium, else installs one the best way there is, else says so in a line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools import firefox
from tools.chromium import ADVICE, find, ways

ROOT = Path(__file__).parents[2]
PLAYWRIGHT = [sys.executable, "-m", "playwright", "install", "chromium"]


def test_find_prefers_the_path(tmp_path, monkeypatch):
    for name in ("google-chrome", "chromium"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        assert find() == str(tmp_path / name)


@pytest.mark.parametrize(("apt", "root", "sudo"), [(False, True, True), (True, False, False)])
def test_without_apt_or_the_right_to_use_it_only_playwright_is_left(apt, root, sudo):
    assert ways(apt, root, sudo) == [[PLAYWRIGHT]]


@pytest.mark.parametrize(("root", "become"), [(True, []), (False, ["sudo", "-n"])])
def test_debians_package_comes_first_where_it_may(root, become):
    debian, playwright = ways(apt=True, root=root, sudo=not root)
    assert [command[: len(become) + 1] for command in debian] == [[*become, "apt-get"]] * 2
    assert "update" in debian[0]
    assert {"install", "-y", "chromium"} <= set(debian[1])
    assert playwright == [[*PLAYWRIGHT, "--with-deps"]]


def run(bin: Path, tmp_path: Path) -> subprocess.CompletedProcess:
    """Run the tool with nothing on its PATH but `bin`, and with no way to Playwright's downloads."""
    closed = {
        "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "none"),
        "PLAYWRIGHT_DOWNLOAD_HOST": "http://127.0.0.1:9",
    }
    return subprocess.run(
        [sys.executable, ROOT / "tools" / "chromium.py"],
        env={"PATH": str(bin), "HOME": str(tmp_path), **closed},
        capture_output=True,
        text=True,
    )


def script(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


@pytest.fixture
def bin(tmp_path) -> Path:
    """A PATH where becoming root works and apt-get notes what it is asked for."""
    script(tmp_path / "bin" / "sudo", 'shift; exec "$@"')
    script(tmp_path / "bin" / "true", "exit 0")
    return tmp_path / "bin"


def test_it_installs_debians_package(bin, tmp_path):
    browser = bin / "chromium"
    installing = f'case "$*" in *install*) echo > {browser}; /bin/chmod +x {browser};; esac'
    script(bin / "apt-get", f'echo "$@" >> {tmp_path}/asked; {installing}')
    done = run(bin, tmp_path)
    assert (done.returncode, done.stdout) == (0, f"{browser}\n"), done.stderr
    asked = (tmp_path / "asked").read_text().splitlines()
    assert [line.split()[1] for line in asked] == ["update", "install"]


def test_it_fails_in_one_line_that_says_what_to_install(bin, tmp_path):
    script(bin / "apt-get", "echo no >&2; exit 100")
    done = run(bin, tmp_path)
    assert done.returncode == 1
    *tried, last = done.stderr.splitlines()
    assert last == ADVICE
    assert len(tried) == 2
    assert all(line.startswith("No Chromium was found. Trying: ") for line in tried)
    assert "\n" not in ADVICE


def test_a_chromium_that_is_there_is_left_alone(bin, tmp_path):
    script(bin / "apt-get", f"touch {tmp_path}/asked")
    script(bin / "chromium", "")
    done = run(bin, tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{bin}/chromium\n", "")
    assert not os.path.exists(tmp_path / "asked")


def test_firefox_comes_from_the_path_or_from_debian(bin, tmp_path):
    """Where neither has it, a line says so and the tests that need it are left out: no error."""
    tool = [sys.executable, ROOT / "tools" / "firefox.py"]
    asked = {"env": {"PATH": str(bin), "HOME": str(tmp_path)}, "capture_output": True, "text": True}
    script(bin / "apt-get", "exit 100")
    assert subprocess.run(tool, **asked).stdout == f"{firefox.ADVICE}\n"
    browser = bin / "firefox-esr"
    script(bin / "apt-get", f'case "$*" in *install*firefox-esr) echo > {browser}; /bin/chmod +x {browser};; esac')
    assert subprocess.run(tool, **asked).stdout == f"{browser}\n"
    script(bin / "apt-get", "exit 100")
    assert subprocess.run(tool, **asked).stdout == f"{browser}\n"


def test_the_driver_of_firefox_comes_from_the_path_or_with_the_tests(bin, monkeypatch):
    monkeypatch.setenv("PATH", str(bin))
    assert Path(firefox.driver()).name.startswith("geckodriver_")
    assert os.access(firefox.driver(), os.X_OK)
    script(bin / "geckodriver", "exit 0")
    assert firefox.driver() == str(bin / "geckodriver")
