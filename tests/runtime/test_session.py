"""The session that runs a page's cells, on this Python: what it prints, shows, refuses and says of failures."""

import asyncio
import builtins
import json
import sys

import pytest

from tests.conftest import ROOT


@pytest.fixture
def run(monkeypatch):
    """`run(source)` runs a cell; (outcome, messages), each message a kind and its data."""
    for name in ("IPython", "IPython.display", "tqdm", "tqdm.auto", "tqdm.notebook"):
        monkeypatch.setitem(sys.modules, name, sys.modules.get(name))
    for name in [name for name in sys.modules if name.startswith("course_session")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "input", builtins.input)
    monkeypatch.setenv("EXPLORABLE", "static")
    monkeypatch.syspath_prepend(str(ROOT / "web" / "runtime" / "python"))
    from matplotlib import pyplot

    monkeypatch.setattr(pyplot, "show", pyplot.show)
    from course_session import Session

    told = []
    session = Session(lambda kind, cell, data: told.append((kind, data)))
    cells = iter(range(1, 100))

    def run(source):
        told.clear()
        outcome = asyncio.run(session.run(next(cells), source))
        return outcome, list(told)

    return run


def texts(told, stream="stdout"):
    parts = [data.partition("\n") for kind, data in told if kind == "text"]
    return "".join(text for name, _, text in parts if name == stream)


def bundles(told):
    return [json.loads(data) for kind, data in told if kind == "bundle"]


def test_names_last_from_cell_to_cell_and_the_last_value_is_shown(run):
    run("a = 20")
    outcome, told = run("a += 1\na * 2")
    assert outcome == {"ok": True, "line": 0}
    assert bundles(told) == [{"text/plain": "42"}]
    assert bundles(run("_ + 1")[1]) == [{"text/plain": "43"}]


def test_a_cell_that_ends_in_a_statement_or_none_shows_nothing(run):
    assert run("b = 1")[1] == []
    assert run("None")[1] == []
    assert run("3 + 4;")[1] == []


def test_both_streams_come_in_their_order(run):
    _, told = run("import sys\nprint('a')\nprint('b', file=sys.stderr)\nprint('c')")
    assert next(data for _, data in told if "\n" in data).startswith("stdout\n")
    assert texts(told) == "a\nc\n"
    assert texts(told, "stderr") == "b\n"


def test_what_a_cell_says_first_is_told_at_once_however_soon_it_runs_after_another(run):
    run("print('before')")
    _, told = run("print('on')\nprint('and on')")
    assert told[0] == ("text", "stdout\non")


def test_ten_megabytes_are_cut_and_the_reader_is_told(run):
    outcome, told = run("for _ in range(1000):\n    print('x' * 10_000)")
    assert outcome["ok"]
    assert len(texts(told)) < 210_000
    assert "the rest is not shown" in texts(told)


def test_a_failure_names_the_line_of_the_cell_and_no_frame_of_the_runtime(run):
    run("def f(x):\n    return 1 / x")
    outcome, told = run("y = 1\nf(0)")
    assert outcome == {"ok": False, "line": 2}
    (said,) = [data for kind, data in told if kind == "error"]
    assert '"<cell 2>", line 2' in said
    assert "f(0)" in said
    assert '"<cell 1>", line 2' in said
    assert said.endswith("ZeroDivisionError: division by zero\n")
    assert "course_session" not in said


def test_a_name_that_is_not_there_may_be_made_above(run):
    _, told = run("nowhere + 1")
    assert told[-1][1].endswith(
        "NameError: name 'nowhere' is not defined\nIs nowhere made in a cell above? Run all above does it.\n"
    )


def test_a_check_that_the_reader_has_written_over_is_named(run):
    run("from coursepkg import check")
    for change in ("check = 3", "def check(answer): return True"):
        run(change)
        _, told = run("check.nand(lambda: (1, 1, 1))")
        assert told[-1][1].endswith("`check` is no longer the course's: run the cell that imports it once more.\n")
    _, told = run("check.spoon")
    assert told[-1][1].endswith("has no attribute 'spoon'\n")
    run("from coursepkg import check")
    assert texts(run("check.nand(lambda: (-1, -1, 1.5))")[1]).startswith("✓ nand")


