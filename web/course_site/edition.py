"""Editions: whose site this is, and whether it is the reader's or the instructor's."""

import json
import os
from pathlib import Path

import yaml
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError


def point_buttons(config: Config) -> None:
    """Let a fork point Binder and Colab to itself without an edit."""
    theme = config.html_theme_options
    theme["repository_url"] = os.environ.get("COURSE_REPOSITORY_URL") or theme["repository_url"]
    if "github.com" not in theme["repository_url"]:
        theme["launch_buttons"]["colab_url"] = ""  # Colab opens notebooks of GitHub alone


def instructor() -> bool:
    """Whether the instructor's edition is asked for; any other name is an error."""
    edition = os.environ.get("EDITION", "")
    if edition not in ("", "instructor"):
        raise ExtensionError(f"EDITION={edition!r} is unknown: leave it unset, or set it to 'instructor'")
    return bool(edition)


def choose(app: Sphinx, config: Config) -> None:
    """Add the solutions to the table of contents of the instructor's edition."""
    if not instructor():
        return
    toc = yaml.safe_load(Path(config.external_toc_path).read_text(encoding="utf-8"))
    solutions = sorted((Path(app.srcdir) / "solutions").glob("*.ipynb"))
    chapters = [{"file": f"solutions/{path.stem}"} for path in solutions]
    toc["parts"].append({"caption": "Solutions", "chapters": chapters})
    written = Path(app.outdir).parent / "_toc_instructor.yml"
    written.parent.mkdir(parents=True, exist_ok=True)
    written.write_text(yaml.safe_dump(toc, sort_keys=False), encoding="utf-8")
    config.external_toc_path = written.as_posix()


def fold_solutions(app: Sphinx, docname: str, source: list[str]) -> None:
    """Fold the cells that hold a solution, so that an instructor can project the page."""
    if not docname.startswith("solutions/"):
        return
    notebook = json.loads(source[0])
    for cell in notebook["cells"]:
        if "BEGIN SOLUTION" in "".join(cell["source"]):
            cell["metadata"].setdefault("tags", []).append("hide-cell")
    source[0] = json.dumps(notebook)
