"""What the engine's door lets in: whole numbers as floats, data sets, landscapes, generators, things of one's own."""

from dataclasses import dataclass
from itertools import islice

import numpy as np
import pytest

from coursepkg.engine import datasets, landscapes, linear, logistic, losses
from coursepkg.engine.activations import Activation
from coursepkg.engine.datasets import Dataset, gate, moons
from coursepkg.engine.derivatives import (
    check_gradient,
    hessian_vector,
    numerical_gradient,
    numerical_hessian,
    sharpness,
)
from coursepkg.engine.descent import descend
from coursepkg.engine.landscapes import CLINE, ROSENBROCK, Landscape, chord, critical_points, quadratic, winding_number
from coursepkg.engine.layers import Mode
from coursepkg.engine.losses import LOSSES, Loss
from coursepkg.engine.network import mlp
from coursepkg.engine.newton import Newton
from coursepkg.engine.optimisers import OPTIMISERS, Adam, GradientDescent, optimiser
from coursepkg.engine.perceptron import Perceptron, novikoff, separable
from coursepkg.engine.preparation import normalise, split, standardise
from coursepkg.engine.regularisers import L1, L2, penalised
from coursepkg.engine.slices import filter_normalised, loss_slice
from coursepkg.engine.tape import tape
from coursepkg.engine.training import Trainer

AND = gate("AND")
ALL = [land for land in vars(landscapes).values() if isinstance(land, Landscape)]


def same(a, b):
    """Whether two results hold the same numbers."""
    if isinstance(a, tuple | list):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict):
        return same(list(a.items()), list(b.items()))
    return np.array_equal(a, b)


@pytest.mark.parametrize("land", [*ALL, quadratic(3.0, 0.4)], ids=repr)
def test_a_landscape_takes_whole_numbers_and_lists_in_each_of_its_functions(land):
    x = np.array([[1.0, -2.0], [0.0, 1.0]])[:, : land.d]
    for part in (land, land.f, land.gradient, land.first, land.second, land.hessian):
        found = part(x)
        for whole in (x.astype(int), x.astype(np.int8), x.tolist()):
            assert same(part(whole), found)
        for bad in (np.ones(3), [1.0, 2.0, 3.0], 1.0):
            with pytest.raises(ValueError, match="x must have shape"):
                part(bad)


def test_the_hessian_is_not_cut_to_whole_numbers():
    assert CLINE.first(np.array([1, 1]))[1] == pytest.approx([0.329, 0.329], abs=1e-3)
    assert CLINE.hessian(np.array([0, 1])) == pytest.approx(CLINE.hessian(np.array([0.0, 1.0])))


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, bool])
@pytest.mark.parametrize("name", ["squared_error", "absolute_error", "huber", "binary_cross_entropy", "cross_entropy"])
def test_losses_of_small_integers_do_not_wrap_around(name, dtype):
    z, y = np.array([[0, 1, 1], [1, 0, 1]], dtype), np.array([1, 0, 1], dtype)
    y = y if name == "cross_entropy" else np.array([y, 1 - y.astype(int)], dtype)
    for end in ("", "_slope"):
        loss = getattr(losses, name + end)
        np.testing.assert_array_equal(loss(z, y), loss(z.astype(float), y.astype(float)))


def test_small_integers_that_used_to_wrap_around():
    twenty = np.array([20], np.uint8)
    assert losses.absolute_error(np.uint8([0]), twenty) == [20]
    assert losses.squared_error(np.uint8([0]), twenty) == [200]
    assert losses.cross_entropy(np.array([[200], [10]], np.uint8), [1]) == pytest.approx([190])
    assert L2(1.0).value(twenty) == 200
    assert L1(1.0).prox(twenty).tolist() == [19]
    assert L2(1.0).gradient(np.array([-3], np.int8)).tolist() == [-3]


@pytest.mark.parametrize("n", [3, 100])
def test_a_constant_feature_is_shifted_to_zero_and_keeps_its_scale(n):
    for constant in np.arange(1, 100) / 100:
        X = np.column_stack([np.full(n, constant), np.arange(n)])
        for scaling in (standardise(X), normalise(X)):
            assert scaling.shift[0] == constant
            assert scaling.scale[0] == 1
            assert scaling([[constant, 0.0]])[0, 0] == 0
            assert scaling([[constant + 0.1, 0.0]])[0, 0] == pytest.approx(0.1)


