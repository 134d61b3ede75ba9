"""The static side: every state of a scene, compiled for a page that has no kernel.

Only what moves is stored for each state. The base is written once; each moving artist is a *slot*, whose
distinct fragments are stored once; a state is one index into each slot.
"""

import gzip
import json
import random
import time
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from matplotlib.artist import Artist

from .board import board
from .controls import Choice
from .drag import surface
from .drawing import Drawing
from .memo import look
from .packing import climbing, pack
from .scene import Frame, Scene, State
from .style import styled
from .svg import ThemedSVG, definitions

#: The number of states over which a scene is held to its contract.
CHECKED = 8


@dataclass(frozen=True)
class Column:
    """One thing that changes: its distinct values and, for each state, the index of the one that holds.

    ``at`` has an entry for each state, by the state's position; in a column of some states only, for these.
    """

    values: tuple[str, ...]
    at: Sequence[int] | Mapping[int, int]

    @classmethod
    def of(cls, values: Iterable[str], states: Iterable[int] | None = None) -> "Column":
        """The column of ``values``, one for each state, or for each of ``states``; distinct ones as they appear."""
        places: dict[str, int] = {}
        at = tuple(places.setdefault(value, len(places)) for value in values)
        return cls(tuple(places), at if states is None else dict(zip(states, at, strict=True)))

    @property
    def indices(self) -> Sequence[int] | Mapping[int, int]:
        """``at`` as it is packed."""
        return self.at if isinstance(self.at, Mapping) else climbing(self.at)


@dataclass(frozen=True)
class Compiled:
    """A scene ready for a page: its base, its clip paths, its slots and words state by state, its ring, its axes."""

    scene: Scene
    base: str
    clips: str
    slots: tuple[Column, ...]
    says: Column
    seconds: float
    drag: str = ""
    axes: Sequence[Sequence[float]] = ()

    def fragments(self, state: State) -> list[str]:
        """The moving artists at ``state``, one SVG fragment for each slot."""
        k = self.scene.index(state)
        return [slot.values[slot.at[k]] for slot in self.slots]

    def words(self, state: State) -> str:
        """The state in words."""
        return self.says.values[self.says.at[self.scene.index(state)]]

    @cached_property
    def payload(self) -> bytes:
        """What the page's script ``states.js`` reads: gzipped JSON, the same bytes for the same scene."""
        data = {
            "slots": [[pack(slot.values), slot.indices] for slot in self.slots],
            "says": [self.says.values, self.says.indices],
            "controls": [[name, c.values, c.texts] for name, c in self.scene.controls.items()],
            "axes": self.axes,
        }
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        return gzip.compress(text.encode(), 9, mtime=0)

    @property
    def kilobytes(self) -> float:
        """The size of the payload, in KB (1,000 bytes)."""
        return len(self.payload) / 1000


class Writer:
    """Draws a scene and writes its base and its fragments."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.drawing = Drawing(scene, dpi=72)
        self.svg = ThemedSVG(*self.drawing.fig.bbox.size, prefix=f"xp-{scene.name}")
        self._drawn: dict[Hashable, str] = {}

    def base(self) -> str:
        """All that does not move."""
        with self.drawing.blamed(None, "what stands still", "give matplotlib what it can draw"):
            return self.svg.take(self.drawing.fig)

    def frame(self, state: State) -> list[str]:
        """The fragments at ``state``, then the state in words."""
        return self._frame(state, self._fragment)

    def towards(self, state: State) -> tuple[list[str], bool]:
        """The frame at ``state`` or on the way there, and whether there is more of the way."""
        return self._taken(state, self.drawing.towards(state), self._fragment)

    def _frame(self, state: State, take: Callable[[Artist], str]) -> list[str]:
        """The frame at ``state``, its fragments by ``take``."""
        return self._taken(state, self.drawing.at(state), take)[0]

    def _taken(self, state: State, frame: Frame, take: Callable[[Artist], str]) -> tuple[list[str], bool]:
        with self.drawing.blamed(state, "what moves", "give matplotlib what it can draw"):
            return [*map(take, self.drawing.moving), frame.says], frame.more

    def _fragment(self, artist: Artist) -> str:
        """What ``artist`` draws; what looks the same is drawn once."""
        key = look(artist)
        if key is None:
            return self.svg.take(artist)
        if key not in self._drawn:
            self._drawn[key] = self.svg.take(artist)
        return self._drawn[key]

    @styled()
    def frames(self) -> list[list[str]]:
        """One :meth:`frame` for each state."""
        return [self.frame(state) for state in self.scene.states()]

    def check(self, frames: Sequence[list[str]] | Mapping[int, list[str]], base: str) -> None:
        """Hold the scene to its contract over a few states, each drawn afresh and in another order than before.

        Raises :class:`SceneError` where a state depends on the state before it, or where something moved
        that ``update`` did not return.
        """
        for state in sample(self.scene):
            if self._frame(state, self.svg.take) != frames[self.scene.index(state)]:
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


_writers: dict[str, Writer] = {}


def writer(scene: Scene) -> Writer:
    """The writer of ``scene``, the same one for as long as no other scene takes its name: a figure is 3 MB."""
    if scene.name not in _writers or _writers[scene.name].scene is not scene:
        _writers[scene.name] = Writer(scene)
    return _writers[scene.name]


def sample(scene: Scene) -> list[State]:
    """States that together stand at both ends of every slider and at every choice, and some others."""
    ends = {
        name: c.values if isinstance(c, Choice) else (c.values[0], c.values[-1]) for name, c in scene.controls.items()
    }
    rows = max(map(len, ends.values()))
    corners = [{name: values[k % len(values)] for name, values in ends.items()} for k in range(rows)]
    states = list(scene.states())
    return corners + random.Random(0).sample(states, min(max(CHECKED - rows, 0), len(states)))


@styled()
def compiled(scene: Scene) -> Compiled:
    """Compile ``scene``.

    Raises :class:`SceneError` for a scene that breaks its contract or exceeds its budget.
    """
    begin = time.perf_counter()
    writer = Writer(scene)
    base = writer.base()
    frames = writer.frames()
    writer.check(frames, base)
    *slots, says = (Column.of(column) for column in zip(*frames, strict=True))
    return _weighed(writer, base, slots, says, begin)


@styled()
def begun(scene: Scene) -> Compiled:
    """Compile of ``scene`` the default state and those that hold it to its contract: the others are asked for live.

    Raises as :func:`compiled` does.
    """
    begin = time.perf_counter()
    writer = Writer(scene)
    base = writer.base()
    frames = {scene.index(state): writer.frame(state) for state in [scene.default, *sample(scene)]}
    writer.check(frames, base)
    *slots, says = (Column.of(column, frames) for column in zip(*frames.values(), strict=True))
    return _weighed(writer, base, slots, says, begin)


def _weighed(writer: Writer, base: str, slots: Sequence[Column], says: Column, begin: float) -> Compiled:
    """What was compiled since ``begin``, if it keeps to its budget."""
    scene = writer.scene
    board(writer.drawing)  # raises for points that could not be placed
    defs = definitions(writer.svg.clips)
    drag, axes = surface(writer.drawing), writer.drawing.axes
    result = Compiled(scene, base, defs, tuple(slots), says, time.perf_counter() - begin, drag, axes)
    if result.kilobytes > scene.budget:
        raise scene.error(
            None,
            f"{result.kilobytes:.0f} KB of page data exceed its budget of {scene.budget:g} KB",
            "draw fewer points in what moves, or take fewer states",
        )
    return result
