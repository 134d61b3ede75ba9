"""Dropout: what a layer puts out under a mask, and the loss of a linear model averaged over all masks."""

from itertools import product

import numpy as np

from coursepkg.engine.linear import dropout_penalty

from ..answer import Answer, show
from ..exercise import exercise
from ..slips import Slip, compare

_OUTPUT: tuple[Slip, ...] = (
    (
        lambda a, m, p: a * m,
        "The units that are kept must make up for the silent ones.",
        "Divide by the share that is kept, 1 − p.",
    ),
    (
        lambda a, m, p: a * m / p if p else a,
        "You divide by p, the share that is silenced.",
        "Divide by the share that is kept, 1 − p.",
    ),
    (
        lambda a, m, p: a * m * (1 - p),
        "You make the kept units quieter still; the mean would be (1 − p)²a.",
        "Divide by 1 − p instead of multiplying.",
    ),
    (
        lambda a, m, p: a * (1 - m) / (1 - p),
        "Your mask is turned round: a 1 in it means that the unit is kept.",
        "Multiply by the mask itself.",
    ),
    (lambda a, m, p: a, "Nothing is silenced: that is evaluation.", "Multiply by the mask, entry by entry."),
    (
        lambda a, m, p: a * m * a.size / max(m.sum(), 1),
        "You divide by the share that this mask keeps; then the mean of a unit depends on what happens to the others.",
        "Divide by 1 − p, the same for every mask.",
    ),
)


@exercise(
    "Entry by entry: where the mask is 0, silence; where it is 1, the activation, made louder.",
    "A unit is kept with probability 1 − p. By which factor f is (1 − p)·f·a + p·0 equal to a?",
    "Return a * mask / (1 - p).",
)
def inverted_dropout(output: Answer, seed: int = 0) -> str:
    """`output(a, mask, p)` returns what a layer with activations a (d,) puts out in training; mask (d,), 1 = kept."""
    rng = np.random.default_rng(seed)
    a, other = np.array([1.5, -2.0, 3.0, 5.0]), rng.uniform(-4, 4, 6).round(1)
    fixed = [(0.25, (1, 0, 1, 0)), (0.4, (1, 1, 1, 0)), (0.0, (1, 1, 1, 1)), (0.75, (0, 0, 0, 0))]
    cases = [(a, p, np.array(mask)) for p, mask in fixed]
    cases += [(other, round(rng.uniform(0.1, 0.9), 2), rng.permutation((1, 1, 0, 1, 0, 1))) for _ in range(2)]
    for a, p, mask in cases:
        m = mask.astype(float)
        given = {"a": a, "mask": m, "p": p}
        compare(output, "the output", given, a * m / (1 - p), _OUTPUT, what="an array of the shape of a")
    return "Averaged over all masks, with their probabilities, your output is a itself."


def _masks(d: int, p: float) -> list[tuple[np.ndarray, float]]:
    """Every mask (d,) and its probability."""
    masks = [np.array(mask, float) for mask in product((0, 1), repeat=d)]
    return [(m, float((1 - p) ** m.sum() * p ** (d - m.sum()))) for m in masks]


def _average(X: np.ndarray, y: np.ndarray, w: np.ndarray, p: float, factor: float, share: float | None = None) -> float:
    """The mean squared length ‖(X ⊙ m) w factor − y‖² over the masks, kept with probability 1 − share (p without)."""
    weighed = _masks(len(w), p if share is None else share)
    return sum(q * float(np.sum(((X * m * factor) @ w - y) ** 2)) for m, q in weighed)


def _added(X: np.ndarray, y: np.ndarray, w: np.ndarray, share: float) -> float:
    """The loss without dropout, plus `share` times Σ‖x_j‖²w_j²."""
    return float(np.sum((X @ w - y) ** 2) + share * np.sum((X * w) ** 2))


