"""The noise of mini-batches: measured, and drawn against the size of the batch."""

from typing import Any

import numpy as np

from ..answer import Answer, Wrong, numbers, says, show
from ..exercise import exercise

DRAWS = 4000


def _known_noise(x: np.ndarray, w: float, B: int) -> tuple[tuple[float, str, str], ...]:
    """What known mistakes come to, for samples x (n,), with what to say of each."""
    sigma, n = x.std(), len(x)
    return (
        (0.0, "Every batch came out the same.", "Make the generator once, before the loop, and draw anew in it."),
        (sigma**2 / B, "That is the variance.", "Its root is the standard deviation."),
        (sigma * B**0.5, "A batch's gradient is the mean of its samples' gradients, not their sum.", "Divide by B."),
        (
            sigma,
            "That is the spread of single samples, whatever B is.",
            "Average over each batch first, then take the standard deviation of these means.",
        ),
        (sigma / B, "The noise falls with B, but not in proportion to it.", "Measure it: simulate `draws` batches."),
        (
            sigma * ((n - B) / (n - 1) / B) ** 0.5,
            "No sample came twice in a batch; here the draws are with replacement.",
            "Use rng.choice(x, B), whose default is with replacement.",
        ),
        (
            (sigma**2 / B + (w - x.mean()) ** 2) ** 0.5,
            "That is the root mean square of the gradient; the noise is its scatter about its own mean.",
            "Use np.std, which takes the mean off.",
        ),
        (
            sigma / (B * DRAWS) ** 0.5,
            "That is the error of the mean over all draws; asked is the scatter of one batch's gradient.",
            "Do not divide by the root of the number of draws.",
        ),
    )


@exercise(
    "One sample's gradient is w − x_i. What is the gradient of a batch of B samples?",
    "rng = np.random.default_rng(seed), then rng.choice(x, B) draws one batch. Keep w minus its mean, `draws` times.",
    "rng.choice(x, (draws, B)) draws all batches at once, one in each row: take the mean of each row, then one "
    "standard deviation over the rows.",
)
def batch_noise(noise: Answer) -> str:
    """`noise(x, w, B, draws, seed)` returns the standard deviation of the gradients of `draws` mini-batches."""
    x = np.random.default_rng(3).exponential(3.0, 40).round(2)
    x = x * (3 / x.std())
    for w, B in ((-2.0, 4), (1.5, 16), (-2.0, 1), (0.0, 9)):
        on = f"{len(x)} samples with standard deviation {x.std():.3g}, w = {w:g}, B = {B}, {DRAWS} draws"
        got = float(numbers([noise(x, w, B, DRAWS, 7)], 1, "a standard deviation", on)[0])
        right = x.std() / B**0.5
        if abs(got / right - 1) < 0.07:
            continue
        known = _known_noise(x, w, B)
        nearest, *words = min(known, key=lambda mistake: abs(got - mistake[0]))
        if abs(got - nearest) > 0.07 * nearest:
            words = (f"For independent draws it is close to σ/√B = {right:.3g}.", "Try B = 1, where it must be σ.")
        raise Wrong("the noise", on=on, got=show(got), **says(*words))
    return "The noise is σ/√B: four times the batch halves it, and costs four times as much."


