"""What every check promises: outcomes, modes, hints, and that a student's function harms only itself."""

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from coursepkg import check
from coursepkg.check import answer as answers
from coursepkg.check import exercise as ex
from coursepkg.check import mode as modes
from coursepkg.check.answer import Answer, Wrong, whole

ROOT = Path(__file__).parents[2]


def right(*_):
    return -2, -2, 3


def wrong(*_):
    return 1, 1, -1.5


def blank(*_):
    raise NotImplementedError()


def broken(*_):
    return 1 / 0  # the line at fault


ANSWERS = {
    ex.Outcome.RIGHT: right,
    ex.Outcome.WRONG: wrong,
    ex.Outcome.NOT_ATTEMPTED: blank,
    ex.Outcome.ERROR: broken,
}
ACCEPTED = {"friendly": set(ex.Outcome), "strict": {"right"}, "unattempted": {"not attempted"}}


@pytest.fixture(autouse=True)
def mode(monkeypatch):
    """Sets the mode; without a call, the default."""
    monkeypatch.setattr(modes, "MODE", "friendly")
    return lambda value: monkeypatch.setattr(modes, "MODE", value)


@pytest.fixture
def judged(monkeypatch):
    """Registers a judge under the name it has, for one test."""
    monkeypatch.setattr(ex, "EXERCISES", dict(ex.EXERCISES))
    return lambda judge: ex.exercise("think", "try", "look")(judge)


@pytest.mark.parametrize("outcome", ANSWERS)
@pytest.mark.parametrize("name", ACCEPTED)
def test_mode_decides_what_raises(name, outcome, mode, capsys):
    mode(name)
    if outcome in ACCEPTED[name]:
        assert check.nand(ANSWERS[outcome]) is None  # nbgrader reads a value as points
        assert f"nand: {outcome}" in capsys.readouterr().out
    else:
        with pytest.raises(check.CheckFailed, match=f"nand: {outcome}") as failure:
            check.nand(ANSWERS[outcome])
        assert isinstance(failure.value, AssertionError)


def test_without_a_setting_a_check_is_friendly(capsys):
    assert modes.read({}) == "friendly"
    check.nand(wrong)
    assert "✗ nand: not yet" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["friendly", "unattempted"])
@pytest.mark.parametrize("execution", ["autograde", "validate"])
def test_nbgrader_is_strict_whatever_the_setting(name, execution):
    assert modes.read({"COURSEPKG_CHECK": name}) == name
    assert modes.read({"COURSEPKG_CHECK": name, "NBGRADER_EXECUTION": execution}) == "strict"


def test_unknown_mode_names_the_allowed_ones():
    with pytest.raises(ValueError, match=r"'freindly'.*did you mean 'friendly'"):
        modes.read({"COURSEPKG_CHECK": "freindly"})


def test_no_answer_changes_the_mode(mode, monkeypatch):
    mode("strict")

    def trick():
        monkeypatch.setenv("COURSEPKG_CHECK", "friendly")
        monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
        return 1, 1, -1.5

    with pytest.raises(check.CheckFailed):
        check.nand(trick)


def test_hints_go_on_and_end(capsys):
    for n in (1, 2, 3):
        assert check.hint("nand", n) is None
    printed = capsys.readouterr().out
    assert [f"Hint {n} of 3" in printed for n in (1, 2, 3)] == [True] * 3
    check.hint("nand")
    assert "Hint 1 of 3" in capsys.readouterr().out
    for n in (0, 4, -1, "1", 1.5, None):
        with pytest.raises(ValueError, match=r"hints 1 to 3, but n is"):
            check.hint("nand", n)
    with pytest.raises(ValueError, match="did you mean 'nand'"):
        check.hint("nandd")


@pytest.mark.parametrize("name", ex.EXERCISES)
def test_every_exercise_is_whole(name):
    assert getattr(check, name).__name__ == name
    assert name in check.__all__
    assert getattr(check, name).__doc__
    hints = ex.EXERCISES[name].hints
    assert len(hints) >= 2
    assert len(set(hints)) == len(hints)


