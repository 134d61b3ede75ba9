"""Small networks trained from twenty random starts on four data sets, and on points that a reader has placed."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ...engine.datasets import Dataset, checkerboard, circles, moons, spirals
from ...engine.network import Network, mlp
from ...engine.optimisers import Adam
from ...engine.preparation import standardise
from ...engine.training import Trainer
from ...explorable import Point

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


#: The sets' points, as a control has them.
SETS = {
    name: tuple(Point(*x, int(y)) for x, y in zip(*map(np.ndarray.tolist, points(name)[:2]), strict=True))
    for name in DATA
}
NAMES = {data: name for name, data in SETS.items()}
#: Epochs between two pictures of a training that goes on.
STRIDE = 25


class Lesson:
    """The same training on a reader's own points, as far as it has come: `run` has the epochs from 0 to there.

    What it holds at an epoch does not depend on how often it was asked. `run.succeed` counts the starts that have every
    point right at the last of them.
    """

    def __init__(self, data: tuple[Point, ...], hidden: int, g: str) -> None:
        self.X = np.array([point[:2] for point in data], float)
        self.y = np.array([point.label for point in data])
        self.net = mlp((2, hidden, 1), BENDS[g])
        oracle = self.net.oracle(self.X, self.y, "binary cross-entropy")
        self._path = Adam(0.05).iterates(oracle, self.net.init(seed=0, networks=(STARTS,)))
        self._losses: list[np.ndarray] = []
        self._right: list[np.ndarray] = []
        self._kept: dict[int, np.ndarray] = {}

    def run(self, epoch: int) -> Run:
        """The run up to `epoch`, or up to where at most `STRIDE` epochs more lead."""
        for k in range(len(self._losses), min(epoch + 1, len(self._losses) + STRIDE)):
            theta, losses = next(self._path)
            self._losses.append(losses)
            self._kept[k] = theta[0]
            self._right.append(((self.net(theta, self.X)[..., 0] >= 0) == self.y).mean(axis=-1))
        there = min(epoch + 1, len(self._losses))
        right = np.array(self._right[:there])
        return Run(self.net, np.array(self._losses[:there]), self._kept, right[:, 0], int((right[-1] == 1).sum()))


@lru_cache(maxsize=16)
def lesson(data: tuple[Point, ...], hidden: int, g: str) -> Lesson:
    """The lesson on these points, which goes on where it was."""
    return Lesson(data, hidden, g)
