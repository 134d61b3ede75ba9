"""Every number of chapter 7's prose, computed by the engine."""

from itertools import islice
from math import sqrt

import numpy as np
import pytest

from coursepkg.engine.batchnorm import BatchNorm
from coursepkg.engine.dropout import Dropout
from coursepkg.engine.layers import Mode
from coursepkg.engine.linear import lasso
from coursepkg.engine.network import mlp
from coursepkg.engine.optimisers import Adam, AdamW, GradientDescent
from coursepkg.engine.regularisers import L1, L2, early_stopping_filter, penalised, ridge_filter
from coursepkg.engine.training import Trainer
from coursepkg.scenes.regularisation import nets, points, stopping


def fits(chapter):
    train, validation, test = points.points()
    assert (len(train.y), len(validation.y), len(test.y)) == (15, 15, 30)
    chapter.says("with a standard deviation of 0.2")
    chapter.says("of degree $k = 1$, 3 and 12, by least squares")
    assert points.features(12)(train.X[:, 0]).shape == (15, 12)
    chapter.says("shape $(15, k)$")
    line, cubic, wild = (points.fit(k, 0).errors for k in (1, 3, 12))
    chapter.says(
        f"its error is large on the points it was fitted to, {line[0]:.3f}, and as large on others, {line[1]:.3f}."
    )
    chapter.says(f"with an error of {wild[0]:.3f}, and on fifteen others it errs by {wild[1]:.3f}")
    assert 5 < wild[1] / line[1] < 6  # "more than five times as much as the line"
    chapter.says("Degree 12 is too free.")
    chapter.says(f"Degree 3, with {cubic[0]:.3f}, has learnt a little of it too.")
    chapter.says("Degree 3 is about right.")
    assert points.errors()[:, 0, 1].argmin() == 2
    chapter.says(f"even the true curve errs by $0.2^2 = {0.2**2:.2f}$ on new points")
    sizes = [float(np.abs(points.fit(k, 0).w).max()) for k in (3, 12)]
    chapter.says(f"At degree 3 no weight is larger than {sizes[0]:.2f}. At degree 12 one has the size {sizes[1]:.2f}")


def one_weight(chapter):
    a, lam = 2, 0.5
    chapter.says(
        rf"For $a = {a}$ and $\lambda = \tfrac12$, L2 gives $2/1.5 = {float(L2(lam).prox(a)):.2f}$ and L1 gives "
        f"$2 - 0.5 = {float(L1(lam).prox(a)):g}$."
    )
    one, three = (float(L2(strength).prox(1)) for strength in (1, 3))
    chapter.says(rf"For $a = 1$, $\lambda = 1$ leaves {one:g}, and $\lambda = 3$ leaves {three:g}. No λ gives 0.")
    assert float(L2(1e6).prox(1)) > 0
    assert [float(L1(strength).prox(1)) == 0 for strength in (0.99, 1, 5)] == [False, True, True]
    chapter.says(r"For $a = 1$ every $\lambda \ge 1$ gives exactly 0.")
    assert [3 - float(kind(1).prox(3)) for kind in (L2, L1)] == [1.5, 1]  # "L2 takes half and L1 a third"
    chapter.says(r"from $a = 3$, with $\lambda = 1$")


def selection(chapter):
    train, *_ = points.points()
    X = points.features(12)(train.X[:, 0])
    w = lasso(X, train.y - train.y.mean(), 0.1).w
    assert np.flatnonzero(w).tolist() == [0, 1, 2]  # "The lasso keeps three, and drops the nine"
    assert points.CUBIC[2] == 0  # "It has no x²"
    chapter.says(f"with a weight of ${w[1]:.2f}$ beside ${w[0]:.2f}$ and {w[2]:.2f}")
    chapter.says(r"twelve powers, with $\lambda = 0.1$ for both")
    assert np.count_nonzero(points.fit(12, 0.1).w) == 12
    chapter.says("Ridge keeps all 12 powers")
    chapter.says("Both tame degree 12.")


