"""The picture of the loss over the steps, for some step sizes."""

from typing import Any

import numpy as np

from coursepkg.engine.descent import descend
from coursepkg.engine.landscapes import quadratic
from coursepkg.engine.optimisers import GradientDescent

from ..answer import Answer, Wrong
from ..exercise import exercise

STEPS, START = 40, (1.0, 1.0)


def _losses(eta: float) -> tuple[np.ndarray, np.ndarray]:
    path = descend(GradientDescent(eta), quadratic(10.0).first, START, steps=STEPS)
    return path.f, np.linalg.norm(path.x, axis=1)


@exercise(
    "descend(GradientDescent(eta), quadratic(10.0).first, [1.0, 1.0], steps=40).f holds the 41 losses.",
    "Draw them with ax.semilogy, one line style and one label for each η.",
    "Call ax.legend(), and name both axes with ax.set(xlabel=…, ylabel=…).",
)
def loss_curves(draw: Answer, ax: Any, etas: tuple[float, ...] = (0.02, 0.1, 0.18)) -> str:
    """`draw(ax, etas)` draws the loss of descent on the valley with κ = 10 from (1, 1), over 40 steps, for each η."""
    draw.run(ax, etas)
    on = f"η = {', '.join(f'{eta:g}' for eta in etas)}"
    curves = [line.get_xydata() for line in ax.lines if len(line.get_xydata()) > 2]
    for eta in etas:
        losses, errors = _losses(eta)
        if not any(len(c) == STEPS + 1 and np.allclose(c[:, 1], losses, rtol=1e-6) for c in curves):
            rule, next_step = _mistake(curves, eta, losses, errors)
            raise Wrong(
                f"a curve of the loss for η = {eta:g}",
                on=on,
                got=f"{len(curves)} curves without it",
                rule=rule,
                next=next_step,
            )
    if ax.get_yscale() != "log":
        rule = "On a linear axis all that matters lies on the floor; powers of ten turn equal shares into a line."
        raise Wrong(
            "the scale of y", on=on, got=ax.get_yscale(), rule=rule, next="Use ax.semilogy, or ax.set_yscale('log')."
        )
    styles = {(line.get_linestyle(), line.get_marker()) for line in ax.lines if len(line.get_xydata()) > 2}
    if len(styles) < len(etas):
        rule = "Colour alone does not tell curves apart for every reader."
        raise Wrong(
            "the number of line styles", on=on, got=len(styles), rule=rule, next="Give each η a linestyle of its own."
        )
    shown = 0 if ax.get_legend() is None else len(ax.get_legend().get_texts())
    if shown < len(etas):
        rule = "A reader must see which curve belongs to which η."
        raise Wrong(
            "the number of legend entries",
            on=on,
            got=shown,
            rule=rule,
            next="Give each plot a label, then call ax.legend().",
        )
    if not (ax.get_xlabel() and ax.get_ylabel()):
        rule = "An axis without a name says nothing."
        names = f"{ax.get_xlabel()!r} and {ax.get_ylabel()!r}"
        raise Wrong("the axis labels", on=on, got=names, rule=rule, next="Use ax.set: step and loss.")
    return "The curves are the losses, on powers of ten. Whether the picture answers the question, a person judges."


def _mistake(curves: list[np.ndarray], eta: float, losses: np.ndarray, errors: np.ndarray) -> tuple[str, str]:
    known = (
        (errors, "That is the distance from the minimum; asked is the loss.", "Take path.f instead of path.x."),
        (losses[1:], "The start is missing: step 0 belongs to the picture.", "Draw all 41 losses."),
        (np.log10(losses), "You took logarithms of the losses; let the axis do that.", "Draw path.f by ax.semilogy."),
        (2 * losses, "The loss has the factor ½: it is ½ wᵀHw.", "Take path.f, or quadratic(10.0).f."),
    )
    for values, *words in known:
        if any(len(c) == len(values) and np.allclose(c[:, 1], values, rtol=1e-6) for c in curves):
            return tuple(words)
    if any(len(c) != STEPS + 1 for c in curves):
        return "Forty steps are asked, and so 41 losses with the start.", "Give descend steps=40."
    return "For each η there is one curve: the losses from (1, 1) on.", "Loop over etas, with a new run for each."
