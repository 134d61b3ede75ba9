"""Work that is dealt out to the cores comes back in order, with its warnings and its faults."""

import pytest
from sphinx.errors import SphinxParallelError
from sphinx.util import logging

from tests.conftest import ROOT


@pytest.fixture
def over(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "web"))
    from course_site import cores

    monkeypatch.setattr(cores.os, "cpu_count", lambda: 3)
    return cores.over


def test_what_is_made_comes_in_the_order_of_the_things(over):
    assert over(lambda n: n * n, range(10)) == [n * n for n in range(10)]
    assert over(lambda n: n, []) == []


def test_a_fault_in_one_of_the_processes_is_raised(over):
    with pytest.raises(SphinxParallelError, match="KeyError: 'b'"):
        over({"a": 1}.__getitem__, "ab")


def test_a_warning_in_one_of_the_processes_is_heard(over, caplog):
    logger = logging.getLogger("links")
    over(lambda page: logger.warning("no link on %s", page), ["a", "b"])
    assert sorted(caplog.messages) == ["no link on a", "no link on b"]
