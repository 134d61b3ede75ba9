"""A student's picture: what is on the axes, and what every picture must have.

What is drawn is compared with what was to be drawn: its points and curves, the scales, the legend and the names of the
axes. No part of matplotlib is imported: all that is needed comes with the axes.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .answer import Answer, Wrong, show

Names = Callable[[str], bool]


@dataclass(frozen=True, eq=False)
class Curve:
    """A line on the axes: its `points` (n, 2) in data coordinates, and how it looks."""

    points: np.ndarray
    line: Any

    @property
    def dash(self) -> tuple[str, str]:
        """What tells the line from others without colour: its style and marker."""
        return str(self.line.get_linestyle()), str(self.line.get_marker())


class Picture:
    """What `draw(ax, *given)` has put on the axes `ax`, with the checks that every picture shares.

    `on` names the input in messages. Raises `Wrong` where nothing is on the axes.
    """

    def __init__(self, draw: Answer, ax: Any, *given: Any, on: str) -> None:
        draw.run(ax, *given)
        self.ax, self.on = ax, on
        if not (ax.lines or ax.collections or ax.images or ax.patches):
            raise Wrong(
                "the number of things drawn on `ax`",
                on=on,
                got=0,
                rule="The picture belongs on the axes `ax` that your function is given: no other figure is looked at.",
                next="Write ax.plot where you wrote plt.plot, and leave out plt.figure and plt.subplots.",
            )

    def curves(self, least: int = 2) -> list[Curve]:
        """The lines of `least` points or more, in data coordinates also where they span the axes, as ax.axvline's."""
        lines = [Curve(_points(line, self.ax), line) for line in self.ax.lines if line.get_linestyle() != "None"]
        return [curve for curve in lines if len(curve.points) >= least]

    def series(self) -> list[Curve]:
        """All lines of two points or more, those of markers alone too."""
        lines = [Curve(_points(line, self.ax), line) for line in self.ax.lines]
        return [curve for curve in lines if len(curve.points) >= 2]

    def groups(self) -> list[tuple[np.ndarray, bytes]]:
        """The points (n, 2) of each scatter, and of each line that is markers only, with the shape of their marker."""
        found: list[tuple[np.ndarray, bytes]] = []
        for each in self.ax.collections:
            paths = each.get_paths()
            shape = paths[0].vertices.round(6).tobytes() if len(paths) else b""
            found.append((np.ma.filled(np.ma.asarray(each.get_offsets(), float), np.nan), shape))
        lines = [line for line in self.ax.lines if line.get_linestyle() == "None"]
        return found + [(line.get_xydata(), str(line.get_marker()).encode()) for line in lines]

    def points(self) -> np.ndarray:
        """The points (n, 2) of all groups."""
        return np.concatenate([np.empty((0, 2)), *(points for points, _ in self.groups())])

    def classes(self, zero: np.ndarray, one: np.ndarray) -> None:
        """Raises `Wrong` unless the points (n, 2) of the two classes are drawn apart, by markers of other shape."""
        shapes: list[set[bytes]] = [set(), set()]
        for points, shape in self.groups():
            kinds = [k for k, own in enumerate((zero, one)) if same_points(np.concatenate([own, points]), own)]
            if not kinds:
                rule = "Some points of both classes are drawn alike, so that nobody can tell them apart."
                step = "Draw the points with y == 0 first, then those with y == 1, with another marker."
                raise Wrong("a group of points", on=self.on, got="of both classes", rule=rule, next=step)
            if len(kinds) == 1:
                shapes[kinds[0]].add(shape)
        if shapes[0] & shapes[1]:
            rule = "Colour alone does not tell classes apart for every reader."
            step = "Give the two classes markers of different shape."
            raise Wrong("the markers of the two classes", on=self.on, got="of one shape", rule=rule, next=step)

    def scales(self, x: str, y: str, rule: str, next: str) -> None:
        """Raises `Wrong` unless the axes have these scales, "linear" or "log"."""
        found = self.ax.get_xscale(), self.ax.get_yscale()
        if found != (x, y):
            raise Wrong("the scales of the axes", on=self.on, got=" and ".join(found), rule=rule, next=next)

    def styles(self, curves: Sequence[Curve], each: str) -> None:
        """Raises `Wrong` where two of the `curves` differ in colour alone; `each` is what has one, as "each α"."""
        styles = {curve.dash for curve in curves}
        if len(styles) < len(curves):
            rule = "Colour alone does not tell curves apart for every reader."
            step = f"Give {each} a linestyle of its own."
            raise Wrong("the number of line styles", on=self.on, got=len(styles), rule=rule, next=step)

    def legend(self, curves: Sequence[tuple[str, Curve, Names]], which: str) -> None:
        """Raises `Wrong` unless the legend names each of the `curves`: what it is, it, and whether a label says so."""
        legend = self.ax.get_legend()
        texts = [] if legend is None else [text.get_text() for text in legend.get_texts()]
        step = "Give each plot a label of its own, then call ax.legend()."
        if len(texts) < len(curves):
            rule = f"A reader must see {which}."
            raise Wrong("the number of legend entries", on=self.on, got=len(texts), rule=rule, next=step)
        if len(set(texts)) < len(curves):
            rule = "Entries of the legend that read alike tell nothing apart."
            raise Wrong("the legend's labels", on=self.on, got=show(texts), rule=rule, next=step)
        looks = [_look(handle) for handle in legend.legend_handles]
        for what, curve, says_so in curves:
            labels = [text for text, look in zip(texts, looks, strict=False) if look == _look(curve.line)]
            if any(map(says_so, labels)):
                continue
            others = [name for name, _, says_other in curves if name != what and any(map(says_other, labels))]
            rule = f"That is the curve of {what}, and its label should say so."
            if others:
                rule = f"That is the curve of {what}, but its label speaks of {others[0]}."
            got = show(labels[0]) if labels else "no entry of the legend"
            raise Wrong(
                f"the label of {what}", on=self.on, got=got, rule=rule, next="Look which label stands in which plot."
            )

    def axes(self, x: Names, y: Names, next: str) -> None:
        """Raises `Wrong` unless both axes have a name, and not each other's."""
        names = self.ax.get_xlabel().strip(), self.ax.get_ylabel().strip()
        got = f"{names[0]!r} and {names[1]!r}"
        if not all(names):
            rule = "An axis without a name says nothing."
            raise Wrong("the axis labels", on=self.on, got=got, rule=rule, next=next)
        if names[0] == names[1] or (y(names[0]) and x(names[1]) and not (x(names[0]) or y(names[1]))):
            rule = "The names of the axes have changed places, or both are the same."
            raise Wrong("the axis labels", on=self.on, got=got, rule=rule, next=next)

    def shows(self, points: np.ndarray, what: str) -> None:
        """Raises `Wrong` where more than a tenth of the `points` (n, 2) lie outside the limits of the axes."""
        lows, highs = np.sort(np.array([self.ax.get_xlim(), self.ax.get_ylim()]), axis=1).T
        slack = 1e-9 * (highs - lows)
        inside = ((points >= lows - slack) & (points <= highs + slack)).all(axis=1)
        if inside.mean() < 0.9:
            rule = "A part of it lies outside the limits of the axes, where nobody sees it."
            step = "Leave the limits to matplotlib, or set them by the data."
            got = f"{inside.sum()} of {len(points)} points in view"
            raise Wrong(what, on=self.on, got=got, rule=rule, next=step)


