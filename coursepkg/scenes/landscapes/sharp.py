"""Flat or sharp: gradient descent on ½(w₁w₂ − 1)², whose minima form a curve, from beside one of them."""

from functools import lru_cache

import numpy as np

from ...engine.descent import Path, descend
from ...engine.landscapes import HYPERBOLA
from ...engine.optimisers import GradientDescent
from ...explorable import Ask, Frame, Slider, explorable
from ...plots.contours import contours
from ...plots.key import key
from ...plots.numbers import number
from ...plots.style import BLUE, INK, VERMILLION
from ...plots.trail import Trail

BESIDE = 0.001
STEPS = 2000
SHOWN = 60
#: The sharpness at the top of the picture.
TOP = 20
BOX = ((-0.4, 4.6), (-1.2, 2.2))


@lru_cache
def slide(a: float, eta: float) -> Path:
    """The run from (a, 1/a + 0.001), a thousandth beside the minimum (a, 1/a)."""
    return descend(GradientDescent(eta), HYPERBOLA.first, np.array([a, 1 / a + BESIDE]), STEPS)


def sharpness(w: np.ndarray) -> np.ndarray:
    """The Hessian's largest eigenvalue at each w (…, 2); on the curve of minima it is w₁² + w₂²."""
    return np.linalg.eigvalsh(HYPERBOLA.hessian(w))[..., -1]


@explorable(
    title="Flat or sharp",
    alt="Left: contour lines of ½(w₁w₂ − 1)² with its minima, the curve w₁w₂ = 1, and the path of gradient descent "
    "from beside one of them. Right: the sharpness where the path is, over the steps, and a dashed line at 2/η.",
    ask=Ask(
        "The start lies a thousandth beside the minimum at a = 3, whose sharpness is 9.11. The step size is η = 0.25. "
        "What happens?",
        ("It settles in that minimum", "It settles in another, flatter one", "It diverges"),
        answer=1,
        because="A minimum holds gradient descent only if its sharpness is below 2/η, here 8. The steps swing out, "
        "slide along the valley, and come to rest where the sharpness is 6.70.",
        wrong=(
            "Beside it the deviation is multiplied by 1 − 0.25 · 9.11 = −1.28 in a step: it grows.",
            "The steps grow at first, but they also move along the valley to where it is flatter, and there they "
            "shrink again.",
        ),
    ),
    presets={
        "stays": dict(a=3, eta=0.2),
        "leaves": dict(a=3, eta=0.25),
        "leaves for the flattest": dict(a=3, eta=0.35),
        "diverges": dict(a=4, eta=0.25),
    },
    size=(5.0, 3.0),
    a=Slider(1, 4, 0.25, label="start a", value=2.5),
    eta=Slider(0.05, 0.5, 0.05, label="step size η", value=0.2),
)
def flat_or_sharp(fig):
    grid = fig.add_gridspec(1, 2, width_ratios=(1.1, 1))
    plane = fig.add_subplot(grid[0], xlabel="weight w₁", ylabel="weight w₂", xticks=range(5), yticks=[-1, 0, 1, 2])
    contours(plane, HYPERBOLA.f, BOX, levels=[0.05, 0.4, 2, 5, 12, 25])
    w = np.geomspace(1 / 2.2, 4.6, 60)
    (minima,) = plane.plot(w, 1 / w, color=INK, linewidth=1.4)
    trail = Trail(plane, GradientDescent, markersize=2.5, linewidth=0.8)
    trail.end.set_markersize(6)
    side = fig.add_subplot(
        grid[1], xlim=(-1, SHOWN + 1), ylim=(0, TOP), xlabel="step k", ylabel="sharpness", yticks=[0, 5, 10, 15, 20]
    )
    (bound,) = side.plot([], [], color=VERMILLION, linestyle="--", linewidth=1.4)
    (line,) = side.plot([], [], color=BLUE, linewidth=1.4)
    key(fig, {"minima": minima, "start": trail.start, "sharpness on the path": line, "2/η": bound})
    note = side.text(SHOWN, 0, "", ha="right", va="bottom")

    def update(a, eta):
        path = slide(a, eta)
        x = path.x[: SHOWN + 1]
        inside = np.abs(x).max(axis=1) < 8
        x = x[: int(np.argmin(inside))] if not inside.all() else x
        trail.move(x.round(3))
        line.set_data(np.arange(len(x)), np.minimum(sharpness(x), 40).round(3))
        bound.set_data([-1, SHOWN + 1], [min(2 / eta, 40)] * 2)
        note.set(text=f"2/η = {number(2 / eta)}{' ↑' * (2 / eta > TOP)}", position=(SHOWN, min(2 / eta + 0.2, 18)))
        return Frame([*trail.artists, bound, line, note], says=sharp_says(a, eta, path))

    return update


def sharp_says(a: float, eta: float, path: Path) -> str:
    """What the start's minimum is like, and where the path ends."""
    here, limit = a * a + 1 / (a * a), 2 / eta
    side = "above" if here > limit else "below"
    begin = f"At the start's minimum the sharpness is {here:.2f}, {side} 2/η = {number(limit)}. "
    if path.outcome == "diverged":
        return begin + f"Gradient descent diverged at step {path.step}."
    end = float(sharpness(path.x[-1]))
    # Nearby, for a start a thousandth away, is within a few thousandths.
    if np.linalg.norm(path.x[-1] - path.x[0]) < 0.02:
        return begin + "Gradient descent settles in it."
    return begin + f"Gradient descent leaves it and settles where the sharpness is {end:.2f}."
