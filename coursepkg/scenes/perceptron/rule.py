"""Nudge the line: the perceptron's rule on the gates, update by update."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from ...engine.datasets import gate
from ...engine.perceptron import Perceptron, PerceptronRun, novikoff, predict, separable
from ...explorable import Ask, Choice, Frame, Point, Points, Slider, explorable
from ...plots import BLUE, FAINT, GREEN, INK, Plane
from ...plots.key import key
from ...plots.numbers import number
from ...plots.plane import boundary

UPDATES, TOP = 40, 56


SETS = {name: [(*x, y) for x, y in zip(*gate(name)[:2], strict=True)] for name in ("AND", "OR", "NAND", "XOR")}


class Nudged(NamedTuple):
    """Points X (n, 2) with labels y (n,), the perceptron's run on them from zero, and Novikoff's bound.

    The bound is None where no line separates the points.
    """

    X: np.ndarray
    y: np.ndarray
    run: PerceptronRun
    bound: float | None

    @property
    def seen(self) -> list[int]:
        """How many samples have been seen at each update that is shown."""
        return [len(self.y) * u.epoch + u.index + 1 for u in self.run.updates[:UPDATES]]


@lru_cache(maxsize=256)
def nudged(data: tuple[Point, ...], eta: float) -> Nudged | None:
    """The run on ``data``, of which there is none without a point."""
    if not data:
        return None
    X, y = np.array([point[:2] for point in data], float), np.array([point.label for point in data])
    run = Perceptron(eta=eta, epochs=UPDATES).fit(X, y)
    return Nudged(X, y, run, novikoff(X, y).bound if separable(X, y) else None)


@explorable(
    title="Nudge the line",
    alt="Left: points, at first the four of a logic gate, hollow circles for 0 and filled squares for 1, with the "
    "perceptron's boundary, the line before it dashed, and a ring around the point just corrected. Right, above: the "
    "weights as an arrow from the origin, the arrow before the update dashed, and the step ±ηx from its tip to the "
    "new one. Right, below: the number of updates climbing as samples are seen, below a dashed line at the bound.",
    ask=Ask(
        "The run starts from zero. You double the step size η. Will the perceptron make fewer mistakes?",
        ("Yes, about half as many", "No, exactly as many", "More, because it overshoots"),
        answer=1,
        because="From zero, η multiplies w and b alike, and a line's side does not change when all its "
        "coefficients are multiplied by the same positive number. Every decision is the same.",
        wrong=(
            "Each step is twice as long, but so are the w and b that it has to turn: the line moves as before.",
            "It would overshoot if w were already long. From zero, w has grown by steps of the same doubled size.",
        ),
    ),
    presets={
        "AND, solved": dict(data="AND", k=11),
        "OR, solved": dict(data="OR", k=5),
        "XOR, after 40 updates": dict(data="XOR", k=40),
    },
    size=(5.0, 3.6),
    k=Slider(0, UPDATES, 1, label="updates k", value=3, whole=True),
    eta=Choice(0.25, 0.5, 1, 2, 4, label="step size η", value=1),
    data=Points(SETS, x=(-0.6, 1.6), y=(-0.6, 1.6), labels=("0", "1"), most=40, label="data set"),
)
def nudge(fig):
    grid = fig.add_gridspec(2, 2, width_ratios=(1.1, 1), height_ratios=(1.25, 1))
    plane = Plane(fig.add_subplot(grid[:, 0], aspect="equal"), (-0.6, 1.6, -0.6, 1.6), arrow=False)
    plane.ax.set(xticks=[0, 1], yticks=[0, 1])
    (before,) = plane.ax.plot([], [], color=FAINT, linestyle="--", linewidth=1.2, zorder=1.5)
    (ring,) = plane.ax.plot([], [], "o", fillstyle="none", color=INK, markersize=15, mew=1.3, zorder=5)
    weights = WeightSteps(fig.add_subplot(grid[0, 1], aspect="equal"))
    count = fig.add_subplot(grid[1, 1], xlim=(0, 48), ylim=(0, TOP), xlabel="samples seen", ylabel="updates made")
    (climb,) = count.plot([], [], color=BLUE)
    (bound,) = count.plot([], [], color=INK, linestyle="--", linewidth=1.2)
    note = count.text(1, 0, "", va="bottom")
    names = {"is 0": plane.zeros, "is 1": plane.ones, "corrected": ring, "now": plane.line, "before": before}
    key(fig, names | {"step": weights.step}, columns=6)

    def update(k, eta, data):
        found = nudged(data, eta)
        done = found.run.updates[:k] if found else ()
        w, b = (done[-1].w, done[-1].b) if done else (np.zeros(2), 0.0)
        was = (done[-2].w, done[-2].b) if len(done) > 1 else (np.zeros(2), 0.0)
        plane.label(*(found[:2] if found else (np.empty((0, 2)), [])))
        plane.move(w, b)
        before.set_data(*boundary(*was, plane.limits).T)
        ring.set_data(*(done[-1].x[:, None] if done else ([], [])))
        weights.scale([u.w / eta for u in found.run.updates[:UPDATES]] if found else [])
        weights.move(was[0] / eta, w / eta, eta)
        seen, limit = (found.seen, found.bound) if found else ([], None)
        right = max(48, *seen[-1:], 0)
        count.set_xlim(0, right)
        climb.set_data(*staircase(seen[:k]))
        low = limit is not None and limit <= TOP
        bound.set_data([0, right] if low else [], [limit, limit] if low else [])
        note.set_position((right / 48, (limit if low else 50) + 0.5))
        note.set_text(bound_says(limit) if found else "")
        artists = [*plane.artists, plane.zeros, plane.ones, before, ring, *weights.artists, climb, bound, note]
        return Frame([*artists, count.xaxis], says=nudge_says(k, found))

    return update


class WeightSteps:
    """The weight vector w, what it was before the latest update, and the step ±ηx between them; axes in steps of η."""

    REACH = 2.4

    def __init__(self, ax: Axes) -> None:
        self.ax = ax
        ax.set(xlabel="w₁", ylabel="w₂")
        ax.axhline(0, color=FAINT, linewidth=0.6, zorder=0.5)
        ax.axvline(0, color=FAINT, linewidth=0.6, zorder=0.5)
        (self.was,) = ax.plot([], [], color=FAINT, linestyle="--", linewidth=1.2)
        (self.now,) = ax.plot([], [], color=INK, linewidth=1.8)
        (self.step,) = ax.plot([], [], color=GREEN, linewidth=2.6, linestyle=(0, (2, 0.8)))
        (self.tip,) = ax.plot([], [], "o", color=INK, markersize=5)
        # Above: an axis runs through the middle.
        self.size = ax.text(0.5, 1 + 0.2 / (2 * self.REACH), "", ha="center", va="bottom", transform=ax.transAxes)
        self.scale([])

    @property
    def artists(self) -> list[Artist]:
        """What :meth:`scale` and :meth:`move` change."""
        return [self.was, self.now, self.step, self.tip, self.size, self.ax.xaxis, self.ax.yaxis]

    def scale(self, run: Sequence[np.ndarray]) -> None:
        """Give all weights of a run, each (2,) in units of η, room on the axes: doubled as often as needed."""
        wide = 1
        while any(np.abs(w).max() > wide * self.REACH for w in run):
            wide *= 2
        reach, ticks = wide * self.REACH, [-2 * wide, 0, 2 * wide]
        names = [f"−{2 * wide}η", "0", f"{2 * wide}η"]
        self.ax.set(xlim=(-reach, reach), ylim=(-reach, reach), xticks=ticks, yticks=ticks)
        self.ax.set(xticklabels=names, yticklabels=names)

    def move(self, was: np.ndarray, now: np.ndarray, eta: float) -> None:
        """Show the weights before and now, both (2,) and in units of ``eta``."""
        self.was.set_data([0, was[0]], [0, was[1]])
        self.now.set_data([0, now[0]], [0, now[1]])
        self.step.set_data([was[0], now[0]], [was[1], now[1]])
        self.tip.set_data([now[0]], [now[1]])
        self.size.set_text(f"‖w‖ = {number(eta * np.hypot(*now))}")


def staircase(seen: list[int]) -> tuple[list[int], list[int]]:
    """The corners of a count that grows by one at each place of ``seen``."""
    x, y = [0], [0]
    for count, place in enumerate(seen):
        x += [place, place]
        y += [count, count + 1]
    return x, y


def bound_says(bound: float | None) -> str:
    """The bound, beside its line or, where that lies above the picture, in its place."""
    if bound is None:
        return "no bound: not separable"
    return f"bound {bound:,.0f}" + ", above" * (bound > TOP)


def nudge_says(k: int, found: Nudged | None) -> str:
    """The latest correction in words."""
    if found is None:
        return "There is no point yet, so the neuron has nothing to learn from."
    if k == 0:
        return "Before the first update w and b are zero, z is 0 for every point, and the neuron calls all of them 1."
    updates, n = found.run.updates, len(found.y)
    if not updates:
        return "No update comes: with w and b zero the neuron calls every point 1, and every point is 1."
    last = updates[min(k, len(updates)) - 1]
    point = f"({', '.join(number(v) for v in last.x)})"
    now = f"w = ({number(last.w[0])}, {number(last.w[1])}), b = {number(last.b)}"
    if k > len(updates):
        made = f"{len(updates)} update{'s' * (len(updates) > 1)}"
        return f"No further update comes. After {made} every point is right, with {now}."
    change = "gains" if last.y else "loses"
    wrong = int((predict(found.X, last.w, last.b) != found.y).sum())
    left = f"{wrong} of {n} points {'is' if wrong == 1 else 'are'} still wrong" if wrong else "Every point is right"
    return (
        f"Update {k}: {point} is {last.y} and was called {last.yhat}, so w {change} η·{point} and b {change} η. "
        f"Now {now}. {left}."
    )
