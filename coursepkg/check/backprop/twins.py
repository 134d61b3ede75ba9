"""Hidden neurons that start alike and stay alike."""

from typing import Any

import numpy as np

from coursepkg.engine.constructions import built
from coursepkg.engine.datasets import gate

from ..answer import Answer, Wrong, numbers, says, show
from ..exercise import exercise

STEPS, ETA = 50, 1.0


@exercise(
    "What does a hidden neuron do in the forward pass, and what blame does it get? Both must be equal for twins.",
    "Equal sums need equal rows of W1 and equal biases. Equal blame needs that the output hears both equally.",
    "Let rows 1 and 2 of W1, entries 1 and 2 of b1 and of W2 be equal, and give neuron 3 other numbers, none of them "
    "0.",
)
def twins(start: Answer) -> str:
    """`start()` returns (W1, b1, W2, b2) of a 2-3-1 sigmoid network; neurons 1 and 2 stay equal, 3 does not."""
    v = numbers(start(), 13, "(W1, b1, W2, b2), W1 with a row for each of three hidden neurons", "your network")
    W1, b1, W2, b2 = v[:6].reshape(3, 2), v[6:9], v[9:12], v[12:]
    if (v[:6] == 0).any() or (W2 == 0).any():
        rule = "A weight of 0 makes it too easy: nothing passes through it."
        raise Wrong(
            "the smallest weight", on="your network", got=0, rule=rule, next="Choose every weight other than 0."
        )
    X, y, *_ = gate("XOR")
    net, theta = built([(W1, b1), (W2[None], b2)], "sigmoid", "sigmoid")
    oracle = net.oracle(X, y, "squared error")
    for t in range(STEPS + 1):
        (W1, b1), (W2, _) = net.views(theta)
        if not np.allclose(W1[0], W1[1], rtol=0, atol=1e-9) or abs(b1[0] - b1[1]) > 1e-9:
            on = f"step {t} of gradient descent on XOR"
            came = f"{show(np.append(W1[0], b1[0]))} and {show(np.append(W1[1], b1[1]))}"
            raise Wrong("what neurons 1 and 2 have (weights in, bias)", on=on, got=came, **_parted(t, W1, W2))
        theta = theta - ETA * oracle(theta)[1]
    if np.allclose(W1[2], W1[0], rtol=0, atol=1e-9) and abs(b1[2] - b1[0]) < 1e-9:
        rule = "Neuron 3 is a twin of the others, too; it should go its own way."
        raise Wrong(
            "row 3 of W1", on=f"step {STEPS}", got=show(W1[2]), rule=rule, next="Give it another weight, in or out."
        )
    return f"After {STEPS} steps neurons 1 and 2 are still equal to the last digit, and neuron 3 has left them."


def _parted(t: int, W1: Any, W2: Any) -> dict[str, str]:
    if t == 0 and not np.allclose(W1[0], W1[1]):
        return says("Twins compute the same sum for every input.", "Let them have the same weights in.")
    if t == 0:
        return says("Twins compute the same sum, and the bias is part of it.", "Let them have the same bias.")
    return says(
        "They started alike, but the output hears them by different weights, so their blame differs.",
        "Let entries 1 and 2 of W2 be equal as well.",
    )
