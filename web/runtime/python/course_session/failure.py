"""Failure: what went wrong in a cell, with the cell's own lines and none of the runtime's."""

import linecache
import sys
import traceback
from typing import Any


def remember(name: str, source: str) -> None:
    """Let tracebacks quote the lines of the cell `name`."""
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)


def told(error: BaseException, name: str, names: dict[str, Any]) -> tuple[str, int]:
    """The traceback from the cell inwards, and the line of the cell `name` at which it starts (0 where there is none).

    Frames of the page's own runtime, which come before the first cell, are left out. `names` are those of the page:
    where they are the reason, the last line says what to do.
    """
    if isinstance(error, KeyboardInterrupt):
        return "Interrupted. The names defined so far are kept.", line_of(error, name)
    if isinstance(error, SystemExit):
        return "The cell asked to exit. The page goes on: its names are kept.", line_of(error, name)
    if isinstance(error, MemoryError):
        return "This cell needs more memory than the browser gives a page. Make its arrays smaller.", line_of(
            error, name
        )
    tail = error.__traceback__
    while tail is not None and not tail.tb_frame.f_code.co_filename.startswith("<cell "):
        tail = tail.tb_next
    lines = traceback.format_exception(type(error), error, tail)
    if isinstance(error, SyntaxError) and tail is None:
        lines = traceback.format_exception_only(type(error), error)
        return "".join(lines), error.lineno or 0
    return "".join([*lines, advice(error, names)]), line_of(error, name)


def advice(error: BaseException, names: dict[str, Any]) -> str:
    """What to do about a name that is not there, or is no longer what the page made it."""
    if isinstance(error, NameError) and error.name:
        return f"Is {error.name} made in a cell above? Run all above does it.\n"
    check = sys.modules.get("coursepkg.check")
    if (
        isinstance(error, AttributeError)
        and error.obj is names.get("check") is not check
        and hasattr(check, error.name)
    ):
        return "`check` is no longer the course's: run the cell that imports it once more.\n"
    return ""


def line_of(error: BaseException, name: str) -> int:
    """The line of the cell that was running; 0 where none was."""
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename == name:
            return frame.lineno or 0
    return 0
