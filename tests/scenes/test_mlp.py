"""Chapter 2's explorables against the engine: what the page shows is what the engine computed."""

import re

import numpy as np
import pytest

from coursepkg.engine.activations import relu, sigmoid
from coursepkg.engine.datasets import gate
from coursepkg.engine.network import mlp
from coursepkg.engine.optimisers import Adam
from coursepkg.engine.training import Trainer
from coursepkg.scenes import mlp as scenes
from tests.scenes.looking import look

X, Y = gate("XOR")[:2]


def minus(text):
    return text.replace("−", "-")


@pytest.mark.parametrize(("v", "theta"), [(-2, 1), (-2.5, 1.2), (-1, 1), (-3, 0.5), (0, 1.5), (-1.25, 1.5)])
def test_fold_shows_the_networks_answers_and_its_error(writers, v, theta):
    fig, says = look(writers["fold_the_plane"], v=v, theta=theta)
    s = X.sum(axis=1)
    y = relu(s) + v * relu(s - theta)
    said = re.match(r"y is (\S+) at \(0, 0\), (\S+) at \(0, 1\) and \(1, 0\), and (\S+) at \(1, 1\)\. ", says)
    assert [float(minus(g)) for g in said.groups()] == pytest.approx(y[[0, 1, 3]], abs=0.005)
    mse = np.mean((y - Y) ** 2)
    text = next(t.get_text() for t in fig.axes[2].texts if "squared" in t.get_text())
    assert float(text.split()[-1]) == pytest.approx(mse, abs=0.005)
    assert ("That is XOR exactly." in says) == bool(mse < 1e-12)
    assert ("better than the 0.25" in says and "no better" not in says) == bool(1e-12 < mse < 0.25)


def test_fold_lays_two_points_on_one_and_cuts_the_plane_where_y_is_one_half(writers):
    fig, _ = look(writers["fold_the_plane"], v=-2, theta=1)
    inputs, hidden, _ = fig.axes
    (square,) = [line for line in hidden.lines if line.get_marker() == "s"]
    assert square.get_xydata().tolist() == [[1, 0], [1, 0]]
    edges = [line.get_xydata() for line in inputs.lines if line.get_linestyle() == "-" and len(line.get_xdata()) == 2]
    edges = [e for e in edges if np.ptp(e.sum(axis=1)) < 1e-9]
    s = sorted(float(e.sum(axis=1)[0]) for e in edges)
    assert s == pytest.approx([0.5, 1.5])
    assert [relu(t) - 2 * relu(t - 1) for t in s] == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize(("v", "theta"), [(-1, 1), (-2, 1), (-3, 0.5), (0, 1.5)])
def test_fold_writes_each_name_on_its_points_side_of_the_line(writers, v, theta):
    hidden = look(writers["fold_the_plane"], v=v, theta=theta)[0].axes[1]
    for name, s in zip(hidden.texts, (0, 1, 2), strict=True):
        point = relu(s), relu(s - theta)
        ends = name.get_window_extent().transformed(hidden.transData.inverted())
        called = [x + v * y >= 0.5 for x, y in (point, *ends.corners())]
        assert called == [called[0]] * 5, name.get_text()


@pytest.mark.parametrize(("v", "theta"), [(v, t) for v in (-3, -1.25, -1, 0) for t in (0.5, 1, 1.5)])
def test_the_shaded_strip_is_where_the_answer_is_one(v, theta):
    limits = (-0.6, 1.6, -0.6, 1.6)
    near, end = scenes.strip(v, theta)
    corners = scenes.between(near, end, limits)
    x, y = corners.T
    area = 0.5 * abs(x @ np.roll(y, -1) - y @ np.roll(x, -1))
    ticks = np.linspace(-0.6, 1.6, 221)[:-1] + 0.005
    s = np.add.outer(ticks, ticks)
    wanted = (relu(s) + v * relu(s - theta) >= 0.5).mean() * 2.2**2
    assert area == pytest.approx(wanted, abs=0.03)


@pytest.mark.parametrize("depth", range(1, 9))
@pytest.mark.parametrize("narrow", [1, 2, 3])
def test_the_linear_tower_is_one_affine_map_of_rank_at_most_its_width(depth, narrow):
    found = scenes.image(depth, narrow, "linear")
    points = scenes.GRID.reshape(-1, 2)
    assert np.abs(found.net(points) - (points @ found.W.T + found.b)).max() < 1e-12
    assert np.linalg.matrix_rank(found.W) == min(narrow, 2)
    assert found.rest < 1e-20
    bent = scenes.image(depth, narrow, "tanh")
    assert (bent.net.theta == found.net.theta).all()  # the same weights
    assert bent.rest > 0.01


def test_the_tower_draws_its_own_weights_and_says_its_map(writers):
    fig, says = look(writers["linear_tower"], depth=4, narrow=2, g="linear")
    found = scenes.image(4, 2, "linear")
    edges = sum(len(c.get_segments()) for c in fig.axes[0].collections[:2])
    assert edges == sum(W.size for W, _ in found.net.net.views(found.net.theta))
    numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", minus(says).split("rows")[1])]
    assert numbers[:6] == pytest.approx([*found.W.ravel(), *found.b], abs=0.005)
    assert says.endswith("Its rank is 2: the plane stays a plane.")
    _, says = look(writers["linear_tower"], depth=8, narrow=1, g="linear")
    assert says.endswith("Its rank is 1: the plane becomes a line.")


