"""Chapter 1's explorables against the engine: what the page shows is what the engine computed."""

import re

import numpy as np
import pytest

from coursepkg.engine.activations import relu, sigmoid, step
from coursepkg.engine.datasets import gate, iris
from coursepkg.engine.perceptron import Perceptron, novikoff, predict
from coursepkg.scenes import perceptron as scenes
from tests.scenes.looking import look

FUNCTIONS = {"step": step, "sigmoid": sigmoid, "ReLU": relu}


@pytest.mark.parametrize("g", FUNCTIONS)
@pytest.mark.parametrize(("w1", "w2", "b"), [(1, -0.5, 0.5), (-1, 1, -1.5), (0, 0.5, 0), (0, 0, -1)])
@pytest.mark.parametrize(("x1", "x2"), [(1, 0.5), (0, 1)])
def test_neuron_shows_its_arithmetic_and_its_boundary(writers, g, w1, w2, b, x1, x2):
    fig, says = look(writers["neuron"], x1=x1, x2=x2, w1=w1, w2=w2, b=b, g=g)
    z = w1 * x1 + w2 * x2 + b
    a = float(FUNCTIONS[g](np.array(float(z))))
    assert f"= {z:g}, and".replace("-", "−") in says
    assert float(re.search(r"gives a = (\S+?)\. ", says)[1].replace("−", "-")) == pytest.approx(a, abs=0.005)
    plane, diagram, _ = fig.axes
    assert [line.get_xydata().tolist() for line in plane.lines if line.get_marker() == "x"] == [[[x1, x2]]]
    shown = {text.get_text().replace("−", "-") for text in diagram.texts}
    assert {f"w₁ = {w1:g}", "w₂", f"{w2:g}", f"b = {b:g}", "bias", f"z = {z:g}"} <= shown
    line = next(l for l in plane.lines if l.get_zorder() == 2 and l.get_linestyle() == "-" and l.get_marker() == "None")
    ends = line.get_xydata()
    if w1 or w2:
        assert ends @ (w1, w2) + b == pytest.approx([0] * len(ends), abs=1e-9)
    else:
        assert len(ends) == 0
        assert "same output everywhere" in says


def test_a_shade_begins_where_the_output_reaches_its_level():
    for level, a in zip(scenes.bands("sigmoid"), (0.2, 0.4, 0.6, 0.8), strict=True):
        assert sigmoid(np.array(level)) == pytest.approx(a)
    assert [float(relu(np.array(z))) for z in scenes.bands("ReLU")] == [0, 1, 2, 3]


@pytest.mark.parametrize("eta", [0.25, 1, 4])
@pytest.mark.parametrize(("data", "updates"), [("AND", 11), ("OR", 5), ("NAND", 10)])
def test_nudge_comes_to_rest_after_the_engines_updates(writers, data, updates, eta):
    rows = gate(data)
    run = Perceptron(eta=eta).fit(rows.X, rows.y)
    assert len(run.updates) == updates
    _, says = look(writers["nudge"], data=data, k=updates, eta=eta)
    now = f"w = ({run.w[0]:g}, {run.w[1]:g}), b = {run.b:g}".replace("-", "−")
    assert says.startswith(f"Update {updates}: ")
    assert f"Now {now}. Every point is right." in says
    _, says = look(writers["nudge"], data=data, k=updates + 1, eta=eta)
    assert says.startswith(f"No further update comes. After {updates} updates")


def test_nudge_draws_the_bound_and_the_climb(writers):
    fig, _ = look(writers["nudge"], data="AND", k=11)
    climb, bound = fig.axes[2].lines
    rows = gate("AND")
    assert max(climb.get_ydata()) == 11
    assert bound.get_ydata() == pytest.approx([novikoff(rows.X, rows.y).bound] * 2)
    fig, says = look(writers["nudge"], data="XOR", k=40)
    assert max(fig.axes[2].lines[0].get_ydata()) == 40
    assert len(fig.axes[2].lines[1].get_ydata()) == 0
    assert "no bound: not separable" in [text.get_text() for text in fig.axes[2].texts]
    assert "wrong" in says


@pytest.mark.parametrize("eta", [0.25, 4])
def test_nudge_draws_the_weights_at_their_length_and_the_step_between(writers, eta):
    rows = gate("NAND")
    before, after = Perceptron(eta=eta).fit(rows.X, rows.y).updates[4:6]
    fig, _ = look(writers["nudge"], data="NAND", k=6, eta=eta)
    ax = fig.axes[1]
    was, now, step = (line.get_xydata() for line in ax.lines if len(line.get_xdata()) == 2 and line.get_zorder() > 1)
    assert eta * was[1] == pytest.approx(before.w)
    assert eta * now[1] == pytest.approx(after.w)
    assert eta * (step[1] - step[0]) == pytest.approx(eta * (after.y - after.yhat) * after.x)
    (length,) = (text.get_text() for text in ax.texts)
    assert length == f"‖w‖ = {np.linalg.norm(after.w):.2f}".rstrip("0").rstrip(".")


def test_the_page_draws_nudges_line_where_the_engine_puts_it(writers):
    """From the written path back to the data: the fragment's ends lie on wᵀx + b = 0."""
    writer = writers["nudge"]
    inverse = writer.drawing.fig.axes[0].transData.inverted()
    for k in (2, 3, 6, 11):
        state = writer.scene.default | {"data": "AND", "k": k}
        fragments = writer.frame(state)
        line = fragments[[a is writer.drawing.fig.axes[0].lines[0] for a in writer.drawing.moving].index(True)]
        x, y, dx, dy = map(float, re.search(r"M(\S+) (\S+?)l(\S+) (\S+?)\"", line).groups())
        height = writer.svg.height
        ends = inverse.transform([(x, height - y), (x + dx, height - y - dy)])
        update = Perceptron().fit(*gate("AND")[:2]).updates[k - 1]
        assert ends @ update.w + update.b == pytest.approx([0, 0], abs=0.02)


def test_flowers_counts_what_the_engine_counts(writers):
    X, y, *_ = iris(("versicolor", "virginica"))
    order = np.random.default_rng(1936).permutation(100)
    run = Perceptron(epochs=8).fit(X[order], y[order])
    _, says = look(writers["flowers"], pair="versicolor, virginica", epoch=8)
    assert f"{(predict(X, run.w, run.b) != y).sum()} of 100 flowers wrong" in says
    _, says = look(writers["flowers"], pair="setosa, versicolor", epoch=2)
    assert "0 of 100 flowers wrong" in says
    assert "come to rest" in says


TEMPLATE_READS = [("1", 0, 6, True), ("0", 0, -6, True), ("1", 1, -1, False), ("0", 1, 4, False)]


@pytest.mark.parametrize(("k", "shift", "z", "right"), TEMPLATE_READS)
def test_template_scores(writers, k, shift, z, right):
    fig, says = look(writers["template"], k=k, shift=shift, flips=0)
    assert f"z = {z}".replace("-", "−") in says
    assert says.endswith("right." if right else "wrong.")
    assert fig.axes[3].lines[1].get_xdata() == [0, z]


def test_flipping_turns_over_just_so_many_pixels():
    for flips in range(9):
        assert (scenes.smudged(1, 0, flips) != scenes.smudged(1, 0, 0)).sum() == flips
