"""Print the path of a Chromium for the browser tests; where there is none, install one first."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chrome")
ADVICE = (
    "No Chromium was found and none could be installed: install Debian's package chromium, "
    "or Google Chrome, or let `playwright install --with-deps chromium` reach its downloads."
)


def find() -> str | None:
    """The first Chromium on the PATH, else the one that Playwright keeps, else None."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def debian(package: str, apt: bool, root: bool, sudo: bool) -> list[list[str]]:
    """The commands that install Debian's package; none without apt-get and the right to use it.

    The right is root's, or that of a sudo which asks for no password.
    """
    if not (apt and (root or sudo)):
        return []
    apt_get = [*([] if root else ["sudo", "-n"]), "apt-get", "-q"]
    return [[*apt_get, "update"], [*apt_get, "install", "-y", "--no-install-recommends", package]]


def ways(apt: bool, root: bool, sudo: bool) -> list[list[list[str]]]:
    """The ways to install a Chromium, best first; each way is a list of commands.

    Debian's package comes first because it brings its libraries and is patched with the system.
    """
    playwright = [sys.executable, "-m", "playwright", "install", "chromium"]
    package = debian("chromium", apt, root, sudo)
    return [package, [[*playwright, "--with-deps"]]] if package else [[playwright]]


def rights() -> tuple[bool, bool, bool]:
    """Whether there is apt-get, root, and a sudo that asks for no password."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return bool(shutil.which("apt-get")), root, succeeds(["sudo", "-n", "true"])


def succeeds(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL).returncode == 0
    except FileNotFoundError:
        return False


def install() -> str | None:
    """Try each way until one leaves a Chromium that `find` finds."""
    for commands in ways(*rights()):
        print("No Chromium was found. Trying:", " ".join(commands[-1]), file=sys.stderr, flush=True)
        if all(map(succeeds, commands)) and (path := find()):
            return path
    return None


if __name__ == "__main__":
    print(find() or install() or sys.exit(ADVICE))
