"""Every number of chapter 2's prose, computed by the engine."""

import numpy as np
import pytest

from coursepkg.engine.activations import relu, sigmoid, step
from coursepkg.engine.constructions import fold, interpolant, tent
from coursepkg.engine.datasets import gate
from coursepkg.engine.linear import least_squares, with_intercept
from coursepkg.engine.network import mlp
from coursepkg.engine.optimisers import Adam
from coursepkg.engine.training import Trainer
from coursepkg.scenes import mlp as scenes

X, Y = gate("XOR")[:2]


def demand(chapter):
    x = np.array([2, 0.5, 3])
    chapter.says(f"the price $x_1 = {x[0]:g}$ and the cost of delivery $x_2 = {x[1]:g}$")
    chapter.says(f"the money spent on advertising, $x_3 = {x[2]:g}$")
    W1, b1 = np.array([[-1, -2, 0], [0, 0, 1]]), np.array([4, -1])
    W2, b2 = np.array([3, 2]), -3
    z1 = W1 @ x + b1
    a1 = sigmoid(z1).round(2)
    z2 = float((W2 @ sigmoid(z1) + b2).round(2))
    assert z2 == (W2 @ a1 + b2).round(2)  # the rounding of a does no harm
    chapter.says(f"weights $({W1[0, 0]}, {W1[0, 1]}, {W1[0, 2]})$, bias {b1[0]}")
    chapter.says(rf"The sum is $-1 \cdot 2 - 2 \cdot 0.5 + 0 \cdot 3 + 4 = {z1[0]:g}$, and $\sigma(1) = {a1[0]}$.")
    chapter.says(f"Weights $({W1[1, 0]}, {W1[1, 1]}, {W1[1, 2]})$, bias ${b1[1]}$.")
    chapter.says(rf"The sum is $1 \cdot 3 - 1 = {z1[1]:g}$, and $\sigma({z1[1]:g}) = {a1[1]}$.")
    chapter.says(f"weights $({W2[0]}, {W2[1]})$ on the two answers, bias ${b2}$.")
    y = float(sigmoid(np.array(z2)).round(2))
    chapter.says(rf"The sum is $3 \cdot {a1[0]} + 2 \cdot {a1[1]} - 3 = {z2}$, and $\sigma({z2}) = {y}$.")
    chapter.says(f"The network says that {100 * y:.0f} of 100 visitors will buy.")


def shapes(chapter):
    net = mlp((3, 2, 1), "sigmoid", "sigmoid")
    (W1, b1), (W2, b2) = net.views(net.init())
    trace = net.trace(net.init(), [[2, 0.5, 3]])
    row = "| $W^{{({l})}}$, $\\mathbf{{b}}^{{({l})}}$ | $(d_{l}, d_{k})$, $(d_{l},)$ | ${W}$, ${b}$ |"
    for l, (W, b) in enumerate([(W1, b1), (W2, b2)], start=1):
        chapter.says(row.format(l=l, k=l - 1, W=W.shape, b=b.shape))
    chapter.says("| $\\mathbf{x} = \\mathbf{a}^{(0)}$ | $(d_0,)$ | $(3,)$ |")
    chapter.says(f"$\\mathbf{{a}}^{{(1)}}$ | $(d_1,)$ | $({trace.a[1].shape[1]},)$ |")


def parameters(chapter):
    chapter.says(rf"$2 \cdot (3 + 1) + 1 \cdot (2 + 1) = {mlp((3, 2, 1)).size}$")
    chapter.says("digits of 28 by 28 pixels")
    hidden, output = (f"{layer.size:,}".replace(",", "{,}") for _, layer in mlp((28 * 28, 128, 10)).dense)
    chapter.says(
        f"through 128 hidden neurons into 10 outputs has $128 \\cdot ({28 * 28} + 1) = {hidden}$ in the "
        f"hidden layer and $10 \\cdot (128 + 1) = {output}$ at the output: {mlp((784, 128, 10)).size:,} in all."
    )


