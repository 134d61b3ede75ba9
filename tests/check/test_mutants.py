"""No check calls a wrong answer right: mutants of every solution, and what can be learnt by heart.

`tools/check_mutants.py` tries 200 mutants of each; here a drawn part of them keeps watch.
"""

import re

import pytest

from tools import check_mutants as tool
from tools.mutation import mutants

SOME = 10
ANSWERS = {answer.name: answer for answer in tool.answers()}
each_answer = pytest.mark.parametrize("name", ANSWERS)


@each_answer
def test_every_surviving_mutant_is_right_and_listed(name):
    assert tool.unlisted(ANSWERS[name], SOME) == []


@pytest.mark.parametrize("name", [name for name, answer in ANSWERS.items() if answer.hidden])
def test_what_the_visible_check_asks_cannot_be_learnt_by_heart(name):
    """A memory of its questions, and the last answer to anything else, passes it and not the hidden test."""
    answer = ANSWERS[name]
    assert not tool.found_out(answer, answer.define(answer.source))
    assert tool.found_out(answer, tool.by_heart(answer))


def test_every_graded_function_of_inputs_has_a_hidden_test():
    graded = {name for name, answer in ANSWERS.items() if answer.graded and "()" not in answer.source.split(":")[0]}
    assert graded == {name for name, answer in ANSWERS.items() if answer.hidden}


def test_the_list_names_exercises_patterns_and_reasons():
    listed = tool.listed()
    assert set(listed) - {"any"} <= set(ANSWERS)
    for name, patterns in listed.items():
        for pattern, why in patterns.items():
            assert len(why) > 10, name
            assert not re.fullmatch(pattern, "return 0")
            assert pattern.replace(".*", "")


def test_mutants_are_many_different_and_the_same_each_time():
    source = "def f(w, g, eta):\n    return w - eta * np.sum(g.T, axis=0)"
    made = mutants(source, 40, (0,))
    assert len({changed for _, changed in made}) == 40
    assert made == mutants(source, 40, (0,))
    slips = ("w + eta * np.sum(g.T, axis=0)", "w - eta * np.sum(g, axis=0)", "w - eta * np.sum(g.T, axis=1)")
    everything = {what for what, _ in mutants(source, 200, (0,))}
    assert {f"return {slip}" for slip in slips} <= everything


def test_a_check_that_lets_everything_through_is_noticed(monkeypatch):
    monkeypatch.setattr(tool, "right", lambda name, function, seconds=0: True)
    assert len(tool.unlisted(ANSWERS["adam"], 20)) == 20