_LOSS: tuple[Slip, ...] = (
    (
        lambda X, y, w, p: float(np.sum((X @ w - y) ** 2)),
        "That is the loss without dropout: the mean of the masked predictions, but not of their squared errors.",
        "Square the error of each mask first, then average.",
    ),
    (
        lambda X, y, w, p: _average(X, y, w, p, 1 / (1 - p), 0.5),
        "You weigh all masks alike. A mask with k zeros out of d has the probability pᵏ(1 − p)ᵈ⁻ᵏ.",
        "Multiply each mask's loss by its probability, and sum.",
    ),
    (
        lambda X, y, w, p: _average(X, y, w, p, 1.0),
        "The kept inputs are not divided by 1 − p.",
        "Use X * mask / (1 - p).",
    ),
    (
        lambda X, y, w, p: _average(X, y, w, p, 1 / (1 - p), 1 - p),
        "Your probabilities are turned round: an entry is 0 with probability p.",
        "A 1 in the mask contributes the factor 1 − p.",
    ),
    (
        lambda X, y, w, p: _average(X, y, w, p, 1 / (1 - p)) / len(y),
        "That is the mean over samples; asked is the sum.",
        "Leave out the division by n.",
    ),
    (
        lambda X, y, w, p: _average(X, y, w, p, 1 / (1 - p)) / 2,
        "That is half of it: here the loss is ‖Xw − y‖², without the ½.",
        "Leave the ½ out.",
    ),
    (
        lambda X, y, w, p: sum(float(np.sum(((X * m / (1 - p)) @ w - y) ** 2)) for m, _ in _masks(len(w), p)),
        "That is the sum over masks; a mean weighs each by its probability.",
        "Multiply each mask's loss by its probability.",
    ),
    (
        lambda X, y, w, p: _added(X, y, w, p),
        "What dropout adds is p/(1 − p) for each unit, not p: the kept inputs are louder, and their squares more so.",
        "Work out the variance of m/(1 − p), for m = 0 with probability p and m = 1 otherwise.",
    ),
    (
        lambda X, y, w, p: _added(X, y, w, p * (1 - p)),
        "p(1 − p) is the variance of the mask m itself; here it is divided by 1 − p.",
        "Work out the variance of m/(1 − p).",
    ),
    (
        lambda X, y, w, p: _average(X, y, w, p, 1 / (1 - p)) - float(np.sum((X @ w - y) ** 2)),
        "That is the penalty alone, what dropout adds.",
        "Add the loss without dropout, or average the whole.",
    ),
)


@exercise(
    "For one mask m the inputs are X * m / (1 - p), and the loss is the squared length of what is then left of y.",
    "itertools.product((0, 1), repeat=d) gives all masks. A mask with k zeros has the probability pᵏ(1 − p)ᵈ⁻ᵏ.",
    "Sum probability × loss over the masks. To see the penalty, subtract ‖Xw − y‖² and vary one w_j at a time.",
)
def dropout_loss(loss: Answer, seed: int = 0) -> str:
    """`loss(X, y, w, p)` returns the mean of ‖(X ⊙ m/(1 − p))w − y‖² over all masks m (d,) of the inputs."""
    rng = np.random.default_rng(seed)
    drawn = (6, 3, round(rng.uniform(0.1, 0.9), 2))
    for n, d, p in ((4, 2, 0.2), (5, 3, 0.4), (3, 4, 0.55), (3, 2, 0.0), drawn):
        X, y, w = (rng.normal(0, 1, size).round(1) for size in ((n, d), n, d))
        on = f"X of shape ({n}, {d}), w = {show(w)}, p = {p:g}"
        right = float(np.sum((X @ w - y) ** 2)) + 2 * dropout_penalty(X, w, p)
        given = {"X": X, "y": y, "w": w, "p": p}
        compare(loss, "the mean loss", given, right, _LOSS, on=on)
    return (
        "On average dropout adds p/(1 − p)·Σ‖x_j‖²w_j² to the loss, x_j being column j of X: an L2 penalty with a "
        "strength of its own for each weight."
    )
