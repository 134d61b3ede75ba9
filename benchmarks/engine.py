"""The engine against its peers: same network, data, weights and steps; ratios of median times.

The contestants of a task run in turn, round after round, so that a busy machine slows all of them. Their losses
must agree to four digits. Without PyTorch its rows are left out.
"""

import sys
from itertools import islice
from time import perf_counter

import numpy as np
import sklearn

from benchmarks import peers, scalars
from benchmarks.report import Row, Size, agreement, race
from coursepkg.engine.datasets import digits, gate, moons
from coursepkg.engine.landscapes import ROSENBROCK
from coursepkg.engine.network import mlp
from coursepkg.engine.optimisers import Adam, GradientDescent, Momentum
from coursepkg.engine.slices import filter_normalised, loss_slice
from coursepkg.engine.training import Trainer


def times(title: str, outcome: dict, steps: int) -> None:
    """Print what a step took each contestant."""
    print(f"\n{title}")
    for name, (seconds, _) in outcome.items():
        print(f"  {name:<38} {seconds / steps * 1e6:10.1f} µs a step", flush=True)


def bars(task: str, outcome: dict, limits: dict[tuple[str, str], float]) -> list[Row]:
    """A row for each pair (ours, theirs) that took part, with its limit."""
    return [
        Row(f"{task}: {ours} / {theirs}", (outcome[ours][0] / outcome[theirs][0],), bar)
        for (ours, theirs), bar in limits.items()
        if theirs in outcome
    ]


def moons_task(size: Size) -> list[Row]:
    net, data, steps = mlp((2, 16, 16, 1)), moons(200, noise=0.2), size.steps(500)
    theta, X, y, bce = net.init(1), data.X, data.y, "binary cross-entropy"
    runs = {}
    for dtype in (np.float32, np.float64):
        bits = np.dtype(dtype).itemsize * 8
        runs[f"float{bits}"] = lambda dtype=dtype: (
            Trainer(Adam(0.01), epochs=steps).train(net, X, y, bce, theta.astype(dtype)).theta
        )
        runs |= peers.with_torch(
            lambda dtype=dtype: peers.train_torch(
                net, theta, "tanh", X, y, "BCEWithLogitsLoss", "Adam", steps, 200, dtype, lr=0.01
            ),
            f"PyTorch float{bits}",
        )
        runs[f"scikit-learn float{bits}"] = lambda dtype=dtype: peers.train_sklearn(
            net, theta, (16, 16), "tanh", X, y, steps, 200, dtype, solver="adam", learning_rate_init=0.01
        )
    out = race(runs, size.rounds)
    times("(i) 2-16-16-1 tanh, 200 moons, full-batch Adam", out, steps)
    # scikit-learn's own default precision, float64, is its faster one here, so it is the yardstick for both.
    both = (out["scikit-learn float32"], out["scikit-learn float64"])
    out["scikit-learn"] = min(both, key=lambda found: found[0])
    oracle = net.oracle(X, y, bce)
    wide = {name: oracle(end.astype(float))[0] for name, (_, end) in out.items() if name.endswith("64")}
    limits = {("float32", "scikit-learn"): 0.5, ("float32", "PyTorch float32"): 0.25}
    limits |= {("float64", "scikit-learn float64"): 0.75}
    return [*bars("(i) moons", out, limits), agreement("(i) moons", wide)]


def xor_task(size: Size) -> list[Row]:
    net, data, steps, few = mlp((2, 8, 1)), gate("XOR"), size.steps(2000), size.steps(100)
    theta, X, y, bce = net.init(1), data.X, data.y, "binary cross-entropy"
    (W, b), (w, c) = net.views(theta)
    weights = [(W.tolist(), b.tolist()), (w[0].tolist(), c.item())]
    samples = list(zip(X.tolist(), y.tolist(), strict=True))

    def ours(steps):
        return Trainer(GradientDescent(0.5), epochs=steps).train(net, X, y, bce, theta).theta

    runs = {"coursepkg": lambda: ours(steps)}
    runs |= peers.with_torch(
        lambda: peers.train_torch(net, theta, "tanh", X, y, "BCEWithLogitsLoss", "SGD", steps, 4, lr=0.5)
    )
    runs["scikit-learn"] = lambda: peers.train_sklearn(
        net, theta, (8,), "tanh", X, y, steps, 4, solver="sgd", learning_rate_init=0.5, momentum=0
    )
    out = race(runs, size.rounds)
    times("(ii) XOR 2-8-1 tanh, gradient descent", out, steps)
    start = perf_counter()
    one_by_one = scalars.train(weights, samples, 0.5, few)
    print(f"  {'float by float, our own 60 lines':<38} {(perf_counter() - start) / few * 1e6:10.1f} µs a step")
    oracle = net.oracle(X, y, bce)
    width = W.shape[1] + 1  # the float-by-float engine lists each hidden unit's weights, then its bias
    rows = [one_by_one[i * width : (i + 1) * width - 1] for i in range(W.shape[0])]
    weights_of = {"engine": np.abs(ours(few)[: W.size]).sum(), "float by float": np.abs(rows).sum()}
    return [
        *bars("(ii) XOR", out, {("coursepkg", "scikit-learn"): 0.33, ("coursepkg", "PyTorch"): 0.12}),
        agreement("(ii) XOR", {name: oracle(end)[0] for name, (_, end) in out.items()}),
        agreement("(ii) XOR, float by float", weights_of),
    ]


