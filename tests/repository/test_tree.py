"""The tree as a whole: imports go one way, the package is light and complete, no file names a place."""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from email import message_from_bytes
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.conftest import tracked
from tools import repository

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "coursepkg"

# What only the Sphinx extension of the explorables needs, and every book of MyST-NB has.
BOOK = {"docutils", "jupyter_cache", "myst_nb", "sphinx"}

# What each part may import, beside the standard library and itself.
MAY_IMPORT = {
    "engine": {"numpy", "tqdm"},  # tqdm where a reader asks for a progress bar
    "plots": {"numpy", "matplotlib", "coursepkg.engine", "coursepkg.explorable.style"},  # the palette
    "scenes": {"numpy", "matplotlib", "coursepkg.engine", "coursepkg.plots", "coursepkg.explorable"},
    "explorable": {"numpy", "matplotlib", "ipywidgets", "IPython", "PIL"} | BOOK,
    "check": {"numpy", "coursepkg.engine"},
    "marking": {"numpy", "matplotlib", "IPython", "jupyter_core", "nbformat", "nbgrader", "otter", "traitlets"}
    | {"coursepkg.check"},
}


def imports(path: Path, source: str) -> set[str]:
    """The modules that a module of the package imports, absolutely named, wherever in it they stand."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*above, *filter(None, [node.module])])
            # `from . import a` imports modules; `from .a import b` may.
            found |= {f"{base}.{alias.name}" for alias in node.names}
    return found


def strays(path: Path, source: str) -> set[str]:
    """The imports that the module's part of the package may not have."""
    part = path.relative_to(PACKAGE).parts[0]
    allowed = MAY_IMPORT[part] | {f"coursepkg.{part}"} | sys.stdlib_module_names
    return {
        name for name in imports(path, source) if not any(name == one or name.startswith(f"{one}.") for one in allowed)
    }


