"""Scene: a figure with controls, drawn once and updated many times."""

import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .controls import Choice, Control, Slider, is_number, taken
from .points import Points


class SceneError(Exception):
    """A scene that breaks its contract; the message names the scene, the state and the mend."""


@dataclass(frozen=True)
class Frame:
    """What ``update`` returns: the artists that it moved, and the state in words.

    ``artists`` is the same list for every state; ``says`` is one plain sentence or two. ``more`` says that this is a
    picture on the way, as of a training that goes on: asked again, ``update`` comes nearer to the state. Raises
    ``TypeError`` for anything else.
    """

    artists: Sequence[Any]
    says: str
    more: bool = False

    def __post_init__(self) -> None:
        if not isinstance(self.artists, list | tuple):
            raise TypeError(f"Frame: artists must be a list of artists, got {self.artists!r}")
        if not isinstance(self.says, str):
            raise TypeError(f"Frame: says must be the state in words, got {self.says!r}")


@dataclass(frozen=True)
class Ask:
    """A prediction: the question, its possible answers, the index of the right one, and why it is right.

    ``wrong`` says of each other choice, in their order, what is amiss with it.
    """

    question: str
    choices: tuple[str, ...]
    answer: int
    because: str
    wrong: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.choices) < 2 or not 0 <= self.answer < len(self.choices):
            raise ValueError(
                f"Ask: answer must index one of two or more choices, got answer={self.answer!r} "
                f"for choices={self.choices!r}"
            )
        if self.wrong and len(self.wrong) != len(self.choices) - 1:
            raise ValueError(
                f"Ask: wrong must give one reason for each of the {len(self.choices) - 1} wrong choices, "
                f"got wrong={self.wrong!r}"
            )

    @property
    def slips(self) -> dict[int, str]:
        """What is amiss with each wrong choice, by its index."""
        others = (k for k in range(len(self.choices)) if k != self.answer)
        return dict(zip(others, self.wrong, strict=False))


def ended(choice: str, mark: str) -> str:
    """A choice as a sentence that ends with ``mark``."""
    return choice.rstrip(".?!") + mark


State = dict[str, Any]


@dataclass(frozen=True)
class Scene:
    """A drawing function together with its controls and its words; made by :func:`explorable`."""

    name: str
    draw: Callable
    controls: Mapping[str, Control] = field(hash=False)
    title: str
    alt: str
    ask: Ask | None
    presets: Mapping[str, State] = field(hash=False)
    size: tuple[float, float]
    budget: float
    drag: tuple[str | None, ...] = ()

    @property
    def default(self) -> State:
        """The state that the scene starts with."""
        return {name: control.default for name, control in self.controls.items()}

    def states(self) -> Iterator[State]:
        """Every state, the last control varying fastest."""
        for values in itertools.product(*(control.values for control in self.controls.values())):
            yield dict(zip(self.controls, values, strict=True))

    def state(self, given: Mapping[str, Any]) -> State:
        """The state that ``given`` leads to from the default; a value between those of a grid will do.

        Raises ``ValueError`` for a control that the scene does not have, or a value that a control does not have.
        """
        state = self.default
        for name, value in given.items():
            if name not in state:
                raise ValueError(f"{self.name}: no control is named {name!r}; they are {tuple(state)}")
            control = self.controls[name]
            try:
                if isinstance(control, Points):
                    control.points(value)
                    state[name] = value
                else:
                    state[name] = taken(control, value)
            except ValueError as error:
                raise ValueError(f"{self.name}: {name} {error}") from None
        return state

    def arguments(self, state: Mapping[str, Any]) -> dict[str, Any]:
        """What ``update`` gets at ``state``: for a set of points the points, else the value itself."""
        return {
            name: control.points(state[name]) if isinstance(control, Points) else state[name]
            for name, control in self.controls.items()
        }

    def corners(self) -> Iterator[State]:
        """The states at both ends of every slider and at every choice."""
        ends = [c.values if isinstance(c, Choice) else (c.values[0], c.values[-1]) for c in self.controls.values()]
        for values in itertools.product(*ends):
            yield dict(zip(self.controls, values, strict=True))

    def __len__(self) -> int:
        """The number of states."""
        return math.prod(len(control.values) for control in self.controls.values())

    def index(self, state: State) -> int:
        """The position of ``state`` in :meth:`states`."""
        place = 0
        for name, control in self.controls.items():
            place = place * len(control.values) + control.values.index(state[name])
        return place

    def error(self, state: State | None, fault: str, mend: str) -> SceneError:
        """A :class:`SceneError` about this scene at ``state``."""
        where = "" if state is None else " at " + ", ".join(f"{k}={v!r}" for k, v in state.items())
        return SceneError(f"scene {self.name!r}{where}: {fault}. Mend: {mend}.")


