import sys
import types
from itertools import islice

import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier

from coursepkg.engine.activations import sigmoid
from coursepkg.engine.datasets import blobs, digits, gate, moons, noisy_polynomial
from coursepkg.engine.dropout import Dropout
from coursepkg.engine.layers import Mode
from coursepkg.engine.metrics import classes, confusion_matrix
from coursepkg.engine.network import mlp
from coursepkg.engine.optimisers import Adam, GradientDescent, Momentum
from coursepkg.engine.preparation import split
from coursepkg.engine.regularisers import L2
from coursepkg.engine.training import Trainer
from coursepkg.engine.watch import watch

XOR = gate("XOR")
BCE = "binary cross-entropy"


def test_full_batch_training_is_the_optimisers_path():
    net, theta = mlp((2, 4, 1)), mlp((2, 4, 1)).init(3)
    history = Trainer(Adam(0.05), epochs=30).train(net, XOR.X, XOR.y, BCE, theta, keep=(0, 10, 30))
    path = list(islice(Adam(0.05).iterates(net.oracle(XOR.X, XOR.y, BCE), theta), 31))
    np.testing.assert_array_equal(history.losses, [f for _, f in path])
    np.testing.assert_array_equal(history.theta, path[-1][0])
    assert sorted(history.kept) == [0, 10, 30]
    np.testing.assert_array_equal(history.kept[10], path[10][0])
    assert (history.outcome, history.step, history.diverged) == ("finished", 30, -1)
    assert history.says == f"finished at step 30: loss {history.losses[-1]:.3g}"
    assert history.validation.shape == history.accuracy.shape == (0,)


def test_mini_batches_visit_every_sample_once_an_epoch_in_a_new_order():
    net, n = mlp((1, 1)), 7
    seen = []

    class Spy(type(net)):
        def loss_and_gradient(self, theta, A, y, loss, mode):
            seen.append(A[0].copy())
            np.testing.assert_array_equal(y[0], 10 * A[0])
            return super().loss_and_gradient(theta, A, y, loss, mode)

    X = np.arange(float(n))[:, None]
    history = Trainer(GradientDescent(1e-6), epochs=3, batch=3, seed=1).train(
        Spy((*net.layers, Dropout(0.0))), X, 10 * X, "squared error"
    )
    assert [len(batch) for batch in seen] == [3, 3, 1] * 3 + [3]
    epochs = [np.concatenate(seen[i : i + 3]) for i in (0, 3, 6)]
    for epoch in epochs:
        np.testing.assert_array_equal(np.sort(epoch), X[:, 0])
    assert not np.array_equal(epochs[0], epochs[1])
    assert history.step == 9
    assert len(history.losses) == 10


def test_without_shuffling_samples_keep_their_order():
    net, data = mlp((2, 1)), moons(10)
    theta = net.init(0)
    history = Trainer(GradientDescent(0.1), epochs=1, batch=4, shuffle=False).train(net, data.X, data.y, BCE, theta)
    for i in (0, 4, 8):
        theta = theta - 0.1 * net.oracle(data.X[i : i + 4], data.y[i : i + 4], BCE)(theta)[1]
    np.testing.assert_allclose(history.theta, theta, rtol=1e-12)


def test_same_seed_same_bytes():
    data = moons(60)
    net = mlp((2, 6, 1), dropout=0.2, batchnorm=True)
    runs = [
        Trainer(Adam(0.01), epochs=5, batch=16, seed=seed).train(net, data.X, data.y, BCE, validation=data[:2])
        for seed in (4, 4, 5)
    ]
    for field in ("theta", "losses", "validation", "accuracy", "running"):
        assert getattr(runs[0], field).tobytes() == getattr(runs[1], field).tobytes(), field
    assert runs[0].theta.tobytes() != runs[2].theta.tobytes()


def test_parameters_are_kept_with_the_running_statistics_of_their_epoch():
    data = moons(60)
    net = mlp((2, 6, 1), batchnorm=True)
    long, short = (
        Trainer(Adam(0.01), epochs=epochs, batch=16).train(
            net, data.X, data.y, BCE, validation=data[:2], keep=(0, 3, 5)
        )
        for epochs in (5, 3)
    )
    assert sorted(long.kept_running) == [0, 3, 5]
    np.testing.assert_array_equal(long.kept_running[3], short.running)
    np.testing.assert_array_equal(long.kept_running[5], long.running)
    z = net(long.kept[3], data.X, long.kept_running[3])[:, 0]
    assert long.validation[3] == pytest.approx(np.mean(np.logaddexp(0, z) - data.y * z))