def xor_by_logic(chapter):
    A = step(X @ np.ones((2, 2)) - [0.5, 1.5])
    yhat = step(A @ [1, -1] - 0.5)
    assert (yhat == Y).all()
    chapter.says("$a_1 = \\operatorname{step}(x_1 + x_2 - 0.5)$, which is OR")
    chapter.says("$a_2 = \\operatorname{step}(x_1 + x_2 - 1.5)$, which is AND")
    chapter.says("$\\hat y = \\operatorname{step}(a_1 - a_2 - 0.5)$")
    assert [A[:, 0].tolist(), A[:, 1].tolist()] == [gate("OR").y.tolist(), gate("AND").y.tolist()]
    for x, a, y in zip(X, A, yhat, strict=True):
        chapter.says("| " + " | ".join(f"{v:g}" for v in (*x, *a, y)) + " |")
    chapter.says(f"the same pair $(a_1, a_2) = ({A[1, 0]:g}, {A[1, 1]:g})$")
    assert len(np.unique(A, axis=0)) == 3  # "Of four points it sees only three"


def xor_by_a_fold(chapter):
    y = fold(-2, 1)([[s / 2, s / 2] for s in (0, 1, 2)]).ravel()
    chapter.says(f"{y[0]:g} at $s = 0$, up to {y[1]:g} at $s = 1$, down to {y[2]:g} at $s = 2$")
    assert (fold(-2, 1)(X).ravel() == Y).all()
    flat = with_intercept(X) @ least_squares(with_intercept(X), Y)
    assert flat == pytest.approx([0.5] * 4)  # "to answer one half everywhere"
    chapter.says(f"with a mean squared error of ${np.mean((flat - Y) ** 2):.2f}$")
    chapter.says("The third line that the cell printed says it: both on $(1, 0)$. They have the same $s = 1$")
    unheard = np.mean((fold(0, 1)(X).ravel() - Y) ** 2)
    chapter.says(f"the hidden line still bends, but $y$ does not, and the error is ${unheard:g}$")
    chapter.says("With $v = -2$ and $\\theta = 1$ the error is 0.")
    assert fold(-2.5, 1.2)(X).ravel() == pytest.approx(Y)
    chapter.says("such as $v = -2.5$ and $\\theta = 1.2$: any $\\theta$ from 1 up to, but not including, 2 will do")
    for theta in (1, 1.5, 1.9):
        assert fold(-2 / (2 - theta), theta)(X).ravel() == pytest.approx(Y)
    assert fold(-2 / (2 - 0.9), 0.9)(X).ravel() != pytest.approx(Y)


def rank(chapter):
    first, second = np.array([[1, 2]]), np.array([[1], [3]])
    W = second @ first
    assert np.linalg.matrix_rank(W) == 1
    assert np.linalg.matrix_rank([[1, 2], [3, 5]]) == 2
    chapter.says("with weights $(1, 2)$, and then one of two neurons that hear it with weights 1 and 3")
    matrix = r"\begin{{pmatrix}} {} & {} \\ {} & {} \end{{pmatrix}}"
    chapter.says(
        r"W = \begin{pmatrix} 1 \\ 3 \end{pmatrix} \begin{pmatrix} 1 & 2 \end{pmatrix} = " + matrix.format(*W.ravel())
    )
    chapter.says("such as $" + matrix.format(1, 2, 3, 5) + "$, it is 2")
    for x in np.random.default_rng(0).standard_normal((9, 2)):
        assert W @ x == pytest.approx((x[0] + 2 * x[1]) * np.array([1, 3]))
    chapter.says(r"$W\mathbf{x} = (x_1 + 2 x_2) \cdot (1, 3)$: all outputs lie on the line through $(1, 3)$")


def tower(chapter):
    linear, tanh = (scenes.image(8, 3, g) for g in ("linear", "tanh"))
    size = linear.W.size + linear.b.size
    chapter.says(f"Eight hidden layers with {linear.net.net.size} parameters do what {size} parameters can.")
    chapter.says(f"still explains all but {scenes.percent(scenes.image(1, 3, 'tanh').rest)} of the image")
    chapter.says(f"after eight it leaves {scenes.percent(tanh.rest)} unexplained")
    assert np.linalg.matrix_rank(scenes.image(8, 1, "linear").W) == 1
    chapter.says("to a straight line, of rank 1.")


