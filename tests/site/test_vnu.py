"""Every page is as the HTML standard has it, by the standard's own checker."""

import json
import os
import subprocess

import pytest

from tools import vnu

pytestmark = pytest.mark.skipif(not (vnu.find() or os.environ.get("CI")), reason=vnu.ADVICE)
TWICE = "<!doctype html><html lang=en><title>Twice</title><p id=a>One.<p id=a>Two."


def test_the_standards_checker_finds_no_error_on_any_page(site, tmp_path):
    """One run for all: to start it takes longer than to read a page. A page with a known fault says that it reads."""
    (tmp_path / "twice.html").write_text(TWICE)
    pages = [tmp_path / "twice.html", *sorted(site.rglob("*.html"))]
    command = [*(vnu.find() or pytest.fail(vnu.ADVICE)), "--errors-only", "--exit-zero-always", "--format", "json"]
    run = subprocess.run([*command, *map(str, pages)], capture_output=True, text=True)
    found = [(one["url"].rpartition("/")[2], one["message"]) for one in json.loads(run.stderr)["messages"]]
    assert found == [("twice.html", "Duplicate ID “a”.")]
    assert len(pages) > 80  # explorables' own, too