def test_running_statistics_belong_to_the_parameters_that_they_are_kept_with():
    data, net = moons(30, seed=1), mlp((2, 3, 1), "relu", batchnorm=True)
    trainer = Trainer(GradientDescent(0.1), epochs=3, shuffle=False)
    history = trainer.train(net, *data[:2], "binary cross-entropy", validation=data[:2], keep=range(4))
    by_hand, theta = net.running(), net.init()
    oracle = net.oracle(*data[:2], "binary cross-entropy", Mode(train=True, running=by_hand))
    for epoch in range(4):
        np.testing.assert_array_equal(history.kept_running[epoch], by_hand)
        z = net(theta, data.X, by_hand)[:, 0]
        assert history.validation[epoch] == pytest.approx(np.mean(np.logaddexp(0, z) - data.y * z), rel=1e-12)
        theta = theta - 0.1 * oracle(theta)[1]
    # Three steps, three batches: what the pass at the last parameters sees is in no statistics yet.
    np.testing.assert_array_equal(history.running, history.kept_running[3])
    np.testing.assert_array_equal(history.kept_running[0], net.running())


def test_many_networks_train_as_they_do_alone():
    net, data = mlp((2, 5, 1)), moons(40)
    theta = net.init(1, networks=(3,))
    trainer = Trainer(Momentum(0.1), epochs=4, batch=10, seed=2, penalty=L2(0.01))
    many = trainer.train(net, data.X, data.y, BCE, theta, validation=data[:2])
    assert many.losses.shape == (17, 3)
    assert many.validation.shape == many.accuracy.shape == (5, 3)
    for i in range(3):
        one = trainer.train(net, data.X, data.y, BCE, theta[i], validation=data[:2])
        np.testing.assert_allclose(many.theta[i], one.theta, rtol=1e-9)
        np.testing.assert_allclose(many.losses[:, i], one.losses, rtol=1e-9)
        np.testing.assert_allclose(many.accuracy[:, i], one.accuracy)


def test_validation_is_in_evaluation_mode_and_accuracy_counts():
    net, data = mlp((2, 8, 1), dropout=0.5), moons(50)
    history = Trainer(Adam(0.02), epochs=6, seed=1).train(
        net, data.X, data.y, BCE, validation=(data.X, data.y), keep=range(7)
    )
    for epoch, theta in history.kept.items():
        L = net.oracle(data.X, data.y, BCE)(theta)[0]
        assert history.validation[epoch] == pytest.approx(L, rel=1e-12)
        assert history.accuracy[epoch] == np.mean((net(theta, data.X)[:, 0] >= 0) == data.y)
        assert abs(history.losses[epoch] - L) > 1e-6  # drawn with dropout


def test_accuracy_of_several_yes_or_no_answers_and_none_for_regression():
    X = np.random.default_rng(0).standard_normal((30, 2))
    y = (X > 0).astype(int)
    history = Trainer(Adam(0.1), epochs=300).train(mlp((2, 2)), X, y, BCE, validation=(X, y))
    assert history.accuracy[-1] == 1
    curve = noisy_polynomial(20)
    regression = Trainer(epochs=2).train(
        mlp((1, 3, 1)), curve.X, curve.y, "squared error", validation=(curve.X, curve.y)
    )
    assert regression.accuracy.shape == (0,)
    assert regression.validation.shape == (3,)


@pytest.mark.parametrize("options", [{}, {"batchnorm": True}])
def test_a_penalty_shrinks_weights_and_spares_the_rest(options):
    net, lam, eta = mlp((2, 3, 1), **options), 0.3, 0.1
    theta = net.init(1) + 0.2
    ends = [
        Trainer(GradientDescent(eta), epochs=1, penalty=penalty).train(net, XOR.X, XOR.y, BCE, theta)
        for penalty in (None, L2(lam))
    ]
    np.testing.assert_allclose(ends[1].theta, ends[0].theta - eta * lam * theta * net.is_weight, rtol=1e-12)
    assert ends[1].losses[0] - ends[0].losses[0] == pytest.approx(0.5 * lam * np.sum(theta[net.is_weight] ** 2))


