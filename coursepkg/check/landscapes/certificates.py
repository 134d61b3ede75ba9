"""Eight functions of one variable: for each that is not convex, a chord that proves it."""

from collections.abc import Callable
from math import exp, log1p, sin, sqrt

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
def certificates(classify: Answer) -> str:
    """`classify(functions)` returns for each name None, if it is convex, or (a, b, t) of a violated chord."""
    got = classify({name: f for name, (f, _) in EIGHT.items()})
    if not isinstance(got, dict) or set(got) != set(EIGHT):
        missing = sorted(set(EIGHT) - set(got)) if isinstance(got, dict) else "no dictionary"
        rule = "The answer is a dictionary with each of the eight names."
        raise Wrong(
            "the value returned", on="the eight functions", got=show(got), rule=rule, next=f"Missing: {show(missing)}."
        )
    for name, (f, convex) in EIGHT.items():
        answer = got[name]
        if answer is None:
            if not convex:
                rule = f"{name} is not convex: some chord of its graph runs below it."
                raise Wrong(
                    "the answer",
                    on=name,
                    got="None, for convex",
                    rule=rule,
                    next="Look for a place where f″ is negative.",
                )
            continue
        a, b, t = numbers(answer, 3, "None or (a, b, t)", name).tolist()
        _judge(name, f, convex, a, b, t)
    return "Four are convex, and four chords prove that the others are not. Three values of f check each of them."


def _judge(name: str, f: Callable[[float], float], convex: bool, a: float, b: float, t: float) -> None:
    on = f"{name} with a = {show(a)}, b = {show(b)}, t = {show(t)}"
    if not 0 < t < 1 or a == b:
        rule = "A chord joins two different points, and t is a share of the way, between 0 and 1."
        raise Wrong("the certificate", on=on, got=show((a, b, t)), rule=rule, next="t = 1/2 is the middle.")
    try:
        graph, chord = f((1 - t) * a + t * b), (1 - t) * f(a) + t * f(b)
    except OverflowError:
        rule = "So far out the values are too large to compute."
        raise Wrong(
            "the certificate", on=on, got=show((a, b, t)), rule=rule, next="Take a and b between −5 and 5."
        ) from None
    came = f"{show(graph)} on the graph and {show(chord)} on the chord"
    if graph <= chord + 1e-12:
        if convex:
            rule = f"{name} is convex, so no chord of it is violated."
            raise Wrong("the height", on=on, got=came, rule=rule, next="Answer None for this one.")
        rule = "A violated chord runs below the graph; this one does not."
        raise Wrong(
            "the height",
            on=on,
            got=came,
            rule=rule,
            next="Choose a and b where the graph bends downwards between them.",
        )
