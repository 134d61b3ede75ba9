"""Verification: each page whose cells ran says at its foot when they did, and on what."""

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version

from docutils import nodes
from sphinx.application import Sphinx


def is_cell(node: nodes.container) -> bool:
    """Whether the node is a cell of code."""
    return node.get("nb_element") == "cell_code"


def say(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """Write the day on which every cell of the page last ran without error.

    A page whose cells and package have not changed comes from the cache, and names the day of that run. Where
    SOURCE_DATE_EPOCH is set, as for a build that can be repeated byte for byte, it names the day of the build.
    """
    ran = getattr(app.env, "nb_metadata", {}).get(page, {}).get("exec_data")
    if not (ran and ran["succeeded"] and doctree and any(map(is_cell, doctree.findall(nodes.container)))):
        return
    day = datetime.fromtimestamp(float(os.environ.get("SOURCE_DATE_EPOCH") or ran["mtime"]), UTC).date().isoformat()
    context["body"] += (
        f'<p class="verified">Last verified <time datetime="{day}">{day}</time>: every cell of this page ran without '
        f"error, on Python {platform.python_version()} with NumPy {version('numpy')} and Matplotlib "
        f"{version('matplotlib')}.</p>\n"
    )