def test_early_stopping_goes_back_to_the_best():
    data = noisy_polynomial(60, noise=1.0, seed=1)
    parts = split(data, 0.5, 0, seed=2)
    net = mlp((1, 30, 30, 1))
    arguments = (net, parts.train.X, parts.train.y, "squared error")
    stopped = Trainer(Adam(0.02), epochs=2000, patience=40).train(*arguments, validation=parts.validation[:2])
    assert stopped.outcome == "stopped early"
    best = stopped.validation.argmin()
    assert len(stopped.validation) == best + 41 == stopped.step + 1
    L = net.oracle(parts.validation.X, parts.validation.y, "squared error")(stopped.theta)[0]
    assert pytest.approx(stopped.validation[best], rel=1e-12) == L
    whole = Trainer(Adam(0.02), epochs=800).train(*arguments, validation=parts.validation[:2])
    assert whole.validation[-1] > 1.05 * stopped.validation[best]


def test_divergence_is_named_and_leaves_finite_parameters():
    data = noisy_polynomial(30)
    trainer = Trainer(GradientDescent(50.0), epochs=200)
    history = trainer.train(mlp((1, 8, 1), "relu"), data.X, data.y, "squared error", keep=(1,))
    assert history.outcome == "diverged"
    assert history.says == f"diverged at step {history.step}"
    assert 0 < history.step < 60
    assert history.step == history.diverged
    for array in (history.theta, history.losses, history.kept[1]):
        assert np.isfinite(array).all()


def test_of_many_networks_only_the_lost_stand_still():
    data = noisy_polynomial(30)
    net = mlp((1, 8, 1), "relu")
    theta = np.stack([net.init(0), 1e30 * net.init(0), net.init(1)])
    history = Trainer(GradientDescent(0.05), epochs=20).train(net, data.X, data.y, "squared error", theta)
    assert history.outcome == "diverged"
    assert (history.diverged >= 0).tolist() == [False, True, False]
    alone = Trainer(GradientDescent(0.05), epochs=20).train(net, data.X, data.y, "squared error", theta[0])
    np.testing.assert_allclose(history.theta[0], alone.theta, rtol=1e-9)
    assert np.isfinite(history.theta).all()
    assert np.isfinite(history.losses).all()


def test_a_run_is_lost_beyond_the_limit_and_not_at_it():
    for shape in ((), (2,)):  # one run, and two at once
        path = [(np.zeros((*shape, 1)), np.full(shape, f)[()]) for f in (-2.0, 8.0, -8.0, 8.001)]
        lost = [lost for *_, lost in watch(path, range(9), limit=4)]
        assert lost[:3] == [None] * 3
        assert (lost[3] == 3).all()


def test_watch_sees_a_point_lost_behind_a_finite_loss():
    path = [(np.array([1.0]), 1.0), (np.array([np.inf]), 1.0), (np.array([2.0]), 1.0)]
    seen = [(x.item(), None if lost is None else int(lost)) for _, x, _, lost in watch(path, range(9))]
    assert seen == [(1, None), (1, 1)]
    rarely = [x.item() for _, x, _, _ in watch(path, range(9), every=2)]
    assert rarely == [1, np.inf, 2]


def test_xor_is_learnt():
    history = Trainer(GradientDescent(1.0), epochs=3000).train(mlp((2, 8, 1)), XOR.X, XOR.y, BCE, validation=XOR[:2])
    assert history.accuracy[-1] == 1
    assert history.losses[-1] < 0.01


@pytest.mark.parametrize("options", [{"dropout": 0.2}, {"batchnorm": True}, {"residual": True}])
def test_dropout_batchnorm_and_residual_nets_learn_the_moons(options):
    train, test = moons(200, seed=1), moons(200, seed=2)
    history = Trainer(Adam(0.02), epochs=100, batch=32).train(
        mlp((2, 16, 16, 1), **options), train.X, train.y, BCE, validation=test[:2]
    )
    assert history.accuracy[-1] > 0.97


