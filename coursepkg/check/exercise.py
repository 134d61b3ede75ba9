"""An exercise: how an answer is judged, what is said about it, and what each mode does with the verdict.

`mode` has the modes. A check returns None, because nbgrader reads a cell's value as points, and nothing of it
reaches stderr, because nbgrader takes any text there for a failure.
"""

import re
import warnings
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from textwrap import fill
from typing import Any, NamedTuple

from coursepkg.engine.validate import choice

from . import mode
from .answer import Answer, NotAttempted, Raised, Wrong
from .watch import joined


class Outcome(StrEnum):
    """What a check can find."""

    RIGHT = "right"
    WRONG = "not yet"
    NOT_ATTEMPTED = "not attempted"
    ERROR = "error"


MARKS = {Outcome.RIGHT: "✓", Outcome.WRONG: "✗", Outcome.NOT_ATTEMPTED: "○", Outcome.ERROR: "!"}


class Report(NamedTuple):
    """The outcome of one check and the text that says it."""

    outcome: Outcome
    text: str


class CheckFailed(AssertionError):
    """The answer is not what the mode asks for; the message is the report's text."""


class Exercise(NamedTuple):
    """A judge, which returns what to say of a right answer or raises, and hints from a nudge to a method."""

    judge: Callable[..., str]
    hints: tuple[str, ...]


EXERCISES: dict[str, Exercise] = {}


def exercise(*hints: str) -> Callable[[Callable[..., str]], Callable[..., None]]:
    """Make the decorated judge a check of the same name; `hints` go from the gentlest to the plainest.

    A judge takes the student's function as an `Answer`; it returns what to say of a right one, or raises
    `Wrong`. Raises ValueError if an exercise of that name exists.
    """

    def register(judge: Callable[..., str]) -> Callable[..., None]:
        name = judge.__name__
        if name in EXERCISES:
            raise ValueError(f"two exercises are called {name!r}; a name is used once in the whole course")
        EXERCISES[name] = Exercise(judge, hints)

        @wraps(judge)
        def check(answer: Any, *args: Any, **kwargs: Any) -> None:
            _deliver(report(name, answer, *args, **kwargs))

        return check

    return register


def report(name: str, answer: Any, *args: Any, **kwargs: Any) -> Report:
    """Judge `answer` for the exercise `name` without printing or raising; an unknown name is a ValueError."""
    judge, hints = EXERCISES[choice("exercise", name, EXERCISES)]
    with warnings.catch_warnings(record=True) as warned, joined(mode.MODE == "strict"):
        warnings.simplefilter("always")
        try:
            outcome, said = Outcome.RIGHT, judge(Answer(answer, takes(judge)), *args, **kwargs)
        except NotAttempted as stub:
            outcome, said = Outcome.NOT_ATTEMPTED, str(stub)
        except Wrong as wrong:
            outcome, said = Outcome.WRONG, str(wrong)
            if not wrong.explained:  # no known mistake: the gentlest hint asks the first question, and no more
                said += f"\nBegin with this: {hints[0]}"
        except Raised as raised:
            outcome, said = Outcome.ERROR, str(raised)
    if warned:
        said += f"\nPython warned while your code ran: {warned[0].message}"
    if outcome is not Outcome.RIGHT:
        said += f'\nStuck? check.hint("{name}", 1) is the first of {len(hints)} hints.'
    lines = [f"{MARKS[outcome]} {name}: {outcome}", *said.split("\n")]
    return Report(outcome, "\n".join(_fill(line) for line in lines))


def takes(judge: Callable[..., str]) -> str:
    """The arguments of the function that `judge` judges: its docstring begins with the call, as `step(w, g, H)`."""
    call = re.match(r"`\w+(\([^`]*\))`", judge.__doc__ or "")
    return call[1] if call else ""


def hint(name: str, n: int = 1) -> None:
    """Print hint `n` (from 1) for the exercise `name`; ValueError for a name or hint that is not there."""
    hints = EXERCISES[choice("exercise", name, EXERCISES)].hints
    if n not in range(1, len(hints) + 1):
        raise ValueError(f"exercise {name!r} has hints 1 to {len(hints)}, but n is {n!r}")
    print(_fill(f"Hint {n} of {len(hints)}: {hints[n - 1]}"))


def _fill(line: str) -> str:
    """The line wrapped at 88 characters, but not within a formula: `fill` leaves no-break spaces alone."""
    glued = re.sub(r"(?<=\S) ([-+=<>≥−]) (?=\S)", "\u00a0\\1\u00a0", line)
    return fill(glued, 88, subsequent_indent="  ").replace("\u00a0", " ")


def _deliver(found: Report) -> None:
    if mode.MODE == "strict" and found.outcome is not Outcome.RIGHT:
        raise CheckFailed(found.text)
    if mode.MODE == "unattempted" and found.outcome is not Outcome.NOT_ATTEMPTED:
        raise CheckFailed(f"a blank should be {Outcome.NOT_ATTEMPTED}, but the check says\n{found.text}")
    print(found.text)
