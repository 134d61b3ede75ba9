"""The engine against its peers: same network, data, weights and steps; prints ratios of median times and their bars.

Run it with `python benchmarks/engine.py`, from an environment with the extra `bench` (PyTorch, scikit-learn). The
contestants of a task run in turn, round after round, so that a busy machine slows all of them. Exits with 1 if a bar
is missed or if losses do not agree to four digits.
"""

import sys
import warnings
from itertools import islice
from statistics import median
from time import perf_counter

import numpy as np
import torch
from engine_scalar import train as train_scalars
from sklearn.neural_network import MLPClassifier

from coursepkg.engine.datasets import digits, gate, moons
from coursepkg.engine.landscapes import ROSENBROCK
from coursepkg.engine.network import mlp
from coursepkg.engine.optimisers import Adam, GradientDescent, Momentum
from coursepkg.engine.slices import filter_normalised, loss_slice
from coursepkg.engine.training import Trainer

warnings.filterwarnings("ignore", message="Stochastic Optimizer")
TORCH = {np.float32: torch.float32, np.float64: torch.float64}


def race(contestants, rounds):
    """{name: (median seconds, last result)}, everyone once a round, after a round that does not count."""
    times, results = {name: [] for name in contestants}, {}
    for r in range(rounds + 1):
        for name, run in contestants.items():
            start = perf_counter()
            results[name] = run()
            if r:
                times[name].append(perf_counter() - start)
    return {name: (median(times[name]), results[name]) for name in contestants}


class Table:
    """The printed rows, and whether all bars held."""

    def __init__(self):
        self.holds = True

    def times(self, title, outcome, unit):
        print(f"\n{title}")
        for name, (seconds, _) in outcome.items():
            print(f"  {name:<38} {seconds / unit * 1e6:10.1f} µs a step")

    def bar(self, what, ratio, limit):
        ok = ratio <= limit
        self.holds &= ok
        print(f"  {what:<38} {ratio:10.3f}  (bar {limit:g}: {'holds' if ok else 'MISSED'})")

    def agree(self, losses):
        values = [float(v) for v in losses.values()]
        spread = max(values) - min(values)
        ok = spread <= 0.5e-4 * max(1, abs(values[0]))
        self.holds &= ok
        print(f"  losses {', '.join(f'{v:.6f}' for v in values)}  ({'agree' if ok else 'DISAGREE'})")


def torch_net(net, theta, g, dtype):
    """The same network in PyTorch, with the same weights."""
    layers = []
    for W, b in net.views(theta):
        linear = torch.nn.Linear(W.shape[1], W.shape[0], dtype=TORCH[dtype])
        linear.weight.data, linear.bias.data = torch.tensor(W, dtype=TORCH[dtype]), torch.tensor(b, dtype=TORCH[dtype])
        layers += [linear, g()]
    return torch.nn.Sequential(*layers[:-1])


def from_torch(model):
    return torch.nn.utils.parameters_to_vector(model.parameters()).detach().numpy().astype(float)


def train_torch(net, theta, g, X, y, loss, make, epochs, batch, dtype):
    model = torch_net(net, theta, g, dtype)
    X, y = torch.tensor(X, dtype=TORCH[dtype]), torch.tensor(y)
    y = y.to(TORCH[dtype])[:, None] if isinstance(loss, torch.nn.BCEWithLogitsLoss) else y
    optimiser = make(model.parameters())
    for _ in range(epochs):
        for i in range(0, len(X), batch):
            optimiser.zero_grad()
            loss(model(X[i : i + batch]), y[i : i + batch]).backward()
            optimiser.step()
    return from_torch(model)


class FromWeights(MLPClassifier):
    """scikit-learn's network, starting from given weights and never stopping early."""

    def start(self, net, theta, dtype):
        self.first = iter([(W.T.astype(dtype), b.astype(dtype)) for W, b in net.views(theta)])
        return self

    def _init_coef(self, fan_in, fan_out, dtype):
        return next(self.first)


def train_sklearn(net, theta, hidden, g, X, y, epochs, batch, dtype, **solver):
    model = FromWeights(
        hidden,
        g,
        alpha=0,
        batch_size=batch,
        max_iter=epochs,
        shuffle=False,
        tol=0,
        n_iter_no_change=10**9,
        nesterovs_momentum=False,
        **solver,
    )
    model.start(net, theta, dtype).fit(X.astype(dtype), y)
    parts = [part for W, b in zip(model.coefs_, model.intercepts_, strict=True) for part in (W.T.ravel(), b)]
    return np.concatenate(parts).astype(float)


