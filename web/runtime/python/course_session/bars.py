"""Bars: how far a loop is, as tqdm shows it, which the page does not carry."""

import sys
import time
import types
from collections.abc import Iterable, Iterator
from typing import Any

WIDTH = 20
EVERY = 0.1  # seconds between two looks of a bar


class Bar:
    """Wraps an iterable, or counts by `update`; its line on the page is written anew as it moves."""

    def __init__(self, iterable: Iterable | None = None, desc: str = "", total: float | None = None, **_: Any) -> None:
        self.iterable, self.desc, self.n, self.last = iterable, desc, 0, 0.0
        self.total = len(iterable) if total is None and hasattr(iterable, "__len__") else total
        self.note = ""

    def __iter__(self) -> Iterator:
        with self:
            for one in self.iterable:
                yield one
                self.update()

    def update(self, n: float = 1) -> None:
        """Move on by n."""
        self.n += n
        if time.monotonic() - self.last > EVERY:
            self.show()

    def show(self, end: str = "") -> None:
        """Write the line anew."""
        self.last = time.monotonic()
        head = f"{self.desc}: " if self.desc else ""
        if self.total:
            share = min(1.0, self.n / self.total)
            full = round(WIDTH * share)
            head += f"{share:4.0%} [{'#' * full}{'.' * (WIDTH - full)}] {self.n}/{self.total}"
        else:
            head += f"{self.n}"
        sys.stdout.write(f"\r{head}{self.note and ', '}{self.note}{end}")

    def set_description(self, desc: str = "", refresh: bool = True) -> None:
        """Change what stands before the bar."""
        self.desc = desc

    def set_postfix(self, **named: Any) -> None:
        """Change what stands behind it."""
        self.note = ", ".join(f"{name}={value}" for name, value in named.items())

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the line."""
        self.show("\n")


def install() -> None:
    """Stand in for tqdm, under each of the names by which notebooks import it."""
    for name in ("tqdm", "tqdm.auto", "tqdm.notebook"):
        module = sys.modules[name] = types.ModuleType(name)
        module.tqdm = Bar
        module.trange = lambda *bounds, **named: Bar(range(*bounds), **named)
