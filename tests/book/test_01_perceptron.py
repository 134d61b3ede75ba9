"""Every number of chapter 1's prose, computed by the engine."""

import math

import numpy as np
import pytest

from coursepkg.engine import logistic
from coursepkg.engine.activations import relu, sigmoid, step
from coursepkg.engine.datasets import DIGITS_7X5, digit, gate, iris
from coursepkg.engine.derivatives import numerical_gradient
from coursepkg.engine.perceptron import Perceptron, novikoff, predict, separable
from coursepkg.scenes import perceptron as scenes
from tests.book.prose import Prose


def neuron(chapter):
    x, w, b = np.array([1, 0.5]), np.array([1, -0.5]), 0.5
    z = w @ x + b
    chapter.says(f"$x_1 = {x[0]:g}$ and $x_2 = {x[1]:g}$")
    chapter.says(f"weight $w_1 = {w[0]:g}$")
    chapter.says(f"$w_2 = {w[1]:g}$")
    chapter.says(f"**bias** $b = {b:g}$")
    chapter.says(rf"1 \cdot 1 + (-0.5) \cdot 0.5 + 0.5 = {z:g} ")
    assert step(z) == 1  # "so the neuron fires"


def gates_by_hand(chapter):
    rows = gate("AND")
    for bias, name in ((-1.5, "AND"), (-0.5, "OR")):
        assert (predict(gate(name).X, [1, 1], bias) == gate(name).y).all()
    chapter.says("With $w_1 = w_2 = 1$ and $b = -1.5$ the step neuron computes AND")
    chapter.says("With $b = -0.5$ it computes OR.")
    first, second, *_ = Perceptron().fit(rows.X, rows.y).updates
    assert (first.epoch, first.index, second.epoch, second.index) == (0, 0, 0, 3)
    chapter.says("Start with $\\mathbf{w} = (0, 0)$ and $b = 0$.")
    chapter.says("1. At $\\mathbf{x} = (0, 0)$, $z = 0$, so $\\hat{y} = 1$. Wrong: $y = 0$.")
    chapter.says(f"Now $\\mathbf{{w}} = ({first.w[0]:g}, {first.w[1]:g})$, $b = {first.b:g}$.")
    between = [float(first.w @ x + first.b) for x in rows.X[1:]]
    assert between == [-1, -1, -1]
    chapter.says("At $(0, 1)$ and $(1, 0)$ the sum is $-1$: both are called 0")
    chapter.says("At $(1, 1)$ the sum is $-1$ as well, so $\\hat{y} = 0$. Wrong: $y = 1$.")
    chapter.says(f"Now $\\mathbf{{w}} = ({second.w[0]:g}, {second.w[1]:g})$, $b = {second.b:g}$.")
    mistakes = Perceptron().fit(rows.X, rows.y).mistakes
    assert mistakes[0] == 2
    for w, b in (([0, 0], 0), (second.w, second.b)):
        assert (predict(rows.X, w, b) != rows.y).sum() == 3
    chapter.says("Count again, and three of the four points are wrong, as many as at the start")
    assert (predict(rows.X, second.w, -1.5) == rows.y).all()  # "w now points the right way"
    chapter.says("It made two mistakes")


def updates(chapter):
    runs = {name: Perceptron().fit(*gate(name)[:2]) for name in ("AND", "OR", "NAND")}
    count = {name: len(run.updates) for name, run in runs.items()}
    chapter.says(
        f"On AND the line comes to rest after {count['AND']} updates, on OR after {count['OR']}, on NAND after "
        f"{count['NAND']}. On XOR it never does."
    )
    assert [(*run.w, run.b) for run in runs.values()] == [(2, 1, -3), (1, 1, -1), (-2, -1, 2)]
    bound = novikoff(*gate("AND")[:2]).bound
    chapter.says(f"AND needs {count['AND']} updates where {bound:.0f} are allowed")
    assert [round(novikoff(*gate(name)[:2]).bound) for name in runs] == [51, 27, 51]


