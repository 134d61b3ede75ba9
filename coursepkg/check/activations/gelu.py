"""GELU: where it is steepest, and that it alone of the table falls."""

from math import sqrt
from typing import Any

import numpy as np

from coursepkg.engine.activations import (
    ACTIVATIONS,
    Activation,
    gaussian,
    gaussian_slope,
    gelu,
    gelu_slope,
    relu,
    relu_slope,
    tanh,
    tanh_slope,
)

from ..answer import Answer, Wrong, numbers, says, show
from ..exercise import exercise
from ..slips import known

TEN = tuple(ACTIVATIONS)[:10]
LOWEST = -0.7517915

_PLACES = (
    (-sqrt(2), "There the slope is least: it is negative, and steepest downhill.", "Which other root is there?"),
    (LOWEST, "That is where g itself is least; its slope is 0 there.", "Look at the slope of the slope."),
    (0.0, "At 0 the slope is 1/2, but it rises on.", "Look to the right of 0."),
    (1.0, "φ(z) has its bend at 1, but g′ is Φ(z) + zφ(z).", "Differentiate the sum, and mind that φ′(z) = −zφ(z)."),
    (2.0, "At 2 the factor 2 − z² is −2: the slope falls already.", "z² must be 2, not z."),
)


@exercise(
    "Where g′ is largest its own derivative is 0: g″(z) = 0.",
    "g′ = Φ + zφ. Differentiate with Φ′ = φ and φ′(z) = −zφ(z), and take out the factor φ(z).",
    "g″(z) = φ(z)(2 − z²), and φ is never 0. Of the two roots take the one where g′ is large.",
)
def gelu_steepest(place: Answer) -> str:
    """`place()` returns (z, g′(z)) at the point where GELU is steepest."""
    z, slope = numbers(place(), 2, "(z, g′(z))", "your answer")
    here = float(gelu_slope(z))
    on = f"z = {show(z)}"
    if abs(z - sqrt(2)) > 1e-4:
        words = known(z, _PLACES, rtol=0, atol=1e-3)
        if not words and abs(z - sqrt(2)) < 0.05:
            rule = "That is near, but not exact to four decimals."
            words = says(rule, "Solve g″(z) = 0 by hand instead of reading it off a grid.")
        raise Wrong("the slope", on=on, got=f"{show(here)}, and it is larger elsewhere", **words)
    if abs(slope - here) > 1e-4:
        rule = "The place is right. The slope there is Φ(z) + zφ(z)."
        if abs(slope - float(gelu(z))) < 1e-4:
            rule = "The place is right, but the second number is g(z) itself, not its slope."
        raise Wrong(
            "your slope", on=on, got=show(slope), rule=rule, next="Call gelu_slope(z), or put z into the formula."
        )
    return f"At z = √2 the slope of GELU is {here:.4f}, more than that of the line a = z."


@exercise(
    "A function falls where its values go down as z goes up. Flat is not falling.",
    "Evaluate each of the ten on a fine grid, say np.linspace(-6, 6, 2001), and look at np.diff of the values.",
    "Keep a name if any difference is below −1e−12 (less than rounding errors). Take the ten of the table, not the "
    "radial units.",
)
def falling(names: Answer, seed: int = 0) -> str:
    """`names(functions)` returns the names in `functions` (name → activation) whose values fall somewhere."""
    everyone = {name: ACTIVATIONS[name] for name in TEN}
    on = "the ten of the table"
    got = _names(names(everyone), on)
    if got != {"gelu"}:
        raise Wrong("the list of names", on=on, got=show(sorted(got)), **_falling_mistake(got))
    rise, fall = drawn(np.random.default_rng(seed))
    on = f"the functions {', '.join(sorted(rise | fall))}, of which {len(fall)} fall somewhere between −4 and 4"
    got = _names(names(dict(sorted((rise | fall).items()))), on)
    if got != set(fall):
        rule = "Other functions in the dictionary make another list."
        raise Wrong(
            "the list of names",
            on=on,
            got=show(sorted(got)),
            rule=rule,
            next="Compute the list from `functions`: its names, and each function's values on a fine grid.",
        )
    lowest = f"−{-float(gelu(LOWEST)):.5f} at z = −{-LOWEST:.4f}"
    return f"Only GELU falls: from 0 on the far left down to {lowest}, then it rises."


def drawn(rng: np.random.Generator) -> tuple[dict[str, Activation], dict[str, Activation]]:
    """Activations that only rise, and some that fall somewhere between −4 and 4, all under names drawn by lot."""
    c, k = rng.uniform(-2, 2, 6).round(1), rng.uniform(0.5, 2, 6).round(1)
    rising = (
        (lambda z: tanh(k[0] * (z - c[0])), lambda z: k[0] * tanh_slope(k[0] * (z - c[0]))),
        (lambda z: relu(z - c[1]) - k[1], lambda z: relu_slope(z - c[1])),
        (lambda z: k[2] * z + np.sin(k[2] * z), lambda z: k[2] * (1 + np.cos(k[2] * z))),
    )
    falling = (
        (lambda z: gaussian((z - c[3]) / k[3]), lambda z: gaussian_slope((z - c[3]) / k[3]) / k[3]),
        (lambda z: -k[4] * tanh(z - c[4]), lambda z: -k[4] * tanh_slope(z - c[4])),
        (lambda z: z / 2 - 2 * np.sin(k[5] * z), lambda z: 0.5 - 2 * k[5] * np.cos(k[5] * z)),
    )
    keep = int(rng.integers(1, 4))
    names = iter(f"g{number}" for number in rng.permutation(90) + 10)
    made = [[Activation(next(names), *pair) for pair in kind] for kind in (rising, falling[:keep])]
    rises, falls = ({g.name: g for g in kind} for kind in made)
    return rises, falls


def _names(value: Any, on: str) -> set[str]:
    if (
        isinstance(value, str)
        or not isinstance(value, (list, tuple, set))
        or not all(isinstance(n, str) for n in value)
    ):
        raise Wrong(
            "the value returned", on=on, got=show(value), rule="The answer is a list of names.", next='Return ["…", …].'
        )
    return {name.lower() for name in value}


def _falling_mistake(got: set[str]) -> dict[str, str]:
    if not got:
        return says(
            "One of the ten does fall, and only between 0 and the far left.",
            "Let the grid reach from −6 to 6, and look at all differences, not only the first and the last value.",
        )
    if "gelu" not in got:
        return says("These never fall, and one that does is missing.", "Plot each of the ten between −3 and 0.")
    if got >= set(TEN) - {"gelu"}:
        return says("That is all of them. Most never fall.", "Keep a name only where some difference is negative.")
    if got & {"step", "relu"}:
        return says(
            "Step and ReLU have flat parts; a flat part does not fall.",
            "Ask for differences below 0, not for differences of at most 0.",
        )
    return says(
        "At least one of these never falls; rounding may make it look so.",
        "Ask for differences below −1e−12, which is less than a rounding error.",
    )
