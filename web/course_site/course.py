"""Course: what the chapters say of themselves in their first lines: how long they take, and what they need."""

import re
from typing import NamedTuple

from docutils import nodes
from sphinx.environment import BuildEnvironment

CHAPTER = re.compile(r"(?:.*/)?0*(\d+)_[^/]*")
TIME = re.compile(r"Time\s+(\d+) minutes")
EXERCISES = re.compile(r"(an hour(?: and a half)?) for the exercises")


class Chapter(NamedTuple):
    """A chapter: its page, number and title, its minutes, the time for its exercises in words, and the numbers of the
    chapters that it needs."""

    page: str
    number: int
    title: str
    minutes: int
    exercises: str
    needs: tuple[int, ...]


def chapters(env: BuildEnvironment) -> list[Chapter]:
    """The chapters of the book, by number: pages whose names begin with one, and which say how long they take."""
    found = []
    for page in env.toctree_includes.get(env.config.root_doc, []):
        named = CHAPTER.fullmatch(page)
        if named and (said := _said(env.get_doctree(page))):
            number, title = int(named[1]), env.titles[page].astext().removeprefix(named[1].lstrip("0")).strip()
            needs = sorted({int(n) for n in re.findall(r"chapter (\d+)", said.partition("You need")[2])})
            exercises = EXERCISES.search(said)
            found.append(
                Chapter(page, number, title, int(TIME.search(said)[1]), exercises[1] if exercises else "", tuple(needs))
            )
    return sorted(found, key=lambda chapter: chapter.number)


def _said(page: nodes.document) -> str:
    """The paragraph of a page that says how long it takes, or nothing."""
    texts = (" ".join(paragraph.astext().split()) for paragraph in page.findall(nodes.paragraph))
    return next((text for text in texts if TIME.match(text)), "")


def depths(course: list[Chapter]) -> dict[int, int]:
    """How many chapters stand at least between the beginning and each of them."""
    found: dict[int, int] = {}
    for chapter in course:
        found[chapter.number] = max((found[n] + 1 for n in chapter.needs if n in found), default=0)
    return found


def direct(course: list[Chapter]) -> list[tuple[int, int]]:
    """The pairs (needed, chapter) of which no other pair follows."""
    all_needs: dict[int, set[int]] = {}
    for chapter in course:
        all_needs[chapter.number] = set(chapter.needs).union(*(all_needs.get(n, set()) for n in chapter.needs))
    return [
        (n, chapter.number)
        for chapter in course
        for n in chapter.needs
        if not any(n in all_needs.get(other, ()) for other in chapter.needs)
    ]
