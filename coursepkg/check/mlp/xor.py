"""XOR from two hidden neurons, of steps and of ReLUs."""

from typing import Any

import numpy as np

from coursepkg.engine.activations import relu, step
from coursepkg.engine.datasets import gate

from ..answer import Answer, Wrong, numbers, says, show
from ..exercise import exercise

ROWS = ("(0, 0)", "(0, 1)", "(1, 0)", "(1, 1)")


def weights(value: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """W1 (2, 2), b1 (2,), w2 (2,) and b2 of a student's (W1, b1, w2, b2), else `Wrong`."""
    v = numbers(value, 9, "(W1, b1, w2, b2), W1 with a row for each hidden neuron", "your network")
    return v[:4].reshape(2, 2), v[4:6], v[6:8], float(v[8])


@exercise(
    "Which two rows of the table must give 1? Build a neuron that fires in one of them and in no other row.",
    '"x2 but not x1" is silent in (0, 0) and (1, 1): x2 speaks for it, x1 against it, and one vote alone must be '
    "enough, but no vote must not.",
    "Weights (−1, 1) give the sums 0, 1, −1, 0 in the rows 00, 01, 10, 11: choose b between −1 and 0 so that only "
    "one stays at or above 0. Turn the signs round for the other neuron. The output is then an OR of the two.",
)
def xor_steps(network: Answer) -> str:
    """`network()` returns (W1, b1, w2, b2) of step neurons: XOR, each hidden neuron firing in exactly one row."""
    X, y, *_ = gate("XOR")
    W1, b1, w2, b2 = weights(network())
    Z1 = X @ W1.T + b1
    A1 = step(Z1)
    for j in (0, 1):
        fires = [row for row, a in zip(ROWS, A1[:, j], strict=True) if a]
        if len(fires) != 1:
            on = f"hidden neuron {j + 1} with weights {show(W1[j])} and bias {show(b1[j])}"
            raise Wrong("the rows in which it fires", on=on, got=", ".join(fires) or "none", **_not_one(A1, Z1, j))
    yhat = step(A1 @ w2 + b2)
    if (yhat == y).all():
        first, second = (ROWS[int(A1[:, j].argmax())] for j in (0, 1))
        return f"One hidden neuron finds {first}, the other {second}, and the output makes XOR of them."
    on = f"the hidden outputs {show([tuple(a) for a in A1])} in the rows 00, 01, 10, 11"
    raise Wrong("ŷ", on=on, got=show(yhat), **_output_mistake(A1, yhat, y))


def _not_one(A1: np.ndarray, Z1: np.ndarray, j: int) -> dict[str, str]:
    fires = tuple(A1[:, j].astype(int))
    if fires in {(0, 1, 1, 1), (0, 0, 0, 1)} and set(map(tuple, A1.T)) == {(0, 1, 1, 1), (0, 0, 0, 1)}:
        return says(
            "That is the chapter's network of OR and AND; here each hidden neuron fires in exactly one row.",
            "Let one neuron stand for (0, 1) alone. Which sign must the weight of x1 have then?",
        )
    if (Z1[:, j] == 0).any() and (Z1[:, j] > 0).sum() <= 1:
        return says(
            "The step fires at z ≥ 0, so a sum of exactly zero counts as firing.",
            "Lower the bias a little, below the sums that must stay silent.",
        )
    if not A1[:, j].any():
        return says(
            "A neuron that is silent in every row tells the output nothing.",
            "Raise its bias until its largest sum reaches 0, and stop there.",
        )
    return says(
        "Each hidden neuron is to fire in exactly one of the four rows.",
        "Write down its four sums. Which of them is to be the only one that is not below 0?",
    )


def _output_mistake(A1: np.ndarray, yhat: np.ndarray, y: np.ndarray) -> dict[str, str]:
    rows = sorted(int(i) for i in A1.argmax(axis=0))
    if rows[0] == rows[1]:
        return says(
            "Both hidden neurons fire in the same row, so all other rows look alike to the output.",
            "Give each a row of its own.",
        )
    if rows not in ([1, 2], [0, 3]):
        return says(
            "The two rows without a hidden neuron look alike to the output, yet XOR tells them apart.",
            "Pick two rows with the same value of XOR.",
        )
    if not yhat.any():
        return says(
            "The output never fires: one active hidden neuron must be enough, as in OR.",
            "Its bias is too low: compare it with each of its weights.",
        )
    if (yhat == 1 - y).all():
        return says(
            "That is the opposite of XOR: your hidden neurons stand for the rows that must give 0, or the output "
            "turned their message round.",
            "Turn the signs of w2 and b2, and take care of sums that are exactly 0.",
        )
    return {}


@exercise(
    "XOR is 1 where x1 and x2 differ. By how much do they differ?",
    "|x1 − x2| is XOR on the four rows. Can you write an absolute value as a sum of two ReLUs?",
    "|d| = ReLU(d) + ReLU(−d). Take d = x1 − x2: what are the rows of W1, and what does the output add up?",
)
def xor_relu(network: Answer) -> str:
    """`network()` returns (W1, b1, w2, b2), ReLU hidden and identity output: XOR, without laying (0, 1) on (1, 0)."""
    X, y, *_ = gate("XOR")
    W1, b1, w2, b2 = weights(network())
    Z1 = X @ W1.T + b1
    A1 = relu(Z1)
    out = A1 @ w2 + b2
    if np.allclose(out, y, atol=1e-9):
        if not np.allclose(A1[1], A1[2], atol=1e-9):
            a, b = (show(tuple(A1[i])) for i in (1, 2))
            return f"XOR exactly, with (0, 1) at {a} and (1, 0) at {b} in the hidden plane."
        rule = "Your network is a fold as in the chapter: XOR, but (0, 1) and (1, 0) land on one point."
        next = "Let one hidden neuron hear x1 − x2 instead of x1 + x2."
        raise Wrong(
            "the hidden point", on="(0, 1) and (1, 0)", got=f"{show(tuple(A1[1]))} for both", rule=rule, next=next
        )
    i = int(np.abs(out - y).argmax())
    on = f"row {ROWS[i]}, where XOR is {y[i]} and the hidden outputs are {show(tuple(A1[i]))}"
    raise Wrong("y", on=on, got=show(out[i]), **_relu_mistake(A1, Z1, w2, b2, out, y))


def _relu_mistake(
    A1: np.ndarray, Z1: np.ndarray, w2: np.ndarray, b2: float, out: np.ndarray, y: np.ndarray
) -> dict[str, str]:
    if np.allclose(out, -y):
        return says("That is minus XOR.", "Turn the sign of the output weights.")
    if np.allclose(out, 1 - y):
        return says("That is one minus XOR.", "Turn the sign of the output weights, and adapt b2.")
    if np.allclose(Z1 @ w2 + b2, out):
        return says(
            "None of your hidden sums that the output hears is ever cut off at 0, so the network is linear.",
            "A kink is needed between the rows: let each hidden sum be negative in one row at least.",
        )
    dead = np.flatnonzero(~A1.any(axis=0))
    if len(dead):
        return says(
            f"Hidden neuron {dead[0] + 1} is 0 in every row: its sum is never above 0.",
            "Give it a row in which its sum is positive.",
        )
    if np.allclose(Z1[:, 0], Z1[:, 1]):
        return says(
            "Both hidden neurons have the same weights and bias, so they are one and the same.",
            "Let the second one turn against the first.",
        )
    if not np.isclose(out[1], out[2]):
        return says(
            "XOR treats (0, 1) and (1, 0) alike, but yours gives them different outputs.",
            "Compare the two output weights, and the sizes of the two rows of W1. Do they balance?",
        )
    if abs(out[0]) > 1e-9:
        return says(
            "At (0, 0) only the biases are left: they must give 0 there.",
            "Set the biases to 0 and see which rows are right without them.",
        )
    return {}
