"""Early stopping: when it stops, and how much of the solution is learnt by then."""

import numpy as np

from coursepkg.engine.regularisers import early_stopping_filter

from ..answer import Answer
from ..exercise import exercise
from ..slips import Slip, compare


def _run(losses: np.ndarray, patience: int, tie: bool = False) -> tuple[int, int]:
    """The best epoch, and the last one that is trained; `tie` takes an equal loss for a new best."""
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best] or (tie and loss == losses[best]):
            best = epoch
        if epoch == best + patience:
            break
    return best, epoch


def _rises(losses: np.ndarray, patience: int) -> tuple[int, int]:
    """The same, by a count of epochs in a row that are worse than the one before."""
    worse = 0
    for epoch in range(1, len(losses)):
        worse = worse + 1 if losses[epoch] >= losses[epoch - 1] else 0
        if worse == patience:
            return int(losses[: epoch + 1].argmin()), epoch
    return int(losses.argmin()), len(losses) - 1


_STOPS: tuple[Slip, ...] = (
    (
        lambda losses, patience: (losses.argmin(), _run(losses, patience)[1]),
        "The lowest loss of all comes after training has stopped: nobody has seen it.",
        "Look at the losses one by one, as they come.",
    ),
    (
        lambda losses, patience: (losses.argmin(), len(losses) - 1),
        "Yours never stops before the end.",
        "Count the epochs since the best one.",
    ),
    (
        lambda losses, patience: (_run(losses, patience)[1],) * 2,
        "The weights to keep are those of the best epoch, not of the last.",
        "Remember where the lowest loss was.",
    ),
    (
        lambda losses, patience: _run(losses, patience + 1),
        "You wait one epoch too long.",
        "Stop when `patience` epochs have passed since the best.",
    ),
    (
        lambda losses, patience: _run(losses, patience - 1) if patience > 1 else (np.nan, np.nan),
        "You stop one epoch too early.",
        "Stop when `patience` epochs have passed since the best.",
    ),
    (
        _rises,
        "You count rises in a row; what counts is how long ago the best epoch was.",
        "Compare with the best loss so far, not with the last.",
    ),
    (
        lambda losses, patience: _run(losses, patience, tie=True),
        "An equal loss is no improvement.",
        "A new best has to be lower.",
    ),
    (lambda losses, patience: _run(losses, patience)[::-1], "You have the two the wrong way round.", "The best first."),
)


@exercise(
    "Go through the epochs one by one. What must you remember about those that have passed?",
    "Remember the best epoch so far; an epoch with a lower loss takes its place.",
    "After each epoch ask whether epoch − best == patience. If that never happens, the last epoch is the end.",
)
def patience(stop: Answer, seed: int = 0) -> str:
    """`stop(losses, patience)` returns (best epoch so far, epoch after which training stops), epochs from 0."""
    rng = np.random.default_rng(seed)
    cases: list[tuple[tuple[float, ...], int]] = [
        ((0.9, 0.7, 0.8, 0.75, 0.72, 0.6, 0.5), 3),
        ((0.9, 0.5, 0.5, 0.6, 0.7), 2),
        ((0.9, 0.8, 0.7), 2),
        ((0.5, 0.5, 0.6, 0.7), 3),
    ]
    cases += [((0.9, 0.6, 0.8, 0.7, 0.75, 0.4, 0.41, 0.42), 5), ((0.5, 0.6, 0.7, 0.8), 1)]
    for wait in (2, 3, 4):
        fall = np.linspace(1, 0.3, 14) + rng.uniform(-0.2, 0.2, 14) + np.abs(np.arange(14) - 9) / 30
        cases.append((tuple(fall.round(2).tolist()), wait))
    others = [(np.array(losses), wait) for losses, wait in cases]
    for losses, wait in others:
        given = {"losses": losses, "patience": wait}
        on = f"losses = {', '.join(f'{loss:g}' for loss in losses)} and patience = {wait}"
        compare(stop, "(best, last)", given, _run(losses, wait), _STOPS, what="two epochs", on=on, others=others)
    return "Patience decides how long one waits; the weights that are kept are those of the best epoch."


def _share(eta: float, h: float, t: int) -> float:
    return float(early_stopping_filter(np.array([h]), eta, t)[0])


