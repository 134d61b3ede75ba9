import numpy as np

from coursepkg import plots
from coursepkg.plots.shade import shade, tint


def test_lower_ground_is_deeper_and_a_step_ends_at_a_level():
    heights = np.array([[0.0, 0.9, 1.1], [2.5, 3.5, np.inf]])
    opacity = tint(heights, (1, 2, 3))[..., 3]
    assert opacity[0, 0] == opacity[0, 1] > opacity[0, 2] > opacity[1, 0] > opacity[1, 1] == 0
    assert opacity[1, 2] == 0


def test_the_shade_lies_beneath_and_leaves_the_limits():
    _, ax = plots.figure()
    ax.set(xlim=(-1, 1), ylim=(-1, 1), aspect="equal")
    image = shade(ax, np.zeros((3, 3)), (1,), (-2, 2, -2, 2))
    ax.set(xlim=(-1, 1), ylim=(-1, 1), aspect="equal")
    assert image.get_zorder() == 0
    assert image.get_extent() == [-2, 2, -2, 2]
