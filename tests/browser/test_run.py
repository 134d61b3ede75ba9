"""The page is the lab: its cells run in the browser, print what they print elsewhere, and fail in good order."""

import re
from pathlib import Path

import axe_playwright_python
import nbformat
import numpy as np
import pytest

from coursepkg.explorable.static import Writer
from coursepkg.scenes.mlp import train_it
from coursepkg.scenes.perceptron import neuron, nudge
from tests.browser.conftest import PHONE, WIDE
from tests.browser.enlivening import opened, same
from tests.browser.placing import Board
from tests.browser.running import BOOT, HELD, RUN, STATUS, came, offered, ready
from tests.conftest import ROOT
from tools import pyodide

pytestmark = pytest.mark.skipif(pyodide.left_out(), reason="RUNTIME= asks for a site that runs no Python")

EXERCISE = "exercises/01_perceptron.html"
STOPPED_AT_ONCE = """() => new Promise(resolve => {
  const told = []
  const { python } = document.querySelector('.run-bar')
  const run = python.run(1, 'while True: pass', (kind, data) => told.push([kind, data]))
  run.then(outcome => resolve([outcome, told]))
  python.interrupt()
})"""
# Told to preload, axe asks for the style sheets anew, those that they import at a wrong place.
PARTS = "[['.run-bar'], ['div.cell'], ['.answer']]"
AXE = """axe.run({ include: %s }, { resultTypes: ['violations'], preload: false })
  .then(found => found.violations.map(one => [one.id, one.nodes.map(node => node.html.slice(0, 120))]))"""
DRAFT = """def nand_weights():
    \"\"\"Return (w1, w2, b).\"\"\"
    return {}
"""


@pytest.fixture(scope="module")
def lab(visit, served):
    """The page of the first exercises, once Python is ready on it."""
    with visit(served, EXERCISE, alone=True) as tab:
        asked = []
        tab.on("request", lambda request: asked.append(request.url))
        offered(tab)
        assert [url for url in asked if "/runtime/" in url] == []
        tab.click(".run-page")
        ready(tab)
        yield tab


@pytest.fixture(autouse=True)
def uncovered(request):
    """The frame of a scene lies over the page's cells, so it goes when its test is done."""
    yield
    if "lab" in request.fixturenames:
        request.getfixturevalue("lab").evaluate("document.getElementById('live')?.remove()")


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


def test_an_answer_in_words_is_kept_taken_away_and_brought_back(lab, tmp_path):
    words = "The two sums clash.\n\n" + 12 * "A longer line, which is broken where the field ends. "
    field = lab.locator("textarea.answer")
    field.fill(words)
    assert words in lab.evaluate("Object.values(JSON.parse(localStorage.getItem(`drafts:${location.pathname}`)))")
    assert field.evaluate("field => field.scrollHeight <= field.clientHeight")
    with lab.expect_download() as download:
        lab.click("text=Download my notebook")
    download.value.save_as(tmp_path / "mine.ipynb")
    mine = {one.id: one.source for one in nbformat.read(tmp_path / "mine.ipynb", 4).cells}
    assert mine["xor-why"] == words.rstrip()
    field.fill("")
    drafts = lab.evaluate("JSON.parse(localStorage.getItem(`drafts:${location.pathname}`)) ?? {}")
    assert words not in drafts.values()
    lab.locator("input[type=file]").set_input_files(tmp_path / "mine.ipynb")
    lab.wait_for_function("text => document.querySelector('.answer').value === text", arg=words.rstrip())


def test_another_notebook_is_refused(lab):
    lab.locator("input[type=file]").set_input_files(ROOT / "exercises" / "02_mlp.ipynb")
    lab.wait_for_function(f"{STATUS}.includes('another notebook')")


def test_a_failure_is_shown_at_its_line(lab):
    write(lab, 0, "a = 1\nb = a / 0")
    said = run(lab, 0)
    assert '"<cell 1>", line 2' in said
    assert said.rstrip().endswith("ZeroDivisionError: division by zero")
    assert "line 2" in lab.evaluate(STATUS)


