"""Chapter 3's explorables against the engine: what the page shows is what the engine computed."""

import re

import numpy as np
import pytest
from matplotlib.transforms import Bbox

from coursepkg.engine.activations import ACTIVATIONS
from coursepkg.engine.network import mlp
from coursepkg.plots import BLUE, INK
from coursepkg.plots.powers import power
from coursepkg.scenes import activations as scenes
from tests.scenes.looking import look


def number_after(words, says):
    """The number behind ``words``, read as a reader would."""
    return float(re.search(re.escape(words) + r"(−?[\d.]+)(?=[,;:. ])", says)[1].rstrip(".").replace("−", "-"))


@pytest.mark.parametrize("name", scenes.TABLE)
@pytest.mark.parametrize("z", [-2.0, 0.4, 3.0])
def test_slope_bank_draws_the_function_its_slope_and_the_tangent(writers, name, z):
    fig, says = look(writers["slope_bank"], g=name, z=z)
    g = ACTIVATIONS[name.lower().replace(" ", "_")]
    a, slope = float(g.f(z)), float(g.df(z))
    assert number_after(": a = ", says) == pytest.approx(a, abs=5e-5)
    assert number_after("The slope is ", says) == pytest.approx(slope, abs=5e-5)
    upper, lower = fig.axes
    blue = [line for ax in (upper, lower) for line in ax.lines if line.get_color() == BLUE]
    tangent, above, beyond, below, drop = blue
    ends = tangent.get_xydata()
    assert ends.mean(axis=0) == pytest.approx([z, a])
    run, rise = np.diff(ends, axis=0)[0]
    assert rise / run == pytest.approx(slope, abs=1e-9)
    assert above.get_xydata().tolist() == [[z, a]]
    assert len(beyond.get_xdata()) == 0
    assert below.get_xydata().tolist() == [[z, slope]]
    assert max(drop.get_ydata(), key=abs) == slope
    black = [line for line in lower.lines if line.get_color() == INK and len(line.get_xdata()) > 10]
    for line in black:
        np.testing.assert_array_equal(line.get_ydata(), g.df(line.get_xdata()))


def test_slope_bank_marks_a_point_below_its_axis_on_the_edge(writers):
    fig, _ = look(writers["slope_bank"], g="identity", z=-6.0)
    upper = fig.axes[0]
    above, beyond = (line for line in upper.lines if line.get_color() == BLUE and line.get_marker() in "ov")
    assert len(above.get_xdata()) == 0
    assert beyond.get_xydata().tolist() == [[-6, upper.get_ylim()[0]]]


def test_slope_bank_says_where_no_derivative_exists(writers):
    for name, g in scenes.TABLE.items():
        fig, says = look(writers["slope_bank"], g=name, z=0.0)
        left, right = (float(g.df(side)) for side in (-1e-12, 1e-12))
        broken = name in ("step", "ReLU", "SELU", "leaky ReLU")
        assert scenes.breaks(g) == broken
        assert ("no derivative" in says) == broken
        tangent = next(line for line in fig.axes[0].lines if line.get_color() == BLUE)
        assert len(tangent.get_xdata()) == (0 if broken else 2)
        if name in ("ReLU", "SELU", "leaky ReLU"):
            assert f"{scenes.rounded(left)} on the left and {scenes.rounded(right)} on the right" in says


def by_hand(name, w, L):
    """The gradient at each layer of the chain, through the whole product for each, from the input's side."""
    g, a, z = scenes.TABLE[name], 1.0, []
    for _ in range(L):
        z.append(w * a)
        a = float(g.f(z[-1]))
    return [np.prod([w * float(g.df(v)) for v in z[l:]]) for l in range(L)]


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "ReLU", "SELU", "GELU"])
@pytest.mark.parametrize(("w", "L"), [(0.5, 20), (1.0, 3), (4.0, 12)])
def test_whisper_draws_the_product_of_the_factors(writers, name, w, L):
    fig, says = look(writers["whisper"], g=name, w=w, L=L)
    wanted = np.log10(by_hand(name, w, L))
    up, down = fig.axes[0].patches[:2]
    low, high = fig.axes[0].get_ylim()
    centres = [sum(set(c[:, 0])) / 2 for p in (up, down) for c in p.get_path().to_polygons()]
    heights = [max(c[:, 1], key=abs) for p in (up, down) for c in p.get_path().to_polygons()]
    for x, height in zip(centres, heights, strict=True):
        assert height == pytest.approx(np.clip(wanted[round(x)], low, high), abs=1e-6)
    assert len(centres) == np.count_nonzero(np.abs(wanted) > 1e-12)
    assert f"{power(wanted[0])} reaches the input" in says


