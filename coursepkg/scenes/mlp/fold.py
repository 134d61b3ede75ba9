"""Fold the plane: XOR's input plane, and the hidden plane in which a line parts it."""

import numpy as np
from matplotlib.collections import LineCollection

from ...engine.constructions import fold
from ...engine.datasets import gate
from ...explorable import Ask, Frame, Slider, explorable
from ...plots import BLUE, FAINT, GREEN, INK, VERMILLION, Plane
from ...plots.key import key
from ...plots.numbers import number
from ...plots.plane import boundary, closed

XOR = gate("XOR")
POINT_NAMES = ("00", "01, 10", "11")
S = np.linspace(-0.6, 2.6, 33)


def strip(v: float, theta: float) -> tuple[float, float]:
    """The sums s between which y = ReLU(s) + v ReLU(s − θ) is at least ½ (for ever: up to 9)."""
    return 0.5, (0.5 + v * theta) / (1 + v) if v < -1 else 9.0


@explorable(
    title="Fold the plane",
    alt="Left: the input plane with the four points of XOR, hollow circles for 0 and filled squares for 1, and a "
    "shaded strip where the network answers 1. Right: the hidden plane, where the whole input plane lies on one bent "
    "line and a straight line parts the classes. Below: the output y over s = x₁ + x₂, a tent, with the four targets.",
    ask=Ask(
        "In the hidden plane the output neuron draws one straight line. You lower v from −1 to −2. What becomes of "
        "that line in the input plane?",
        ("One line, turned", "Two parallel lines", "A closed curve"),
        answer=1,
        because="With v below −1, y climbs up to s = θ and falls after it, so it passes ½ twice. Each time is a line "
        "x₁ + x₂ = s: the two edges of a strip.",
        wrong=(
            "To turn it, x₁ and x₂ would have to be weighed differently. Both hidden neurons see only their sum s.",
            "A closed curve needs edges in other directions. The network knows only s, so every edge runs along "
            "x₁ + x₂ = constant.",
        ),
    ),
    presets={
        "XOR": dict(v=-2, theta=1),
        "another XOR": dict(v=-2.5, theta=1.2),
        "second neuron unheard": dict(v=0, theta=1),
    },
    size=(5.0, 4.6),
    v=Slider(-3, 0, 0.25, label="output weight v", value=-1),
    theta=Slider(0.5, 1.5, 0.1, label="threshold θ", value=1),
)
def fold_the_plane(fig):
    grid = fig.add_gridspec(2, 2, height_ratios=(1.5, 1))
    inputs = Plane(fig.add_subplot(grid[0, 0], aspect="equal"), (-0.6, 1.6, -0.6, 1.6), arrow=False)
    inputs.ax.set(xticks=[0, 1], yticks=[0, 1], title="input plane")
    inputs.label(XOR.X, XOR.y)
    (far,) = inputs.ax.plot([], [], color=INK, zorder=2)
    hidden = Plane(fig.add_subplot(grid[0, 1], aspect="equal"), (-0.6, 2.6, -0.9, 2.3), ("a₁", "a₂"), arrow=False)
    hidden.ax.set(xticks=[0, 1, 2], yticks=[0, 1, 2], title="hidden plane")
    (bent,) = hidden.ax.plot([], [], color=FAINT, linewidth=4, zorder=1.5, solid_capstyle="round")
    names = [hidden.ax.text(0, 0, name) for name in POINT_NAMES]
    out = fig.add_subplot(grid[1, :], xlim=(-0.6, 2.6), ylim=(-1.1, 2.1), xlabel="s = x₁ + x₂", ylabel="y")
    out.set(xticks=[0, 1, 2], yticks=[0, 0.5, 1], yticklabels=["0", "½", "1"])
    out.yaxis.labelpad = 6
    out.axhline(0.5, color=FAINT, linestyle="--", linewidth=1)
    (curve,) = out.plot([], [], color=INK)
    misses = out.add_collection(LineCollection([], colors=GREEN, linewidths=2.4, zorder=3))
    out.plot([0, 2], [0, 0], "o", color=VERMILLION, fillstyle="none", mew=1.8, zorder=4)
    out.plot([1], [1], "s", color=BLUE, zorder=4)
    (miss,) = out.plot([], [], color=GREEN, linewidth=2.4)
    key(fig, {"is 0": hidden.zeros, "is 1": hidden.ones, "the whole input plane": bent, "miss": miss})
    error = out.text(-0.5, 2.0, "", va="top")

    def update(v, theta):
        net = fold(v, theta)
        trace = net.net.trace(net.theta, XOR.X)
        y = trace.a[-1][:, 0]
        near, end = strip(v, theta)
        inputs.side.set_xy(closed(between(near, end, inputs.limits)))
        inputs.line.set_data(*boundary((1, 1), -near, inputs.limits).T)
        far.set_data(*boundary((1, 1), -end, inputs.limits).T)
        hidden.label(trace.a[1], XOR.y)
        hidden.move((1, v), -0.5)
        for name, (a1, a2), called in zip(names, trace.a[1][[0, 1, 3]], y[[0, 1, 3]] >= 0.5, strict=True):
            # On its point's side of the line, where the line does not cross it.
            name.set(position=(a1 + 0.07, a2 - 0.14) if called else (a1 - 0.07, a2 + 0.14))
            name.set(va="top" if called else "bottom", ha="left" if called else "right")
        knots = np.array([[-1, -1], [0, 0], [theta / 2, theta / 2], [1.6, 1.6]])
        bent.set_data(*net.net.trace(net.theta, knots).a[1].T)
        curve.set_data(S, net(np.column_stack([S, np.zeros_like(S)]))[:, 0])
        misses.set_segments([[(s, y_), (s, t)] for s, y_, t in zip(XOR.X.sum(axis=1), y, XOR.y, strict=True)])
        mse = float(np.mean((y - XOR.y) ** 2))
        error.set_text(f"mean squared error {number(mse)}")
        moving = [inputs.side, inputs.line, far, *hidden.artists, hidden.zeros, hidden.ones]
        return Frame([*moving, *names, bent, curve, misses, error], says=fold_says(y, mse, v))

    return update


def between(near: float, end: float, limits: tuple[float, float, float, float]) -> np.ndarray:
    """The corners (m, 2) of near ≤ x₁ + x₂ ≤ end within ``limits``."""
    left, right, bottom, top = limits
    corners = [(x, y) for x in (left, right) for y in (bottom, top) if near <= x + y <= end]
    ends = [boundary((1, 1), -s, limits) for s in (near, end)]
    found = np.concatenate([*ends, np.reshape(corners, (-1, 2))])
    angle = np.arctan2(*(found - found.mean(axis=0)).T)
    return found[np.argsort(angle)]


def fold_says(y: np.ndarray, mse: float, v: float) -> str:
    """What the network answers on the four points, in words."""
    said = f"y is {number(y[0])} at (0, 0), {number(y[1])} at (0, 1) and (1, 0), and {number(y[3])} at (1, 1). "
    if mse == 0:
        return said + "That is XOR exactly."
    said += f"The mean squared error is {number(mse)}, "
    return said + ("better than" if mse < 0.25 else "no better than") + " the 0.25 of the best single line."