def digits_task(size: Size) -> tuple[list[Row], tuple]:
    net, data, epochs = mlp((64, 32, 10), "relu"), digits(), size.steps(5)
    theta, X, y = net.init(1, "he"), data.X / 16, data.y
    train = Trainer(Momentum(0.05), epochs=epochs, batch=32, shuffle=False).train
    runs = {"coursepkg": lambda: train(net, X, y, "cross-entropy", theta).theta}
    runs |= peers.with_torch(
        lambda: peers.train_torch(
            net, theta, "relu", X, y, "CrossEntropyLoss", "SGD", epochs, 32, lr=0.05, momentum=0.9
        )
    )
    runs["scikit-learn"] = lambda: peers.train_sklearn(
        net, theta, (32,), "relu", X, y, epochs, 32, solver="sgd", learning_rate_init=0.05, momentum=0.9
    )
    out = race(runs, size.rounds)
    times("(iii) digits 64-32-10 ReLU, batch 32, momentum", out, epochs * 57)
    oracle = net.oracle(X, y, "cross-entropy")
    # A loop written out for this one network, each product in a buffer of its own, takes 0.30 of scikit-learn's time:
    # nobody would read it. The engine takes 0.34 to 0.36, and may take a third more than that floor.
    rows = [
        *bars("(iii) digits", out, {("coursepkg", "scikit-learn"): 0.40, ("coursepkg", "PyTorch"): 0.25}),
        agreement("(iii) digits", {name: oracle(end)[0] for name, (_, end) in out.items()}),
    ]
    return rows, (net, out["coursepkg"][1], X, y)


def rosenbrock_task(size: Size) -> list[Row]:
    steps, start = size.steps(10_000), np.array([-1.2, 1.0])
    crowd = np.random.default_rng(0).uniform(-2, 2, (2, 1000)).T

    def ours(x):
        return next(islice(Adam(0.01).iterates(ROSENBROCK.first, x), steps, None))[1]

    runs = {"coursepkg": lambda: ours(start), "1,000 starts": lambda: ours(crowd)}
    runs |= peers.with_torch(lambda: peers.rosenbrock_torch(start, steps))
    out = race(runs, size.rounds)
    times("(iv) Rosenbrock, Adam", out, steps)
    # A loop written out for this one landscape, each product in a buffer of its own, takes 4.7 times as long for 1,000
    # starts as the engine for one. The engine takes 4.5 to 4.7.
    limits = {("coursepkg", "PyTorch"): 0.03, ("1,000 starts", "coursepkg"): 5}
    ends = {name: out[name][1] for name in ("coursepkg", "PyTorch") if name in out}
    agree = [agreement("(iv) Rosenbrock", ends)] if len(ends) > 1 else []
    return [*bars("(iv) Rosenbrock", out, limits), *agree]


def slice_task(size: Size, net, theta, X, y) -> list[Row]:
    theta = theta.astype(np.float32)
    directions = tuple(filter_normalised(net, theta, seed) for seed in (1, 2))
    axis = np.linspace(-1, 1, size.steps(101))
    runs = {"coursepkg": lambda: loss_slice(net, theta, directions, axis, axis, X, y, "cross-entropy")}
    runs |= peers.with_torch(lambda: peers.slice_torch(net, theta, directions, axis, X, y))
    out = race(runs, min(size.rounds, 3))
    times("(v) a slice of the digits net's loss, 101 × 101, float32", out, len(axis) ** 2)
    means = {name: np.mean(L) for name, (_, L) in out.items()}
    agree = [agreement("(v) slice", means)] if len(means) > 1 else []
    return [*bars("(v) slice", out, {("coursepkg", "PyTorch"): 0.45}), *agree]


def main(size: Size) -> list[Row]:
    """Run the five tasks."""
    torch = f"PyTorch {peers.torch.__version__}" if peers.torch else "no PyTorch"
    print(f"Python {sys.version.split()[0]}, NumPy {np.__version__}, scikit-learn {sklearn.__version__}, {torch}")
    rows = [*moons_task(size), *xor_task(size)]
    more, trained = digits_task(size)
    return [*rows, *more, *rosenbrock_task(size), *slice_task(size, *trained)]
