"""Net landscape: the loss of a trained net around its parameters, as a surface that turns and as contour lines."""

from functools import lru_cache

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from ...explorable import Ask, Choice, Frame, Slider, explorable
from ...plots.key import key
from ...plots.region import regions
from ...plots.ridges import Ridges
from ...plots.shade import shade, tint
from ...plots.style import BLUE, FAINT, INK
from .nets import DEPTHS, DISC, TICKS, dents, heights, slice_of

LEVELS = (0.1, 0.3, 1, 2, 3, 4.5, 6)
#: The loss at the top of the picture: no slice is higher.
TOP = 10


def tall(loss: np.ndarray) -> np.ndarray:
    """Heights in the picture: the square root, so that the floor shows as well as the walls."""
    return np.sqrt(loss / TOP)


@lru_cache
def tints(kind: str, depth: int) -> np.ndarray:
    """The disc (101, 101, 4) filled by the loss, the deeper the lower, one step between any two LEVELS."""
    a, b = np.meshgrid(*[np.linspace(-1, 1, 101)] * 2)
    return tint(np.where(a * a + b * b <= 1, heights(slice_of(kind, depth).loss, a, b), np.inf), LEVELS)


@lru_cache
def level_lines(kind: str, depth: int) -> Path:
    """The contour lines of the loss at LEVELS, as one path; beyond the disc it closes anyhow."""
    loss = slice_of(kind, depth).loss
    return Path.make_compound_path(*regions(TICKS, loss, LEVELS))


@explorable(
    title="Net landscape",
    alt="Left: the training loss over a disc of parameters around a trained network, as ridge lines seen from the "
    "side. Right: the same loss as contour lines, deeper blue where it is lower, with a cross at the trained "
    "parameters and a pointer on the side "
    "from which the surface is seen.",
    ask=Ask(
        "Two nets of 16 hidden layers, trained on the same points: one plain, one with a shortcut around each layer. "
        "Which has the smoother landscape?",
        ("The plain one: it is simpler", "The residual one", "They look alike"),
        answer=1,
        because="On this disc a dozen or so grid points of the plain net are lower than all around, but only a few "
        "of the residual one. With shortcuts a layer begins as a small change of what comes in, and small changes add "
        "up more smoothly.",
        wrong=(
            "It has fewer connections, but each of its layers reshapes all that the layer before has made, sixteen "
            "times over.",
            "They have the same width and depth, and reach the same loss. Turn to the deep presets to compare the "
            "ground around.",
        ),
    ),
    presets={
        "plain, shallow": dict(kind="plain", depth=2),
        "plain, deep": dict(kind="plain", depth=16),
        "residual, deep": dict(kind="residual", depth=16),
    },
    size=(5.0, 3.3),
    kind=Choice("plain", "residual", label="network"),
    depth=Choice(*DEPTHS, label="hidden layers", value=8),
    turn=Slider(0, 340, 20, label="seen from", unit="°", value=40),
)
def net_landscape(fig):
    grid = fig.add_gridspec(1, 2, width_ratios=(1.25, 1))
    seen = fig.add_subplot(grid[0])
    ridges = Ridges(seen)
    plane = fig.add_subplot(grid[1], aspect="equal", xlim=(-1.05, 1.05), ylim=(-1.05, 1.05))
    plane.set(xlabel="along d₁", ylabel="along d₂", xticks=[-1, 0, 1], yticks=[-1, 0, 1])
    ground = shade(plane, np.ones((2, 2)), LEVELS, (-1, 1, -1, 1))
    plane.set(aspect="equal", xlim=(-1.05, 1.05), ylim=(-1.05, 1.05))
    rim = plane.add_patch(PathPatch(Path.unit_circle(), facecolor="none", edgecolor=FAINT, linewidth=1.2))
    lines = plane.add_patch(PathPatch(level_lines("plain", DEPTHS[0]), facecolor="none", edgecolor=INK, linewidth=0.8))
    lines.set_clip_path(rim)
    (cross,) = plane.plot([0], [0], "x", color=BLUE, mew=2)
    (arrow,) = plane.plot([], [], color=BLUE, marker="o", markevery=[0], markersize=6)
    seen.set_title("height: √loss")
    key(fig, {"where training ended": cross, "where you stand": arrow})
    (pin,) = seen.plot([], [], "x-", color=BLUE, mew=2, linewidth=1.4, markevery=[0], zorder=9)

    def update(kind, depth, turn):
        found = slice_of(kind, depth)
        angle = np.deg2rad(turn)
        ridges.move(lambda u, v: tall(heights(found.loss, u, v)), angle)
        foot = tall(found.loss[len(TICKS) // 2, len(TICKS) // 2])
        pin.set_data(*ridges.place(np.zeros(2), np.zeros(2), np.array([foot, 0.95])))
        lines.set_path(level_lines(kind, depth))
        ground.set_data(tints(kind, depth))
        # The eye is at the front, where depth is −1: turned by the angle, that is (sin, −cos).
        arrow.set_data([1.0 * np.sin(angle), 0.6 * np.sin(angle)], [-1.0 * np.cos(angle), -0.6 * np.cos(angle)])
        return Frame([ground, *ridges.artists, pin, lines, arrow], says=net_says(kind, depth, found.loss))

    return update


def net_says(kind: str, depth: int, loss: np.ndarray) -> str:
    """The slice in numbers."""
    middle, found = loss[len(TICKS) // 2, len(TICKS) // 2], dents(loss)
    at_the_cross = f"{middle:.1g}" if middle >= 0.001 else "below 0.001"
    return (
        f"The {kind} net of {depth} hidden layers: loss {at_the_cross} where it was trained, and up to "
        f"{loss[DISC].max():.1f} on this disc. On the grid there {'is 1 dip' if found == 1 else f'are {found} dips'}."
    )
