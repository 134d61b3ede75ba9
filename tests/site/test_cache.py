"""The course's pages run again when its package changes, and always in CI."""

from types import SimpleNamespace

import pytest

from coursepkg.explorable import fresh
from tests.conftest import ROOT


def test_the_key_holds_the_whole_package_with_its_data():
    files = fresh.local_files([ROOT / "book" / "05_descent.ipynb"])
    package = ROOT / "coursepkg"
    held = {path for path in package.rglob("*") if path.is_file() and path.suffix != ".pyc"}
    assert held == set(files.values())
    assert package / "engine" / "data" / "digits.npz" in held


@pytest.mark.parametrize(("ci", "mode"), [("", "cache"), ("true", "force")])
def test_ci_trusts_no_cache(monkeypatch, ci, mode):
    monkeypatch.syspath_prepend(str(ROOT / "web"))
    from course_site import execution

    monkeypatch.setenv("CI", ci)
    config = SimpleNamespace(nb_execution_mode="cache")
    execution.trust_no_cache(config)
    assert config.nb_execution_mode == mode
