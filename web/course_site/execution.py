"""Execution: when a notebook must run again, and on how many cores."""

import hashlib
import os
from importlib.metadata import version
from pathlib import Path

from jupyter_cache import get_cache
from sphinx.application import Sphinx
from sphinx.config import Config


def key_cache(app: Sphinx, config: Config) -> None:
    """Run notebooks again when the package or its tools change, not only when a cell does.

    The cache's own key is a notebook's code; a cache folder for each state of the package adds the rest.
    """
    if os.environ.get("CI"):
        config.nb_execution_mode = "force"
    key = hashlib.sha256()
    root = Path(app.srcdir)
    for path in sorted((root / "coursepkg").rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            key.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    for package in ("numpy", "matplotlib"):
        key.update(version(package).encode())
    config.nb_execution_cache_path = str(Path(app.outdir).parent / ".jupyter_cache" / key.hexdigest()[:16])
    # The first to ask makes the cache's tables: left to the processes that read, two would make them at once.
    cache = get_cache(config.nb_execution_cache_path)
    cache.list_cache_records()
    cache.db.dispose()


def use_cores(app: Sphinx) -> None:
    """Read pages, and so run notebooks, on every core: Jupyter Book has no option for it."""
    app.parallel = os.cpu_count() or 1
    # It numbers chapters once all are read, but does not say that reading in parallel is safe.
    app.extensions["sphinx_multitoc_numbering"].parallel_read_safe = True