def trained(chapter):
    right = {d: [round(100 * scenes.trained(d, h).accuracy[-1]) for h in scenes.WIDTHS] for d in scenes.DATA}
    finds = {d: [scenes.trained(d, h).succeed for h in scenes.WIDTHS] for d in scenes.DATA}
    one, two, three, *_ = right["circles"]
    chapter.says(f"One neuron gets {one} of 100 points right and two get {two}.")
    assert three == 100
    assert finds["circles"] == [0, 0, 20, 20, 20]  # "Three get all, from each of the twenty starts"
    (W, _), _ = scenes.trained("XOR", 2).net.views(scenes.trained("XOR", 2).kept[400])
    one, other = np.degrees(np.arctan2(W[:, 1], W[:, 0]))
    chapter.says(f"Two neurons get {right['XOR'][1]} points right, and not by the strip that we made by hand")
    chapter.says(f"their weights point to ${one:.0f}°$ and ${other:.0f}°$, so their edges cross")
    chapter.says(f"Four succeed from {finds['XOR'][3]} of 20 starts, eight from all.")
    assert finds["XOR"][4] == 20
    chapter.says(f"The first start with two neurons gets all {right['moons'][1]} points right")
    chapter.says(f"the first start with three gets {right['moons'][2]}.")
    _, a, b, c, d = finds["moons"]
    chapter.says(f"Of twenty starts, {a} succeed with two neurons, {b} with three, {c} with four, and {d} with eight.")
    assert finds["spirals"][2] == 0
    assert finds["spirals"][4] == 20  # "Three neurons cannot follow the bends. Eight can, from every start."
    chapter.says("with tanh turning from $-1$ to 1 across it")


def bends(chapter):
    last = {
        (g, d): [
            (round(100 * scenes.trained(d, h, g).accuracy[-1]), scenes.trained(d, h, g).succeed) for h in (1, 3, 8)
        ]
        for g in ("linear", "tanh", "ReLU")
        for d in scenes.DATA
    }
    (one, _), _, (eight, _) = last["linear", "XOR"]
    assert one == eight
    chapter.says(f"{one} of 100 points on XOR, with eight as with one")
    relu, tanh = last["ReLU", "circles"][1][1], last["tanh", "circles"][1][1]
    assert tanh == 20
    chapter.says(f"Three ReLUs fence the circles in from {relu} of 20 starts, where three tanh neurons do from all")
    rows, net = scenes.points("circles"), mlp((2, 3, 1), "relu")
    run = Trainer(Adam(0.05), epochs=400).train(
        net, rows.X, rows.y, "binary cross-entropy", theta=net.init(seed=0, networks=(20,))
    )
    (W, b), _ = net.views(run.theta)
    dead = (rows.X @ W.transpose(0, 2, 1) + b[:, None] < 0).all(axis=1).any(axis=1)
    wrong = (((net(run.theta, rows.X)[..., 0] >= 0) != rows.y).sum(axis=1)) > 2
    assert wrong.sum() == 20 - relu
    chapter.says(f"in {(dead & wrong).sum()} of the {wrong.sum()} that fail a neuron has died")
    assert not (dead & ~wrong).any()
    for g in ("tanh", "ReLU"):
        assert min(last[g, d][2][1] for d in scenes.DATA) >= 18
    chapter.says("no data set has more than two starts that fail")


def two_edges_fence_nothing_in(chapter):
    """Along a direction in which both hidden neurons argue for class 1 the output never falls."""
    rng = np.random.default_rng(0)
    net = mlp((2, 2, 1))
    for theta in 2 * rng.standard_normal((50, net.size)):
        (W, _), (v, _) = net.views(theta)
        u = (v[0][:, None] * W) / np.linalg.norm(v[0][:, None] * W, axis=1)[:, None]
        walk = rng.standard_normal(2) + np.linspace(0, 9, 30)[:, None] * u.sum(axis=0)
        assert (np.diff(net(theta, walk)[:, 0]) >= -1e-12).all()


def luck(chapter):
    """The stuck starts are stuck: eight times as long changes none of them."""
    net = mlp((2, 2, 1))
    starts = net.init(networks=(100,))
    solved = []
    for epochs in (500, 4000):
        run = Trainer(Adam(0.05), epochs=epochs).train(net, X, Y, "binary cross-entropy", starts)
        solved.append(((net(run.theta, X)[..., 0] >= 0) == Y).all(axis=1))
    assert (solved[0] == solved[1]).all()
    assert solved[0].sum() < 50  # "more than half of the starts get stuck"
    chapter.says("With two hidden neurons, more than half of the starts get stuck")


