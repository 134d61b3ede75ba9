"""RMSProp: its cold start, and the whole of it."""

from functools import partial
from itertools import islice
from typing import Any

import numpy as np

from coursepkg.engine.optimisers import RMSProp

from ..answer import Answer, show
from ..exercise import exercise
from ..slips import Slip, compare

_LENGTH: tuple[Slip, ...] = (
    (lambda eta, rho, t: eta, "That is what it tends to; the first steps are longer.", "What is v after one gradient?"),
    (
        lambda eta, rho, t: eta / (1 - rho**t),
        "The root is missing: RMSProp divides by √v.",
        "Take the root.",
    ),
    (
        lambda eta, rho, t: eta * (1 - rho**t) ** 0.5,
        "A small v makes a long step: √v stands below.",
        "Divide by it.",
    ),
    (
        lambda eta, rho, t: eta / (1 - rho) ** 0.5,
        "That is the first step, whatever t is.",
        "What is v after two gradients?",
    ),
    (
        lambda eta, rho, t: eta / (1 - rho ** (t + 1)) ** 0.5,
        "That is one step too late.",
        "After the first gradient v is (1 − ρ) g².",
    ),
    (
        lambda eta, rho, t: eta / (1 - rho ** (t - 1)) ** 0.5,
        "That is one step too early.",
        "After the first gradient v is (1 − ρ) g².",
    ),
    (lambda eta, rho, t: eta / t**0.5, "That is AdaGrad, which adds up and never forgets.", "v is an average."),
)


@exercise(
    "v starts at 0. What is it after one gradient g, and after two?",
    "After t gradients v = (1 − ρ)(1 + ρ + … + ρᵗ⁻¹) g² = (1 − ρᵗ) g².",
    "The step is η|g|/√v: the size of the gradient cancels.",
)
def rmsprop_length(length: Answer, seed: int = 0) -> str:
    """`length(eta, rho, t)` returns the length of step t of RMSProp with ε = 0, if all gradients are the same."""
    rng = np.random.default_rng(seed)
    drawn = [(*rng.uniform([0.01, 0.5], [0.9, 0.95]).round(2).tolist(), int(t)) for t in rng.integers(2, 12, 3)]
    for eta, rho, t in ((0.1, 0.9, 1), (0.3, 0.8, 2), (0.02, 0.99, 50), *drawn):
        path = RMSProp(eta, rho, eps=0.0).iterates(lambda x: (0.0, np.array([2.0])), np.zeros(1))
        x = [place[0] for place, _ in islice(path, t + 1)]
        given = {"η": eta, "ρ": rho, "t": t}
        compare(length, "the length", given, abs(x[t] - x[t - 1]), _LENGTH, what="a length", rtol=1e-5)
    return "With ρ = 0.9 the first step is 3.16 η: nobody corrects the cold start here, as Adam's hats do."


def _walk(x: np.ndarray, eta: float, rho: float, eps: float, steps: int, gradient: Any, slip: str = "") -> np.ndarray:
    v = np.zeros_like(x)
    for k in range(steps):
        g, t = gradient(x), k + 1
        v = v + g * g if slip == "sum" else rho * v + (1.0 if slip == "all" else 1 - rho) * g * g
        seen = v / (1 - rho**t) if slip == "hat" else v
        below = {"inside": np.sqrt(seen + eps), "no root": seen + eps}.get(slip, np.sqrt(seen) + eps)
        x = x + (eta if slip == "uphill" else -eta) * (1 if slip == "no g" else g) / below
        if slip == "early":
            break
    return x


def _slip(name: str) -> Any:
    return lambda gradient, x, eta, rho, eps, steps: _walk(x, eta, rho, eps, steps, gradient, name)


_WALKS: tuple[Slip, ...] = (
    (
        _slip("sum"),
        "v averages, and forgets; yours adds up, as AdaGrad does.",
        "Keep ρ of the old v, and take 1 − ρ of g².",
    ),
    (_slip("all"), "Of the new square v takes the share 1 − ρ; yours takes all of it.", "Multiply g² by 1 − ρ."),
    (_slip("hat"), "RMSProp has no hat: v is used as it is.", "Leave the correction to Adam."),
    (_slip("no root"), "The step divides by the root of v.", "Use np.sqrt(v)."),
    (_slip("inside"), "ε is added to the root; yours is under it.", "Write np.sqrt(v) + eps."),
    (_slip("uphill"), "RMSProp goes against the gradient.", "Subtract the step."),
    (_slip("early"), "Yours returns after the first step.", "Look where `return` stands: behind the loop."),
    (_slip("no g"), "The step's numerator is g, not 1.", "Multiply by the gradient."),
)


def _bowl(H: np.ndarray, x: np.ndarray) -> tuple[float, np.ndarray]:
    """The gradient of ½ xᵀHx, and in the place of the value, which no step asks for, zero."""
    return 0.0, H @ x


@exercise(
    "One step first: what happens to v, and then to x?",
    "v = rho * v + (1 - rho) * g**2, from zeros, and the step is eta * g / (np.sqrt(v) + eps).",
    "Take g = gradient(x) inside the loop, and write x = x - …, so that the caller's x stays as it is.",
)
def rmsprop(steps: Answer, seed: int = 0) -> str:
    """`rmsprop(gradient, x, eta, rho, eps, steps)` returns the point (d,) after `steps` steps from x (d,)."""
    rng = np.random.default_rng(seed)
    for d, k in ((2, 3), (3, 5), (2, 1)):
        root = rng.uniform(-2, 2, (d, d)).round(1)
        H, x = root @ root.T + np.eye(d), rng.uniform(-3, 3, d).round(1)
        eta, rho, eps = rng.uniform([0.05, 0.6, 0.02], [0.3, 0.95, 0.2]).round(2).tolist()
        path = RMSProp(eta, rho, eps).iterates(partial(_bowl, H), x)
        right = next(islice(path, k, None))[0]
        given = {"gradient": lambda w, H=H: H @ w, "x": x, "η": eta, "ρ": rho, "ε": eps, "steps": k}
        bowl = f"½ xᵀHx with H = {show(H.round(2).tolist())}"
        on = f"{bowl} from {show(x)}, η, ρ, ε = {show((eta, rho, eps))}, steps = {k}"
        compare(steps, "the point", given, right, _WALKS, what=f"the point: an array of shape ({d},)", on=on)
    return "That is RMSProp: AdaGrad that forgets, and Adam without momentum and hats."
