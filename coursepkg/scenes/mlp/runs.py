"""Small networks trained from twenty random starts on four data sets."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ...engine.datasets import Dataset, checkerboard, circles, moons, spirals
from ...engine.network import Network, mlp
from ...engine.optimisers import Adam
from ...engine.preparation import standardise
from ...engine.training import Trainer

DATA = ("XOR", "moons", "circles", "spirals")
WIDTHS = (1, 2, 3, 4, 8)
#: The hidden neurons' activation, by the name that a reader sees.
BENDS = {"linear": "identity", "tanh": "tanh", "ReLU": "relu"}
EPOCHS = (0, 5, 10, 20, 50, 100, 200, 400)
STARTS = 20


@lru_cache
def points(data: str) -> Dataset:
    """A hundred points of the data set ``data``, standardised."""
    found = {
        "XOR": lambda: checkerboard(100, cells=2),
        "moons": lambda: moons(100),
        "circles": lambda: circles(100, noise=0.08),
        "spirals": lambda: spirals(100, noise=0.05, turns=1),
    }[data]()
    return found._replace(X=standardise(found.X)(found.X))


class Run(NamedTuple):
    """Twenty networks trained from twenty starts: losses (400 + 1, 20), the first one's theta at each epoch,
    its accuracy at each epoch, and how many of the twenty end with at most 2 of 100 points wrong."""

    net: Network
    losses: np.ndarray
    kept: dict[int, np.ndarray]
    accuracy: np.ndarray
    succeed: int


@lru_cache
def trained(data: str, hidden: int, g: str = "tanh") -> Run:
    """The runs of a 2–hidden–1 network on ``data``, its hidden neurons bent by ``g``.

    Adam, η = 0.05, all points at each step, from starts that are the same for each g.
    """
    X, y, *_ = points(data)
    net = mlp((2, hidden, 1), BENDS[g])
    trainer = Trainer(Adam(0.05), epochs=EPOCHS[-1])
    theta = net.init(seed=0, networks=(STARTS,))
    every = range(EPOCHS[-1] + 1)
    history = trainer.train(net, X, y, "binary cross-entropy", theta=theta, validation=(X, y), keep=every)
    kept = {epoch: theta[0] for epoch, theta in history.kept.items()}
    succeed = int((history.accuracy[-1] >= 0.98 - 1e-9).sum())
    return Run(net, history.losses, kept, history.accuracy[:, 0], succeed)
