"""The student's process: it runs their cells and functions, and answers the checks' process in plain data.

    python -m coursepkg.marking.worker '{"secrets": […], "megabytes": …, "cpu": …}'

Messages come on its standard input and go to its standard output, each behind its length. What the student's code
writes goes to a file, and what it would read is empty.
"""

import base64
import io
import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from coursepkg.check.answer import Answer, NotAttempted, Raised, Wrong
from coursepkg.check.watch import within

from . import cage
from .parcel import encode, frame, frames, unpack

PRINTED = 20_000  # characters that are passed on of what one cell or call printed


class Worker:
    """A namespace in which a student's cells have run, at the other end of a pipe."""

    def __init__(self, source: Any, sink: Any, log: Any) -> None:
        from IPython.core.interactiveshell import InteractiveShell

        self.messages, self.sink, self.log, self.read_to = frames(source.read, 1 << 30), sink, log, 0
        self.shell = InteractiveShell.instance(colors="nocolor", cache_size=0)
        self.shell.history_manager.enabled = False
        self.shell.ask_exit = sys.exit  # what exit() and quit() call
        for magic in ("matplotlib", "pip", "conda"):  # figures are collected below, and nothing is installed
            self.shell.register_magic_function(lambda line: None, magic_name=magic)

    def serve(self, fenced: bool) -> None:
        """Say whether there is a fence, then answer until the other side hangs up."""
        self._send({"fenced": fenced})
        for message in self.messages:
            request = json.loads(message)
            self._send({"cell": self.cell, "call": self.call}[request.pop("do")](**request))

    def cell(self, source: str, seconds: float) -> dict[str, Any]:
        """Run a cell; what it printed and drew, and the functions and plain values that there are now."""
        try:
            with within(seconds):
                failed = not self.shell.run_cell(source).success
        except BaseException as error:  # time that ran out between the cell's end and ours
            failed = True
            print(f"{type(error).__name__}: {error}")
        pictures = self._pictures()
        names = {name: self._told(value) for name, value in self.shell.user_ns.items() if not name.startswith("_")}
        names = {name: told for name, told in names.items() if told is not None}
        return {"printed": self._printed(), "pictures": pictures, "names": names, "failed": failed}

    def call(self, name: str, given: str, takes: str, seconds: float) -> dict[str, Any]:
        """The value of the function `name`, or how it failed; and what it drew on the axes that it was given."""
        args, axes = unpack(given, self._call_back), []
        args = tuple(self._axes(arg, axes) for arg in args)
        answer: dict[str, Any]
        try:
            with within(seconds):
                value = Answer(self.shell.user_ns.get(name), takes).run(*args)
            answer = {"value": encode(value), "portraits": [self._portrait(ax) for ax in axes]}
        except (NotAttempted, Raised, Wrong) as failure:
            explained = getattr(failure, "explained", True)
            answer = {"fails": type(failure).__name__, "said": str(failure), "explained": explained}
        except BaseException as error:  # a value whose own code raises, or time that ran out on the way back
            answer = {"fails": "Raised", "said": f"What it returned cannot be read. {type(error).__name__}: {error}"}
        self._pictures()
        return answer | {"printed": self._printed()}

    def _call_back(self, number: int, args: tuple[Any, ...]) -> Any:
        """The value of a function that stayed on the other side."""
        self._send({"call_back": number, "args": encode(args)})
        reply = json.loads(next(self.messages))
        value, error = unpack(reply["value"], self._call_back)
        if error is not None:
            raise error
        return value

    def _send(self, message: dict[str, Any]) -> None:
        self.sink.write(frame(json.dumps(message).encode()))
        self.sink.flush()

    def _printed(self) -> str:
        sys.stdout.flush()
        sys.stderr.flush()
        self.log.seek(self.read_to)
        text = self.log.read(PRINTED).decode("utf-8", errors="replace")
        self.read_to = self.log.seek(0, os.SEEK_END)
        return text

    @staticmethod
    def _told(value: Any) -> Any:
        """What the checks' side learns of a name: that it is a function, or its value if that is short."""
        if callable(value):
            return None if isinstance(value, type) else {"function": getattr(value, "__name__", "your function")}
        if isinstance(value, ModuleType):
            return None
        told = encode(value)
        return {"value": told} if len(json.dumps(told)) < 2000 else None

    @staticmethod
    def _axes(arg: Any, axes: list[Any]) -> Any:
        """Axes like those that the checks have, in place of their description."""
        if not isinstance(arg, Canvas):
            return arg
        import matplotlib.pyplot as plt
        from matplotlib.figure import Figure

        make: Callable[..., Any] = plt.figure if arg.pyplot else Figure
        axes.append(make(figsize=arg.size, layout="constrained" if arg.constrained else None).subplots())
        return axes[-1]

    @staticmethod
    def _portrait(ax: Any) -> dict[str, Any]:
        from .portrait import portray

        return {"drawn": encode(portray(ax)), "png": _png(ax.figure)}

    @staticmethod
    def _pictures() -> list[str]:
        """The figures that pyplot holds, as PNG; they are closed."""
        if "matplotlib.pyplot" not in sys.modules:
            return []
        import matplotlib.pyplot as plt

        found = [_png(plt.figure(number)) for number in plt.get_fignums()[:20]]
        plt.close("all")
        return found


class Canvas:
    """The axes of a check: the size of their figure in inches, whether pyplot holds it, and its layout."""

    def __init__(self, size: tuple[float, float], pyplot: bool, constrained: bool) -> None:
        self.size, self.pyplot, self.constrained = size, pyplot, constrained


def _png(figure: Any) -> str:
    """The figure as a PNG in base 64; empty if it cannot be drawn."""
    file = io.BytesIO()
    try:
        figure.savefig(file, format="png", dpi=72)
    except Exception as error:  # of a label that is no TeX, say: the text tells, the picture is missing
        print(f"The figure cannot be shown. {type(error).__name__}: {error}")
        return ""
    return base64.b64encode(file.getvalue()).decode("ascii")


def main(settings: dict[str, Any]) -> None:
    """Put up the fence, then serve the pipe that standard input and output were."""
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with tempfile.TemporaryFile(dir=".") as log, open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
        worker = Worker(source, sink, log)
        cage.limit(settings["megabytes"], settings["cpu"])
        worker.serve(fenced=cage.fence([Path(secret) for secret in settings["secrets"]], Path.cwd()))


if __name__ == "__main__":
    sys.modules["coursepkg.marking.worker"] = sys.modules["__main__"]  # one Canvas, by whichever name it comes
    main(json.loads(sys.argv[1]))
