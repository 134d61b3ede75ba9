"""Chapter 7: every check takes right answers of any form and has words of its own for each known mistake."""

from itertools import product

import numpy as np
import pytest
from matplotlib.figure import Figure

from coursepkg.engine.linear import dropout_penalty, ridge
from coursepkg.engine.optimisers import Adam, AdamW
from coursepkg.engine.regularisers import L1, L2, penalised
from tests.check.judging import UNKNOWN, constant, dress, said


def closed(A=lambda X, lam: X.T @ X + lam * np.eye(X.shape[1]), v=lambda X, y: X.T @ y, then=lambda w, lam: w):
    return lambda X, y, lam: then(np.linalg.lstsq(A(X, lam), v(X, y), rcond=None)[0], lam)


def gram(X, lam):
    return X.T @ X


def step(move):
    """A step from the two parts of the gradient, the data's g and w itself."""
    return lambda w, X, y, lam, eta: move(w, X.T @ (X @ w - y), lam, eta, len(y))


def output(f):
    return lambda a, mask, p: f(a, mask, p)


def over_masks(chance=lambda m, p: np.prod(np.where(m, 1 - p, p)), scale=lambda p: 1 / (1 - p), then=lambda L, n: L):
    def loss(X, y, w, p):
        masks = [np.array(mask) for mask in product((0, 1), repeat=len(w))]
        return then(sum(chance(m, p) * np.sum(((X * m * scale(p)) @ w - y) ** 2) for m in masks), len(y))

    return loss


def four(**other):
    """The four first steps, some of them replaced."""

    def steps(w, g, eta, lam):
        right = {
            "sgd_l2": w - eta * (g + lam * w),
            "sgd_decay": (1 - eta * lam) * w - eta * g,
            "adam_l2": w - eta * np.sign(g + lam * w),
            "adam_decay": (1 - eta * lam) * w - eta * np.sign(g),
        }
        return tuple((right | {name: f(w, g, eta, lam) for name, f in other.items()}).values())

    return steps


def soft(a, lam):
    return np.sign(a) * np.maximum(np.abs(a) - lam, 0)


def shrunk(a, lam):
    return a / (1 + lam)


def picture(
    one=soft,
    two=shrunk,
    styles=("-", "--"),
    legend=True,
    labels=("a", "w"),
    reach=3.0,
    hole=0.0,
    names=("L1", "L2"),
    limits=None,
):
    def draw(ax, lam):
        a = np.linspace(-reach, reach, 61)
        a = a[np.abs(a) >= hole]
        for f, style, name in zip((one, two), styles, names, strict=True):
            ax.plot(a, f(a, lam), style, label=name)
        dress(ax, legend, labels, limits)

    return draw


