"""Try the checks on answers that are a little wrong, and on answers learnt by heart.

    python tools/check_mutants.py                  all mutants of all solutions; it takes some minutes
    python tools/check_mutants.py adam nand        of these exercises alone
    python tools/check_mutants.py --some 20        the first 20 of each

The visible check must not call a *mutant* of a solution right, unless it is: for exercises with many right answers
tests/check/truths.py decides that, for the others tests/check/survivors.toml lists them, with the reason: a pattern for
all that the mutant changes, and why that is right. Prints each other survivor, and exits 1 if there is one.
*Learnt by heart* is what the visible check asks, and rubbish for anything else: a hidden test must find it out.
"""

import argparse
import ast
import inspect
import re
import signal
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
import numpy as np
from matplotlib.figure import Figure

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from coursepkg.check.exercise import EXERCISES, report, takes  # noqa: E402
from tests.check.truths import TRUTHS  # noqa: E402
from tools.mutation import mutants  # noqa: E402

LISTED = ROOT / "tests" / "check" / "survivors.toml"
COUNT = 200


class Answer(NamedTuple):
    """The solution of the exercise `name`: its function, its source, and what the notebook's setup defines."""

    name: str
    function: str
    source: str
    setup: dict[str, Any]
    hidden: tuple[str, ...]
    graded: bool

    def define(self, source: str) -> Callable:
        """The function that `source` defines, among the names of the setup."""
        names = dict(self.setup)
        exec(compile(source, f"<{self.name}>", "exec"), names)
        return names[self.function]


def answers() -> Iterator[Answer]:
    """Every solution that a check judges, with the hidden tests of the same function."""
    for path in sorted((ROOT / "solutions").glob("*.ipynb")):
        cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
        setup: dict[str, Any] = {}
        exec(next(cell.source for cell in cells if cell.id == "setup"), setup)
        sources = {}
        for cell in cells:
            if cell.metadata.get("nbgrader", {}).get("solution"):
                tree = ast.parse(cell.source)
                sources |= {node.name: ast.unparse(node) for node in tree.body if isinstance(node, ast.FunctionDef)}
        asked = [(*call, cell) for cell in cells for call in _calls(cell)]
        for name, function, cell in asked:
            if not _is_hidden(cell):
                hidden = tuple(c.source for other, _, c in asked if other == name and _is_hidden(c))
                yield Answer(name, function, sources[function], setup, hidden, cell.metadata.nbgrader.grade)


def _is_hidden(cell: Any) -> bool:
    return "BEGIN HIDDEN TESTS" in cell.source


def _calls(cell: Any) -> set[tuple[str, str]]:
    """The checks that a cell calls on a function, each as (exercise, function)."""
    found = re.findall(r"^check\.(\w+)\((\w+)", cell.source, re.MULTILINE)
    return {(name, function) for name, function in found if name in EXERCISES}


def right(name: str, function: Callable, seconds: float = 60) -> bool:
    """Whether the visible check calls the function right, within so many `seconds` of this process's time."""
    extra = [Figure().subplots()] if takes(EXERCISES[name].judge).startswith("(ax,") else []
    try:
        with limited(seconds), redirect_stdout(StringIO()), np.errstate(all="ignore"):
            return report(name, function, *extra).outcome == "right"
    except TooLong:
        return False


class TooLong(BaseException):
    """A mutant has run for longer than it may."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raises `TooLong` once this process has computed for so long."""

    def stop(*_: Any) -> None:
        raise TooLong

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 0.02)  # and again, where the check goes on after the first
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def listed() -> dict[str, dict[str, str]]:
    """The patterns of mutants that are right, and why, by exercise; those under "any" hold for every exercise."""
    return tomllib.loads(LISTED.read_text(encoding="utf-8"))


def survivors(answer: Answer, some: int = COUNT) -> Iterator[tuple[str, Callable]]:
    """Those of the first `some` mutants which the check calls right: what each changes, and the function.

    A mutant that computes for much longer than the solution will not end, or is no answer.
    """
    start = time.process_time()
    assert right(answer.name, answer.define(answer.source)), f"the solution of {answer.name} is not right"
    enough = 0.05 + 5 * (time.process_time() - start)
    for what, source in mutants(answer.source, COUNT, (0, *answer.name.encode()))[:some]:
        try:
            function = answer.define(source)
        except Exception:
            continue
        if right(answer.name, function, enough):
            yield what, function


def unlisted(answer: Answer, some: int = COUNT) -> list[str]:
    """The survivors that are neither right by an independent truth nor listed."""
    entries = listed()
    patterns = [re.compile(pattern) for pattern in entries["any"] | entries.get(answer.name, {})]
    truth = TRUTHS.get(answer.name, lambda function: False)
    return [
        what
        for what, function in survivors(answer, some)
        if not (any(pattern.fullmatch(what) for pattern in patterns) or truth(function))
    ]


def by_heart(answer: Answer) -> Callable:
    """What the solution answers to the visible check, and the last of these answers to anything else."""
    solution, memory = answer.define(answer.source), {}

    def learn(*args: Any) -> Any:
        memory[_key(args)] = args, value = args, solution(*args)
        return value

    assert right(answer.name, like(learn, solution)), f"the solution of {answer.name} is not right"
    if takes(EXERCISES[answer.name].judge).startswith("(ax,"):
        seen = set(memory)
        return like(lambda *args: solution(*args) if _key(args) in seen else args[0].plot([0, 1], [0, 1]), solution)
    kept = {key: value for key, (_, value) in memory.items()}
    return like(lambda *args: kept.get(_key(args), next(reversed(kept.values()))), solution)


def found_out(answer: Answer, function: Callable) -> bool:
    """Whether some hidden test of the exercise does not call the function right."""
    outcomes = []

    class Check:
        def __getattr__(self, name: str) -> Callable:
            return lambda *args, **kwargs: outcomes.append(report(name, *args, **kwargs).outcome)

    for source in answer.hidden:
        names = answer.setup | {answer.function: function}
        tree = ast.parse(source)
        exec(compile(tree, "<hidden>", "exec"), names | {"check": Check()})
    return any(outcome != "right" for outcome in outcomes)


def like(function: Callable, other: Callable) -> Callable:
    """The function, said to take the arguments that the other takes."""
    function.__signature__ = inspect.signature(other)
    return function


def _key(args: tuple[Any, ...]) -> str:
    """The arguments as text; axes and functions are all alike."""
    parts = [
        np.asarray(a).tolist() if isinstance(a, (np.ndarray, int, float, list, tuple)) else type(a).__name__
        for a in args
    ]
    return repr(parts)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="exercises; all if none is named")
    parser.add_argument("--some", type=int, default=COUNT, help="how many mutants of each")
    given = parser.parse_args()
    tried = left = 0
    for answer in answers():
        if given.names and answer.name not in given.names:
            continue
        start = time.process_time()
        alive = unlisted(answer, given.some)
        tried += given.some
        left += len(alive)
        print(f"{answer.name}: {time.process_time() - start:.1f} s, {len(alive)} unlisted survivors", flush=True)
        for what in alive:
            print(f"    {what}")
        if answer.hidden and not found_out(answer, by_heart(answer)):
            left += 1
            print("    learnt by heart")
    print(f"about {tried} mutants, {left} survivors that are not listed")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
