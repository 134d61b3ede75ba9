"""The perceptron rule, and what its step size changes."""

from typing import Any

import numpy as np

from coursepkg.engine.datasets import Dataset, clouds, gate
from coursepkg.engine.perceptron import Perceptron

from ..answer import Answer, Wrong, numbers, says, show
from ..exercise import exercise

_SLIPS = {
    "sign": (
        "The error is y − ŷ, what should have come minus what came. Yours is turned round: each mistake grows.",
        "Swap the two, and look at one sample: after y = 0 but ŷ = 1, z must be smaller.",
    ),
    "no bias": (
        "b is a weight too, on an input that is always 1: it moves by η(y − ŷ). Yours stays at 0.",
        "Add the line for b beside the line for w.",
    ),
    "bias without η": (
        "The step size η multiplies both moves; yours leaves b's out.",
        "Put η into b's line.",
    ),
    "no η": (
        "A mistake moves w by η(y − ŷ)x; your steps are the same whatever η is.",
        "Multiply both by eta.",
    ),
    "strict step": (
        "The step fires at z ≥ 0. Yours is silent at z = 0, where the very first sample is: w = 0, b = 0.",
        "Write >= where you wrote >.",
    ),
    "batch": (
        "The rule corrects after each sample, and the next ŷ uses the new w and b. Yours waits for the epoch's end.",
        "Move the update inside the loop over the samples, and compute z with the latest w and b.",
    ),
    "still": (
        "A mistake moves the neuron by η(y − ŷ); with y = 0 but ŷ = 1 that is −η. Yours never leaves zero.",
        "Print inside the loop to see whether the update is reached, and use the error y − ŷ in both moves.",
    ),
    "one epoch": (
        "One pass over the data is one epoch, and `epochs` of them are allowed; yours stops after the first.",
        "Look where `return` stands: it belongs behind both loops.",
    ),
}


@exercise(
    "Two loops: over the epochs, and in each over the samples in order. Start from w = 0, b = 0.",
    "For one sample, ŷ is 1 if w·x + b ≥ 0, else 0; the error y − ŷ is −1, 0 or 1. At 0 nothing changes.",
    "Both w and b move, each by η times the error times what it multiplies in z: x for w, 1 for b. The next "
    "sample already sees the new w and b.",
)
def perceptron_rule(rule: Answer, data: Dataset | None = None, eta: float = 0.5, epochs: int = 20) -> str:
    """`rule(X, y, eta, epochs)` returns (w, b), learnt from zero; `data` tries a data set of your own."""
    runs = [(gate("AND"), 1.0, 1), (gate("NAND"), 0.5, 1), (clouds(12, gap=0.3, seed=2), 0.1, 1)]
    runs += [(gate("AND"), 1.0, 10), (gate("XOR"), 2.0, 3)]
    if data is not None:
        runs = [(data, eta, 1), (data, eta, epochs)]
    for (X, y, _, title), eta, epochs in runs:
        for n in range(1, len(X) + 1):
            got, run = _fit(rule, X[:n], y[:n], eta, epochs), Perceptron(eta, epochs).fit(X[:n], y[:n])
            if not np.allclose(got, [*run.w, run.b], rtol=1e-6, atol=1e-9):
                followed = (
                    f"The rule gives {_pair([*run.w, run.b])}: ŷ = step(w·x + b), and a mistake adds η(y − "
                    f"ŷ)x to "
                    "w and η(y − ŷ) to b.",
                    f"Follow the last of these samples by hand: x = {show(X[n - 1])}, y = {y[n - 1]}.",
                )
                on = f"{title}, {n} of its {len(X)} samples, with η = {eta:g} and epochs = {epochs}"
                raise Wrong("the neuron", on=on, got=_pair(got), **says(*(_known_slip(rule, runs) or followed)))
    return "After every sample your w and b are what the rule makes them."


def _fit(rule: Answer, X: np.ndarray, y: np.ndarray, eta: float, epochs: int) -> np.ndarray:
    d = X.shape[1]
    return numbers(rule(X, y, eta, epochs), d + 1, f"(w, b), w of length {d}", f"{len(X)} sample(s)")


def _pair(v: Any) -> str:
    return f"w = {show(list(v[:-1]))}, b = {show(v[-1])}"


def _known_slip(rule: Answer, runs: list[tuple[Dataset, float, int]]) -> tuple[str, str] | None:
    """The words on the slip that reproduces the student's result in every run, if there is one."""
    for slip, words in _SLIPS.items():
        if all(np.allclose(_slipped(slip, d, eta, n), _fit(rule, *d[:2], eta, n)) for d, eta, n in runs):
            return words
    return None


