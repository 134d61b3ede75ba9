"""Print a hash of everything that the site is made from, the interpreter and RUNTIME included.

`make book` leaves it beside the site, so that `make test` need not build the same site again.
"""

import hashlib
import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCES = ["_config.yml", "_toc.yml", "genindex.md", "book", "coursepkg", "exercises", "solutions", "tools", "web"]
SOURCES += ["requirements.lock"]


def fingerprint(root: Path = ROOT) -> str:
    """The hash of the files below `root`, of the interpreter's version, and of whether the pages are to run Python."""
    digest = hashlib.sha256(f"{sys.version} {os.environ.get('RUNTIME', 'yes')}".encode())
    for source in SOURCES:
        found = root / source
        for path in sorted(found.rglob("*")) if found.is_dir() else [found]:
            if path.is_file() and not {"__pycache__", ".ipynb_checkpoints"} & set(path.parts):
                digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    print(fingerprint())
