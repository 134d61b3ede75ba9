"""The code behind the course: engine, figures, sliders and checks.

``import coursepkg`` loads NumPy's part only; matplotlib and ipywidgets load when something is shown.
"""

from typing import Any

__version__ = "0.1.0"
__all__ = ["check", "explore", "show"]


def __getattr__(name: str) -> Any:
    if name in ("explore", "show"):
        from . import explorable

        return getattr(explorable, name)
    if name == "check":
        from importlib import import_module

        return import_module(".check", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
