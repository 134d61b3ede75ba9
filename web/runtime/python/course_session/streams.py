"""Streams: what a cell prints, as it comes, and no more of it than a page can hold."""

import io
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LIMIT = 200_000  # characters of a cell
EVERY = 0.05  # seconds between two messages to the page


class Streams:
    """`tell(name, text)` hears what the cell writes to stdout and stderr."""

    def __init__(self, tell: Callable[[str, str], None]) -> None:
        self.tell = tell
        self.kept: list[tuple[str, str]] = []
        self.size, self.last = 0, 0.0

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Take both streams for one cell."""
        before = sys.stdout, sys.stderr
        self.size, self.last = 0, 0.0  # what a cell says first is told at once: it may compute for long
        sys.stdout, sys.stderr = Stream("stdout", self), Stream("stderr", self)
        try:
            yield
        finally:
            self.flush()
            sys.stdout, sys.stderr = before

    def write(self, name: str, text: str) -> None:
        """Keep `text` until the page can be told; past the limit of a cell, say so once and drop the rest."""
        left = LIMIT - self.size
        self.size += len(text)
        if left <= 0:
            return
        if len(text) > left:
            text = text[:left] + f"\n[This cell prints more than {LIMIT:,} characters: the rest is not shown.]\n"
        self.kept.append((name, text))
        if time.monotonic() - self.last > EVERY:
            self.flush()

    def flush(self) -> None:
        """Tell the page what has been kept, neighbours of one stream at once."""
        kept, self.kept, self.last = self.kept, [], time.monotonic()
        while kept:
            name = kept[0][0]
            n = next((k for k, (other, _) in enumerate(kept) if other != name), len(kept))
            self.tell(name, "".join(text for _, text in kept[:n]))
            kept = kept[n:]


class Stream(io.TextIOBase):
    """One of the two."""

    encoding = "utf-8"

    def __init__(self, name: str, streams: Streams) -> None:
        self.name, self.streams = name, streams

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.streams.write(self.name, str(text))
        return len(text)

    def flush(self) -> None:
        self.streams.flush()
