"""The session of a page: its cells' Python, in the reader's browser.

`Session(emit)` runs cells in one namespace. `emit(kind, cell, data)` is told what they print and show. There
is no IPython in the browser: `display` and the few magics that notebooks use are answered here.
"""

import ast
import asyncio
import builtins
import os
import sys
from collections.abc import Callable
from typing import Any

from . import bars, displays, failure, streams

FILE = "<cell {}>"


class Session:
    """One namespace, as a notebook's kernel has."""

    def __init__(self, emit: Callable[[str, int, Any], None]) -> None:
        self.emit = emit
        self.cell = 0
        self.names: dict[str, Any] = {"__name__": "__main__", "__builtins__": builtins}
        self.streams = streams.Streams(lambda name, text: emit("text", self.cell, f"{name}\n{text}"))
        displays.install(lambda bundle: emit("bundle", self.cell, displays.plain(bundle)))
        builtins.input = refuse_input
        bars.install()
        os.environ["EXPLORABLE"] = "static"  # figures for a page, and no widgets

    async def run(self, cell: int, source: str) -> dict[str, Any]:
        """Run a cell; {ok, line}: whether it came to its end, and the line of the cell where it did not, or 0."""
        self.cell = cell
        name = FILE.format(cell)
        failure.remember(name, source)
        with self.streams.taken():
            try:
                tree = ast.parse(magic(source), name)
                body, last = split(tree)
                flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
                await self._execute(compile(body, name, "exec", flags))
                if last is not None:
                    value = await self._evaluate(compile(last, name, "eval", flags))
                    if value is not None:
                        self.names["_"] = value
                        if not source.rstrip().endswith(";"):  # with which notebooks hold a value back
                            displays.display(value)
                displays.flush_figures()
            except BaseException as error:  # whatever a reader's cell raises, the page goes on
                text, line = failure.told(error, name, self.names)
                self.streams.flush()
                self.emit("error", cell, text)
                displays.drop_figures()
                return {"ok": False, "line": line}
        return {"ok": True, "line": 0}

    async def _execute(self, code: Any) -> None:
        result = eval(code, self.names)
        if asyncio.iscoroutine(result):
            await result

    async def _evaluate(self, code: Any) -> Any:
        result = eval(code, self.names)
        return await result if asyncio.iscoroutine(result) else result


def split(tree: ast.Module) -> tuple[ast.Module, ast.Expression | None]:
    """The statements, and the last expression if the cell ends in one whose value is to be shown."""
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        last = ast.Expression(tree.body[-1].value)
        return ast.Module(tree.body[:-1], []), last
    return tree, None


def magic(source: str) -> str:
    """The cell with IPython's lines, `%…` and `!…`, answered: nothing can be installed here, and there is no shell."""
    lines = source.split("\n")
    for k, line in enumerate(lines):
        bare = line.lstrip()
        if bare.startswith(("%", "!")) and not continues(lines, k):
            lines[k] = f"{line[: len(line) - len(bare)]}__import__('course_session').answer({bare!r})"
    return "\n".join(lines)


def continues(lines: list[str], k: int) -> bool:
    """Whether line k goes on with what stands before it, where a `%` is an operator or part of a string."""
    try:
        ast.parse("\n".join(lines[:k]))
    except SyntaxError as error:
        return "was never closed" in str(error) or "unterminated triple" in str(error)
    return False


def answer(line: str) -> None:
    """What a line for IPython gets on a page."""
    if line.startswith("%matplotlib"):
        return
    if line.startswith(("%pip", "!pip", "%conda")):
        print("Nothing can be installed on this page. It has NumPy, Matplotlib and the course's package.")
        return
    if line.startswith("!"):
        raise OSError(f"there is no shell on this page: {line}")
    raise NameError(f"{line.split()[0]} is IPython's, and this page has plain Python")


def refuse_input(prompt: str = "") -> str:
    """Stands for `input`: a page cannot wait for its reader in the middle of a cell."""
    raise EOFError(f"input({prompt!r}) cannot wait on this page. Write the value into the cell instead.")


sys.modules.setdefault("course_session", sys.modules[__name__])