def test_the_tower_draws_the_image_to_scale(writers):
    fig, _ = look(writers["linear_tower"], depth=3, narrow=3, g="linear")
    image = fig.axes[2]
    across, upwards = ([np.array(s) for s in c.get_segments()] for c in image.collections)
    W = scenes.image(3, 3, "linear").W
    right, up = across[0][-1] - across[0][0], upwards[0][-1] - upwards[0][0]
    scale = np.linalg.norm(right) / np.linalg.norm(W[:, 0])
    assert right == pytest.approx(scale * W[:, 0])
    assert up == pytest.approx(scale * W[:, 1])


@pytest.mark.parametrize(("data", "hidden", "epoch"), [("circles", 3, 400), ("XOR", 8, 100), ("moons", 1, 0)])
def test_train_it_shows_the_trained_network(writers, data, hidden, epoch):
    fig, says = look(writers["train_it"], data=data, hidden=hidden, epoch=epoch)
    rows, run = scenes.points(data), scenes.trained(data, hidden)
    theta = run.kept[epoch]
    p = sigmoid(run.net(theta, rows.X))[:, 0]
    right = ((p >= 0.5) == rows.y).sum()
    loss = -np.mean(np.log(np.where(rows.y, p, 1 - p)))
    assert f"loss {loss:.3f}, {right} of 100 points right, {4 * hidden + 1} parameters" in says
    half = next(patch for patch in fig.axes[0].patches if patch.get_linewidth() == 1.2)
    assert half.get_edgecolor()[3] == 1, "the boundary stands out from the shade"
    inside = half.get_path().contains_points(rows.X)
    clear = np.abs(p - 0.5) > 0.1  # the outline is drawn on a grid
    assert (inside == (p >= 0.5))[clear].all()
    (_, _), (out, _) = run.net.views(theta)
    shown = [t.get_text() for t in fig.axes[1].texts if t.get_text()]
    assert [float(minus(t)) for t in shown] == pytest.approx(out[0], abs=0.051)


def test_each_small_map_is_shaded_where_its_neuron_is_positive(writers):
    fig, _ = look(writers["train_it"], data="moons", hidden=8, epoch=400)
    run = scenes.trained("moons", 8)
    (W, b), _ = run.net.views(run.kept[400])
    shade = fig.axes[1].patches[0].get_path()
    ticks = np.linspace(-2, 2, 9)
    points = np.stack(np.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2)
    for w, b_j, corner in zip(W, b, scenes.CELLS, strict=True):
        z = points @ w + b_j
        inside = shade.contains_points((points + scenes.REACH) / (2 * scenes.REACH) + corner)
        assert (inside == (z >= 0))[np.abs(z) > 1e-6].all()


def test_the_losses_of_a_run_fall_and_all_its_starts_are_shown(writers):
    fig, says = look(writers["train_it"], data="circles", hidden=3, epoch=400)
    run = scenes.trained("circles", 3)
    assert (run.losses[-1] < run.losses[0]).all()
    assert len(fig.axes[2].collections[0].get_segments()) == 19
    assert "Of 20 random starts, 20 end with at most 2 points wrong" in says


def test_a_training_on_the_readers_points_comes_bit_by_bit_and_ends_where_the_engines_trainer_ends(writers):
    """However often and in whatever order it is asked, it has after each epoch what the engine's own loop has."""
    control = scenes.train_it.controls["data"]
    data = control.code([(-1, -1, 0), (1, 1, 0), (-1, 1, 1), (1, -1.2, 1), (0.3, 0.4, 1)])
    writer, state = writers["train_it"], {"epoch": 60, "hidden": 3, "g": "tanh", "data": data}
    said = [(words, more) for (*_, words), more in (writer.towards(state) for _ in range(3))]
    assert [more for _, more in said] == [True, True, False]
    assert said[0][0].startswith("Training, epoch 24 of 60: loss ")
    frame = writer.frame(state)
    writer.frame(state | {"epoch": 5})
    assert writer.frame(state) == frame
    X = np.array([point[:2] for point in control.points(data)])
    y = np.array([point.label for point in control.points(data)])
    net = mlp((2, 3, 1))
    trainer = Trainer(Adam(0.05), epochs=60)
    history = trainer.train(net, X, y, "binary cross-entropy", net.init(seed=0, networks=(20,)), (X, y))
    right, whole = 5 * history.accuracy[-1], (history.accuracy[-1] == 1).sum()
    assert f"Epoch 60: loss {history.losses[-1, 0]:.3f}, {right[0]:.0f} of 5 points right" in frame[-1]
    assert f"Of 20 random starts, {whole} have every point right by now" in frame[-1]


@pytest.mark.parametrize(("n", "depth"), [(1, 1), (8, 3), (32, 6)])
def test_build_draws_the_pieces_and_says_error_and_bound(writers, n, depth):
    fig, says = look(writers["build_any_function"], n=n, depth=depth)
    chain, kinks = fig.axes[0].lines[1:3]
    x = np.linspace(0, 1, 1001)
    error = np.abs(np.interp(x, *chain.get_data()) - scenes.wave(x)).max()
    assert float(re.search(r"largest error (\S+),", says)[1]) == pytest.approx(error, rel=0.05)
    assert float(re.search(r"bound (\S+)\. ", says)[1]) == pytest.approx(2 * np.pi**2 / (8 * n**2), rel=0.05)
    assert len(kinks.get_xdata()) == n
    assert len(fig.axes[1].lines[0].get_xdata()) == 2**depth + 1
    assert f"{2**depth} straight pieces from {2 * depth} neurons" in says
