"""Counting parameters, and collapsing affine layers."""

from itertools import pairwise

import numpy as np

from coursepkg.engine.network import mlp

from ..answer import Answer, Wrong, numbers, show, whole
from ..exercise import exercise
from ..slips import Slip, known


@exercise(
    "Take one layer at a time. What does a single neuron of it own?",
    "A neuron of layer l has one weight for each neuron of the layer before, and one bias.",
    "Add d_l (d_{l−1} + 1) over all layers but the input, which owns nothing: a loop over neighbouring widths.",
)
def count_parameters(count: Answer, seed: int = 0) -> str:
    """`count(widths)` returns the number of weights and biases of the MLP with these widths, input first."""
    rng = np.random.default_rng(seed)
    drawn = [tuple(rng.integers(2, 40, layers).tolist()) for layers in (2, 3, 4, 5)]
    for widths in ((35, 10, 2), (3, 2, 1), (2, 2), (4, 5, 6, 7), *drawn):
        right = mlp(widths).size
        got = whole(count(widths), "the count", f"widths {widths}")
        if got != right:
            raise Wrong("the count", on=f"widths {widths}", got=got, **known(got, _COUNTS, widths, rtol=0))
    return "The network that reads the 35 pixels through 10 hidden neurons has 382 parameters, 12 of them biases."


def _weights(widths: tuple[int, ...]) -> int:
    return sum(m * n for m, n in pairwise(widths))


_COUNTS: tuple[Slip, ...] = (
    (_weights, "Those are the weights alone; each neuron has a bias too.", "Add one for each neuron behind the input."),
    (
        lambda widths: _weights(widths) + sum(widths),
        "The input layer computes nothing, so its neurons have no bias.",
        "Count biases from the first hidden layer on.",
    ),
    (
        lambda widths: _weights(widths) + len(widths) - 1,
        "Each layer has a bias for each of its neurons, not one for the whole layer.",
        "How many biases has a layer of n neurons?",
    ),
    (
        lambda widths: _weights(widths) + sum(widths[:-1]),
        "The biases belong to the layer that computes: one for each neuron it has, not one for each it hears.",
        "Look at which of the two widths you add.",
    ),
    (sum, "Those are neurons; parameters sit on the edges between them.", "Multiply neighbouring widths."),
    (
        lambda widths: widths[1] * (widths[0] + 1),
        "Those are the parameters of the first layer alone.",
        "Look where `return` stands: behind the loop.",
    ),
    (
        lambda widths: sum(n * (m + 1) for m, n in pairwise(widths[:3])),
        "Those are two layers, but this network has more.",
        "Let a loop run over all neighbouring widths.",
    ),
    (
        lambda widths: widths[-1] * (widths[-2] + 1),
        "Those are the parameters of the last layer alone.",
        "Add to the sum in the loop, instead of setting it anew.",
    ),
)


@exercise(
    "Write W2 (W1 x + b1) + b2 and multiply out. What stands before x, and what is left?",
    "W1 acts first, so it stands on the right, next to x. The second layer treats b1 as it treats any input.",
    "W is the matrix product W2 @ W1. b is W2 @ b1, and then the second layer's own bias.",
)
def collapse(merge: Answer, seed: int = 0) -> str:
    """`merge(W1, b1, W2, b2)` returns the (W, b) of the one layer that two affine layers make."""
    rng = np.random.default_rng(seed)
    for inputs, hidden, outputs in ((2, 2, 2), (3, 4, 2), (1, 3, 1), (4, 2, 3)):
        sizes = (hidden, inputs), (hidden,), (outputs, hidden), (outputs,)
        given = W1, b1, W2, b2 = tuple(rng.normal(0, 2, size).round(1) for size in sizes)
        what = f"(W, b), W of shape ({outputs}, {inputs})"
        got = numbers(merge(*given), outputs * (inputs + 1), what, f"widths {inputs}, {hidden}, {outputs}")
        on = f"W1 = {show(W1)}, b1 = {show(b1)}, W2 = {show(W2)}, b2 = {show(b2)}"
        W, b = got[: outputs * inputs].reshape(outputs, inputs), got[outputs * inputs :]
        if not np.allclose(W, W2 @ W1):
            raise Wrong("W", on=on, got=show(W), **known(W, _MATRICES, *given))
        if not np.allclose(b, W2 @ b1 + b2):
            raise Wrong("b", on=on, got=show(b), **known(b, _BIASES, *given))
    return "W = W2 W1 and b = W2 b1 + b2: two affine layers are one."


_MATRICES: tuple[Slip, ...] = (
    (
        lambda W1, b1, W2, b2: W1 @ W2,
        "The order is turned round: W1 meets x first, so it stands on the right.",
        "Swap the factors.",
    ),
    (
        lambda W1, b1, W2, b2: W2 * W1,
        "That is the product entry by entry; layers need the matrix product.",
        "Use @ instead of *.",
    ),
    (
        lambda W1, b1, W2, b2: W1 + W2,
        "Layers are applied one after the other, not added.",
        "Put W1 x + b1 into the second layer.",
    ),
    (
        lambda W1, b1, W2, b2: (W2 @ W1).T,
        "That is the right matrix, transposed.",
        "Each row of W belongs to an output.",
    ),
)
_BIASES: tuple[Slip, ...] = (
    (
        lambda W1, b1, W2, b2: b1 + b2,
        "b1 passes through the second layer before it arrives.",
        "What does that layer do with it?",
    ),
    (
        lambda W1, b1, W2, b2: b2,
        "The first layer's bias is lost: b1 reaches the output too.",
        "Multiply out W2 (W1 x + b1).",
    ),
    (lambda W1, b1, W2, b2: W2 @ b1, "The second layer's own bias is missing.", "Add it at the end."),
    (
        lambda W1, b1, W2, b2: W2 @ (b1 + b2),
        "b2 is added after W2 has acted; W2 does not touch it.",
        "Move b2 out of the bracket.",
    ),
    (
        lambda W1, b1, W2, b2: W1 @ b1 + b2,
        "It is the second layer, W2, that acts on b1.",
        "Look which matrix stands before b1.",
    ),
    (
        lambda W1, b1, W2, b2: np.zeros(b2.shape),
        "Without a bias the result is linear, but these layers are affine.",
        "Return b too.",
    ),
)