def test_every_exercise_is_asked_in_a_notebook_once():
    asked = []
    for path in sorted((ROOT / "exercises").glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        source = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
        asked += [name for name in ex.EXERCISES for _ in range(source.count(f"check.{name}("))]
    assert sorted(asked) == sorted(ex.EXERCISES)


def test_two_exercises_of_one_name_are_refused(judged):
    with pytest.raises(ValueError, match="two exercises are called 'nand'"):
        judged(ex.EXERCISES["nand"].judge)


def test_a_wrong_answer_names_quantity_input_value_rule_and_next_step(judged):
    def judge(answer):
        raise Wrong("the sum", on="x = 3", got=answer(), rule="It adds up.", next="Add again.")

    judged(judge)
    assert ex.report("judge", lambda: 7).text.split("\n") == [
        "✗ judge: not yet",
        "On x = 3, the sum came out as 7.",
        "Rule: It adds up.",
        "Next: Add again.",
        'Stuck? check.hint("judge", 1) is the first of 3 hints.',
    ]


def test_an_unknown_mistake_is_answered_by_the_first_hint_and_no_other(judged):
    def judge(answer):
        """`f(x)` returns a sum."""
        raise Wrong("the sum", on="x = 3", got=answer(7))

    judged(judge)
    assert ex.report("judge", lambda x: x).text.split("\n") == [
        "✗ judge: not yet",
        "On x = 3, the sum came out as 7.",
        "Begin with this: think",
        'Stuck? check.hint("judge", 1) is the first of 3 hints.',
    ]


@pytest.mark.parametrize("answer", [lambda: 1, lambda x, y: x, lambda *, x: x], ids=["none", "two", "by name"])
def test_a_function_of_other_arguments_is_told_which_it_must_take(judged, answer):
    def judge(answer):
        """`slope(x)` returns the slope at x."""
        return str(answer(3.0))

    judged(judge)
    outcome, text = ex.report("judge", answer)
    assert outcome == "not yet"
    assert "The check calls it with 1 argument: (x)." in " ".join(text.split())
    assert ex.report("judge", lambda x, y=1: x).outcome == "right"


@pytest.mark.parametrize("name", ex.EXERCISES)
def test_every_judge_says_how_it_calls(name):
    """Its docstring begins with the call, and the stub in the notebook takes the same arguments."""
    wanted = ex.takes(ex.EXERCISES[name].judge)
    stubs = [
        source
        for path in sorted((ROOT / "exercises").glob("*.ipynb"))
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        if "def " in (source := "".join(cell["source"])) and cell["cell_type"] == "code"
    ]
    assert any(f"{wanted}:" in stub for stub in stubs), wanted


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (14.0, "an integer, 14, not 14.0"),
        (np.float64(14.0), "an integer, 14, not 14.0"),
        ((14,), "not a sequence that holds it"),
        (14.5, "a whole number"),
        (True, "a whole number"),
        ("14", "a whole number"),
    ],
)
def test_a_count_is_an_integer(value, words):
    with pytest.raises(Wrong, match=words):
        whole(value, "the count", "n = 2")
    assert whole(np.int64(14), "the count", "n = 2") == 14


def test_long_lines_wrap_but_never_within_a_formula(judged):
    def judge(answer):
        return "so " * 26 + "w1 + w2 + 2b ≥ 0 − 1"

    judged(judge)
    assert ex.report("judge", right).text.split("\n")[1:] == [("so " * 26).strip(), "  w1 + w2 + 2b ≥ 0 − 1"]


def test_an_error_says_where_on_what_and_why():
    report = ex.report("and_weights", broken)
    assert report.outcome == "error"
    text = " ".join(report.text.split())
    line = broken.__code__.co_firstlineno + 1
    assert f"broken(7) stopped in line {line}, `return 1 / 0 # the line at fault`." in text
    assert "ZeroDivisionError: division by zero" in text


def test_an_error_deep_in_a_library_points_to_the_students_line():
    report = ex.report("nand", lambda: np.linalg.inv(np.zeros((2, 2))))
    assert "np.linalg.inv(np.zeros((2, 2)))" in report.text


def test_a_value_instead_of_a_function_is_explained():
    report = ex.report("nand", (-2, -2, 3))
    assert report.outcome == "error"
    assert "without brackets" in report.text


def test_a_missing_return_is_explained_and_an_ellipsis_is_a_blank():
    assert "`return`" in ex.report("nand", lambda: None).text
    assert ex.report("nand", lambda: ...).outcome == "not attempted"


def test_a_bug_in_a_check_is_not_taken_for_the_students(judged):
    def judge(answer):
        raise ZeroDivisionError("ours")

    judged(judge)
    with pytest.raises(ZeroDivisionError, match="ours"):
        ex.report("judge", right)


