"""Controls: the sliders and choices that span a scene's states.

A control is a finite grid of values, which a page that has no Python walks. Where there is one, the reader may also
take what lies between: any value of a slider, and of a choice that says so. Text, test and page speak of the grid.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from numbers import Real
from typing import Any


def written(value: Any) -> str:
    """``value`` as a label shows it: ten significant digits at most, with a true minus sign."""
    return f"{value:.10g}".replace("-", "−") if is_number(value) else str(value)


def is_number(value: Any) -> bool:
    """Whether ``value`` is a real number (a truth value is not)."""
    return isinstance(value, Real) and not isinstance(value, bool)


def labels(values: Iterable[Any], unit: str) -> tuple[str, ...]:
    """``values`` as a reader sees them, with their unit."""
    gap = " " if unit not in ("", "°") else ""  # the degree sign touches its number
    return tuple(f"{written(value)}{gap}{unit}" for value in values)


@dataclass(frozen=True)
class Slider:
    """The numbers ``start, start + step, …, stop``, both ends included.

    ``label`` names the quantity with its symbol, ``unit`` its unit; ``value`` is the default, the first of
    the grid unless told. ``whole`` says that only whole numbers have a meaning, as of steps, epochs and layers; any
    other slider may be put to every number from ``start`` to ``stop`` where it is live. Raises ``ValueError`` when the
    step is not positive, does not divide the range into whole steps, the default is off the grid, or the grid of a
    whole slider is not.
    """

    start: float
    stop: float
    step: float
    label: str = ""
    unit: str = ""
    value: float | None = None
    whole: bool = False

    def __post_init__(self) -> None:
        for part in ("start", "stop", "step"):
            if not is_number(getattr(self, part)):
                raise TypeError(f"Slider: {part} must be a number, got {getattr(self, part)!r}")
            if not math.isfinite(getattr(self, part)):
                raise ValueError(f"Slider: {part} must be finite, got {getattr(self, part)!r}")
        if not self.step > 0:
            raise ValueError(f"Slider: step must be above 0, got {self.step!r}")
        steps = (self.stop - self.start) / self.step
        if round(steps) < 1 or abs(steps - round(steps)) > 1e-6:
            raise ValueError(
                f"Slider: stop must lie one or more whole steps above start, got start={self.start!r}, "
                f"stop={self.stop!r}, step={self.step!r}, which is {steps:.6g} steps"
            )
        check_default(self)
        check_whole(self)

    numeric = True
    between = True

    @property
    def values(self) -> tuple[float, ...]:
        """The grid, ascending."""
        count = round((self.stop - self.start) / self.step) + 1
        return tuple(round(self.start + k * self.step, 10) for k in range(count))

    @property
    def default(self) -> float:
        """The value that the scene starts with."""
        return self.values[0] if self.value is None else self.value

    @property
    def texts(self) -> tuple[str, ...]:
        """Each value as the reader sees it, with its unit."""
        return labels(self.values, self.unit)


@dataclass(frozen=True, init=False)
class Choice:
    """A few values, numbers or words, in the order given.

    ``label`` names the quantity, ``unit`` its unit, ``value`` the default (the first unless told). ``between`` says
    that the numbers between the values have a meaning too, which a reader may take where the scene is live, and
    ``whole`` that of these only the whole ones have. Raises ``TypeError`` for a value that is neither, ``ValueError``
    for fewer than two values, a value given twice, a default that is none of them, and for ``between`` where the
    values are not ascending numbers.
    """

    values: tuple[Any, ...]
    label: str
    unit: str
    value: Any
    between: bool
    whole: bool

    def __init__(
        self,
        *values: float | str,
        label: str = "",
        unit: str = "",
        value: Any = None,
        between: bool = False,
        whole: bool = False,
    ) -> None:
        for given in values:
            if not isinstance(given, str) and not (is_number(given) and math.isfinite(given)):
                raise TypeError(f"Choice: values must be finite numbers or words, got {given!r}")
        # NumPy's numbers become Python's, which a page can read
        plain = tuple(getattr(given, "item", lambda given=given: given)() for given in values)
        parts = {"label": label, "unit": unit, "value": value, "between": between, "whole": whole}
        for name, part in {"values": plain, **parts}.items():
            object.__setattr__(self, name, part)
        if len(plain) < 2 or len(set(plain)) < len(plain):
            raise ValueError(f"Choice: needs two or more different values, got {plain!r}")
        check_default(self)
        if between and not (self.numeric and list(plain) == sorted(plain)):
            raise ValueError(f"Choice: between needs ascending numbers, got {plain!r}")
        check_whole(self)

    @property
    def default(self) -> Any:
        """The value that the scene starts with."""
        return self.values[0] if self.value is None else self.value

    @property
    def texts(self) -> tuple[str, ...]:
        """Each value as the reader sees it, with its unit."""
        return labels(self.values, self.unit)

    @property
    def numeric(self) -> bool:
        """Whether every value is a number; then the choice is shown as a slider, else as buttons."""
        return all(map(is_number, self.values))


Control = Slider | Choice


def check_default(control: Control) -> None:
    """Raise ``ValueError`` when the control's default is off its grid."""
    if control.default not in control.values:
        raise ValueError(f"{type(control).__name__}: value must be one of {control.values}, got {control.default!r}")


def check_whole(control: Control) -> None:
    """Raise ``ValueError`` when a control of whole numbers has others on its grid."""
    if control.whole and not all(is_number(value) and value == int(value) for value in control.values):
        raise ValueError(f"{type(control).__name__}: whole needs whole numbers, got {control.values!r}")


def parts(control: Control) -> int:
    """Into how many parts a live slider cuts each step of its grid: ten, but no finer than whole numbers, or one."""
    if not control.between:
        return 1
    return 10 if not control.whole else int(min(10, max(b - a for a, b in pairwise(control.values))))


def fine(control: Control) -> list[Any]:
    """The values at which a live slider stops: the grid, and the parts of its steps."""
    values, n = control.values, parts(control)
    if n == 1:
        return list(values)
    found = [round(a + k / n * (b - a), 0 if control.whole else 10) for a, b in pairwise(values) for k in range(n)]
    return sorted({taken(control, value) for value in [*found, values[-1]]})


def taken(control: Control, value: Any) -> Any:
    """``value`` as ``update`` gets it: on the grid the grid's own, between its values a number of its kind.

    Raises ``ValueError`` for a value that the control does not have, also where it is live.
    """
    if value in control.values:
        return control.values[control.values.index(value)]
    if not (control.between and is_number(value) and control.values[0] <= value <= control.values[-1]):
        allowed = f"from {control.values[0]} to {control.values[-1]}" if control.between else f"one of {control.values}"
        raise ValueError(f"must be {allowed}, got {value!r}")
    if control.whole and value != int(value):
        raise ValueError(f"must be a whole number, got {value!r}")
    return int(value) if control.whole else float(value)
