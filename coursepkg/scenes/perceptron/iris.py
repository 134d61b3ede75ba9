"""Flowers: the perceptron on two pairs of irises, one that a line parts and one that none does."""

from functools import lru_cache

import numpy as np

from ...engine.datasets import Dataset, iris
from ...engine.perceptron import Perceptron, predict
from ...explorable import Ask, Choice, Frame, Slider, explorable
from ...plots import BLUE, Plane
from ...plots.key import key
from ...plots.numbers import number

PAIRS = {"setosa, versicolor": ("setosa", "versicolor"), "versicolor, virginica": ("versicolor", "virginica")}
EPOCHS = 30


@lru_cache
def flower_run(pair: str) -> tuple[Dataset, list[tuple[np.ndarray, float]], list[int]]:
    """The flowers of ``pair`` in a fixed random order, the neuron after each epoch, and its wrong calls then."""
    rows = iris(PAIRS[pair])
    order = np.random.default_rng(1936).permutation(len(rows.y))
    X, y = rows.X[order], rows.y[order]
    neurons = [(np.zeros(2), 0.0)]
    for _ in range(EPOCHS):
        run = Perceptron(epochs=1).fit(X, y, *neurons[-1])
        neurons.append((run.w, run.b))
    return rows, neurons, [int((predict(X, w, b) != y).sum()) for w, b in neurons]


@explorable(
    title="Flowers",
    alt="Left: one hundred irises by petal length and width in centimetres, hollow circles for the first species "
    "and filled squares for the second, with the perceptron's boundary. Right: how many flowers are on the wrong "
    "side after each epoch.",
    ask=Ask(
        "Versicolor and virginica overlap: no line parts them. What will the perceptron's line do after many epochs?",
        ("It settles near the best line", "It keeps jumping", "It stops at the first repeated error"),
        answer=1,
        because="Some flower is always on the wrong side, each visit to it moves the line by a full step, and a "
        "step does not shrink. The rule has no notion of a best line, only of a mistake.",
        wrong=(
            "Nothing holds it there: at the best line some flowers are wrong too, and the next of them moves it away.",
            "It keeps no record of errors, and only an epoch without a mistake would leave the line where it is.",
        ),
    ),
    presets={
        "setosa and versicolor": dict(pair="setosa, versicolor", epoch=5),
        "after 10 epochs": dict(pair="versicolor, virginica", epoch=10),
        "after 30 epochs": dict(pair="versicolor, virginica", epoch=30),
    },
    size=(5.0, 3.1),
    epoch=Slider(0, EPOCHS, 1, label="epochs", value=3, whole=True),
    pair=Choice(*PAIRS, label="species", value="versicolor, virginica"),
)
def flowers(fig):
    grid = fig.add_gridspec(1, 2, width_ratios=(1.25, 1))
    petals = ("petal length in cm", "petal width in cm")
    plane = Plane(fig.add_subplot(grid[0]), (0.5, 7.4, -0.2, 2.8), petals, arrow=False)
    plane.ax.set_yticks([0, 1, 2])
    for points in (plane.zeros, plane.ones):
        points.set_markersize(4.5)
    plane.zeros.set_markeredgewidth(1.2)
    wrong_ax = fig.add_subplot(grid[1], xlim=(-0.5, EPOCHS + 0.5), ylim=(0, 55), xlabel="epoch", ylabel="flowers wrong")
    (trace,) = wrong_ax.plot([], [], color=BLUE, linewidth=1.4)
    (dot,) = wrong_ax.plot([], [], "o", color=BLUE, markersize=6)
    key(fig, {"first species": plane.zeros, "second species": plane.ones, "boundary": plane.line})

    def update(epoch, pair):
        rows, neurons, wrong = flower_run(pair)
        w, b = neurons[epoch]
        plane.label(rows.X, rows.y)
        plane.move(w, b)
        trace.set_data(range(epoch + 1), wrong[: epoch + 1])
        dot.set_data([epoch], [wrong[epoch]])
        w1, w2 = (number(v) for v in w)
        said = f"After {epoch} epoch{'s' * (epoch != 1)}: w = ({w1}, {w2}) per cm, b = {number(b)}, "
        said += f"{wrong[epoch]} of 100 flowers wrong."
        if epoch and neurons[epoch - 1][1] == b and (neurons[epoch - 1][0] == w).all():
            said += " The last epoch made no mistake: the line has come to rest."
        return Frame([*plane.artists, plane.zeros, plane.ones, trace, dot], says=said)

    return update
