"""Counting parameters, and collapsing affine layers."""

from itertools import pairwise

import numpy as np

from coursepkg.engine.network import mlp

from ..answer import Answer, Wrong, numbers, says, show
from ..exercise import exercise


@exercise(
    "Take one layer at a time. What does a single neuron of it own?",
    "A neuron of layer l has one weight for each neuron of the layer before, and one bias.",
    "Add d_l (d_{l−1} + 1) over all layers but the input, which owns nothing: a loop over neighbouring widths.",
)
def count_parameters(count: Answer, *more: tuple[int, ...]) -> str:
    """`count(widths)` returns the number of weights and biases of the MLP with these widths, input first."""
    for widths in more or ((35, 10, 2), (3, 2, 1), (2, 2), (4, 5, 6, 7)):
        right = mlp(widths).size
        got = count(widths)
        if isinstance(got, bool) or not isinstance(got, (int, np.integer)):
            rule, next = "A count is a whole number.", "Return one int; for whole numbers use // instead of /."
        elif got == right:
            continue
        else:
            rule, next = _count_mistake(widths, int(got))
        raise Wrong("the count", on=f"widths {widths}", got=show(got), rule=rule, next=next)
    if more:
        return "The count is right for these widths too."
    return "The network that reads the 35 pixels through 10 hidden neurons has 382 parameters, 12 of them biases."


def _count_mistake(widths: tuple[int, ...], got: int) -> tuple[str, str]:
    pairs = list(pairwise(widths))
    weights = sum(m * n for m, n in pairs)
    known = {
        weights: (
            "Those are the weights alone; each neuron has a bias too.",
            "Add one for each neuron behind the input.",
        ),
        weights + sum(widths): (
            "The input layer computes nothing, so its neurons have no bias.",
            "Count biases from the first hidden layer on.",
        ),
        weights + len(pairs): (
            "Each layer has a bias for each of its neurons, not one for the whole layer.",
            "Put the + 1 inside the bracket: d_l (d_{l−1} + 1).",
        ),
        weights + sum(widths[:-1]): (
            "The biases belong to the layer that computes: one for each neuron it has, not one for each it hears.",
            "Swap the two widths in the bracket: d_l (d_{l−1} + 1), not d_{l−1} (d_l + 1).",
        ),
        sum(widths): ("Those are neurons; parameters sit on the edges between them.", "Multiply neighbouring widths."),
    }
    first = pairs[0][1] * (pairs[0][0] + 1)
    last = sum(n * (m + 1) for m, n in pairs[:2])
    if got in known:
        return known[got]
    if len(pairs) > 1 and got == first:
        return ("Those are the parameters of the first layer alone.", "Look where `return` stands: behind the loop.")
    if len(pairs) > 2 and got == last:
        return ("Those are two layers, but this network has more.", "Let a loop run over all neighbouring widths.")
    return (
        "Layer l has d_l (d_{l−1} + 1) parameters, and the network has the sum of these.",
        "Print what your loop adds for each layer.",
    )


@exercise(
    "Write W2 (W1 x + b1) + b2 and multiply out. What stands before x, and what is left?",
    "W1 acts first, so it stands on the right, next to x. The second layer treats b1 as it treats any input.",
    "W is the matrix product W2 @ W1. b is W2 @ b1, and then the second layer's own bias.",
)
def collapse(merge: Answer, seed: int = 0) -> str:
    """`merge(W1, b1, W2, b2)` returns the (W, b) of the one layer that two affine layers make."""
    rng = np.random.default_rng(seed)
    for inputs, hidden, outputs in ((2, 2, 2), (3, 4, 2), (1, 3, 1)):
        W1, b1, W2, b2 = (rng.normal(0, 2, size).round(1) for size in _sizes(inputs, hidden, outputs))
        right = np.append((W2 @ W1).ravel(), W2 @ b1 + b2)
        value = merge(W1, b1, W2, b2)
        got = numbers(
            value, right.size, f"(W, b), W of shape ({outputs}, {inputs})", f"widths {inputs}, {hidden}, {outputs}"
        )
        if np.allclose(got, right, rtol=1e-9, atol=1e-9):
            continue
        W, b = got[: outputs * inputs], got[outputs * inputs :]
        on = f"W1 = {show(W1)}, b1 = {show(b1)}, W2 = {show(W2)}, b2 = {show(b2)}"
        if not np.allclose(W, right[: outputs * inputs]):
            raise Wrong("W", on=on, got=show(W.reshape(outputs, inputs)), **says(*_matrix_mistake(W, W1, W2)))
        raise Wrong("b", on=on, got=show(b), **says(*_bias_mistake(b, W1, b1, W2, b2)))
    return "W = W2 W1 and b = W2 b1 + b2: two affine layers are one."


def _sizes(inputs: int, hidden: int, outputs: int) -> tuple[tuple[int, ...], ...]:
    return (hidden, inputs), (hidden,), (outputs, hidden), (outputs,)


def _matrix_mistake(W: np.ndarray, W1: np.ndarray, W2: np.ndarray) -> tuple[str, str]:
    candidates = (
        (
            lambda: W1 @ W2,
            "The order is turned round: W1 meets x first, so it stands on the right.",
            "Swap the factors.",
        ),
        (lambda: W2 * W1, "That is the product entry by entry; layers need the matrix product.", "Use @ instead of *."),
        (lambda: W1 + W2, "Layers are applied one after the other, not added.", "Put W1 x + b1 into the second layer."),
        (lambda: (W2 @ W1).T, "That is the right matrix, transposed.", "Each row of W belongs to an output."),
    )
    for make, rule, next in candidates:
        if W1.shape == W2.shape and np.allclose(W, make().ravel()):
            return rule, next
    return (
        "W is what stands before x in W2 (W1 x + b1) + b2.",
        "Multiply out on paper, with shapes: (outputs, hidden) times (hidden, inputs).",
    )


def _bias_mistake(b: np.ndarray, W1: np.ndarray, b1: np.ndarray, W2: np.ndarray, b2: np.ndarray) -> tuple[str, str]:
    candidates = (
        (lambda: b1 + b2, "b1 passes through the second layer before it arrives.", "Let W2 act on b1."),
        (lambda: b2, "The first layer's bias is lost: b1 reaches the output too.", "Multiply out W2 (W1 x + b1)."),
        (lambda: W2 @ b1, "The second layer's own bias is missing.", "Add it at the end."),
        (
            lambda: W2 @ (b1 + b2),
            "b2 is added after W2 has acted; W2 does not touch it.",
            "Move b2 out of the bracket.",
        ),
        (lambda: W1 @ b1 + b2, "It is the second layer, W2, that acts on b1.", "Look which matrix stands before b1."),
        (
            lambda: np.zeros(b2.shape),
            "Without a bias the result is linear, but these layers are affine.",
            "Return b too.",
        ),
    )
    for make, rule, next in candidates:
        if W1.shape == W2.shape and np.allclose(b, make()):
            return rule, next
    return (
        "b is what is left of W2 (W1 x + b1) + b2 at x = 0.",
        "Put x = 0 in and send it through both layers by hand.",
    )
