"""The engine's rivals: the same networks, data, weights and steps in scikit-learn and, if it is there, in PyTorch."""

import warnings
from collections.abc import Callable

import numpy as np
from sklearn.neural_network import MLPClassifier

from coursepkg.engine.landscapes import ROSENBROCK

try:
    import torch
except ModuleNotFoundError:  # some GB: a peer that one may do without
    torch = None
else:
    # One thread is PyTorch's best for networks of this size, and on a busy machine two of them wait for each other.
    torch.set_num_threads(1)

warnings.filterwarnings("ignore", message="Stochastic Optimizer")

ACTIVATIONS = {"tanh": "Tanh", "relu": "ReLU"}


def tensor(values, dtype):
    """The values as a tensor of NumPy's `dtype`, or of whole numbers where they are labels."""
    return torch.tensor(np.asarray(values, dtype))


def torch_net(net, theta, g: str, dtype):
    """The same network in PyTorch, with the same weights."""
    layers = []
    for W, b in net.views(theta):
        linear = torch.nn.Linear(W.shape[1], W.shape[0])
        linear.weight.data, linear.bias.data = tensor(W, dtype), tensor(b, dtype)
        layers += [linear, getattr(torch.nn, ACTIVATIONS[g])()]
    return torch.nn.Sequential(*layers[:-1])


def train_torch(net, theta, g: str, X, y, loss: str, optimiser: str, epochs, batch, dtype=np.float64, **steps):
    """θ after training in PyTorch; `loss` and `optimiser` are its names for them."""
    model, loss = torch_net(net, theta, g, dtype), getattr(torch.nn, loss)()
    binary = isinstance(loss, torch.nn.BCEWithLogitsLoss)
    X, y = tensor(X, dtype), tensor(y, dtype)[:, None] if binary else torch.tensor(y)
    optimiser = getattr(torch.optim, optimiser)(model.parameters(), **steps)
    for _ in range(epochs):
        for i in range(0, len(X), batch):
            optimiser.zero_grad()
            loss(model(X[i : i + batch]), y[i : i + batch]).backward()
            optimiser.step()
    return torch.nn.utils.parameters_to_vector(model.parameters()).detach().numpy().astype(float)


def rosenbrock_torch(start, steps: int) -> float:
    """Rosenbrock's function after `steps` steps of PyTorch's Adam."""
    x = torch.tensor(start, requires_grad=True)
    optimiser = torch.optim.Adam([x], lr=0.01)
    for _ in range(steps):
        optimiser.zero_grad()
        ((1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2).backward()
        optimiser.step()
    return ROSENBROCK.f(x.detach().numpy())


def slice_torch(net, theta, directions, axis, X, y) -> np.ndarray:
    """The cross-entropy of the ReLU net over the plane that the two directions span, point by point."""
    model, loss = torch_net(net, theta, "relu", np.float32), torch.nn.CrossEntropyLoss()
    data, targets = tensor(X, np.float32), torch.tensor(y)
    t, d1, d2 = (torch.tensor(v) for v in (theta, *directions))
    L = np.empty((len(axis), len(axis)))
    with torch.no_grad():
        for j, b in enumerate(axis):
            for i, a in enumerate(axis):
                torch.nn.utils.vector_to_parameters(t + a * d1 + b * d2, model.parameters())
                L[j, i] = loss(model(data), targets).item()
    return L


class FromWeights(MLPClassifier):
    """scikit-learn's network, starting from given weights and never stopping early."""

    def start(self, net, theta, dtype):
        self.first = iter([(W.T.astype(dtype), b.astype(dtype)) for W, b in net.views(theta)])
        return self

    def _init_coef(self, fan_in, fan_out, dtype):
        return next(self.first)


def train_sklearn(net, theta, hidden, g: str, X, y, epochs, batch, dtype=np.float64, **solver):
    """θ after training in scikit-learn."""
    fixed = dict(alpha=0, shuffle=False, tol=0, n_iter_no_change=10**9, nesterovs_momentum=False)
    model = FromWeights(hidden, g, batch_size=batch, max_iter=epochs, **fixed, **solver)
    model.start(net, theta, dtype).fit(X.astype(dtype), y)
    parts = [part for W, b in zip(model.coefs_, model.intercepts_, strict=True) for part in (W.T.ravel(), b)]
    return np.concatenate(parts).astype(float)


def with_torch(run: Callable, name: str = "PyTorch") -> dict[str, Callable]:
    """The contestant under its name, or none where PyTorch is missing."""
    return {name: run} if torch else {}
