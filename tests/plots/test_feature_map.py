"""A feature map writes what was visited, tints what is positive, and frames the largest."""

import numpy as np
from matplotlib.figure import Figure

from coursepkg.plots.feature_map import FeatureMap

VALUES = np.array([[1.0, -2.0, 0.0], [0.5, 1.0, 7.0]])


def cells(patch):
    """The cells (row, column) that a patch of squares covers."""
    corners = patch.get_path().vertices
    return {(int(y), int(x)) for x, y in corners} if len(corners) > 1 else set()


def test_it_shows_the_visited_cells_and_no_other():
    drawn = FeatureMap(Figure().add_subplot(), (2, 3), "z")
    drawn.move(VALUES, 5)
    assert [label.get_text() for label in drawn.numbers] == ["1", "−2", "0", "0.5", "1", ""]
    assert cells(drawn.tint) == {(0, 0), (1, 0), (1, 1)}
    assert cells(drawn.frames) == {(0, 0), (1, 1)}  # both that are largest
    drawn.move(VALUES, 6)
    assert cells(drawn.frames) == {(1, 2)}
    drawn.move(-VALUES, 1)
    assert cells(drawn.tint) == set()
    assert cells(drawn.frames) == {(0, 0)}
