"""Digit template: a neuron whose weights are the difference of two pictures."""

import numpy as np

from ...engine.datasets import DIGITS_7X5, digit
from ...explorable import Ask, Choice, Frame, Slider, explorable
from ...plots import BLUE, INK, VERMILLION, Pixels
from ...plots.key import key
from ...plots.numbers import number

TEMPLATE = (DIGITS_7X5[1] - DIGITS_7X5[0]).astype(float)
TEMPLATE_BIAS = 3.0


def smudged(k: int, shift: int, flips: int) -> np.ndarray:
    """Digit ``k`` shifted by ``shift`` columns, ``flips`` of its 35 pixels turned over in a fixed random order."""
    image = digit(k, shift).astype(float)
    places = np.random.default_rng(35).permutation(35)[:flips]
    image.flat[places] = 1 - image.flat[places]
    return image


@explorable(
    title="Digit template",
    alt="Three grids of 7 by 5 pixels: the image, the weights with plus where a one is expected and minus where a "
    "zero is, and their product. Below, a bar shows the score z against the threshold 0.",
    ask=Ask(
        "The neuron reads both digits correctly. You shift the picture by one column. Will it still?",
        ("Yes, the shape is the same", "It errs on one of the two", "It errs on both"),
        answer=2,
        because="The weights name places, not shapes. Shifted by one column, the 1 scores −1 and the 0 scores +4: "
        "both fall on the wrong side of 0.",
        wrong=(
            "To you the shape is the same. The neuron has no shapes: it has a weight for each place, and all the ink "
            "now lies on other places.",
            "Neither survives. The 1 leaves its own column, and the 0's left side moves off the places that spoke "
            "for a 0.",
        ),
    ),
    presets={
        "a shifted 1": dict(k="1", shift=1, flips=0),
        "a shifted 0": dict(k="0", shift=1, flips=0),
        "a smudged 1": dict(k="1", shift=0, flips=5),
    },
    size=(5.0, 3.5),
    shift=Slider(-1, 1, 1, label="shift", unit="px", value=0, whole=True),
    flips=Slider(0, 8, 1, label="pixels flipped", value=0, whole=True),
    k=Choice("0", "1", label="digit", value="1"),
)
def template(fig):
    grid = fig.add_gridspec(2, 3, height_ratios=(4, 1))
    image = Pixels(fig.add_subplot(grid[0, 0]), (7, 5), "image x", signs=False)
    weights = Pixels(fig.add_subplot(grid[0, 1]), (7, 5), "weights w")
    weights.move(TEMPLATE)
    product = Pixels(fig.add_subplot(grid[0, 2]), (7, 5), "product w·x")
    product.move(-TEMPLATE)  # so that the key shows both looks
    key(fig, {"speaks for a 1": product.positive, "speaks for a 0": product.negative})
    score = fig.add_subplot(grid[1, :], xlim=(-9, 9), ylim=(-0.6, 0.6), yticks=[], xlabel="score z = wᵀx + 3")
    score.spines["left"].set_visible(False)
    score.axvline(0, color=INK, linewidth=1)
    score.text(-8.8, 0.6, "reads 0", va="top")
    score.text(8.8, 0.6, "reads 1", va="top", ha="right")
    (bar,) = score.plot([], [], color=BLUE, linewidth=9, solid_capstyle="butt")

    def update(shift, flips, k):
        x = smudged(int(k), shift, flips)
        z = float((TEMPLATE * x).sum() + TEMPLATE_BIAS)
        image.move(x)
        product.move(TEMPLATE * x)
        bar.set_data([0, z], [-0.2, -0.2])
        bar.set_color(BLUE if z >= 0 else VERMILLION)
        read = int(z >= 0)
        ones, zeros = int((TEMPLATE * x > 0).sum()), int((TEMPLATE * x < 0).sum())
        said = (
            f"{ones} pixel{' speaks' if ones == 1 else 's speak'} for a 1, {zeros} for a 0, and the bias adds 3: "
            f"z = {number(z)}, so the neuron reads {read}. It is a {k}: "
        )
        said += "right." if read == int(k) else "wrong."
        return Frame([*image.artists, *product.artists, bar], says=said)

    return update
