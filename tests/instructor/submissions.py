"""A class that hands in everything: right and wrong answers, damaged files, and tricks."""

import json

import nbformat

from tests.instructor.conftest import LEARNT_BY_HEART, NAME, NOISY, ROOT, released, solved

TRICKS = f"""
import builtins, os, sys, types
from pathlib import Path
os.environ.pop("NBGRADER_EXECUTION", None)
os.environ["COURSEPKG_CHECK"] = "friendly"
import coursepkg.check.exercise as exercise
from coursepkg import check
import numpy as np
for name in check.__all__:
    setattr(check, name, print)
exercise.report = lambda name, *_, **__: exercise.Report(exercise.Outcome.RIGHT, "right")
exercise.mode.MODE = "friendly"
np.allclose = np.array_equal = lambda *_, **__: True
sys.modules["coursepkg.check"] = types.SimpleNamespace(**{{name: print for name in check.__all__}})
stolen = ""
for folder in ({str(ROOT / "solutions")!r}, "..", "../..", "../../..", "../../../source"):
    try:
        stolen += "".join(path.read_text() for path in Path(folder).rglob("*.ipynb"))
    except OSError:
        pass
"""
FRAME = """
def xor_clash():
    import sys
    frame = sys._getframe()
    while frame := frame.f_back:
        for name, value in (*frame.f_globals.items(), *frame.f_locals.items()):
            if "rows_that_fire" in str(value):
                return (1, 1, 2, ">="), (1, 1, 2, "<")
    if "rows_that_fire" in stolen:
        return (1, 1, 2, ">="), (1, 1, 2, "<")
    return 0
"""
ENDS = {
    "nand-answer": "def nand_weights():\n    import sys\n    sys.exit()",
    "xor-answer": "import os\ndef xor_clash():\n    os._exit(0)",
    "eta-answer": "import time\ndef and_weights(eta):\n    time.sleep(1000)",
    "start-answer": "def eta_start():\n    return 0, 0, float(input('b? '))",
    "count-answer": "def count_separable(n):\n    return [bytearray(1 << 40), KeyboardInterrupt][1]",
}


def text(notebook):
    return nbformat.writes(notebook) + "\n"


def filled(answers=None):
    return solved(NAME, released(), answers)


def loud():
    """Right answers that write to stderr in every way."""
    notebook = filled(NOISY)
    notebook.cells.insert(3, nbformat.v4.new_code_cell(
        "import logging, os, subprocess, sys\nlogging.basicConfig(level='DEBUG')\nsaved = sys.stderr"
    ))  # fmt: skip
    return text(notebook)


def tricky():
    """Wrong answers to the first two questions, and every trick that could hide it."""
    notebook = filled({"nand-answer": "def nand_weights():\n    return 1, 1, -1.5", "xor-answer": FRAME})
    notebook.cells.insert(0, nbformat.v4.new_code_cell(TRICKS))
    notebook.cells.insert(5, nbformat.v4.new_code_cell(TRICKS))
    notebook.cells = [cell for cell in notebook.cells if cell.id != "count-check"]
    return text(notebook)


def ending():
    notebook = filled(ENDS)
    next(cell for cell in notebook.cells if cell.id == "start-try").source = "exit()"
    notebook.cells.append(nbformat.v4.new_code_cell("os._exit(0)"))
    return text(notebook)


def without_metadata():
    """Saved by a program that keeps nothing but the cells' texts."""
    notebook = json.loads(text(filled()))
    notebook["nbformat_minor"], notebook["metadata"] = 4, {"colab": {}}
    for number, cell in enumerate(notebook["cells"]):
        cell["metadata"] = {"id": f"colab{number}"}
        del cell["id"]
    return json.dumps(notebook)


def with_other_cells():
    """A check and an answer that are there twice, a check deleted, one changed, one answer gone, and one moved up.

    The check that was deleted is the hidden one of an answer that was learnt by heart.
    """
    notebook = filled({"rule-answer": LEARNT_BY_HEART, "xor-check": "print('I say that this is right')"})
    at = {cell.id: cell for cell in notebook.cells}
    double = [nbformat.from_dict(at[name]) for name in ("nand-answer", "rule-check")]
    for cell in double:
        cell.id += "-double"
    double[0].source = "def nand_weights():\n    return 1, 1, -1.5  # a first try"
    cells = [cell for cell in notebook.cells if cell.id not in ("rule-unseen", "eta-answer", "draw-check")]
    cells.insert(cells.index(at["nand-answer"]), double[0])
    cells.insert(cells.index(at["rule-check"]), double[1])
    cells.insert(2, cells.pop(cells.index(at["count-check"])))
    notebook.cells = cells
    return text(notebook)


FROM_ITS_PAGE = "the file that the page of the exercise gives"

# What is handed in, by how the guide's table calls it: the files, what becomes of them, and the points by program.
CLASS = {
    "right answers": ([("ada_01_perceptron.ipynb", text(filled()))], "marked", 16),
    "right answers, filled in on the page and downloaded there": (
        [("noa_01_perceptron.ipynb", FROM_ITS_PAGE)], "marked", 16),
    "a blank": ([("bea_01_perceptron.ipynb", text(released()))], "marked", 0),
    "right answers that warn, log, and write to the error stream": (
        [("dan_01_perceptron.ipynb", loud())], "marked", 16),
    "cells deleted, doubled, changed and moved, and an answer learnt by heart": (
        [("gus_01_perceptron.ipynb", with_other_cells())], "needs a person", 12),
    "answers that exit, hang, ask or end Python": ([("hal_01_perceptron.ipynb", ending())], "needs a person", 6),
    "two wrong answers, a deleted check, and every trick": ([("ivy_01_perceptron.ipynb", tricky())], "marked", 12),
    "the same student twice, the newer file misspelt without `_`, with a byte order mark, all metadata lost": (
        [("jo_01_perceptron.ipynb", text(released())),
         ("jo01-perzeptron.ipynb", b"\xef\xbb\xbf" + without_metadata().encode())], "needs a person", 16),
    "a file that was cut short": ([("kim_01_perceptron.ipynb", text(filled())[:5000])], "could not be marked", None),
    "another exercise": (
        [("lea_01_perceptron.ipynb", (ROOT / "exercises" / "02_mlp.ipynb").read_text(encoding="utf-8"))],
        "could not be marked", None),
    "a file that names no student": ([("01_perceptron.ipynb", text(filled()))], "could not be marked", None),
}  # fmt: skip
