"""Saddle escape: gradient descent on x² − y² from a height of y that is hardly there."""

from functools import lru_cache
from math import log10

import numpy as np

from ...engine.descent import Path, descend
from ...engine.landscapes import SADDLE
from ...engine.optimisers import GradientDescent
from ...explorable import Ask, Choice, Frame, Slider, explorable
from ...plots.contours import contours
from ...plots.key import key
from ...plots.powers import SUPERSCRIPT, power
from ...plots.style import BLUE, FAINT, INK
from ...plots.trail import Trail

LIMIT = 300


@lru_cache
def escape(p: float, eta: float) -> Path:
    """The run from (1.6, 10ᵖ) on x² − y² until |y| ≥ 1, but one step at least."""
    start = np.array([1.6, 10.0**p])
    path = descend(GradientDescent(eta), SADDLE.first, start, LIMIT)
    out = int(np.argmax(np.abs(path.x[:, 1]) >= 1))
    shown = max(out, 1) + 1
    return path._replace(x=path.x[:shown], f=path.f[:shown], step=out)


@explorable(
    title="Saddle escape",
    alt="Left: the saddle x² − y² as contour lines; a path comes in from the right, creeps along the middle, and then "
    "leaves upwards. Right: the height |y| over the steps on an axis of powers of ten, a straight line that rises to a "
    "dashed line at 1.",
    ask=Ask(
        "You start 1000 times nearer to the saddle's ridge: y₀ = 10⁻⁶ instead of 10⁻³. How much longer does gradient "
        "descent take to get away?",
        ("1000 times as long", "About twice as long", "It never gets away"),
        answer=1,
        because="Each step multiplies y by the same factor 1 + 2η. A factor of 1000 costs the same number of steps "
        "wherever it is gained: 38 at η = 0.1. So 10⁻³ takes 38 steps, and 10⁻⁶ takes 76.",
        wrong=(
            "That would hold if y grew by the same amount in each step. It grows by the same factor.",
            "Only y₀ = 0 exactly would stay for ever. Any other start grows by 1 + 2η a step.",
        ),
    ),
    presets={
        "10⁻⁶": dict(p=-6, eta=0.1),
        "10⁻¹²": dict(p=-12, eta=0.1),
        "small steps": dict(p=-12, eta=0.05),
    },
    size=(5.0, 2.9),
    p=Slider(-12, 0, 1, label="start y₀ = 10ᵖ, p", value=-3),
    eta=Choice(0.05, 0.1, 0.2, 0.3, 0.4, label="step size η", value=0.1, between=True),
)
def saddle_escape(fig):
    grid = fig.add_gridspec(1, 2, width_ratios=(1.25, 1))
    plane = fig.add_subplot(grid[0], aspect="equal", xlabel="x", ylabel="y", xticks=[-1, 0, 1], yticks=[-1, 0, 1])
    contours(plane, SADDLE.f, ((-1.8, 1.8), (-1.8, 1.8)), levels=[-2.4, -1.6, -0.8, -0.2, 0, 0.2, 0.8, 1.6, 2.4])
    (saddle,) = plane.plot([0], [0], "x", color=INK, mew=1.8)
    trail = Trail(plane, GradientDescent)
    trail.end.set_clip_on(False)
    height = fig.add_subplot(grid[1], xlim=(0, LIMIT), ylim=(-12.6, 1.2), xlabel="step k", ylabel="|y|")
    height.set_yticks([-12, -9, -6, -3, 0], ["10⁻¹²", "10⁻⁹", "10⁻⁶", "10⁻³", "1"])
    one = height.axhline(0, color=FAINT, linestyle="--", linewidth=1)
    (line,) = height.plot([], [], color=BLUE)
    (dot,) = height.plot([], [], "o", color=BLUE, clip_on=False)
    note = height.text(0, 0, "", va="bottom")
    key(fig, {"saddle": saddle, "start": trail.start, "|y| = 1": one})

    def update(p, eta):
        path = escape(p, eta)
        trail.move(path.x)
        k = path.step
        line.set_data(np.arange(len(path.x)), np.log10(path.x[:, 1]))
        dot.set_data([k], [log10(path.x[k, 1])])
        right = k > 150
        note.set(text=f"{k} steps", position=(max(k, 8), 0.25), ha="right" if right else "left")
        return Frame([*trail.artists, line, dot, note], says=escape_says(p, eta, path))

    return update


def escape_says(p: float, eta: float, path: Path) -> str:
    """The growth of y in words."""
    factor = f"Each step multiplies y by 1 + 2η = {1 + 2 * eta:g} and x by 1 − 2η = {1 - 2 * eta:g}."
    if path.step == 0:
        return f"{factor} The start is as high as 1 already: it leaves at once."
    least = np.linalg.norm(path.x, axis=1).min()
    near = f"passing the saddle at distance {power(log10(least))}"
    start = f"10{str(p).translate(SUPERSCRIPT)}" if p == int(p) else power(p)
    return f"{factor} From y₀ = {start} it takes {path.step} steps to |y| = 1, {near}."
