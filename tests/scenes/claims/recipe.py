"""The claims of the recipe's explorable."""

from functools import lru_cache

import numpy as np

from coursepkg.engine.datasets import digits
from coursepkg.engine.network import mlp
from coursepkg.engine.optimisers import Adam
from coursepkg.engine.preparation import split
from coursepkg.engine.training import Trainer
from tests.scenes.saying import says


@lru_cache
def answers() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The page's training again: probabilities (epochs, 359, 10), true digits, and the order by difficulty."""
    train, validation, test = split(digits(), validation=0.2, test=0.2, seed=0)
    net = mlp((64, 128, 10), "relu", dropout=0.4)
    run = Trainer(Adam(0.01), epochs=100, batch=32, patience=20).train(
        net,
        train.X / 16,
        train.y,
        "cross-entropy",
        how="he",
        validation=(validation.X / 16, validation.y),
        keep=range(101),
    )
    P = []
    for theta in run.kept.values():
        z = net(theta, test.X / 16)
        e = np.exp(z - z.max(axis=1, keepdims=True))
        P.append(e / e.sum(axis=1, keepdims=True))
    P = np.array(P)
    truth = P[run.validation.argmin()][np.arange(len(test.y)), test.y]
    return P, test.y, truth.argsort()


def shown(state) -> tuple[np.ndarray, int]:
    P, y, order = answers()
    i = order[state.rank - 1]
    return P[state.epoch, i], int(y[i])


LEAD = "Epoch <epoch>: this <y> (number <rank> of 359, hardest first) is "


@says("second_thoughts", LEAD + "read as <yhat>, rightly, with p = <p>.")
def read_rightly(state, said):
    p, y = shown(state)
    assert (said.epoch, said.rank) == (state.epoch, state.rank)
    assert said.y == said.yhat == y == p.argmax()
    assert said.p.is_(p[y])


@says("second_thoughts", LEAD + "misread as <yhat> with p = <p>; the truth gets <q>.")
def misread(state, said):
    p, y = shown(state)
    assert (said.epoch, said.rank, said.y) == (state.epoch, state.rank, y)
    assert said.yhat == p.argmax() != y
    assert said.p.is_(p.max())
    assert said.q.is_(p[y])


@says("second_thoughts", "Of all 359 test digits <right> are read rightly.")
def read_in_all(state, said):
    P, y, _ = answers()
    return said.right == int((P[state.epoch].argmax(axis=1) == y).sum())
