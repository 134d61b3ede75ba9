import numpy as np
import pytest

from coursepkg import plots
from coursepkg.plots.ellipses import Ellipses


def test_ellipses_are_level_lines_and_reach_as_far_as_they_say():
    _, ax = plots.figure()
    lines = Ellipses(ax, (1.0, 2.0))
    H = np.array([[2.0, 1.0], [1.0, 3.0]])
    lines.move(H)
    (patch,) = lines.artists
    mu = np.linalg.eigvalsh(H)[0]
    heights = np.einsum("ni,ij,nj->n", patch.get_path().vertices, H, patch.get_path().vertices) / 2
    for reach in (1.0, 2.0):
        assert (np.isclose(heights, mu * reach**2 / 2)).sum() >= 73
    assert np.linalg.norm(patch.get_path().vertices, axis=1).max() == pytest.approx(2.0, rel=1e-2)
    lines.move(np.eye(2))
    assert np.linalg.norm(patch.get_path().vertices, axis=1).max() == pytest.approx(2.0)