@pytest.mark.parametrize("scale", [1e-200, 1e-170, 1.0, 1e160, 1e300])
def test_standardise_neither_overflows_nor_vanishes(scale):
    x = np.array([[1.0], [2.0], [4.0]])
    np.testing.assert_allclose(standardise(scale * x)(scale * x), standardise(x)(x), rtol=1e-12)
    assert standardise(x).scale == x.std(axis=0)  # to the last bit


@pytest.mark.parametrize(
    ("eigenvalues", "largest"),
    [([2.0, -2.0], 2), ([5.0, -5.0, 1.0], 5), ([5.0, -5.1, 1.0], -5.1), ([-3.0], -3), ([0.0, 0.0], 0)],
)
@pytest.mark.parametrize("seed", range(3))
def test_sharpness_where_two_eigenvalues_are_nearly_as_large(eigenvalues, largest, seed):
    found = sharpness(lambda p: np.array(eigenvalues) * p, np.zeros(len(eigenvalues)), seed=seed)
    assert found == pytest.approx(largest, rel=1e-6)


@pytest.mark.parametrize("d", [3, 30, 200])
def test_sharpness_of_random_symmetric_matrices(d):
    A = np.random.default_rng(d).standard_normal((d, d))
    w = np.linalg.eigvalsh(A + A.T)
    assert sharpness(lambda p: (A + A.T) @ p, np.zeros(d)) == pytest.approx(w[np.abs(w).argmax()], rel=1e-5)


def test_sharpness_says_when_it_has_not_settled():
    crowd = np.append(np.linspace(0, 1, 200), 1.0001)
    with pytest.raises(ValueError, match="steps must be more than 5"):
        sharpness(lambda p: crowd * p, np.zeros(201), steps=5)


@pytest.mark.parametrize("name", [*OPTIMISERS, "Newton", "Newton downhill"])
@pytest.mark.parametrize("shape", [(2,), (3, 2)])
def test_float32_stays_float32(name, shape):
    made = {"Newton": Newton(), "Newton downhill": Newton(search=True)}.get(name) or optimiser(name)
    x = np.full(shape, 0.5, np.float32)
    path = descend(made, quadratic(2.0), x, steps=5)
    assert path.x.dtype == np.float32
    assert all(x.dtype == np.float32 for x, _ in islice(made.iterates(quadratic(2.0), x), 4))


def test_a_landscape_stands_for_every_function_that_is_asked_for():
    x = np.array([0.5, -0.3])
    assert ROSENBROCK(x) == ROSENBROCK.f(x)
    for made, oracle in ((Adam(), ROSENBROCK.first), (Newton(), ROSENBROCK.second)):
        np.testing.assert_array_equal(descend(made, ROSENBROCK, x, 9).x, descend(made, oracle, x, 9).x)
    np.testing.assert_array_equal(numerical_gradient(CLINE, x), numerical_gradient(CLINE.f, x))
    assert check_gradient(CLINE, x) == check_gradient(CLINE.first, x)
    np.testing.assert_array_equal(hessian_vector(CLINE, x, x), hessian_vector(CLINE.gradient, x, x))
    assert numerical_hessian(CLINE, x) == pytest.approx(CLINE.hessian(x), abs=1e-5)
    assert sharpness(CLINE, x) == sharpness(CLINE.gradient, x)
    assert chord(CLINE, x, -2 * x).excess == chord(CLINE.f, x, -2 * x).excess
    assert winding_number(CLINE, CLINE.box) == winding_number(CLINE.gradient, CLINE.box)
    few = dict(box=[(-1, 1)] * 2, starts=9)
    assert critical_points(CLINE, **few) == critical_points(CLINE.second, **few)
    f, g = penalised(CLINE, L2(1.0))(x)
    assert f == pytest.approx(CLINE(x) + x @ x / 2)
    assert g == pytest.approx(CLINE.gradient(x) + x)


