"""Points: a control whose values are sets of labelled points, the author's by name, and the reader's own.

A page that has no Python shows the author's sets, as any choice. Where there is one, the reader places points on the
figure's first axes. Such a set is a value like the others: a short text, which an address can carry.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from .controls import Choice, is_number

#: What the text of the reader's own set begins with; no name of an author's set does.
OWN = "~"
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
#: Two digits to a coordinate.
PLACES = len(DIGITS) ** 2


class Point(NamedTuple):
    """A point of a set: its place, and the number of its label, which is 0 where points have none."""

    x: float
    y: float
    label: int = 0


@dataclass(frozen=True, init=False, repr=False)
class Points(Choice):
    """Sets of points (x, y, label): ``sets`` by name, in their order, and on a live page any other.

    ``x`` and ``y`` are the ends of the range, within the figure's first axes, in which the reader may place points, on
    multiples of ``step`` from its lower end; the author's own points lie where they are. ``labels`` are the names of
    the classes, at most 36, or none, as for a regression; ``most`` is the largest number of points. In a state a set
    is a text: its name, or for the reader's own what :meth:`code` makes of it; ``update`` gets a tuple of
    :class:`Point`. Raises ``ValueError`` or ``TypeError`` for what is no choice, a range that its step does not
    divide or cuts into more than 1,295 parts, and a point that is none.
    """

    sets: tuple[tuple[Point, ...], ...]
    x: tuple[float, float]
    y: tuple[float, float]
    step: float
    labels: tuple[str, ...]
    most: int

    def __init__(
        self,
        sets: Mapping[str, Iterable[Sequence[float]]],
        *,
        x: tuple[float, float],
        y: tuple[float, float],
        step: float = 0.01,
        labels: Sequence[str] = (),
        most: int = 100,
        label: str = "",
        value: str | None = None,
    ) -> None:
        super().__init__(*sets, label=label, value=value)
        if strange := [name for name in sets if not isinstance(name, str) or name.startswith(OWN)]:
            raise ValueError(f"Points: a set's name must be words that do not begin with {OWN!r}, got {strange[0]!r}")
        if len(labels) == 1 or len(labels) > len(DIGITS) or len({*labels}) < len(labels):
            raise ValueError(f"Points: labels must be 2 to {len(DIGITS)} different names, or none, got {labels!r}")
        if not isinstance(most, int) or isinstance(most, bool) or most < 1:
            raise ValueError(f"Points: most must be a whole number of points, got {most!r}")
        parts = {"x": tuple(x), "y": tuple(y), "step": step, "labels": tuple(labels), "most": most}
        for name, part in parts.items():
            object.__setattr__(self, name, part)
        for name in ("x", "y"):
            ends = getattr(self, name)
            if not (len(ends) == 2 and all(map(is_number, ends)) and is_number(step) and step > 0):
                raise TypeError(f"Points: {name} must be two numbers and step one above 0, got {ends!r} and {step!r}")
            n = (ends[1] - ends[0]) / step
            if not 1 <= round(n) < PLACES or abs(n - round(n)) > 1e-6:
                raise ValueError(
                    f"Points: {name} must span 1 to {PLACES - 1} whole steps, got {ends!r} and step={step!r}"
                )
        made = tuple(tuple(self._point(name, given) for given in points) for name, points in sets.items())
        object.__setattr__(self, "sets", made)

    def _point(self, name: str, given: Sequence[float]) -> Point:
        """A point of the author's set ``name``."""
        point = Point(*(getattr(part, "item", lambda part=part: part)() for part in given))
        finite = all(is_number(place) and math.isfinite(place) for place in point[:2])
        if not finite or point.label not in range(max(1, len(self.labels))):
            raise ValueError(f"Points: set {name!r} has {point!r}; a point is finite x and y, and a label's number")
        return point

    def spans(self) -> tuple[int, int]:
        """The number of steps across and up."""
        return tuple(round((high - low) / self.step) for low, high in (self.x, self.y))  # type: ignore[return-value]

    def code(self, points: Iterable[Sequence[float]]) -> str:
        """The text of a set of the reader's own: five characters a point, its label and the steps to its place.

        >>> Points({"a": [], "b": []}, x=(-1, 1), y=(0, 3), labels=("0", "1")).code([(-1, 0.36, 0), (1, 3, 1)])
        '~0001015k8c'
        """
        text = OWN
        for x, y, *label in points:
            text += DIGITS[int(label[0]) if label else 0]
            for place, (low, _), n in zip((x, y), (self.x, self.y), self.spans(), strict=True):
                k = min(n, max(0, round((place - low) / self.step)))
                text += DIGITS[k // len(DIGITS)] + DIGITS[k % len(DIGITS)]
        return text

    def points(self, value: str) -> tuple[Point, ...]:
        """The set of this name, or with this text. Raises ``ValueError`` for what is neither."""
        if value in self.values:
            return self.sets[self.values.index(value)]
        if not isinstance(value, str) or not value.startswith(OWN):
            raise ValueError(f"must be one of {self.values} or points, got {value!r}")
        if len(value) % 5 != 1 or not set(value[1:]) <= set(DIGITS):
            raise ValueError(f"must be points of five letters and digits each, got {value!r}")
        if len(value) // 5 > self.most:
            raise ValueError(f"must be at most {self.most} points, got {len(value) // 5}")
        return tuple(self._read(value[k : k + 5]) for k in range(1, len(value), 5))

    def _read(self, text: str) -> Point:
        label, places = int(text[0], 36), (int(text[1:3], 36), int(text[3:], 36))
        if label >= max(1, len(self.labels)) or any(k > n for k, n in zip(places, self.spans(), strict=True)):
            raise ValueError(f"must be points within {self.x} and {self.y} with a label of {self.labels}, got {text!r}")
        x, y = (round(low + k * self.step, 10) + 0.0 for k, (low, _) in zip(places, (self.x, self.y), strict=True))
        return Point(x, y, label)


def told(control: Points) -> dict[str, Any]:
    """What the page's script has to know of a control, as plain data."""
    return {
        "spans": control.spans(),
        "x": control.x,
        "y": control.y,
        "step": control.step,
        "labels": control.labels,
        "most": control.most,
        "sets": [control.code(islice(points, control.most)) for points in control.sets],
    }
