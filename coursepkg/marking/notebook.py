"""A student's notebook as the kernel of the checks sees it: names that stand in for what is elsewhere."""

from typing import Any

from .sealed import IMPORTS, Student, show_png

FAILED = "A cell of the course failed in the student's process."


class Notebook:
    """The kernel's side of a student's notebook: its cells run at arm's length, and its names stand in `namespace`."""

    def __init__(self, namespace: dict[str, Any], settings: dict[str, Any]) -> None:
        self.namespace, self.student = namespace, Student(**settings)
        self.given: dict[str, Any] = {}

    def run(self, source: str, ours: bool = False) -> None:
        """Run a cell, print and show what it printed and drew, and renew its names; one of `ours` has done so itself.

        A name that the checks' own cells have set stays theirs, whatever the student calls so.
        """
        ran = self.student.run(source, seconds=IMPORTS if ours else 0)
        if ours and ran.failed:
            print(f"{FAILED}\n{ran.printed}")
        if not ours:
            print(ran.printed, end="")
            for picture in ran.pictures:
                show_png(picture)
        before = {name for name, value in self.given.items() if self.namespace.get(name) is value}
        for name in before - set(self.student.names):
            del self.namespace[name]
        self.given = {k: v for k, v in self.student.names.items() if k in before or k not in self.namespace}
        self.namespace.update(self.given)


_NOTEBOOKS: list[Notebook] = []


def notebook(namespace: dict[str, Any], **settings: Any) -> Notebook:
    """The one notebook of this kernel, begun with the `settings` of `Student` when it is first asked for."""
    if not _NOTEBOOKS:
        _NOTEBOOKS.append(Notebook(namespace, settings))
    return _NOTEBOOKS[0]
