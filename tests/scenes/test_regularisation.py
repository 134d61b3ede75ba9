"""Chapter 7's explorables against the engine: what the page shows is what the engine computed."""

import re

import numpy as np
import pytest

from coursepkg.engine.activations import sigmoid
from coursepkg.engine.linear import least_squares, polynomial, ridge
from coursepkg.scenes.regularisation import nets, points, stopping
from tests.scenes.looking import look


def numbers(text):
    return [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", text.replace("−", "-"))]


@pytest.mark.parametrize("a", [-3, -0.5, 0, 1, 2.25])
@pytest.mark.parametrize("lam", [0, 0.5, 1, 3])
def test_shrink_or_snap_stands_at_the_least_of_the_sum(writers, a, lam):
    w = np.linspace(-3.4, 3.4, 68001)
    for kind, price, rule in (
        ("L1", lam * np.abs(w), np.sign(a) * max(abs(a) - lam, 0)),
        ("L2", lam * w**2 / 2, a / (1 + lam)),
    ):
        fig, says = look(writers["shrink_or_snap"], a=a, lam=lam, kind=kind)
        (best,) = [line for line in fig.axes[0].lines if line.get_marker() == "o"]
        ((x, y),) = best.get_xydata()
        total = 0.5 * (w - a) ** 2 + price
        assert x == pytest.approx(rule)
        assert x == pytest.approx(w[total.argmin()], abs=1e-3)
        assert y == pytest.approx(total.min(), abs=1e-6)
        (dot,) = [line for line in fig.axes[1].lines if line.get_marker() == "o"]
        assert dot.get_xydata().tolist() == [[a, x]]
        if a and lam:
            assert numbers(says.split(". ")[0].rsplit(" = ", 1)[1])[0] == pytest.approx(
                rule, abs=0.0051
            )  # two decimals
            snapped = kind == "L1" and abs(a) <= lam
            assert ("Snapped" in says, "and not 0" in says) == (snapped, kind == "L2")


def test_shrink_draws_the_three_curves_and_the_map(writers):
    fig, _ = look(writers["shrink_or_snap"], a=2, lam=0.5, kind="L1")
    wish, price, total = (patch.get_path() for patch in fig.axes[0].patches)
    assert total.vertices[::2, 1] == pytest.approx(wish.vertices[::2, 1] + price.vertices[::2, 1])
    assert price.vertices[2].tolist() == [0, 0]
    line = next(line for line in fig.axes[1].lines if line.get_linewidth() == 2)
    flat = line.get_xydata()[np.abs(line.get_ydata()) < 1e-12]
    assert flat[:, 0].tolist() == [-0.5, 0.5]


def test_features_and_errors_are_those_of_plain_least_squares():
    """Standardising changes no prediction where nothing is penalised, nor does centring: the cubic, by other means."""
    train, validation, test = points.points()
    w = least_squares(polynomial(train.X[:, 0], 3), train.y)
    plain = [np.mean((polynomial(part.X[:, 0], 3) @ w - part.y) ** 2) for part in (train, validation, test)]
    assert points.fit(3, 0).errors == pytest.approx(plain)
    assert points.fit(3, 0).dof == 4


@pytest.mark.parametrize(("degree", "lam"), [(1, 0), (12, 0.1), (7, 30), (12, 0.0001)])
def test_degree_and_penalty_shows_fit_errors_and_degrees_of_freedom(writers, degree, lam):
    fig, says = look(writers["degree_and_penalty"], degree=degree, lam=lam)
    train, validation, _ = points.points()
    X = points.features(degree)(train.X[:, 0])
    hat = X @ np.linalg.inv(X.T @ X + lam * np.eye(degree)) @ X.T
    said = re.match(r"Degree (\d+), λ = (\S+): (\d+) coefficients with (\S+) degrees of freedom\. (.*)", says)
    assert [int(said[1]), float(said[2]), int(said[3])] == [degree, lam, degree + 1]
    assert float(said[4]) == pytest.approx(1 + np.trace(hat), abs=0.05)
    w = np.linalg.inv(X.T @ X + lam * np.eye(degree)) @ X.T @ (train.y - train.y.mean())
    curve = next(line for line in fig.axes[0].lines if len(line.get_xdata()) == 81 and line.get_linewidth() < 2)
    right = train.y.mean() + points.features(degree)(curve.get_xdata()) @ w
    assert curve.get_ydata() == pytest.approx(np.clip(right, -4, 4), abs=1e-4)
    mean_squares = [
        np.mean((train.y.mean() + points.features(degree)(part.X[:, 0]) @ w - part.y) ** 2)
        for part in (train, validation)
    ]
    assert numbers(said[5].rstrip("."))[:2] == pytest.approx(mean_squares, rel=0.05)  # two digits
    heights = fig.axes[1].patches[0].get_path().vertices.reshape(-1, 5, 2)[:, 1, 1]
    assert heights.sum() + 1 == pytest.approx(1 + np.trace(hat))
    for ax, row in ((fig.axes[2], points.DEGREES.index(degree)), (fig.axes[3], points.LAMBDAS.index(lam))):
        rings = next(line for line in ax.lines if line.get_markersize() == 10)
        assert rings.get_xdata() == [row, row]
        assert 10 ** np.array(rings.get_ydata()) == pytest.approx(points.fit(degree, lam).errors[:2])
        training, other = (line for line in ax.lines if len(line.get_xdata()) in (12, 13))
        assert [line.get_ydata()[row] for line in (training, other)] == list(rings.get_ydata())


def test_without_penalty_the_training_error_never_rises_with_the_degree():
    training = points.errors()[:, 0, 0]
    assert (np.diff(training) <= 1e-12).all()
    free = np.array([[points.fit(degree, lam).dof for lam in points.LAMBDAS] for degree in points.DEGREES])
    assert free[:, 0] == pytest.approx(np.array(points.DEGREES) + 1)
    assert (np.diff(free, axis=1) < 0).all()


@pytest.mark.parametrize(("t", "eta"), [(1, 0.005), (20, 0.1), (200, 0.01), (200, 0.1)])
def test_stopping_draws_both_methods_and_their_filters(writers, t, eta):
    fig, says = look(writers["stopping_is_shrinking"], t=t, eta=eta)
    X, y, h = stopping.problem()
    lam = 1 / (eta * t)
    w = np.zeros(12)
    for _ in range(t):
        w = w - eta * X.T @ (X @ w - y) / len(y)
    _, _, V = np.linalg.svd(X, full_matrices=False)
    best = np.linalg.lstsq(X, y, rcond=None)[0]
    assert pytest.approx(V.T @ ((1 - (1 - eta * h) ** t) * (V @ best)), abs=1e-6) == w
    assert pytest.approx(V.T @ (h / (h + lam) * (V @ best)), abs=1e-6) == ridge(X, y, len(y) * lam)
    early, penalised = (line for line in fig.axes[1].lines if len(line.get_xdata()) == 41)
    for line, weights in ((early, w), (penalised, ridge(X, y, len(y) * lam))):
        assert line.get_ydata() == pytest.approx(points.predict(12, weights, line.get_xdata()))
    stop, keep = (line for line in fig.axes[0].lines if len(line.get_xdata()) == 41)
    curvature = 10 ** stop.get_xdata()
    assert stop.get_ydata() == pytest.approx(1 - (1 - eta * curvature) ** t)
    assert keep.get_ydata() == pytest.approx(curvature / (curvature + lam))
    one, other = re.search(r"keeps (\S+) and ridge (\S+)\. ", says).groups()
    assert float(one) == pytest.approx(1 - (1 - eta * 0.05) ** t, abs=5e-5)
    assert float(other) == pytest.approx(0.05 / (0.05 + lam), abs=5e-5)


def test_stopping_says_the_pair_that_the_chapter_works_out(writers):
    _, says = look(writers["stopping_is_shrinking"], t=20, eta=0.1)
    assert "λ = 1/(ηt) = 0.5. Where h = 0.05, stopping keeps 0.0954 and ridge 0.0909." in says


@pytest.mark.parametrize(
    ("p", "norm", "epoch"), [(0, "off", 200), (0.5, "off", 35), (0.25, "on", 100), (0.75, "on", 0)]
)
def test_dropout_and_norm_shows_the_trained_network_in_evaluation(writers, p, norm, epoch):
    fig, says = look(writers["dropout_and_norm"], p=p, norm=norm, epoch=epoch)
    train, validation, _ = nets.crescents()
    run = nets.trained(p, norm == "on")
    k = nets.CURVE.index(epoch)

    def outputs(X):
        return run.net(run.theta[epoch], X, run.running[epoch])[:, 0]

    losses = [np.mean(np.logaddexp(0, outputs(part.X)) - part.y * outputs(part.X)) for part in (train, validation)]
    assert numbers(says)[:5] == pytest.approx([epoch, losses[0], 60, losses[1], 120], abs=0.0051)
    right = np.mean((outputs(validation.X) >= 0) == validation.y)
    assert f"of which {100 * right:.0f} % are right" in says
    half = next(patch for patch in fig.axes[0].patches if patch.get_linewidth() == 1.2)
    yhat = sigmoid(outputs(train.X))
    clear = np.abs(yhat - 0.5) > 0.1  # the outline is drawn on a grid
    assert clear.any() or epoch == 0
    assert (half.get_path().contains_points(train.X) == (yhat >= 0.5))[clear].all()
    (sure,) = [patch for patch in fig.axes[0].patches if patch.get_alpha() == 0.22]
    clear = np.abs(yhat - 0.9) > 0.08
    assert (sure.get_path().contains_points(train.X) == (yhat >= 0.9))[clear].all()
    rings = next(line for line in fig.axes[1].lines if line.get_markersize() == 9)
    assert rings.get_ydata() == pytest.approx(losses)
    training, other = (line for line in fig.axes[1].lines if len(line.get_xdata()) == len(nets.CURVE))
    assert [line.get_ydata()[k] for line in (training, other)] == pytest.approx(losses)


def test_the_star_is_the_least_validation_loss(writers):
    fig, says = look(writers["dropout_and_norm"], p=0, norm="off", epoch=200)
    run = nets.trained(0, False)
    (star,) = [line for line in fig.axes[1].lines if line.get_marker() == "*"]
    assert star.get_xydata().tolist() == [[run.best, run.validation.min()]]
    assert says.endswith(f"after epoch {run.best}.")


def test_dropout_costs_training_loss_and_both_keep_the_validation_loss_down():
    """What the prediction asks, and what the chapter concludes."""
    plain, dropped, normed = nets.trained(0, False), nets.trained(0.5, False), nets.trained(0, True)
    assert plain.training[-1] < 0.02 < 0.1 < min(dropped.training[-1], normed.training[-1])
    assert plain.validation[-1] > 2 * max(dropped.validation[-1], normed.validation[-1])
