"""A first try that is rubbish gets what came out and a first question, or a known mistake's words: no solution."""

import re
from difflib import SequenceMatcher

import numpy as np
import pytest

from coursepkg.check.exercise import EXERCISES, report, takes
from tests.check.judging import UNKNOWN
from tools import check_mutants as tool

ANSWERS = [answer for answer in tool.answers() if not takes(EXERCISES[answer.name].judge).startswith("(ax,")]
LONGEST = 18  # letters, digits and signs that an answer's words may share with the last hint by chance


def spoilt(value, factor, shift):
    """A value of the right form with other numbers in it."""
    if isinstance(value, (tuple, list)):
        return type(value)(spoilt(part, factor, shift) for part in value)
    if isinstance(value, dict):
        return {name: spoilt(part, factor, shift) for name, part in value.items()}
    if isinstance(value, (bool, str)) or value is None:
        return value
    if isinstance(value, (int, np.integer)):
        return int(value) * 3 + round(100 * shift)
    return value * factor + shift


def bare(text):
    return re.sub(r"[^\w=+*/@<>()\[\]²√−]|_", "", text)


@pytest.mark.parametrize(("factor", "shift"), [(1.37, 11.3), (-0.83, 5.1)])
@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.name)
def test_rubbish_is_never_told_the_last_hint(answer, factor, shift):
    solution = answer.define(answer.source)
    outcome, text = report(answer.name, tool.like(lambda *args: spoilt(solution(*args), factor, shift), solution))
    if outcome == "right":  # where many answers are
        return
    first, *_, last = EXERCISES[answer.name].hints
    said = text.split("\nStuck?")[0]
    assert "Rule: " in said or UNKNOWN in said
    found = SequenceMatcher(None, bare(said), bare(last), autojunk=False).find_longest_match()
    shared = bare(last)[found.b : found.b + found.size]
    assert found.size < LONGEST or shared in bare(first), shared


def test_a_hint_that_is_given_away_would_be_found():
    last = EXERCISES["adam"].hints[-1]
    assert (
        SequenceMatcher(None, bare(f"On t = 1: {last}"), bare(last), autojunk=False).find_longest_match().size > LONGEST
    )