def moons_task(table):
    net, data, steps = mlp((2, 16, 16, 1)), moons(200, noise=0.2), 500
    theta, X, y, bce = net.init(1), data.X, data.y, "binary cross-entropy"
    runs = {}
    for dtype in (np.float32, np.float64):
        bits = np.dtype(dtype).itemsize * 8
        runs[f"coursepkg, float{bits}"] = lambda dtype=dtype: (
            Trainer(Adam(0.01), epochs=steps).train(net, X, y, bce, theta.astype(dtype)).theta
        )
        runs[f"PyTorch, float{bits}"] = lambda dtype=dtype: train_torch(
            net, theta, torch.nn.Tanh, X, y, torch.nn.BCEWithLogitsLoss(),
            lambda p: torch.optim.Adam(p, lr=0.01), steps, 200, dtype,
        )  # fmt: skip
        runs[f"scikit-learn, float{bits}"] = lambda dtype=dtype: train_sklearn(
            net, theta, (16, 16), "tanh", X, y, steps, 200, dtype, solver="adam", learning_rate_init=0.01
        )
    out = race(runs, 5)
    table.times("(i) 2-16-16-1 tanh, 200 moons, full-batch Adam, 500 steps", out, steps)
    ours32, ours64 = out["coursepkg, float32"][0], out["coursepkg, float64"][0]
    # scikit-learn's own default precision, float64, is its faster one here, so it is the yardstick for both.
    fastest = min(out["scikit-learn, float32"][0], out["scikit-learn, float64"][0])
    table.bar("float32 / scikit-learn", ours32 / fastest, 0.5)
    table.bar("float32 / PyTorch float32", ours32 / out["PyTorch, float32"][0], 0.25)
    table.bar("float64 / scikit-learn", ours64 / out["scikit-learn, float64"][0], 0.75)
    oracle = net.oracle(X, y, bce)
    table.agree({name: oracle(end.astype(float))[0] for name, (_, end) in out.items() if "64" in name})


def xor_task(table):
    net, data, steps, few = mlp((2, 8, 1)), gate("XOR"), 2000, 100
    theta, X, y, bce = net.init(1), data.X, data.y, "binary cross-entropy"
    (W, b), (w, c) = net.views(theta)
    weights = [(W.tolist(), b.tolist()), (w[0].tolist(), c.item())]
    samples = list(zip(X.tolist(), y.tolist(), strict=True))
    runs = {
        "coursepkg": lambda: Trainer(GradientDescent(0.5), epochs=steps).train(net, X, y, bce, theta).theta,
        "PyTorch": lambda: train_torch(
            net, theta, torch.nn.Tanh, X, y, torch.nn.BCEWithLogitsLoss(),
            lambda p: torch.optim.SGD(p, lr=0.5), steps, 4, np.float64,
        ),
        "scikit-learn": lambda: train_sklearn(
            net, theta, (8,), "tanh", X, y, steps, 4, float, solver="sgd", learning_rate_init=0.5, momentum=0
        ),
    }  # fmt: skip
    out = race(runs, 5)
    table.times("(ii) XOR 2-8-1 tanh, gradient descent, 2,000 steps", out, steps)
    start = perf_counter()
    scalars = train_scalars(weights, samples, 0.5, few)
    seconds = (perf_counter() - start) / few
    print(f"  {'float by float, our own 60 lines':<38} {seconds * 1e6:10.1f} µs a step")
    ours = out["coursepkg"][0]
    table.bar("coursepkg / scikit-learn", ours / out["scikit-learn"][0], 0.33)
    table.bar("coursepkg / PyTorch", ours / out["PyTorch"][0], 0.12)
    print(f"  {'coursepkg / float by float':<38} {ours / steps / seconds:10.3f}")
    oracle = net.oracle(X, y, bce)
    table.agree({name: oracle(end)[0] for name, (_, end) in out.items()})
    short = Trainer(GradientDescent(0.5), epochs=few).train(net, X, y, bce, theta).theta
    by_unit = np.array([*(v for row in scalars_rows(scalars, W.shape) for v in row[:-1])])
    table.agree({"engine": np.abs(short[: W.size]).sum(), "float by float": np.abs(by_unit).sum()})


def scalars_rows(values, shape):
    """The hidden units' rows (weights, bias) out of the float-by-float engine's list."""
    width = shape[1] + 1
    return [values[i * width : (i + 1) * width] for i in range(shape[0])]


