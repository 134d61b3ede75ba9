"""Adam, written by the student, against the engine's."""

from collections.abc import Callable
from typing import Any

import numpy as np

from coursepkg.engine.descent import descend
from coursepkg.engine.landscapes import ROSENBROCK, Landscape, quadratic
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
def adam(steps: Answer) -> str:
    """`adam(gradient, x, eta, beta1, beta2, eps, steps)` returns the point after `steps` steps of Adam from x."""
    for land, x, settings, n in CASES:
        for k in range(1, n + 1):
            on = f"{land.name} from {show(x)} with η, β₁, β₂, ε = {show(settings)}, steps = {k}"
            got = steps(land.gradient, x, *settings, k)
            if _lost(got, len(x)):
                rule = "The hats divide by 1 − β₁ᵗ and 1 − β₂ᵗ, and at t = 0 both are 0."
                raise Wrong(
                    "the point", on=on, got=show(got), rule=rule, next="Let t run from 1 to steps: range(1, steps + 1)."
                )
            got = numbers(got, len(x), "the point", on)
            right = descend(Adam(*settings), land.first, x, k).x[-1]
            if not np.allclose(got, right, rtol=1e-7, atol=1e-9):
                rule = f"Algorithm 1 of Kingma and Ba gives {show(right)}."
                following = "Print g, m, v and both hats at this step, and compare them with the formulas."
                raise Wrong("the point", on=on, got=show(got), **says(*(_known_slip(steps) or (rule, following))))
    return "Step by step this is Adam. Its first step is η times the sign of the gradient, whatever the rates."


CASES: tuple[tuple[Landscape, np.ndarray, tuple[float, ...], int], ...] = (
    (quadratic(10.0), np.array([1.0, -2.0]), (0.1, 0.9, 0.999, 1e-8), 4),
    (quadratic(10.0), np.array([1.0, -2.0]), (0.1, 0.8, 0.95, 0.5), 3),
    (ROSENBROCK, np.array([-1.2, 1.0]), (0.05, 0.9, 0.99, 1e-8), 20),
)


def _lost(point: Any, d: int) -> bool:
    """Whether `point` has the shape (d,), but nan in it."""
    try:
        array = np.asarray(point, float)
    except (TypeError, ValueError):
        return False
    return array.shape == (d,) and bool(np.isnan(array).any())


def _known_slip(steps: Answer) -> tuple[str, str] | None:
    """The words on the slip that reproduces the student's result in every case, if there is one."""
    ends = [numbers(steps(l.gradient, x, *rest, n), len(x), "the point", l.name) for l, x, rest, n in CASES]
    for slip, words in _SLIPS.items():
        wrong = (_slipped(slip, land.gradient, x, *rest, n) for land, x, rest, n in CASES)
        if all(np.allclose(end, other, rtol=1e-7) for end, other in zip(ends, wrong, strict=True)):
            return words
    return None


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
    for t in range(1, steps + 1 + (slip == "one more") - (slip == "one fewer")):
        g = first if slip == "one gradient" else gradient(x)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * (np.abs(g) if slip == "not squared" else g * g)
        late = t + (slip == "late t")
        m_hat = m if slip in ("no hats", "v's hat only") else m / (1 - beta1**late)
        v_hat = v if slip in ("no hats", "m's hat only") else v / (1 - beta2**late)
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
