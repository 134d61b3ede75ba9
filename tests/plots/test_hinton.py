import numpy as np
import pytest
from matplotlib.path import Path

from coursepkg import plots
from coursepkg.plots.confusion import draw_confusion
from coursepkg.plots.hinton import HintonDiagram


def boxes(patch):
    """(row, column, area) of each square of a patch."""
    path = patch.get_path()
    corners = path.vertices.reshape(-1, 5, 2) if len(path.vertices) > 1 else np.empty((0, 5, 2))
    size = np.ptp(corners, axis=1)
    middle = corners[:, :4].mean(axis=1)
    return [(int(y), int(x), w * h) for (x, y), (w, h) in zip(middle, size, strict=True)]


def test_areas_are_sizes_and_signs_are_told_apart():
    diagram = HintonDiagram(plots.figure()[1], (2, 3))
    diagram.move([[4, 0, -1], [0, 2, 0]])
    assert boxes(diagram.positive) == [(0, 0, pytest.approx(1)), (1, 1, pytest.approx(0.5))]
    assert boxes(diagram.negative) == [(0, 2, pytest.approx(0.25))]
    assert diagram.positive.get_facecolor()[3] == 1
    assert diagram.negative.get_facecolor()[3] == 0  # hollow: the sign is seen without colours


def test_a_picture_has_a_scale_of_its_own_and_no_negative_ink():
    diagram = HintonDiagram(plots.figure()[1], (1, 3), signs=False)
    diagram.move([[8, -8, 32]], top=16)
    assert boxes(diagram.positive) == [(0, 0, pytest.approx(0.5)), (0, 2, pytest.approx(1))]
    assert boxes(diagram.negative) == []
    diagram.move(np.zeros((1, 3)))
    assert boxes(diagram.positive) == []
    assert diagram.positive.get_path().codes.tolist() == [Path.MOVETO]


def test_a_confusion_matrix_marks_its_mistakes():
    _, ax = plots.figure()
    draw_confusion(ax, np.array([[5, 0, 2], [0, 7, 0], [0, 1, 0]]))
    cells = {(text.get_position()[::-1]): (text.get_text(), text.get_weight()) for text in ax.texts}
    assert cells == {(0, 0): ("5", "normal"), (0, 2): ("2", "bold"), (1, 1): ("7", "normal"), (2, 1): ("1", "bold")}
    assert sorted((round(r.get_y() + 0.42), round(r.get_x() + 0.42)) for r in ax.patches) == [(0, 2), (2, 1)]
