"""The project sheet: its rubric adds up, and what it asks the course can do."""

import re

from tests.book.prose import BOOK

TEXT = (BOOK / "project.md").read_text(encoding="utf-8")
GUIDE = " ".join((BOOK / "teaching.md").read_text(encoding="utf-8").split())


def test_the_rubric_adds_up_and_the_guide_says_the_same():
    rows = re.findall(r"^\| ([^|]+) \| (\d+) \|([^|]+)\|([^|]+)\|([^|]+)\|$", TEXT, re.MULTILINE)
    assert len(rows) == 9
    assert sum(int(points) for _, points, *_ in rows) == 40
    assert "Forty points." in TEXT
    assert "[project](project.md)" in GUIDE
    assert "40 points" in GUIDE


def test_each_task_is_judged():
    tasks = re.findall(r"^\d\. \*\*(.+?)\.\*\*", TEXT, re.MULTILINE)
    assert tasks == ["Ask", "Look", "Set a mark", "Choose", "Train", "Test", "Look at the mistakes", "Doubt"]


def test_the_recipe_leads_to_it_and_back():
    assert "](project.md)" in (BOOK / "recipe.ipynb").read_text(encoding="utf-8")
    assert "](recipe.ipynb)" in TEXT
