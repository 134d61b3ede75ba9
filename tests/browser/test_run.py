"""The page is the lab: its cells run in the browser, print what they print elsewhere, and fail in good order."""

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import nbformat
import pytest

from tests.browser.conftest import Quiet
from tests.conftest import ROOT
from tools.pyodide import gather

# The capstone trains for minutes in a browser: nbval runs it.
BOOK = sorted(path for path in (ROOT / "book").glob("*.ipynb") if path.stem != "recipe")
ANSWERED = sorted((ROOT / "solutions").glob("*.ipynb"))
BOOT = 300_000  # ms that the slowest machine may take to load and start Python
STATUS = "document.querySelector('.run-bar [role=status]').textContent"
RUN = """([cell, source]) => new Promise(resolve => {
  const told = []
  const { python } = document.querySelector('.run-bar')
  python.run(cell, source, (kind, data) => told.push([kind, data])).then(outcome => resolve([outcome, told]))
})"""
DRAFT = """def nand_weights():
    \"\"\"Return (w1, w2, b).\"\"\"
    return {}
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The address of a small site whose pages run their cells: the first exercises alone."""
    root = tmp_path_factory.mktemp("lab")
    for name in ("web", "tools", "solutions", "coursepkg"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    for path in [*ROOT.glob("LICENSE*"), *(ROOT / name for name in ("_config.yml", "pyproject.toml", "README.md"))]:
        shutil.copy(path, root)
    for folder, name in (("exercises", "01_perceptron.ipynb"), ("book", "references.bib")):
        (root / folder).mkdir()
        shutil.copy(ROOT / folder / name, root / folder)
    (root / "_toc.yml").write_text("format: jb-book\nroot: exercises/01_perceptron\n", encoding="utf-8")
    pyodide = gather(ROOT / "_build" / "pyodide")
    run = subprocess.run(
        [str(Path(sys.executable).parent / "jupyter-book"), "build", "."],
        cwd=root,
        env=os.environ | {"RUNTIME": "yes", "PYODIDE_FROM": str(pyodide), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert "the pages run Python" in run.stdout, run.stdout[-3000:] + run.stderr[-3000:]
    handler = functools.partial(Quiet, directory=root / "_build" / "html")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def ready(tab) -> None:
    """Wait until Python has started on the page, or say why it could not."""
    tab.wait_for_function(f"document.documentElement.dataset.python || {STATUS}.includes('could not')", timeout=BOOT)
    assert "could not" not in tab.evaluate(STATUS), tab.evaluate(STATUS)


@pytest.fixture(scope="module")
def lab(visit, served):
    """The page of the first exercises, once Python is ready on it."""
    with visit(served, "exercises/01_perceptron.html", alone=True) as tab:
        asked = []
        tab.on("request", lambda request: asked.append(request.url))
        tab.wait_for_selector(".run-page")
        assert [url for url in asked if "/runtime/" in url] == []
        tab.click(".run-page")
        ready(tab)
        yield tab


def cell(tab, n: int):
    """The n-th cell of the page, from 0."""
    return tab.locator("article div.cell").nth(n)


def write(tab, n: int, source: str) -> None:
    """Put `source` into the editor of a cell."""
    editor = cell(tab, n).locator(".cm-content")
    editor.click()
    tab.keyboard.press("Control+a")
    tab.keyboard.insert_text(source)


def run(tab, n: int) -> str:
    """Run a cell by its button; its output, once it has come to its end."""
    cell(tab, n).locator(".cell-run").click()
    tab.wait_for_function(
        "n => ![...document.querySelectorAll('article div.cell')][n].querySelector('.cell-run').disabled",
        arg=n,
        timeout=BOOT,
    )
    return cell(tab, n).locator(".cell_output").inner_text()


def place(tab, text: str) -> int:
    """The number of the first cell with `text` in it."""
    return tab.evaluate(
        "text => [...document.querySelectorAll('article div.cell')].findIndex(one => "
        "one.querySelector('pre')?.textContent.includes(text))",
        text,
    )


def test_a_blank_a_wrong_and_a_right_answer_get_their_verdicts(lab):
    answer, check = place(lab, "def nand_weights"), place(lab, "check.nand(")
    run(lab, 0)
    run(lab, answer)
    assert run(lab, check).startswith("○ nand: not attempted")
    write(lab, answer, DRAFT.format("1, 1, -1.5"))
    run(lab, answer)
    assert run(lab, check).startswith("✗ nand")
    assert cell(lab, check).locator(".verdict.wrong").count() == 1
    write(lab, answer, DRAFT.format("-1, -1, 1.5"))
    run(lab, answer)
    assert run(lab, check).startswith("✓ nand")
    assert cell(lab, check).locator(".verdict.right").count() == 1


def test_hints_come_one_by_one(lab):
    check = cell(lab, place(lab, "check.nand("))
    for n in (1, 2):
        check.locator(".cell-hint").click()
        check.locator(".cell_output", has_text=f"Hint {n} of").wait_for(timeout=BOOT)


def test_the_readers_text_is_kept_and_taken_away_and_can_be_reset(lab, tmp_path):
    answer = place(lab, "def nand_weights")
    write(lab, answer, DRAFT.format("-2, -2, 3"))
    kept = lab.evaluate("Object.values(JSON.parse(localStorage.getItem(`drafts:${location.pathname}`)))")
    assert DRAFT.format("-2, -2, 3") in kept
    with lab.expect_download() as download:
        lab.click("text=Download my notebook")
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    mine, theirs = nbformat.read(saved, 4), nbformat.read(ROOT / "exercises" / "01_perceptron.ipynb", 4)
    nbformat.validate(mine)
    changed = [one.source for one, other in zip(mine.cells, theirs.cells, strict=True) if one.source != other.source]
    assert changed == [DRAFT.format("-2, -2, 3").rstrip()]
    assert [one.metadata for one in mine.cells] == [one.metadata for one in theirs.cells]
    cell(lab, answer).locator(".cell-reset").click()
    assert "NotImplementedError" in cell(lab, answer).locator(".cm-content").inner_text()
    lab.locator("input[type=file]").set_input_files(saved)
    lab.wait_for_function(f"{STATUS}.includes('cells loaded')")
    assert "-2, -2, 3" in cell(lab, answer).locator(".cm-content").inner_text()


def test_another_notebook_is_refused(lab):
    lab.locator("input[type=file]").set_input_files(ROOT / "exercises" / "02_mlp.ipynb")
    lab.wait_for_function(f"{STATUS}.includes('another notebook')")


def test_a_failure_is_shown_at_its_line(lab):
    write(lab, 0, "a = 1\nb = a / 0")
    said = run(lab, 0)
    assert '"<cell 1>", line 2' in said
    assert said.rstrip().endswith("ZeroDivisionError: division by zero")
    assert "line 2" in lab.evaluate(STATUS)
    cell(lab, 0).locator(".cell-reset").click()


def stored(path):
    """(source, text that nbval has stored or None) of each cell of code."""
    for one in nbformat.read(path, 4).cells:
        if one.cell_type == "code":
            texts = [
                output.text for output in one.outputs if output.output_type == "stream" and output.name == "stdout"
            ]
            yield one.source, "".join(texts) if texts else None


@pytest.mark.parametrize("path", [*BOOK, *ANSWERED], ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_cell_runs_and_prints_what_is_stored(lab, path):
    for source, text in stored(path):
        outcome, told = lab.evaluate(RUN, [1, source])
        printed = "".join(
            data.partition("\n")[2] for kind, data in told if kind == "text" and data.startswith("stdout")
        )
        failure = [data for kind, data in told if kind == "error"]
        assert outcome["ok"], f"{source}\n{failure}"
        assert [data for kind, data in told if kind == "text" and data.startswith("stderr")] == []
        if text is not None:
            assert printed == text, source
        if path.parent.name == "solutions":
            assert not [line for line in printed.splitlines() if line[:1] in "✗○!"], printed


SCENE = """
from coursepkg.explorable import Frame, Slider, explorable, explore

@explorable(a=Slider(0, 2, 1, label="slope a"), title="Mine", alt="A line")
def mine(fig):
    (line,) = fig.add_subplot(xlim=(0, 1), ylim=(0, 2)).plot([], [])
    def update(a):
        line.set_data([0, 1], [0, a])
        return Frame([line], says=f"The slope is {a:g}.")
    return update

explore(mine)
"""


def test_a_scene_that_the_reader_writes_gets_its_sliders(lab):
    write(lab, 0, SCENE)
    run(lab, 0)
    frame = cell(lab, 0).frame_locator("iframe.cell-frame")
    frame.locator("input[type=range]").focus()
    frame.locator("input[type=range]").press("End")
    frame.locator(".says", has_text="The slope is 2.").wait_for()
    cell(lab, 0).locator(".cell-reset").click()


def test_an_endless_loop_is_stopped_and_the_page_goes_on(lab):
    write(lab, 0, "while True:\n    pass")
    cell(lab, 0).locator(".cell-run").click()
    lab.locator(".run-bar button", has_text="Stop").click()
    lab.wait_for_function(f"/names are gone|did not come/.test({STATUS})", timeout=BOOT)
    write(lab, 0, "print(6 * 7)")
    assert run(lab, 0).strip() == "42"


def test_where_the_worker_cannot_be_had_the_page_stays_as_it_was(visit, served):
    with visit(served, "exercises/01_perceptron.html", alone=True) as tab:
        tab.evaluate("delete window.WebAssembly")
        before = tab.locator("article").inner_html()
        tab.click(".run-page")
        assert "no WebAssembly" in tab.evaluate(STATUS)
        assert tab.locator("article div.cell pre").count() == before.count("<pre")


def test_a_second_visit_needs_no_network(chromium, served):
    context = chromium.new_context()
    tab = context.new_page()
    tab.goto(f"{served}/exercises/01_perceptron.html")
    tab.click(".run-page")
    ready(tab)
    tab.evaluate("""async () => {
        const wanted = [location.href, ...document.querySelector('.run-bar').python.files]
        const held = address => caches.match(address)
        while (!(await Promise.all(wanted.map(held))).every(Boolean)) await new Promise(requestAnimationFrame)
    }""")
    context.set_offline(True)
    tab.reload()
    tab.click(".run-page")
    ready(tab)
    assert tab.evaluate("crossOriginIsolated")
    outcome, told = tab.evaluate(RUN, [1, "import coursepkg\nprint(coursepkg.__name__)"])
    assert outcome["ok"]
    assert "".join(data.partition("\n")[2] for _, data in told) == "coursepkg\n"
    context.close()
