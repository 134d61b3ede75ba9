"""Saddles: how a critical point is told, and how long it takes to get away."""

from math import ceil, exp, log

import numpy as np

from ..answer import Answer, Wrong, says, show, whole
from ..exercise import exercise
from ..slips import Slip, compare, known

KINDS = ("minimum", "maximum", "saddle", "open")


def _kind(H: np.ndarray) -> str:
    e = np.linalg.eigvalsh(H)
    if e[0] < -1e-9 and e[-1] > 1e-9:
        return "saddle"
    return "minimum" if e[0] > 1e-9 else "maximum" if e[-1] < -1e-9 else "open"


_FLAT = np.outer([1.0, 2.0, -1.0], [1.0, 2.0, -1.0])
_HESSIANS = (
    np.array([[3.0, 1.0], [1.0, 2.0]]),
    np.array([[1.0, 3.0], [3.0, 2.0]]),
    np.array([[-3.0, 1.0], [1.0, -2.0]]),
    np.array([[-3.0, 1.0, 0.5], [1.0, -2.0, 0.5], [0.5, 0.5, -4.0]]),
    _FLAT,
    -_FLAT,
    np.diag([2.0, 0.0, -1.0]),
    np.array([[0.3, 0.1], [0.1, 0.2]]),
    np.array([[0.2, 0.3], [0.3, 0.1]]),
    np.array([[2.0, 3.0, 0.0], [3.0, 2.0, 0.0], [0.0, 0.0, 5.0]]),
)


@exercise(
    "Which numbers say whether the ground rises or falls from a critical point, in every direction?",
    "The eigenvalues. All positive, all negative, some of each: what does each say? And if the smallest is 0?",
    "One of each sign makes a saddle, whatever the others are. If there is no such pair, an eigenvalue of 0 leaves "
    "it open.",
)
def kind_of(kind: Answer, seed: int = 0) -> str:
    """`kind_of(H)` returns "minimum", "maximum", "saddle" or "open" for a critical point with the Hessian H (d, d)."""
    rng = np.random.default_rng(seed)
    drawn = [np.linalg.qr(rng.normal(size=(3, 3)))[0] for _ in range(3)]
    signs = ((1, 2, 3), (-1, 2, 4), (-1, -2, -0.5))
    for H in (*_HESSIANS, *((Q * (s * rng.uniform(0.5, 2, 3))) @ Q.T for Q, s in zip(drawn, signs, strict=True))):
        H = np.round(H + H.T, 3) / 2
        on, got = f"H = {show(H.tolist())}", kind(H)
        if got not in KINDS:
            rule = f"The answer is one of {', '.join(KINDS)}."
            raise Wrong("the kind", on=on, got=show(got), rule=rule, next="Return one of these words, as text.")
        if got != _kind(H):
            raise Wrong("the kind", on=on, got=got, **_kind_mistake(H, got))
    return "Signs of eigenvalues it is: the diagonal alone misleads, and so does the determinant."


def _kind_mistake(H: np.ndarray, got: str) -> dict[str, str]:
    e, d = np.linalg.eigvalsh(H), np.diag(H)
    flat = np.abs(e).min() < 1e-9
    if flat and _kind(H) == "saddle":
        rule = "One eigenvalue is 0, but of the others one is positive and one negative: up one way, down another."
        return says(rule, "Look for both signs first.")
    if flat:
        rule = "An eigenvalue is 0: along its vector the second order is silent, and higher ones decide."
        return says(rule, "When do the signs prove nothing?")
    if _kind(H) == "saddle" and ((d > 0).all() or (d < 0).all()):
        rule = "The diagonal holds the curvatures along the axes; between them the ground bends the other way."
        return says(rule, "Use np.linalg.eigvalsh(H).")
    by_determinant = "saddle" if np.linalg.det(H) < 0 else "minimum" if H[0, 0] > 0 else "maximum"
    if got == by_determinant:
        rule = "The determinant is the product of all eigenvalues: three negative ones make it negative, two positive."
        return says(rule, "Look at the signs one by one.")
    return {}


def _steps(mu: float, eta: float, start: float, far: float) -> int:
    return ceil(log(far / start) / log(1 + eta * mu))


