"""The detector's explorable against the engine: the numbers on the page are the engine's."""

import numpy as np
import pytest
from matplotlib.colors import to_rgba

from coursepkg.engine.convolution import convolve
from coursepkg.engine.datasets import digit
from coursepkg.explorable.static import Writer
from coursepkg.plots.style import ORANGE
from coursepkg.scenes.convolution import KERNELS, slide_the_detector


@pytest.fixture(scope="module")
def writer():
    return Writer(slide_the_detector)


def look(writer, **state):
    """The scene at ``state``: the feature map as written, the windows' middles, the words."""
    says = writer.drawing.at(writer.scene.default | state).says
    image, *_, feature_map = (ax for ax in writer.drawing.fig.axes if ax.get_title(loc="left") in TITLES)
    cells = [text.get_text().replace("−", "-") for text in feature_map.texts]
    windows = [
        tuple(patch.get_center().round(9))
        for ax in (image, feature_map)
        for patch in ax.patches
        if patch.get_edgecolor() == ORANGE_RGBA and hasattr(patch, "get_xy")
    ]
    return cells, windows, says


TITLES = ("image x", "detector w", "feature map z")
ORANGE_RGBA = to_rgba(ORANGE)


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("k", [0, 1])
@pytest.mark.parametrize(("shift", "places"), [(-1, 35), (0, 18), (1, 7)])
def test_the_map_holds_the_engines_numbers_as_far_as_the_detector_has_come(writer, kernel, k, shift, places):
    cells, windows, says = look(writer, kernel=kernel, k=str(k), shift=shift, places=places)
    z = convolve(digit(k, shift), KERNELS[kernel], padding=1)
    assert [float(cell) for cell in cells[:places]] == z.ravel()[:places].tolist()
    assert set(cells[places:]) <= {""}
    row, column = divmod(places - 1, 5)
    assert windows == [(column + 0.5, row + 0.5)] * 2
    if places == 35:
        assert f"The largest number is {z.max():g}" in says
    else:
        assert says.endswith(f" = {z[row, column]:g}.".replace("-", "−"))


def test_the_map_moves_with_the_digit_and_the_largest_number_stays(writer):
    for k in "01":
        maps = {
            by: np.reshape([float(cell) for cell in look(writer, k=k, shift=by, places=35)[0]], (7, 5))
            for by in (-1, 0, 1)
        }
        assert (maps[1][:, 1:] == maps[0][:, :-1]).all()
        assert (maps[-1][:, :-1] == maps[0][:, 1:]).all()
        assert len({m.max() for m in maps.values()}) == 1


def test_the_words_name_the_place_of_the_largest_or_how_often_it_occurs(writer):
    assert "in row 4, column 3" in look(writer, k="0", kernel="gap", places=35)[2]
    says = look(writer, k="0", kernel="stroke", places=35)[2]
    z = convolve(digit(0), KERNELS["stroke"], padding=1)
    assert (z == z.max()).sum() == 2
    assert "found 2 times, in columns 2 and 4" in says