def pieces(chapter):
    errors = {n: scenes.wave_error(n) for n in (8, 16, 32)}
    chapter.says(f"from ${errors[8]:.3f}$ with 8 kinks to ${errors[16]:.4f}$ with 16: nearly by the factor 4.")
    assert 3.5 < errors[8] / errors[16] < errors[16] / errors[32] < 4
    for n in range(1, 33):
        assert scenes.wave_error(n) <= scenes.WAVE_BEND / (8 * n**2) + 1e-12
    x = np.linspace(0, 1, 2001)
    bend = np.abs(np.diff(scenes.wave(x), 2)).max() / (x[1] - x[0]) ** 2
    assert bend == pytest.approx(scenes.WAVE_BEND, rel=1e-4)
    net = interpolant([0, 0.5, 1], [0, 0.25, 1])
    (_, _), (c, _) = net.net.views(net.theta)
    assert c.tolist() == [[0.5, 1]]
    chapter.says(r"The chain runs through $(0, 0)$, $(\tfrac12, \tfrac14)$ and $(1, 1)$, with slopes $s_0 = \tfrac12$")
    chapter.says(r"$s_1 = \tfrac32$. So $c_0 = \tfrac12$, $c_1 = \tfrac32 - \tfrac12 = 1$")
    chapter.says(r"with kinks at 0 and $\tfrac12$")
    chapter.says(r"y = \tfrac12 \operatorname{ReLU}(x) + 1 \cdot \operatorname{ReLU}\bigl(x - \tfrac12\bigr) .")
    chapter.says(r"At $x = 1$ that is $\tfrac12 + \tfrac12 = 1$")
    assert net([[0.25], [1]]).ravel().tolist() == [1 / 8, 1]
    chapter.says(r"at $x = \tfrac14$ it gives $\tfrac18$ where $x^2 = \tfrac1{16}$")
    x = np.linspace(0, 1, 1001)
    assert np.abs(net(x[:, None])[:, 0] - x**2).max() == 2 / (8 * 2**2) == 1 / 16
    chapter.says(r"where $f'' = 2$, and $N = 2$ that is $\tfrac1{16}$")
    t, y = scenes.knots(7)
    assert interpolant(t, y)(t[:, None]).ravel() == pytest.approx(y)
    chapter.says("The product $(x - a)(b - x)$ is largest in the middle, where it is $(b - a)^2 / 4$")
    chapter.says("\\frac{\\max |f''|}{8 N^2}")


def tents(chapter):
    for d in range(1, 7):
        x = np.linspace(0, 1, 2**d * 8 + 1)
        slopes = np.diff(tent(d)(x[:, None])[:, 0])
        assert (np.diff(slopes) != 0).sum() + 1 == 2**d
    neurons = sum(layer.outputs for _, layer in tent(6).net.dense[:-1])
    wide = interpolant(corners := np.linspace(0, 1, 2**6 + 1), tent(6)(corners[:, None])[:, 0])
    assert np.allclose(wide(x[:, None]), tent(6)(x[:, None]))
    (W, _), (c, _) = wide.net.views(wide.theta)
    assert (c != 0).all()  # it needs them all
    chapter.says(f"Six layers make {2**6} pieces out of {neurons} neurons, ")
    chapter.says(f"where the wide network on the left would need {len(W)}.")
    assert relu(np.array(-1.0)) == 0
    chapter.says("folds what comes in by the tent $1 - |2x - 1|$.")
    assert tent(1)([[0.25]])[0, 0] == 1 - abs(2 * 0.25 - 1)


CLAIMS = [demand, shapes, parameters, xor_by_logic, xor_by_a_fold, tower, trained, two_edges_fence_nothing_in]
CLAIMS += [luck, pieces, tents, rank, bends]
COMPARED = {
    "and the cost of delivery $x_2 = 0.5$": "a figure of speech",
    "More neurons, and a worse result?": trained,
    "more than half of the starts get stuck": luck,
    "differs from $f$ by less than $\\varepsilon$ everywhere": "cited",
    "no data set has more than two starts that fail": bends,
}


def test_the_engine_finds_what_the_chapter_says(chapter, claim):
    chapter.proves(claim)


def test_no_other_number_stands_in_the_prose(proven):
    proven.says("**Time** 80 minutes")  # a reader's estimate
    # 0, 1 and 2 are labels, layers and the formulas' own constants, as is −1.
    assert proven.unproven(given={"0", "1", "2", "-1", "-2"}) == []


def test_the_fact_of_the_exercise():
    assert mlp((35, 10, 2)).size == 382
