"""How far along a direction, and when to stop: backtracking, the gradient's test, and a count of steps."""

from math import ceil, log
from typing import Any

import numpy as np

from coursepkg.engine.landscapes import BEALE, HIMMELBLAU, ROSENBROCK, Landscape, quadratic

from ..answer import Answer, Wrong, show, whole
from ..exercise import exercise
from ..slips import Slip, compare, known


def _halved(f: Any, x: np.ndarray, g: np.ndarray, p: np.ndarray, c: float, t: float = 1.0, share: float = 0.5) -> float:
    while f(x + t * p) > f(x) + c * t * (g @ p) and t > 1e-12:
        t *= share
    return t


_SHARES: tuple[Slip, ...] = (
    (
        lambda f, x, g, p, c: 1.0,
        "That is the whole step, which is too long here.",
        "Test it, and halve t while it fails.",
    ),
    (
        lambda f, x, g, p, c: _halved(f, x, g, p, 0.0),
        "Any decrease contents you; Armijo asks for a share c of what the slope promises.",
        "Add c·t·gᵀp to f(x).",
    ),
    (
        lambda f, x, g, p, c: _halved(f, x, g, p, 1.0),
        "You ask for all that the slope promises; a share c of it is enough.",
        "Multiply by c.",
    ),
    (
        lambda f, x, g, p, c: _halved(f, x, g, -p, c),
        "You look behind you: f is to be tried at x + t p.",
        "Look at the sign of p.",
    ),
    (
        lambda f, x, g, p, c: _halved(f, x, g, p, c) / 2,
        "You halve once too often.",
        "Stop at the first t that passes.",
    ),
    (
        lambda f, x, g, p, c: _halved(f, x, g, p, c, t=0.5),
        "The whole step, t = 1, is to be tried first.",
        "Start with t = 1.",
    ),
    (
        lambda f, x, g, p, c: 2 * _halved(f, x, g, p, c),
        "That is the last t which failed.",
        "Return the first that passes.",
    ),
)


@exercise(
    "What must f(x + t p) not exceed? And what do you do with t if it does?",
    "Start with t = 1, and halve it while f(x + t p) > f(x) + c t gᵀp. Mind that gᵀp is negative.",
    "while f(x + t * p) > f(x) + c * t * (g @ p): t = t / 2",
)
def backtrack(share: Answer, seed: int = 0) -> str:
    """`share(f, x, g, p, c)` returns the first t of 1, ½, ¼, … with f(x + t p) ≤ f(x) + c t gᵀp."""
    rng = np.random.default_rng(seed)
    c = round(float(rng.uniform(0.05, 0.2)), 2)
    cases: list[tuple[Landscape, Any, float, float]] = [
        (ROSENBROCK, (-1.2, 1.0), 0.1, 1.0),
        (HIMMELBLAU, (1.0, 2.5), 0.6, 0.3),
        (BEALE, (1.5, 0.7), 0.45, 2.0),
        (HIMMELBLAU, rng.uniform(-3, 3, 2).round(1), c, 0.4),
        (ROSENBROCK, rng.uniform(-1, 2, 2).round(1), c, 0.5),
    ]
    cases += [(HIMMELBLAU, (2.0, 1.0), 0.3, 0.01)]  # where the whole step passes
    cases += [(quadratic(1.0), (2.0, -4.0), 0.5, 1.0)]  # where it passes by equality
    given = []
    for land, x, c, length in cases:
        g = land.gradient(x := np.array(x, float))
        given.append((land.f, x, g, -length * g, c))
    for (land, *_), case in zip(cases, given, strict=True):
        on = f"{land.name} at x = {show(case[1])} with p = {show(case[3])}, c = {case[4]:g}"
        symbols = dict(zip("fxgpc", case, strict=True))
        compare(share, "t", symbols, _halved(*case), _SHARES, what="one number t", on=on, others=given)
    return "The search costs a few values of f, and no step climbs."


def _first(norms: np.ndarray, tol: float) -> int:
    return int(np.append(np.flatnonzero(norms < tol), -1)[0])


