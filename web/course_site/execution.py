"""Execution: whether notebooks run again, on how many cores, and in which order."""

import os
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util.parallel import make_chunks


def trust_no_cache(config: Config) -> None:
    """Run every notebook in CI; elsewhere the explorables' extension knows when one must run again."""
    if os.environ.get("CI"):
        config.nb_execution_mode = "force"


def use_cores(app: Sphinx) -> None:
    """Read pages, and so run notebooks, on every core: Jupyter Book has no option for it.

    By two processes a core: one waits while its kernel starts, and the longest notebook holds nobody up. So many need
    no threads of their own for matrices, which would wait for each other, and on a busy machine ten times as long.
    """
    app.parallel = 2 * (os.cpu_count() or 1)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # It numbers chapters once all are read, but does not say that reading in parallel is safe.
    app.extensions["sphinx_multitoc_numbering"].parallel_read_safe = True


def deal(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Spread the notebooks that run over the parts in which Sphinx reads pages, those with most cells first.

    In the alphabet's order all chapters would be in one part, which one process reads to its end.
    """
    rooms = [len(part) for part in make_chunks(docnames, app.parallel)]
    parts: list[list[str]] = [[] for _ in rooms]
    for name in sorted(docnames, key=lambda name: -_cells(name, app)):
        min((part for part, room in zip(parts, rooms, strict=True) if len(part) < room), key=len).append(name)
    docnames[:] = [name for part in parts for name in part]


def _cells(name: str, app: Sphinx) -> int:
    """The code cells of a page that are run, as its file has them."""
    path = Path(app.env.doc2path(name))
    runs = path.suffix == ".ipynb" and not any(path.match(p) for p in app.config.nb_execution_excludepatterns)
    return path.read_text(encoding="utf-8").count('"cell_type": "code"') if runs else 0