@exercise(
    "A power of B is a straight line if both axes are logarithmic: ax.set(xscale=…, yscale=…).",
    "The reference starts at the first point and falls as 1/√B: noise[0] * np.sqrt(sizes[0] / sizes).",
    "Draw the measurements with markers and the reference dashed, give both a label, call ax.legend(), name the axes.",
)
def noise_picture(draw: Answer, ax: Any, sizes: Any = (1, 4, 16, 64), noise: Any = (3.1, 1.48, 0.77, 0.37)) -> str:
    """`draw(ax, sizes, noise)` draws the noise against the batch size, and the line that falls as 1/√B."""
    sizes, noise = np.array(sizes, float), np.array(noise, float)
    draw.run(ax, sizes, noise)
    on = f"B = {show(list(sizes))}, noise = {show(list(noise))}"
    lines = list(ax.lines)
    curves = [line.get_xydata() for line in lines] + [np.asarray(c.get_offsets(), float) for c in ax.collections]
    drawn = f"{len(curves)} curve{'s' * (len(curves) != 1)}"
    if not any(_holds(curve, sizes, noise) for curve in curves):
        rule, following = "Each batch size has its measured noise as a point.", "Use ax.plot(sizes, noise, 'o')."
        if any(_holds(curve, sizes, noise**2) for curve in curves):
            rule, following = "Drawn is the variance; given and asked is the standard deviation.", "Do not square it."
        elif any(_holds(curve, noise, sizes) for curve in curves):
            rule, following = "The axes are swapped: B runs to the right.", "Put sizes first."
        raise Wrong("the picture", on=on, got=f"{drawn} without the measured points", rule=rule, next=following)
    scales = (ax.get_xscale(), ax.get_yscale())
    if scales != ("log", "log"):
        rule = "Only with both axes logarithmic does a power of B become a straight line."
        raise Wrong(
            "the scales of the axes", on=on, got=show(scales), rule=rule, next='Use ax.set(xscale="log", yscale="log").'
        )
    others = [curve for curve in curves if not _holds(curve, sizes, noise) and len(curve) > 1]
    if not any(_falls(curve, -0.5, sizes, noise) for curve in others):
        rule = "The reference starts at the first point and falls as 1/√B."
        following = "Draw noise[0] * np.sqrt(sizes[0] / sizes) over sizes."
        if any(_falls(curve, -1, sizes, noise) for curve in others):
            rule, following = "This reference falls as 1/B, too steeply.", "Take the root of sizes[0] / sizes."
        elif any(_slope(curve) == -0.5 for curve in others):
            rule, following = "The slope is right, but the line misses the first point.", "Begin at noise[0]."
        raise Wrong("the picture", on=on, got=f"{drawn} without the reference line", rule=rule, next=following)
    if any(_falls(line.get_xydata(), -0.5, sizes, noise) and line.get_linestyle() == "-" for line in lines):
        rule = "Measurement and reference must differ in more than colour."
        raise Wrong("the reference line", on=on, got="a solid line", rule=rule, next='Draw it dashed, with "--".')
    if ax.get_legend() is None or len(ax.get_legend().get_texts()) < 2:
        rule = "A reader must see which is measured and which is the reference."
        raise Wrong(
            "the legend", on=on, got="missing or too short", rule=rule, next="Give both a label, then call ax.legend()."
        )
    if not (ax.get_xlabel() and ax.get_ylabel()):
        labels = f"{ax.get_xlabel()!r} and {ax.get_ylabel()!r}"
        raise Wrong(
            "the axis labels",
            on=on,
            got=labels,
            rule="An axis without a name says nothing.",
            next="Use ax.set: B, noise.",
        )
    return "Points, reference, scales and names are there. Whether it reads well, a person judges."


def _holds(curve: np.ndarray, x: np.ndarray, y: np.ndarray) -> bool:
    return curve.shape == (len(x), 2) and np.allclose(curve, np.column_stack([x, y]), rtol=1e-6)


def _slope(curve: np.ndarray) -> float | None:
    """The exponent of the power law through all points (n, 2) of a curve, if there is one."""
    if (curve <= 0).any() or curve[0, 0] == curve[-1, 0]:
        return None
    x, y = np.log(curve).T
    slope = (y[-1] - y[0]) / (x[-1] - x[0])
    return round(slope, 6) + 0.0 if np.allclose(y, y[0] + slope * (x - x[0]), atol=1e-6) else None


def _falls(curve: np.ndarray, slope: float, sizes: np.ndarray, noise: np.ndarray) -> bool:
    through = np.log(curve[0, 1] / noise[0]) - slope * np.log(curve[0, 0] / sizes[0]) if (curve > 0).all() else 1
    return _slope(curve) == slope and abs(through) < 1e-6