def test_digits_by_the_recipe():
    data = digits()
    parts = split(data._replace(X=data.X / 16), 0.15, 0.15)
    net = mlp((64, 32, 10), "relu")
    history = Trainer(Momentum(0.1), epochs=12, batch=32).train(
        net, parts.train.X, parts.train.y, "cross-entropy", validation=parts.validation[:2], how="he"
    )
    C = confusion_matrix(parts.test.y, classes(net(history.theta, parts.test.X)), 10)
    assert C.sum() == len(parts.test.y)
    assert np.trace(C) / C.sum() > 0.95
    assert history.accuracy[-1] > 0.95


def test_agrees_with_scikit_learn_step_by_step():
    data = blobs(90, seed=3)
    theirs = MLPClassifier(
        (5,), "tanh", solver="sgd", alpha=0, batch_size=90, learning_rate_init=0.3, momentum=0.8,
        nesterovs_momentum=False, max_iter=1, shuffle=False, random_state=0, warm_start=True,
    )  # fmt: skip
    losses, weights = [], []
    for _ in range(5):
        with pytest.warns(match="Maximum iterations"):
            theirs.fit(data.X, data.y)
        losses.append(theirs.loss_)
        weights.append([W.copy() for W in theirs.coefs_])
    net = mlp((2, 5, 3))
    theta = net.init()
    # It starts where scikit-learn was after the first step, with the velocity of zero that each warm start resets to.
    first = MLPClassifier(**theirs.get_params())
    with pytest.warns(match="Maximum iterations"):
        first.fit(data.X, data.y)
    for (W, b), C, c in zip(net.views(theta), first.coefs_, first.intercepts_, strict=True):
        W[...], b[...] = C.T, c
    for k in range(1, 5):
        history = Trainer(Momentum(0.3, 0.8), epochs=1).train(net, data.X, data.y, "cross-entropy", theta)
        assert history.losses[0] == pytest.approx(losses[k], rel=1e-10)
        theta = history.theta
        np.testing.assert_allclose(net.views(theta)[0][0], weights[k][0].T, rtol=1e-9)


def test_batch_size_quarters_the_variance_of_gradients():
    data, net = moons(400), mlp((2, 4, 1))
    theta, spread = net.init(1), {}
    for batch in (4, 16):
        rng = np.random.default_rng(0)
        gradients = []
        for _ in range(4000):
            some = rng.integers(0, 400, batch)
            gradients.append(net.oracle(data.X[some], data.y[some], BCE)(theta)[1])
        spread[batch] = np.std(gradients, axis=0).mean()
    assert spread[4] / spread[16] == pytest.approx(2, rel=0.05)


def test_dropouts_mean_output_of_a_linear_net_is_its_output():
    net = mlp((3, 4, 1), "identity", dropout=0.4)
    theta, X = net.init(2), np.array([[1.0, -2.0, 0.5]])
    rng = np.random.default_rng(0)
    outputs = [net.outputs(theta, net.columns(X, float), Mode(train=True, rng=rng)).item() for _ in range(20_000)]
    assert np.mean(outputs) == pytest.approx(net(theta, X).item(), abs=4 * np.std(outputs) / np.sqrt(20_000))


def test_float32_from_end_to_end():
    history = Trainer(Adam(0.01), epochs=3, penalty=L2(0.1)).train(mlp((2, 3, 1)), XOR.X, XOR.y, BCE, dtype=np.float32)
    assert history.theta.dtype == history.losses.dtype == np.float32


def test_a_progress_bar_if_asked_for(monkeypatch):
    seen = []
    bar = types.ModuleType("tqdm.auto")
    bar.tqdm = lambda steps: seen.append(len(steps)) or steps
    monkeypatch.setitem(sys.modules, "tqdm", types.ModuleType("tqdm"))
    monkeypatch.setitem(sys.modules, "tqdm.auto", bar)
    Trainer(epochs=5).train(mlp((2, 1)), XOR.X, XOR.y, BCE, progress=True)
    assert seen == [6]
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    with pytest.raises(ModuleNotFoundError, match="tqdm"):
        Trainer(epochs=5).train(mlp((2, 1)), XOR.X, XOR.y, BCE, progress=True)


def test_progress_may_wrap_the_steps():
    seen = []

    def bar(steps):
        for step in steps:
            seen.append(step)
            yield step

    run = Trainer(epochs=5).train(mlp((2, 1)), XOR.X, XOR.y, BCE, progress=bar)
    assert seen == list(range(6))
    plain = Trainer(epochs=5).train(mlp((2, 1)), XOR.X, XOR.y, BCE)
    np.testing.assert_array_equal(run.losses, plain.losses)