SCENES: dict[str, Scene] = {}


def explorable(
    *,
    alt: str,
    title: str,
    ask: Ask | None = None,
    presets: Mapping[str, State] | None = None,
    size: tuple[float, float] = (5.0, 3.2),
    budget: float = 150,
    drag: tuple[str | None, ...] = (),
    **controls: Control,
) -> Callable[[Callable], Scene]:
    """Turn ``draw(fig) -> update`` into a :class:`Scene` named after the function.

    ``draw`` puts everything on the figure once and returns ``update``, which takes the controls' values by
    name, changes artists in place and returns a :class:`Frame`. ``alt`` says what is to be seen, ``size``
    is in inches, ``budget`` in KB (1,000 bytes) of compressed page data. ``presets`` maps a button's text
    to the values it sets. ``drag`` names the sliders of a start point, ``("x0", "y0")``, ``("x0",)`` or
    ``(None, "y0")``, which the reader of a page may also drag on the figure's first axes. Raises ``ValueError``
    or ``TypeError`` for a control that is none, a preset off the grid, a missing alt text, a drag of what is no
    slider, or a name that another scene has.
    """
    for name, control in controls.items():
        if not isinstance(control, Slider | Choice):
            raise TypeError(f"explorable: {name} must be a Slider, a Choice or Points, got {control!r}")
    if not controls:
        raise ValueError("explorable: needs one or more controls, got none")
    for what, text in (("alt", alt), ("title", title)):
        if not isinstance(text, str) or not text.strip():
            raise ValueError(f"explorable: {what} must say something, got {text!r}")
    if not (isinstance(size, list | tuple) and len(size) == 2 and all(is_number(side) and side > 0 for side in size)):
        raise ValueError(f"explorable: size must be a width and a height in inches, got {size!r}")
    if not is_number(budget) or not budget > 0:
        raise ValueError(f"explorable: budget must be a number of KB, got {budget!r}")
    if drag and (len(drag) > 2 or not any(drag)):
        raise ValueError(f"explorable: drag must name one slider or two, across and up, got {drag!r}")
    for name in filter(None, drag):
        if name not in controls or not controls[name].numeric:
            raise ValueError(f"explorable: drag names {name!r}, which is none of its sliders {tuple(controls)}")
    if sum(isinstance(control, Points) for control in controls.values()) + bool(drag) > 1:
        raise ValueError("explorable: the first axes carry one set of Points or one drag, got several")
    presets = dict(presets or {})
    for button, state in presets.items():
        for name, value in state.items():
            if name not in controls:
                raise ValueError(f"explorable: preset {button!r} sets {name!r}; controls are {tuple(controls)}")
            if value not in controls[name].values:
                raise ValueError(
                    f"explorable: preset {button!r} sets {name}={value!r}, not one of {controls[name].values}"
                )

    def wrap(draw: Callable) -> Scene:
        name = draw.__name__
        scene = Scene(name, draw, controls, title, alt, ask, presets, size, budget, tuple(drag))
        other = SCENES.get(name)
        if other and other.draw.__module__ != draw.__module__:
            raise ValueError(
                f"explorable: the name {name!r} is taken by {other.draw.__module__}; "
                f"rename the one in {draw.__module__}"
            )
        SCENES[name] = scene
        return scene

    return wrap
