"""Record what PyTorch computes on fixed problems into torch.json, which the engine's tests compare with.

Run by hand where PyTorch is installed (the extra `bench`): python tests/reference/record_torch.py
"""

import contextlib
import io
import json
import re
from pathlib import Path

import torch

torch.set_default_dtype(torch.float64)
EVERY = 10
STEPS = 50

OPTIMISERS = {
    "gradient descent": lambda p: torch.optim.SGD(p, lr=1e-3),
    "heavy ball": lambda p: torch.optim.SGD(p, lr=1e-3, momentum=0.9),
    "Nesterov": lambda p: torch.optim.SGD(p, lr=1e-3, momentum=0.9, nesterov=True),
    "AdaGrad": lambda p: torch.optim.Adagrad(p, lr=0.1, eps=1e-10),
    "RMSProp": lambda p: torch.optim.RMSprop(p, lr=0.01, alpha=0.9, eps=1e-8),
    "Adam": lambda p: torch.optim.Adam(p, lr=0.05),
    "AdamW": lambda p: torch.optim.AdamW(p, lr=0.05, weight_decay=0.1),
}


def rosenbrock(x):
    return (1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2


def tiny(x):
    """Gradients of about 1e-8, where the place of Adam's ε tells."""
    return 1e-8 * (x[0] + 2 * x[1])


def path(make, f):
    x = torch.tensor([-1.2, 1.0], requires_grad=True)
    optimiser, points = make([x]), []
    for k in range(STEPS + 1):
        if k % EVERY == 0:
            points.append(x.tolist())
        optimiser.zero_grad()
        f(x).backward()
        optimiser.step()
    return points


def activations():
    z = torch.tensor([-6.0, -2.5, -1.0, -0.3, 0.4, 1.0, 3.0, 7.0], requires_grad=True)
    functions = {
        "sigmoid": torch.sigmoid,
        "tanh": torch.tanh,
        "relu": torch.relu,
        "gelu": torch.nn.functional.gelu,
        "softplus": torch.nn.functional.softplus,
        "elu": torch.nn.functional.elu,
        "selu": torch.nn.functional.selu,
        "leaky_relu": torch.nn.functional.leaky_relu,
    }
    out = {"z": z.tolist()}
    for name, g in functions.items():
        a = g(z)
        out[name] = {"a": a.tolist(), "slope": torch.autograd.grad(a.sum(), z)[0].tolist()}
    return out


def losses():
    z = torch.tensor([[2.0, -1.0, 0.5], [-3.0, 0.1, 4.0], [0.0, 0.3, -0.2], [9.0, -9.0, 1.0]], requires_grad=True)
    real = torch.tensor([[1.0, 0.0, 0.5], [-1.0, 2.0, 3.5], [0.1, 0.3, 0.2], [8.0, -9.5, 0.0]])
    binary = torch.tensor([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0], [0.0, 0.0, 1.0], [1.0, 1.0, 0.0]])
    classes = torch.tensor([2, 0, 1, 1])
    F = torch.nn.functional
    values = {
        "squared error": (0.5 * F.mse_loss(z, real, reduction="none").sum(1).mean(), real.tolist()),
        "binary cross-entropy": (
            F.binary_cross_entropy_with_logits(z, binary, reduction="none").sum(1).mean(),
            binary.tolist(),
        ),
        "cross-entropy": (F.cross_entropy(z, classes), classes.tolist()),
        "absolute error": (F.l1_loss(z, real, reduction="none").sum(1).mean(), real.tolist()),
        "huber": (F.huber_loss(z, real, reduction="none").sum(1).mean(), real.tolist()),
    }
    out = {"z": z.tolist()}
    for name, (L, y) in values.items():
        slope = torch.autograd.grad(L, z, retain_graph=True)[0]
        out[name] = {"y": y, "loss": L.item(), "slope": slope.tolist()}
    return out


def network():
    """Train 3-4-4-2 with batch normalisation and a residual branch by Adam; loss, running statistics, first weights."""
    torch.manual_seed(0)

    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.d1, self.n1 = torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4)
            self.d2, self.n2 = torch.nn.Linear(4, 4), torch.nn.BatchNorm1d(4)
            self.d3 = torch.nn.Linear(4, 2)

        def forward(self, x):
            a = torch.tanh(self.n1(self.d1(x)))
            a = a + torch.tanh(self.n2(self.d2(a)))
            return self.d3(a)

    net, X = Net(), torch.randn(12, 3)
    y = (X[:, 0] > 0).long()
    first = torch.nn.utils.parameters_to_vector(net.parameters()).tolist()
    optimiser, L = torch.optim.Adam(net.parameters(), lr=0.05), []
    for _ in range(20):
        optimiser.zero_grad()
        loss = torch.nn.functional.cross_entropy(net(X), y)
        L.append(loss.item())
        loss.backward()
        optimiser.step()
    net.eval()
    running = [s.tolist() for n in (net.n1, net.n2) for s in (n.running_mean, n.running_var)]
    last = torch.nn.utils.parameters_to_vector(net.parameters()).tolist()
    out = net(X).tolist()
    return dict(X=X.tolist(), y=y.tolist(), first=first, losses=L, running=running, last=last, out=out)


def page():
    """The PyTorch code on the page about further systems, and what it prints."""
    text = (Path(__file__).parents[2] / "book" / "further.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"^```python\n(import torch\n.*?)^```", text, re.MULTILINE | re.DOTALL)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(code, {})
    return dict(code=code.splitlines(), printed=printed.getvalue().splitlines())


def main():
    record = {
        "torch": torch.__version__.split("+")[0],
        "every": EVERY,
        "rosenbrock": {name: path(make, rosenbrock) for name, make in OPTIMISERS.items()},
        "tiny": {name: path(make, tiny) for name, make in OPTIMISERS.items()},
        "activations": activations(),
        "losses": losses(),
        "network": network(),
        "page": page(),
    }
    Path(__file__).with_name("torch.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
