"""The breaks of tools/engine_mutants.py: each changes the module, still compiles, and comes again with its seed."""

import ast

import pytest

from tests.conftest import ROOT
from tools.engine_mutants import ENGINE, EQUIVALENT, mutate, sample, sites


@pytest.mark.parametrize("name", ["costs.py", "watch.py"])
def test_every_break_changes_the_module_and_compiles(name):
    source = (ROOT / ENGINE / name).read_text(encoding="utf-8")
    whole = ast.unparse(ast.parse(source))
    found = list(sites(ast.parse(source)))
    broken = [mutate(source, i) for i in range(len(found))]
    assert all(text != whole and compile(text, name, "exec") for text, _ in broken)


def test_words_of_errors_and_annotations_are_left_alone():
    source = "def f(x: int | None = 3) -> int:\n    if x < 0:\n        raise ValueError(f'x must be {-1 + 2}')\n"
    assert sorted(what for _, what in sites(ast.parse(source))) == ["comparison", "condition", "constant", "constant"]


def test_a_seed_names_its_sample():
    assert sample(0, 20) == sample(0, 20) != sample(1, 20)
    assert len(set(sample(0, 150))) == 150


def test_what_is_called_equivalent_is_still_there():
    for name, statement, _ in EQUIVALENT:
        lines = [
            line.strip() for line in ast.unparse(ast.parse((ROOT / ENGINE / name).read_text("utf-8"))).splitlines()
        ]
        assert statement in lines, (name, statement)
