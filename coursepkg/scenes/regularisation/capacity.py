"""Degree × λ: two ways to give a model room, one in steps and one that is continuous."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch

from ...explorable import Ask, Choice, Frame, Points, Slider, explorable
from ...plots import BLUE, FAINT, GREEN, INK, VERMILLION
from ...plots.key import key
from ...plots.numbers import number
from ...plots.powers import bars, power_axis
from .points import DEGREES, LAMBDAS, Fit
from .problems import NAMES, SETS, TRAINING, TRUTHS, VALIDATION, problem

X_AXIS = np.linspace(-1, 1, 81)
LOW, HIGH = -3.3, 0.5  # powers of ten on the axis of errors


@explorable(
    title="Degree × λ",
    alt="Above left: training points as filled circles and validation points as hollow squares, at first fifteen of "
    "each, the true curve in grey where there is one, and the fitted curve. Above right: a bar for each direction of "
    "the weights, as high as the share that the penalty leaves of it. Below: the training error as a solid and the "
    "validation error as a dashed line, left over the degree, right over the penalty.",
    ask=Ask(
        "Degree 12 without a penalty has 13 coefficients for 15 points. You keep all 13 and raise λ. What happens to "
        "the validation error?",
        ("Nothing, as long as there are 13 coefficients", "It falls, then rises", "It only rises"),
        answer=1,
        because="What counts is not how many coefficients there are but how freely they move. λ takes that freedom "
        "away little by little: first the wild part, then the useful one.",
        wrong=(
            "That counts the coefficients. With a penalty they can no longer take just any values, and so the fit "
            "becomes calmer.",
            "A little λ stops first what is wild and wrong: the huge weights that cancel. Only a large one stops "
            "what is useful.",
        ),
    ),
    presets={
        "too stiff": dict(degree=1, lam=0),
        "about right": dict(degree=3, lam=0),
        "too free": dict(degree=12, lam=0),
        "degree 12, held back": dict(degree=12, lam=0.1),
        "degree 12, strangled": dict(degree=12, lam=30),
    },
    size=(5.0, 4.6),
    degree=Slider(1, 12, 1, label="degree", value=2, whole=True),
    lam=Choice(*LAMBDAS, label="penalty λ", between=True),
    data=Points(SETS, x=(-1, 1), y=(-1.5, 1.8), labels=(TRAINING, VALIDATION), most=60, label="points"),
)
def degree_and_penalty(fig):
    grid = fig.add_gridspec(2, 1, height_ratios=(1.25, 1))
    above = grid[0].subgridspec(1, 2, width_ratios=(1.5, 1))
    below = grid[1].subgridspec(1, 2)
    ax = fig.add_subplot(above[0], xlim=(-1.05, 1.05), ylim=(-1.6, 1.9), xlabel="x", ylabel="y")
    ax.set(xticks=[-1, 0, 1], yticks=[-1, 0, 1])
    (truth,) = ax.plot([], [], color=FAINT, linewidth=3, alpha=0.5)
    (own,) = ax.plot([], [], "o", color=BLUE, markersize=5.5, zorder=3)
    (others,) = ax.plot([], [], "s", color=VERMILLION, fillstyle="none", mew=1.3, markersize=5, zorder=3)
    (curve,) = ax.plot([], [], color=INK)
    kept = fig.add_subplot(above[1], xlim=(-0.6, 11.6), ylim=(0, 1.02), xlabel="direction", title="what λ leaves")
    kept.set(xticks=[0, 5, 11], xticklabels=[1, 6, 12], yticks=[0, 1])
    shares = kept.add_patch(PathPatch(bars([], []), facecolor=GREEN, edgecolor="none"))
    sides = [Errors(fig.add_subplot(below[0], xlabel="degree", ylabel="mean squared error"), range(12))]
    sides[0].ax.set(xticks=[0, 2, 5, 8, 11], xticklabels=[1, 3, 6, 9, 12])
    sides.append(Errors(fig.add_subplot(below[1], xlabel="penalty λ"), range(13)))
    sides[1].ax.set(xticks=[0, 3, 7, 11], xticklabels=["0", "0.001", "0.1", "10"])
    entries = {"training": own, "validation": others, "truth": truth, "fit": curve, "here": sides[0].rings}
    key(fig, entries)

    artists = [truth, own, others, curve, shares, *sides[0].artists, *sides[1].artists]

    def update(degree, lam, data):
        known = TRUTHS.get(NAMES.get(data))
        truth.set_data(*((X_AXIS, known(X_AXIS)) if known else ([], [])))
        for line, label in ((own, 0), (others, 1)):
            line.set_data([p.x for p in data if p.label == label], [p.y for p in data if p.label == label])
        posed = problem(data)
        if posed is None:
            curve.set_data([], [])
            shares.set_path(bars([], []))
            for side in sides:
                side.clear()
            return Frame(artists, says="There is no training point yet, so there is nothing to fit a curve to.")
        found = posed.fit(degree, lam)
        # Beyond the frame the curve's height does not matter, and it would not fit the page's numbers.
        curve.set_data(X_AXIS, np.clip(posed.curve(degree, found.w, X_AXIS), -4, 4))
        shares.set_path(bars(np.arange(degree), found.kept))
        # Between two of the axis's penalties λ stands where the slider does.
        i, j = DEGREES.index(degree), float(np.interp(lam, LAMBDAS, range(len(LAMBDAS))))
        sides[0].move(posed.column(lam), i, found)
        sides[1].move(posed.row(degree), j, found)
        return Frame(artists, says=capacity_says(degree, lam, found))

    return update


class Errors:
    """Training and validation error over one control, a ring on both where the control stands."""

    def __init__(self, ax: Axes, places: range) -> None:
        self.ax, self.places = ax, np.array(places)
        ax.set_xlim(-0.5, len(places) - 0.5)
        power_axis(ax, -3, 0, 1)
        ax.set_ylim(LOW, HIGH)
        (self.train,) = ax.plot([], [], "o-", color=BLUE, markersize=3.5, linewidth=1.5, label="training")
        dashes = {"linestyle": (0, (4, 1.5)), "marker": "s", "fillstyle": "none", "markersize": 4}
        (self.validation,) = ax.plot([], [], color=VERMILLION, linewidth=1.5, label="validation", **dashes)
        (self.rings,) = ax.plot(
            [], [], "o", color=INK, fillstyle="none", markersize=10, mew=1.4, zorder=4, clip_on=False
        )

    @property
    def artists(self) -> list:
        """What :meth:`move` changes."""
        return [self.train, self.validation, self.rings]

    def move(self, table: np.ndarray, here: float, found: Fit) -> None:
        """Show errors (k, 3), of which training and validation are drawn, and mark ``found`` at the place ``here``."""
        shown, rings = within(table), within(np.array(found.errors))
        self.clear()
        self.train.set_data(self.places, shown[:, 0])
        self.rings.set_data([here], rings[:1])
        if np.isfinite(rings[1]):
            self.validation.set_data(self.places, shown[:, 1])
            self.rings.set_data([here, here], rings)

    def clear(self) -> None:
        """Show nothing."""
        for line in self.artists:
            line.set_data([], [])


def within(errors: np.ndarray) -> np.ndarray:
    """Errors (…, 3) on training and validation points as powers of ten (…, 2), none beyond the axis."""
    return np.clip(np.log10(np.maximum(errors[..., :2], 1e-99)), LOW, HIGH)


def capacity_says(degree: int, lam: float, found: Fit) -> str:
    """The fit in words."""
    training, validation, _ = found.errors
    free = number(round(found.dof, 1))
    said = f"Degree {degree}, λ = {decimal(lam)}: {degree + 1} coefficients with {free} degree{'s' * (free != '1')} of "
    said += f"freedom. Mean squared error {short(training)} on the training points"
    if np.isfinite(validation):
        said += f", {short(validation)} on the validation points."
    else:
        said += "; there is no validation point."
    if not lam and found.kept.sum() < degree:
        said += " Many curves fit these points as well: the one with the smallest weights is drawn."
    return said


def short(error: float) -> str:
    """A mean squared error to two digits, and what is only rounding as 0.

    >>> short(0.0423), short(123.4), short(2e-17), short(3e7)
    ('0.042', '123', '0', 'more than a million')
    """
    if error > 1e6:
        return "more than a million"
    if error >= 100:
        return f"{error:.0f}"
    return "0" if error < 1e-9 else decimal(float(f"{error:.2g}"))


def decimal(value: float) -> str:
    """A number in six digits at most, and never with an exponent."""
    return np.format_float_positional(float(f"{value:g}"), trim="-")