def dial(chapter):
    table = points.errors()
    training, validation, test = table[..., 0], table[..., 1], table[..., 2]
    assert (np.diff(training[:, 0]) <= 1e-12).all()
    assert (np.diff(training, axis=1) >= -1e-12).all()
    chapter.says("a cubic is also a polynomial of degree 12 with nine zeros, so degree 12 can only fit better")
    chapter.says(r"The validation error falls until degree 3, then climbs.")
    assert (np.diff(validation[:3, 0]) < 0).all()
    assert validation[3:, 0].min() > validation[2, 0]
    best = int(validation[11].argmin())
    assert (np.diff(validation[11, : best + 1]) < 0).all()
    assert (np.diff(validation[11, best:]) > 0).all()  # "falls and then rises"
    chapter.says("**Along λ**, at degree 12, it is the same picture")
    before, after = (points.fit(12, lam).errors[1] for lam in (0, 0.0001))
    chapter.says(
        rf"At $\lambda = 0.0001$ the validation error of degree 12 has dropped from {before:.3f} to {after:.3f}."
    )
    held = points.fit(12, 0.1)
    chapter.says(
        rf"At $\lambda = 0.1$ the 13 coefficients have {held.dof:.1f} degrees of freedom and the error is "
        f"{held.errors[1]:.3f}"
    )
    loose, line = points.fit(12, 30), points.fit(1, 0)
    chapter.says(
        rf"At $\lambda = 30$, {loose.dof:.1f} degrees of freedom are left, and degree 12 underfits: it errs by "
        f"{loose.errors[0]:.3f} on its points and by {loose.errors[1]:.3f} on the others, where $\\lambda = 0.1$ had "
        f"{held.errors[0]:.3f} and {held.errors[1]:.3f}. (It is not yet as stiff as a line, which has {line.dof:.0f} "
        f"degrees of freedom and errs by {line.errors[0]:.3f} and {line.errors[1]:.3f}.)"
    )
    assert loose.errors[0] > 4 * points.fit(3, 0).errors[0]
    chapter.says(f"Of these {validation.size} fits")
    i, j = np.unravel_index(validation.argmin(), validation.shape)
    assert (points.DEGREES[i], points.LAMBDAS[j]) == (3, 0.03)
    chapter.says(
        rf"validation prefers degree 3 with $\lambda = 0.03$, at {validation[i, j]:.4f}. Now, and only now, open the "
        f"test data: {test[i, j]:.4f}. Degree 12 with $\\lambda = 0.1$ goes from {held.errors[1]:.4f} to "
        f"{held.errors[2]:.4f}."
    )


def shares(chapter):
    """The share that ridge keeps, along the eigenvectors of XᵀX, found by running descent on the penalised loss."""
    rng = np.random.default_rng(5)
    X, w_star = rng.normal(size=(9, 3)) * (3, 1, 0.2), np.array([1.0, -2.0, 3.0])
    w = np.zeros(3)
    for _ in range(20_000):
        w = w - 0.01 * (X.T @ (X @ (w - w_star)) + 0.7 * w)
    d2, V = np.linalg.eigh(X.T @ X)
    assert (V.T @ w) / (V.T @ w_star) == pytest.approx(d2 / (d2 + 0.7))
    assert (9 / 10, round(0.01 / 1.01, 3)) == (0.9, 0.01)
    chapter.says(r"With $d_j^2 = 9$ and $\lambda = 1$, nine tenths are kept; with $d_j^2 = 0.01$, a hundredth.")


def turns(chapter):
    train, validation, _ = points.points()
    x, y = (np.append(getattr(train, k).ravel(), getattr(validation, k).ravel()) for k in "Xy")
    folds = np.array_split(np.random.default_rng(0).permutation(30), 5)
    assert len(x) == 30
    chapter.says("We have 30 points without the test data.")

    def left_out(k, lam):
        errors = []
        for fold in folds:
            rest = [i for i in range(30) if i not in fold]
            P = x[:, None] ** np.arange(1, k + 1)
            F = (P - P[rest].mean(axis=0)) / P[rest].std(axis=0)
            tall = np.vstack([F[rest], np.sqrt(lam) * np.eye(k)])
            w = np.linalg.lstsq(tall, np.append(y[rest] - y[rest].mean(), np.zeros(k)), rcond=None)[0]
            errors.append(np.mean((F[fold] @ w + y[rest].mean() - y[fold]) ** 2))
        return np.mean(errors), np.std(errors, ddof=1) / sqrt(5)

    (line, l), (cubic, c), (wild, _), (tamed, t) = (left_out(*fit) for fit in ((1, 0), (3, 0), (12, 0), (12, 0.1)))
    chapter.says(
        "The cubic and the tamed degree 12 are within each other's reach; the line and the wild degree 12 are out."
    )
    assert abs(cubic - tamed) < min(c, t)
    assert min(line - l, wild / 3) > cubic + c
    chapter.says("the standard deviation of the five over $\\sqrt5$")


