"""Adam, written by the student, against the engine's."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from coursepkg.engine.descent import descend
from coursepkg.engine.landscapes import ROSENBROCK, quadratic
from coursepkg.engine.optimisers import Adam

from ..answer import Answer, Wrong, numbers, says, show
from ..exercise import exercise

_SLIPS = {
    "uphill": ("Adam goes against m; yours goes along with it.", "Subtract the step."),
    "no hats": (
        "m and v start at 0 and are too small at first; yours are used as they are.",
        "Divide m by 1 − β₁ᵗ and v by 1 − β₂ᵗ before you use them.",
    ),
    "m's hat only": ("m is corrected, v is not.", "Divide v by 1 − β₂ᵗ too."),
    "v's hat only": ("v is corrected, m is not.", "Divide m by 1 − β₁ᵗ too."),
    "hats kept": (
        "The corrected values went back into the averages; the recursions need the plain m and v.",
        "Give the corrected ones names of their own, such as m_hat.",
    ),
    "late t": ("t counts the first step as 1; yours is one ahead.", "Let t run from 1 to steps."),
    "no root": ("The step divides by the root of v.", "Use np.sqrt of the corrected v."),
    "ε inside": ("ε is added to the root; yours is under it.", "Write np.sqrt(v_hat) + eps."),
    "not squared": ("v averages g²; yours averages |g|.", "Square the gradient in the line of v."),
    "rates swapped": ("β₁ belongs to m and β₂ to v; yours are swapped.", "Look which rate stands in which line."),
    "no ε": ("ε is missing in the denominator.", "Add eps to the root."),
    "one more": ("You take one step more than asked.", "Let t run from 1 to steps: range(1, steps + 1)."),
    "one fewer": ("You take one step fewer than asked.", "Let t run from 1 to steps: range(1, steps + 1)."),
    "rate times t": (
        "β is multiplied by t in your corrections; it is raised to the power t.",
        "Write beta1**t and beta2**t.",
    ),
    "early return": (
        "Yours returns after the first step, however many are asked.",
        "Look where `return` stands: behind the loop.",
    ),
    "reset": (
        "m and v start at 0 anew in each of your steps; they must keep what they have gathered.",
        "Set them to zero once, before the loop.",
    ),
    "no shares": (
        "Averages are made of shares: β of the old and 1 − β of the new. Yours adds all of the new.",
        "Multiply g by 1 − β₁ and g² by 1 − β₂.",
    ),
    "no share in m": ("m takes 1 − β₁ of the new gradient; yours takes all of it.", "Multiply g by 1 − β₁."),
    "no share in v": ("v takes 1 − β₂ of the new square; yours takes all of it.", "Multiply g² by 1 − β₂."),
    "one gradient": (
        "Every step needs the gradient at the point where it starts; yours uses the first one throughout.",
        "Call gradient(x) inside the loop.",
    ),
}


@exercise(
    "m and v start as np.zeros_like(x). For t = 1, …, steps: take the gradient, update m and v, correct both, move x.",
    "Take the gradient inside the loop, and write x = x - …, not x -= …, so that the caller's x stays as it is.",
    "m_hat = m / (1 - beta1**t), v_hat likewise; x = x - eta * m_hat / (np.sqrt(v_hat) + eps).",
)
def adam(steps: Answer, seed: int = 0) -> str:
    """`adam(gradient, x, eta, beta1, beta2, eps, steps)` returns the point after `steps` steps of Adam from x."""
    cases = _cases(np.random.default_rng(seed))
    for case in cases:
        for k in range(1, case.steps + 1):
            on = f"{case.name} from {show(case.x)} with η, β₁, β₂, ε = {show(case.settings)}, steps = {k}"
            got = steps(case.gradient, case.x, *case.settings, k)
            if k == 1 and _lost(got, len(case.x)):
                rule = "The hats divide by 1 − β₁ᵗ and 1 − β₂ᵗ, and at t = 0 both are 0."
                step = "Let t run from 1 to steps: range(1, steps + 1)."
                raise Wrong("the point", on=on, got=show(got), rule=rule, next=step)
            right = descend(Adam(*case.settings), case.first, case.x, k).x[-1]
            if not _near(got, right):
                words = _known_slip(steps, cases)
                if not words:
                    numbers(got, len(case.x), "the point", on)
                raise Wrong("the point", on=on, got=show(got), **words)
    return "Step by step this is Adam. Its first step is η times the sign of the gradient, whatever the rates."


class _Case(NamedTuple):
    """A function's `first`, which returns f and its gradient, a start x (d,), (η, β₁, β₂, ε) and how many steps."""

    name: str
    first: Callable[[np.ndarray], tuple[Any, np.ndarray]]
    x: np.ndarray
    settings: tuple[float, float, float, float]
    steps: int

    def gradient(self, x: np.ndarray) -> np.ndarray:
        return self.first(np.asarray(x, float))[1]