WRONG = {
    "ridge_weights": {
        "least squares": (closed(gram), "your answer does not depend on λ"),
        "minus": (closed(lambda X, lam: gram(X, lam) - lam * np.eye(X.shape[1])), "yours makes weights larger"),
        "twice": (closed(lambda X, lam: gram(X, lam) + 2 * lam * np.eye(X.shape[1])), "Your λ counts twice"),
        "mean": (
            closed(lambda X, lam: gram(X, lam) / len(X) + lam * np.eye(X.shape[1]), lambda X, y: X.T @ y / len(y)),
            "λ weighs n times as much",
        ),
        "every entry": (closed(lambda X, lam: gram(X, lam) + lam), "what NumPy does with a number"),
        "one weight": (closed(gram, then=lambda w, lam: w / (1 + lam)), "where XᵀX = I"),
        "elsewhere": (lambda X, y, lam: np.ones(X.shape[1]), UNKNOWN),
        "shape": (lambda X, y, lam: y, "2 finite numbers"),
    },
    "ridge_step": {
        "uphill": (step(lambda w, g, lam, eta, n: w + eta * (g + lam * w)), "That goes uphill"),
        "no penalty": (step(lambda w, g, lam, eta, n: w - eta * g), "λ changes nothing"),
        "penalty's sign": (step(lambda w, g, lam, eta, n: w - eta * (g - lam * w)), "pushes weights away from 0"),
        "error turned": (step(lambda w, g, lam, eta, n: w - eta * (lam * w - g)), "the error is Xw − y"),
        "twice": (step(lambda w, g, lam, eta, n: w - eta * (g + 2 * lam * w)), "Your λ counts twice"),
        "mean": (step(lambda w, g, lam, eta, n: w - eta * (g / n + lam * w)), "here it is a sum"),
        "decay without η": (step(lambda w, g, lam, eta, n: (1 - lam) * w - eta * g), "yours leaves η out"),
        "no η": (step(lambda w, g, lam, eta, n: w - g - lam * w), "whatever η is"),
        "gradient alone": (step(lambda w, g, lam, eta, n: g + lam * w), UNKNOWN),
    },
    "inverted_dropout": {
        "not louder": (output(lambda a, m, p: a * m), "make up for the silent ones"),
        "by p": (output(lambda a, m, p: a * m / p if p else a), "the share that is silenced"),
        "quieter": (output(lambda a, m, p: a * m * (1 - p)), "quieter still"),
        "turned": (output(lambda a, m, p: a * (1 - m) / (1 - p)), "Your mask is turned round"),
        "evaluation": (output(lambda a, m, p: a), "that is evaluation"),
        "share of the mask": (
            output(lambda a, m, p: a * m / max(m.mean(), 0.25)),
            "depends on what happens to the others",
        ),
        "elsewhere": (output(lambda a, m, p: a + 7), UNKNOWN),
        "a number": (output(lambda a, m, p: 1.0), "4 finite numbers"),
    },
    "dropout_loss": {
        "without dropout": (lambda X, y, w, p: np.sum((X @ w - y) ** 2), "That is the loss without dropout"),
        "all alike": (over_masks(lambda m, p: 0.5 ** len(m)), "You weigh all masks alike"),
        "not divided": (over_masks(scale=lambda p: 1), "not divided by 1 − p"),
        "turned": (over_masks(lambda m, p: np.prod(np.where(m, p, 1 - p))), "Your probabilities are turned round"),
        "mean": (over_masks(then=lambda L, n: L / n), "the mean over samples; asked is the sum"),
        "half": (over_masks(then=lambda L, n: L / 2), "without the ½"),
        "sum": (over_masks(lambda m, p: 1), "the sum over masks"),
        "share p": (lambda X, y, w, p: np.sum((X @ w - y) ** 2) + p * np.sum((X * w) ** 2), "adds is p/(1 − p)"),
        "share p(1 − p)": (
            lambda X, y, w, p: np.sum((X @ w - y) ** 2) + p * (1 - p) * np.sum((X * w) ** 2),
            "is the variance of the mask m itself",
        ),
        "penalty": (lambda X, y, w, p: 2 * dropout_penalty(X, w, p), "the penalty alone"),
        "elsewhere": (constant(-1.0), UNKNOWN),
        "two numbers": (constant((1.0, 2.0)), "1 finite number in all"),
    },
    "first_steps": {
        "SGD without λ": (four(sgd_l2=lambda w, g, eta, lam: w - eta * g), "λ has no part in this step."),
        "Adam without λ": (
            four(adam_decay=lambda w, g, eta, lam: w - eta * np.sign(g)),
            "λ has no part in this step of Adam",
        ),
        "twice": (four(sgd_l2=lambda w, g, eta, lam: w - eta * (g + 2 * lam * w)), "λ counts twice here"),
        "decay without η": (
            four(sgd_decay=lambda w, g, eta, lam: (1 - lam) * w - eta * g),
            "so that for SGD it is the same as L2",
        ),
        "AdamW without η": (
            four(adam_decay=lambda w, g, eta, lam: (1 - lam) * w - eta * np.sign(g)),
            "under AdamW as well",
        ),
        "L2 taken for decay": (
            four(adam_l2=lambda w, g, eta, lam: (1 - eta * lam) * w - eta * np.sign(g)),
            "That is AdamW's step",
        ),
        "decay taken for L2": (
            four(adam_decay=lambda w, g, eta, lam: w - eta * np.sign(g + lam * w)),
            "That is Adam with L2",
        ),
        "SGD for Adam": (
            four(adam_decay=lambda w, g, eta, lam: (1 - eta * lam) * w - eta * g),
            "Adam divides by the size of the gradient",
        ),
        "SGD decays late": (
            four(sgd_decay=lambda w, g, eta, lam: (1 - eta * lam) * (w - eta * g)),
            "You decay after the step",
        ),
        "AdamW decays late": (
            four(adam_decay=lambda w, g, eta, lam: (1 - eta * lam) * (w - eta * np.sign(g))),
            "You decay after the step",
        ),
        "no hats": (
            four(adam_l2=lambda w, g, eta, lam: w - eta * 0.1 / 0.001**0.5 * np.sign(g + lam * w)),
            "the first step without correction",
        ),
        "another order": (
            lambda *args: tuple(four()(*args)[k] for k in (0, 2, 1, 3)),
            "in this order: SGD with L2, SGD with decay, Adam with L2, Adam with decay",
        ),
        "uphill": (four(adam_l2=lambda w, g, eta, lam: w + eta * np.sign(g)), UNKNOWN),
        "two of four": (lambda w, g, eta, lam: (w, w), "12 finite numbers"),
    },
    "shrink_picture": {
        "hard": (picture(lambda a, lam: np.where(np.abs(a) > lam, a, 0)), "leave the others as they are"),
        "one side": (picture(lambda a, lam: np.maximum(a - lam, 0)), "a negative weight moves towards 0"),
        "sign lost": (picture(lambda a, lam: np.maximum(np.abs(a) - lam, 0)), "has lost the sign of a"),
        "no maximum": (picture(lambda a, lam: np.sign(a) * (np.abs(a) - lam)), "In the middle your L1 curve"),
        "2λ": (picture(two=lambda a, lam: a / (1 + 2 * lam)), "takes the penalty λw²"),
        "the penalty": (picture(lambda a, lam: lam * np.abs(a)), "That is the penalty itself"),
        "L1 elsewhere": (picture(lambda a, lam: a + 5), UNKNOWN),
        "L2 elsewhere": (picture(two=lambda a, lam: a + 5), UNKNOWN),
        "nothing": (lambda ax, lam: None, "the number of things drawn"),
        "too short": (picture(reach=2.0), "has to reach from a = −3"),
        "colour alone": (picture(styles=("-", "-")), "Colour alone"),
        "no legend": (picture(legend=False), "which curve belongs to which penalty"),
        "no labels": (picture(labels=()), "An axis without a name"),
        "a hole": (picture(hole=1.0), "The curve has a hole"),
        "labels exchanged": (picture(names=("L2", "L1")), "but its label speaks of L2"),
        "equal labels": (picture(names=("w", "w")), "Entries of the legend that read alike"),
        "out of sight": (picture(limits=(7, 8)), "outside the limits of the axes"),
        "names exchanged": (picture(labels=("w", "a")), "have changed places"),
        "own figure": (lambda ax, lam: picture()(Figure().subplots(), lam), "the number of things drawn"),
    },
}

