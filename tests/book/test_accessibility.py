"""The conformance report has every criterion of WCAG 2.2 at levels A and AA once, and names tests that exist."""

import re

from tests.browser import axe
from tests.conftest import ROOT
from tools import vnu

PAGE = (ROOT / "book" / "accessibility.md").read_text(encoding="utf-8")
# W3C (2023), Web Content Accessibility Guidelines 2.2: the success criteria of level A and of level AA.
A = "1.1.1 1.2.1 1.2.2 1.2.3 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 "
A += "2.5.1 2.5.2 2.5.3 2.5.4 3.1.1 3.2.1 3.2.2 3.2.6 3.3.1 3.3.2 3.3.7 4.1.2"
AA = "1.2.4 1.2.5 1.3.4 1.3.5 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.4.5 2.4.6 2.4.7 2.4.11 2.5.7 2.5.8 3.1.2 "
AA += "3.2.3 3.2.4 3.3.3 3.3.4 3.3.8 4.1.3"
LEVELS = dict.fromkeys(A.split(), "A") | dict.fromkeys(AA.split(), "AA")
SINCE_2_2 = {"2.4.11", "2.5.7", "2.5.8", "3.2.6", "3.3.7", "3.3.8"}  # EN 301 549 V3.2.1 (2021) has those of WCAG 2.1
ROW = re.compile(r"^\| ([\d.]+) [^|]+ \| (A+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
ROWS = ROW.findall(PAGE)


def place(criterion: str) -> list[int]:
    return [int(part) for part in criterion.split(".")]


def test_every_criterion_has_its_row_level_and_clause():
    assert [criterion for criterion, *_ in ROWS] == sorted(LEVELS, key=place)
    assert f"All {len(LEVELS)} criteria" in PAGE
    for criterion, level, clause, holds, _ in ROWS:
        assert level == LEVELS[criterion]
        assert clause == ("none yet" if criterion in SINCE_2_2 else f"9.{criterion}")
        assert holds in ("supports", "in part", "does not apply")


def test_what_holds_in_part_is_told_above():
    known = PAGE.partition("## What is known not to hold")[2].partition("## Criterion")[0]
    for criterion in (row[0] for row in ROWS if row[3] == "in part"):
        assert f"({criterion})" in known


def test_each_way_of_testing_is_explained_and_used():
    ways = re.findall(r"^\*\*([^*]+)\*\*$", PAGE, re.MULTILINE)
    named = [(holds, re.findall(r"\*([^*]+)\*", how)) for *_, holds, how in ROWS]
    assert all(bool(words) == (holds != "does not apply") for holds, words in named)
    assert {word for _, words in named for word in words} == set(ways)


def test_each_test_that_is_named_exists():
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)
    assert len(named) > 25
    for file, name in named:
        assert re.search(rf"^def {name}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE), (file, name)


def test_the_tools_have_these_versions():
    assert re.match(r"/\*! axe v4\.12\.", axe.SOURCE)
    assert "axe-core 4.12 " in PAGE
    assert "Checker 26.9 " in PAGE
    assert vnu.PACKAGE.startswith("vnu-jar@26.9.")
