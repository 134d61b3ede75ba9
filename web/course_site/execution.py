"""Execution: whether notebooks run again, and on how many cores."""

import os

from sphinx.application import Sphinx
from sphinx.config import Config


def trust_no_cache(config: Config) -> None:
    """Run every notebook in CI; elsewhere the explorables' extension knows when one must run again."""
    if os.environ.get("CI"):
        config.nb_execution_mode = "force"


def use_cores(app: Sphinx) -> None:
    """Read pages, and so run notebooks, on every core: Jupyter Book has no option for it."""
    app.parallel = os.cpu_count() or 1
    # It numbers chapters once all are read, but does not say that reading in parallel is safe.
    app.extensions["sphinx_multitoc_numbering"].parallel_read_safe = True
