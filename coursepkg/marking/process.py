"""The process in which a student's code runs, as the checks' side holds it: started, asked, and ended."""

import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from typing import Any

from .parcel import decode, frame, frames, pack

LONGEST = 64 << 20  # bytes of one message
GRACE = 5  # seconds beyond its time in which a process may still answer


class Lost(Exception):
    """The student's process ended, did not answer in time, or sent what nobody can read."""


class Process:
    """A running `worker` with the `settings` that it takes, in a folder of its own.

    Raises RuntimeError if it does not start. `fenced` says whether the system keeps it from files and network.
    """

    def __init__(self, settings: dict[str, Any]) -> None:
        import matplotlib

        self.folder = tempfile.mkdtemp(prefix="student-")
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("NBGRADER", "JPY_", "COURSE"))}
        here = dict.fromkeys(("HOME", "IPYTHONDIR", "TMPDIR"), self.folder)
        one = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # each thread takes memory of its own
        # Where matplotlib has listed the fonts already, so that not every process searches for them.
        drawing = {"MPLBACKEND": "Agg", "MPLCONFIGDIR": matplotlib.get_cachedir()}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "coursepkg.marking.worker", json.dumps(settings)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.folder,
            env=kept | here | one | drawing | {"PYTHONIOENCODING": "utf-8"},
            start_new_session=True,
        )
        self.messages: queue.Queue[Any] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        hello = self.messages.get(timeout=120)
        if not isinstance(hello, bytes):
            said = self.process.stderr.read().decode(errors="replace") if self.process.stderr else ""
            self.end()
            raise RuntimeError(f"the process for the student's code did not start: {said[-2000:]}")
        self.fenced = bool(json.loads(hello)["fenced"])

    def ask(self, request: dict[str, Any], seconds: float, kept: list[Any]) -> dict[str, Any]:
        """The answer to a request, which may take `seconds`; meanwhile it may call the functions `kept`."""
        last = time.monotonic() + seconds + GRACE
        self._send(request | {"seconds": seconds})
        while True:
            try:
                message = self.messages.get(timeout=max(last - time.monotonic(), 0))
            except queue.Empty:
                raise Lost(f"It had not ended after {seconds:g} seconds.") from None
            if message is None:
                raise Lost("It ended Python, or used more memory than it may.")
            if isinstance(message, ValueError):
                raise message
            answer = json.loads(message)
            if "call_back" not in answer:
                return answer
            self._call_back(kept[answer["call_back"]], decode(answer["args"]))

    def end(self) -> None:
        """Kill it and what it started, and remove what it wrote."""
        if sys.platform == "win32":
            self.process.kill()
        else:
            with suppress(ProcessLookupError):  # it has ended by itself
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            with suppress(OSError):  # what could not be sent any more
                pipe.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _call_back(self, function: Any, args: tuple[Any, ...]) -> None:
        """Call one of the checks' own functions for the student's code."""
        value, raised = None, None
        try:
            value = function(*args)
        except Exception as error:
            raised = type(error)(*map(str, error.args)) if type(error).__module__ == "builtins" else ValueError(error)
        functions: list[Any] = []
        packed = pack((value, raised), functions)
        if functions:
            raise TypeError(f"{function} is handed to a student, so it must not return functions")
        self._send({"value": packed})

    def _send(self, message: dict[str, Any]) -> None:
        with suppress(OSError):  # it has ended; what it last said is read first
            self.process.stdin.write(frame(json.dumps(message).encode()))
            self.process.stdin.flush()

    def _listen(self) -> None:
        try:
            for message in frames(self.process.stdout.read, LONGEST):
                self.messages.put(message)
        except ValueError as error:  # too long, or closed while it was read
            self.messages.put(error)
        self.messages.put(None)
