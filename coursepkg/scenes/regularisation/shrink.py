"""Shrink or snap: one weight, pulled to a by the data and to 0 by a penalty."""

import numpy as np
from matplotlib.patches import PathPatch

from ...engine.regularisers import L1, L2, ElasticNet
from ...explorable import Ask, Choice, Frame, Slider, explorable
from ...plots import BLUE, FAINT, GREEN, INK, VERMILLION
from ...plots.key import key
from ...plots.numbers import as_set, number
from ...plots.parabolas import parabolas

PENALTIES = {"L1": L1, "L2": L2}
REACH = 3.4  # of the axes of w and a
KNOTS = (-REACH, 0, REACH)
LOOKS = {
    "data": {"color": BLUE, "linestyle": (0, (5, 2)), "linewidth": 1.4},
    "penalty": {"color": VERMILLION, "linestyle": (0, (1, 1.2)), "linewidth": 2},
    "sum": {"color": INK, "linewidth": 2},
}


@explorable(
    title="Shrink or snap",
    alt="Left: over the weight w a dashed parabola, the data's wish, with its lowest point at a; a dotted penalty with "
    "its lowest point at 0; and their sum, a solid curve, with a dot at its lowest point. Right: that lowest point for "
    "every a, a straight line for L2, and for L1 a line with a flat piece at 0. The dot is there again.",
    ask=Ask(
        "The data want the weight a = 1. Which λ makes the best weight exactly 0?",
        ("A large enough λ, with either penalty", "λ = 1 or more with L1, and no λ with L2", "None, with either"),
        answer=1,
        because="At w = 0 the data pull with a force of |a| = 1. The L1 penalty has a kink there and holds against any "
        "pull up to λ. The L2 penalty is flat at 0, so it holds against nothing.",
        wrong=(
            "L2 divides the weight by 1 + λ, and no division leads from 1 to 0.",
            "L1 has a kink at 0, where its pull λ holds against the pull |a| of the data.",
        ),
    ),
    presets={
        "L1, just snapped": dict(a=1, lam=1, kind="L1"),
        "L2, the same λ": dict(a=1, lam=1, kind="L2"),
        "L1 on a large weight": dict(a=3, lam=1, kind="L1"),
        "L2 on a large weight": dict(a=3, lam=1, kind="L2"),
    },
    size=(5.0, 3.0),
    a=Slider(-3, 3, 0.25, label="wanted weight a", value=2),
    lam=Slider(0, 3, 0.1, label="strength λ", value=0),
    kind=Choice("L1", "L2", label="penalty"),
)
def shrink_or_snap(fig):
    left, right = fig.subplots(1, 2)
    left.set(xlim=(-REACH, REACH), ylim=(0, 6), xlabel="weight w", xticks=[-3, 0, 3], yticks=[0, 3, 6])
    right.set(xlim=(-REACH, REACH), ylim=(-REACH, REACH), xlabel="a", ylabel="best weight w", aspect="equal")
    right.set(xticks=[-3, 0, 3], yticks=[-3, 0, 3])
    for name, look in LOOKS.items():
        left.plot([], [], label=name, **look)
    wish, price, total = (
        left.add_patch(PathPatch(parabolas(KNOTS, np.abs), fill=False, **look)) for look in LOOKS.values()
    )
    (best,) = left.plot([], [], "o", color=GREEN, markersize=9, zorder=4)
    (free,) = right.plot([-REACH, REACH], [-REACH, REACH], color=FAINT, linestyle=(0, (5, 2)), linewidth=1)
    right.axhline(0, color=FAINT, linewidth=0.8)
    (answer,) = right.plot([], [], color=INK, linewidth=2)
    (drop,) = right.plot([], [], color=GREEN, linewidth=1, linestyle=":")
    (dot,) = right.plot([], [], "o", color=GREEN, markersize=9, zorder=4)
    curves = dict(zip(LOOKS, left.lines, strict=False))
    key(fig, curves | {"best weight": best, "no penalty": free}, columns=3)

    def update(a, lam, kind):
        penalty = PENALTIES[kind](lam)
        w = float(penalty.prox(a))
        wish.set_path(parabolas(KNOTS, lambda w: 0.5 * (w - a) ** 2))
        price.set_path(parabolas(KNOTS, lambda w: penalty.value(w[:, None])))
        total.set_path(parabolas(KNOTS, lambda w: cost(w, a, penalty)))
        best.set_data([w], [cost(np.array([w]), a, penalty)[0]])
        wanted = np.array([-REACH, -min(lam, REACH), min(lam, REACH), REACH])
        answer.set_data(wanted, penalty.prox(wanted))
        drop.set_data([a, a], [a, w])
        dot.set_data([a], [w])
        return Frame([wish, price, total, best, answer, drop, dot], says=shrink_says(a, w, lam, kind))

    return update


def cost(w: np.ndarray, a: float, penalty: ElasticNet) -> np.ndarray:
    """½(w − a)² + penalty(w) for weights w (k,)."""
    return 0.5 * (w - a) ** 2 + penalty.value(w[:, None])


def shrink_says(a: float, w: float, lam: float, kind: str) -> str:
    """The best weight with the formula that gives it, in words."""
    a_, lam_ = as_set(a), as_set(lam)
    w_ = number(w) if w == 0 or abs(w) >= 0.005 else f"{w:.1g}".replace("-", "−")  # what is not 0 does not read 0
    if lam == 0:
        return f"No penalty: the best weight is a = {a_}."
    if a == 0:
        return "The data want 0, and so does the penalty: w = 0."
    if kind == "L2":
        return f"L2: w = a/(1 + λ) = {a_}/{as_set(1 + lam)} = {w_}. Shrunk by a factor, and not 0."
    if w == 0:
        return f"L1: |a| = {as_set(abs(a))} is not above λ = {lam_}, so w = 0 exactly. Snapped."
    sign = "" if a > 0 else "−"
    return f"L1: w = sign(a)(|a| − λ) = {sign}({as_set(abs(a))} − {lam_}) = {w_}. Moved towards 0 by λ."
