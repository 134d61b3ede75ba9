"""exercises/ is generated from solutions/, again and again the same, and no hand-made change to it survives."""

import json
import re
import shutil
import sys
from pathlib import Path

import nbformat
import pytest

from tests.conftest import tracked
from tests.instructor.conftest import NAME, sources
from tools import exercises, repository

ROOT = Path(__file__).parents[2]
PATHS = tracked("solutions/*.ipynb")
each_solution = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


@pytest.fixture
def project(tmp_path):
    """A copy of what the generator reads and writes, with the notebooks of one chapter."""
    for name in ("book", "solutions", "exercises"):
        (tmp_path / name).mkdir()
        shutil.copy(ROOT / name / f"{NAME}.ipynb", tmp_path / name)
    shutil.copy(ROOT / "_config.yml", tmp_path)
    return tmp_path


@pytest.fixture
def generate(project, monkeypatch, capsys):
    """Runs the generator in this process on the copy; returns its exit status and what it printed."""

    def run(*options):
        monkeypatch.setattr(sys, "argv", ["exercises.py", "--root", str(project), *options])
        status = exercises.main()
        return status, "".join(capsys.readouterr())

    return run


def change(path, edit):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    edit(notebook)
    path.write_text(json.dumps(notebook, indent=1), encoding="utf-8")


def test_the_committed_notebooks_are_in_step():
    files, ours = exercises.expected(), set(tracked("book/*.ipynb", "solutions/*.ipynb", "exercises/*.ipynb"))
    assert {ROOT / "exercises" / path.name for path in PATHS} == {
        path for path in ours if path.parent.name == "exercises"
    }
    assert [path for path in ours if path.read_text(encoding="utf-8") != files[path]] == [], "`make exercises` mends it"


def test_every_run_writes_the_same_bytes(project, generate):
    def contents():
        return {path: path.read_bytes() for path in sorted(project.rglob("*")) if path.is_file()}

    before = contents()
    shutil.rmtree(project / "exercises")
    assert generate()[0] == 0
    assert contents() == before  # and nothing beside the notebooks was written
    assert generate() == (0, "")


def tampered(cell, source):
    def edit(notebook):
        next(c for c in notebook["cells"] if c["id"] == cell)["source"] = source

    return edit


@pytest.mark.parametrize(
    ("folder", "edit"),
    [
        ("exercises", tampered("nand-answer", "def nand_weights():\n    return -2, -2, 3")),
        ("exercises", tampered("nand-check", "print('right')")),
        ("exercises", tampered("title", "# Other exercises")),
        ("exercises", lambda notebook: notebook["cells"].pop()),
        ("exercises", lambda notebook: notebook["cells"][5]["metadata"].clear()),
        ("solutions", tampered("install", "%pip install coursepkg")),
    ],
)
def test_a_tampered_notebook_is_found_and_mended(project, generate, folder, edit):
    path = project / folder / "01_perceptron.ipynb"
    before = path.read_bytes()
    change(path, edit)
    after = path.read_bytes()
    status, said = generate("--check")
    assert status == 1
    assert f"{folder}/01_perceptron.ipynb: out of date" in said
    assert "make exercises" in said
    assert path.read_bytes() == after
    assert generate()[0] == 0
    assert path.read_bytes() == before


def test_an_exercise_without_a_source_is_found_and_removed(project, generate):
    stray = project / "exercises" / "99_stray.ipynb"
    shutil.copy(project / "exercises" / "01_perceptron.ipynb", stray)
    assert generate("--check") == (
        1,
        "exercises/99_stray.ipynb: has no source in solutions/\nRun `make exercises` and commit what it writes.\n",
    )
    generate()
    assert not stray.exists()


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("### BEGIN HIDEN TESTS", "### END HIDEN TESTS"),
        ("### BEGIN HIDDEN TEST", "### END HIDDEN TEST"),
        ("### begin hidden tests", "### end hidden tests"),
        ("### BEGIN  HIDDEN TESTS", "### END HIDDEN TESTS"),
        ("#BEGIN HIDDEN TESTS", "#END HIDDEN TESTS"),
        ("### HIDDEN TESTS", "### END"),
        ("### TESTS HIDDEN BEGIN", "### TESTS HIDDEN END"),
        ("# SECRET", "# PUBLIC"),
    ],
)
def test_misspelt_markers_release_nothing(project, generate, capsys, begin, end):
    """Not even if both are misspelt: nbgrader would take them for comments."""
    source = sources(NAME)["count-unseen"].replace("### BEGIN HIDDEN TESTS", begin).replace("### END HIDDEN TESTS", end)
    change(project / "solutions" / f"{NAME}.ipynb", tampered("count-unseen", source))
    with pytest.raises(SystemExit):
        generate()
    said = capsys.readouterr().err
    assert f"solutions/{NAME}.ipynb: cell count-unseen " in said
    assert ("did you mean '### " if begin != "# SECRET" else "students would see `check.count_separable(") in said