@pytest.mark.parametrize(("size", "theme"), [(WIDE, "light"), (PHONE, "dark")], ids=["wide, light", "phone, dark"])
def test_axe_finds_nothing_in_cells_with_verdicts_and_a_failure(lab, size, theme):
    lab.set_viewport_size(size)
    lab.emulate_media(color_scheme=theme)
    lab.wait_for_selector(f"html[data-theme={theme}]")
    run(lab, place(lab, "check.nand("))
    assert cell(lab, 0).locator(".output.error").count() == 1
    assert lab.locator(".output.verdict").count() >= 1
    lab.evaluate((Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    assert lab.evaluate(AXE % PARTS) == []


def test_the_authors_text_comes_back(lab):
    lab.set_viewport_size(WIDE)
    author = nbformat.read(ROOT / "exercises" / "01_perceptron.ipynb", 4)
    cell(lab, 0).locator(".cell-reset").click()
    first = next(one.source for one in author.cells if "import matplotlib" in one.source)
    assert cell(lab, 0).locator(".cm-content").inner_text().split() == first.split()


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
    frame.locator("figure[data-live]").wait_for()
    frame.locator(".exact").fill("0.125")
    frame.locator(".exact").press("Enter")
    frame.locator(".says", has_text="The slope is 0.125.").wait_for()
    cell(lab, 0).locator(".cell-reset").click()


def test_a_number_may_be_written_and_a_wish_beyond_the_range_ends_at_its_end(lab):
    frame = opened(lab, neuron)
    field, slider = frame.locator(".exact").nth(2), frame.locator("[data-control=w1]")
    assert not frame.locator(".slider .value").nth(2).is_visible()  # the field stands in its place
    for written, shown in (("0.3333", "0.3333"), ("7", "1"), ("", "1")):
        field.fill(written)
        field.press("Enter")
        frame.locator(".says", has_text=f"z = {shown}·1").wait_for()
        assert slider.get_attribute("aria-valuetext") == field.input_value() == shown
    field.fill("0.3333")
    field.press("Enter")
    slider.press("ArrowLeft")
    frame.locator(".says", has_text="z = 0.3·1").wait_for()
    assert field.input_value() == "0.3"
    frame.locator("text=Reset").click()
    frame.locator(".says", has_text="z = 1·1").wait_for()


def test_a_slow_state_says_so_and_of_those_asked_for_meanwhile_the_newest_is_computed(lab):
    frame = opened(lab, neuron)
    slider = frame.locator("[data-control=b]")
    same(lab, Writer(neuron), neuron.default | {"b": 0.55})
    drawn = lab.evaluate("""() => {
        const { python } = document.querySelector('.run-bar')
        const ask = python.ask.bind(python)
        window.asked = []
        python.ask = async (deed, data) => {
          window.asked.push(data.state.b)
          await new Promise(resolve => (window.release = resolve))
          return ask(deed, data)
        }
    }""")
    assert drawn is None
    for _ in range(4):
        slider.press("ArrowRight")
    frame.locator(".computing:visible").wait_for()
    assert "+ 0.55 =" in frame.locator(".says").inner_text()
    lab.evaluate("delete document.querySelector('.run-bar').python.ask; window.release()")
    frame.locator(".says", has_text="+ 0.75 =").wait_for()
    frame.locator(".computing").wait_for(state="hidden")
    assert lab.evaluate("window.asked") == [0.6]


def near(points, *wanted) -> bool:
    """Whether these are the points, as exactly as a pointer can place them."""
    return np.array(points) == pytest.approx(np.array(wanted), abs=0.02)


def test_points_are_placed_dragged_and_deleted_by_mouse_and_by_keys(lab):
    frame = opened(lab, nudge)
    board = Board(lab, frame, nudge)
    board.choose("OR")
    board.click(0.5, 1.4)
    board.hears("Point 5 placed at (0.")
    board.says("1 of 5 points is still wrong")
    corners = [(0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 1)]
    assert near(board.points, *corners, (0.5, 1.4, 1))
    board.drag((0, 0), (-0.4, 0.3))
    board.hears("Point 1 moved to (−0.")
    assert near(board.points, (-0.4, 0.3, 0), *corners[1:], (0.5, 1.4, 1))
    # From here with keys: the point that was dragged has the focus.
    for key in ("ArrowRight", "Shift+ArrowUp", " "):
        lab.keyboard.press(key)
    assert near(board.points[:1], (-0.35, 0.31, 1))
    lab.keyboard.press("PageUp")
    assert frame.locator(".point:focus").get_attribute("aria-label").startswith("Point 5 of 5: (0.")
    lab.keyboard.press("Delete")
    board.hears("4 points left")
    lab.keyboard.press("a")
    board.hears("Point 5 placed at (0.5, 0.5), labelled 1.")
    frame.locator(".own >> text=Delete it").click()
    assert len(board.points) == 4
    board.says(Writer(nudge).frame(board.state)[-1])
    frame.locator(".own >> text=Clear").click()
    board.says("There is no point yet")
    assert board.points == []
    frame.locator("text=Reset").click()
    board.says("Update 3: (0, 0) is 0")
    assert board.points == [(0, 0, 0), (0, 1, 0), (1, 0, 0), (1, 1, 1)]
    board.choose("your own")  # what the reader had is not lost
    board.says("There is no point yet")


def test_points_are_placed_and_dragged_by_a_finger(lab):
    frame = opened(lab, nudge)
    board = Board(lab, frame, nudge)
    board.choose("0")
    board.touch((0.5, 1.4))
    board.hears("Point 5 placed at (0.")
    board.touch((1, 1), (1.2, 1.1), (1.5, 1.5))
    board.hears("Point 4 moved to (1.")
    assert near(board.points[3:], (1.5, 1.5, 1), (0.5, 1.4, 0))
    board.touch((0.2, 1.5), (0.2, 1.2))  # that would scroll
    assert len(board.points) == 5


def test_a_file_of_points_is_loaded_or_refused_with_its_line(lab):
    frame = opened(lab, nudge)
    board = Board(lab, frame, nudge)
    board.load("x1,x2,class\n0.1,0.2,0\n1,1.5,1\n")
    board.hears("2 points loaded from mine.csv")
    assert board.points == [(0.1, 0.2, 0), (1, 1.5, 1)]
    board.load("0,0,0\n0,7,1\n")
    board.hears("mine.csv could not be read as it is. Line 2: y is 7; allowed is −0.6 to 1.6.")
    board.load(41 * "0,0,0\n")
    board.hears("Line 41: one point too many came; a set has at most 40")
    assert len(board.points) == 2


def test_a_foreign_file_is_scaled_to_fit_where_the_reader_asks_for_it(lab):
    frame = opened(lab, nudge)
    board = Board(lab, frame, nudge)
    scale = frame.get_by_role("button", name="Scale it to fit")
    board.load("0,0,0\nthree,0,1\n")
    board.hears("mine.csv could not be read. Line 2: x is 'three'")
    assert not scale.is_visible()
    board.load("length,width,species\n4.3,-1,setosa\n7.9,0,setosa\n6.1,1,virginica\n")
    board.hears("mine.csv could not be read as it is. Line 2: x is 4.3; allowed is −0.6 to 1.6.")
    scale.click()
    board.hears("3 points loaded from mine.csv: x was scaled: 4.3 to 7.9 is now −0.49 to 1.49; y was scaled:")
    board.hears("'setosa' is 0 here; 'virginica' is 1 here.")
    assert near(board.points, (-0.49, -0.49, 0), (1.49, 0.5, 0), (0.5, 1.49, 1))
    assert not scale.is_visible()
    board.load("0,0,0\n0,7,1\n")
    scale.wait_for()
    frame.locator(".own >> text=Add a point").click()  # the offer goes with its file
    assert not scale.is_visible()


def test_an_address_carries_points_and_a_broken_one_is_refused_with_a_word(lab):
    frame = opened(lab, nudge)
    board = Board(lab, frame, nudge)
    go = "(figure, hash) => void (figure.ownerDocument.defaultView.location.hash = hash)"
    mine = nudge.controls["data"].code([(-0.5, 0.25, 0), (1.25, 1, 1)])
    frame.locator("figure").evaluate(go, f"nudge:k=2,data={mine}")
    board.says(Writer(nudge).frame({"k": 2, "eta": 1, "data": mine})[-1])
    assert board.points == [(-0.5, 0.25, 0), (1.25, 1, 1)]
    for broken in ("~0000", "~9zzzz", "~" + 41 * "00000"):
        frame.locator("figure").evaluate(go, f"nudge:k=3,data={broken}")
        frame.locator(".note", has_text="The address carries points that cannot be read").wait_for()
        board.says("Update 3: (0, 0) is 0")
    board.click(0.5, 0.5)
    frame.locator(".note", has_text="The address carries").wait_for(state="detached")


def test_a_network_learns_the_readers_points_until_it_is_stopped_and_goes_on(lab):
    frame = opened(lab, train_it)
    board = Board(lab, frame, train_it)
    mine = train_it.controls["data"].code([(-1, -1, 0), (1, 1, 0), (-1, 1, 1), (1, -1, 1)])
    state = {"epoch": 400, "hidden": 8, "g": "tanh", "data": mine}
    go = """(figure, state) => {
      const { controls, set, show } = figure.explorable
      controls.forEach(([name], c) => set(c, state[name]))
      show()
    }"""
    frame.locator("figure").evaluate(go, state)
    frame.get_by_role("button", name="Stop").click()
    frame.locator(".computing", has_text="stopped").wait_for()
    assert re.fullmatch(r"Training, epoch \d+ of 400: loss [\d.]+\.", frame.locator(".says").inner_text())
    # Between two pictures the worker has time for others.
    frame.get_by_role("button", name="Go on").click()
    _, told = lab.evaluate(RUN, [1, "print(6 * 7)"])
    assert came(told) == "42\n"
    assert frame.locator(".says").inner_text().startswith("Training, epoch ")
    same(lab, Writer(train_it), state)
    frame.locator(".computing").wait_for(state="hidden")
    frame.locator(".own >> text=Clear").click()
    board.says("There is no point yet")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_a_figure_whose_points_are_the_readers(lab, theme):
    frame = opened(lab, nudge)
    lab.emulate_media(color_scheme=theme)
    Board(lab, frame, nudge).click(0.5, 0.5)
    frame.locator(".own summary").click()
    lab.evaluate((Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    assert lab.evaluate(AXE % "[['#live', 'figure']]") == []


def test_a_chapters_figure_does_live_all_that_it_did_before(visit, served):
    """Dragged, pinned, played and shared; who opens the address has the nearest state until Python runs there, too."""
    chapter = f"{served}/book/05_descent.html"
    context = {"reduced_motion": "no-preference", "permissions": ["clipboard-read", "clipboard-write"]}
    with visit(served, "book/05_descent.html", alone=True, **context) as tab:
        figure = tab.locator("#xp-descend")
        figure.scroll_into_view_if_needed()
        tab.click(".run-page")
        ready(tab)
        figure.and_(tab.locator("[data-live]")).wait_for()
        says, exact = figure.locator(".says"), figure.locator(".exact")
        figure.locator("[data-drag]").scroll_into_view_if_needed()
        box = figure.locator("[data-drag] .ring").bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        tab.mouse.move(x, y)
        tab.mouse.down()
        tab.mouse.move(x + 20, y, steps=4)
        tab.mouse.up()
        start = float(exact.nth(0).input_value())
        assert -1.5 < start < 0
        assert (4 * start) % 1  # between two of the page's states
        figure.locator(".pin").click()
        kept = figure.locator(".ghost").first.inner_html()
        exact.nth(1).fill("0.333")
        exact.nth(1).press("Enter")
        says.get_by_text("0.333").wait_for()
        assert figure.locator(".ghost").first.inner_html() == kept
        figure.get_by_role("button", name="Copy link").click()
        figure.get_by_text("Copied").wait_for()
        address, told = tab.evaluate("navigator.clipboard.readText()"), says.inner_text()
        assert address.startswith(f"{chapter}#descend:")
        assert "eta=0.333" in address
        slider = figure.locator("[data-control=eta]")
        before = float(slider.input_value())
        figure.locator(".play").last.click()
        tab.wait_for_function("([s, k]) => +s.value > k + 1", arg=[slider.element_handle(), before])
        figure.locator(".play").last.click()
        tab.goto("about:blank")
        tab.goto(address)
        figure.locator(".note", has_text="which this page does not have").wait_for()
        assert says.inner_text() != told
        tab.click(".run-page")
        ready(tab)
        figure.locator(".says", has_text=told).wait_for()
        assert [float(one.input_value()) for one in exact.all()] == [start, 0.333]


def test_an_endless_loop_is_stopped_and_the_page_goes_on(lab):
    write(lab, 0, "while True:\n    pass")
    cell(lab, 0).locator(".cell-run").click()
    lab.locator(".run-bar button", has_text="Stop").click()
    lab.wait_for_function(f"{STATUS}.includes('was started anew')", timeout=BOOT)
    write(lab, 0, "print(6 * 7)")
    assert run(lab, 0).strip() == "42"


NO_MODULES = "void (Worker = class extends Worker { constructor(address) { super(address) } })"
SPOILT = "numpy-2.4.3-cp314-cp314-pyemscripten_2026_0_wasm32.whl"


def refused(tab) -> str:
    """Press the button where Python cannot be had; what is said, once the page is as it was."""
    offered(tab)
    before = tab.locator("article").inner_text()
    tab.click(".run-page")
    tab.wait_for_function(f"{STATUS}.includes('.') && !document.querySelector('.run-page').disabled", timeout=BOOT)
    said = tab.evaluate(STATUS)
    assert tab.locator("article").inner_text().replace(said, "").split() == before.split()
    assert tab.locator(".run-page").is_enabled()
    return said


@pytest.mark.parametrize(
    ("lacking", "says"),
    [("delete window.WebAssembly", "no WebAssembly"), (NO_MODULES, "no module workers")],
    ids=["WebAssembly", "module workers"],
)
def test_a_browser_that_cannot_says_so_and_the_page_stays_as_it_was(visit, served, lacking, says):
    with visit(served, EXERCISE, alone=True) as tab:
        tab.evaluate(lacking)
        assert says in refused(tab)


def cut(route):
    route.abort()


def renewed(route):
    route.fulfill(status=404, body="not here")


def spoilt(route):
    route.fulfill(status=200, body=b"something else")


@pytest.mark.parametrize(
    ("address", "answer", "says"),
    [
        (SPOILT, cut, "could not be fetched; try again when the network is back"),
        ("files.json", cut, "list of files could not be fetched; try again when the network is back"),
        (SPOILT, spoilt, f"{SPOILT} is not the file that this site was built with"),
        ("files.json", renewed, "renewed since you opened this page. Reload it."),
        ("page.mjs", cut, "Python could not be loaded"),
    ],
    ids=["network lost half-way", "no network", "spoilt file", "site renewed", "no script"],
)
def test_what_does_not_arrive_is_said_and_the_page_stays_as_it_was(chromium, served, address, answer, says):
    context = chromium.new_context(service_workers="block")
    tab = context.new_page()
    tab.goto(f"{served}/{EXERCISE}")
    tab.route(f"**/_static/runtime/**/{address}", answer)
    assert says in refused(tab)
    context.close()


REFUSED = """
const denied = { get() { throw new DOMException("denied", "SecurityError") } }
Object.defineProperty(window, "localStorage", denied)
Object.defineProperty(Navigator.prototype, "serviceWorker", denied)
"""
HUNGRY = "import numpy as np\nheld = [np.empty(10**8) for _ in range(9)]"
BROKEN = "import os\nos.abort()"


def test_a_page_whose_browser_keeps_nothing_runs_and_outlives_what_breaks_python(chromium, served):
    context = chromium.new_context()
    tab = context.new_page()
    tab.goto(f"{served}/{EXERCISE}")
    tab.evaluate(REFUSED)
    tab.click(".run-page")
    ready(tab)
    assert "keeps nothing" in tab.evaluate(STATUS)
    write(tab, 0, HUNGRY)
    assert "needs more memory" in run(tab, 0)
    write(tab, 0, "for _ in range(1000):\n    print('x' * 10_000)")
    said = run(tab, 0)
    assert said.rstrip().endswith("the rest is not shown.]")
    assert len(said) < 210_000
    write(tab, 0, BROKEN)
    assert "Python broke down" in run(tab, 0)
    tab.wait_for_function(f"{STATUS}.includes('was started anew')", timeout=BOOT)
    write(tab, 0, "print(6 * 7)")
    assert run(tab, 0).strip() == "42"
    context.close()


def test_a_tab_that_changes_a_cell_is_told_of_in_the_other(lab, served):
    other = lab.context.new_page()
    other.goto(f"{served}/{EXERCISE}")
    other.evaluate("localStorage.setItem(`drafts:${location.pathname}`, JSON.stringify({ other: 'theirs' }))")
    lab.wait_for_function(f"{STATUS}.includes('Another tab has changed a cell')")
    other.close()
    write(lab, 0, "mine = 1")
    kept = lab.evaluate("JSON.parse(localStorage.getItem(`drafts:${location.pathname}`))")
    assert set(kept.values()) == {"theirs", "mine = 1"}
    cell(lab, 0).locator(".cell-reset").click()
    lab.evaluate("localStorage.clear()")


def test_a_second_visit_needs_no_network(chromium, served):
    context = chromium.new_context()
    tab = context.new_page()
    tab.goto(f"{served}/{EXERCISE}")
    tab.click(".run-page")
    ready(tab)
    tab.evaluate(HELD)
    write(tab, 0, "mine = 1")
    tab.locator("textarea.answer").fill("in my words")
    context.set_offline(True)
    tab.reload()
    tab.click(".run-page")
    ready(tab)
    assert tab.evaluate("crossOriginIsolated")
    assert cell(tab, 0).locator(".cm-content").inner_text() == "mine = 1"
    assert tab.locator("textarea.answer").input_value() == "in my words"
    outcome, told = tab.evaluate(RUN, [1, "import coursepkg\nprint(coursepkg.__name__)"])
    assert outcome["ok"]
    assert came(told) == "coursepkg\n"
    # Where the page shares memory with its worker, what is stopped keeps its names.
    write(tab, 0, "kept = 42\nwhile True:\n    pass")
    cell(tab, 0).locator(".cell-run").click()
    tab.locator(".run-bar button", has_text="Stop").click()
    cell(tab, 0).locator(".cell_output", has_text="Interrupted. The names defined so far are kept.").wait_for()
    write(tab, 0, "kept")
    assert run(tab, 0).strip() == "42"
    # Stop is heard also where it comes before the worker has begun.
    outcome, told = tab.evaluate(STOPPED_AT_ONCE)
    assert (outcome["ok"], outcome["broken"], told[-1][0]) == (False, False, "error")
    context.close()