def test_inputs_are_copies_and_writing_into_them_is_named():
    X = np.zeros((2, 2))

    def greedy(X):
        w = X[0]
        w += 1
        return w

    with pytest.raises(Wrong, match=r"argument 1 after the call came out as \[\[1, 1\], \[0, 0\]\]"):
        Answer(greedy)(X)
    assert not X.any()


NOISY = """
import logging, os, subprocess, sys, warnings
import numpy as np
from coursepkg import check

saved = sys.stderr
logging.basicConfig(level="DEBUG")

def noisy(eta):
    warnings.warn("deprecated somewhere", DeprecationWarning, stacklevel=2)
    np.log(np.zeros(2))
    print("to the error stream", file=sys.stderr)
    print("to a saved one", file=saved)
    logging.warning("to a log")
    os.write(2, b"to the descriptor\\n")
    subprocess.run([sys.executable, "-c", "import sys; sys.exit('from a child')"])
    return np.array([2.0, 1.0]) * eta, -3 * eta

check.and_weights(noisy)
print("and back", file=saved)
"""


def test_nothing_reaches_stderr():
    """nbgrader gives no points to a cell with any text on stderr."""
    run = subprocess.run(
        [sys.executable, "-c", NOISY],
        env=os.environ | {"COURSEPKG_CHECK": "strict", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert run.stderr == "and back\n"
    assert "✓ and_weights: right" in run.stdout
    assert "Python warned while your code ran: deprecated somewhere" in run.stdout
    for way in ("to the error stream", "to a saved one", "to a log", "to the descriptor", "from a child"):
        assert way in run.stdout


def call_exit():
    sys.exit()


def call_quit():
    raise KeyboardInterrupt


def ask():
    return float(input("b? "))


def loop_forever():
    while True:
        with suppress(Exception):
            sum(range(100))


@pytest.mark.parametrize(
    ("answer", "error", "advice"),
    [
        (call_exit, "SystemExit", "end a function with `return`"),
        (call_quit, "KeyboardInterrupt", "look at the loop"),
        (ask, "OSError: pytest", "take what you need from the arguments"),
    ],
)
def test_what_ends_an_answer_ends_nothing_else(answer, error, advice):
    report = ex.report("nand", answer)
    assert report.outcome == "error"
    text = " ".join(report.text.split())
    assert f"{answer.__name__}() stopped in line {answer.__code__.co_firstlineno + 1}, " in text
    assert error in text
    assert advice in text


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="Windows has no alarms")
def test_an_endless_loop_ends_where_it_is_marked(mode, monkeypatch):
    mode("strict")
    monkeypatch.setattr(answers, "SECONDS", 0.05)
    report = ex.report("nand", loop_forever)
    assert report.outcome == "error"
    assert "TimeUp: it had not ended after 0.05 seconds" in report.text
    assert "look at the loop around that line" in report.text
    assert signal.getsignal(signal.SIGALRM) == signal.SIG_DFL
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_what_is_still_to_be_written_is_named():
    def helper():
        raise NotImplementedError()

    def half():
        w = 1
        return w, w, helper()

    line = helper.__code__.co_firstlineno + 1
    report = ex.report("nand", half)
    assert report.outcome == "error"
    assert f"write `helper` first: it still raises NotImplementedError, in line {line}" in " ".join(report.text.split())
    stub = ex.report("nand", helper)
    assert stub.outcome == "not attempted"
    assert f"helper still raises NotImplementedError, in line {line}." in stub.text


@pytest.mark.parametrize(
    "value",
    [
        np.array([-2, -2, 3 + 0j]),
        (-2, -2, 3 + 2j),
        [np.array([-2.0, -2.0]), np.array([3], dtype=object) + 0j],
        (-2, -2, np.complex64(3)),
    ],
    ids=repr,
)
def test_complex_numbers_are_refused(value):
    report = ex.report("nand", lambda: value)
    assert report.outcome == "not yet"
    assert "All numbers here are real" in report.text


def test_checks_need_neither_matplotlib_nor_ipython():
    code = (
        "import sys; sys.modules.update(dict.fromkeys(('matplotlib', 'ipywidgets', 'IPython')));"
        "from coursepkg import check; check.nand(lambda: (-2, -2, 3)); check.hint('nand')"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8")
    assert run.returncode == 0, run.stderr
