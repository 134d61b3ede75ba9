"""Print the path of the Nu Html Checker for a test; where it is not there yet, or has no Java, fetch that first.

The jar is that of the npm package vnu-jar, as `npm pack` brings it, checked by its hash and kept in `_build/vnu`.
"""

import base64
import hashlib
import shutil
import sys
import tarfile
import tempfile
from pathlib import Path

try:
    from tools import chromium
except ModuleNotFoundError:  # started as a script: its folder is on the path, not the course's
    import chromium

JAR = Path(__file__).parents[1] / "_build" / "vnu" / "vnu.jar"
PACKAGE = "vnu-jar@26.9.27"
SHA512 = "TkQd5DFfOaWC9ebtvozTsrH2Vaod3jYg+vrOeREzIXxBexLz9+rS2DNtjn7+RPUiZhgli0SghgBX6RJRNea0KA=="
ADVICE = (
    "No Java, or no npm that reaches its registry, was found and none could be installed: the test of the pages' "
    "mark-up is skipped. Install Java 11 or newer, as Debian's package default-jre-headless, and npm."
)


def find() -> list[str] | None:
    """The command that runs the checker, else None."""
    java = shutil.which("java")
    return [java, "-jar", str(JAR)] if java and JAR.exists() else None


def debian(name: str, package: str) -> None:
    """Debian's package, where the command is missing and it may be installed."""
    commands = [] if shutil.which(name) else chromium.debian(package, *chromium.rights())
    if commands:
        print(f"No {name} was found. Trying:", " ".join(commands[-1]), file=sys.stderr, flush=True)
        all(map(chromium.succeeds, commands))


def unpack(package: Path, into: Path = JAR) -> None:
    """The jar out of npm's package; `ValueError` where that is another than was looked at."""
    if base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode() != SHA512:
        raise ValueError(f"{package.name} is not the {PACKAGE} that tools/vnu.py names")
    into.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(package) as archive:
        part = into.with_suffix(".part")
        part.write_bytes(archive.extractfile("package/build/dist/vnu.jar").read())
        part.replace(into)


def install() -> list[str] | None:
    """What is missing of Java and the jar."""
    debian("java", "default-jre-headless")
    if not JAR.exists():
        debian("npm", "npm")
        with tempfile.TemporaryDirectory() as folder:
            pack = [shutil.which("npm") or "npm", "pack", "--silent", PACKAGE, "--pack-destination", folder]
            if chromium.succeeds(pack):
                unpack(next(Path(folder).glob("*.tgz")))
    return find()


if __name__ == "__main__":
    print(*(find() or install() or [ADVICE]))
