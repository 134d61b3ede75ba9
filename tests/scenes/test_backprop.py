"""Chapter 4's explorables against the mathematics: what the page shows is what the formulas give."""

import re

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from coursepkg.engine.constructions import worked_example
from coursepkg.scenes import backprop as scenes
from coursepkg.scenes.backprop import blame, deaf
from coursepkg.scenes.backprop.record import EXAMPLES, record
from coursepkg.scenes.backprop.words import FORMULAS, three
from tests.scenes.looking import look

STEPS = tuple(FORMULAS)
WEIGHTS = np.arange(-2, 2.5, 0.5).tolist()
STATES = [("10", 1.0), ("00", 1.0), ("11", -2.0), ("01", 0.0), ("10", 1.5)]


def by_hand(example, w11):
    """All values of the tape by the formulas of the page, for one sample, without the engine."""
    x, y = np.array([int(digit) for digit in example], float), float(example[0] != example[1])
    W1, b1 = np.array([[w11, -2], [-1, 1.5]]), np.array([0.5, 0])
    W2, b2 = np.array([[-2.0, 1]]), np.array([0.5])
    z1 = W1 @ x + b1
    a1 = 1 / (1 + np.exp(-z1))
    z2 = W2 @ a1 + b2
    a2 = 1 / (1 + np.exp(-z2))
    d2 = (a2 - y) * a2 * (1 - a2)
    d1 = (W2.T @ d2) * a1 * (1 - a1)
    forward = {"a0": x, "z1": z1, "a1": a1, "z2": z2, "a2": a2, "L": 0.5 * (a2 - y) ** 2}
    back = {"∂a2": a2 - y, "δ2": d2, "∂W2": np.outer(d2, a1), "∂b2": d2, "∂a1": W2.T @ d2, "δ1": d1}
    return {k: np.ravel(v) for k, v in (forward | back | {"∂W1": np.outer(d1, x), "∂b1": d1}).items()}


def gradient(v):
    return np.concatenate([v[name] for name in ("∂W1", "∂b1", "∂W2", "∂b2")])


def texts(fig):
    return [text.get_text() for ax in fig.axes for text in ax.texts if text.get_text()]


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("w11", WEIGHTS)
def test_the_tape_holds_what_the_formulas_give(example, w11):
    found, wanted = record(example, w11), by_hand(example, w11)
    assert tuple(found.values) == STEPS == tuple(wanted)
    for name in STEPS:
        np.testing.assert_allclose(found.values[name], wanted[name], atol=1e-14)
    assert found.error < 1e-9
    np.testing.assert_allclose(found.differences, gradient(wanted), atol=1e-9)
    assert np.abs(wanted["δ2"]) <= blame.TOP


def test_for_a_silent_input_the_first_layers_weights_get_nothing_and_all_else_does():
    for w11 in WEIGHTS:
        v = record("00", w11).values
        assert not v["∂W1"].any()
        assert all(v[name].all() for name in ("∂b1", "∂W2", "∂b2"))
    assert scenes.blame_tape.ask.choices[scenes.blame_tape.ask.answer] == "Those of the four weights in the first layer"


@pytest.mark.parametrize(("example", "w11"), STATES)
def test_the_last_step_shows_every_number_of_the_tape(writers, example, w11):
    fig, says = look(writers["blame_tape"], step=14, example=example, w11=w11)
    shown, v = texts(fig), by_hand(example, w11)
    for name in ("z1", "a1", "∂a1", "δ1", "z2", "a2", "∂a2", "δ2"):
        for value in v[name]:
            assert f"{name[:-1]} {three(value)}" in shown
    assert f"L = {three(v['L'][0])}" in shown
    assert [f"x{'₁₂'[k]} = {digit}" in shown for k, digit in enumerate(example)] == [True, True]
    axes = fig.axes[1]
    green = [t for t in axes.texts if t.get_color() == blame.GREEN and t.get_text() and " " not in t.get_text()]
    assert [t.get_text() for t in green] == [three(value) for value in gradient(v)]
    assert "All nine gradients come from one pass back" in says


@pytest.mark.parametrize(("example", "w11"), STATES)
def test_each_bar_is_as_high_as_its_gradient(writers, example, w11):
    scale = blame.HALF / blame.TOP
    for step in (6, 9, 13, 14):
        fig, _ = look(writers["blame_tape"], step=step, example=example, w11=w11)
        patches = fig.axes[1].patches
        filled, hollow = (next(p for p in patches if p.get_zorder() == z) for z in (2.7, 2.8))
        np.testing.assert_allclose(heights(hollow), scale * gradient(by_hand(example, w11)), atol=1e-8)
        reached = {6: [], 9: [6, 7], 13: [0, 1, 2, 3, 6, 7, 8], 14: list(range(9))}[step]
        np.testing.assert_allclose(heights(filled), scale * gradient(by_hand(example, w11))[reached], atol=1e-12)