AX = {"shrink_picture": lambda: [Figure().subplots()]}


@pytest.mark.parametrize(
    "weights",
    [
        ridge,
        lambda X, y, lam: np.linalg.inv(X.T @ X + lam * np.eye(X.shape[1])) @ X.T @ y,
        lambda X, y, lam: (X.T @ np.linalg.solve(X @ X.T + lam * np.eye(len(y)), y))[:, None],  # the dual form
    ],
    ids=["engine", "inverse", "dual, as a column"],
)
def test_ridge_may_be_solved_in_any_way(weights):
    assert said("ridge_weights", weights)[0] == "right"


def test_a_right_step_says_how_many_lead_to_the_closed_form():
    outcome, text = said("ridge_step", step(lambda w, g, lam, eta, n: w - eta * (g + lam * w)))
    assert outcome == "right"
    assert "two ways to one w" in text


def test_a_step_that_is_right_only_where_it_was_tried_is_found_out():
    seen = []

    def by_heart(w, X, y, lam, eta):
        seen.append(1)
        return w - eta * (X.T @ (X @ w - y) + lam * w) if len(seen) <= 4 else w

    outcome, text = said("ridge_step", by_heart)
    assert outcome == "not yet"
    assert "after 1,000 steps" in text


def test_the_dropout_loss_may_be_enumerated_or_known():
    for loss in (over_masks(), lambda X, y, w, p: np.sum((X @ w - y) ** 2) + 2 * dropout_penalty(X, w, p)):
        assert said("dropout_loss", loss)[0] == "right"
    assert said("inverted_dropout", lambda a, mask, p: np.where(mask, a / (1 - p), 0))[0] == "right"


def test_first_steps_are_those_of_the_engine():
    def engine(w, g, eta, lam):
        adam = [
            list(zip(range(2), o.iterates(f, w), strict=False))[1][1][0]
            for o, f in (
                (Adam(eta, eps=0.0), penalised(lambda _: (0.0, g), L2(lam))),
                (AdamW(eta, eps=0.0, decay=lam), lambda _: (0.0, g)),
            )
        ]
        return (*four()(w, g, eta, lam)[:2], *adam)

    assert said("first_steps", engine)[0] == "right"
    assert said("first_steps", four())[0] == "right"


@pytest.mark.parametrize("seed", [0, 11])
def test_the_picture_may_be_drawn_by_the_engine_and_hold_more_lines(seed):
    def draw(ax, lam):
        ax.plot([-3, 3], [-3, 3], ":", label="no penalty")
        picture(lambda a, lam: L1(lam).prox(a), lambda a, lam: L2(lam).prox(a))(ax, lam)
        ax.axhline(0)

    assert said("shrink_picture", draw, Figure().subplots(), seed)[0] == "right"


def test_a_picture_learnt_by_heart_fails_on_another_lambda():
    by_heart = picture(lambda a, lam: soft(a, 1.0), lambda a, lam: shrunk(a, 1.0))
    assert said("shrink_picture", by_heart, Figure().subplots())[0] == "not yet"
