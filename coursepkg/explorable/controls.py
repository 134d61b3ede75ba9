"""Controls: the sliders and choices that span a scene's states.

A control is a finite grid of values. The live slider and the static page walk the same grid, so that text,
test and page speak of the same states.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
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
    the grid unless told. Raises ``ValueError`` when the step is not positive, does not divide the range
    into whole steps, or the default is off the grid.
    """

    start: float
    stop: float
    step: float
    label: str = ""
    unit: str = ""
    value: float | None = None

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

    numeric = True

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

    ``label`` names the quantity, ``unit`` its unit, ``value`` the default (the first unless told). Raises
    ``TypeError`` for a value that is neither, ``ValueError`` for fewer than two values, a value given twice, or a
    default that is none of them.
    """

    values: tuple[Any, ...]
    label: str
    unit: str
    value: Any

    def __init__(self, *values: float | str, label: str = "", unit: str = "", value: Any = None) -> None:
        for given in values:
            if not isinstance(given, str) and not (is_number(given) and math.isfinite(given)):
                raise TypeError(f"Choice: values must be finite numbers or words, got {given!r}")
        # NumPy's numbers become Python's, which a page can read
        plain = tuple(getattr(given, "item", lambda given=given: given)() for given in values)
        for name, part in (("values", plain), ("label", label), ("unit", unit), ("value", value)):
            object.__setattr__(self, name, part)
        if len(plain) < 2 or len(set(plain)) < len(plain):
            raise ValueError(f"Choice: needs two or more different values, got {plain!r}")
        check_default(self)

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