def test_the_sigmoid_reads_the_logit():
    net = mlp((2, 1))
    theta = Trainer(GradientDescent(1.0), epochs=500).train(net, *gate("OR")[:2], BCE).theta
    p = sigmoid(net(theta, gate("OR").X)[:, 0])
    np.testing.assert_array_equal(p.round(), gate("OR").y)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: Trainer(batch=0), "batch must be a whole number >= 1, but it is 0"),
        (lambda: Trainer(epochs=0), "epochs must be"),
        (lambda: Trainer(patience=0), "patience must be"),
        (lambda: Trainer(batch=5).train(mlp((2, 1)), XOR.X, XOR.y, BCE), "at most the number of samples, 4"),
        (lambda: Trainer(patience=3).train(mlp((2, 1)), XOR.X, XOR.y, BCE), "patience needs validation data"),
        (lambda: Trainer().train(mlp((2, 1)), XOR.X[:, :1], XOR.y, BCE), r"X must have shape \(n, 2\)"),
        (lambda: Trainer().train(mlp((2, 1)), XOR.X, [0, 1, 2, 0], BCE), r"y\[2\] is 2"),
        (lambda: Trainer().train(mlp((2, 1)), XOR.X, XOR.y, "hinge"), "unknown loss 'hinge'"),
        (lambda: Trainer().train(mlp((2, 1)), XOR.X, XOR.y, BCE, [0, np.nan, 0]), r"theta\[1\] is nan"),
        (lambda: Trainer().train(mlp((2, 1)), XOR.X, XOR.y, BCE, [0, 0]), r"theta must have shape \(…, 3\)"),
    ],
)
def test_bad_input(call, says):
    with pytest.raises(ValueError, match=says):
        call()


def test_accuracy_of_three_classes_is_the_share_whose_largest_score_is_right():
    data, net = blobs(30, seed=2), mlp((2, 4, 3))
    history = Trainer(Adam(0.05), epochs=3).train(net, data, "cross-entropy", validation=data, keep=range(4))
    for epoch in range(4):
        scores = net(history.kept[epoch], data.X)
        right = [row.tolist().index(max(row)) == y for row, y in zip(scores, data.y, strict=True)]
        assert history.accuracy[epoch] == np.mean(right)
    assert len(set(history.accuracy)) > 1


def test_each_of_several_networks_diverges_at_its_own_step():
    net, data = mlp((1, 1)), ([[1.0]], [0.0])
    # L = ½ (w + b)², so w + b is multiplied by 1 − 2η = −9 a step, and L by 81, from L₀ = ½ s²; it is lost where L
    # exceeds 10¹² max(1, L₀).
    starts = np.array([[1.0, 0.0], [1e-5, 0.0], [0.0, 0.0], [1e3, 0.0]])
    history = Trainer(GradientDescent(5.0), epochs=50).train(net, *data, "squared error", starts)
    L = 0.5 * starts[:, 0] ** 2
    wanted = [next((k for k in range(51) if l * 81.0**k > 1e12 * max(1, l)), -1) for l in L]
    assert history.diverged.tolist() == wanted
    assert history.outcome == "diverged"
    assert history.step == max(wanted)
    # The last finite parameters are those of the step before.
    for start, step, theta in zip(starts[:, 0], wanted, history.theta, strict=True):
        if step > 0:
            assert theta.sum() == pytest.approx(start * (-9.0) ** (step - 1), rel=1e-9)


def test_what_is_done_where_nothing_is_said():
    trainer = Trainer()
    assert (trainer.epochs, trainer.batch, trainer.seed, trainer.patience, trainer.shuffle) == (
        100,
        None,
        0,
        None,
        True,
    )
    history = trainer.train(mlp((2, 1, 1)), XOR, BCE)
    assert len(history.losses) == 101
    # Kingma and Ba (2015), at the head of Algorithm 1.
    adam = trainer.optimiser
    assert (adam.eta, adam.beta1, adam.beta2, adam.eps, adam.corrected) == (0.001, 0.9, 0.999, 1e-8, True)
    np.testing.assert_array_equal(history.theta, Trainer(Adam(), 100).train(mlp((2, 1, 1)), XOR, BCE).theta)