def two_ways(chapter):
    """Bias and variance exactly, from the matrix that takes the targets to the fit."""
    x = points.points().train.X[:, 0]
    truth = 2 * x**3 - x

    def parts(k, lam):
        F = points.features(k)(x)
        hat = np.full((15, 15), 1 / 15) + F @ np.linalg.solve(F.T @ F + lam * np.eye(k), F.T)
        return np.mean((hat @ truth - truth) ** 2), 0.04 * np.trace(hat @ hat.T) / 15

    found = {fit: parts(*fit) for fit in ((1, 0), (3, 0), (12, 0), (12, 0.1), (12, 30))}
    assert found[1, 0][0] > 20 * found[1, 0][1]  # "the line is wrong by bias"
    assert found[12, 0][1] > 1000 * found[12, 0][0]
    assert found[3, 0][0] < 1e-12
    assert found[12, 0.1][1] < found[12, 0][1] / 2
    chapter.says(
        r"at $\lambda = 0.1$ it takes more than half of degree 12's variance away and pays with a bias of hardly"
    )
    assert found[12, 0.1][0] < 0.002
    assert sum(found[12, 30]) > sum(found[12, 0])
    chapter.says("at 30 it has paid too much")
    chapter.says(
        rf"for degree 12 about $0.04 \cdot 13/15 = {0.04 * 13 / 15:.3f}$. Every coefficient that is free to move"
    )
    assert found[12, 0][1] == pytest.approx(0.04 * 13 / 15, rel=1e-3)
    chapter.says("The line is wrong by bias, degree 12 by variance.")


def filters(chapter):
    stop, ridge = float(early_stopping_filter(0.05, 0.1, 20)), float(ridge_filter(0.05, 0.5))
    chapter.says(
        rf"Take $\eta = 0.1$, $t = 20$ and $h = 0.05$: stopping keeps $1 - 0.995^{{20}} = {stop:.4f}$. Ridge with "
        rf"$\lambda = 1/2$ keeps $0.05/0.55 = {ridge:.4f}$."
    )
    assert stop == pytest.approx(1 - 0.995**20)
    chapter.says("20 steps of 0.1 and 200 steps of 0.01 give almost the same curves")
    x = np.linspace(-1, 1, 99)
    one, other = (points.predict(12, stopping.stopped(eta)[t], x) for eta, t in ((0.1, 20), (0.01, 200)))
    assert np.abs(one - other).max() < 0.02
    h = 10 ** np.linspace(-4, 1, 99)  # "steeper: it keeps more where ηth is above 1"
    above = 0.05 * 100 * h > 1
    assert (early_stopping_filter(h, 0.05, 100) > ridge_filter(h, 1 / 5))[above].all()
    on_the_axis = np.count_nonzero(np.log10(stopping.problem().h) > stopping.POWERS[0])
    assert (on_the_axis, 12 - on_the_axis) == (7, 5)
    chapter.says("the curvatures of the fit, seven of its twelve; the other five are smaller still")
    free = 1 + early_stopping_filter(stopping.problem().h, 0.1, 200).sum()
    chapter.says(f"So with 200 steps of 0.1 the polynomial of degree 12 has {free:.1f} degrees of freedom.")
    chapter.says("never more than 1.69 times that of ridge")  # proved by Ali, Kolter and Tibshirani


def patience(chapter):
    train, validation, test = nets.crescents()
    assert [len(part.y) for part in (train, validation, test)] == [60, 120, 120]
    net = mlp((2, 32, 32, 1), "relu")
    chapter.says(f"2–32–32–1, so {net.size:,} parameters, for 60 points on two noisy moons")
    chapter.says(f"the network with {net.size:,} parameters")
    run = nets.trained(0, False)
    chapter.says(
        f"runs into a validation loss of {run.validation[-1]:.2f}. It was at {run.validation[run.best]:.2f} after "
        f"{run.best} epochs."
    )
    trainer = Trainer(Adam(0.01), 200, batch=20, patience=20)
    held = validation[:2]
    early = trainer.train(net, *train[:2], "binary cross-entropy", validation=held, how="he")
    chapter.says(f"With a patience of 20 epochs training stops after {len(early.validation) - 1}")
    assert early.validation.argmin() == run.best


def noise():
    signs = iter([1.0, -1.0] * 501)  # as in chapter 6
    return lambda w: (0.0, next(signs) * np.array([10.0, 0.1]))


