"""What every check says to every answer that its table knows: run here and in a page, it must say the same.

It is sent to the page as it stands, with the tables; there it has no pytest, Hypothesis or SciPy, which only the
tests around the tables use.
"""

import json
import sys
import types
from importlib import import_module


class Anything(types.ModuleType):
    """Stands for a module of which nothing is used: each of its names is the like, and can be called."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *_, **__):
        return self


def blank(*_):
    """A student's function that has not been written."""
    raise NotImplementedError


def correlate2d(x, w, mode):
    """SciPy's, without its other modes: the kernel laid on every place, past the edges too for "same"."""
    import numpy as np

    x = np.pad(x, [(n // 2, n - n // 2 - 1) for n in w.shape]) if mode == "same" else x
    return np.einsum("ijuv,uv->ij", np.lib.stride_tricks.sliding_window_view(x, w.shape), w)


def verdicts(chapters):
    """{check: {answer: what is said}} for the tables of these modules."""
    from coursepkg.check import exercise

    said = {}
    for chapter in map(import_module, chapters):
        for name, slips in chapter.WRONG.items():
            extra = chapter.AX.get(name, list)
            answers = {slip: answer for slip, (answer, _) in slips.items()} | {"": blank}
            said[name] = {slip: exercise.report(name, answer, *extra()).text for slip, answer in answers.items()}
    return said


def in_a_page(files, chapters):
    """Write the tables' files, by their names in the package, and return the verdicts as JSON."""
    from pathlib import Path

    for name, text in files.items():
        path = Path("/tables") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    sys.path.insert(0, "/tables")
    for name in ("pytest", "hypothesis", "hypothesis.strategies", "nbformat", "scipy.optimize", "scipy.signal"):
        sys.modules[name] = Anything(name)
    sys.modules["scipy.signal"].correlate2d = correlate2d
    return json.dumps(verdicts(chapters))