def margin(chapter):
    """R and γ of AND by hand, and a search that finds no wider plane."""
    X, y, *_ = gate("AND")
    signed = np.where(y == 1, 1, -1)[:, None] * np.column_stack([X, np.ones(4)])
    w = np.array([2, 2, -3])
    sums = np.column_stack([X, np.ones(4)]) @ w
    chapter.says(f"The sums at the four points are ${sums[0]:g}, {sums[1]:g}, {sums[2]:g}$ and ${sums[3]:g}$")
    chapter.says(rf"$\tilde{{\mathbf{{w}}}} = ({w[0]}, {w[1]}, {w[2]})$, whose length is $\sqrt{{{w @ w}}}$")
    R, gamma, bound = novikoff(X, y)
    assert pytest.approx(np.sqrt(3)) == R
    chapter.says(r"is the last: $R = \sqrt{3}$.")
    chapter.says("The longest of $(0, 0, 1)$, $(0, 1, 1)$, $(1, 0, 1)$ and $(1, 1, 1)$")
    assert gamma == pytest.approx((signed @ w).min() / np.sqrt(17)) == pytest.approx(np.sqrt(3) / np.sqrt(51))
    chapter.says(rf"$\gamma = 1/\sqrt{{17}} = {gamma:.3f}$, which is $\sqrt{{3}}/\sqrt{{51}}$")
    chapter.says(rf"$(R/\gamma)^2 = 3 \cdot 17 = {bound:.0f}$")
    planes = np.random.default_rng(0).standard_normal((100_000, 3))
    assert ((planes @ signed.T).min(axis=1) / np.linalg.norm(planes, axis=1)).max() < gamma
    average = (5 * signed[1] + 5 * signed[2] + 7 * signed[3]) / 17
    assert average == pytest.approx(w / 17)
    assert np.linalg.norm(average) == pytest.approx(gamma)
    chapter.says(r"Take $-(0, 1, 1)$ and $-(1, 0, 1)$ with share $\tfrac{5}{17}$ each")
    chapter.says(r"and $(1, 1, 1)$ with share $\tfrac{7}{17}$.")
    chapter.says(r"Their average is $(2, 2, -3)/17$, whose length is $1/\sqrt{17}$.")


def step_size(chapter):
    for name in ("AND", "OR", "NAND", "XOR"):
        X, y, *_ = gate(name)
        one, seven = (Perceptron(eta=eta, epochs=20).fit(X, y) for eta in (1, 7))
        assert [(u.epoch, u.index) for u in one.updates] == [(u.epoch, u.index) for u in seven.updates]
        assert all((7 * u.w == v.w).all() and 7 * u.b == v.b for u, v in zip(one.updates, seven.updates, strict=True))


def xor(chapter):
    X, y, *_ = gate("XOR")
    assert not separable(X, y)
    run = Perceptron(epochs=50).fit(X, y)
    assert run.mistakes[:2] == (3, 3)
    assert set(run.mistakes[2:]) == {4}
    ends = {(*u.w, u.b) for u in run.updates if u.index == 3 and u.epoch >= 2}
    assert ends == {(-1, 0, 0)}
    chapter.says(
        "From the third epoch on the rule makes 4 mistakes in each epoch, one at every point, and returns to "
        "$(w_1, w_2, b) = (-1, 0, 0)$."
    )


def flowers(chapter):
    X, y, *_ = iris(("setosa", "versicolor"))
    assert separable(X, y)
    assert not separable(*iris(("versicolor", "virginica"))[:2])
    _, neurons, wrong = scenes.flower_run("setosa, versicolor")
    assert wrong[1] == 0
    assert (neurons[2][0] == neurons[1][0]).all()
    chapter.says(f"is settled within the first epoch, though the bound would allow {novikoff(X, y).bound:.0f} mistakes")
    wrong = scenes.flower_run("versicolor, virginica")[2]
    chapter.says(f"{wrong[3]} after 3 epochs, {wrong[8]} after 8, {wrong[10]} after 10, and {wrong[30]} after 30")
    assert wrong[10] == 50
    chapter.says("stops it at epoch 10 gets a neuron that is right on every second flower")
    X, y, *_ = iris(("versicolor", "virginica"))
    order = np.random.default_rng(1936).permutation(100)
    run = Perceptron(epochs=30).fit(X[order], y[order])  # the cell's run is the figure's
    assert (run.w == scenes.flower_run("versicolor, virginica")[1][30][0]).all()
    assert min(Perceptron(epochs=1000).fit(X, y).mistakes) > 0  # "never settles", in the table's order either


def partial(chapter):
    def f(x):
        return x[0] ** 2 + 3 * x[0] * x[1]

    slopes = numerical_gradient(f, np.array([1.0, 2.0]))
    assert slopes == pytest.approx([8, 3])
    chapter.says(rf"At $(u, v) = (1, 2)$ these are {slopes[0]:.0f} and {slopes[1]:.0f}.")
    chapter.says("Take $f(u, v) = u^2 + 3uv$. With $v$ held, $\\partial f/\\partial u = 2u + 3v$; with $u$ held, ")
    chapter.says(r"$\partial f/\partial v = 3u$")
    chapter.says("changes by about 8 times the one move plus 3 times the other")
    chapter.says(r"$\nabla f = (8, 3)$")
    moves = np.random.default_rng(0).standard_normal((1000, 2))
    moves *= 1e-4 / np.linalg.norm(moves, axis=1)[:, None]
    best = moves[np.argmax([f(np.array([1, 2]) + move) for move in moves])]
    assert best / 1e-4 == pytest.approx(np.array([8, 3]) / np.hypot(8, 3), abs=0.01)
    z = np.linspace(-5, 5, 101)
    for y in (0, 1):  # "Both are a − y"
        slope = [numerical_gradient(lambda z, y=y: -np.log(abs(1 - y - sigmoid(z[0]))), np.array([t]))[0] for t in z]
        assert slope == pytest.approx(sigmoid(z) - y, abs=1e-8)


