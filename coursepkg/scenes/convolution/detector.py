"""A detector of three by three weights slides over a digit and writes down what it finds at each place."""

import numpy as np
from matplotlib.patches import Rectangle

from ...engine.convolution import convolve, max_pool
from ...engine.datasets import digit
from ...explorable import Ask, Choice, Frame, Slider, explorable
from ...plots import INK, ORANGE, Pixels
from ...plots.feature_map import FeatureMap
from ...plots.key import key
from ...plots.numbers import number

ROWS, COLUMNS = 7, 5

#: What each kernel looks for: ink where its weight is +1, none where it is −1.
KERNELS = {
    "gap": np.array([[1, -1, 1]] * 3),
    "stroke": np.array([[-1, 1, -1]] * 3),
    "lower edge": np.array([[0, 0, 0], [1, 1, 1], [-1, -1, -1]]),
}


@explorable(
    title="Slide the detector",
    alt="Left: a digit on a grid of 7 by 5 pixels, with a frame around the three by three pixels that the detector "
    "looks at. Middle: the detector's weights, plus and minus, and the sum it finds. Right: the feature map, a "
    "number for each place visited so far, positive ones on a tint, the largest framed.",
    ask=Ask(
        "The detector has visited all 35 places. Now the digit moves one column to the right. What does the detector "
        "report?",
        (
            "The same numbers at the same places",
            "The same numbers, one column to the right, and the same largest one",
            "Other numbers, and a smaller largest one",
        ),
        answer=1,
        because="At each place the detector asks the same question, so its answers move with the digit. Where they "
        "stand changes; the numbers, and so the largest, do not. (A column pushed over the rim is lost.)",
        wrong=(
            "A detector that gave the same answers at the same places would not notice that the digit has moved.",
            "The sums are made of the same products, only elsewhere; nothing in them has become smaller.",
        ),
    ),
    presets={
        "the 0 moved": dict(k="0", kernel="gap", shift=1, places=35),
        "no hole in the 1": dict(k="1", kernel="gap", shift=0, places=35),
        "the stroke of the 1": dict(k="1", kernel="stroke", shift=0, places=23),
    },
    size=(5.0, 3.1),
    places=Slider(1, ROWS * COLUMNS, 1, label="places visited", value=18, whole=True),
    shift=Slider(-1, 1, 1, label="shift", unit="px", value=0, whole=True),
    k=Choice("0", "1", label="digit"),
    kernel=Choice(*KERNELS, label="detector"),
)
def slide_the_detector(fig):
    # The detector hangs over the rim by one pixel, so the image has a margin. A pixel has one size in all three.
    left, middle, right = fig.subplots(1, 3, width_ratios=(COLUMNS + 2.2, 3.2, COLUMNS + 0.2))
    image = Pixels(left, (ROWS, COLUMNS), "image x", signs=False)
    weights = Pixels(middle, (3, 3), "detector w")
    found = FeatureMap(right, (ROWS, COLUMNS), "feature map z")
    for ax, margin, columns in ((left, 1.1, COLUMNS), (middle, 0.1, 3), (right, 0.1, COLUMNS)):
        ax.set(xlim=(-margin, columns + margin), ylim=(ROWS + 1.1, -1.1))
    look = {"facecolor": "none", "edgecolor": ORANGE, "linewidth": 2.2, "zorder": 5}
    window = left.add_patch(Rectangle((0, 0), 3, 3, **look))
    # Within its place: a ring on the lines would touch the number beside it.
    here = right.add_patch(Rectangle((0, 0), 0.9, 0.9, linestyle=(0, (2, 1)), **look | {"linewidth": 1.6}))
    key(fig, {"where the detector lies": window, "where its sum is written": here})
    total = middle.text(1.5, 3.5, "", ha="center", va="top")
    most = middle.text(1.5, 5, "", ha="center", va="top", color=INK)

    def update(places, shift, k, kernel):
        x, w = digit(int(k), shift), KERNELS[kernel]
        z = convolve(x, w, padding=1)
        row, column = divmod(places - 1, COLUMNS)
        best = z.ravel()[:places].max()
        image.move(x)
        weights.move(w)
        found.move(z, places)
        window.set_xy((column - 1, row - 1))
        here.set_xy((column + 0.05, row + 0.05))
        total.set_text(f"sum {number(z[row, column])}")
        most.set_text(f"largest\n{'so far ' if places < z.size else ''}{number(best)}")
        artists = [*image.artists, *weights.artists, *found.artists, window, here, total, most]
        return Frame(artists, says=says(x, w, z, places))

    return update


def says(x: np.ndarray, w: np.ndarray, z: np.ndarray, places: int) -> str:
    """What the detector finds at its place, or, once it has been everywhere, in all."""
    row, column = divmod(places - 1, COLUMNS)
    if places == z.size:
        top = max_pool(z)
        where = np.argwhere(z == top.value)
        said = f"All 35 places visited. The largest number is {number(float(top.value))}"
        if len(where) == 1:
            return said + f", in row {where[0][0] + 1}, column {where[0][1] + 1}."
        columns = sorted({int(j) + 1 for _, j in where})
        named = "column " + str(columns[0]) if len(columns) == 1 else "columns " + " and ".join(map(str, columns))
        return said + f", found {len(where)} times, in {named}."
    patch = np.pad(x, 1)[row : row + 3, column : column + 3]
    plus, minus = int(patch[w > 0].sum()), int(patch[w < 0].sum())
    return (
        f"Row {row + 1}, column {column + 1}: ink on {plus} of the detector's plus pixels and on {minus} of its minus "
        f"pixels gives {plus} − {minus} = {number(float(z[row, column]))}."
    )