def test_a_mistake_in_the_grammar_is_shown_with_its_line(run):
    outcome, told = run("a = 1\nb = (")
    assert outcome == {"ok": False, "line": 2}
    (said,) = [data for kind, data in told if kind == "error"]
    assert "SyntaxError" in said
    assert "b = (" in said


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("import sys\nsys.exit(1)", "asked to exit"),
        ("raise KeyboardInterrupt", "Interrupted"),
        ("raise MemoryError", "more memory"),
        ("input('Your name?')", "cannot wait"),
        ("!ls", "no shell"),
        ("%timeit 1", "plain Python"),
    ],
)
def test_what_a_page_cannot_do_is_said_in_a_line(run, source, says):
    outcome, told = run(source)
    assert not outcome["ok"]
    assert says in [data for kind, data in told if kind == "error"][-1]


def test_pip_is_answered_honestly_and_the_cell_goes_on(run):
    outcome, told = run("%pip install torch\nprint('on')")
    assert outcome["ok"]
    assert "Nothing can be installed on this page" in texts(told)
    assert texts(told).endswith("on\n")


def test_a_per_cent_sign_is_an_operator_where_a_line_goes_on(run):
    _, told = run("a = (7\n% 4)\ntext = '''\n%pip install\n'''\na, text")
    assert bundles(told) == [{"text/plain": "(3, '\\n%pip install\\n')"}]


SCENE = """
from coursepkg.explorable import Frame, Slider, explorable, explore

@explorable(a=Slider(0, 20, 1, label="slope a"), title="Mine", alt="A line")
def mine_{0}(fig):
    (line,) = fig.add_subplot(xlim=(0, 1), ylim=(0, 2)).plot([], [])
    def update(a):
        line.set_data([0, 1], [0, {1}])
        return Frame([line], says=f"The slope is {{a:g}}.")
    return update

explore(mine_{0})
"""


def test_a_readers_scene_is_shown_with_a_few_states_and_any_other_is_drawn_when_asked_for(run):
    from course_session import displays, explorables

    from coursepkg import explorable

    show = sys.modules["coursepkg.explorable.show"]
    kept = show.explore
    displays.spare_compiling()
    try:
        outcome, told = run(SCENE.format("few", "a"))
        assert outcome["ok"], told
        (shown,) = bundles(told)
        assert "The slope is 0." in shown["document"]
        assert json.loads(explorables.controls("mine_few", "[]")) == [{"parts": 10, "between": True, "whole": False}]
        frame = json.loads(explorables.frame("mine_few", json.dumps({"a": 0.125}), "[[0.1, 0.1, 0.8, 0.8]]"))
        assert frame["says"] == "The slope is 0.125."
        run(SCENE.format("few", "2 * a"))  # the cell is edited
        other = json.loads(explorables.frame("mine_few", json.dumps({"a": 0.125}), "[[0.1, 0.1, 0.8, 0.8]]"))
        assert other["fragments"] != frame["fragments"]
        outcome, told = run(SCENE.format("bad", "a") + "\nexplore(3)")
        assert "explore: needs a scene" in told[-1][1]
    finally:
        show.explore = explorable.explore = kept


def test_a_scene_of_the_course_is_found_by_its_name_and_a_strange_one_is_refused(run):
    from course_session import explorables

    from coursepkg.explorable.static import Writer
    from coursepkg.scenes.perceptron import neuron

    state, writer = {"w1": 0.333, "g": "step"}, Writer(neuron)
    laid_out = writer.drawing.axes
    for axes in ([[x + 0.01, y, w * 0.9, h] for x, y, w, h in laid_out], laid_out):
        found = json.loads(explorables.frame("neuron", json.dumps(state), json.dumps(axes)))
        writer.drawing.arrange(axes)
        assert [*found["fragments"], found["says"]] == writer.frame(neuron.default | state)
    with pytest.raises(LookupError, match="no scene is named 'nobody' here"):
        explorables.controls("nobody", "[]")


