"""A student's code cannot reach the checks, whatever it tries; and what ends it costs no other answer."""

import json
import os
import sys
from pathlib import Path

import numpy as np
import pytest

from coursepkg import check
from coursepkg.check import mode
from coursepkg.marking.notebook import Notebook
from coursepkg.marking.sealed import Remote, Student

WRONG = "def nand_weights():\n    return 1, 1, -1.5"
RIGHT = "def eta_for_and(eta):\n    return [2 * eta, eta], -3 * eta"
TRICKS = {
    "the environment": "import os\nos.environ.pop('NBGRADER_EXECUTION', 0)\nos.environ['COURSEPKG_CHECK'] = 'friendly'",
    "a check": "from coursepkg import check\ncheck.nand = print",
    "the report": (
        "from coursepkg.check import exercise as e\ne.report = lambda *_, **__: e.Report(e.Outcome.RIGHT, 'right')\n"
        "e.EXERCISES['nand'] = e.Exercise(lambda answer: 'right', ('',))\ne.mode.MODE = 'friendly'"
    ),
    "modules": "import sys, types\nsys.modules['coursepkg.check'] = types.SimpleNamespace(nand=print)",
    "NumPy": "import numpy as np\nnp.allclose = np.array_equal = lambda *_, **__: True",
    "the answer's class": "from coursepkg.check import answer\nanswer.Answer.run = lambda *_: print('patched')",
    "builtins": "import builtins\nbuiltins.isinstance = lambda *_: True",
}
FRAME = """
def nand_weights():
    import gc, sys
    for frame in [sys._getframe(n) for n in range(9)]:
        for name, value in (frame.f_globals | frame.f_locals).items():
            if "REFERENCE" in name or "judge" in name:
                raise ValueError(f"found {name}")
    return 1, 1, -1.5
"""


@pytest.fixture(autouse=True)
def strict(monkeypatch):
    monkeypatch.setattr(mode, "MODE", "strict")


@pytest.fixture(scope="module")
def secret(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("solutions") / "solution.py"
    path.write_text("w = -2, -2, 3", encoding="utf-8")
    return path


@pytest.fixture
def student(secret):
    with Student(secrets=[secret.parent], seconds=20) as student:
        yield student


def test_no_trick_reaches_the_checks(student, capsys):
    assert not student.run(RIGHT).failed
    for name, trick in {**TRICKS, "a frame": FRAME}.items():
        student.run(trick)
        if name in ("the answer's class", "builtins"):  # these break the student's own process, and nobody else's
            student.run(WRONG)
            with pytest.raises(check.CheckFailed):
                check.nand(student.names.get("nand_weights", Remote(student, "nand_weights", "nand_weights")))
            continue
        if name != "a frame":
            student.run(WRONG)
        with pytest.raises(check.CheckFailed, match="nand: not yet"):
            check.nand(student.names["nand_weights"])
        check.and_weights(student.names["eta_for_and"])
        assert "✓ and_weights: right" in capsys.readouterr().out, name
    assert check.nand.__module__ == "coursepkg.check.perceptron.gates"
    assert np.allclose([1], [1])
    assert not np.allclose([1], [2])


@pytest.mark.skipif(sys.platform != "linux", reason="Landlock is Linux's")
def test_files_processes_and_the_network_are_out_of_reach(student, secret, tmp_path):
    if not student.process.fenced:
        pytest.skip("this kernel has no Landlock")
    said = student.run(
        f"""
import os, socket, subprocess, urllib.request
from pathlib import Path
def tried(act):
    try:
        return repr(act())
    except OSError as error:
        return type(error).__name__
secret, mine = Path({str(secret)!r}), Path("mine.txt")
print(tried(secret.read_text))
print(tried(lambda: os.listdir(secret.parent)))
print(subprocess.run(["cat", str(secret)], capture_output=True, text=True).stdout == "")
print(tried(lambda: Path({str(tmp_path / "planted.py")!r}).write_text("")))
print(tried(lambda: os.kill({os.getpid()}, 0)))
print(tried(lambda: Path("/proc/{os.getpid()}/mem").open("rb").read(1)))
print(tried(lambda: socket.create_connection(("127.0.0.1", 9), timeout=1)))
print(tried(lambda: mine.write_text("notes")), tried(mine.read_text))
"""
    ).printed.split("\n")
    denied = "PermissionError"
    assert said[:8] == [denied, denied, "True", denied, denied, denied, denied, "5 'notes'"]


ENDS = {
    "sys.exit()": "SystemExit",
    "raise KeyboardInterrupt": "KeyboardInterrupt",
    "exit()": "SystemExit",
    "os._exit(0)": "It ended Python",
    "input('b? ')": "EOFError",
    "bytearray(1 << 40)": "MemoryError",
}


def test_an_answer_that_ends_costs_its_own_points_only(student, capsys):
    student.run("import os, sys\nstart = [0]")
    student.run(RIGHT)
    for code, why in ENDS.items():
        student.run(f"def nand_weights():\n    {code}")
        with pytest.raises(check.CheckFailed, match=why):
            check.nand(student.names["nand_weights"])
        check.and_weights(student.names["eta_for_and"])
    ran = student.run("os._exit(0)")
    assert ran.failed
    assert "The cell is left out." in ran.printed
    check.and_weights(student.names["eta_for_and"])
    student.run("import logging\nlogging.basicConfig(level='DEBUG')\nlogging.debug('to the log')\nos.write(2, b'fd')")
    assert capsys.readouterr().err == ""


def test_what_does_not_end_is_ended(secret):
    with Student(seconds=1, total=60) as student:
        student.run("def loop():\n    while True: pass")
        with pytest.raises(check.CheckFailed, match="TimeUp: it had not ended after 1 seconds"):
            check.nand(student.names["loop"])
        student.left = 0
        with pytest.raises(check.CheckFailed, match="The time for this notebook is used up"):
            check.nand(student.names["loop"])


def test_a_process_that_lies_is_believed_in_nothing(student):
    """It can send what it likes: nothing of that is run, and no text of it is taken for a verdict."""
    student.run(WRONG)
    lies = [
        {"value": {"is": "thing", "text": "w"}, "portraits": [], "printed": "nand: right"},
        {"value": {"is": "array", "dtype": "O", "shape": [1], "data": "gA=="}, "portraits": [], "printed": ""},
        {"value": {"is": "eval", "items": ["1"]}, "portraits": [], "printed": ""},
        {"fails": "Right", "said": "✓ nand: right", "printed": ""},
        {"printed": ""},
        [],
    ]
    for lie in lies:
        student._ask = lambda *_, lie=lie: json.loads(json.dumps(lie))
        student._revive = lambda: None
        with pytest.raises(check.CheckFailed):
            check.nand(student.names["nand_weights"])


def test_the_checks_own_names_stay_theirs(secret):
    ours = {"np": np, "gate": print}
    notebook = Notebook(ours, {"seconds": 20})
    notebook.run("import math as np\ndef gate(): pass\ndef answer(): return 1\nx = 3")
    assert ours["np"] is np
    assert ours["gate"] is print
    assert (ours["answer"](), ours["x"]) == (1, 3)
    notebook.run("x = 4\ndel answer")
    assert ours["x"] == 4
    assert "answer" not in ours
    ours["x"] = "the checks'"
    notebook.run("x = 5")
    assert ours["x"] == "the checks'"
    notebook.student.close()
    assert not Path(notebook.student.process.folder).exists()