def decay(chapter):
    chapter.says(r"$\pm 10$ for the first, $\pm 0.1$ for the second")
    chapter.says(
        rf"After 1,000 steps with $\eta = 0.01$ and $\lambda = 0.1$, decay alone would leave each at "
        rf"$(1 - 0.001)^{{1000}} = {0.999**1000:.2f}$."
    )

    def after(optimiser, oracle):
        return next(islice(optimiser.iterates(oracle, np.ones(2)), 1000, None))[0]

    w, oracle = np.ones(2), noise()
    for _ in range(1000):
        w = (1 - 0.001) * w - 0.01 * oracle(w)[1]
    assert after(GradientDescent(0.01), penalised(noise(), L2(0.1))) == pytest.approx(w)
    chapter.says(f"(it is the noise itself that separates {w[0]:.2f} from {w[1]:.2f})")
    both = after(AdamW(0.01, decay=0.1), noise())
    assert both.round(2).tolist() == [0.36, 0.36]
    chapter.says(f"AdamW decays both weights to {both[0]:.2f}.")
    loud, quiet = after(Adam(0.01), penalised(noise(), L2(0.1)))
    chapter.says(f"the noisy weight has hardly moved, from 1 to {loud:.2f}, while the quiet one is gone")
    assert abs(quiet) < 0.001


def dropout(chapter):
    a = np.array([[1.0], [2.0], [3.0], [4.0]])
    mode = Mode(train=True, rng=np.random.default_rng(1))
    first = Dropout(0.5).forward(np.empty(0), a, mode)[0].ravel()
    assert (first == a.ravel() * [1, 1, 0, 1] / 0.5).all()
    chapter.says(r"the activations $\mathbf{a} = (1, 2, 3, 4)$, and $p = \tfrac12$")
    shown = ", ".join(f"{value:g}" for value in first)
    chapter.says(rf"(1, 2, 3, 4) \odot (1, 1, 0, 1) / 0.5 \\ &= ({shown}) .")


def normalisation(chapter):
    layer, running = BatchNorm(1), np.array([0.0, 1.0])
    assert layer.epsilon == 1e-5
    chapter.says(r"$\varepsilon = 10^{-5}$ keeps")
    theta, z = layer.start(None, None), np.array([[1.0, 2.0, 3.0, 6.0]])
    hat = layer.forward(theta, z, Mode(True, None, running))[0][0]
    shown = ", ".join(f"{value:.2f}" if value else "0" for value in hat)
    assert hat == pytest.approx((z[0] - 3) / sqrt(3.5), abs=1e-5)
    chapter.says(
        rf"Take the batch $z = (1, 2, 3, 6)$. Its mean is $\mu = {z.mean():g}$ and its variance "
        rf"$\sigma^2 = {z.var():g}$, so $\hat z = ({shown})$."
    )
    chapter.says("each time 0.9 of the old ones plus 0.1 of the batch's")
    assert running == pytest.approx([0.9 * 0 + 0.1 * 3, 0.9 * 1 + 0.1 * z.var(ddof=1)])
    kept = z.var(ddof=1)
    chapter.says(rf"For our batch that is ${z.var():g} \cdot \tfrac43 = {kept:.2f}$.")
    draws = np.random.default_rng(0).normal(size=(200_000, 4)).var(axis=1)
    assert draws.mean() == pytest.approx(3 / 4, rel=0.01)  # "a little less than the variance, by the factor"
    chapter.says(
        f"took in 0.1 of {kept:.2f} twice: $0.9\\,(0.9 + {kept / 10:.3f}) + {kept / 10:.3f} = "
        f"{0.9 * (0.9 + kept / 10) + kept / 10:.2f}$"
    )
    chapter.says("The second batch is the first one plus 2")
    other = layer.forward(theta, z + 2, Mode(True, None, running))[0][0]
    assert other == pytest.approx(hat)
    assert running[1] == pytest.approx(0.9 * (0.9 + kept / 10) + kept / 10)
    chapter.says(f"the sum 3 becomes 0 in one batch and ${other[0]:.2f}$ in the other")
    alone = layer.forward(theta, np.array([[3.0]]), Mode(running=running))[0][0, 0]
    company = layer.forward(theta, z + 2, Mode(running=running))[0][0, 0]
    assert alone == company
    chapter.says(f"In evaluation 3 is always {alone:.2f}, alone or in company.")


