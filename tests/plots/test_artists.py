import numpy as np
import pytest

from coursepkg import plots
from coursepkg.explorable import ink
from coursepkg.explorable.drawing import Drawing
from coursepkg.plots.diagram import edge_look
from coursepkg.plots.numbers import number
from coursepkg.scenes.perceptron import neuron


def test_an_edge_shows_size_by_width_and_sign_by_more_than_colour():
    strong, weak, negative = edge_look(2), edge_look(0.5), edge_look(-2)
    assert strong["linewidth"] == negative["linewidth"] > weak["linewidth"]
    assert strong["linestyle"] != negative["linestyle"]
    assert strong["color"] != negative["color"]


@pytest.mark.parametrize(("value", "written"), [(1.0, "1"), (-0.5, "−0.5"), (0.777, "0.78"), (-0.001, "0")])
def test_numbers_on_figures_are_short_with_a_true_minus(value, written):
    assert number(value) == written


def test_a_diagram_shows_weights_sum_and_output():
    _, ax = plots.figure()
    diagram = plots.NeuronDiagram(ax, ("x₁", "x₂", "bias"), ("w₁", "w₂", "b"))
    diagram.move((1, 2, 1), (1, -0.5, 0.25), z=0.25, a=0.56, fill=0.56)
    assert [text.get_text() for text in diagram.weights] == ["w₁ = 1", "−0.5", "b = 0.25"]
    assert "w₂" in [text.get_text() for text in ax.texts]
    assert [text.get_text() for text in diagram.inputs] == ["1", "2", "1"]
    assert diagram.sum.get_text() == "z = 0.25"
    assert diagram.value.get_text() == "a = 0.56"
    assert diagram.output.get_alpha() == pytest.approx(0.42)


def test_no_label_of_a_diagram_lies_on_an_edge():
    """Through the scene itself, for its room is the scene's."""
    drawing = Drawing(neuron, dpi=72)
    ax = drawing.fig.axes[1]
    for w1, w2, b in ((1, -0.5, 0.5), (-1, -1, -1.5), (1, -1, 1.5)):
        drawing.at(neuron.default | {"x2": 0.5, "w1": w1, "w2": w2, "b": b})
        boxes = {text.get_text(): text.get_window_extent() for text in ax.texts if text.get_text()}
        edges = [line for line in ax.lines if len(line.get_xdata()) == 2]
        assert {"w₂", "bias", "Σ"} <= set(boxes)
        assert len(edges) == 4
        for line in edges:
            path = line.get_transform().transform_path(line.get_path())
            for text, box in boxes.items():
                assert not path.intersects_bbox(box.padded(line.get_linewidth() / 2), filled=False), text


def test_pixels_carry_signs_as_well_as_colours():
    _, ax = plots.figure()
    pixels = plots.Pixels(ax, (2, 3), "weights")
    values = np.array([[1, 0, -1], [0, 0, 1]])
    pixels.move(values)
    assert np.transpose(pixels.plus.get_data()).tolist() == [[0.5, 0.5], [2.5, 1.5]]
    assert np.transpose(pixels.minus.get_data()).tolist() == [[2.5, 0.5]]
    assert len(pixels.positive.get_path().vertices) == 10
    pixels.move(np.zeros((2, 3)))
    assert len(pixels.plus.get_xdata()) == 0


def test_the_house_style_is_in_the_inks_of_the_page():
    fig, ax = plots.figure(4, 2)
    (line,) = ax.plot([0, 1], [0, 1])
    assert fig.get_size_inches().tolist() == [4, 2]
    assert line.get_color() == plots.BLUE == ink.BLUE.light
    assert ax.xaxis.label.get_color() == ink.INK.light
