"""Build any function: a wave from straight pieces, wide in one layer or deep in many."""

from functools import lru_cache

import numpy as np

from ...engine.constructions import interpolant, tent
from ...explorable import Ask, Frame, Slider, explorable
from ...plots import BLUE, FAINT, GREEN
from ...plots.key import key

PIECES = 32


def wave(x: np.ndarray) -> np.ndarray:
    """The function to be built, ½ + ½ sin 2πx."""
    return 0.5 + 0.5 * np.sin(2 * np.pi * x)


WAVE_BEND = 2 * np.pi**2  # the largest |f″| of the wave


@lru_cache
def worst(n: int) -> tuple[float, float, float]:
    """Where the interpolant of ``n`` equal pieces is farthest from the wave: x, the interpolant, the wave."""
    x = np.linspace(0, 1, 3201)
    y = interpolant(*knots(n))(x[:, None])[:, 0]
    k = int(np.abs(y - wave(x)).argmax())
    return float(x[k]), float(y[k]), float(wave(x[k]))


def wave_error(n: int) -> float:
    """The largest distance between the wave and its interpolant of ``n`` equal pieces."""
    _, y, f = worst(n)
    return abs(y - f)


def knots(n: int) -> tuple[np.ndarray, np.ndarray]:
    """The ends t (n + 1,) of ``n`` equal pieces of [0, 1], and the wave there."""
    t = np.linspace(0, 1, n + 1)
    return t, wave(t)


@explorable(
    title="Build any function",
    alt="Left: a wave on the interval from 0 to 1 and the chain of straight pieces that hidden ReLU neurons make of "
    "it, a dot at each kink and a bar where the error is largest. Right: the tent folded several times, a zigzag of "
    "many pieces.",
    ask=Ask(
        "You double the number of kinks. By what factor does the largest error fall, once there are enough of them?",
        ("2", "4", "16"),
        answer=1,
        because="The error of straight pieces is at most max|f″|/(8N²): half the width, a quarter of the error.",
        wrong=(
            "So a staircase would do. A straight piece also has the right slope, and what it misses is the bend: that "
            "grows with the square of its width.",
            "So pieces of a cubic would do. Straight pieces miss the bend, which is of second order.",
        ),
    ),
    presets={
        "too few": dict(n=2, depth=1),
        "8 kinks": dict(n=8, depth=3),
        "16 kinks": dict(n=16, depth=4),
        "64 pieces from 12 neurons": dict(n=32, depth=6),
    },
    size=(5.0, 3.0),
    n=Slider(1, PIECES, 1, label="kinks N", value=4, whole=True),
    depth=Slider(1, 6, 1, label="folds d", value=2, whole=True),
)
def build_any_function(fig):
    grid = fig.add_gridspec(1, 2)
    unit = {"xlim": (-0.02, 1.02), "ylim": (-0.06, 1.06), "xticks": [0, 1], "yticks": [0, 1], "xlabel": "x"}
    wide = fig.add_subplot(grid[0], title="wide: N kinks", **unit)
    x = np.linspace(0, 1, 101)
    (curve,) = wide.plot(x, wave(x), color=FAINT, linewidth=3)
    (chain,) = wide.plot([], [], color=BLUE, linewidth=1.6)
    (kinks,) = wide.plot([], [], "o", color=BLUE, markersize=4)
    (miss,) = wide.plot([], [], color=GREEN, linewidth=2.4)
    key(fig, {"function": curve, "network": chain, "kink": kinks, "largest error": miss})
    deep = fig.add_subplot(grid[1], title="deep: d folds", **unit)
    (zigzag,) = deep.plot([], [], color=BLUE, linewidth=1.4)

    def update(n, depth):
        t, _ = knots(n)
        y = interpolant(*knots(n))(t[:, None])[:, 0]
        chain.set_data(t, y)
        kinks.set_data(t[:-1], y[:-1])
        at, y_there, f_there = worst(n)
        miss.set_data([at, at], [y_there, f_there])
        corners = np.linspace(0, 1, 2**depth + 1)
        zigzag.set_data(corners, tent(depth)(corners[:, None])[:, 0])
        return Frame([chain, kinks, miss, zigzag], says=build_says(n, depth))

    return update


def build_says(n: int, depth: int) -> str:
    """The two networks in words."""
    error, bound = f"{wave_error(n):.2g}", f"{WAVE_BEND / (8 * n**2):.2g}"
    said = f"One layer of {n} ReLU neuron{'s' * (n > 1)}: largest error {error}, bound {bound}. "
    return said + f"{depth} layer{'s' * (depth > 1)} of 2: {2**depth} straight pieces from {2 * depth} neurons."
