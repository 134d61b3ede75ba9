"""The heavy ball: its step, and its best constants on a bowl."""

import numpy as np

from ..answer import Answer
from ..exercise import exercise
from ..slips import Slip, compare

_STEP: tuple[Slip, ...] = (
    (lambda w, last, g, eta, beta: w - eta * g, "That is plain descent: the ball forgets.", "Where does β come in?"),
    (
        lambda w, last, g, eta, beta: w - eta * g - beta * (w - last),
        "Your ball is pulled back: it repeats its last displacement with the wrong sign.",
        "The last displacement leads from w_{t−1} to w_t. Which is taken from which?",
    ),
    (
        lambda w, last, g, eta, beta: w + eta * g + beta * (w - last),
        "That goes uphill: the gradient is to be subtracted.",
        "Look at the sign before η.",
    ),
    (
        lambda w, last, g, eta, beta: beta * (w - last) - eta * g,
        "That is the displacement; asked is where it leads.",
        "Add it to w.",
    ),
    (
        lambda w, last, g, eta, beta: w - eta * g + beta * last,
        "β multiplies the last displacement, not the last place.",
        "How far did the ball come from `last` to w?",
    ),
    (
        lambda w, last, g, eta, beta: w - (1 - beta) * eta * g + beta * (w - last),
        "The ball takes the whole gradient, not a share of it: that is for averages, as in Adam.",
        "Leave the factor 1 − β out.",
    ),
)


@exercise(
    "Two things move the ball: the slope under it, and the way it came. What is the displacement that it repeats?",
    "The last displacement is w − last, and the ball repeats a part β of it.",
    "w − η g + β (w − last), as in the chapter's formula.",
)
def ball_step(step: Answer, seed: int = 0) -> str:
    """`step(w, last, g, eta, beta)` returns the heavy ball's next place (p,), from w (p,) and the place before."""
    rng = np.random.default_rng(seed)
    for p in (2, 3, 1):
        w, last, g = rng.uniform(-4, 4, (3, p)).round(1)
        eta, beta = rng.uniform([0.05, 0.3], [0.4, 0.95]).round(2).tolist()
        given = {"w": w, "last": last, "g": g, "η": eta, "β": beta}
        compare(step, "the next place", given, w - eta * g + beta * (w - last), _STEP, what=f"an array of shape ({p},)")
    return "The ball does what the slope says, and a part β of what it did before."


def _best(mu: float, L: float) -> tuple[float, float]:
    root = (L / mu) ** 0.5
    return (2 / (mu**0.5 + L**0.5)) ** 2, ((root - 1) / (root + 1)) ** 2


_BEST: tuple[Slip, ...] = (
    (
        lambda mu, L: (2 / (mu + L), _best(mu, L)[1]),
        "That η is the best without memory; the ball bears a longer one.",
        "Its formula has the roots of μ and L.",
    ),
    (
        lambda mu, L: (_best(mu, L)[0], _best(mu, L)[1] ** 0.5),
        "That β is the rate itself; β is its square.",
        "Square it.",
    ),
    (
        lambda mu, L: (_best(mu, L)[0], ((L - mu) / (L + mu)) ** 2),
        "Your β has κ where its root belongs.",
        "Take the root of L/μ.",
    ),
    (
        lambda mu, L: (_best(mu, L)[0] ** 0.5, _best(mu, L)[1]),
        "Your η is the root of the right one.",
        "Square 2/(√μ + √L).",
    ),
    (lambda mu, L: _best(mu, L)[::-1], "You have the two numbers the wrong way round.", "Return η first."),
)


@exercise(
    "Both formulas stand in the chapter, and both have roots in them. What is κ?",
    "η = (2/(√μ + √L))², and β depends on the root of κ = L/μ alone.",
    "β = ((√κ − 1)/(√κ + 1))².",
)
def ball_constants(constants: Answer, seed: int = 0) -> str:
    """`constants(mu, L)` returns the heavy ball's best (η, β) on a bowl with curvatures between μ and L."""
    rng = np.random.default_rng(seed)
    for mu, L in ((1.5, 150.0), (0.2, 3.0), *(rng.uniform([0.1, 5], [3, 90], (2, 2)).round(2).tolist())):
        compare(constants, "(η, β)", {"μ": mu, "L": L}, _best(mu, L), _BEST, what="(η, β)")
    return "With these the error keeps √β a step: for κ = 100 that is 0.818, where plain descent keeps 0.980."
