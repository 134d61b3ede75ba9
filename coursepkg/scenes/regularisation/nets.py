"""Dropout and batch normalisation on a network that is really trained, on too few points."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.patches import PathPatch

from ...engine.activations import sigmoid
from ...engine.datasets import moons
from ...engine.layers import Mode
from ...engine.losses import BINARY_CROSS_ENTROPY
from ...engine.network import Network, mlp
from ...engine.optimisers import Adam
from ...engine.preparation import Split, split, standardise
from ...engine.training import Trainer
from ...explorable import Ask, Choice, Frame, explorable
from ...plots import BLUE, INK, VERMILLION, Plane, outline, regions
from ...plots.key import key

EPOCHS = (0, 1, 2, 5, 10, 20, 35, 50, 75, 100, 150, 200)
SILENCED = (0, 0.25, 0.5, 0.75)
CURVE = tuple(sorted({*range(21), *range(20, 201, 5), *EPOCHS}))
REACH = 2.6
TICKS = np.linspace(-REACH - 0.1, REACH + 0.1, 43)  # beyond the frame, which cuts the outlines there


@lru_cache
def crescents() -> Split:
    """Three hundred points of two noisy moons: 60 to train on, 120 for validation, 120 for the test; standardised."""
    parts = split(moons(300, noise=0.35, seed=1), validation=0.4, test=0.4)
    scaling = standardise(parts.train.X)
    return Split(*(part._replace(X=scaling(part.X)) for part in parts))


class Run(NamedTuple):
    """A training run, epoch by epoch: theta (201, size), running statistics (201, states), losses, accuracy.

    `training` (201,) and `validation` (201,) are measured in evaluation: all units awake, running statistics.
    `accuracy` (201,) is the share of validation points that are right.
    """

    net: Network
    theta: np.ndarray
    running: np.ndarray
    training: np.ndarray
    validation: np.ndarray
    accuracy: np.ndarray

    @property
    def best(self) -> int:
        """The epoch of the least validation loss."""
        return int(self.validation.argmin())


@lru_cache(maxsize=16)  # a run is several MB
def trained(p: float, norm: bool) -> Run:
    """A 2–32–32–1 network of ReLU neurons, 200 epochs of Adam with η = 0.01 in batches of 20."""
    train, validation, _ = crescents()
    net = mlp((2, 32, 32, 1), "relu", dropout=p, batchnorm=norm)
    trainer = Trainer(Adam(0.01), epochs=EPOCHS[-1], batch=20)
    held = validation[:2]
    every = range(EPOCHS[-1] + 1)
    history = trainer.train(net, *train[:2], "binary cross-entropy", validation=held, how="he", keep=every)
    theta = np.array([history.kept[epoch] for epoch in every])
    running = np.array([history.kept_running[epoch] for epoch in every])
    A, y = net.batch(*train[:2], BINARY_CROSS_ENTROPY, float)
    training = BINARY_CROSS_ENTROPY.mean(net.outputs(theta, A, Mode(running=running)), y)
    return Run(net, theta, running, training, history.validation, history.accuracy)


@lru_cache
def surface(p: float, norm: bool, epoch: int) -> np.ndarray:
    """The probability of class 1 (43, 43) over the plane, x₁ along the columns."""
    run = trained(p, norm)
    X = np.stack(np.meshgrid(TICKS, TICKS), axis=-1).reshape(-1, 2)
    return sigmoid(run.net(run.theta[epoch], X, run.running[epoch])).reshape(len(TICKS), -1)


@explorable(
    title="Dropout and batch normalisation on a real net",
    alt="Left: sixty training points of two overlapping moons, hollow circles and filled squares, and the region that "
    "the network gives to the squares, shaded darker where it is surer than nine in ten. Right: over the epochs the "
    "training loss as a solid and the validation loss as a dashed line, a star where the validation loss is least, "
    "rings at the epoch shown.",
    ask=Ask(
        "At each step half of the hidden units are silenced at random (p = 0.5). After 200 epochs all are awake again, "
        "and the loss on the training points is measured. How does it compare with training without dropout?",
        ("It is lower", "It is higher", "It is the same: all units are awake"),
        answer=1,
        because="Dropout makes the training points harder to learn by heart, and they are learnt less well. That is "
        "its price; look at the validation loss for what it buys.",
        wrong=(
            "Training with half of the units silent is a handicap, and what was learnt under it shows when all are "
            "awake.",
            "All are awake when it is measured, but the weights were found with half of them silent.",
        ),
    ),
    presets={
        "by heart": dict(p=0, norm="off", epoch=200),
        "stopped in time": dict(p=0, norm="off", epoch=35),
        "dropout ½": dict(p=0.5, norm="off", epoch=200),
        "dropout ¾": dict(p=0.75, norm="off", epoch=200),
        "batch normalisation": dict(p=0, norm="on", epoch=200),
    },
    size=(5.0, 3.0),
    p=Choice(*SILENCED, label="dropout p", between=True),
    epoch=Choice(*EPOCHS, label="epoch", value=5, between=True, whole=True),
    norm=Choice("off", "on", label="batch norm"),
)
def dropout_and_norm(fig):
    left, right = fig.subplots(1, 2, width_ratios=(1.25, 1))
    plane = Plane(left, (-REACH, REACH) * 2, arrow=False)
    left.set(xticks=[-2, 0, 2], yticks=[-2, 0, 2], aspect="equal")
    plane.label(*crescents().train[:2])
    for marks in (plane.zeros, plane.ones):
        marks.set_markersize(4)
    plane.zeros.set_markeredgewidth(1.2)
    sure = left.add_patch(PathPatch(outline([]), facecolor=BLUE, alpha=0.22, edgecolor="none", zorder=0.6))
    half = left.add_patch(PathPatch(outline([]), facecolor=to_rgba(BLUE, 0.2), edgecolor=INK, linewidth=1.2, zorder=1))
    right.set(xlim=(-5, 205), ylim=(0, 1.05), xlabel="epoch", ylabel="loss", xticks=[0, 100, 200], yticks=[0, 0.5, 1])
    (training,) = right.plot([], [], color=BLUE, label="training")
    (validation,) = right.plot([], [], color=VERMILLION, linestyle=(0, (4, 1.5)), label="validation")
    (star,) = right.plot([], [], "*", color=VERMILLION, markersize=11, zorder=4)
    (rings,) = right.plot([], [], "o", color=INK, fillstyle="none", markersize=9, mew=1.4, zorder=5, clip_on=False)
    entries = {"class 0": plane.zeros, "class 1": plane.ones, "given to 1": half, "surer than 0.9": sure}
    entries |= {"training": training, "validation": validation, "its least": star, "this epoch": rings}
    key(fig, entries, columns=4)

    def update(p, epoch, norm):
        run = trained(p, norm == "on")
        for patch, path in zip((half, sure), regions(TICKS, surface(p, norm == "on", epoch), (0.5, 0.9)), strict=True):
            patch.set_path(path)
        training.set_data(CURVE, run.training[list(CURVE)])
        validation.set_data(CURVE, run.validation[list(CURVE)])
        star.set_data([run.best], [run.validation[run.best]])
        rings.set_data([epoch, epoch], [run.training[epoch], run.validation[epoch]])
        return Frame([half, sure, training, validation, star, rings], says=net_says(run, epoch))

    return update


def net_says(run: Run, epoch: int) -> str:
    """How the run stands after an epoch, in words."""
    right = f"{100 * run.accuracy[epoch]:.0f} %"
    return (
        f"Epoch {epoch}: loss {run.training[epoch]:.2f} on the 60 training points and "
        f"{run.validation[epoch]:.2f} on the 120 validation points, of which {right} are right. "
        f"The validation loss is least, {run.validation[run.best]:.2f}, after epoch {run.best}."
    )