def soft(chapter):
    X, y, *_ = iris(("versicolor", "virginica"))
    run = logistic.fit(X, y, eta=0.5, steps=1000)
    longer = logistic.fit(X, y, eta=0.5, steps=2000)
    assert run.losses[-1] < 0.2 < run.losses[0]
    # "the line settles": the gradient of all flowers dies away
    gradient = [np.hypot(*logistic.log_loss_gradient(X, y, r.w, r.b)[0]) for r in (run, longer)]
    assert gradient[1] < 0.7 * gradient[0] < 0.002
    low, high = flower_by_flower(X, y)
    chapter.says(
        f"After 2,000 epochs of that, shuffled, with $\\eta = 0.5$, some epochs still end with {low} flowers wrong and "
        f"others with {high}."
    )
    assert 0 < (predict(X, longer.w, longer.b) != y).sum() < 10  # "a few flowers stay on the wrong side"
    X, y, *_ = iris(("setosa", "versicolor"))
    lengths = [np.linalg.norm(logistic.fit(X, y, steps=steps).w) for steps in (100, 400, 1600)]
    assert lengths == sorted(lengths)  # "‖w‖ grows as long as you train"
    z = np.linspace(-8, 8, 65)
    assert (np.diff(sigmoid(z)) > 0).all()
    assert (sigmoid(z) > 0).all()
    assert (sigmoid(z) < 1).all()
    assert (relu(z) == np.maximum(0, z)).all()
    chapter.says("climbs smoothly from 0 to 1")


def flower_by_flower(X, y):
    """Descent on one flower after another, shuffled: the least and the most wrong after epochs 1,901 to 2,000."""
    rng, v, w, b, wrong = np.random.default_rng(0), 0.0, 0.0, 0.0, []
    rows = np.column_stack([X, y]).tolist()
    for _ in range(2000):
        for k in rng.permutation(100).tolist():
            s, t, wanted = rows[k]
            step = 0.5 * (wanted - 1 / (1 + math.exp(-(v * s + w * t + b))))
            v, w, b = v + step * s, w + step * t, b + step
        wrong.append(int((predict(X, [v, w], b) != y).sum()))
    return min(wrong[-100:]), max(wrong[-100:])


def digits(chapter):
    assert DIGITS_7X5[0].shape == DIGITS_7X5[1].shape == (7, 5)
    w = (DIGITS_7X5[1] - DIGITS_7X5[0]).ravel()
    chapter.says(f"7 rows and 5 columns. Read row by row, each becomes a vector $\\mathbf{{x}}$ with {w.size} entries")
    assert set(w.tolist()) == {-1, 0, 1}
    z = {(k, shift): float(w @ digit(k, shift).ravel() + 3) for k in (0, 1) for shift in (0, 1)}
    chapter.says(f"the 1 scores $+{z[1, 0]:g}$ and the 0 scores ${z[0, 0]:g}$")
    chapter.says(f"the 1 scores ${z[1, 1]:g}$ and the 0 scores $+{z[0, 1]:g}$")
    reads = [int(scenes.TEMPLATE.ravel() @ scenes.smudged(1, 0, n).ravel() + 3 >= 0) for n in range(9)]
    assert sum(reads) >= 6  # "Flip a few pixels, and the reading often survives."


CLAIMS = [neuron, gates_by_hand, updates, margin, step_size, xor, flowers, partial, soft, digits]
COMPARED = {
    "On AND the line comes to rest after 11 updates": updates,
    "is no longer than the vector": "proved there",
    "*Versicolor* against *virginica* never settles.": flowers,
    "Does the line now come to rest?": "a question",
    "and the line settles there": soft,
    "Logistic regression settles on a sensible one": soft,
    "Longer weights are always a little better": soft,
}


def test_the_engine_finds_what_the_chapter_says(chapter, claim):
    chapter.proves(claim)


def test_no_other_number_stands_in_the_prose(proven):
    proven.says("Your brain holds about 86 billion of them (Azevedo et al., 2009).")  # measured, not computed
    proven.says("in the cortex at some 7,000 (Pakkenberg et al., 2003), and 10,000 is the usual round number")
    proven.says("**Time** 75 minutes")  # a reader's estimate
    proven.says("order 00, 01, 10, 11")  # the data's order
    # 0 and 1 are labels, digits and outputs; the formulas' own constants are 1, −1 and 2.
    assert proven.unproven(given={"0", "1", "-1", "−1", "2", "+1"}) == []


def test_a_number_that_nobody_computed_is_found():
    chapter = Prose("01_perceptron")
    assert any("86 billion" in line for line in chapter.unproven(given=set()))