def test_whisper_never_exceeds_its_bound():
    for name in scenes.TABLE:
        for w in (0.5, 1.0, 2.5, 6.0):
            gradient = scenes.heard(name, w, 20)
            top = w * scenes.steepest(name)
            if top:
                assert (gradient <= (20 - np.arange(20)) * np.log10(top) + 1e-9).all()
            else:
                assert np.isneginf(gradient).all()


@pytest.mark.parametrize(("g", "w"), [("SELU", 6), ("sigmoid", 1), ("ReLU", 1), ("identity", 4)])
def test_whisper_writes_where_no_bar_stands(writers, g, w):
    fig, _ = look(writers["whisper"], g=g, w=w, L=20)
    (ax,) = fig.axes
    boxes = [text.get_window_extent().transformed(ax.transData.inverted()) for text in ax.texts]
    for bars in ax.patches:
        for bar in bars.get_path().to_polygons():
            assert not any(box.overlaps(Bbox.from_extents(*bar.min(axis=0), *bar.max(axis=0))) for box in boxes)


def test_the_cure_by_a_larger_weight_makes_the_sigmoid_worse():
    one, four = (scenes.heard("sigmoid", w, 20)[0] for w in (1.0, 4.0))
    assert (round(one), round(four)) == (-13, -22)
    because = scenes.whisper.ask.because
    assert power(four).startswith("3.9")
    assert "4·10⁻²³" in because
    assert "10⁻¹³" in because
    assert power(one) == "9.1·10⁻¹⁴"


def test_a_step_passes_nothing_and_shows_crosses(writers):
    fig, says = look(writers["whisper"], g="step", L=7)
    crosses = next(line for line in fig.axes[0].lines if line.get_marker() == "x")
    assert crosses.get_xdata().tolist() == list(range(7))
    assert "exactly 0" in says


@pytest.mark.parametrize("start", scenes.STARTS)
@pytest.mark.parametrize("name", ["tanh", "ReLU"])
def test_start_right_shows_the_networks_own_passes(start, name):
    """Forward against the network's trace, backward against the recursion δ = g′(z) ⊙ Wᵀδ on the page."""
    L, g = 6, scenes.TABLE[name]
    found = scenes.signals(start, name, L)
    whole, theta = scenes.fresh(start, name)
    W = [w for w, _ in whole.views(theta)][:L]
    net = mlp((scenes.WIDTH,) * (L + 1), g, g)
    rng = np.random.default_rng(33)
    A, D = (rng.standard_normal((scenes.WIDTH, scenes.SAMPLES)) for _ in range(2))
    trace = net.trace(theta[: net.size], A.T)
    for mine, a in zip(found.forward, trace.a[1:], strict=True):
        np.testing.assert_allclose(mine, a.T, rtol=1e-10, atol=1e-300)
    for l in range(L - 1, -1, -1):
        D = D * g.df(trace.z[l].T)
        np.testing.assert_allclose(found.backward[l], D, rtol=1e-6, atol=1e-12)
        D = W[l].T @ D


def test_start_right_draws_sizes_and_says_them(writers):
    fig, says = look(writers["start_right"], start="He", g="ReLU", L=20)
    forward, backward = scenes.sizes("He", "ReLU", 20)
    found = scenes.signals("He", "ReLU", 20)
    assert 10 ** forward[-1] == pytest.approx(np.sqrt(np.mean(found.forward[-1] ** 2)))
    assert 10 ** backward[0] == pytest.approx(np.sqrt(np.mean(found.backward[0] ** 2)))
    dots, squares = (next(l for l in fig.axes[1].lines if l.get_marker() == m) for m in "os")
    np.testing.assert_allclose(dots.get_ydata(), forward)
    np.testing.assert_allclose(squares.get_ydata(), backward)
    assert f"{power(forward[-1])} in layer 20; gradients" in says
    assert says.endswith(f"{power(backward[0])} in layer 1.")


def test_start_right_leaves_the_rest_empty_and_marks_what_leaves_the_picture(writers):
    fig, _ = look(writers["start_right"], start="small", g="sigmoid", L=20)
    below = next(line for line in fig.axes[1].lines if line.get_marker() == "v")
    assert len(below.get_xdata()) == np.count_nonzero(scenes.sizes("small", "sigmoid", 20)[1] < scenes.FLOOR) > 0
    fig, says = look(writers["start_right"], start="zero", g="tanh", L=4)
    assert [len(shape.get_xy()) > 3 for shape in fig.axes[0].patches] == [True] * 4 + [False] * 16
    assert "no gradient passes a weight that is 0" in says


def test_spread_holds_the_middle_of_the_gradients():
    (low, high), *_ = scenes.spread("Glorot", "tanh", 4)
    values = np.abs(scenes.signals("Glorot", "tanh", 4).backward[0])
    inside = (values >= 10**low) & (values <= 10**high)
    assert inside.mean() == pytest.approx(0.9, abs=0.01)
    assert scenes.spread("zero", "tanh", 4)[0] == ()