MODULES = sorted(path for part in MAY_IMPORT for path in (PACKAGE / part).rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_go_one_way(path):
    assert strays(path, path.read_text(encoding="utf-8")) == set()


def test_every_part_of_the_package_is_under_that_rule():
    parts = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert parts == set(MAY_IMPORT) == {path.relative_to(PACKAGE).parts[0] for path in MODULES}


@pytest.mark.parametrize(
    ("part", "line", "stray"),
    [
        ("engine", "import matplotlib.pyplot as plt", "matplotlib.pyplot"),
        ("engine", "from ..plots import plane", "coursepkg.plots.plane"),
        ("plots", "def draw():\n    import ipywidgets", "ipywidgets"),
        ("explorable", "from coursepkg.engine import perceptron", "coursepkg.engine.perceptron"),
        ("explorable", "from .. import engine", "coursepkg.engine"),
        ("scenes", "from coursepkg import check", "coursepkg.check"),
        ("check", "from coursepkg.scenes import perceptron", "coursepkg.scenes.perceptron"),
    ],
)
def test_an_import_the_other_way_is_found(part, line, stray):
    assert strays(PACKAGE / part / "module.py", line) == {stray}


def test_importing_the_course_loads_neither_figures_nor_widgets():
    heavy = "{'matplotlib', 'ipywidgets', 'IPython', 'sphinx'}"
    code = f"import sys, coursepkg, coursepkg.engine; print({heavy} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"


def test_the_wheel_holds_the_package_and_nothing_else(wheel):
    """Every file of the package is in it, data and page files too; tests, solutions and the book are not."""
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert held == {path.relative_to(ROOT).as_posix() for path in tracked("coursepkg")}
    assert "coursepkg/py.typed" in held, "without it no checker reads the package's types where it is installed"


def test_the_wheel_says_whose_it_is_and_carries_every_licence(wheel):
    archive = zipfile.ZipFile(wheel)
    info = f"{wheel.name.split('-py3')[0]}.dist-info"
    metadata = message_from_bytes(archive.read(f"{info}/METADATA"))
    assert metadata["Author"] == "The course's authors"
    assert metadata["License-Expression"] == "MIT AND BSD-3-Clause"
    licences = metadata.get_all("License-File")
    assert {name: archive.read(f"{info}/licenses/{name}") for name in licences} == {
        path.relative_to(ROOT).as_posix(): path.read_bytes() for path in tracked("LICENSE", "coursepkg/**/LICENSE*")
    }
    assert len(licences) == 2
    address, _ = repository.settings()
    links = dict(link.split(", ") for link in metadata.get_all("Project-URL", []))
    assert links.get("Repository", "") == address
    assert all(link == address or link == repository.site(address) for link in links.values())


def test_whatever_the_package_imports_is_a_dependency():
    """Every distribution that a module imports, less those that only the book or a progress bar needs."""
    distributions = packages_distributions()

    def needed(modules):
        names = {name.split(".")[0] for path in modules for name in imports(path, path.read_text(encoding="utf-8"))}
        names -= {*sys.stdlib_module_names, *BOOK, "coursepkg", "tqdm"}
        return {canonicalize_name(distributions[name][0]) for name in names}

    def declared(lines):
        return {canonicalize_name(Requirement(line).name) for line in lines}

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    marking = [path for path in MODULES if PACKAGE / "marking" in path.parents]
    assert needed(set(MODULES) - set(marking)) == declared(project["dependencies"])
    instructors = declared(project["optional-dependencies"]["instructor"])
    assert needed(marking) - declared(project["dependencies"]) == instructors


INSTALLED = """
import sys
sys.path.insert(0, {place!r})
import coursepkg
assert coursepkg.__file__.startswith({place!r}), coursepkg.__file__
from coursepkg import check, scenes
from coursepkg.engine.datasets import digits, iris
assert len(digits().X) == 1797
assert len(iris().X)
from coursepkg.explorable.live import Live
from coursepkg.scenes import perceptron
assert Live(perceptron.nudge).view.png().startswith(b"\\x89PNG")
"""


def test_the_wheel_works_where_the_repository_is_not(wheel, tmp_path):
    command = ["pip", "install", "--quiet", "--no-deps", "--no-index", "--target", tmp_path / "there", wheel]
    subprocess.run([sys.executable, "-m", *command], check=True, capture_output=True)
    code = INSTALLED.format(place=str(tmp_path / "there"))
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


# Written in two halves, so that this file does not hold what it looks for.
REGISTRIES = [
    *("pypi" + ".org", "python" + "hosted.org", "registry." + "npmjs", "deb." + "debian.org"),
    *("download." + "pytorch.org", "conda" + ".anaconda.org", "jsdelivr" + ".net", "unpkg" + ".com"),
]
PLACE = re.compile(r"(?<![\w.~-])/(?:home|root|Users|work|tmp)/\w")


@pytest.mark.parametrize("registry", REGISTRIES)
def test_no_file_names_the_host_of_a_registry(registry):
    assert [path for path in tracked() if registry.encode() in path.read_bytes()] == []


def test_no_file_names_a_path_of_a_machine():
    found = [path for path in tracked() if PLACE.search(path.read_text(encoding="utf-8", errors="ignore"))]
    assert found == []
    assert PLACE.search("see /" + "home/ada/course")


def test_the_licences_and_the_citation_name_the_same_authors():
    for name in ("LICENSE", "LICENSE-TEXT", "CITATION.cff"):
        assert "The course's authors" in (ROOT / name).read_text()


def test_the_changelog_begins_with_the_version():
    """A version that is raised has to say what changed."""
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == repository.settings()[1]
    assert headings == sorted(headings, key=Version, reverse=True)
    assert len(set(headings)) == len(headings)


def test_the_version_is_written_alike_everywhere():
    import coursepkg

    assert f'\nversion = "{coursepkg.__version__}"\n' in (ROOT / "pyproject.toml").read_text()
    assert f"\nversion: {coursepkg.__version__}\n" in (ROOT / "CITATION.cff").read_text()
