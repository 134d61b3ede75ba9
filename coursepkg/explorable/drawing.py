"""Drawing: one scene on one figure, held to its contract.

Both sides use it: the live side paints its moving artists over a cached background, the static side writes
them as fragments over a base.
"""

import inspect
import re
from collections.abc import Iterator
from contextlib import contextmanager

from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from .scene import Frame, Scene, SceneError, State
from .style import styled
from .undrawable import Undrawable

NOT_FINITE = re.compile(r"\b(nan|inf)\b", re.IGNORECASE)


class Drawing:
    """A scene drawn at its default state.

    ``moving`` holds the artists that ``update`` returns, in drawing order; they are marked as animated, so
    that ``fig.draw`` leaves them out. Raises :class:`SceneError` when the scene breaks its contract.
    """

    def __init__(self, scene: Scene, dpi: float) -> None:
        self.scene = scene
        with styled():
            self.fig = Figure(scene.size, dpi=dpi, layout="constrained")
            self.canvas = FigureCanvasAgg(self.fig)
            with self.blamed(None, "the drawing function", "let it draw the default state on any figure"):
                self._update = scene.draw(self.fig)
            self._check_update()
            self._returned = None
            frame = self.at(scene.default)
            self._returned = [id(artist) for artist in frame.artists]
            self.moving = sorted(frame.artists, key=lambda artist: artist.get_zorder())
            with self.blamed(scene.default, "matplotlib", "give it what it can draw"):
                self.canvas.draw()  # the one and only layout: later states must not shift the axes
            self.fig.set_layout_engine("none")
            for artist in self.moving:
                artist.set_animated(True)

    @property
    def axes(self) -> list[list[float]]:
        """Where the axes lie, each its left, bottom, width and height in shares of the figure."""
        return [[round(float(side), 6) for side in ax.get_position(original=True).bounds] for ax in self.fig.axes]

    def arrange(self, axes: list[list[float]]) -> None:
        """Put the axes where another drawing of the scene has them: other versions of matplotlib lay out otherwise."""
        if axes != self.axes:
            for ax, place in zip(self.fig.axes, axes, strict=True):
                ax.set_position(Bbox.from_bounds(*place))
                ax.apply_aspect()

    @contextmanager
    def blamed(self, state: State | None, who: str, mend: str) -> Iterator[None]:
        """Within, in the house style, whatever is raised becomes a :class:`SceneError` about ``state``."""
        try:
            with styled():
                yield
        except SceneError:
            raise
        except Undrawable as error:
            raise self.scene.error(state, str(error), error.mend) from error
        except Exception as error:
            raise self.scene.error(state, f"{who} raised {type(error).__name__}: {error}", mend) from error

    def at(self, state: State) -> Frame:
        """Move the artists to ``state``, all the way."""
        while (frame := self.towards(state)).more:
            pass
        return frame

    def towards(self, state: State) -> Frame:
        """Move the artists to ``state``, or to a picture on the way that says so."""
        with self.blamed(state, "update", "let update answer every state of its controls"):
            frame = self._update(**self.scene.arguments(state))
        if not isinstance(frame, Frame):
            raise self.scene.error(state, f"update returned {frame!r}", "end it with return Frame(artists, says)")
        strangers = [a for a in frame.artists if not isinstance(a, Artist)]
        if strangers or not frame.artists:
            raise self.scene.error(
                state,
                f"the frame holds {strangers or 'no artist'}",
                "return matplotlib artists, at least one",
            )
        if self._returned is not None and [id(a) for a in frame.artists] != self._returned:
            raise self.scene.error(
                state,
                "update returned other artists than at the default state",
                "return the same artists in the same order every time, emptied where there is nothing to draw",
            )
        if len({id(a) for a in frame.artists}) < len(frame.artists):
            raise self.scene.error(state, "update returned an artist twice", "return each artist once")
        if lost := [a for a in frame.artists if a.get_figure() is None]:
            raise self.scene.error(state, f"{lost[0]} is not on the figure", "draw it once, and change it in place")
        if not frame.says.strip() or NOT_FINITE.search(frame.says):
            raise self.scene.error(
                state,
                f"the state in words is {frame.says!r}",
                "say the state in words; name a divergence as one",
            )
        return frame

    def _check_update(self) -> None:
        if not callable(self._update):
            raise self.scene.error(None, f"the drawing function returned {self._update!r}", "end it with return update")
        parameters = inspect.signature(self._update).parameters
        if set(parameters) != set(self.scene.controls):
            raise self.scene.error(
                None,
                f"update takes {tuple(parameters)} but the controls are {tuple(self.scene.controls)}",
                "give update one argument for each control, of the same name",
            )
