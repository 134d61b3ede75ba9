"""The claims of chapter 7's explorables."""

from functools import lru_cache

import numpy as np

from coursepkg.engine.datasets import moons, noisy_polynomial
from coursepkg.engine.network import mlp
from coursepkg.engine.optimisers import Adam
from coursepkg.engine.preparation import split, standardise
from coursepkg.engine.training import Trainer
from tests.scenes.looking import decoded
from tests.scenes.saying import Said, says

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
def placed(data: str) -> tuple:
    """x and y (n,) of the training points, then of the validation points: the chapter's, a jump's, a reader's."""
    if data[0] == "~":
        X, label = decoded(data, (-1, -1.5))
        return tuple((X[label == k, 0], X[label == k, 1]) for k in (0, 1))
    found = [(part.X[:, 0], part.y) for part in parts()[:2]]
    if data == "jump":
        found = [(x, y - (2 * x**3 - x) + 0.8 * np.where(x < 0, -1, 1)) for x, y in found]
    return tuple(found)


@lru_cache
def ridge(data: str, degree: int, lam: float) -> tuple[float, float, float, int]:
    """Degrees of freedom, the mean squared errors on training and validation points, and the rank of the features."""
    (x, y), (u, v) = placed(data)
    raw, other = (points[:, None] ** np.arange(1, degree + 1) for points in (x, u))
    mean, s = raw.mean(axis=0), raw.std(axis=0)
    s[s <= 1e-12] = 1
    X, V = (raw - mean) / s, (other - mean) / s
    tall = np.vstack([X, np.sqrt(lam) * np.eye(degree)])
    cut = None if lam else 1e-8
    w, *_ = np.linalg.lstsq(tall, np.append(y - y.mean(), np.zeros(degree)), rcond=cut)
    # What a change of the targets does to the fit, summed over the points: the trace of the hat matrix.
    hat = X @ np.linalg.lstsq(tall, np.vstack([np.eye(len(x)), np.zeros((degree, len(x)))]), rcond=cut)[0]
    errors = [np.mean((A @ w + y.mean() - b) ** 2) if len(b) else np.nan for A, b in ((X, y), (V, v))]
    singular = np.linalg.svd(X)[1]
    return 1 + float(np.trace(hat)), *map(float, errors), int((singular > 1e-8 * singular[0]).sum())


def reads(said: str, error: float) -> bool:
    """Whether these are the words of a mean squared error."""
    if said == "more than a million":
        return error > 1e6
    return error < 1e-9 if said == "0" else Said(said).is_(error, digits=2)


THE_FIT = (
    "Degree <degree>, λ = <lam>: <count> coefficients with <dof> degree[s] of freedom. Mean squared error <training:…> "
    "on the training points"
)


@says("degree_and_penalty", THE_FIT + ", <validation:…> on the validation points.")
def the_fit(state, said):
    assert (said.degree, said.lam, said.count) == (state.degree, state.lam, state.degree + 1)
    dof, training, validation, _ = ridge(state.data, state.degree, state.lam)
    assert said.dof.is_(dof, 1)
    assert reads(said.training, training)
    assert reads(said.validation, validation)


@says("degree_and_penalty", THE_FIT + "; there is no validation point.", data="~05050", degree=3)
def the_fit_alone(state, said):
    assert (said.degree, said.lam, said.count) == (state.degree, state.lam, state.degree + 1)
    dof, training, validation, _ = ridge(state.data, state.degree, state.lam)
    assert said.dof.is_(dof, 1)
    assert reads(said.training, training)
    assert np.isnan(validation)


@says("degree_and_penalty", "Many curves fit these points as well: the one with the smallest weights is drawn.")
def not_told(state, said):
    return state.lam == 0 and ridge(state.data, state.degree, 0)[3] < state.degree


@says("degree_and_penalty", "There is no training point yet, so there is nothing to fit a curve to.", data="~15050")
def nothing_to_fit(state, said):
    return len(placed(state.data)[0][0]) == 0


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
