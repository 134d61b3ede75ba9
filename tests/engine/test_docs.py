"""The engine's documentation is true: every public name has some, and its examples run."""

import importlib
import inspect
import pkgutil
import re
import tomllib

import pytest

import coursepkg.engine
from tests.conftest import ROOT

MODULES = ["coursepkg.engine"] + [
    found.name for found in pkgutil.walk_packages(coursepkg.engine.__path__, "coursepkg.engine.")
]


def test_examples_in_docstrings_are_collected():
    """pytest runs them all, with the rest: no test of ours need do so again."""
    pytest_ini = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"]
    assert "coursepkg" in pytest_ini["testpaths"]
    assert "--doctest-modules" in pytest_ini["addopts"].split()
    assert {"ELLIPSIS", "NORMALIZE_WHITESPACE"} <= set(pytest_ini["doctest_optionflags"])


def _public(module):
    for name, thing in vars(module).items():
        if not name.startswith("_") and getattr(thing, "__module__", None) == module.__name__:
            yield f"{module.__name__}.{name}", thing
            if inspect.isclass(thing):
                for method, body in vars(thing).items():
                    if not method.startswith("_") and inspect.isfunction(body):
                        yield f"{module.__name__}.{name}.{method}", body


@pytest.mark.parametrize("name", MODULES)
def test_every_public_name_is_documented_and_annotated(name):
    module = importlib.import_module(name)
    assert module.__doc__
    for where, thing in _public(module):
        # A dataclass without a docstring of its own gets its signature as one.
        doc = thing.__doc__ or ""
        assert doc.strip(), where
        assert not doc.startswith(thing.__name__ + "("), where
        if inspect.isfunction(thing):
            hints = thing.__annotations__
            assert "return" in hints, where
            named = [p for p in inspect.signature(thing).parameters if p != "self"]
            assert set(named) <= set(hints), where


def _arrays(function):
    """Whether the function takes or returns arrays, as far as its annotations tell."""
    hints = [str(hint) for hint in function.__annotations__.values()]
    return any(("ndarray" in hint or "Any" in hint) and "Callable" not in hint for hint in hints)


SIZES = re.compile(r"\((?:…|[\w…*ᵈ +·]*,[\w…ᵈ +·, ]*)?\)|elementwise|shape|number|labels")


@pytest.mark.parametrize("name", MODULES)
def test_every_function_of_arrays_says_their_shapes(name):
    for where, thing in _public(importlib.import_module(name)):
        if inspect.isfunction(thing) and _arrays(thing):
            assert SIZES.search(inspect.getdoc(thing).split(">>>")[0]), where


def test_the_walk_finds_the_modules():
    assert {"coursepkg.engine.perceptron", "coursepkg.engine.datasets.gates"} <= set(MODULES)