def _cases(rng: np.random.Generator) -> tuple[_Case, ...]:
    """Three fixed cases and one drawn, in three dimensions."""
    valley, root = quadratic(10.0), rng.uniform(-2, 2, (3, 3)).round(1)
    H, x = root @ root.T + np.eye(3), rng.uniform(1, 3, 3).round(1) * [1, -1, 1]
    eta, beta1, beta2, eps = rng.uniform([0.05, 0.6, 0.9, 0.01], [0.3, 0.9, 0.99, 0.1]).round(3).tolist()
    settings = eta, beta1, beta2, eps
    return (
        _Case(valley.name, valley.first, np.array([1.0, -2.0]), (0.1, 0.9, 0.999, 1e-8), 4),
        _Case(valley.name, valley.first, np.array([1.0, -2.0]), (0.1, 0.8, 0.95, 0.5), 3),
        _Case(ROSENBROCK.name, ROSENBROCK.first, np.array([-1.2, 1.0]), (0.05, 0.9, 0.99, 1e-8), 20),
        _Case(f"½ wᵀHw with H = {show(H.round(2).tolist())}", lambda w: (w @ H @ w / 2, H @ w), x, settings, 5),
    )


def _near(got: Any, right: np.ndarray) -> bool:
    """Whether `got` is `right` (d,), numbers that are lost included."""
    try:
        array = np.ravel(np.asarray(got, float))
    except (TypeError, ValueError):
        return False
    return array.shape == right.shape and np.allclose(array, right, rtol=1e-7, atol=1e-9, equal_nan=True)


def _lost(point: Any, d: int) -> bool:
    """Whether `point` has the shape (d,), but nan in it."""
    try:
        array = np.asarray(point, float)
    except (TypeError, ValueError):
        return False
    return array.shape == (d,) and bool(np.isnan(array).any())


def _known_slip(steps: Answer, cases: tuple[_Case, ...]) -> dict[str, str]:
    """The words on the slip that reproduces the student's result in every case, if there is one."""
    ends = [steps(case.gradient, case.x, *case.settings, case.steps) for case in cases]
    for slip, words in _SLIPS.items():
        with np.errstate(all="ignore"):
            wrong = (_slipped(slip, case.gradient, case.x, *case.settings, case.steps) for case in cases)
            if all(_near(end, other) for end, other in zip(ends, wrong, strict=True)):
                return says(*words)
    return {}


def _slipped(
    slip: str,
    gradient: Callable,
    x: np.ndarray,
    eta: float,
    beta1: float,
    beta2: float,
    eps: float,
    steps: int,
) -> np.ndarray:
    """The point after `steps` steps of Adam with one slip in it."""
    if slip == "rates swapped":
        beta1, beta2 = beta2, beta1
    m, v, first = np.zeros_like(x), np.zeros_like(x), gradient(x)
    if slip == "early return":
        steps = min(steps, 1)
    for t in range(1, steps + 1 + (slip == "one more") - (slip == "one fewer")):
        if slip == "reset":
            m, v = np.zeros_like(x), np.zeros_like(x)
        g = first if slip == "one gradient" else gradient(x)
        m = beta1 * m + (1 if slip in ("no shares", "no share in m") else 1 - beta1) * g
        square = np.abs(g) if slip == "not squared" else g * g
        v = beta2 * v + (1 if slip in ("no shares", "no share in v") else 1 - beta2) * square
        late = t + (slip == "late t")
        powers = (beta1 * t, beta2 * t) if slip == "rate times t" else (beta1**late, beta2**late)
        m_hat = m if slip in ("no hats", "v's hat only") else m / (1 - powers[0])
        v_hat = v if slip in ("no hats", "m's hat only") else v / (1 - powers[1])
        if slip == "hats kept":
            m, v = m_hat, v_hat
        below = np.sqrt(v_hat) + eps
        if slip == "no root":
            below = v_hat + eps
        elif slip == "ε inside":
            below = np.sqrt(v_hat + eps)
        elif slip == "no ε":
            below = np.sqrt(v_hat)
        x = x - (-eta if slip == "uphill" else eta) * m_hat / below
    return x
