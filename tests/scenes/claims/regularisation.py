"""The claims of chapter 7's explorables."""

from functools import lru_cache

import numpy as np

from coursepkg.engine.datasets import moons, noisy_polynomial
from coursepkg.engine.network import mlp
from coursepkg.engine.optimisers import Adam
from coursepkg.engine.preparation import split, standardise
from coursepkg.engine.training import Trainer
from tests.scenes.saying import says

# Shrink or snap: the sum of both costs, minimised by trying.


def best(a: float, lam: float, kind: str) -> float:
    """The lowest of a fine grid that holds 0."""
    w = np.arange(-400_000, 400_001) * 1e-5
    cost = (w - a) ** 2 / 2 + lam * (np.abs(w) if kind == "L1" else w * w / 2)
    return float(w[cost.argmin()])


@says("shrink_or_snap", "No penalty: the best weight is a = <a>.", lam=0)
def no_penalty(state, said):
    return said.a == state.a and abs(best(state.a, 0, state.kind) - state.a) < 2e-5


@says("shrink_or_snap", "The data want 0, and so does the penalty: w = 0.", a=0)
def both_want_zero(state, said):
    return state.a == 0 == best(state.a, state.lam, state.kind)


@says("shrink_or_snap", "L2: w = a/(1 + λ) = <a>/<by> = <w>. Shrunk by a factor, and not 0.")
def shrunk(state, said):
    assert said.a == state.a
    assert said.by.is_(1 + state.lam)
    assert said.w.is_(best(state.a, state.lam, "L2"), 2) or abs(said.w - best(state.a, state.lam, "L2")) < 0.00502
    assert said.w != 0


@says("shrink_or_snap", "L1: |a| = <a> is not above λ = <lam>, so w = 0 exactly. Snapped.", a=1, lam=1)
def snapped(state, said):
    assert (said.a, said.lam) == (abs(state.a), state.lam)
    return best(state.a, state.lam, "L1") == 0


@says("shrink_or_snap", "L1: w = sign(a)(|a| − λ) = <minus:−?>(<a> − <lam>) = <w>. Moved towards 0 by λ.", a=-3, lam=1)
def moved(state, said):
    assert (said.a, said.lam) == (abs(state.a), state.lam)
    assert said.minus == ("−" if state.a < 0 else "")
    assert abs(said.w - best(state.a, state.lam, "L1")) < 0.00502
    assert abs(abs(state.a) - abs(best(state.a, state.lam, "L1")) - state.lam) < 2e-5


# Degree × λ and early stopping: the fits by the normal equations of an augmented system.


@lru_cache
def parts() -> tuple:
    return tuple(split(noisy_polynomial(60, (0, -1, 0, 2), noise=0.2, seed=21), validation=0.25, test=0.5))


@lru_cache
def powers(degree: int) -> tuple[np.ndarray, ...]:
    """x, …, x^degree of the three parts, by mean and standard deviation of the training points."""
    raw = [part.X[:, :1] ** np.arange(1, degree + 1) for part in parts()]
    mean, s = raw[0].mean(axis=0), raw[0].std(axis=0)
    return tuple((X - mean) / s for X in raw)


@lru_cache
def ridge(degree: int, lam: float) -> tuple[float, float, float]:
    """Degrees of freedom, and the mean squared errors on training and validation points."""
    train, validation, _ = parts()
    X, V, _ = powers(degree)
    y = train.y - train.y.mean()
    tall = np.vstack([X, np.sqrt(lam) * np.eye(degree)])
    w, *_ = np.linalg.lstsq(tall, np.append(y, np.zeros(degree)), rcond=None)
    # What a change of the targets does to the fit, summed over the points: the trace of the hat matrix.
    hat = X @ np.linalg.lstsq(tall, np.vstack([np.eye(15), np.zeros((degree, 15))]), rcond=None)[0]
    errors = [np.mean((A @ w + train.y.mean() - part.y) ** 2) for A, part in ((X, train), (V, validation))]
    return 1 + float(np.trace(hat)), *map(float, errors)


@says(
    "degree_and_penalty",
    "Degree <degree>, λ = <lam>: <count> coefficients with <dof> degrees of freedom. Mean squared error <training> on "
    "the training points, <validation> on the validation points.",
)
def the_fit(state, said):
    assert (said.degree, said.lam, said.count) == (state.degree, state.lam, state.degree + 1)
    dof, training, validation = ridge(state.degree, state.lam)
    assert said.dof.is_(dof, 1)
    assert said.training.is_(training, digits=2)
    assert said.validation.is_(validation, digits=2)


@lru_cache
def kept_of_twelve(t: int, eta: float) -> tuple[float, float]:
    """Degrees of freedom of t steps and of ridge with λ = 1/(ηt): by running descent on each unit vector of targets."""
    X = powers(12)[0]
    W = np.zeros((12, 15))
    for _ in range(t):
        W = W - eta * X.T @ (X @ W - np.eye(15)) / 15
    A = X.T @ X / 15 + np.eye(12) / (eta * t)
    return 1 + float(np.trace(X @ W)), 1 + float(np.trace(X @ np.linalg.solve(A, X.T)) / 15)


@says(
    "stopping_is_shrinking",
    "<t> step[s] of η = <eta>, beside ridge with λ = 1/(ηt) = <lam>. Where h = 0.05, stopping keeps <stop> and ridge "
    "<ridge>. Degrees of freedom: <one> and <other>.",
)
def beside_ridge(state, said):
    assert (said.t, said.eta) == (state.t, state.eta)
    lam = 1 / (state.eta * state.t)
    assert said.lam.is_(lam, digits=3)
    left = 1.0
    for _ in range(state.t):
        left -= state.eta * 0.05 * left
    assert said.stop.is_(1 - left)
    assert said.ridge.is_(0.05 / (0.05 + lam))
    one, other = kept_of_twelve(state.t, state.eta)
    assert said.one.is_(one)
    assert said.other.is_(other)


# Dropout and batch normalisation: trained again, and the losses by the definition.


@lru_cache
def curves(p: float, norm: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Training loss, validation loss and validation accuracy (201,) after each epoch."""
    train, validation, _ = split(moons(300, noise=0.35, seed=1), validation=0.4, test=0.4)
    scaling = standardise(train.X)
    net = mlp((2, 32, 32, 1), "relu", dropout=p, batchnorm=norm == "on")
    run = Trainer(Adam(0.01), epochs=200, batch=20).train(
        net,
        scaling(train.X),
        train.y,
        "binary cross-entropy",
        how="he",
        keep=range(201),
        validation=(scaling(validation.X), validation.y),
    )
    losses, right = [], []
    for part in (train, validation):
        z = np.array([net(run.kept[k], scaling(part.X), run.kept_running[k])[:, 0] for k in range(201)])
        sign = np.where(part.y == 1, 1.0, -1.0)
        losses.append(np.logaddexp(0, -sign * z).mean(axis=1))
        right.append((sign * z > 0).mean(axis=1))
    return losses[0], losses[1], right[1]


@says(
    "dropout_and_norm",
    "Epoch <epoch>: loss <training> on the 60 training points and <validation> on the 120 validation points, of which "
    "<right> % are right. The validation loss is least, <least>, after epoch <best>.",
)
def the_losses(state, said):
    training, validation, right = curves(state.p, state.norm)
    assert said.epoch == state.epoch
    assert said.training.is_(training[state.epoch])
    assert said.validation.is_(validation[state.epoch])
    assert said.right.is_(100 * right[state.epoch])
    assert said.best == validation.argmin()
    assert said.least.is_(validation.min())
