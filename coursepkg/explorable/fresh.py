"""Fresh: notebooks run again when the code that their cells import has changed.

A notebook cache knows a notebook by its cells alone, but the code of its scenes lies in modules. So the cache gets a
folder for each state of the modules that any cell imports, directly or not. A package counts with all its files, since
its data and what it imports by name belong to it too. What was installed counts by its version, where it draws.
"""

import ast
import hashlib
import importlib.util
import json
import re
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib.machinery import ModuleSpec, PathFinder
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from jupyter_cache import get_cache
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.matching import get_matching_files

CODE_CELL = re.compile(r"^(`{3,}|:{3,})\{code-cell\}[^\n]*\n(.*?)^\1", re.DOTALL | re.MULTILINE)
STDLIB = Path(sysconfig.get_path("stdlib")).resolve()
DRAWING = (__package__.partition(".")[0], "matplotlib", "numpy")


def key_cache(app: Sphinx, config: Config) -> None:
    """Give the notebook cache the folder for the modules as they are now."""
    excluded = [*config.exclude_patterns, ".*", "**/.*", "_build"]
    pages = (Path(app.srcdir, name) for name in get_matching_files(app.srcdir, config.include_patterns, excluded))
    notebooks = sorted(page for page in pages if page.suffix in (".ipynb", ".md"))
    base = config.nb_execution_cache_path or Path(app.outdir).parent / ".jupyter_cache"
    config.nb_execution_cache_path = str(Path(base) / key(notebooks))
    # The first to ask makes the cache's tables: left to the processes that read, two would make them at once.
    cache = get_cache(config.nb_execution_cache_path)
    cache.list_cache_records()
    cache.db.dispose()


def key(notebooks: Iterable[Path]) -> str:
    """Sixteen hexadecimal digits that change with the code that the cells of ``notebooks`` import."""
    state = hashlib.sha256()
    for name, path in sorted(local_files(notebooks).items()):
        state.update(name.encode() + b"\0" + path.read_bytes())
    for package in DRAWING:
        with suppress(PackageNotFoundError):  # on the path, but not installed: then its files count
            state.update(f"{package} {version(package)}\0".encode())
    return state.hexdigest()[:16]


def local_files(notebooks: Iterable[Path]) -> dict[str, Path]:
    """The files behind all that the cells import and that was not installed, by module and place within it."""
    files: dict[str, Path] = {}
    todo = [(name, path.parent) for path in notebooks for code in cells(path) for name in imported(code)]
    seen = set()
    while todo:
        name, folder = todo.pop()
        spec = find(name, folder)
        if spec is None or (name, spec.origin) in seen:
            continue
        seen.add((name, spec.origin))
        for place, path in module_files(spec):
            files[f"{name}/{place}"] = path
            if path.suffix == ".py":
                todo += [(other, folder) for other in imported(path.read_text(encoding="utf-8"))]
    return files


def cells(notebook: Path) -> list[str]:
    """The code cells of a notebook, as ``.ipynb`` or as MyST Markdown."""
    text = notebook.read_text(encoding="utf-8")
    if notebook.suffix == ".md":
        return [body for _, body in CODE_CELL.findall(text)]
    with suppress(ValueError):  # no JSON: MyST-NB will say so, should the book have this file among its pages
        return ["".join(cell["source"]) for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
    return []


def imported(code: str) -> set[str]:
    """The top-level names of the modules that ``code`` imports."""
    try:
        tree = ast.parse(code)
    except SyntaxError:  # IPython's magic, or the options of a cell of Markdown: then line by line
        return set(re.findall(r"^\s*(?:from|import)\s+(\w+)", code, re.MULTILINE))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def find(name: str, folder: Path) -> ModuleSpec | None:
    """Where a kernel that runs in ``folder`` finds the module ``name``; it is not imported."""
    spec = PathFinder.find_spec(name, [str(folder), *sys.path])
    with suppress(ValueError):  # __main__ has none
        return spec or importlib.util.find_spec(name)
    return None


def module_files(spec: ModuleSpec) -> Iterator[tuple[str, Path]]:
    """The files of a module or package, each with its place in it; nothing where it was installed."""
    for folder in map(Path, spec.submodule_search_locations or ()):
        for path in sorted(folder.rglob("*")) if local(folder) else ():
            place = path.relative_to(folder)
            if path.is_file() and path.suffix != ".pyc" and not any(part.startswith(".") for part in place.parts):
                yield place.as_posix(), path
    if spec.origin and spec.has_location and not spec.submodule_search_locations and local(Path(spec.origin)):
        yield "", Path(spec.origin)


def local(path: Path) -> bool:
    """Whether ``path`` belongs neither to Python nor to what was installed for it."""
    path = path.resolve()
    return not ({"site-packages", "dist-packages"} & set(path.parts) or path.is_relative_to(STDLIB))
