"""Nudge the line: the perceptron's rule on the gates, update by update."""

from functools import lru_cache

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from ...engine.datasets import Dataset, gate
from ...engine.perceptron import Perceptron, PerceptronRun, novikoff, predict, separable
from ...explorable import Ask, Choice, Frame, Slider, explorable
from ...plots import BLUE, FAINT, GREEN, INK, Plane
from ...plots.key import key
from ...plots.numbers import number
from ...plots.plane import boundary

UPDATES = 40


@lru_cache
def gate_run(data: str, eta: float) -> tuple[Dataset, PerceptronRun, float | None]:
    """The gate, the perceptron's run on it from zero, and Novikoff's bound (None where there is no margin)."""
    rows = gate(data)
    run = Perceptron(eta=eta, epochs=UPDATES).fit(rows.X, rows.y)
    return rows, run, novikoff(rows.X, rows.y).bound if separable(rows.X, rows.y) else None


@explorable(
    title="Nudge the line",
    alt="Left: the four points of a logic gate, hollow circles for 0 and filled squares for 1, with the "
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
    data=Choice("AND", "OR", "NAND", "XOR", label="data set"),
)
def nudge(fig):
    grid = fig.add_gridspec(2, 2, width_ratios=(1.1, 1), height_ratios=(1.25, 1))
    plane = Plane(fig.add_subplot(grid[:, 0], aspect="equal"), (-0.6, 1.6, -0.6, 1.6), arrow=False)
    plane.ax.set(xticks=[0, 1], yticks=[0, 1])
    (before,) = plane.ax.plot([], [], color=FAINT, linestyle="--", linewidth=1.2, zorder=1.5)
    (ring,) = plane.ax.plot([], [], "o", fillstyle="none", color=INK, markersize=15, mew=1.3, zorder=5)
    weights = WeightSteps(fig.add_subplot(grid[0, 1], aspect="equal"))
    count = fig.add_subplot(grid[1, 1], xlim=(0, 48), ylim=(0, 56), xlabel="samples seen", ylabel="updates made")
    (climb,) = count.plot([], [], color=BLUE)
    (bound,) = count.plot([], [], color=INK, linestyle="--", linewidth=1.2)
    note = count.text(1, 0, "", va="bottom")
    names = {"is 0": plane.zeros, "is 1": plane.ones, "corrected": ring, "now": plane.line, "before": before}
    key(fig, names | {"step": weights.step}, columns=6)

    def update(k, eta, data):
        rows, run, limit = gate_run(data, eta)
        done = run.updates[:k]
        w, b = (done[-1].w, done[-1].b) if done else (np.zeros(2), 0.0)
        was = (done[-2].w, done[-2].b) if len(done) > 1 else (np.zeros(2), 0.0)
        plane.label(rows.X, rows.y)
        plane.move(w, b)
        before.set_data(*boundary(*was, plane.limits).T)
        ring.set_data(*(done[-1].x[:, None] if done else ([], [])))
        weights.move(was[0] / eta, w / eta, eta)
        seen = [4 * u.epoch + u.index + 1 for u in done]
        climb.set_data(*staircase(seen))
        bound.set_data([0, 48] if limit else [], [limit, limit] if limit else [])
        note.set_position((1, (limit if limit else 50) + 0.5))
        note.set_text(f"bound {limit:.0f}" if limit else "no bound: not separable")
        artists = [*plane.artists, plane.zeros, plane.ones, before, ring, *weights.artists, climb, bound, note]
        return Frame(artists, says=nudge_says(k, rows, run))

    return update


class WeightSteps:
    """The weight vector w, what it was before the latest update, and the step ±ηx between them; axes in steps of η."""

    REACH = 2.4

    def __init__(self, ax: Axes) -> None:
        ax.set(xlim=(-self.REACH, self.REACH), ylim=(-self.REACH, self.REACH), xticks=[-2, 0, 2], yticks=[-2, 0, 2])
        ax.set(xlabel="w₁", ylabel="w₂", xticklabels=["−2η", "0", "2η"], yticklabels=["−2η", "0", "2η"])
        ax.axhline(0, color=FAINT, linewidth=0.6, zorder=0.5)
        ax.axvline(0, color=FAINT, linewidth=0.6, zorder=0.5)
        (self.was,) = ax.plot([], [], color=FAINT, linestyle="--", linewidth=1.2)
        (self.now,) = ax.plot([], [], color=INK, linewidth=1.8)
        (self.step,) = ax.plot([], [], color=GREEN, linewidth=2.6, linestyle=(0, (2, 0.8)))
        (self.tip,) = ax.plot([], [], "o", color=INK, markersize=5)
        self.size = ax.text(0, self.REACH + 0.2, "", ha="center", va="bottom")  # above: an axis runs through the middle

    @property
    def artists(self) -> list[Artist]:
        """What :meth:`move` changes."""
        return [self.was, self.now, self.step, self.tip, self.size]

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


def nudge_says(k: int, rows: Dataset, run: PerceptronRun) -> str:
    """The latest correction in words."""
    if k == 0:
        return "Before the first update w and b are zero, z is 0 for every point, and the neuron calls all of them 1."
    last = run.updates[min(k, len(run.updates)) - 1]
    point = f"({', '.join(number(v) for v in last.x)})"
    now = f"w = ({number(last.w[0])}, {number(last.w[1])}), b = {number(last.b)}"
    if k > len(run.updates):
        return f"No further update comes. After {len(run.updates)} updates every point is right, with {now}."
    change = "gains" if last.y else "loses"
    wrong = int((predict(rows.X, last.w, last.b) != rows.y).sum())
    return (
        f"Update {k}: {point} is {last.y} and was called {last.yhat}, so w {change} η·{point} and b {change} η. "
        f"Now {now}. {f'{wrong} of 4 points are still wrong' if wrong else 'Every point is right'}."
    )
