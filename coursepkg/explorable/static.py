"""The static side: every state of a scene, compiled for a page that has no kernel.

Only what moves is stored for each state. The base is written once; each moving artist is a *slot*, whose
distinct fragments are stored once; a state is one index into each slot.
"""

import base64
import gzip
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass

from .drag import surface
from .drawing import Drawing
from .scene import Scene, State
from .style import styled
from .svg import ThemedSVG, definitions

#: Fewer states than this are drawn sooner than a second process starts.
WORTH_A_PROCESS = 400


@dataclass(frozen=True)
class Column:
    """One thing that changes: its distinct values and, for each state, the index of the one that holds."""

    values: tuple[str, ...]
    at: tuple[int, ...]

    @classmethod
    def of(cls, values: Iterable[str]) -> "Column":
        """The column of ``values``, one for each state; distinct ones in order of appearance."""
        places: dict[str, int] = {}
        at = tuple(places.setdefault(value, len(places)) for value in values)
        return cls(tuple(places), at)


@dataclass(frozen=True)
class Compiled:
    """A scene ready for a page: its base, its clip paths, its slots and words state by state, its ring."""

    scene: Scene
    base: str
    clips: str
    slots: tuple[Column, ...]
    says: Column
    seconds: float
    drag: str = ""

    def fragments(self, state: State) -> list[str]:
        """The moving artists at ``state``, one SVG fragment for each slot."""
        k = self.scene.index(state)
        return [slot.values[slot.at[k]] for slot in self.slots]

    def words(self, state: State) -> str:
        """The state in words."""
        return self.says.values[self.says.at[self.scene.index(state)]]

    @property
    def payload(self) -> bytes:
        """What the page's script reads: gzipped JSON, the same bytes for the same scene."""
        data = {
            "slots": [[slot.values, slot.at] for slot in self.slots],
            "says": [self.says.values, self.says.at],
            "controls": [[name, c.values, c.texts] for name, c in self.scene.controls.items()],
        }
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        return gzip.compress(text.encode(), 9, mtime=0)

    @property
    def encoded(self) -> str:
        """The payload as text."""
        return base64.b64encode(self.payload).decode()

    @property
    def kilobytes(self) -> float:
        """The size of the payload, in KB (1,000 bytes)."""
        return len(self.payload) / 1000

    @property
    def report(self) -> str:
        """One line for the build's log."""
        return f"{self.scene.name}: {len(self.scene)} states, {self.kilobytes:.1f} KB, {self.seconds:.1f} s"


class Writer:
    """Draws a scene and writes its base and its fragments."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.drawing = Drawing(scene, dpi=72)
        self.svg = ThemedSVG(*self.drawing.fig.bbox.size, prefix=scene.name)

    def base(self) -> str:
        """All that does not move."""
        with self.drawing.blamed(None, "what stands still", "give matplotlib what it can draw"):
            return self.svg.take(self.drawing.fig)

    def frame(self, state: State) -> list[str]:
        """The fragments at ``state``, then the state in words."""
        frame = self.drawing.at(state)
        with self.drawing.blamed(state, "what moves", "give matplotlib what it can draw"):
            return [*(self.svg.take(artist) for artist in self.drawing.moving), frame.says]

    @styled()
    def frames(self, states: Iterable[State]) -> list[list[str]]:
        """One :meth:`frame` for each state."""
        return [self.frame(state) for state in states]

    def check(self, sample: list[State], frames: dict[int, list[str]], base: str) -> None:
        """Hold the scene to its contract over ``sample``, in another order than it was drawn in.

        Raises :class:`SceneError` where a state depends on the state before it, or where something moved
        that ``update`` did not return.
        """
        for state in sample:
            if self.frame(state) != frames[self.scene.index(state)]:
                raise self.scene.error(
                    state,
                    "the picture depends on the state before it",
                    "set every returned artist anew in update",
                )
            if self.base() != base:
                raise self.scene.error(
                    state, f"{self._moved(state)} moved but was not returned", "return it in the Frame"
                )

    def _moved(self, state: State) -> str:
        """The name of a still artist that looks other at ``state`` than at the default."""
        still = [a for a in self.drawing.fig.findobj() if not a.get_animated() and not a.get_children()]
        self.drawing.at(self.scene.default)
        before = [self.svg.take(artist) for artist in still]
        self.drawing.at(state)
        after = [self.svg.take(artist) for artist in still]
        return next((str(a) for a, x, y in zip(still, before, after, strict=True) if x != y), "something")


def compute(scene: Scene, processes: int) -> tuple[list[list[str]], dict[str, str]]:
    """The frames of all states, in order, and the clip paths that they use.

    Processes beyond the first are plain interpreters that import the scene: unlike forks they are safe in a
    kernel's threads, and unlike multiprocessing they leave the caller's main module alone.
    """
    states = list(scene.states())
    module = scene.draw.__module__
    importable = module != "__main__" and getattr(sys.modules.get(module), scene.name, None) is scene
    if not importable or len(states) < WORTH_A_PROCESS:
        processes = 1
    cuts = [str(len(states) * k // processes) for k in range(processes + 1)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-m", f"{__package__}.worker", module, scene.name]
    others = [
        subprocess.Popen([*command, *cuts[k : k + 2]], stdout=subprocess.PIPE, env=environment)
        for k in range(1, processes)
    ]
    writer = Writer(scene)
    frames = writer.frames(states[: int(cuts[1])])
    clips = dict(writer.svg.clips)
    for other in others:
        answer, _ = other.communicate()
        if other.returncode:
            raise scene.error(None, "a second process failed", "compile it with processes=1 to see the state")
        more = json.loads(answer)
        frames += more["frames"]
        clips |= more["clips"]
    return frames, clips


@styled()
def compiled(scene: Scene, processes: int | None = None) -> Compiled:
    """Compile ``scene``; the result does not depend on ``processes`` (all cores unless told).

    Raises :class:`SceneError` for a scene that breaks its contract or exceeds its budget.
    """
    begin = time.perf_counter()
    writer = Writer(scene)
    base = writer.base()
    frames, clips = compute(scene, processes or os.cpu_count() or 1)
    states = list(scene.states())
    sample = list(scene.corners())[:32] + random.Random(0).sample(states, min(32, len(states)))
    writer.check(sample, dict(enumerate(frames)), base)
    clips |= writer.svg.clips
    *slots, says = (Column.of(column) for column in zip(*frames, strict=True))
    defs = definitions(clips)
    result = Compiled(scene, base, defs, tuple(slots), says, time.perf_counter() - begin, surface(writer.drawing))
    if result.kilobytes > scene.budget:
        raise scene.error(
            None,
            f"{result.kilobytes:.0f} KB of page data exceed its budget of {scene.budget:g} KB",
            "draw fewer points in what moves, or take fewer states",
        )
    return result
