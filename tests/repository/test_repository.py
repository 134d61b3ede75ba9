"""The course installs itself from one address alone, its owner's, which stands everywhere or nowhere."""

import re
import subprocess
import sys
import tomllib

import nbformat
import pytest
import yaml

from tests.conftest import ROOT, tracked
from tools import exercises, repository

FORK = "https://github.com/ada/course"
WRITERS = {"tools/repository.py", "tools/exercises.py"}  # which hold the patterns of addresses
# Where code comes from: what pip installs, git clones, and Binder and Colab open.
SOURCES = [
    r"\b(git\+[^\s\"'`)]+)",
    r"git clone (?:--branch \S+ )?([^\s\"'`)]+)",
    r"(https://(?:mybinder\.org/v2|colab\.research\.google\.com/github)/[^\s\"'`)]+)",
    r"pip install (?:-\w+ |--[\w-]+ )*['\"]?(?![-$])([^\s\"'`)]+)",
]


def texts() -> dict[str, str]:
    """The text of each file, but for the tests, which make up addresses."""
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8", errors="ignore") for path in tracked(":!tests")}


def sources(text: str) -> set[str]:
    """What the text, maybe a notebook's, has someone install, clone or open."""
    return {found for source in SOURCES for found in re.findall(source, text.replace("\\n", "\n"))}


def known(address: str, version: str) -> set[str]:
    """The sources that a file may name: the address at the version's tag, folders here, and what the lock pins."""
    locked = re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    names = {"requirements.lock", ".", ".[instructor]", "FOLDER", *locked} - {"coursepkg"}
    if address:
        tag = f"v{version}"
        names |= {address, f"git+{address}@{tag}", repository.binder(address, tag), repository.colab(address, tag)}
    return names


# ---- the tree as it stands, with an address or without -------------------------------------------------------


