import numpy as np
import pytest

from coursepkg import plots
from coursepkg.plots.network import column

LAYERS = [(np.array([[2.0, -1.0, 0.0], [0.5, 0.0, 1.0]]), np.zeros(2)), (np.array([[-2.0, 1.0]]), np.zeros(1))]


def diagram():
    _, ax = plots.figure()
    return plots.NetworkDiagram(ax, columns=4, rows=3, size=10, widest=3)


def test_edges_are_the_weights_by_width_and_sign():
    drawn = diagram()
    drawn.move(LAYERS)
    ends = {tuple(map(tuple, np.round(segment, 6))) for segment in drawn.positive.get_segments()}
    first, hidden, last = column(0, 3), column(1, 2), column(2, 1)
    positive = [(first[0], hidden[0]), (first[0], hidden[1]), (first[2], hidden[1]), (hidden[1], last[0])]
    assert ends == {(tuple(a), tuple(b)) for a, b in positive}
    assert len(drawn.negative.get_segments()) == 2
    assert drawn.positive.get_linewidths() == pytest.approx([3.3, 1.05, 1.8, 1.8])  # 0.3 + 3 |w| / 2
    assert drawn.negative.get_linewidths() == pytest.approx([1.8, 3.3])
    assert drawn.positive.get_linestyle() != drawn.negative.get_linestyle()


def test_neurons_fill_with_their_activations():
    drawn = diagram()
    drawn.move(LAYERS, [[1.0, 0.0, -0.5], [0.25, 3.0], [-1.0]])
    assert len(drawn.neurons.get_xdata()) == 6
    assert drawn.discs.get_offsets().tolist() == [[0, 1], [1, 0.5], [1, -0.5]]
    assert drawn.rings.get_offsets().tolist() == [[0, -1], [2, 0]]
    assert drawn.discs.get_sizes() == pytest.approx(8.2**2 * np.array([1, 0.25, 1]))  # |a| above 1 fills no further


def test_a_diagram_forgets_the_network_before():
    drawn = diagram()
    drawn.move(LAYERS, [[1, 1, 1], [1, 1], [1]])
    drawn.move([(np.zeros((1, 2)), np.zeros(1))])
    assert len(drawn.neurons.get_xdata()) == 3
    assert not len(drawn.positive.get_segments()) + len(drawn.negative.get_segments())
    assert not len(drawn.discs.get_offsets())


def test_regions_enclose_where_the_height_reaches_the_level():
    ticks = np.linspace(-2, 2, 41)
    heights = -np.hypot(*np.meshgrid(ticks, ticks))
    far, near = plots.regions(ticks, heights, (-1.5, -0.5))
    for path, radius in ((far, 1.5), (near, 0.5)):
        corners = path.vertices[path.codes == path.LINETO]
        assert np.hypot(*corners.T) == pytest.approx(radius, abs=0.02)
        assert path.contains_point((0, 0))


def test_a_region_without_edges_is_the_square_or_nothing():
    ticks = np.linspace(-1, 1, 5)
    (everything,) = plots.regions(ticks, np.ones((5, 5)), (0.5,))
    assert all(everything.contains_point(p) for p in ((-0.99, -0.99), (0.99, 0.99), (0, 0)))
    (nothing,) = plots.regions(ticks, np.zeros((5, 5)), (0.5,))
    assert len(nothing.vertices) == 1


def test_an_outline_goes_around_each_polygon():
    square = np.array([(0, 0), (1, 0), (1, 1), (0, 1)])
    both = plots.outline([square, square[:2], square + 3])
    assert both.contains_point((0.5, 0.5))
    assert both.contains_point((3.5, 3.5))
    assert not both.contains_point((2, 2))
