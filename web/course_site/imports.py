"""Imports: a chapter's cell that only imports is folded on the page, where readers come for what is done with it."""

import ast
import json
from pathlib import Path

from sphinx.application import Sphinx


def only_imports(code: str) -> bool:
    """Whether a cell imports, and does nothing else; one with a notebook's own commands does."""
    try:
        body = ast.parse(code).body
    except SyntaxError:
        return False
    return bool(body) and all(isinstance(line, ast.Import | ast.ImportFrom) for line in body)


def fold(app: Sphinx, docname: str, source: list[str]) -> None:
    """Fold such cells of the book's notebooks; those of the exercises stay open, since the reader runs them."""
    if not docname.startswith("book/") or Path(app.env.doc2path(docname)).suffix != ".ipynb":
        return
    notebook = json.loads(source[0])
    for cell in notebook["cells"]:
        tags = cell["metadata"].get("tags", [])
        hidden = any(tag.startswith(("hide", "remove")) for tag in tags)
        if cell["cell_type"] == "code" and not hidden and only_imports("".join(cell["source"])):
            cell["metadata"]["tags"] = [*tags, "hide-input"]
    source[0] = json.dumps(notebook)
