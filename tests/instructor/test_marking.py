"""A class is marked by the front door, with real nbgrader and real otter: each gets what the guide's table says."""

import csv
import functools
import http.server
import re
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from tests.browser.conftest import Quiet
from tests.instructor.conftest import NAME, ROOT, released, solved
from tests.instructor.submissions import CLASS, FROM_ITS_PAGE, text
from tools import pyodide

GUIDE = (ROOT / "book" / "teaching.md").read_text(encoding="utf-8")
OTTER = "two wrong answers, a deleted check, and every trick"


def student(case):
    """The student of a case, or "" if its file names none."""
    return re.match(r"[a-z]*", CLASS[case][0][0][0])[0]


def status_of(case):
    return CLASS[case][1]


def rows(folder):
    with (folder / f"{NAME}.csv").open(encoding="utf-8") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def from_its_page(site, chromium, tmp_path_factory) -> bytes:
    """The notebook that a student downloads from the exercise's page, with the right answers typed into its cells."""
    if pyodide.left_out():
        return text(solved(NAME, released())).encode()
    given = solved(NAME, released())
    pairs = [pair for pair in zip(released().cells, given.cells, strict=True) if pair[0].cell_type == "code"]
    (words,) = (one.source for one in given.cells if one.cell_type == "markdown" and "nbgrader" in one.metadata)
    answers = [(blank.source, full.source) for blank, full in pairs if blank.source != full.source]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    tab = chromium.new_page()
    tab.goto(f"http://127.0.0.1:{server.server_port}/exercises/{NAME}.html")
    tab.click(".run-page")
    tab.wait_for_function("document.documentElement.dataset.python", timeout=300_000)
    editors = tab.locator(".cell-editor .cm-content")
    shown = [one.strip() for one in tab.locator("article div.cell .cell_input pre").all_text_contents()]
    for blank, full in answers:
        editors.nth(shown.index(blank.strip())).click()
        tab.keyboard.press("Control+a")
        tab.keyboard.insert_text(full)
    tab.locator("textarea.answer").fill(words)
    with tab.expect_download() as download:
        tab.click("text=Download my notebook")
    saved = tmp_path_factory.mktemp("saved") / download.value.suggested_filename
    download.value.save_as(saved)
    tab.close()
    server.shutdown()
    server.server_close()
    return saved.read_bytes()


def hand_in(path, cases, from_its_page=b""):
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as download:
        for case in cases:
            for number, (name, data) in enumerate(CLASS[case][0]):
                data = from_its_page if data is FROM_ITS_PAGE else data
                download.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 12, number, 0)), data)


@pytest.fixture(scope="module")
def course(tmp_path_factory, environment, follow_guide, from_its_page) -> Path:
    """The folder of the class, marked by the guide's command, which was killed once while it ran."""
    home = Path(environment["HOME"])
    hand_in(home / "downloads.zip", CLASS, from_its_page)
    script = next(block for block in re.findall(r"```bash\n(.*?)```", GUIDE, re.DOTALL) if "tools.mark" in block)
    command = ["bash", "-c", "exec " + script.replace("~", str(home)).strip() + " --seconds 10"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as marking:
        first = marking.stdout.readline()
        marking.kill()
    assert first.startswith("marked              ada"), first
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 1, done.stdout + done.stderr
    (home / "class" / "said.txt").write_text(done.stdout, encoding="utf-8")
    return home / "class"


@pytest.mark.parametrize("case", CLASS)
def test_each_gets_what_it_deserves(course, case):
    _, status, points = CLASS[case]
    row = rows(course)[student(case)]
    assert (row["status"], row["points"]) == (status, "" if points is None else str(points)), row["remarks"]


def test_the_guides_table_says_so():
    table = dict(re.findall(r"^\| ([^|]+?) \| ([^|]+ \|[^|]*?) \|$", GUIDE, re.MULTILINE))
    for case, (_, status, points) in CLASS.items():
        assert table[case] == (f"{status} |" if points is None else f"{status} | {points}"), case


def test_the_list_names_everyone_and_says_why(course):
    said = (course / "said.txt").read_text(encoding="utf-8")
    told = said[said.index(f"{NAME} by nbgrader:") :]
    assert [line for line in said.splitlines() if line.startswith("marked              ada")] == []  # not marked again
    for case, *whys in [
        ("cells deleted, doubled, changed and moved, and an answer learnt by heart",
         "the cell nand-answer is there 2 times: the last one counts; the cells were in another order; "
         "the check xor-check had been changed; the check rule-unseen had been deleted; "
         "the answer eta-answer had been deleted: it is blank now; the check draw-check had been deleted"),
        ("the same student twice, the newer file misspelt without `_`, with a byte order mark, all metadata lost",
         "this is the newest, and jo_01_perceptron.ipynb differs",
         "the name of the exercise is misspelt in 'jo01-perz", "the file began with a byte order mark"),
        ("a file that was cut short", "the file is no notebook: it is not JSON"),
        ("another exercise", "cells of this exercise are there: is it another notebook?"),
        ("a file that names no student", "no student is named in '01_perceptron.ipynb'"),
        ("answers that exit, hang, ask or end Python", "eta-check: code did not end, ended Python"),
    ]:  # fmt: skip
        [line] = [line for line in told.splitlines() if all(why in line for why in (student(case), *whys))]
        assert status_of(case) in line


def test_nbgraders_gradebook_has_the_same_points_and_no_zero_for_a_failure(course, shell):
    shell("nbgrader export --to grades.csv", course)
    with (course / "grades.csv").open(encoding="utf-8") as file:
        grades = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file) if row["assignment"] == NAME}
    marked = {name: float(row["points"]) for name, row in rows(course).items() if row["points"]}
    assert {name: grades[name] for name in marked} == marked
    assert all(row["to read"] == "4" for row in rows(course).values() if row["points"])


def test_feedback_says_what_the_check_said(course, follow_guide):
    follow_guide("nbgrader generate_feedback", course)
    said = {
        name: (course / "feedback" / name / NAME / f"{NAME}.html").read_text(encoding="utf-8")
        for name in ("gus", "ivy")
    }
    assert "Your neuron computes AND; NAND is its opposite." in said["ivy"]
    assert "I say that this is right" not in said["gus"]
    assert all("data:image/png;base64" in page for page in said.values())  # the picture that a person reads


def test_otter_gives_the_same_points(course, environment):
    home = Path(environment["HOME"])
    hand_in(home / "some.zip", [OTTER])
    command = [
        sys.executable,
        "-m",
        "tools.mark",
        NAME,
        str(home / "some.zip"),
        str(home / "otter"),
        "--grader",
        "otter",
    ]
    subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8")
    by_otter, by_nbgrader = rows(home / "otter")[student(OTTER)], rows(course)[student(OTTER)]
    assert by_otter["points"] == by_nbgrader["points"], by_otter["remarks"]