def test_a_misspelt_solution_is_not_released_either(project, generate, capsys):
    source = sources(NAME)["nand-answer"].replace(" SOLUTION", " SOLUTON")
    change(project / "solutions" / f"{NAME}.ipynb", tampered("nand-answer", source))
    with pytest.raises(SystemExit):
        generate()
    assert "'### BEGIN SOLUTON': did you mean '### BEGIN SOLUTION'?" in capsys.readouterr().err


def test_every_first_cell_follows_the_one_setting(project, generate):
    config = project / "_config.yml"
    fork = repository.config(config.read_text(encoding="utf-8"), "https://example.org/fork", "9.8.7")
    config.write_text(fork, encoding="utf-8")
    chapter = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# A chapter without it")])
    nbformat.write(chapter, project / "book" / "98_new.ipynb")
    assert generate("--check")[0] == 1
    assert generate()[0] == 0
    notebooks = sorted(project.rglob("*.ipynb"))
    assert {path.parent.name for path in notebooks} == {"book", "solutions", "exercises"}
    for path in notebooks:
        first = next(cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code")
        assert "%pip install -q git+https://example.org/fork@v9.8.7" in first.source, path


@each_solution
def test_instructor_notebooks_keep_their_conventions(path):
    notebook = nbformat.read(path, as_version=4)
    marked = [cell for cell in notebook.cells if "nbgrader" in cell.metadata]
    assert all(cell.metadata.nbgrader.grade_id == cell.id for cell in marked)
    assert {cell.metadata.nbgrader.schema_version for cell in marked} == {3}
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in notebook.cells)


def test_chapter_1_asks_for_a_picture_and_a_text_that_a_person_reads():
    cells = nbformat.read(ROOT / "solutions" / "01_perceptron.ipynb", as_version=4).cells
    marked = [(cell.cell_type, cell.metadata.nbgrader) for cell in cells if "nbgrader" in cell.metadata]
    assert {kind for kind, nbgrader in marked if nbgrader.grade and nbgrader.solution} == {"code", "markdown"}


def test_the_guide_states_the_points_of_chapter_1():
    cells = nbformat.read(ROOT / "solutions" / "01_perceptron.ipynb", as_version=4).cells
    marked = [cell.metadata.nbgrader for cell in cells if cell.metadata.get("nbgrader", {}).get("grade")]
    by_program = sum(nbgrader.points for nbgrader in marked if not nbgrader.solution)
    by_person = sum(nbgrader.points for nbgrader in marked if nbgrader.solution)
    guide = (ROOT / "book" / "teaching.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \d [^|]*\|[^|]*\| (\d*) ?\| (\d*) ?\|$", guide, re.MULTILINE)
    assert [sum(int(points or 0) for points in column) for column in zip(*rows, strict=True)] == [by_program, by_person]
    assert f"give {by_program + by_person} points" in guide


@each_solution
def test_a_blank_holds_nbgraders_stub_and_no_hidden_tests(path):
    notebook = nbformat.read(ROOT / "exercises" / path.name, as_version=4)
    stub = re.compile(r"# YOUR CODE HERE\n *raise NotImplementedError\(\)$|^YOUR ANSWER HERE$")
    for cell in notebook.cells:
        assert "SOLUTION" not in cell.source
        assert "HIDDEN" not in cell.source
        if cell.metadata.get("nbgrader", {}).get("solution"):
            assert stub.search(cell.source), cell.id