def remedies(chapter):
    plain, half, most = (nets.trained(p, False) for p in (0, 0.5, 0.75))
    norm = nets.trained(0, True)
    chapter.says("the same batches and 200 epochs of Adam")
    chapter.says(
        f"the two curves part near epoch {plain.best}. At the end the training loss is {plain.training[-1]:.2f}, the "
        f"validation loss {plain.validation[-1]:.2f}"
    )
    best, last = plain.accuracy[[plain.best, -1]]
    chapter.says(f"from {100 * best:.0f} % to {100 * last:.0f} %")
    chapter.says(
        f"{half.training[-1]:.2f} for $p = 0.5$ and {most.training[-1]:.2f} for $p = 0.75$, measured with all units "
        f"awake. The validation loss ends at {half.validation[-1]:.2f} and {most.validation[-1]:.2f}. It still "
        f"rises for $p = 0.5$, but later and less."
    )
    assert half.best > plain.best
    assert half.validation[-1] - half.validation[half.best] < (plain.validation[-1] - plain.validation[plain.best]) / 4
    chapter.says("after 20 epochs its training loss is lower")
    assert norm.training[20] < plain.training[20]
    chapter.says(
        f"stops short of learning by heart, at {norm.training[-1]:.2f}, since the batches of 20 keep shaking it"
    )
    chapter.says(f"Its validation loss ends at {norm.validation[-1]:.2f}.")
    runs = [nets.trained(p, on) for p in nets.SILENCED for on in (False, True)]
    least = [run.validation[run.best] for run in runs]
    chapter.says(f"the least validation loss is between {min(least):.2f} and {max(least):.2f}")


def contest(chapter):
    train, validation, test = nets.crescents()
    held, found = validation[:2], {}
    trainers = {"L2": {"penalty": L2(0.01)}, "early": {"patience": 20}}
    networks = {"dropout": {"dropout": 0.5}, "norm": {"batchnorm": True}}
    for name in ("nothing", "L2", "early", "dropout", "norm"):
        net = mlp((2, 32, 32, 1), "relu", **networks.get(name, {}))
        trainer = Trainer(Adam(0.01), 200, batch=20, **trainers.get(name, {}))
        run = trainer.train(net, *train[:2], "binary cross-entropy", validation=held, how="he")
        outputs = [net(run.theta, part.X, run.running)[:, 0] for part in (train, test)]
        found[name] = [np.mean(np.logaddexp(0, z) - part.y * z) for z, part in zip(outputs, (train, test), strict=True)]
    gaps = {name: test - train for name, (train, test) in found.items()}
    assert all(gaps[name] == pytest.approx(0.1, abs=0.05) for name in ("L2", "early"))
    chapter.says(f"With nothing it is {gaps['nothing']:.2f}; an L2 penalty and early stopping bring it near 0.1.")
    assert min(found, key=lambda name: found[name][0]) == max(found, key=lambda name: found[name][1]) == "nothing"


CLAIMS = [
    fits,
    one_weight,
    selection,
    dial,
    shares,
    turns,
    two_ways,
    filters,
    patience,
    decay,
    dropout,
    normalisation,
    remedies,
    contest,
]
COMPARED = {
    "more than five times as much as the line": fits,
    "No rule can do better than the noise, on average": "proved there",
    "so degree 12 can only fit better": dial,
    "The penalty costs almost nothing in training": dial,
    "looks better there than it is": dial,
    "they may generalise better than smaller ones": "cited",
    "and another degree might win": "a figure of speech",
    "takes more than half of degree 12's variance away": two_ways,
    "never more than 1.69 times that of ridge": "cited",
    "Early stopping costs nothing but the validation data": "a definition",
    "now for twice as long": decay,
    "would be twice as loud": dropout,
    "so learning is slower": remedies,
    "if the layer fares better with another mean": "a figure of speech",
    "a little less than the variance of the data": normalisation,
    "after a few hundred they settle": normalisation,
    "learns faster at first": remedies,
    "do not find a much better network": remedies,
    "is the worst of the five": contest,
}


def test_the_engine_finds_what_the_chapter_says(chapter, claim):
    chapter.proves(claim)


def test_no_other_number_stands_in_the_prose(proven):
    proven.says("**Time** 90 minutes")  # a reader's estimate
    # The formulas' own constants: 0 and ±1, the 2 of y = 2x³ − x, of squares and of ½, that curve's 3.
    assert proven.unproven(given={"0", "1", "-1", "2", "3"}) == []
