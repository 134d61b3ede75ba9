"""A student's code at arm's length: it runs in a process of its own, and the checks get stand-ins for its functions.

Nothing that the code does to its process (patched functions and modules, another environment, a frame that it reads,
an exit, an endless loop) reaches the process in which the checks decide.
"""

import atexit
import base64
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from jupyter_core.paths import jupyter_runtime_dir

from coursepkg.check.answer import Elsewhere, NotAttempted, Raised, Wrong

from .parcel import decode, pack
from .process import Lost, Process
from .worker import Canvas

# Where the answers are, if the course is used from a clone.
CLONE = [Path(__file__).resolve().parents[2] / name for name in ("solutions", "tests", ".git")]
IMPORTS = 120  # seconds that a cell may take which imports what the course needs, on a busy machine
USED_UP = "The time for this notebook is used up."


class Ran(NamedTuple):
    """What running a cell gave: its text, its pictures as PNG in base 64, and whether it failed."""

    printed: str
    pictures: list[str]
    failed: bool


class Student:
    """A process for one student's code. `names` has a stand-in for each of its functions, and its short values.

    Each cell and each call may take `seconds`, all together `total`, and the process `megabytes`; the folders and
    files `secrets`, and a clone's solutions, are kept from it where the system can. A process that ends or hangs is
    replaced by a new one in which the cells run again.
    """

    def __init__(
        self, secrets: Iterable[str | Path] = (), seconds: float = 30, total: float = 300, megabytes: int = 4096
    ) -> None:
        # Who can read a kernel's connection file can run code in it, this one's too.
        hidden = [jupyter_runtime_dir(), *map(str, secrets), *map(str, filter(Path.exists, CLONE))]
        self.settings = {"secrets": hidden, "megabytes": megabytes, "cpu": int(2 * total) + 60}
        self.seconds, self.left = seconds, total
        self.cells: list[str] = []
        self.names: dict[str, Any] = {}
        self.process = Process(self.settings)
        atexit.register(self.close)

    def __enter__(self) -> "Student":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process and remove what it wrote."""
        atexit.unregister(self.close)
        self.process.end()

    def run(self, source: str, seconds: float = 0) -> Ran:
        """Run a cell, for `seconds` if they are more than usual.

        If it ends or hangs the process, it is left out and the others run again.
        """
        if self.left <= 0:
            return Ran(USED_UP, [], True)
        try:
            with self._asking():
                answer = self._ask({"do": "cell", "source": source}, seconds=seconds)
                ran = Ran(str(answer["printed"]), list(map(str, answer["pictures"])), bool(answer["failed"]))
                self.names = {name: self._named(name, told) for name, told in answer["names"].items()}
        except Lost as lost:
            self._revive()
            return Ran(f"{lost} The cell is left out.", [], True)
        self.cells.append(source)
        return ran

    def call(self, name: str, args: tuple[Any, ...], takes: str) -> Any:
        """The value of the student's function; raises as `Answer.run` does, and `Raised` for a lost process."""
        if self.left <= 0:
            raise Raised(USED_UP)
        kept: list[Any] = []
        given = pack(tuple(_canvas(arg) if _is_axes(arg) else arg for arg in args), kept)
        try:
            with self._asking():
                answer = self._ask({"do": "call", "name": name, "given": given, "takes": takes}, kept)
                printed, fails = str(answer["printed"]), answer.get("fails")
                print(printed, end="" if printed.endswith("\n") or not printed else "\n")
                if fails is None:
                    value = decode(answer["value"])
                    for ax, portrait in zip(filter(_is_axes, args), answer["portraits"], strict=True):
                        _show(ax, portrait)
                    return value
                failure = _failure(str(fails), str(answer["said"]), bool(answer.get("explained", True)))
        except Lost as lost:
            self._revive()
            raise Raised(f"{name} stopped. {lost}") from lost
        raise failure

    def _ask(self, request: dict[str, Any], kept: list[Any] | None = None, seconds: float = 0) -> dict[str, Any]:
        return self.process.ask(request, max(seconds, min(self.seconds, max(self.left, 1))), kept or [])

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Take the block's time off what is left; `Lost` where it cannot read what the process sends."""
        begun = time.monotonic()
        try:
            yield
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
            raise Lost(f"What it sent cannot be read: {error}") from error
        finally:
            self.left -= time.monotonic() - begun

    def _revive(self) -> None:
        """A new process in which the cells that ended well have run again."""
        self.process.end()
        self.process = Process(self.settings)
        cells, self.cells = self.cells, []
        for source in cells:
            try:
                with self._asking():
                    self._ask({"do": "cell", "source": source}, seconds=IMPORTS)
            except Lost:  # it ran once: a cell that fails by chance is not tried a third time
                self.process.end()
                self.process = Process(self.settings)
                return
            self.cells.append(source)

    def _named(self, name: str, told: dict[str, Any]) -> Any:
        return Remote(self, name, str(told["function"])) if "function" in told else decode(told["value"])


class Remote(Elsewhere):
    """The stand-in for a student's function: whoever calls it gets what the student's process answers."""

    def __init__(self, student: Student, name: str, called: str) -> None:
        self.student, self.name, self.__name__ = student, name, called

    def run(self, args: tuple[Any, ...], takes: str = "") -> Any:
        return self.student.call(self.name, args, takes)

    def __call__(self, *args: Any) -> Any:
        return self.run(args)


def _failure(kind: str, said: str, explained: bool) -> Exception:
    """What `Answer.run` raised in the student's process, here."""
    if kind == "NotAttempted":
        return NotAttempted(said)
    if kind == "Wrong":
        return Wrong.said(said, explained)
    return Raised(said)


def _is_axes(value: Any) -> bool:
    return "matplotlib.axes" in sys.modules and isinstance(value, sys.modules["matplotlib.axes"].Axes)


def _canvas(ax: Any) -> Canvas:
    figure = ax.figure
    constrained = type(figure.get_layout_engine()).__name__ == "ConstrainedLayoutEngine"
    return Canvas(tuple(map(float, figure.get_size_inches())), hasattr(figure, "number"), constrained)


def _show(ax: Any, portrait: dict[str, Any]) -> None:
    """Put a portrait on the checks' axes; a figure that the notebook would show is replaced by the student's PNG."""
    from .portrait import paint

    paint(ax, decode(portrait["drawn"]))
    if hasattr(ax.figure, "number"):
        import matplotlib.pyplot as plt

        plt.close(ax.figure)
        show_png(str(portrait["png"]))


def show_png(data: str) -> None:
    """Show a picture, given in base 64, in the notebook that runs this; nowhere else."""
    if data and "IPython" in sys.modules:
        from IPython.display import Image, display

        display(Image(data=base64.b64decode(data), format="png"))