_SHARES: tuple[Slip, ...] = (
    (lambda eta, h, t: 1 - _share(eta, h, t), "That is the share that is still missing.", "Take it from 1."),
    (
        lambda eta, h, t: eta * h * t,
        "Each step learns a share of what is left, and that shrinks.",
        "What is left after two steps?",
    ),
    (
        lambda eta, h, t: h / (h + 1 / (eta * t)),
        "That is what ridge keeps with λ = 1/(ηt): close, but not equal.",
        "What does one step multiply the distance by?",
    ),
    (lambda eta, h, t: _share(eta, h, t - 1), "That is one step too few.", "At t = 0 nothing is learnt."),
    (lambda eta, h, t: _share(eta, h, t + 1), "That is one step too many.", "At t = 0 nothing is learnt."),
    (
        lambda eta, h, t: 1 - np.exp(-eta * h * t),
        "That holds for very short steps.",
        "Take the power of 1 − ηh itself.",
    ),
    (lambda eta, h, t: 1 - (1 - eta) ** t, "The curvature is missing.", "A step multiplies the distance by 1 − ηh."),
)


@exercise(
    "What does one step multiply the distance from the solution by, in a direction of curvature h?",
    "After t steps (1 − ηh)ᵗ of the distance is left.",
    "It starts at the full distance, so 1 − (1 − ηh)ᵗ is learnt.",
)
def reached_share(share: Answer, seed: int = 0) -> str:
    """`share(eta, h, t)` returns the share of the solution that t steps from 0 reach where the curvature is h."""
    rng = np.random.default_rng(seed)
    drawn = [(*rng.uniform([0.05, 0.05], [0.5, 1.8]).round(2).tolist(), int(t)) for t in rng.integers(2, 12, 3)]
    cases = ((0.1, 0.05, 20), (0.3, 2.0, 3), (0.5, 1.5, 1), *drawn)
    for case in cases:
        given = dict(zip(("η", "h", "t"), case, strict=True))
        compare(share, "the share", given, _share(*case), _SHARES, what="one number", others=cases)
    return "Steep directions are learnt in a few steps, flat ones hardly at all: stopping early shrinks."


def _match(eta: float, h: float, t: int) -> float:
    return h / _share(eta, h, t) - h


_RIDGES: tuple[Slip, ...] = (
    (
        lambda eta, h, t: 1 / (eta * t),
        "That is what it comes to for small h; asked is the λ that fits exactly.",
        "Set h/(h + λ) equal to the share, and solve for λ.",
    ),
    (lambda eta, h, t: _share(eta, h, t), "That is the share itself.", "Which λ keeps this share?"),
    (
        lambda eta, h, t: h * _share(eta, h, t) / (1 - _share(eta, h, t)),
        "You have the share and what is left exchanged: more steps must mean a smaller λ.",
        "λ = h (1 − share)/share.",
    ),
    (lambda eta, h, t: _match(eta, h, t) / h, "A factor h is missing.", "From h/(h + λ) = s follows λ = h (1 − s)/s."),
    (lambda eta, h, t: 1 / _match(eta, h, t), "You have it upside down.", "More steps must mean a smaller λ."),
)


@exercise(
    "Ridge keeps the share h/(h + λ). For which λ is that a given share s?",
    "λ = h (1 − s)/s.",
    "Here s = 1 − (1 − ηh)ᵗ.",
)
def matching_ridge(strength: Answer, seed: int = 0) -> str:
    """`strength(eta, h, t)` returns the λ with which ridge keeps just the share that t steps reach at curvature h."""
    rng = np.random.default_rng(seed)
    drawn = [(*rng.uniform([0.05, 0.05], [0.5, 1.8]).round(2).tolist(), int(t)) for t in rng.integers(2, 12, 3)]
    cases = ((0.1, 0.05, 20), (0.3, 2.0, 3), (0.5, 1.5, 1), *drawn)
    for case in cases:
        given = dict(zip(("η", "h", "t"), case, strict=True))
        compare(strength, "λ", given, _match(*case), _RIDGES, what="one number", others=cases)
    return "For small h this is 1/(ηt); the steeper the direction, the less ridge can keep up with it."
