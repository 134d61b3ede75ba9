"""Every check of every chapter against its table of wrong answers: each known mistake has words of its own."""

from importlib import import_module
from pathlib import Path

import pytest

from coursepkg.check import exercise as ex
from tests.check.judging import UNKNOWN, said

CHAPTERS = [import_module(f"tests.check.{path.stem}") for path in Path(__file__).parent.glob("test_*_checks.py")]
WRONG = {name: slips for chapter in CHAPTERS for name, slips in chapter.WRONG.items()}
AX = {name: make for chapter in CHAPTERS for name, make in chapter.AX.items()}
CASES = [(name, slip) for name, slips in WRONG.items() for slip in slips]


@pytest.mark.parametrize(("name", "slip"), CASES, ids=map(": ".join, CASES))
def test_a_known_mistake_has_words_of_its_own(name, slip):
    answer, words = WRONG[name][slip]
    outcome, text = said(name, answer, *AX.get(name, list)())
    assert outcome == "not yet"
    assert words in text
    assert all(part in text for part in ("On ", " came out as "))
    explained = "Rule: " in text and "Next: " in text
    assert explained != (UNKNOWN in text)
    others = {other for _, other in WRONG[name].values() if other not in words}
    assert not [other for other in others if other in text]


def test_the_tables_cover_every_check_with_four_mistakes_or_more():
    assert set(WRONG) == {name for name, e in ex.EXERCISES.items() if e.judge.__module__.startswith("coursepkg.")}
    for slips in WRONG.values():
        assert len({words for _, words in slips.values()}) >= 4


@pytest.mark.parametrize("name", WRONG)
def test_blanks_and_errors_are_told_apart(name):
    def blank(*_):
        raise NotImplementedError()

    def broken(*_):
        raise KeyError("no such key")

    extra = AX.get(name, list)
    assert said(name, blank, *extra())[0] == "not attempted"
    outcome, text = said(name, broken, *extra())
    assert outcome == "error"
    assert "KeyError: 'no such key'" in text
