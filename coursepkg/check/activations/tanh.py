"""A tanh made out of a sigmoid."""

import numpy as np

from coursepkg.engine.activations import sigmoid

from ..answer import Answer, Wrong, numbers, show
from ..exercise import exercise


def _mistake(p: float, q: float, r: float) -> tuple[str, str]:
    """The rule that p, q, r break, and the next step."""
    low, high = sorted((r, p + r))
    if p == 0 or q == 0:
        return "A factor of 0 makes a constant of it.", "Choose p for the height and q for the steepness."
    if (p > 0) != (q > 0):
        return "tanh rises, but yours falls: p and q have different signs.", "Turn the sign of one of them."
    if not np.isclose(high - low, 2):
        return (
            f"tanh runs from −1 to 1, over a height of 2; yours has the height {show(high - low)}.",
            "The sigmoid's height is 1. Which p makes it 2?",
        )
    if not np.isclose(low, -1):
        return (
            f"Your curve has the right height, but it runs from {show(low)} to {show(high)}, not from −1 to 1.",
            "Choose r so that it is 0 at z = 0.",
        )
    return (
        f"Range and centre are right. At 0 tanh has the slope 1, but yours has p·q/4 = {show(p * q / 4)}.",
        "q stretches the sum, so by the chain rule it multiplies the slope.",
    )


@exercise(
    "Compare the ranges first: σ runs from 0 to 1, tanh from −1 to 1. Which p and r do that?",
    "p = 2 and r = −1 give the range. Now compare the slopes at 0: σ′(0) = 1/4 and tanh′(0) = 1.",
    "The slope of p·σ(q·z) + r at 0 is p·q/4. Set it to 1.",
)
def tanh_from_sigmoid(constants: Answer) -> str:
    """`constants()` returns (p, q, r) with tanh z = p·σ(q·z) + r for every z."""
    p, q, r = numbers(constants(), 3, "(p, q, r)", "your answer")
    z = np.array([0.0, 0.5, -1.0, 3.0])
    yours, wanted = p * sigmoid(q * z) + r, np.tanh(z)
    if np.allclose(yours, wanted, rtol=0, atol=1e-9):
        return "tanh z = 2σ(2z) − 1, so a tanh neuron is a sigmoid neuron with doubled weights, stretched to (−1, 1)."
    i = int(np.flatnonzero(~np.isclose(yours, wanted, rtol=0, atol=1e-9))[0])
    rule, next = _mistake(p, q, r)
    came = f"{show(yours[i])}, while tanh z is {show(wanted[i])}"
    raise Wrong(
        "p·σ(q·z) + r", on=f"z = {show(z[i])} with (p, q, r) = {show((p, q, r))}", got=came, rule=rule, next=next
    )
