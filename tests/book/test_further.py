"""The code on the page about further systems runs, and prints what stands below it."""

import contextlib
import importlib.util
import io
import itertools
import json
import re

import numpy as np
import pytest

from tests.book.prose import BOOK

TEXT = (BOOK / "further.md").read_text(encoding="utf-8")
RECORD = json.loads((BOOK.parent / "tests" / "reference" / "torch.json").read_text(encoding="utf-8"))["page"]
ENGINE, TORCH, *SCIPY = re.findall(r"^```python\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
FIVE_LINES, *SHOWN = re.findall(r"^```text\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)


def printed(code: str) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(code, {})
    return out.getvalue()


def test_the_engine_prints_the_five_lines():
    assert len(FIVE_LINES.splitlines()) == 5
    assert printed(ENGINE) == FIVE_LINES


def test_pytorch_printed_the_five_lines_and_does_so_still_where_it_is_installed():
    """Its output was recorded from this very code; where PyTorch is at hand, the code runs again."""
    assert RECORD["code"] == TORCH.splitlines(), "the page's code has changed: python tests/reference/record_torch.py"
    assert RECORD["printed"] == FIVE_LINES.splitlines()
    if importlib.util.find_spec("torch"):
        import torch

        was = torch.get_default_dtype()
        try:
            assert printed(TORCH) == FIVE_LINES
        finally:
            torch.set_default_dtype(was)


@pytest.mark.parametrize(("code", "shown"), list(zip(SCIPY, SHOWN, strict=True)))
def test_scipy_prints_what_is_shown(code, shown):
    assert printed(code) == shown


def test_the_plan_is_the_best_of_all_and_rounding_does_not_find_it():
    hours, euros = np.array([4, 3, 5, 6, 2]), np.array([28, 20, 40, 45, 12])
    assert "Five jobs take 4, 3, 5, 6 and 2 hours and earn 28, 20, 40, 45 and 12 euros. There are 10 hours." in TEXT
    plans = np.array(list(itertools.product([0, 1], repeat=5)))
    allowed = plans[plans @ hours <= 10]
    earned = allowed @ euros
    assert earned.max() == 73
    assert (earned == 73).sum() == 1
    assert allowed[earned.argmax()].tolist() == [1, 0, 0, 1, 0]
    assert hours @ np.round([0, 0, 1, 5 / 6, 0]) == 11
    # Split, the jobs are taken in the order of what they earn in an hour.
    assert sorted(euros / hours)[-2:] == [7.5, 8]  # the fourth job and the third earn most in an hour, without a tie
    assert 40 + 45 * 5 / 6 == 77.5


def test_the_page_counts_its_parameters():
    assert "theta = np.sin(np.arange(1, 14))  # 13 parameters" in ENGINE
    assert 3 * (2 + 1) + (3 + 1) == 13
