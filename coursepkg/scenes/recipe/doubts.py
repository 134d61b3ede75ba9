"""The recipe's explorable: a really trained network makes up its mind about single test digits."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from ...engine.activations import softmax
from ...engine.datasets import Dataset, digits
from ...engine.network import Network, mlp
from ...engine.optimisers import Adam
from ...engine.preparation import split
from ...engine.training import History, Trainer
from ...explorable import Ask, Choice, Frame, explorable
from ...plots import BLUE, FAINT, INK, VERMILLION
from ...plots.hinton import HintonDiagram
from ...plots.key import key

EPOCHS = (0, 1, 2, 3, 4, 6, 8, 12, 16, 20, 24, 34, 44)
RANKS = (1, 2, 3, 4, 5, 6, 7, 8, 10, 20, 50, 100, 200, 359)


class Run(NamedTuple):
    """The recipe's network, its training, the test data, P[e] (359, 10) after epoch e, and the digits by difficulty.

    ``best`` is the epoch of the smallest validation loss, whose parameters are kept; ``order`` (359,) has the test
    digits by the probability that the kept network gives their true class, the smallest first.
    """

    net: Network
    history: History
    test: Dataset
    P: np.ndarray
    best: int
    order: np.ndarray


@lru_cache
def run() -> Run:
    """The page's own training, all of its choices made on validation data."""
    train, validation, test = split(digits(), validation=0.2, test=0.2, seed=0)
    net = mlp((64, 128, 10), "relu", dropout=0.4)
    trainer = Trainer(Adam(0.01), epochs=100, batch=32, patience=20)
    held = (validation.X / 16, validation.y)
    history = trainer.train(
        net, train.X / 16, train.y, "cross-entropy", how="he", validation=held, keep=range(trainer.epochs + 1)
    )
    P = np.array([softmax(net(theta, test.X / 16)) for theta in history.kept.values()])
    best = int(history.validation.argmin())
    return Run(net, history, test, P, best, np.argsort(P[best][np.arange(len(test.y)), test.y]))


@explorable(
    title="Second thoughts",
    alt="Upper left: a handwritten digit of the test set, 8 by 8 pixels, each a square as large as it is dark. Upper "
    "right: ten horizontal bars, the probability that the network gives each digit; the bar of the true one is "
    "filled, the others are outlined. Below: the probability of the true digit over the epochs of training, with a dot "
    "at the chosen epoch and a dashed line at the one that was kept.",
    ask=Ask(
        "The finished network misreads five of 359 test digits. What probability does it give to its wrong answers?",
        ("Nearly 1, as to the right ones", "Clearly less, between 0.4 and 0.9", "About 0.1: it only guesses"),
        answer=1,
        because="They are 0.49, 0.58, 0.62, 0.70 and 0.83, while nearly all of its right answers have more than 0.9. "
        "So a network that may say “I do not know” can avoid most of its mistakes.",
        wrong=(
            "Its mistakes are on digits that look like two classes, and there the probability is shared between them.",
            "A guess among ten would have 0.1. Even on the digits that it misreads it has excluded most classes.",
        ),
    ),
    presets={
        "the hardest": dict(rank=1, epoch=24),
        "nearly a 9": dict(rank=5, epoch=24),
        "a change of mind": dict(rank=6, epoch=12),
        "before training": dict(rank=359, epoch=0),
        "the easiest": dict(rank=359, epoch=24),
    },
    size=(5.0, 4.2),
    rank=Choice(*RANKS, label="test digit, hardest first", value=50, between=True, whole=True),
    epoch=Choice(*EPOCHS, label="epoch", value=1, between=True, whole=True),
)
def second_thoughts(fig):
    grid = fig.add_gridspec(2, 2, height_ratios=(2.1, 1), width_ratios=(1, 1.25))
    found = run()
    picture = HintonDiagram(fig.add_subplot(grid[0, 0]), (8, 8), signs=False)
    picture.positive.axes.spines[:].set_visible(False)
    name = picture.positive.axes.set_title("")
    bars = fig.add_subplot(grid[0, 1], xlim=(0, 1), ylim=(9.6, -0.6), yticks=range(10), xticks=[0, 0.5, 1])
    bars.set_title("probability of each digit")
    bars.tick_params(axis="y", length=0)
    true = bars.add_patch(PathPatch(bar_path([], []), facecolor=BLUE, edgecolor=BLUE, linewidth=1.4))
    others = bars.add_patch(PathPatch(bar_path([], []), facecolor="none", edgecolor=VERMILLION, linewidth=1.4))
    (chosen,) = bars.plot([], [], "<", color=INK, markersize=7, clip_on=False)
    below = fig.add_subplot(grid[1, :], xlim=(0, len(found.P) - 1), ylim=(-0.04, 1.04), xlabel="epoch")
    below.set(yticks=[0, 0.5, 1], ylabel="p of the truth")
    below.axvline(found.best, color=FAINT, linestyle="--", linewidth=1)
    below.text(found.best, 1.08, "kept", va="bottom", ha="center")
    (curve,) = below.plot([], [], color=BLUE, linewidth=1.4)
    (dot,) = below.plot([], [], "o", color=INK, zorder=3, clip_on=False)
    key(fig, {"the truth": true, "other digits": others, "the answer": chosen, "this epoch": dot})

    def update(rank, epoch):
        i = found.order[rank - 1]
        y, p = int(found.test.y[i]), found.P[epoch, i]
        yhat = int(p.argmax())
        picture.move(found.test.X[i].reshape(8, 8), top=16)
        name.set_text(f"a {y}, read as {yhat}")
        true.set_path(bar_path([y], p[[y]]))
        rest = np.flatnonzero((np.arange(10) != y) & (p > 0.004))
        others.set_path(bar_path(rest, p[rest]))
        chosen.set_data([min(p[yhat] + 0.06, 1.03)], [yhat])
        curve.set_data(np.arange(len(found.P)), found.P[:, i, y])
        dot.set_data([epoch], [p[y]])
        artists = [*picture.artists, name, true, others, chosen, curve, dot]
        return Frame(artists, says=second_says(found, rank, epoch, y, p))

    return update


def bar_path(rows: np.ndarray, lengths: np.ndarray) -> Path:
    """One path of a bar in each row, 0.66 high, from 0 to its length."""
    if not len(rows):
        return Path(np.zeros((1, 2)), [Path.MOVETO])
    ends = ((k, float(length)) for k, length in zip(rows, lengths, strict=True))
    corners = [[(0, k - 0.33), (p, k - 0.33), (p, k + 0.33), (0, k + 0.33), (0, k - 0.33)] for k, p in ends]
    return Path(np.concatenate(corners), [Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY] * len(corners))


def second_says(found: Run, rank: int, epoch: int, y: int, p: np.ndarray) -> str:
    """The answer and its probability in words, and how the whole test set stands at that epoch."""
    yhat = int(p.argmax())
    said = f"Epoch {epoch}: this {y} (number {rank} of {len(found.order)}, hardest first) is "
    said += (
        f"read as {yhat}, rightly, with p = {p[y]:.2f}. "
        if yhat == y
        else (f"misread as {yhat} with p = {p[yhat]:.2f}; the truth gets {p[y]:.2f}. ")
    )
    right = int((found.P[epoch].argmax(axis=1) == found.test.y).sum())
    return said + f"Of all {len(found.order)} test digits {right} are read rightly."
