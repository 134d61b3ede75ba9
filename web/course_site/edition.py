"""Editions: whose site this is, and whether it is the reader's or the instructor's."""

import json
import os
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError


def point_buttons(config: Config) -> None:
    """Give pages the buttons that lead to the repository; none until it has an address."""
    theme = config.html_theme_options
    host = urlsplit(theme["repository_url"]).netloc
    if not host:
        theme["launch_buttons"] = {}
        return
    theme["use_repository_button"] = True
    if host != "github.com":
        theme["launch_buttons"]["colab_url"] = ""  # Colab opens notebooks of GitHub alone
    if not any(name in host for name in ("github", "gitlab", "bitbucket")):
        theme["repository_provider"] = "gitlab"  # the theme needs one that it knows; Binder gets the whole address


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