def heights(patch):
    """The signed height of each bar of a path of bars."""
    corners = patch.get_path().vertices
    return [] if len(corners) == 1 else corners.reshape(-1, 5, 2)[:, 2, 1] - corners.reshape(-1, 5, 2)[:, 0, 1]


def test_each_step_says_its_own_numbers_and_adds_them_to_the_figure(writers):
    before, said = set(), set()
    for k, name in enumerate(STEPS, start=1):
        fig, says = look(writers["blame_tape"], step=k)
        shown = set(texts(fig))
        assert FORMULAS[name] in shown
        assert {three(value) for value in by_hand("10", 1.0)[name]} <= set(re.findall(r"−?\d+(?:\.\d+)?", says))
        assert {t for t in before if t not in FORMULAS.values()} <= shown
        before, said = shown, said | {says}
    assert len(said) == 14


def test_the_mark_goes_right_on_the_way_forward_and_left_on_the_way_back(writers):
    places = []
    for k in range(1, 15):
        fig, _ = look(writers["blame_tape"], step=k)
        mark = max(fig.axes[0].patches, key=lambda p: p.get_linewidth())
        cell = mark.get_xy()
        inside = [t for t in fig.axes[0].texts if np.allclose(np.subtract(t.get_position(), cell), 0.5, atol=0.1)]
        assert [t.get_text() for t in inside] == [blame.symbol(STEPS[k - 1])]
        places.append(cell)
    assert np.diff([x for x, _ in places[:6]]).tolist() == [1] * 5
    assert np.diff([x for x, _ in places[6:]]).tolist() == [-1] * 7


def test_the_diagram_is_drawn_from_the_network_itself(writers):
    for w11 in (-2.0, 0.0, 1.0):
        fig, _ = look(writers["blame_tape"], w11=w11)
        positive, negative = fig.axes[1].collections[:2]
        (W1, _), (W2, _) = (pair for pair in worked_example(w11).net.views(worked_example(w11).theta))
        weights = np.concatenate([W1.ravel(), W2.ravel()])
        assert len(positive.get_segments()) == (weights > 0).sum()
        assert len(negative.get_segments()) == (weights < 0).sum()
        assert [three(w) in texts(fig) for w in weights] == [True] * 6


@pytest.mark.parametrize("name", [deaf.MSE, deaf.CROSS_ENTROPY])
@pytest.mark.parametrize("z", [-8.0, -6.0, -0.5, 0.0, 3.0])
def test_wrong_and_deaf_shows_the_slope_of_the_loss_drawn(writers, name, z):
    fig, says = look(writers["wrong_and_deaf"], z=z, name=name)
    yhat = 1 / (1 + np.exp(-z))

    def loss(z):
        return -np.log(1 / (1 + np.exp(-z))) if name == deaf.CROSS_ENTROPY else (1 / (1 + np.exp(-z)) - 1) ** 2 / 2

    delta = (loss(z + 1e-5) - loss(z - 1e-5)) / 2e-5
    upper, lower, side = fig.axes
    tangent = upper.lines[-2].get_xydata()
    assert tangent.mean(axis=0) == pytest.approx([z, loss(z)])
    assert np.divide(*np.diff(tangent, axis=0)[0][::-1]) == pytest.approx(delta, abs=1e-8)
    wrong, heard = (bar.get_height() for bar in side.patches)
    assert wrong == pytest.approx(1 - yhat)
    assert heard == pytest.approx(abs(delta), abs=1e-8)
    assert "0" not in [text.get_text() for text in side.texts]  # nothing here is exactly 0
    assert lower.lines[-2].get_xydata().tolist() == [[z, pytest.approx(delta, abs=1e-8)]]
    assert f"{deaf.short(1 / (yhat * (1 - yhat)))} times as large" in says
    label = {line.get_label(): line for line in upper.lines}[name]
    np.testing.assert_allclose(label.get_ydata(), [loss(z) for z in label.get_xdata()], atol=1e-12)


def test_the_facts_of_wrong_and_deaf():
    ratio = deaf.blame(deaf.CROSS_ENTROPY, -6.0) / deaf.blame(deaf.MSE, -6.0)
    assert ratio == pytest.approx(405.43, abs=0.005)
    assert "1/405" in scenes.wrong_and_deaf.ask.because
    assert "0.002" in scenes.wrong_and_deaf.ask.question
    assert deaf.blame(deaf.CROSS_ENTROPY, -6.0) == pytest.approx(1 / (1 + np.exp(6)) - 1)
    loudest = minimize_scalar(lambda z: deaf.blame(deaf.MSE, z), bounds=(-4, 4), options={"xatol": 1e-10})
    assert loudest.fun == pytest.approx(-blame.TOP)