NET = mlp((2, 3, 1))
THETA, W = NET.init(), [1.0, -1.0]
TAKE = {
    "fit": (Perceptron().fit, ()),
    "separable": (separable, ()),
    "novikoff": (novikoff, ()),
    "log_loss": (logistic.log_loss, (W, 0.5)),
    "log_loss_gradient": (logistic.log_loss_gradient, (W, 0.5)),
    "logistic fit": (logistic.fit, (0.5, 9)),
    "squared_loss": (linear.squared_loss, (W,)),
    "least_squares": (linear.least_squares, ()),
    "descend_squares": (linear.descend_squares, ()),
    "ridge": (linear.ridge, (0.1,)),
    "lasso": (linear.lasso, (0.1,)),
    "oracle": (lambda *data: NET.oracle(*data)(THETA), ("squared error",)),
    "batch": (NET.batch, ("squared error", float)),
    "tape": (lambda *data: tape(NET, THETA, *data), ("squared error",)),
    "slice": (lambda *data: loss_slice(NET, THETA, (THETA, THETA), W, W, *data), ("squared error",)),
    "train": (lambda *data: Trainer(epochs=3).train(NET, *data), ("squared error",)),
}


@pytest.mark.parametrize("name", TAKE)
def test_a_data_set_goes_wherever_X_and_y_go(name):
    take, more = TAKE[name]
    assert same(take(AND, *more), take(AND.X, AND.y, *more))


def test_every_function_of_X_and_y_takes_a_data_set():
    import inspect

    from tests.engine.test_bad_calls import PUBLIC

    both = {name for name, thing in PUBLIC.items() if {"X", "y"} <= set(inspect.signature(thing).parameters)}
    both -= {"separation.separate", "perceptron.samples"}
    assert len(both) == len(TAKE)
    assert all(hasattr(PUBLIC[name], "__wrapped__") for name in both)


def test_a_data_set_by_name_and_beside_another_y():
    assert separable(X=AND)
    with pytest.raises(TypeError, match="X is a Dataset, which brings its own y"):
        separable(AND, AND.y)


def test_what_split_hands_out_is_what_train_takes():
    parts = split(moons(60), seed=1)
    runs = [
        Trainer(epochs=3, patience=2).train(mlp((2, 3, 1)), parts.train, loss="binary cross-entropy", validation=held)
        for held in (parts.validation, parts.validation[:2])
    ]
    np.testing.assert_array_equal(runs[0].validation, runs[1].validation)


@pytest.mark.parametrize("make", [datasets.clouds, datasets.moons, datasets.spirals, datasets.checkerboard])
def test_a_generator_is_a_seed_and_goes_on_from_where_it_is(make):
    rng = np.random.default_rng(3)
    first, second = make(20, seed=rng), make(20, seed=rng)
    np.testing.assert_array_equal(first.X, make(20, seed=3).X)
    assert not np.array_equal(first.X, second.X)


def test_a_generator_is_a_seed_of_networks_and_training():
    seeds = [np.random.default_rng(3), np.random.default_rng(3), 3]
    np.testing.assert_array_equal(NET.init(seeds[0]), NET.init(3))
    np.testing.assert_array_equal(
        filter_normalised(NET, THETA, np.random.default_rng(1)), filter_normalised(NET, THETA, 1)
    )
    runs = [
        Trainer(seed=np.random.default_rng(5), epochs=2, batch=2).train(NET, AND, "squared error") for _ in range(2)
    ]
    np.testing.assert_array_equal(runs[0].theta, runs[1].theta)
    assert split(moons(20), seed=np.random.default_rng(0)).test.y.tolist() == split(moons(20), seed=0).test.y.tolist()


def test_a_step_size_schedule_of_ones_own():
    @dataclass(frozen=True)
    class Root:
        eta: float

        def __call__(self, k):
            return self.eta / k**0.5

    def slope(x):
        return 0.0, np.ones_like(x)

    for own in (Root(0.1), lambda k: 0.1 / k**0.5):
        path = [x[0] for x, _ in islice(GradientDescent(own).iterates(slope, np.zeros(1)), 5)]
        assert -np.diff(path) == pytest.approx(0.1 / np.sqrt([1, 2, 3, 4]))
    with pytest.raises(ValueError, match="eta must be a finite number >= 0, but it is -1"):
        list(islice(Adam(lambda k: 2 - k).iterates(slope, np.zeros(1)), 4))


