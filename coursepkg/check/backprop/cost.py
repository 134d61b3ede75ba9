"""Counting what a gradient costs, by backpropagation and by finite differences."""

from itertools import pairwise

import numpy as np

from coursepkg.engine.network import mlp

from ..answer import Answer, Wrong, show, whole
from ..exercise import exercise
from ..slips import known

NAMES = ("P", "forward", "backward", "differences")


@exercise(
    "One layer, one sample: W a takes a multiplication for each entry of W. And n samples?",
    "Backward, each layer has two products: ∂W = Δᵀ A, and Δ W, which hands the blame back. Each takes as many "
    "multiplications as the forward product. Is there a layer that need not hand anything back?",
    "forward = n·Σ d_l d_{l−1}; backward = 2·forward − n·d_1·d_0, as nobody asks for the blame of the input; and "
    "differences = 2·P·forward.",
)
def backward_cost(cost: Answer, seed: int = 0) -> str:
    """`cost(widths, n)` returns (P, forward, backward, differences): parameters, and multiplications in products."""
    rng = np.random.default_rng(seed)
    drawn = [(tuple(rng.integers(2, 30, layers).tolist()), int(rng.integers(2, 60))) for layers in (3, 4)]
    for widths, n in (((784, 128, 10), 1), ((3, 2, 1), 4), ((5, 4), 2), ((4, 6, 5, 3), 10), *drawn):
        on = f"widths {widths} and n = {n}"
        value = cost(widths, n)
        if not isinstance(value, (tuple, list)) or len(value) != 4:
            rule = "The answer is (P, forward, backward, differences): four whole numbers."
            raise Wrong("the value returned", on=on, got=show(value), rule=rule, next="Return all four, in this order.")
        right = counted(widths, n)
        for name, part, wanted in zip(NAMES, value, right, strict=True):
            got = whole(part, name, on)
            if got != wanted:
                raise Wrong(name, on=on, got=got, **_mistake(name, got, widths, n))
    P, forward, backward, differences = counted((784, 128, 10), 1)
    both = forward + backward
    return (
        f"The digit reader has {P:,} parameters. Forward and back take {both:,} multiplications a sample; "
        f"differences take {differences:,}, about {differences // both:,} times as many."
    )


def counted(widths: tuple[int, ...], n: int) -> tuple[int, int, int, int]:
    """(P, forward, backward, differences) of the MLP with these widths, for n samples."""
    P, forward = mlp(widths).size, n * sum(m * k for m, k in pairwise(widths))
    return P, forward, 2 * forward - n * widths[0] * widths[1], 2 * P * forward


def _mistake(name: str, got: int, widths: tuple[int, ...], n: int) -> dict[str, str]:
    P, forward, backward, _ = counted(widths, n)
    weights = forward // n
    slips = {
        "P": [
            (
                weights,
                "Those are the weights; each neuron has a bias too.",
                "Add one for each neuron behind the input.",
            ),
            (weights + sum(widths), "The inputs have no biases.", "Count biases from the first layer on."),
        ],
        "forward": [
            (weights, "That is one sample's share, but there are n.", "Multiply by n."),
            (n * P, "Biases are added, not multiplied.", "Count the entries of every W alone."),
            (P, "Biases are added, not multiplied, and there are n samples.", "Count entries of W, then times n."),
        ],
        "backward": [
            (
                2 * forward,
                "One product is not needed: nobody asks for the blame of the input.",
                "In the first layer count ∂W alone.",
            ),
            (forward, "Each layer has two products on the way back.", "∂W, and what hands the blame on."),
            (backward + forward, "The way forward is counted by itself.", "Leave it out here."),
            (backward // n, "The way back runs over n samples, too.", "Multiply this one by n as well."),
        ],
        "differences": [
            (P * forward, "A central difference looks up and down: two passes a parameter.", "Double it."),
            ((P + 1) * forward, "That is the one-sided difference; the central one takes two passes.", "2P passes."),
            (2 * forward, "Each parameter needs passes of its own.", "Multiply by P."),
            (2 * weights * forward, "The biases are parameters, too.", "Take P, not the number of weights."),
            (2 * P, "That is the number of passes; asked are multiplications.", "Multiply by those of one pass."),
        ],
    }
    return known(got, slips[name], rtol=0) or {"ask": _QUESTIONS[name]}


_QUESTIONS = {
    "P": "what does one neuron of a layer own? Exercise 3 of chapter 2 counted the same.",
    "forward": "how many multiplications does W a take for one sample? And for n?",
    "backward": "which two products has each layer on the way back, and what does each of them take?",
    "differences": "how many ways forward does one entry of the gradient take, and how many entries are there?",
}