@pytest.mark.parametrize("name", repository.PLACES)
def test_as_it_stands_every_place_names_the_same_address_and_version(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert repository.PLACES[name](text, *repository.settings()) == text


def test_as_it_stands_nothing_is_installed_from_elsewhere():
    allowed = known(*repository.settings())
    found = {name: sources(text) - allowed for name, text in texts().items() if name not in WRITERS}
    assert {name: strange for name, strange in found.items() if strange} == {}


@pytest.mark.parametrize(
    "line",
    [
        *("%pip install -q git+https://github.com/else/course", "!pip install coursepkg", "pip install --user other"),
        *("git clone https://github.com/else/course\\n", "[Binder](https://mybinder.org/v2/gh/else/course/main)"),
        "https://colab.research.google.com/github/else/course/blob/main/book/01_perceptron.ipynb",
    ],
)
def test_a_source_elsewhere_is_found(line):
    assert sources(line) - known(FORK, "9.8.7")


def test_as_it_stands_every_notebook_has_the_first_cell():
    source = exercises.first_cell()
    for path in tracked("book/*.ipynb", "exercises/*.ipynb", "solutions/*.ipynb"):
        first = next(cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code")
        assert first.source == source, path.name
        assert "remove-cell" in first.metadata.tags, path.name


def test_as_it_stands_the_first_cell_does_what_it_says(tmp_path):
    """Where the package is missing, it installs the address's tag, or says what to install and where it is set."""
    address, version = repository.settings()
    plain = exercises.first_cell().replace("    %pip ", "    print('pip', '").replace(f"@v{version}", f"@v{version}')")
    lines = f"import sys\nsys.modules['coursepkg'] = None\n{plain}\n"
    ran = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, cwd=tmp_path)
    if address:
        assert ran.stdout == f"pip install -q git+{address}@v{version}\n"
    else:
        *_, said = ran.stderr.splitlines()
        assert "`make lab`" in said
        assert "`pip install FOLDER`" in said
        assert "`make repository URL=...`" in said


def test_as_it_stands_the_metadata_of_the_wheel_names_the_address():
    address, version = repository.settings()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == version
    assert project.get("urls", {}).get("Repository", "") == address
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert (citation["version"], citation.get("repository-code", "")) == (version, address)


# ---- setting it ------------------------------------------------------------------------------------------------


@pytest.fixture
def strangers(copy):
    """Files in the folder that are not the course's: none of its tests may look at them."""
    ran = nbformat.v4.new_code_cell("1", execution_count=1)
    notebook = nbformat.writes(nbformat.v4.new_notebook(cells=[ran]))
    place = "see /" + "home/ada/course, from pypi" + ".org\n"
    left = {"run.log": place, "book/Untitled.ipynb": notebook, "unclosed.yml": "a: [\n"}
    for name, text in left.items():
        (copy.folder / name).write_text(text)
    yield
    for name in left:
        (copy.folder / name).unlink()


def test_it_is_written_everywhere_at_once_and_taken_out_again_without_a_trace(copy, strangers):
    """Set or not, the tree passes its tests; and what was there before comes back byte for byte."""
    before, version = repository.settings(copy.folder)
    other = "none" if before == FORK else FORK
    made = copy.make("repository", f"URL={other}", "VERSION=9.8.7")
    assert made.returncode == 0, made.stderr
    notebooks = {path.relative_to(ROOT).as_posix() for path in tracked("*.ipynb")}
    assert set(copy.run("git", "diff", "--name-only").stdout.splitlines()) == {*repository.PLACES, *notebooks}
    passed = copy.run(
        *(".venv/bin/pytest", "-q", "-p", "no:cacheprovider", "-n0"),
        *("-k", "stands or readme or citation or alike or names or notebook"),
        *("tests/repository/test_repository.py", "tests/repository/test_readme.py"),
        *("tests/repository/test_workflows.py", "tests/repository/test_tree.py"),
        *("tests/repository/test_strip_notebooks.py", "tests/site/test_build.py"),
    )
    assert passed.returncode == 0, passed.stdout[-4000:]
    made = copy.make("repository", f"URL={before or 'none'}", f"VERSION={version}")
    assert made.returncode == 0, made.stderr
    assert copy.run("git", "diff", "--name-only").stdout == ""


def test_without_an_address_it_offers_the_origin_and_writes_nothing(copy):
    copy.run("git", "remote", "add", "origin", "git@github.com:ada/course.git")
    copy.make("repository", "URL=none")
    state = copy.run("git", "status", "--porcelain").stdout
    asked = copy.make("repository")
    assert f"make repository URL={FORK}\n" in asked.stdout
    assert copy.run("git", "status", "--porcelain").stdout == state
    copy.run("git", "remote", "remove", "origin")
    assert "make repository URL=https://github.com/OWNER/NAME\n" in copy.make("repository").stdout


@pytest.mark.parametrize(
    ("origin", "address"),
    [
        ("https://github.com/ada/course.git", FORK),
        ("https://ada:secret@github.com/ada/course", FORK),
        ("git@github.com:ada/course.git", FORK),
        ("ssh://git@gitlab.com/group/sub/course.git", "https://gitlab.com/group/sub/course"),
        ("/srv/git/course", ""),
        ("../course", ""),
    ],
)
def test_what_an_origin_offers(tmp_path, origin, address):
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    subprocess.run(["git", "-C", tmp_path, "remote", "add", "origin", origin], check=True)
    assert repository.offered(tmp_path) == address


@pytest.mark.parametrize(
    "address",
    [
        *("github.com/ada/course", "http://github.com/ada/course", "https://github.com/ada", "course", ""),
        *("https://github.com/ada/course; rm", "https://ada:secret@github.com/ada/course", f"{FORK}?x", f"{FORK}\n!x"),
        *("https://github.com/ada/../course", "https://github.com/ada/course'"),
    ],
)
def test_what_is_no_address_is_refused_with_what_is(address):
    with pytest.raises(ValueError, match=r"URL must be none or the https address of a repository.*got"):
        repository.tidy(address)


@pytest.mark.parametrize("given", [["URL=course"], ["VERSION=2"], [f"URL={FORK}", "VERSION=main"]])
def test_a_bad_address_or_version_leaves_everything_as_it_was(copy, given):
    state = copy.run("git", "status", "--porcelain").stdout
    made = copy.make("repository", *given)
    assert made.returncode != 0
    assert re.search(r"^repository\.py: (URL|VERSION) must be ", made.stderr, re.MULTILINE)
    assert copy.run("git", "status", "--porcelain").stdout == state


@pytest.mark.parametrize(
    ("address", "binder", "colab", "site"),
    [
        (FORK, "gh/ada/course", "github/ada/course", "https://ada.github.io/course/"),
        ("https://github.com/Ada/ada.github.io", "gh/Ada/ada.github.io", "github/Ada/ada.github.io", "https://ada.github.io/"),
        ("https://gitlab.com/ada/course", "gl/ada%2Fcourse", "", "https://ada.gitlab.io/course/"),
        ("https://git.example.org/ada/course", "git/https%3A%2F%2Fgit.example.org%2Fada%2Fcourse", "", ""),
    ],
)  # fmt: skip
def test_the_links_that_follow_from_an_address(address, binder, colab, site):
    assert f"mybinder.org/v2/{binder}/v1.2.3?urlpath=lab/tree/book" in repository.binder(address, "v1.2.3")
    opened = repository.colab(address, "v1.2.3")
    assert (f"/{colab}/blob/v1.2.3/book/01_perceptron.ipynb" in opened) if colab else opened == ""
    assert repository.site(address) == site
    text = repository.readme((ROOT / "README.md").read_text(encoding="utf-8"), address, "1.2.3")
    assert repository.binder(address, "v1.2.3") in text
    assert ("colab.research" in text) == bool(colab)
    cell = repository.run_cell(address, "v1.2.3")
    assert f"git clone --branch v1.2.3 {address}\n" in cell
    assert ("Colab" in cell) == bool(colab)