def test_an_optimiser_of_ones_own():
    class Sign:
        def iterates(self, oracle, x):
            while True:
                f, g = oracle(x)
                yield x, f
                x = x - 0.1 * np.sign(g)

    assert descend(Sign(), lambda x: (x @ x, 2 * x), [1.0], 5).x[:, 0] == pytest.approx([1, 0.9, 0.8, 0.7, 0.6, 0.5])
    assert Trainer(Sign(), epochs=2).train(NET, AND, "squared error").outcome == "finished"


def test_a_loss_of_ones_own_trains_as_the_built_in_one():
    own = Loss("own", lambda z, y: 0.5 * ((z - y) ** 2).sum(axis=-2), lambda z, y: z - y)
    runs = [Trainer(epochs=5).train(NET, AND, loss, THETA, validation=AND) for loss in (own, LOSSES["squared error"])]
    np.testing.assert_allclose(runs[0].theta, runs[1].theta, rtol=1e-12)
    np.testing.assert_allclose(runs[0].validation, runs[1].validation, rtol=1e-12)
    for wrong, says in (
        (Loss("own", lambda z, y: (z - y) ** 2, lambda z, y: z - y), r"f of a loss must give shape \(4,\)"),
        (Loss("own", lambda z, y: (z - y)[0], lambda z, y: 1.0), r"df of a loss must give shape \(1, 4\)"),
    ):
        with pytest.raises(ValueError, match=says):
            Trainer(epochs=1).train(NET, AND, wrong)


def test_an_activation_of_ones_own_trains_as_the_built_in_one():
    own = Activation("own", np.tanh, lambda z: 1 - np.tanh(z) ** 2)
    runs = [Trainer(epochs=5).train(mlp((2, 3, 1), g), AND, "squared error", THETA) for g in (own, "tanh")]
    np.testing.assert_allclose(runs[0].theta, runs[1].theta, rtol=1e-9)


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: Trainer(Adam), TypeError, r"optimiser must be one that is made, such as Adam\(0.01\)"),
        (lambda: Trainer("adam w"), ValueError, "unknown optimiser 'adam w': did you mean 'AdamW'"),
        (lambda: mlp((2, 2), output="softmax"), ValueError, "output 'softmax' mixes its inputs.*loss 'cross-entropy'"),
        (lambda: loss_slice(NET, THETA, (THETA,), W, W, AND, "huber"), TypeError, "directions must be two"),
        (lambda: descend(Adam(), lambda x: x @ x, W), TypeError, "oracle must answer with 2 things"),
        (lambda: descend(Newton(), ROSENBROCK.first, W), TypeError, "oracle must answer with 3 things"),
        (
            lambda: descend(Adam(), lambda x: (x @ x, 2 * x[:1]), W),
            ValueError,
            r"the gradient from oracle must",
        ),
        (
            lambda: Trainer(batch=10).train(mlp((2, 3, 1), batchnorm=True), moons(101), "binary cross-entropy"),
            ValueError,
            "batch must leave no sample alone.*101 samples in batches of 10",
        ),
        (
            lambda: Trainer(epochs=1).train(NET, AND, "squared error", validation=([[1.0]], [1.0])),
            ValueError,
            r"validation does not fit: X must have shape \(n, 2\)",
        ),
        (
            lambda: NET.oracle(AND, "squared error", Mode(running=np.zeros(3))),
            ValueError,
            r"running must have shape \(…, 0\)",
        ),
        (lambda: losses.cross_entropy(np.zeros((2, 3)), [0, 1, 2]), ValueError, r"labels from 0 to 1, but y\[2\] is 2"),
        (lambda: losses.one_hot([[0.2], [0.2]], 2), ValueError, "columns of probabilities"),
        (lambda: losses.squared_error([1, 2], [1, 2, 3]), ValueError, r"y must have a shape that goes with z's \(2,\)"),
        (lambda: penalised(CLINE, L2(1.0), [True])(np.ones(2)), ValueError, r"where must have shape \(2,\)"),
        (lambda: NET.oracle(AND, "squared error")([1.0]), ValueError, r"theta must have shape \(…, 13\)"),
        (lambda: split(AND.X), TypeError, "data must be a Dataset"),
        (lambda: NET([1j] * 13, AND.X), TypeError, "theta must be real numbers"),
        (lambda: Dataset(AND.X) and separable(AND.X), TypeError, "y"),
    ],
)
def test_errors_say_what_came_and_what_is_allowed(call, error, says):
    with pytest.raises(error, match=says):
        call()
