"""The package's reference: every public name is in it, as it is written, and the chapters' code leads there."""

import ast
import importlib
import inspect
import json
import pkgutil
import re

import pytest
import sphinx.util.inventory

import coursepkg
from tests.conftest import ROOT

# Scenes are shown in the chapters, judges by what they say; the rest of these serve the build alone.
PRIVATE = ("coursepkg.scenes", "coursepkg.check.", "coursepkg.explorable.", "coursepkg.engine.validate")
PRIVATE += ("coursepkg.engine.workspace", "coursepkg.marking.")


@pytest.fixture(scope="module")
def inventory(site):
    with (site / "objects.inv").open("rb") as file:
        kinds = sphinx.util.inventory.InventoryFile.load(file, "", lambda base, uri: uri)
    return {name: where[2] for kind, names in kinds.items() if kind.startswith("py:") for name, where in names.items()}


def public():
    """(qualified name, places where it may be documented) of each function and class; a package says which are its."""
    inner = tuple(f"coursepkg.engine.{path.parent.name}." for path in (ROOT / "coursepkg/engine").glob("*/__init__.py"))
    for found in pkgutil.walk_packages(coursepkg.__path__, "coursepkg."):
        if found.name.startswith(PRIVATE + inner):
            continue
        module = importlib.import_module(found.name)
        for name in getattr(module, "__all__", None) or vars(module):
            thing = getattr(module, name)
            mine = found.ispkg or getattr(thing, "__module__", None) == module.__name__
            if mine and not name.startswith("_") and (inspect.isfunction(thing) or inspect.isclass(thing)):
                yield f"{found.name}.{name}", {f"{found.name}.{name}", f"{found.name.rpartition('.')[0]}.{name}"}


def test_every_public_name_is_in_it(inventory):
    names = list(public())
    assert len(names) > 150
    assert [name for name, places in names if not places & set(inventory)] == []


def test_what_a_user_of_explorables_needs_is_in_it(inventory):
    assert [name for name in coursepkg.explorable.__all__ if f"coursepkg.explorable.{name}" not in inventory] == []


@pytest.mark.parametrize("page", sorted(path.stem for path in (ROOT / "book").glob("0*.ipynb")))
def test_the_code_of_a_chapter_leads_to_it(site, inventory, page):
    html = (site / "book" / f"{page}.html").read_text(encoding="utf-8")
    cells = json.loads((ROOT / "book" / f"{page}.ipynb").read_text(encoding="utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    named = {
        f"{node.module}.{alias.name}"
        for node in ast.walk(ast.parse(re.sub(r"^\s*%.*$", "    pass", code, flags=re.MULTILINE)))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("coursepkg.engine.")
        for alias in node.names
    } & set(inventory)
    assert named
    assert [name for name in sorted(named) if f'title="{name}"' not in html] == []


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("|w| and x_k, x_{k+1}", "\\|w\\| and x_k, x\\_{k+1}"),
        ("A *scene* draws η*g", "A *scene* draws η\\*g"),
        ("`a|b` and :func:`show` and *args", "`a|b` and :func:`show` and \\*args"),
        ("the last is x_", "the last is x\\_"),
    ],
)
def test_mathematics_in_a_docstring_is_no_mark(monkeypatch, line, shown):
    monkeypatch.syspath_prepend(str(ROOT / "web"))
    from course_site.reference import plain

    assert plain(line) == shown
