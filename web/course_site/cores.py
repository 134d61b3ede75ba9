"""Cores: work that goes page by page, dealt out to the cores of the machine."""

import os
from collections.abc import Callable, Iterable
from typing import TypeVar

import sphinx_codeautolink.extension as codeautolink
from sphinx.util.parallel import ParallelTasks, parallel_available

A, B = TypeVar("A"), TypeVar("B")


def over(work: Callable[[A], B], things: Iterable[A]) -> list[B]:
    """What `work` makes of each thing, in their order. Its warnings count; its exceptions are raised here."""
    things, cores = list(things), os.cpu_count() or 1
    if not parallel_available or cores == 1:
        return list(map(work, things))
    made: dict[int, B] = {}
    tasks = ParallelTasks(cores)
    for core in range(cores):
        mine = range(core, len(things), cores)
        tasks.add_task(lambda mine: {k: work(things[k]) for k in mine}, mine, lambda mine, found: made.update(found))
    tasks.join()
    return [made[k] for k in range(len(things))]


class Links:
    """The links that codeautolink sets into each page's code: it would go through the pages one after another."""

    def __init__(self) -> None:
        self.link = codeautolink.link_html
        self.waiting: list[tuple[tuple, dict]] = []
        codeautolink.link_html = lambda *where, **how: self.waiting.append((where, how))

    def set(self) -> None:
        """Set those of the pages that wait for it."""
        over(lambda call: self.link(*call[0], **call[1]), self.waiting)
        self.waiting.clear()


links = Links()
