"""What the front door for marking does before and beside the graders: names, files, cells, and its journal."""

import json
import sys
import zipfile

import nbformat
import pytest

from tests.instructor.conftest import NAME, ROOT, released, solved
from tests.instructor.submissions import CLASS, text, without_metadata
from tools.mark import __main__ as door
from tools.mark import journal
from tools.mark.graders import Marked
from tools.mark.journal import DOUBTED, FAILED, MARKED, Row
from tools.mark.repair import Cannot, read, repair
from tools.mark.submissions import collect, student_of

SOURCE = nbformat.read(ROOT / "solutions" / f"{NAME}.ipynb", as_version=4)


def graded(notebook):
    return {cell.id: cell.source for cell in notebook.cells if "nbgrader" in cell.metadata}


@pytest.mark.parametrize(
    ("path", "student", "guess"),
    [
        (f"ada_{NAME}.ipynb", "ada", ""),
        (f"ada-{NAME}.ipynb", "ada", ""),
        (f"ada_lovelace_{NAME}.ipynb", "ada_lovelace", ""),
        (f"ada_{NAME}-Copy1.ipynb", "ada", ""),
        (f"ada_{NAME} (2).ipynb", "ada", ""),
        (f"ada_{NAME}.ipynb.json", "ada", ""),
        ("ada_01_Perceptron.ipynb", "ada", "misspelt"),
        ("ada_1_perceptron.ipynb", "ada", "misspelt"),
        ("ada_perceptron.ipynb", "ada", "misspelt"),
        ("ada01perceptrom.ipynb", "ada", "misspelt"),
        ("Ada.ipynb", "Ada", "does not name the exercise"),
        (f"ada/{NAME}.ipynb", "ada", "from the folder"),
        (f"Ada Lovelace_123_assignsubmission_file/{NAME}.ipynb", "Ada-Lovelace", "from the folder"),
        (f"Zoë Ångström_{NAME}.ipynb", "Zoë-Ångström", ""),
    ],
)
def test_whose_file_it_is(path, student, guess):
    found, guessed = student_of(path, NAME)
    assert found == student
    assert guess in guessed
    assert bool(guess) == bool(guessed)


@pytest.mark.parametrize("path", [f"{NAME}.ipynb", f"_{NAME}.ipynb", f"{NAME} (1).ipynb"])
def test_a_file_that_names_nobody_is_refused(path):
    with pytest.raises(ValueError, match=f"no student is named .* ada_{NAME}"):
        student_of(path, NAME)


def test_files_are_found_in_folders_and_archives(tmp_path):
    (tmp_path / "ada" / ".ipynb_checkpoints").mkdir(parents=True)
    for name in ("ada/a.ipynb", "ada/.hidden", "ada/.ipynb_checkpoints/a.ipynb"):
        (tmp_path / name).write_text("{}")
    with zipfile.ZipFile(tmp_path / "bea.zip", "w") as archive:
        for name in ("b.ipynb", "__MACOSX/b.ipynb", "folder/"):
            archive.writestr(name, "{}")
    assert [file.path for file in collect(tmp_path)] == ["ada/a.ipynb", "bea/b.ipynb"]
    assert [file.path for file in collect(tmp_path / "bea.zip")] == ["b.ipynb"]
    with pytest.raises(FileNotFoundError, match="it does not exist"):
        collect(tmp_path / "none")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_notebook_is_read_in_any_encoding(encoding):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("é × ±")])
    found, mended = read(json.dumps(notebook, ensure_ascii=False).encode(encoding))
    assert found.cells[0].source == "é × ±"
    assert bool(mended) == (encoding != "utf-8")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "the file is empty"),
        (b"<!DOCTYPE html>", "a web page"),
        (b'{"cells": [', "not JSON"),
        (b"[1]", "no cells"),
        (b'{"cells": 3}', "nbformat cannot read"),
    ],
)
def test_what_is_no_notebook_is_told(data, why):
    with pytest.raises(Cannot, match=why):
        read(data)


def test_a_damaged_cell_is_left_out():
    whole = {"cell_type": "code", "source": ["x = 1"]}
    notebook, mended = read(json.dumps({"cells": [{"cell_type": "song"}, whole, 3]}).encode())
    assert [cell.source for cell in notebook.cells] == ["x = 1"]
    assert mended == ["2 cells were damaged and are left out"]


def test_a_whole_notebook_needs_no_mending_and_brings_the_hidden_tests_back():
    repaired = repair(solved(NAME, released()), SOURCE)
    assert (repaired.mended, repaired.doubts) == ([], [])
    checks = {cell.id: cell.source for cell in SOURCE.cells if cell.metadata.get("nbgrader", {}).get("locked")}
    assert {name: source for name, source in graded(repaired.notebook).items() if name in checks} == checks
    nbformat.validate(repaired.notebook)


def test_cells_are_known_without_metadata_and_ids():
    notebook, _ = read(without_metadata().encode())
    repaired = repair(notebook, SOURCE)
    whole = repair(solved(NAME, released()), SOURCE).notebook
    assert graded(repaired.notebook) == graded(whole)
    assert [doubt for doubt in repaired.doubts if "xor-why" in doubt]  # a text is known by its place alone