def fresh(ax: Any) -> Any:
    """Axes like `ax` on a figure of their own, for a second look at the same function."""
    return type(ax.figure)().subplots()


def word(*words: str) -> Names:
    """Whether a label has one of the `words` in it, in letters of any size; a single letter must stand by itself."""
    patterns = [rf"\b{re.escape(part)}\b" if len(part) == 1 else re.escape(part) for part in words]
    return lambda label: any(re.search(pattern, label, re.IGNORECASE) for pattern in patterns)


def number(value: float) -> Names:
    """Whether a label has the number `value` in it, to the digits that it shows."""

    def named(label: str) -> bool:
        for sign, fraction in (("½", "0.5"), ("¼", "0.25"), ("¾", "0.75"), ("1/2", "0.5"), ("1/4", "0.25"), ("−", "-")):
            label = label.replace(sign, fraction)
        found = re.findall(r"-?\d*\.?\d+(?:e[-+]?\d+)?", label)
        digits = [len(text.partition(".")[2].partition("e")[0]) for text in found]
        return any(
            abs(float(text) - value) <= 0.5 * 10.0**-places * (places > 0) + 1e-9
            for text, places in zip(found, digits, strict=True)
        )

    return named


def same_points(drawn: np.ndarray, wanted: np.ndarray) -> bool:
    """Whether two sets of points (n, 2) are equal, in any order; a point that is wanted twice may be drawn once."""
    if not (len(drawn) and np.isfinite(drawn).all()):
        return False
    near = np.abs(drawn[:, None] - wanted[None]).max(axis=-1) < 1e-6
    return bool(near.any(axis=0).all() and near.any(axis=1).all())


def on_line(points: np.ndarray, w: Any, b: float) -> bool:
    """Whether the points (n, 2) are apart and lie on w·x + b = 0, to a millionth of the coordinates."""
    if not np.isfinite(points).all():
        return False
    scale = max(1.0, np.abs(points).max()) * np.abs(w).max()
    return bool(np.ptp(points, axis=0).max() > 0 and np.abs(points @ w + b).max() <= 1e-6 * scale)


def on_graph(curve: np.ndarray, f: Callable[[np.ndarray], Any], low: float, high: float, kink: float = 0.0) -> bool:
    """Whether the points (n, 2) lie on the graph of f, those within `kink` of 0 aside, somewhere in low … high."""
    x, value = curve[(np.abs(curve[:, 0]) > kink) & (curve[:, 0] >= low - 1e-9) & (curve[:, 0] <= high + 1e-9)].T
    return bool(len(x) > 2 and np.isfinite(value).all() and np.allclose(value, f(x), atol=1e-6))


def gap(curves: Sequence[np.ndarray], low: float, high: float) -> tuple[float, float]:
    """The widest piece (from, to) of low … high over which no curve (n, 2) has a point."""
    x = np.sort(np.concatenate([[low, high], *(np.clip(curve[:, 0], low, high) for curve in curves)]))
    widest = int(np.diff(x).argmax())
    return float(x[widest]), float(x[widest + 1])


def _points(line: Any, ax: Any) -> np.ndarray:
    return (line.get_transform() - ax.transData).transform(line.get_xydata())


def _look(handle: Any) -> tuple[str, ...]:
    """What pairs a curve with its entry in the legend: of lines how they look, of other things their kind."""
    if not hasattr(handle, "get_linestyle") or not hasattr(handle, "get_marker"):
        return (type(handle).__name__,)
    return str(handle.get_color()), str(handle.get_linestyle()), str(handle.get_marker())
