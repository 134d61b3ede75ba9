"""Eight functions of one variable: for each that is not convex, a chord that proves it."""

from collections.abc import Callable
from math import exp, log1p, sin, sqrt
from typing import Any

import numpy as np

from ..answer import Answer, Wrong, numbers, show
from ..exercise import exercise

#: The functions, and whether each is convex on the whole line.
EIGHT: dict[str, tuple[Callable[[float], float], bool]] = {
    "x² − 3x": (lambda x: x * x - 3 * x, True),
    "x³": (lambda x: x**3, False),
    "|x| + |x − 1|": (lambda x: abs(x) + abs(x - 1), True),
    "sin x": (sin, False),
    "ln(1 + eˣ)": (lambda x: log1p(exp(x)), True),
    "√|x|": (lambda x: sqrt(abs(x)), False),
    "max(x², 1)": (lambda x: max(x * x, 1.0), True),
    "x⁴ − x²": (lambda x: x**4 - x * x, False),
}


@exercise(
    "Sketch each function. Where does the graph bend downwards? A chord over that part runs below the graph.",
    "Sums of convex functions are convex, and so is the larger of two convex functions. For the others look at "
    "f″: where it is negative, take a and b on either side of such a place and t = 1/2.",
    "x³ bends down left of 0, sin x between 0 and π, x⁴ − x² around 0, and √|x| on each side of 0 by itself: keep both "
    "ends on one side.",
)
def certificates(classify: Answer, seed: int = 0) -> str:
    """`classify(functions)` returns for each name None, if it is convex, or (a, b, t) of a violated chord."""
    some = np.random.default_rng(seed).permutation(list(EIGHT))[:5].tolist()
    for names in (list(EIGHT), some):
        got = classify({name: EIGHT[name][0] for name in names})
        if not isinstance(got, dict) or set(got) != set(names):
            missing = sorted(set(names) - set(got)) if isinstance(got, dict) else "no dictionary"
            rule = "The answer is a dictionary with each of the names given, and no other."
            step = f"Missing: {show(missing)}." if missing else "Loop over the names in `functions`."
            on = f"{len(names)} functions"
            raise Wrong("the value returned", on=on, got=show(got), rule=rule, next=step)
        for name in names:
            _judge(name, got[name], *EIGHT[name])
    return "Four are convex, and four chords prove that the others are not. Three values of f check each of them."


def _judge(name: str, answer: Any, f: Callable[[float], float], convex: bool) -> None:
    if answer is None:
        if not convex:
            rule = f"{name} is not convex: some chord of its graph runs below it."
            raise Wrong(
                "the answer", on=name, got="None, for convex", rule=rule, next="Where does its graph bend down?"
            )
        return
    a, b, t = numbers(answer, 3, "None or (a, b, t)", name).tolist()
    on = f"{name} with a = {show(a)}, b = {show(b)}, t = {show(t)}"
    if not 0 < t < 1 or a == b:
        rule = "A chord joins two different points, and t is a share of the way, between 0 and 1."
        raise Wrong("the certificate", on=on, got=show((a, b, t)), rule=rule, next="t = 1/2 is the middle.")
    try:
        graph, ends = f((1 - t) * a + t * b), (f(a), f(b))
    except OverflowError:
        rule = "So far out the values are too large to compute."
        got, step = show((a, b, t)), "Take a and b between −5 and 5."
        raise Wrong("the certificate", on=on, got=got, rule=rule, next=step) from None
    chord = (1 - t) * ends[0] + t * ends[1]
    got = f"{show(graph)} on the graph and {show(chord)} on the chord"
    if convex:  # whatever rounding makes of three values
        rule = f"{name} is convex, so no chord of it is violated: what the last digits say is rounding."
        raise Wrong("the height", on=on, got=got, rule=rule, next="Answer None for this one.")
    if graph <= chord:
        rule = "A violated chord runs below the graph; this one does not."
        raise Wrong("the height", on=on, got=got, rule=rule, next="Let the graph bend down between a and b.")
    if graph - chord <= 1e-9 * (1 + abs(graph) + abs(ends[0]) + abs(ends[1])):
        rule = "The two heights differ by no more than rounding errors, which prove nothing."
        raise Wrong("the height", on=on, got=got, rule=rule, next="Take a and b further apart.")