def _slipped(slip: str, data: Dataset, eta: float, epochs: int) -> np.ndarray:
    """(w, b) as (d+1,) by the perceptron rule with one slip in it."""
    A = np.column_stack([data.X, np.ones(len(data.X))])
    v = np.zeros(A.shape[1])
    for _ in range(1 if slip == "one epoch" else epochs):
        start = v
        for a, y in zip(A, data.y, strict=True):
            z = a @ (start if slip == "batch" else v)
            error = y - float(z > 0 if slip == "strict step" else z >= 0)
            rate = {"sign": -eta, "no η": 1.0, "still": 0.0}.get(slip, eta)
            bias = {"no bias": 0.0, "bias without η": 1.0}.get(slip, rate)
            v = v + error * np.append(rate * a[:-1], bias)
    return v


@exercise(
    "Look at the rule: from zero, the first update is η times something that does not contain η.",
    "If w and b are both η times as large, what happens to the sign of z = w·x + b, and so to ŷ?",
    "With η = 1 the rule ends at w = (2, 1), b = −3. Each update on the way there carries the same factor.",
)
def and_weights(weights: Answer) -> str:
    """`weights(eta)` returns the (w, b) which the rule reaches on AND from zero with step size `eta`."""
    data = gate("AND")
    one = np.array([2.0, 1.0, -3.0])
    for eta in (7.0, 0.5, 1.0):
        run = Perceptron(eta).fit(data.X, data.y)
        right = np.append(run.w, run.b)
        got = numbers(weights(eta), 3, "(w, b)", f"η = {eta:g}")
        if np.allclose(got, right):
            continue
        known = (
            (one, "η changes no prediction, but it does change the weights: each update is η times as long."),
            (one / eta, "A larger η makes longer steps, not shorter ones."),
            ([*right[:2], one[2]], "b moves by η(y − ŷ), so it grows with η as w does; yours does not."),
            ([*one[:2], right[2]], "w moves by η(y − ŷ)x, so it grows with η as b does; yours does not."),
            (-right, "b must end below zero: AND has to be silent when no input is active."),
        )
        rule = next(
            (words for value, words in known if np.allclose(got, value)),
            "From zero each update is η(y − ŷ)(x, 1); with η = 1 they add up to w = (2, 1), b = −3.",
        )
        follow = "Work out the first two updates by hand, once with η = 1 and once with this η, and compare."
        raise Wrong("the neuron", on=f"AND with η = {eta:g}", got=_pair(got), rule=rule, next=follow)
    return (
        "w and b are proportional to η. A positive factor moves no boundary, so η = 1 and η = 7 make the "
        "same mistakes in the same order."
    )


@exercise(
    "From zero, η is only a common factor of w and b. What if a part of them does not come from the updates?",
    "The start is added to η times a sum of updates. η matters if the start is neither negligible beside "
    "them nor "
    "a solution already.",
    "Start with a neuron that is firmly wrong about a row, say one that always fires, with numbers of size "
    "1 to "
    "10. Compare len(run.updates) of Perceptron(eta=1).fit(X, y, w, b) with that of eta=7.",
)
def eta_start(start: Answer) -> str:
    """`start()` returns (w1, w2, b) from which η = 1 and η = 7 make different mistakes while learning AND."""
    data = gate("AND")
    v = numbers(start(), 3, "(w1, w2, b)", "your start")
    mistakes = []
    for eta in (1.0, 7.0):
        run = Perceptron(eta).fit(data.X, data.y, v[:2], v[2])
        mistakes.append([(update.epoch, update.index) for update in run.updates])
    small, large = map(len, mistakes)
    if mistakes[0] != mistakes[1]:
        return (
            f"η = 1 makes {small} updates and η = 7 makes {large}, and not at the same samples. η counts "
            f"only "
            "against the size of the start, and zero has none."
        )
    if small == 0:
        rule = "This start computes AND already: no mistake, so no update, whatever η is."
        next = "Begin with a neuron that is wrong somewhere."
    elif not v.any():
        rule = "From zero, w and b are η times a sum without η, so every z has the same sign."
        next = "Give at least one of the three numbers another value."
    elif np.abs(v).max() < 0.1:
        rule = "Beside updates of size 1 and 7 this start is too small to turn the sign of a z."
        next = "Try numbers of the size of the updates."
    else:
        rule = "Both step sizes outweigh this start at the same samples."
        next = "Try a start that takes η = 1 several updates to undo, for example a large b."
    raise Wrong(
        "the list of mistakes", on=f"AND from {_pair(v)}", got=f"the same {small} for both η", rule=rule, next=next
    )
