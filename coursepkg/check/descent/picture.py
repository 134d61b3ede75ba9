"""The picture of the loss over the steps, for some step sizes."""

from typing import Any

import numpy as np

from coursepkg.engine.descent import descend
from coursepkg.engine.landscapes import quadratic
from coursepkg.engine.optimisers import GradientDescent

from ..answer import Answer, Wrong, says
from ..exercise import exercise
from ..picture import Picture, fresh, number, word

STEPS, START = 40, (1.0, 1.0)


def _losses(eta: float) -> tuple[np.ndarray, np.ndarray]:
    path = descend(GradientDescent(eta), quadratic(10.0).first, START, steps=STEPS)
    return path.f, np.linalg.norm(path.x, axis=1)


@exercise(
    "descend(GradientDescent(eta), quadratic(10.0).first, [1.0, 1.0], steps=40).f holds the 41 losses.",
    "Draw them with ax.semilogy, one line style and one label for each η.",
    "Call ax.legend(), and name both axes with ax.set(xlabel=…, ylabel=…).",
)
def loss_curves(draw: Answer, ax: Any, seed: int = 0) -> str:
    """`draw(ax, etas)` draws the loss of descent on the valley with κ = 10 from (1, 1), over 40 steps, for each η."""
    _look(draw, ax, (0.02, 0.1, 0.18))
    _look(draw, fresh(ax), tuple(np.random.default_rng(seed).uniform([0.03, 0.11], [0.09, 0.17]).round(3).tolist()))
    return "The curves are the losses, on powers of ten. Whether the picture answers the question, a person judges."


def _look(draw: Answer, ax: Any, etas: tuple[float, ...]) -> None:
    picture = Picture(draw, ax, etas, on=f"η = {', '.join(f'{eta:g}' for eta in etas)}")
    curves, own = [curve for curve in picture.series() if len(curve.points) > 2], []
    for eta in etas:
        losses, errors = _losses(eta)
        fits = [curve for curve in curves if _is(curve.points, losses)]
        if not fits:
            words = _mistake([curve.points for curve in curves], losses, errors)
            got = f"{len(curves)} curves without it"
            raise Wrong(f"a curve of the loss for η = {eta:g}", on=picture.on, got=got, **words)
        own.append(fits[0])
        picture.shows(fits[0].points, f"the curve for η = {eta:g}")
    if picture.ax.get_yscale() != "log":
        rule = "On a linear axis all that matters lies on the floor; powers of ten turn equal shares into a line."
        got = picture.ax.get_yscale()
        step = "Use ax.semilogy, or ax.set_yscale('log')."
        raise Wrong("the scale of y", on=picture.on, got=got, rule=rule, next=step)
    rule = "Steps are counted from 0, and a logarithmic axis has no place for 0: the start is lost."
    picture.scales("linear", "log", rule, "Use ax.semilogy instead of ax.loglog.")
    picture.styles(own, "each η")
    entries = [(f"η = {eta:g}", curve, number(eta)) for eta, curve in zip(etas, own, strict=True)]
    picture.legend(entries, "which curve belongs to which η")
    picture.axes(word("step", "t", "iteration"), word("loss", "f"), "Use ax.set: step and loss.")


def _is(curve: np.ndarray, losses: np.ndarray) -> bool:
    """Whether the points (n, 2) are these losses (n,) over the steps from 0 on."""
    return len(curve) == len(losses) and np.allclose(
        curve, np.column_stack([np.arange(len(losses)), losses]), rtol=1e-6
    )


def _mistake(curves: list[np.ndarray], losses: np.ndarray, errors: np.ndarray) -> dict[str, str]:
    slips = (
        (
            losses,
            "Step 0 is the start: the steps run from 0 to 40.",
            "Draw over np.arange(41), or give the losses alone.",
        ),
        (errors, "That is the distance from the minimum; asked is the loss.", "Take path.f instead of path.x."),
        (losses[1:], "The start is missing: step 0 belongs to the picture.", "Draw all 41 losses."),
        (np.log10(losses), "You took logarithms of the losses; let the axis do that.", "Draw path.f by ax.semilogy."),
        (np.log(losses), "You took logarithms of the losses; let the axis do that.", "Draw path.f by ax.semilogy."),
        (2 * losses, "The loss has the factor ½: it is ½ wᵀHw.", "Take path.f, or quadratic(10.0).f."),
    )
    for values, rule, next in slips:
        if any(len(c) == len(values) and np.allclose(c[:, 1], values, rtol=1e-6) for c in curves):
            return says(rule, next)
    if any(len(c) == len(losses) and np.allclose(c[:, 0], losses, rtol=1e-6) for c in curves):
        return says("The axes are exchanged: steps run to the right.", "Put the steps first.")
    if any(len(c) != STEPS + 1 for c in curves):
        return says("Forty steps are asked, and so 41 losses with the start.", "Give descend steps=40.")
    return {}
