"""The recipe's explorable against the network that it shows."""

import numpy as np
import pytest

from coursepkg.engine.activations import softmax
from coursepkg.explorable.static import Writer
from coursepkg.scenes import recipe as scenes
from tests.scenes.looking import look


@pytest.fixture(scope="module")
def writer():
    return Writer(scenes.second_thoughts)


def lengths(patch):
    """{row: length} of the bars of a patch."""
    vertices = patch.get_path().vertices
    bars = vertices.reshape(-1, 5, 2) if len(vertices) > 1 else []
    return {round(float(bar[:, 1].mean() + 0.066)): float(bar[:, 0].max()) for bar in bars}


def test_the_kept_network_is_the_one_that_training_returns():
    run = scenes.run()
    X = run.test.X / 16
    np.testing.assert_array_equal(run.P[run.best], softmax(run.net(run.history.theta, X)))
    truth = run.P[run.best][np.arange(len(X)), run.test.y]
    assert (np.diff(truth[run.order]) >= 0).all()
    assert scenes.EPOCHS[-1] == len(run.P) - 1
    assert run.best in scenes.EPOCHS
    assert scenes.RANKS[-1] == len(X)


@pytest.mark.parametrize(("rank", "epoch"), [(1, 24), (6, 12), (359, 0), (50, 1)])
def test_the_figure_shows_the_digit_and_its_probabilities(writer, rank, epoch):
    fig, says = look(writer, rank=rank, epoch=epoch)
    run = scenes.run()
    i = run.order[rank - 1]
    y, p = run.test.y[i], run.P[epoch, i]
    image, bars, below = fig.axes
    assert image.get_title(loc="left") == f"a {y}, read as {p.argmax()}"
    true, others = (lengths(patch) for patch in bars.patches)
    assert true == {y: pytest.approx(p[y])}
    assert others == {k: pytest.approx(p[k]) for k in range(10) if k != y and p[k] > 0.004}
    assert bars.lines[0].get_ydata() == [p.argmax()]
    ink = image.patches[0].get_path().vertices.reshape(-1, 5, 2)
    areas = np.ptp(ink, axis=1).prod(axis=1)
    assert 16 * areas.sum() == pytest.approx(run.test.X[i].sum(), abs=0.2)
    curve, dot = below.lines[1:3]
    np.testing.assert_array_equal(curve.get_ydata(), run.P[:, i, y])
    assert (dot.get_xdata()[0], dot.get_ydata()[0]) == (epoch, p[y])
    right = (run.P[epoch].argmax(axis=1) == run.test.y).sum()
    assert says.endswith(f"Of all 359 test digits {right} are read rightly.")
    assert ("misread" in says) == (p.argmax() != y)


def test_the_answer_to_the_question_is_the_networks():
    run = scenes.run()
    p = run.P[run.best]
    wrong = p.argmax(axis=1) != run.test.y
    said = sorted(p.max(axis=1)[wrong])
    assert len(said) == 5
    ask = scenes.second_thoughts.ask
    assert ", ".join(f"{v:.2f}" for v in said[:4]) + f" and {said[4]:.2f}" in ask.because
    assert 0.4 < said[0] < said[-1] < 0.9
    assert (p.max(axis=1)[~wrong] > 0.9).mean() > 0.95
    assert ask.choices[ask.answer] == "Clearly less, between 0.4 and 0.9"
    assert "misreads five of 359 test digits" in ask.question


def test_the_presets_keep_their_promises():
    run = scenes.run()
    presets = scenes.second_thoughts.presets
    nine = run.order[presets["nearly a 9"]["rank"] - 1]
    assert run.test.y[nine] == 9
    first, second = np.sort(run.P[run.best][nine])[:-3:-1]
    assert first - second < 0.1
    turncoat = run.order[presets["a change of mind"]["rank"] - 1]
    assert run.P[12, turncoat].argmax() != run.test.y[turncoat] == run.P[24, turncoat].argmax()
