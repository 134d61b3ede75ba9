"""Each notebook is tested in the mode of its folder: exercises are blank, solutions are right."""

import pytest

MODES = {"exercises": "unattempted", "solutions": "strict"}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item):
    # nbval starts a notebook's kernel while it sets up the first cell; the kernel inherits this environment.
    with pytest.MonkeyPatch.context() as patch:
        if item.path.suffix == ".ipynb" and item.path.parent.name in MODES:
            patch.setenv("COURSEPKG_CHECK", MODES[item.path.parent.name])
        return (yield)