_ESCAPES: tuple[Slip, ...] = (
    (
        lambda mu, eta, start, far: int(log(far / start) / log(1 + eta * mu)),
        "After that many steps the distance is still short of it.",
        "Round up: math.ceil.",
    ),
    (
        lambda mu, eta, start, far: _steps(mu, eta, start, far) + 1,
        "One step fewer is enough.",
        "Round up, and add nothing.",
    ),
    (
        lambda mu, eta, start, far: ceil(log(far / start) / (eta * mu)),
        "That takes e^(ημ) for the factor of a step; it is 1 + ημ.",
        "Divide by the logarithm of 1 + ημ.",
    ),
    (
        lambda mu, eta, start, far: ceil((far - start) / (eta * mu * start)),
        "The steps grow with the distance: each multiplies it.",
        "Solve (1 + ημ)ᵏ start = far for k.",
    ),
    (
        lambda mu, eta, start, far: ceil(log(far / start) / log(1 + eta)),
        "The curvature is missing.",
        "A step multiplies the distance by 1 + ημ.",
    ),
    (
        lambda mu, eta, start, far: ceil(log(far / start) / log(1 + 2 * eta * mu)),
        "μ is the curvature itself: there is no 2 in front of it.",
        "In the chapter's saddle −y² the curvature is −2.",
    ),
)


@exercise(
    "What does a step multiply the distance by, in a direction of curvature −μ?",
    "By 1 + ημ. So (1 + ημ)ᵏ · start ≥ far: how do you get k out of the exponent?",
    "math.ceil(log(far / start) / log(1 + eta * mu)).",
)
def escape_steps(steps: Answer, seed: int = 0) -> str:
    """`steps(mu, eta, start, far)` returns after how many steps the distance, `start` at first, is `far` or more."""
    rng = np.random.default_rng(seed)
    drawn = [(*rng.uniform([0.5, 0.02], [5, 0.3]).round(2).tolist(), 10.0**-k, 0.7) for k in (2, 4, 7)]
    for case in ((2.0, 0.1, 1e-3, 1.0), (3.0, 0.05, 1e-6, 0.5), (1.5, 0.4, 0.3, 0.4), *drawn):
        on = ", ".join(f"{symbol} = {value:g}" for symbol, value in zip(("μ", "η", "start", "far"), case, strict=True))
        got, right = whole(steps(*case), "the number of steps", on), _steps(*case)
        if got != right:
            raise Wrong("the number of steps", on=on, got=got, **known(got, _ESCAPES, *case, rtol=0))
    return "A thousand times nearer costs a constant more: the delay grows with the logarithm of the distance."


def _growth(mu: float, eta: float, beta: float) -> float:
    half = (1 + eta * mu + beta) / 2
    return half + (half * half - beta) ** 0.5


_GROWTHS: tuple[Slip, ...] = (
    (lambda mu, eta, beta: 1 + eta * mu, "That is plain descent's factor.", "Put yₖ = rᵏ into the ball's step."),
    (
        lambda mu, eta, beta: (1 + eta * mu) / (1 - beta),
        "The gain of the step is not simply divided by 1 − β.",
        "Put yₖ = rᵏ into the ball's step, and divide by rᵏ⁻¹.",
    ),
    (
        lambda mu, eta, beta: 1 + eta * mu + beta,
        "That is the sum of the two roots.",
        "Solve the quadratic equation.",
    ),
    (
        lambda mu, eta, beta: beta / _growth(mu, eta, beta),
        "That is the smaller root, which dies out.",
        "Take the other one.",
    ),
    (
        lambda mu, eta, beta: 1 + eta * mu / (1 - beta),
        "So it would be if the ball moved with its final speed already; it still gathers speed.",
        "Solve r² = (1 + ημ + β) r − β.",
    ),
    (
        lambda mu, eta, beta: exp(eta * mu),
        "That is for steps without end and without length.",
        "Put yₖ = rᵏ into the step.",
    ),
)


@exercise(
    "In a direction of curvature −μ the ball goes y ← y + ημ y + β (y − last). Which factor r reproduces itself?",
    "Put yₖ = rᵏ in and divide by rᵏ⁻¹: r² = (1 + ημ + β) r − β.",
    "r = s + √(s² − β) with s = (1 + ημ + β)/2.",
)
def ball_escape(growth: Answer, seed: int = 0) -> str:
    """`growth(mu, eta, beta)` returns the factor by which the heavy ball leaves a saddle, a step, in the long run."""
    rng = np.random.default_rng(seed)
    drawn = rng.uniform([0.5, 0.02, 0.3], [5, 0.3, 0.95], (3, 3)).round(2).tolist()
    for case in ((2.0, 0.1, 0.9), (0.5, 0.3, 0.6), *drawn):
        given = dict(zip(("μ", "η", "β"), case, strict=True))
        compare(growth, "the factor", given, _growth(*case), _GROWTHS, what="one number")
    return "With ημ = 0.2 and β = 0.9 the ball leaves by 1.5 a step, descent by 1.2: memory shortens the wait."
