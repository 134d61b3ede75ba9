"""The claims of chapter 2's explorables."""

from functools import lru_cache
from itertools import pairwise

import numpy as np

from coursepkg.engine.network import mlp
from coursepkg.scenes import mlp as scenes
from coursepkg.scenes.mlp import train_it
from coursepkg.scenes.mlp.runs import Lesson
from tests.scenes.looking import decoded
from tests.scenes.saying import says

CORNERS = np.array([(0, 0), (0, 1), (1, 0), (1, 1)])
XOR = np.array([0, 1, 1, 0])


def folded(state) -> np.ndarray:
    """y = ReLU(s) + v ReLU(s − θ) on the four corners."""
    s = CORNERS.sum(axis=1)
    return np.maximum(s, 0) + state.v * np.maximum(s - state.theta, 0)


@says("fold_the_plane", "y is <y00> at (0, 0), <y01> at (0, 1) and (1, 0), and <y11> at (1, 1).")
def the_answers(state, said):
    y = folded(state)
    assert y[1] == y[2]
    assert all(s.is_(v, 2) for s, v in zip((said.y00, said.y01, said.y11), y[[0, 1, 3]], strict=True))


@says("fold_the_plane", "That is XOR exactly.")
def exact(state, said):
    np.testing.assert_allclose(folded(state), XOR, atol=1e-12)


@says(
    "fold_the_plane",
    "The mean squared error is <mse>, <verdict:better than|no better than> the 0.25 of the best single line.",
)
def compared(state, said):
    line = np.column_stack([np.ones(4), CORNERS])
    best = np.mean((line @ np.linalg.lstsq(line, XOR, rcond=None)[0] - XOR) ** 2)
    assert abs(best - 0.25) < 1e-12
    mse = np.mean((folded(state) - XOR) ** 2)
    assert said.mse.is_(mse, 2)
    assert (said.verdict == "better than") == (mse < best - 1e-12)


@lru_cache
def towered(depth: int, narrow: int, g: str) -> tuple:
    """The tower's layers, drawn again as its docstring says, and its outputs on a grid of 41 × 41 points' lines."""
    rng = np.random.default_rng(6)
    widths = [2, narrow] + [3] * (depth - 1) + [2]
    layers = []
    for before, after in pairwise(widths):
        Q = np.linalg.qr(rng.standard_normal((3, 3)))[0]
        layers.append((1.5 * Q[:after, :before], 0.3 * rng.standard_normal(3)[:after]))
    X = A = scenes.GRID.reshape(-1, 2)
    for k, (W, b) in enumerate(layers):
        A = A @ W.T + b
        if g == "tanh" and k < depth:
            A = np.tanh(A)
    M = np.column_stack([np.ones(len(X)), X])
    fit = np.linalg.lstsq(M, A, rcond=None)[0]
    return layers, fit, 1 - np.var(M @ fit, axis=0).sum() / np.var(A, axis=0).sum()


TOWER = "<depth> hidden layer[s] and the output layer, <size> parameters"


def counted(state, said) -> tuple:
    layers, fit, rest = towered(state.depth, state.narrow, state.g)
    assert said.depth == state.depth == len(layers) - 1
    assert said.size == sum(W.size + b.size for W, b in layers)
    return fit, rest


@says("linear_tower", TOWER + ", make one affine map: W has rows (<p>, <q>) and (<r>, <s>), b = (<b1>, <b2>).")
def one_map(state, said):
    """The affine map fitted to the outputs is exact, and is the one said."""
    fit, rest = counted(state, said)
    assert rest < 1e-12
    wanted = [*fit[1:, 0], *fit[1:, 1], *fit[0]]
    for s, v in zip((said.p, said.q, said.r, said.s, said.b1, said.b2), wanted, strict=True):
        assert s.is_(v, 2)


@says("linear_tower", "Its rank is <rank>: the plane <becomes:stays a plane|becomes a line>.", g="linear", narrow=1)
def rank(state, said):
    W = towered(state.depth, state.narrow, state.g)[1][1:]
    singular = np.linalg.svd(W)[1]
    assert said.rank == (singular > 1e-9).sum()
    assert (said.becomes == "stays a plane") == (said.rank == 2)


@says("linear_tower", TOWER + ": the best single affine layer leaves <rest> % of the image's variance unexplained.")
def not_affine(state, said):
    rest = counted(state, said)[1]
    assert said.rest.is_(100 * rest, **({"decimals": 0} if rest >= 0.01 else {"digits": 1}))


BENDS = {
    "linear": (lambda z: z, lambda z: np.ones_like(z)),
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "ReLU": (lambda z: np.maximum(z, 0), lambda z: (z > 0) * 1.0),
}


def samples(data: str) -> tuple:
    """X (n, 2) and y (n,) of a set of the chapter, or of points that a reader has placed."""
    return decoded(data, (-2.3, -2.3)) if data[0] == "~" else scenes.points(data)[:2]