def digits_task(table):
    net, data, epochs = mlp((64, 32, 10), "relu"), digits(), 5
    theta, X, y = net.init(1, "he"), data.X / 16, data.y
    runs = {
        "coursepkg": lambda: (
            Trainer(Momentum(0.05), epochs=epochs, batch=32, shuffle=False)
            .train(net, X, y, "cross-entropy", theta)
            .theta
        ),
        "PyTorch": lambda: train_torch(
            net, theta, torch.nn.ReLU, X, y, torch.nn.CrossEntropyLoss(),
            lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9), epochs, 32, np.float64,
        ),
        "scikit-learn": lambda: train_sklearn(
            net, theta, (32,), "relu", X, y, epochs, 32, float, solver="sgd", learning_rate_init=0.05, momentum=0.9
        ),
    }  # fmt: skip
    out = race(runs, 7)
    table.times("(iii) digits 64-32-10 ReLU, batch 32, momentum, 5 epochs", out, epochs * 57)
    table.bar("coursepkg / scikit-learn", out["coursepkg"][0] / out["scikit-learn"][0], 0.35)
    table.bar("coursepkg / PyTorch", out["coursepkg"][0] / out["PyTorch"][0], 0.25)
    oracle = net.oracle(X, y, "cross-entropy")
    table.agree({name: oracle(end)[0] for name, (_, end) in out.items()})
    return net, out["coursepkg"][1], X, y


def rosenbrock_task(table):
    steps, start = 10_000, np.array([-1.2, 1.0])
    crowd = np.random.default_rng(0).uniform(-2, 2, (2, 1000)).T

    def ours(x):
        return next(islice(Adam(0.01).iterates(ROSENBROCK.first, x), steps, None))[1]

    def theirs():
        x = torch.tensor(start, requires_grad=True)
        optimiser = torch.optim.Adam([x], lr=0.01)
        for _ in range(steps):
            optimiser.zero_grad()
            ((1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2).backward()
            optimiser.step()
        return ROSENBROCK.f(x.detach().numpy())

    out = race({"coursepkg": lambda: ours(start), "1,000 starts": lambda: ours(crowd), "PyTorch": theirs}, 3)
    table.times("(iv) Rosenbrock, 10,000 Adam steps", out, steps)
    table.bar("coursepkg / PyTorch", out["coursepkg"][0] / out["PyTorch"][0], 0.03)
    table.bar("1,000 starts / one", out["1,000 starts"][0] / out["coursepkg"][0], 4)
    table.agree({name: out[name][1] for name in ("coursepkg", "PyTorch")})


def slice_task(table, net, theta, X, y):
    theta = theta.astype(np.float32)
    directions = tuple(filter_normalised(net, theta, seed) for seed in (1, 2))
    axis = np.linspace(-1, 1, 101)

    def theirs():
        model, loss = torch_net(net, theta, torch.nn.ReLU, np.float32), torch.nn.CrossEntropyLoss()
        data, targets = torch.tensor(X, dtype=torch.float32), torch.tensor(y)
        t, d1, d2 = (torch.tensor(v) for v in (theta, *directions))
        L = np.empty((101, 101))
        with torch.no_grad():
            for j, b in enumerate(axis):
                for i, a in enumerate(axis):
                    torch.nn.utils.vector_to_parameters(t + a * d1 + b * d2, model.parameters())
                    L[j, i] = loss(model(data), targets).item()
        return L

    runs = {
        "coursepkg": lambda: loss_slice(net, theta, directions, axis, axis, X, y, "cross-entropy"),
        "PyTorch": theirs,
    }
    out = race(runs, 3)
    table.times("(v) a slice of the digits net's loss, 101 × 101, float32", out, 101**2)
    table.bar("coursepkg / PyTorch", out["coursepkg"][0] / out["PyTorch"][0], 0.45)
    table.agree({name: np.mean(L) for name, (_, L) in out.items()})


def main():
    print(f"Python {sys.version.split()[0]}, NumPy {np.__version__}, PyTorch {torch.__version__}")
    table = Table()
    moons_task(table)
    xor_task(table)
    trained = digits_task(table)
    rosenbrock_task(table)
    slice_task(table, *trained)
    print("\nall bars hold" if table.holds else "\na bar is missed")
    return 0 if table.holds else 1


if __name__ == "__main__":
    sys.exit(main())
