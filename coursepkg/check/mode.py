"""Who asks: the mode in which checks speak. It is read once, when the checks are imported.

The environment variable COURSEPKG_CHECK chooses it:

- `friendly` (the default), for someone at work: prints what it finds and never raises: the notebook runs on.
- `strict`, for marking: prints if the answer is right, else raises `CheckFailed` with the same words.
- `unattempted`, for blank notebooks under test: raises `CheckFailed` unless the answer is "not attempted".

nbgrader sets NBGRADER_EXECUTION while it marks or validates: then the mode is strict in any case. What a notebook
changes in its environment afterwards changes no mark.
"""

import os
from collections.abc import Mapping

from coursepkg.engine.validate import choice

MODES = ("friendly", "strict", "unattempted")


def read(environment: Mapping[str, str]) -> str:
    """The mode that an environment asks for; ValueError if it is none of `MODES`."""
    if environment.get("NBGRADER_EXECUTION"):
        return "strict"
    return choice("COURSEPKG_CHECK", environment.get("COURSEPKG_CHECK", "friendly"), MODES)


MODE = read(os.environ)
