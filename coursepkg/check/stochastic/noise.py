"""The noise of mini-batches: measured, and drawn against the size of the batch."""

from typing import Any

import numpy as np

from ..answer import Answer, Wrong, numbers, says, show
from ..exercise import exercise
from ..picture import Curve, Picture, fresh, word
from ..slips import Slip, known

DRAWS = 4000
NEAR = 0.08  # four standard errors of a standard deviation from so many draws


_SLIPS: tuple[Slip, ...] = (
    (
        lambda x, w, B: 0.0,
        "Every batch came out the same.",
        "Make the generator once, before the loop, and draw anew in it.",
    ),
    (lambda x, w, B: x.var() / B, "That is the variance.", "Its root is the standard deviation."),
    (
        lambda x, w, B: x.std() * B**0.5,
        "A batch's gradient is the mean of its samples' gradients, not their sum.",
        "Divide by B.",
    ),
    (
        lambda x, w, B: x.std(),
        "That is the spread of single samples, whatever B is.",
        "Average over each batch first, then take the standard deviation of these means.",
    ),
    (
        lambda x, w, B: x.std() / B,
        "The noise falls with B, but not in proportion to it.",
        "Measure it: simulate `draws` batches.",
    ),
    (
        lambda x, w, B: x.std() * ((len(x) - B) / (len(x) - 1) / B) ** 0.5,
        "No sample came twice in a batch; here the draws are with replacement.",
        "Use rng.choice(x, B), whose default is with replacement.",
    ),
    (
        lambda x, w, B: x[:-1].std() / B**0.5,
        "The last sample is never drawn: rng.integers(0, n) goes up to n − 1 already.",
        "Use rng.integers(0, len(x), B), or rng.choice(x, B).",
    ),
    (
        lambda x, w, B: x[1:].std() / B**0.5,
        "The first sample is never drawn: Python counts from 0.",
        "Use rng.integers(0, len(x), B), or rng.choice(x, B).",
    ),
    (
        lambda x, w, B: (x.var() / B + (w - x.mean()) ** 2) ** 0.5,
        "That is the root mean square of the gradient; the noise is its scatter about its own mean.",
        "Use np.std, which takes the mean off.",
    ),
    (
        lambda x, w, B: x.std() / (B * DRAWS) ** 0.5,
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
def batch_noise(noise: Answer, seed: int = 0) -> str:
    """`noise(x, w, B, draws, seed)` returns the standard deviation of the gradients of `draws` mini-batches."""
    rng = np.random.default_rng(seed)
    x = np.append(rng.exponential(2.0, 10).round(2), 0.0)
    x[0], x[-1] = -6.0, 12.0  # each alone makes much of the scatter
    for w, B in ((-2.0, 4), (1.5, 9), (-2.0, 1), (0.5, int(rng.integers(5, 8)))):
        on = f"{len(x)} samples with standard deviation {x.std():.3g}, w = {w:g}, B = {B}, {DRAWS} draws"
        first, again, other = (
            float(numbers([noise(x, w, B, DRAWS, s)], 1, "a standard deviation", on)[0]) for s in (7, 7, 8)
        )
        if abs(first / (x.std() / B**0.5) - 1) > NEAR:
            nearest = min(_SLIPS, key=lambda slip: abs(first - slip[0](x, w, B)))
            raise Wrong("the noise", on=on, got=show(first), **known(first, [nearest], x, w, B, rtol=NEAR))
        if first == other:
            rule = "Two seeds gave the same number to the last digit: nothing was drawn with them."
            step = "Make rng = np.random.default_rng(seed), draw every batch with it, and measure."
            raise Wrong("the noise", on=on, got=f"{first:.12g} with seeds 7 and 8", rule=rule, next=step)
        if first != again:
            rule = "One seed must give one number, whenever it is asked."
            step = "Draw with rng = np.random.default_rng(seed), made inside your function, and with nothing else."
            raise Wrong(
                "the noise", on=on, got=f"{show(first)}, then {show(again)}, with one seed", rule=rule, next=step
            )
    return "The noise is σ/√B: four times the batch halves it, and costs four times as much."


@exercise(
    "A power of B is a straight line if both axes are logarithmic: ax.set(xscale=…, yscale=…).",
    "The reference starts at the first point and falls as 1/√B: noise[0] * np.sqrt(sizes[0] / sizes).",
    "Draw the measurements with markers and the reference dashed, give both a label, call ax.legend(), name the axes.",
)
def noise_picture(draw: Answer, ax: Any, seed: int = 0) -> str:
    """`draw(ax, sizes, noise)` draws the noise against the batch size, and the line that falls as 1/√B."""
    _look(draw, ax, np.array([1.0, 4, 16, 64]), np.array([3.1, 1.48, 0.77, 0.37]))
    rng = np.random.default_rng(seed)
    sizes = rng.integers(3, 6) * 3.0 ** np.arange(5)
    _look(draw, fresh(ax), sizes, (2.3 / np.sqrt(sizes) * rng.uniform(0.9, 1.1, 5)).round(3))
    return "Points, reference, scales and names are there. Whether it reads well, a person judges."


def _look(draw: Answer, ax: Any, sizes: np.ndarray, noise: np.ndarray) -> None:
    on = f"B = {show(sizes.tolist())}, noise = {show(noise.tolist())}"
    picture = Picture(draw, ax, sizes, noise, on=on)
    series = picture.series()
    curves = [curve.points for curve in series] + [np.asarray(c.get_offsets(), float) for c in ax.collections]
    drawn = f"{len(curves)} curve{'s' * (len(curves) != 1)}"
    if not any(_holds(curve, sizes, noise) for curve in curves):
        words = says("Each batch size has its measured noise as a point.", "Use ax.plot(sizes, noise, 'o').")
        if any(_holds(curve, sizes, noise**2) for curve in curves):
            words = says("Drawn is the variance; given and asked is the standard deviation.", "Do not square it.")
        elif any(_holds(curve, noise, sizes) for curve in curves):
            words = says("The axes are swapped: B runs to the right.", "Put sizes first.")
        raise Wrong("the picture", on=on, got=f"{drawn} without the measured points", **words)
    rule = "Only with both axes logarithmic does a power of B become a straight line."
    picture.scales("log", "log", rule, 'Use ax.set(xscale="log", yscale="log").')
    others = [curve for curve in series if not _holds(curve.points, sizes, noise)]
    lines = [curve for curve in others if _falls(curve.points, -0.5, sizes, noise)]
    if not lines:
        words = {"ask": "which line has half its height where B is four times as large, and where does it start?"}
        if any(_falls(curve.points, -1, sizes, noise) for curve in others):
            words = says("This reference falls as 1/B, too steeply.", "Take the root of sizes[0] / sizes.")
        elif any(_slope(curve.points) == -0.5 for curve in others):
            words = says(
                "The slope is right, but the line misses the first point.", "Begin at noise[0], where B = sizes[0]."
            )
        raise Wrong("the picture", on=on, got=f"{drawn} without the reference line", **words)
    line = lines[0]
    low, high = line.points[:, 0].min(), line.points[:, 0].max()
    if low > 1.01 * sizes[0] or high < 0.99 * sizes[-1]:
        rule = "The reference has to run along all batch sizes."
        got = f"from {show(low)} to {show(high)}"
        raise Wrong("the reference line", on=on, got=got, rule=rule, next="Draw it over sizes.")
    if line.dash[0] == "-":
        rule = "Measurement and reference must differ in more than colour."
        raise Wrong("the reference line", on=on, got="a solid line", rule=rule, next='Draw it dashed, with "--".')
    picture.shows(np.column_stack([sizes, noise]), "the picture")
    measured = next((curve for curve in series if _holds(curve.points, sizes, noise)), None)
    if measured is None:  # then it is a scatter
        measured = Curve(noise, ax.collections[0])
    entries = [
        ("the measurement", measured, word("measur", "simul", "noise", "data")),
        ("the reference", line, word("√", "sqrt", "theor", "refer", "expect", "fall")),
    ]
    picture.legend(entries, "which is measured and which is the reference")
    picture.axes(word("B", "batch", "size"), word("noise", "deviation", "std", "σ"), "Use ax.set: B, noise.")


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