def test_cells_of_the_students_own_stay_where_they_were_and_keep_no_metadata_of_nbgraders():
    notebook = solved(NAME, released())
    at = next(i for i, cell in enumerate(notebook.cells) if cell.id == "rule-answer")
    own = nbformat.v4.new_code_cell("helper = 1", metadata={"nbgrader": {"locked": True, "grade_id": "mine"}})
    notebook.cells.insert(at, own)
    setup = next(cell for cell in notebook.cells if cell.id == "setup")
    setup.source += "\nimport math"
    cells = repair(notebook, SOURCE).notebook.cells
    ids = [cell.id for cell in cells]
    [place] = [i for i, cell in enumerate(cells) if cell.source == "helper = 1"]
    assert ids.index("xor-why") < place < ids.index("rule-answer")
    assert "nbgrader" not in cells[place].metadata
    more = cells[ids.index("setup") + 1]  # the import is the student's own, behind the course's cell
    assert more.source.endswith("import math")
    assert "nbgrader" not in more.metadata


def test_two_different_answers_are_a_doubt_and_the_last_counts():
    notebook = solved(NAME, released())
    first = nbformat.from_dict(next(cell for cell in notebook.cells if cell.id == "nand-answer"))
    first.source, first.id = "def nand_weights(): return 0", "copied"
    notebook.cells.insert(2, first)
    repaired = repair(notebook, SOURCE)
    assert repaired.doubts == ["the cell nand-answer is there 2 times: the last one counts"]
    assert "w1 = w2" in graded(repaired.notebook)["nand-answer"]


class Recorded:
    """A grader that gives each of its students full points, fails for one, and is stopped at another."""

    def __init__(self, *_):
        pass

    def mark(self, student, notebook):
        SEEN.append(student)
        if student == STOP_AT[0]:
            raise KeyboardInterrupt
        if student == "bea":
            raise OSError("the disk is full")
        marked = {cell.id: cell.metadata.nbgrader for cell in SOURCE.cells if "nbgrader" in cell.metadata}
        return Marked({name: of.points for name, of in marked.items() if of.grade and not of.solution}, [])


SEEN, STOP_AT = [], [None]


def test_marking_goes_on_after_a_failure_and_after_a_stop(tmp_path, monkeypatch):
    monkeypatch.setitem(door.GRADERS, "nbgrader", Recorded)
    files, folder = tmp_path / "files", tmp_path / "course"
    files.mkdir()
    for student in ("ada", "bea", "cem", "dan"):
        (files / f"{student}_{NAME}.ipynb").write_text(text(released()), encoding="utf-8")
    arguments = (NAME, files, folder, "nbgrader", SOURCE, {})

    SEEN.clear()
    STOP_AT[0] = "cem"
    with pytest.raises(KeyboardInterrupt):
        door.mark(*arguments)
    assert SEEN == ["ada", "bea", "cem"]
    with (folder / f"{NAME}.nbgrader.journal").open("a", encoding="utf-8") as book:
        book.write('{"student": "cem", "fi')  # it was stopped while it wrote

    SEEN.clear()
    STOP_AT[0] = None
    rows = {row.student: row for row in door.mark(*arguments)}
    assert SEEN == ["bea", "cem", "dan"]  # what failed is tried again, what is marked is not
    assert {name: (row.status, row.points) for name, row in rows.items()} == {
        "ada": (MARKED, 16), "bea": (FAILED, None), "cem": (MARKED, 16), "dan": (MARKED, 16)}  # fmt: skip
    assert "the disk is full" in rows["bea"].said[0]
    table = (folder / f"{NAME}.csv").read_text(encoding="utf-8").splitlines()
    assert table[2].startswith("bea,could not be marked,,,,")

    SEEN.clear()
    (files / f"ada_{NAME}.ipynb").write_text(text(solved(NAME, released())), encoding="utf-8")
    door.mark(*arguments)
    assert SEEN == ["ada", "bea"]  # a new file is marked anew


def test_nobody_reads_what_others_handed_in(tmp_path, monkeypatch, capsys):
    asked = []
    monkeypatch.setitem(door.GRADERS, "nbgrader", lambda *given: asked.append(given[-1]) or Recorded())
    files = tmp_path / "files"
    files.mkdir()
    (files / f"ada_{NAME}.ipynb").write_text(text(released()), encoding="utf-8")
    options = ["--seconds", "7", "--total", "70", "--megabytes", "700"]
    monkeypatch.setattr(sys, "argv", ["mark", NAME, str(files), str(tmp_path / "course"), *options])
    assert door.main() == 0
    assert asked == [{"seconds": 7, "total": 70, "megabytes": 700, "secrets": [str(files)]}]
    assert "ada                     16 of 16" in capsys.readouterr().out


def test_a_journal_forgets_failures_and_torn_lines(tmp_path):
    path = tmp_path / "journal"
    assert journal.finished(path) == {}
    rows = [Row("ada", "a", MARKED, 1, 2, 3, ["x"], "1"), Row("bea", "b", FAILED, digest="2"), Row("c", "c", DOUBTED)]
    for row in rows:
        journal.append(path, row)
    path.write_text(path.read_text() + '{"torn', encoding="utf-8")
    assert list(journal.finished(path).values()) == [rows[0], rows[2]]


def test_every_case_of_the_class_is_named_once():
    names = [name for files, *_ in CLASS.values() for name, _ in files]
    assert len(names) == len(set(names))
