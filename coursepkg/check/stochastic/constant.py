"""Under a constant gradient: the steps of momentum, which grow, and of AdaGrad, which shrink."""

from itertools import islice
from typing import Any

import numpy as np

from coursepkg.engine.optimisers import AdaGrad, Momentum

from ..answer import Answer, Wrong, numbers, says, show
from ..exercise import exercise


def _path(optimiser: Any, g: float, steps: int) -> np.ndarray:
    """Where the engine's optimiser is (steps + 1,) when every gradient is g, starting from 0."""
    constant = np.array([g])
    path = optimiser.iterates(lambda x: (0.0, constant), np.zeros(1))
    return np.array([x[0] for x, _ in islice(path, steps + 1)])


@exercise(
    "Write down the first three displacements: −ηg, then −ηg + β times that, then once more.",
    "The displacement of step t is −ηg (1 + β + β² + … + βᵗ⁻¹). What is the sum of a geometric series?",
    "1 + β + … + βᵗ⁻¹ = (1 − βᵗ)/(1 − β). For large t it is 1/(1 − β).",
)
def momentum_step(step: Answer) -> str:
    """`step(eta, beta, g, t)` returns displacement t of the heavy ball from rest, every gradient being g."""
    for eta, beta, g, t in ((0.1, 0.9, 2.0, 3), (0.5, 0.5, -1.0, 4), (0.01, 0.99, 3.0, 1000), (0.2, 0.0, 1.0, 5)):
        on = f"η = {eta:g}, β = {beta:g}, g = {g:g}, t = {t}"
        got = float(numbers([step(eta, beta, g, t)], 1, "a displacement", on)[0])
        x = _path(Momentum(eta, beta), g, t + 1)
        right = x[t] - x[t - 1]
        if np.isclose(got, right, rtol=1e-6):
            continue
        plain, limit = -eta * g, -eta * g / (1 - beta)
        known = (
            (-right, "The displacement goes against the gradient.", "Mind the sign."),
            (abs(right), "A displacement has a sign: it goes against the gradient.", "Leave out the absolute value."),
            (plain, "That is the step without momentum.", "Add β times the displacement before."),
            (limit, "That is the limit for large t; asked is step t.", "Sum the first t powers of β only."),
            (x[t], "That is how far the ball has come in all; asked is step t alone.", "Do not add up the steps."),
            (x[t + 1] - x[t], "That is one step too late.", "The first step, t = 1, is −ηg: the sum ends with βᵗ⁻¹."),
            (
                x[t - 1] - x[t - 2] if t > 1 else np.nan,
                "That is one step too early.",
                "The first step, t = 1, is −ηg: the sum ends with βᵗ⁻¹.",
            ),
            (
                plain * (1 - beta**t),
                "That is a moving average, as in Adam; here the gradient is not multiplied by 1 − β.",
                "Divide by 1 − β.",
            ),
        )
        words = next((rest for value, *rest in known if np.isclose(got, value, rtol=1e-6)), None)
        rule = "Each displacement is −ηg plus β times the one before; the first is −ηg."
        raise Wrong(
            "the displacement", on=on, got=show(got), **says(*(words or (rule, "Work out t = 1, 2 and 3 by hand.")))
        )
    return "The steps grow to −ηg/(1 − β): with β = 0.9, ten times as long as without momentum."


@exercise(
    "G is the sum of the squares of all gradients so far, this one included. If each is g, what is it at step t?",
    "G = t g². Put that into η|g|/√G, with ε = 0.",
    "√(t g²) = √t |g|: the size of the gradient cancels.",
)
def adagrad_step(step: Answer) -> str:
    """`step(eta, g, t)` returns the length of step t of AdaGrad with ε = 0, every gradient being g."""
    for eta, g, t in ((0.5, 3.0, 4), (0.2, -5.0, 9), (1.0, 0.01, 100), (0.3, 2.0, 1)):
        on = f"η = {eta:g}, g = {g:g}, t = {t}"
        got = float(numbers([step(eta, g, t)], 1, "a length", on)[0])
        x = _path(AdaGrad(eta, eps=0), g, t)
        right = abs(x[t] - x[t - 1])
        if np.isclose(got, right, rtol=1e-6):
            continue
        known = (
            (-right, "A length has no sign.", "Take the absolute value."),
            (
                right * abs(g),
                "The gradient's size is still there, but √G holds it too.",
                "Write out √(t g²) and cancel.",
            ),
            (eta / t, "AdaGrad divides by the root of the sum.", "Take the root of G."),
            (eta / (t * abs(g)), "The root is missing: G itself is in your denominator.", "Divide by √G."),
            (eta, "That is the first step; then G grows, and the steps shrink.", "What is G after t gradients?"),
            (right / abs(g), "The numerator of the step is g, not 1.", "Multiply by |g|."),
            (abs(x[t]), "That is the whole way so far; asked is step t alone.", "Do not add up the steps."),
        )
        words = next((rest for value, *rest in known if np.isclose(got, value, rtol=1e-6)), None)
        rule = "The step is η|g|/√G, and G holds t squares at step t."
        raise Wrong("the length", on=on, got=show(got), **says(*(words or (rule, "Work out t = 1, 2 and 3 by hand."))))
    return "AdaGrad's steps shrink as η/√t, whatever the gradient's size: a schedule that nobody had to choose."
