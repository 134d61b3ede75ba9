"""What is held away from the caller while a student's code runs: the error stream, and time without end."""

import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stderr
from typing import Any


class TimeUp(BaseException):
    """Raised in the student's code when its time is over: no `except Exception` there stops it."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise `TimeUp` in the block after `seconds`, and each second after that; 0 is no limit.

    It takes a POSIX system and the main thread; elsewhere there is no limit here, and whoever started the process
    has to set one.
    """
    alarm = getattr(signal, "setitimer", None)
    if not seconds or alarm is None or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_: Any) -> None:
        raise TimeUp(f"it had not ended after {seconds:g} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    alarm(signal.ITIMER_REAL, seconds, 1)
    try:
        yield
    finally:
        alarm(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def joined(every_way: bool) -> Iterator[None]:
    """In the block, stderr is stdout; with `every_way` also a stream saved before, descriptor 2 and subprocesses.

    nbgrader gives no points to a cell with any text on stderr, be it a warning's or a log's.
    """
    if not every_way:
        with redirect_stderr(sys.stdout):
            yield
        return
    streams = {id(stream): stream for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__) if stream}
    kernels: list[Any] = [stream for stream in streams.values() if type(stream).__name__ == "OutStream"]  # ipykernel's
    names = [stream.name for stream in kernels]
    _flush(streams.values())
    descriptor = os.dup(2)
    os.dup2(1, 2)
    for stream in kernels:
        stream.name = "stdout"
    try:
        with redirect_stderr(sys.stdout):
            yield
    finally:
        _flush(streams.values())
        os.dup2(descriptor, 2)
        os.close(descriptor)
        for stream, name in zip(kernels, names, strict=True):
            stream.name = name


def _flush(streams: Iterable[Any]) -> None:
    for stream in streams:
        stream.flush()