@lru_cache
def taught(data: str, hidden: int, g: str) -> tuple:
    """Twenty networks trained by backpropagation and Adam written out: losses and right answers, epoch by epoch."""
    X, y = samples(data)
    f, slope = BENDS[g]
    starts = mlp((2, hidden, 1)).init(seed=0, networks=(20,))
    W, b, v, c = np.split(starts, [2 * hidden, 3 * hidden, 4 * hidden], axis=1)
    parts = [W.reshape(20, hidden, 2), b, v, c]
    means = [np.zeros_like(p) for p in parts], [np.zeros_like(p) for p in parts]
    losses, right = [], []
    for t in range(1, 402):
        W, b, v, c = parts
        Z = X @ W.transpose(0, 2, 1) + b[:, None]
        z = (f(Z) * v[:, None]).sum(axis=2) + c
        losses.append(np.mean(np.logaddexp(0, z) - y * z, axis=1))
        right.append(((z >= 0) == y).sum(axis=1))
        d = (1 / (1 + np.exp(-z)) - y) / len(y)
        D = d[:, :, None] * v[:, None] * slope(Z)
        gradients = [
            D.transpose(0, 2, 1) @ X,
            D.sum(axis=1),
            (f(Z) * d[:, :, None]).sum(axis=1),
            d.sum(axis=1)[:, None],
        ]
        for k, gradient in enumerate(gradients):
            means[0][k] = 0.9 * means[0][k] + 0.1 * gradient
            means[1][k] = 0.999 * means[1][k] + 0.001 * gradient**2
            m, s = means[0][k] / (1 - 0.9**t), means[1][k] / (1 - 0.999**t)
            parts[k] = parts[k] - 0.05 * m / (np.sqrt(s) + 1e-8)
    return np.array(losses), np.array(right), sum(p[0].size for p in parts)


@says("train_it", "Epoch <epoch>: loss <loss>, <right> of <n> points right, <size> parameters.")
def learnt(state, said):
    assert said.n == len(samples(state.data)[1])
    losses, right, size = taught(state.data, state.hidden, state.g)
    assert said.epoch == state.epoch
    assert said.loss.is_(losses[state.epoch, 0], 3)
    assert (said.right, said.size) == (right[state.epoch, 0], size)


@says("train_it", "Of 20 random starts, <n> end with at most 2 points wrong (their losses in grey).")
def so_many_starts(state, said):
    return said.n == (taught(state.data, state.hidden, state.g)[1][-1] >= 98).sum()


@says(
    "train_it",
    "Of 20 random starts, <n> have every point right by now (their losses in grey).",
    data="~0303012020",
    g="ReLU",
)
def so_many_by_now(state, said):
    y = samples(state.data)[1]
    assert state.data[0] == "~"
    return said.n == (taught(state.data, state.hidden, state.g)[1][state.epoch] == len(y)).sum()


@says("train_it", "There is no point yet, so the network has nothing to learn from.", data="~")
def no_point(state, said):
    return state.data == "~"


@says("train_it", "All points are <k>: to call everything <K> is all that there is to learn.", data="~1303015050")
def one_class(state, said):
    return set(samples(state.data)[1]) == {said.k} == {said.K}


@says(
    "train_it",
    "Points of both classes lie at one place, so no network can have all of them right.",
    data="~030301303015050",
)
def one_place(state, said):
    X, y = samples(state.data)
    return any((X[k] == X[l]).all() and y[k] != y[l] for k in range(len(y)) for l in range(k))


def run_of(state):
    """The engine's run, whose parameters at the state's epoch are the ones that are shown."""
    if state.data[0] != "~":
        return scenes.trained(state.data, state.hidden, state.g)
    learning = Lesson(train_it.controls["data"].points(state.data), state.hidden, state.g)
    while len((run := learning.run(state.epoch)).losses) <= state.epoch:
        pass
    return run


@says("train_it", "Without a bend the boundary is one straight line.", g="linear")
def straight(state, said):
    """The output is affine in the plane: its second differences vanish."""
    run = run_of(state)
    t = np.linspace(-2, 2, 9)
    z = run.net(run.kept[state.epoch], np.stack(np.meshgrid(t, t), axis=-1).reshape(-1, 2)).reshape(9, 9)
    assert state.g == "linear"
    assert max(np.abs(np.diff(z, 2, axis=k)).max() for k in (0, 1)) < 1e-9


@says("build_any_function", "One layer of <n> ReLU neuron[s]: largest error <error>, bound <bound>.")
def wide(state, said):
    """Joined by straight lines, on a grid five times as fine as the scene's."""
    x = np.linspace(0, 1, 16001)
    t = np.linspace(0, 1, state.n + 1)
    wave = 0.5 + 0.5 * np.sin(2 * np.pi * x)
    error = np.abs(np.interp(x, t, 0.5 + 0.5 * np.sin(2 * np.pi * t)) - wave).max()
    assert said.n == state.n
    assert said.error.is_(error, digits=2)
    assert said.bound.is_(2 * np.pi**2 / (8 * state.n**2), digits=2)


@says("build_any_function", "<depth> layer[s] of 2: <pieces> straight pieces from <neurons> neurons.")
def deep(state, said):
    """The tent folded d times, by its own formula, changes its slope so often."""
    x = np.linspace(0, 1, 2**state.depth * 8 + 1)
    y = x
    for _ in range(state.depth):
        y = 1 - np.abs(2 * y - 1)
    assert (said.depth, said.neurons) == (state.depth, 2 * state.depth)
    assert said.pieces == 1 + (np.abs(np.diff(y, 2)) > 1e-9).sum()
