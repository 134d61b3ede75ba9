"""Each notebook is tested in the mode of its folder: exercises are blank, solutions are right."""

import os
from pathlib import Path

import pytest

# Tests share the cores by processes. NumPy's threads, one a core in each of them, would wait for each other.
# Here, before NumPy is imported; kernels, graders and builds that tests start inherit it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# To look for doctests here would import otter-grader, which warns while it is imported.
collect_ignore = ["coursepkg/marking/otter.py"]

MODES = {"exercises": "unattempted", "solutions": "strict"}
# The capstone trains 41 networks. The site's build runs it, a test compares what its page prints with what it keeps,
# and it runs once more among Colab's packages, outputs compared: here only for who asks.
LONG = Path(__file__).parent / "book" / "recipe.ipynb"


def pytest_ignore_collect(collection_path, config):
    asked = {Path(argument.split("::")[0]).resolve() for argument in config.invocation_params.args}
    return True if collection_path == LONG and LONG not in asked else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item):
    # nbval starts a notebook's kernel while it sets up the first cell; the kernel inherits this environment.
    with pytest.MonkeyPatch.context() as patch:
        if item.path.suffix == ".ipynb" and item.path.parent.name in MODES:
            patch.setenv("COURSEPKG_CHECK", MODES[item.path.parent.name])
        return (yield)
