"""Batch normalisation: what it does to a batch, and the running variance that evaluation uses."""

import numpy as np

from ..answer import Answer
from ..exercise import exercise
from ..slips import Slip, compare


def _normal(Z: np.ndarray, gamma: np.ndarray, beta: np.ndarray, eps: float, axis: int = 0, ddof: int = 0) -> np.ndarray:
    mean, variance = Z.mean(axis=axis, keepdims=True), Z.var(axis=axis, ddof=ddof, keepdims=True)
    return gamma * (Z - mean) / np.sqrt(variance + eps) + beta


_OUTPUT: tuple[Slip, ...] = (
    (
        lambda Z, gamma, beta, eps: _normal(Z, gamma, beta, eps, axis=1),
        "You took mean and variance over the units of one sample: that is layer normalisation.",
        "Which axis runs over the batch?",
    ),
    (
        lambda Z, gamma, beta, eps: _normal(Z, gamma, beta, eps, ddof=1),
        "Inside the batch the sum of squares is divided by B, not by B − 1.",
        "np.var divides by B.",
    ),
    (
        lambda Z, gamma, beta, eps: gamma * (Z - Z.mean(axis=0)) / (Z.std(axis=0) + eps) + beta,
        "ε is added to the variance, under the root.",
        "Write np.sqrt(variance + eps).",
    ),
    (
        lambda Z, gamma, beta, eps: gamma * (Z - Z.mean(axis=0)) / (Z.var(axis=0) + eps) + beta,
        "The sums are divided by the standard deviation, the root of the variance.",
        "Use np.sqrt.",
    ),
    (
        lambda Z, gamma, beta, eps: _normal(Z, np.ones_like(gamma), np.zeros_like(beta), eps),
        "γ and β are missing: the layer may choose another spread and mean.",
        "Multiply by gamma, add beta.",
    ),
    (
        lambda Z, gamma, beta, eps: _normal(Z, gamma, np.zeros_like(beta), eps),
        "β is missing.",
        "Add it at the end.",
    ),
    (
        lambda Z, gamma, beta, eps: _normal(Z, np.ones_like(gamma), beta, eps),
        "γ is missing.",
        "Multiply the normalised sums by it.",
    ),
    (
        lambda Z, gamma, beta, eps: gamma * (_normal(Z, np.ones_like(gamma), beta, eps)),
        "β is added after γ has acted, and γ does not touch it.",
        "Move it out of the bracket.",
    ),
)


@exercise(
    "A unit is a column. Over which numbers are its mean and variance taken?",
    "Z.mean(axis=0) and Z.var(axis=0), each of shape (d,); ε goes under the root.",
    "gamma * (Z - mean) / np.sqrt(variance + eps) + beta.",
)
def batch_norm(normalise: Answer, seed: int = 0) -> str:
    """`normalise(Z, gamma, beta, eps)` returns the normalised batch (B, d) of the sums Z (B, d), in training."""
    rng = np.random.default_rng(seed)
    for B, d in ((4, 3), (2, 3), (5, 2)):
        Z, gamma, beta = (rng.normal(0, 2, size).round(1) for size in ((B, d), d, d))
        given = {"Z": Z, "γ": gamma, "β": beta, "ε": 0.1}
        right = _normal(Z, gamma, beta, 0.1)
        compare(normalise, "the normalised batch", given, right, _OUTPUT, what="an array of the shape of Z")
    return "Whatever came in: every unit goes out with mean β and very nearly the standard deviation |γ|."


def _running(start: float, batches: np.ndarray, rho: float, ddof: int = 1) -> float:
    for batch in batches:
        start = (1 - rho) * start + rho * batch.var(ddof=ddof)
    return float(start)


_RUNNING: tuple[Slip, ...] = (
    (
        lambda start, batches, rho: _running(start, batches, rho, ddof=0),
        "Divided by B, a batch's variance is on average too small; the running one takes B − 1.",
        "Use batch.var(ddof=1).",
    ),
    (
        lambda start, batches, rho: _running(start, batches, 1 - rho),
        "Your shares are exchanged: ρ of the new, 1 − ρ of the old.",
        "ρ is small, so the new batch has little say.",
    ),
    (
        lambda start, batches, rho: np.mean([batch.var(ddof=1) for batch in batches]),
        "That is the plain mean of the batches' variances; a running one fades, and has a start.",
        "Update it batch by batch.",
    ),
    (
        lambda start, batches, rho: batches.var(ddof=1),
        "That is the variance of all samples at once.",
        "Take each batch's own, and update batch by batch.",
    ),
    (
        lambda start, batches, rho: _running(start, batches[:1], rho),
        "Only the first batch has flowed in.",
        "Look where `return` stands: behind the loop.",
    ),
    (
        lambda start, batches, rho: _running(0.0, batches, rho),
        "Yours starts at 0 instead of at `start`.",
        "Begin with the value that is given.",
    ),
    (
        lambda start, batches, rho: (1 - rho) * start + rho * batches[-1].var(ddof=1),
        "Only the last batch has flowed in.",
        "Update the running value itself in the loop.",
    ),
)


@exercise(
    "What becomes of the running value when one batch comes in?",
    "1 − ρ of the old and ρ of the batch's variance, which is divided by B − 1: batch.var(ddof=1).",
    "for batch in batches: running = (1 - rho) * running + rho * batch.var(ddof=1)",
)
def running_variance(running: Answer, seed: int = 0) -> str:
    """`running(start, batches, rho)` returns one unit's running variance after all the batches (k, B), in order."""
    rng = np.random.default_rng(seed)
    for k, B, rho, start in ((2, 4, 0.1, 1.0), (3, 5, 0.25, 2.0), (4, 3, round(rng.uniform(0.05, 0.4), 2), 1.5)):
        batches = (rng.normal(0, 2, (k, B)) + 1).round(1)
        given = {"start": start, "batches": batches, "ρ": rho}
        on = f"start = {start:g}, batches = {batches.tolist()}, ρ = {rho:g}"
        right = _running(start, batches, rho)
        compare(running, "the running variance", given, right, _RUNNING, what="one number", on=on)
    return "In evaluation this number stands in for the batch's own, so that no sample depends on its company."