def test_a_board_is_told_where_the_page_has_its_axes_and_a_file_is_read_or_refused(run):
    from course_session import explorables

    from coursepkg.explorable.board import board
    from coursepkg.explorable.static import Writer
    from coursepkg.scenes.perceptron import nudge

    drawing = Writer(nudge).drawing
    moved = [[x + 0.02, *rest] for x, *rest in drawing.axes]
    (*_, told) = json.loads(explorables.controls("nudge", json.dumps(moved)))
    here = board(drawing)
    assert told["points"]["across"] == pytest.approx([x + 0.02 * 360 for x in here["across"]], abs=0.02)
    assert told["points"]["down"] == pytest.approx(here["down"], abs=0.02)
    explorables.controls("nudge", json.dumps(drawing.axes))
    read = explorables.read("nudge", "data", "0,1,1\n")
    assert json.loads(read) == {"code": nudge.controls["data"].code([(0, 1, 1)])}
    assert json.loads(explorables.read("nudge", "data", "0,1"))["why"].startswith("line 1: 2 values came, '0,1'")
    frame = json.loads(explorables.frame("nudge", json.dumps({"data": "~", "k": 3}), json.dumps(drawing.axes)))
    assert frame["says"].startswith("There is no point yet")
    assert frame["more"] is False
    with pytest.raises(ValueError, match="nudge: data must be points of five letters"):
        explorables.frame("nudge", json.dumps({"data": "~1", "k": 3}), json.dumps(drawing.axes))


def test_top_level_await_runs(run):
    _, told = run("import asyncio\nawait asyncio.sleep(0)\n1 + 1")
    assert bundles(told) == [{"text/plain": "2"}]


def test_rich_forms_and_display_are_shown(run):
    source = (
        "class A:\n    def _repr_html_(self):\n        return '<b>a</b>'\nfrom IPython.display import HTML, display"
    )
    run(source)
    (shown,) = bundles(run("A()")[1])
    assert shown["text/html"] == "<b>a</b>"
    (shown,) = bundles(run("display(HTML('<i>h</i>'))")[1])
    assert shown == {"text/html": "<i>h</i>"}


def test_open_figures_are_shown_once_by_show_and_else_at_the_cells_end(run):
    source = "import matplotlib.pyplot as plt\nplt.plot([0, 1])\n{}"
    for end in ("plt.show()", "None"):
        (shown,) = [one for one in bundles(run(source.format(end))[1]) if "image/png" in one]
        assert shown["image/png"].startswith("iVBOR")
    assert [one for one in bundles(run("None")[1]) if "image/png" in one] == []


def test_a_figure_without_a_description_is_told_by_its_words(run):
    source = (
        "import matplotlib.pyplot as plt\n_, ax = plt.subplots()\nax.set(title='Losses', xlabel='epoch', ylabel='L');"
    )
    (shown,) = [one for one in bundles(run(source)[1]) if "image/png" in one]
    assert shown["text/plain"] == "A figure: Losses: L against epoch."
    (shown,) = [one for one in bundles(run("plt.figure();")[1]) if "image/png" in one]
    assert shown["text/plain"] == "An empty figure."


@pytest.mark.parametrize("name", ["tqdm", "tqdm.auto", "tqdm.notebook"])
def test_a_bar_of_tqdm_moves_on_one_line(run, name):
    _, told = run(f"from {name} import tqdm\nfor _ in tqdm(range(4), desc='epoch'):\n    pass")
    lines = texts(told).split("\r")
    assert lines[-1] == f"epoch: 100% [{'#' * 20}] 4/4\n"
    assert texts(told).count("\n") == 1


def test_a_bar_counts_what_has_no_length_and_ends_its_line_where_the_loop_fails(run):
    source = (
        "from tqdm.auto import tqdm, trange\nfor k in tqdm(iter('ab')):\n    pass\nfor k in trange(4):\n    1 / (k - 2)"
    )
    outcome, told = run(source)
    assert outcome == {"ok": False, "line": 5}
    first, second, rest = texts(told).split("\n")
    assert first.endswith("\r2")
    assert second.endswith(f"\r 50% [{'#' * 10}{'.' * 10}] 2/4")
    assert rest == ""


def test_a_cell_may_redefine_anything_and_the_next_one_still_runs(run):
    run("print = None\nstr = 3")
    outcome, told = run("del print\nprint('here')")
    assert outcome["ok"]
    assert texts(told) == "here\n"
