"""Networks written down by hand do what they were written down for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursepkg.engine.activations import sigmoid
from coursepkg.engine.constructions import built, fold, interpolant, tent
from coursepkg.engine.datasets import gate

XOR = gate("XOR")


def test_a_built_network_computes_as_on_the_page():
    W1, b1, W2, b2 = np.array([[1, -2, 0], [0, 3, 1]]), [0.5, -1], np.array([[2, -1]]), [0.25]
    X = np.array([[1.0, 2, 3], [0, -1, 2]])
    wanted = [W2 @ sigmoid(W1 @ x + b1) + b2 for x in X]
    assert built([(W1, b1), (W2, b2)], "sigmoid")(X) == pytest.approx(np.array(wanted))


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        ([], "layers must hold one pair"),
        ([([[1, 2]], [0]), ([[1, 2]], [0])], r"W of layer 2 must have shape \(outputs, 1\)"),
        ([([[1, 2]], [0, 0])], r"b of layer 1 must have shape \(1,\)"),
        ([([[1, np.nan]], [0])], "W of layer 1 must be finite"),
    ],
)
def test_layers_that_do_not_fit_are_named(layers, words):
    with pytest.raises(ValueError, match=words):
        built(layers, "relu")


def test_the_fold_is_xor_for_minus_two_and_one_alone_among_half_steps():
    exact = [
        (v, theta)
        for v in np.arange(-3, 0.25, 0.25)
        for theta in np.arange(0.5, 1.75, 0.25)
        if np.allclose(fold(v, theta)(XOR.X)[:, 0], XOR.y)
    ]
    assert exact == [(-2, 1)]


@given(st.lists(st.floats(-3, 3), min_size=2, max_size=9))
def test_an_interpolant_meets_its_points_and_is_straight_between(y):
    t = np.arange(len(y)) / 4
    net = interpolant(t, y)
    assert net(t[:, None])[:, 0] == pytest.approx(np.array(y), abs=1e-9)
    middle = (t[1:] + t[:-1]) / 2
    assert net(middle[:, None])[:, 0] == pytest.approx((np.array(y[1:]) + y[:-1]) / 2, abs=1e-9)


@pytest.mark.parametrize(("f", "bend"), [(np.exp, np.e), (lambda x: x**2, 2.0), (np.cos, 1.0)])
def test_the_error_keeps_below_de_boors_bound_and_reaches_it_for_a_parabola(f, bend):
    x = np.linspace(0, 1, 1601)
    for n in (1, 2, 5, 16):
        t = np.linspace(0, 1, n + 1)
        error = np.abs(interpolant(t, f(t))(x[:, None])[:, 0] - f(x)).max()
        assert error <= bend / (8 * n**2) + 1e-12
    t = np.linspace(0, 1, 5)
    assert np.abs(interpolant(t, t**2)(x[:, None])[:, 0] - x**2).max() == pytest.approx(2 / (8 * 16))


def test_points_out_of_order_are_refused():
    for t, y in (([0, 0, 1], [1, 2, 3]), ([0], [1])):
        with pytest.raises(ValueError, match="t must hold two or more numbers, ascending"):
            interpolant(t, y)


@pytest.mark.parametrize("depth", [1, 2, 3, 6])
def test_a_tent_has_two_to_the_depth_pieces_and_is_the_composition(depth):
    x = np.linspace(0, 1, 2**depth * 4 + 1)
    y = x
    for _ in range(depth):
        y = 1 - abs(2 * y - 1)
    net = tent(depth)
    assert net(x[:, None])[:, 0] == pytest.approx(y)
    assert (np.diff(np.sign(np.diff(y))) != 0).sum() + 1 == 2**depth
    assert [layer.outputs for _, layer in net.net.dense] == [2] * depth + [1]


def test_a_tent_needs_a_layer():
    with pytest.raises(ValueError, match="depth"):
        tent(0)