_STOPS: tuple[Slip, ...] = (
    (
        lambda G, tol: _first(np.abs(G).max(axis=1), tol),
        "You look at the largest component; the norm takes them all.",
        "Use np.linalg.norm of each row.",
    ),
    (
        lambda G, tol: _first(np.abs(G).min(axis=1), tol),
        "One small component does not make the ground flat.",
        "Use np.linalg.norm of each row.",
    ),
    (
        lambda G, tol: _first((G**2).sum(axis=1), tol),
        "That is the square of the norm.",
        "Take the root, or compare with the square of tol.",
    ),
    (
        lambda G, tol: _first(G.sum(axis=1), tol),
        "Components of unlike sign cancel in a sum, though the ground is steep.",
        "Square them first.",
    ),
    (lambda G, tol: _first(np.linalg.norm(G, axis=1), tol) + 1, "Steps are counted from 0.", "Return the row's place."),
    (
        lambda G, tol: _first(np.linalg.norm(G, axis=1) - 1e-12, tol),
        "A norm that equals the tolerance is not below it.",
        "Write < where you wrote <=.",
    ),
    (
        lambda G, tol: int(np.append(-1, np.flatnonzero(np.linalg.norm(G, axis=1) < tol))[-1]),
        "That is the last such step; the run stops at the first.",
        "Return at once.",
    ),
    (
        lambda G, tol: len(G) if _first(np.linalg.norm(G, axis=1), tol) < 0 else np.nan,
        "No gradient is that small: the run never stops.",
        "Return −1 then.",
    ),
)


@exercise(
    "How long is a gradient with the components 3 and −4? At which step is it first short enough?",
    "np.linalg.norm(G, axis=1) holds the norm of every row.",
    "Go through the rows, return the first place where the norm is below tol, and −1 behind the loop.",
)
def first_flat(stop: Answer, seed: int = 0) -> str:
    """`stop(G, tol)` returns the place, from 0, of the first row of the gradients G (k, p) shorter than tol, or −1."""
    rng = np.random.default_rng(seed)
    tied = np.array([[6.0, -8.0], [3.0, -4.0], [-0.1, 9.0], [-2.0, 3.0], [4.0, -4.2], [0.1, 0.3]])
    falling = rng.normal(0, 1, (9, 3)).round(2) * 0.7 ** np.arange(9)[:, None]
    even = np.array([[9.0, 1.0], [4.0, -4.0], [3.0, 2.0]])
    cases = (
        (tied, 5.0),
        (tied[:3], 2.0),
        (even, 5.0),
        (falling, float(np.linalg.norm(falling[5]) * 1.1)),
        (falling, 0.01),
    )
    for G, tol in cases:
        on = f"G = {show(G.tolist())}, tol = {tol:.4g}"
        got, right = whole(stop(G, tol), "the step", on), _first(np.linalg.norm(G, axis=1), tol)
        if got != right:
            raise Wrong("the step", on=on, got=got, **known(got, _STOPS, G, tol, rtol=0, answer=stop, others=cases))
    return (
        "A run that stops where the gradient is short stops where it is flat, be it a minimum, a saddle or a plateau."
    )


_STEPS: tuple[Slip, ...] = (
    (
        lambda rate, share: int(log(share) / log(rate)),
        "After that many steps the error is still above the share.",
        "Round up: math.ceil.",
    ),
    (
        lambda rate, share: ceil(log(share) / log(rate)) + 1,
        "One step fewer is enough already.",
        "Round up, and add nothing.",
    ),
    (
        lambda rate, share: ceil(1 / (1 - rate)),
        "That is how many steps it takes to a share of about 1/e.",
        "Solve rateᵗ ≤ share for t.",
    ),
    (
        lambda rate, share: ceil((1 - share) / (1 - rate)),
        "Errors are multiplied by the rate, not diminished by a fixed amount.",
        "Solve rateᵗ ≤ share for t.",
    ),
)


@exercise(
    "After t steps the share rateᵗ is left. How do you get t out of the exponent?",
    "Take logarithms. Both are negative, so a division turns no sign.",
    "math.ceil(log(share) / log(rate)).",
)
def steps_to(steps: Answer, seed: int = 0) -> str:
    """`steps(rate, share)` returns the fewest steps after which at most `share` of the error is left."""
    rng = np.random.default_rng(seed)
    drawn = rng.uniform(0.05, [0.98, 0.3], (3, 2)).round(3).tolist()
    cases = ((99 / 101, 1e-6), (9 / 11, 1e-6), (0.5, 0.1), *drawn)
    for rate, share in cases:
        on, right = f"rate = {rate:.4g}, share = {share:.4g}", ceil(log(share) / log(rate))
        got = whole(steps(rate, share), "the number of steps", on)
        if got != right:
            raise Wrong(
                "the number of steps",
                on=on,
                got=got,
                **known(got, _STEPS, rate, share, rtol=0, answer=steps, others=cases),
            )
    return "For κ = 100 a millionth takes plain descent 691 steps, and the heavy ball 69."
