"""The engine's documentation is true: every public name has some, and its examples run."""

import importlib
import inspect
import pkgutil
import re
import tomllib
from typing import Any

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
    """The parameters that are arrays, as far as annotations tell: np.ndarray, or Any, which becomes one at the door."""
    hints = inspect.get_annotations(function)
    arrays = [name for name, hint in hints.items() if hint is Any or "ndarray" in str(hint)]
    return [name for name in arrays if name != "return" and "Callable" not in str(hints[name])]


#: (n, d), (…,), (), ("n",) or a word that says that any shape will do.
SHAPE = r"(?:\((?:…|[\w…*ᵈ′ +·]+,[\w…ᵈ′ +·, ]*)?\)|shape)"
#: A function like another says of what.
ELSEWHERE = r"[Aa]rguments (?:and errors )?as|[Oo]therwise as|errors as"


@pytest.mark.parametrize("name", [name for name in MODULES if ".validate" not in name])
def test_every_function_of_arrays_says_their_shapes(name):
    """Each array is named with its shape: in the docstring of the function, else of its class or its module."""
    module = importlib.import_module(name)
    silent = []
    for where, thing in _public(module):
        if not inspect.isfunction(thing):
            continue
        owner = vars(module).get(where.split(".")[-2])
        docs = [inspect.getdoc(part) for part in (thing, owner, module) if part is not None]
        for array in _arrays(thing):
            says = rf"(?<!\w){re.escape(array)}(?!\w)[^.;]*?{SHAPE}|elementwise|{ELSEWHERE}"
            if not any(re.search(says, doc.split(">>>")[0], re.DOTALL) for doc in docs):
                silent.append(f"{where}: {array}")
    assert not silent


def test_the_walk_finds_the_modules():
    assert {"coursepkg.engine.perceptron", "coursepkg.engine.datasets.gates"} <= set(MODULES)
