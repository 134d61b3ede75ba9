"""The guide for teachers names the marks that the notebooks give."""

import re

import nbformat
import pytest

from tests.book.prose import BOOK

SOLUTIONS = sorted((BOOK.parent / "solutions").glob("*.ipynb"))


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_the_guide_names_the_points_of_each_notebook(path):
    graded = [cell.metadata.nbgrader for cell in nbformat.read(path, as_version=4).cells if "nbgrader" in cell.metadata]
    graded = [mark for mark in graded if mark.grade]
    points = sum(mark.points for mark in graded)
    by_a_person = sum(mark.points for mark in graded if mark.solution)
    text = (BOOK / "teaching.md").read_text(encoding="utf-8")
    guide = " ".join(text.split())
    if path.stem == "01_perceptron":
        linked = "[exercises of chapter 1](../exercises/01_perceptron.ipynb)"
        assert f"The {linked} take about an hour and give {points:g} points:" in guide
        marks = re.findall(r"^\| \d .*\| (\d*) ?\| (\d*) ?\|$", text, re.MULTILINE)
        assert sum(int(program or 0) for program, _ in marks) == points - by_a_person
        assert sum(int(person or 0) for _, person in marks) == by_a_person
    else:
        name = f"chapter {int(path.stem[:2])}" if path.stem[:2].isdigit() else path.stem
        linked = f"[{name}](../exercises/{path.name})"
        assert f"\n| {linked} | {points - by_a_person:g} | {by_a_person:g} |\n" in text
