"""What benchmarks share: how large a round is, runs in turns, and what was found against its bar."""

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

README = Path(__file__).parents[1] / "README.md"


@dataclass(frozen=True)
class Size:
    """How much is measured: rounds of each race, the share of the steps in each round, and which pages."""

    rounds: int
    share: float
    every_page: bool = False

    @property
    def whole(self) -> bool:
        """Whether everything is measured, not only enough to see that it runs."""
        return self.share == 1

    def steps(self, number: int) -> int:
        """The steps of a round that has `number` of them by default, at least two."""
        return max(2, round(number * self.share))


TINY, DEFAULT, FULL = Size(rounds=1, share=0.01), Size(rounds=5, share=1), Size(rounds=9, share=1, every_page=True)


@dataclass(frozen=True)
class Row:
    """A measure: its values, the largest value that it may have, and a unit."""

    measure: str
    values: tuple[float, ...]
    bar: float
    unit: str = ""

    @property
    def holds(self) -> bool:
        return all(value <= self.bar for value in map(self.rounded, self.values))

    def rounded(self, value: float) -> float:
        """To the digits that are shown: three of a share, one of milliseconds, none of kilobytes."""
        return round(value, {"": 3, "ms": 1}.get(self.unit, 0))

    def __str__(self) -> str:
        """The row of a table in Markdown."""
        ends = sorted({self.rounded(min(self.values)), self.rounded(max(self.values))})
        unit = f" {self.unit}" if self.unit else ""
        return f"| {self.measure} | {'–'.join(f'{end:,g}' for end in ends)}{unit} | {self.bar:,g}{unit} |"


def agreement(title: str, losses: dict[str, float]) -> Row:
    """Whether rivals ended at the same loss: the spread relative to the first, at least to 1."""
    first, *others = map(float, losses.values())
    spread = max(abs(other - first) for other in others) / max(1, abs(first))
    return Row(f"{title}: spread of the losses, ×10⁻⁴", (1e4 * spread,), 0.5)


def race(contestants: dict[str, Callable[[], Any]], rounds: int) -> dict[str, tuple[float, Any]]:
    """{name: (median seconds, last result)}, everyone once a round, after a round that does not count."""
    times, results = {name: [] for name in contestants}, {}
    for r in range(rounds + 1):
        for name, run in contestants.items():
            start = perf_counter()
            results[name] = run()
            if r:
                times[name].append(perf_counter() - start)
    return {name: (median(times[name]), results[name]) for name in contestants}


def write(rows: Iterable[Row], readme: Path = README) -> list[str]:
    """Renew in the README's table each row whose measure was found; returns those measures."""
    text, renewed = readme.read_text(encoding="utf-8"), []
    for row in rows:
        assert all(map(math.isfinite, row.values))
        text, n = re.subn(rf"^\| {re.escape(row.measure)} \|.*$", lambda _, row=row: str(row), text, flags=re.MULTILINE)
        renewed += [row.measure] * n
    readme.write_text(text, encoding="utf-8", newline="\n")
    return renewed
