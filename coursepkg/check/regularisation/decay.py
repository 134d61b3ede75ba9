"""One step of SGD and of Adam, each with an L2 penalty and with weight decay."""

from collections.abc import Callable
from itertools import islice
from typing import Any

import numpy as np

from coursepkg.engine.optimisers import Adam, AdamW, GradientDescent
from coursepkg.engine.regularisers import L2, penalised

from ..answer import Answer, Wrong, numbers, says, show
from ..exercise import exercise
from ..slips import known

NAMES = ("SGD with L2", "SGD with decay", "Adam with L2", "Adam with decay")


def _steps(w: np.ndarray, g: np.ndarray, eta: float, lam: float) -> tuple[np.ndarray, ...]:
    """The four next w (d,), by the engine; Adam with ε = 0."""

    def oracle(_: np.ndarray) -> tuple[float, np.ndarray]:
        return 0.0, g.copy()

    def second(optimiser: Any, oracle: Callable) -> np.ndarray:
        return next(islice(optimiser.iterates(oracle, w), 1, None))[0]

    with_penalty = penalised(oracle, L2(lam))
    return (
        second(GradientDescent(eta), with_penalty),
        (1 - eta * lam) * w - eta * g,
        second(Adam(eta, eps=0.0), with_penalty),
        second(AdamW(eta, eps=0.0, decay=lam), oracle),
    )


_QUESTIONS = (
    "what is the gradient of the loss with its penalty, and what does decay do to w before the step?",
    "what are m̂ and √v̂ after one gradient, and so their ratio? Does λw belong to that gradient here?",
)
_SLIPS: tuple[tuple[tuple[int, ...], Callable, str, str], ...] = (
    (
        (0, 1, 2, 3),
        lambda w, g, eta, lam: w - eta * g,
        "λ has no part in this step.",
        "With L2 the gradient is g + λw; with decay w is multiplied by 1 − ηλ first.",
    ),
    (
        (2, 3),
        lambda w, g, eta, lam: w - eta * np.sign(g),
        "λ has no part in this step of Adam.",
        "With L2 take the sign of g + λw; with decay multiply w by 1 − ηλ first.",
    ),
    (
        (0, 1),
        lambda w, g, eta, lam: w - eta * (g + 2 * lam * w),
        "λ counts twice here: the gradient of ½λ‖w‖² is λw.",
        "Leave the 2 out.",
    ),
    (
        (1,),
        lambda w, g, eta, lam: (1 - lam) * w - eta * g,
        "The decay of a step is ηλ, so that for SGD it is the same as L2; yours leaves η out.",
        "Multiply w by 1 − ηλ.",
    ),
    (
        (3,),
        lambda w, g, eta, lam: (1 - lam) * w - eta * np.sign(g),
        "The decay of a step is ηλ, under AdamW as well; yours leaves η out.",
        "Multiply w by 1 − ηλ.",
    ),
    (
        (2,),
        lambda w, g, eta, lam: (1 - eta * lam) * w - eta * np.sign(g),
        "That is AdamW's step: you kept λw out of the moments. An L2 penalty is part of the gradient.",
        "Put g + λw where Adam expects its gradient, then divide by its size.",
    ),
    (
        (3,),
        lambda w, g, eta, lam: w - eta * np.sign(g + lam * w),
        "That is Adam with L2: your λw passed through the moments. Decay stays outside them.",
        "Multiply w by 1 − ηλ, and take Adam's step by g alone.",
    ),
    (
        (1,),
        lambda w, g, eta, lam: (1 - eta * lam) * (w - eta * g),
        "You decay after the step, and so shrink the step too; the decay acts on the old w.",
        "Multiply w alone by 1 − ηλ, then subtract the step.",
    ),
    (
        (3,),
        lambda w, g, eta, lam: (1 - eta * lam) * (w - eta * np.sign(g)),
        "You decay after the step, and so shrink the step too; the decay acts on the old w.",
        "Multiply w alone by 1 − ηλ, then subtract the step.",
    ),
    (
        (2,),
        lambda w, g, eta, lam: w - eta * 0.1 / np.sqrt(0.001) * np.sign(g + lam * w),
        "That is the first step without correction, with β₁ = 0.9 and β₂ = 0.999.",
        "Divide m by 1 − β₁ and v by 1 − β₂. What is left of the betas?",
    ),
    (
        (2, 3),
        lambda w, g, eta, lam: (1 - eta * lam) * w - eta * g,
        "That is SGD's step: Adam divides by the size of the gradient.",
        "At t = 1, with bias correction, m̂ is the gradient and √v̂ its size. What is their ratio?",
    ),
)


@exercise(
    "SGD first: w − η(g + λw) with L2, (1 − ηλ)w − ηg with decay. Multiply the first out.",
    "Adam's first step, bias-corrected: m̂ is the gradient itself and √v̂ its absolute value, so with ε = 0 their ratio "
    "is the sign.",
    "With L2 it is the sign of g + λw. With decay it is the sign of g, and w is multiplied by 1 − ηλ besides.",
)
def first_steps(steps: Answer, seed: int = 0) -> str:
    """`steps(w, g, eta, lam)` returns w after the first step of SGD with L2, with decay; Adam with L2, with decay."""
    rng = np.random.default_rng(seed)
    w, g = rng.uniform(0.2, 3, (2, 4)).round(2) * [[1, -1, -1, 1], [1, 1, -1, -1]]
    cases = (
        ((2.0, -1.0, 0.5), (0.3, 0.2, -4.0), 0.1, 0.5),
        ((-3.0, 1.0), (1.0, -0.1), 0.01, 0.9),
        ((4.0, 1.5), (0.2, 0.3), 0.5, 0.0),
        (w, g, *rng.uniform([0.05, 0.2], [0.5, 0.9]).round(2).tolist()),
    )
    for w, g, eta, lam in cases:
        w, g = np.array(w), np.array(g)
        on = f"w = {show(w)}, g = {show(g)}, η = {eta:g}, λ = {lam:g}"
        d = len(w)
        rows = numbers(steps(w, g, eta, lam), 4 * d, f"four arrays of shape ({d},)", on).reshape(4, d)
        rights = _steps(w, g, eta, lam)
        for k, (got, right) in enumerate(zip(rows, rights, strict=True)):
            if not np.allclose(got, right):
                slips = [(f, rule, step) for which, f, rule, step in _SLIPS if k in which]
                words = known(got, slips, w, g, eta, lam)
                others = [name for name, place in zip(NAMES, rights, strict=True) if np.allclose(got, place)]
                if not words and others:
                    words = says(
                        f"That is where {others[0]} goes.", f"Return the four in this order: {', '.join(NAMES)}."
                    )
                raise Wrong(NAMES[k], on=on, got=show(got), **(words or {"ask": _QUESTIONS[k // 2]}))
    return (
        "For SGD penalty and decay coincide. For Adam they do not: the penalty can only turn the sign of a step, "
        "while decay always takes ηλw."
    )
