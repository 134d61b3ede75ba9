"""The perceptron rule, and what its step size changes."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from coursepkg.engine.datasets import Dataset, clouds, gate
from coursepkg.engine.perceptron import Perceptron

from ..answer import Answer, Wrong, numbers, says, show
from ..exercise import exercise
from ..slips import compare

LARGEST = 10_000

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
def perceptron_rule(
    rule: Answer, data: Dataset | None = None, eta: float = 0.5, epochs: int = 20, seed: int = 0
) -> str:
    """`rule(X, y, eta, epochs)` returns (w, b), learnt from zero; `data` tries a data set of your own."""
    runs = [(gate("AND"), 0.75, 1), (gate("NAND"), 0.5, 1), (clouds(12, gap=0.3, seed=2), 0.1, 1)]
    runs += [(gate("AND"), 1.25, 10), (gate("XOR"), 2.0, 3)]
    rng = np.random.default_rng(seed)  # eighths and quarters, so that no z = 0 is lost to rounding
    drawn = Dataset(rng.integers(-9, 10, (7, 3)) / 4, rng.integers(0, 2, 7), ("x₁", "x₂", "x₃"), "seven samples")
    runs += [(drawn, (int(rng.integers(1, 30)) / 8), 3)]
    if data is not None:
        runs = [(data, eta, 1), (data, eta, epochs)]
    for (X, y, _, title), eta, epochs in runs:
        for n in range(1, len(X) + 1):
            got, run = _fit(rule, X[:n], y[:n], eta, epochs), Perceptron(eta, epochs).fit(X[:n], y[:n])
            if not np.allclose(got, [*run.w, run.b], rtol=1e-6, atol=1e-9):
                on = f"{title}, {n} of its {len(X)} samples, with η = {eta:g} and epochs = {epochs}"
                ask = f"which ŷ, and so which change, does the last of them make: x = {show(X[n - 1])}, y = {y[n - 1]}?"
                raise Wrong("the neuron", on=on, got=_pair(got), **(_known_slip(rule, runs) or {"ask": ask}))
    return "After every sample your w and b are what the rule makes them."


def _fit(rule: Answer, X: np.ndarray, y: np.ndarray, eta: float, epochs: int) -> np.ndarray:
    d = X.shape[1]
    return numbers(rule(X, y, eta, epochs), d + 1, f"(w, b), w of length {d}", f"{len(X)} sample(s)")


def _pair(v: Any) -> str:
    return f"w = {show(list(v[:-1]))}, b = {show(v[-1])}"


def _known_slip(rule: Answer, runs: list[tuple[Dataset, float, int]]) -> dict[str, str]:
    """The words on the slip that reproduces the student's result in every run, if there is one."""
    for slip, words in _SLIPS.items():
        if all(np.allclose(_slipped(slip, d, eta, n), _fit(rule, *d[:2], eta, n)) for d, eta, n in runs):
            return says(*words)
    return {}


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
def and_weights(weights: Answer, seed: int = 0) -> str:
    """`weights(eta)` returns the (w, b) which the rule reaches on AND from zero with step size `eta`."""
    data = gate("AND")
    one = np.array([2.0, 1.0, -3.0])
    follow = "Work out the first two updates by hand, once with η = 1 and once with this η, and compare."
    slips = (
        (one, "η changes no prediction, but it does change the weights: each update is η times as long.", follow),
        (lambda eta: one / eta, "A larger η makes longer steps, not shorter ones.", follow),
        (
            lambda eta: (*eta * one[:2], one[2]),
            "b moves by η(y − ŷ): it grows with η as w does; yours does not.",
            follow,
        ),
        (
            lambda eta: (*one[:2], eta * one[2]),
            "w moves by η(y − ŷ)x: it grows with η as b does; yours does not.",
            follow,
        ),
        (lambda eta: -eta * one, "b must end below zero: AND has to be silent when no input is active.", follow),
    )
    for eta in (7.0, 0.5, *np.random.default_rng(seed).integers(2, 80, 3) / 8):
        run = Perceptron(eta).fit(data.X, data.y)
        compare(weights, "the neuron (w1, w2, b)", {"η": eta}, (run.w, run.b), slips, what="(w, b)")
    return (
        "w and b are proportional to η. A positive factor moves no boundary, so η = 1 and η = 7 make the same mistakes "
        "in the same order."
    )


@exercise(
    "From zero, η is only a common factor of w and b. What if a part of them does not come from the updates?",
    "The start is added to η times a sum of updates. η matters if the start is neither negligible beside them nor a "
    "solution already.",
    "Start with a neuron that is firmly wrong about a row, say one that always fires, with numbers of size 1 to 10. "
    "Compare len(run.updates) of Perceptron(eta=1).fit(X, y, w, b) with that of eta=7.",
)
def eta_start(start: Answer) -> str:
    """`start()` returns (w1, w2, b) from which η = 1 and η = 7 make different mistakes while learning AND."""
    v = numbers(start(), 3, "(w1, w2, b)", "your start")
    if np.abs(v).max() > LARGEST:
        rule = "The check follows both runs sample by sample, and so large a start takes too long to undo."
        step = f"Numbers up to {LARGEST:,} in size will do."
        raise Wrong("the largest number", on=f"the start {_pair(v)}", got=show(np.abs(v).max()), rule=rule, next=step)
    small, large, parted = 0, 0, False
    for one, seven in zip(_mistakes(1.0, v), _mistakes(7.0, v), strict=True):
        small, large, parted = small + len(one), large + len(seven), parted or one != seven
        if not (one or seven):
            break
    if parted:
        return (
            f"η = 1 makes {small} updates and η = 7 makes {large}, and not at the same samples. η counts only against "
            "the size of the start, and zero has none."
        )
    words = {}
    if small == 0:
        rule = "This start computes AND already: no mistake, so no update, whatever η is."
        words = says(rule, "Begin with a neuron that is wrong somewhere.")
    elif not v.any():
        rule = "From zero, w and b are η times a sum without η, so every z has the same sign."
        words = says(rule, "Give at least one of the three numbers another value.")
    elif np.abs(v).max() < 0.1:
        rule = "Beside updates of size 1 and 7 this start is too small to turn the sign of a z."
        words = says(rule, "Try numbers of the size of the updates.")
    raise Wrong("the list of mistakes", on=f"AND from {_pair(v)}", got=f"the same {small} for both η", **words)


def _mistakes(eta: float, start: np.ndarray) -> Iterator[list[int]]:
    """The places of the mistakes on AND, epoch by epoch, of the rule from `start` (w1, w2, b), for ever."""
    X, y, *_ = gate("AND")
    samples = [(*x, 1.0) for x in X.tolist()]
    v = start.tolist()
    while True:
        places = []
        for place, (a, wanted) in enumerate(zip(samples, y.tolist(), strict=True)):
            error = wanted - (sum(p * q for p, q in zip(v, a, strict=True)) >= 0)
            if error:
                v = [p + eta * error * q for p, q in zip(v, a, strict=True)]
                places.append(place)
        yield places
