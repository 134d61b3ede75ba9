"""Chord test: two points of a graph, the straight line between them, and whether the graph rises above it."""

from functools import lru_cache

import numpy as np

from ...engine.landscapes import LINE, chord
from ...explorable import Ask, Choice, Frame, Slider, explorable
from ...plots.key import key
from ...plots.numbers import number
from ...plots.powers import power
from ...plots.style import BLUE, FAINT, INK, VERMILLION

SIDE = 21
ENDS = {"start": -2, "stop": 2, "step": 0.2}
TICKS = np.linspace(-2, 2, SIDE).round(10)
TOLERANCE = 1e-9


@lru_cache
def excess(name: str, a: float, b: float) -> tuple[float, float]:
    """Where along the chord from the lower of a and b to the higher f exceeds it the most, and by how much."""
    found = chord(LINE[name].f, [min(a, b)], [max(a, b)])
    return found.t, found.excess if found.excess > TOLERANCE else 0.0


@lru_cache
def curve(name: str) -> tuple[np.ndarray, np.ndarray, float]:
    """x (m,), f (m,) and the height of the picture, which f on [−2, 2] fills."""
    x = np.linspace(-2, 2, 101)
    f = LINE[name].f(x[:, None])
    return x, f, float(f.max())


@lru_cache
def chart(name: str) -> np.ndarray:
    """(21, 21) for a along the columns and b along the rows: whether f exceeds that chord somewhere."""
    return np.array([[excess(name, a, b)[1] > 0 for a in TICKS.tolist()] for b in TICKS.tolist()])


@explorable(
    title="Chord test",
    alt="Left: the graph of a function of one variable with a chord between two of its points; where the graph is "
    "above the chord, a bar shows the largest excess. Right: a square of all pairs of end points, with a cross at each "
    "pair whose chord is violated, and a ring at the present pair.",
    ask=Ask(
        "x²/(1 + x²) has a single minimum, at 0, and no other flat place. Is it convex?",
        ("Yes: one minimum", "No"),
        answer=1,
        because="The chord from 0 to 2 runs below the graph: at x = 1 the function is 0.5 and the chord 0.4. "
        "One minimum is not convexity.",
        wrong=(
            "A single minimum says nothing about the graph between two other points: further out this one bends down.",
        ),
    ),
    presets={
        "one minimum, violated": dict(f="x²/(1 + x²)", a=0, b=2),
        "no minimum, convex": dict(f="eˣ", a=-2, b=2),
        "a flat floor": dict(f="max(0, |x| − 1)²", a=-1, b=1),
        "two wells": dict(f="(x² − 1)²", a=-1, b=1),
    },
    size=(5.0, 2.9),
    f=Choice(*LINE, label="function f"),
    a=Slider(**ENDS, label="end a", value=-1.6),
    b=Slider(**ENDS, label="end b", value=0.4),
)
def chord_test(fig):
    grid = fig.add_gridspec(1, 2, width_ratios=(1.35, 1))
    ax = fig.add_subplot(grid[0], xlim=(-2.15, 2.15), ylim=(-0.08, 1.12), xlabel="x", ylabel="f(x)", yticks=[])
    square = fig.add_subplot(grid[1], aspect="equal", xlim=(-2.2, 2.2), ylim=(-2.2, 2.2), xlabel="a", ylabel="b")
    square.set(xticks=[-2, 0, 2], yticks=[-2, 0, 2], title="violated pairs")
    ax.axhline(0, color=FAINT, linewidth=0.8)
    square.plot([-2, 2], [-2, 2], color=FAINT, linewidth=0.8)
    (graph,) = ax.plot([], [], color=INK)
    (line,) = ax.plot([], [], color=BLUE, linewidth=2.2, marker="o", markersize=6)
    (bar,) = ax.plot([], [], color=VERMILLION, linewidth=4, solid_capstyle="butt")
    (crosses,) = square.plot([], [], "x", color=VERMILLION, markersize=3.2, mew=0.9)
    (ring,) = square.plot([], [], "o", fillstyle="none", color=INK, markersize=9, mew=1.6)
    key(fig, {"chord": line, "largest excess": bar, "violated pair": crosses, "this pair": ring})

    def update(f, a, b):
        low, high = min(a, b), max(a, b)
        x, heights, top = curve(f)
        graph.set_data(x, heights / top)
        ends = [float(LINE[f].f([x])) for x in (low, high)]
        line.set_data([low, high], np.array(ends) / top)
        t, over = excess(f, a, b)
        x, on_chord = (1 - t) * low + t * high, (1 - t) * ends[0] + t * ends[1]
        bar.set_data([x, x] if over else [], [on_chord / top, (on_chord + over) / top] if over else [])
        crosses.set_data(*TICKS[np.argwhere(chart(f))[:, ::-1].T])
        ring.set_data([a], [b])
        return Frame([graph, line, bar, crosses, ring], says=chord_says(f, x, over, low == high))

    return update


def chord_says(f: str, x: float, over: float, point: bool) -> str:
    """The verdict on one chord, and on all of them."""
    violated = int(chart(f).sum()) // 2
    if point:
        here = "Both ends are one point: no chord. "
    elif over:
        at, rise = number(x, 3), power(np.log10(over))
        here = f"At x = {at} the graph is {rise} above the chord: this chord proves that f is not convex. "
    else:
        here = "The graph stays on or below this chord. "
    return here + f"Of the 210 chords of the grid {violated or 'none'} {'are' if violated else 'is'} violated."
