"""Bad calls to everything public: a TypeError or ValueError of the engine's own, which names the argument.

A new function fails here until it has a row in ROWS, or stands in INNER: there nothing is checked, and its docstring or
its module's says so.
"""

import importlib
import inspect
import pkgutil
import re
import traceback
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import coursepkg.engine
from coursepkg.engine.activations import relu, tanh
from coursepkg.engine.constructions import built
from coursepkg.engine.datasets import Dataset, gate
from coursepkg.engine.landscapes import ROSENBROCK
from coursepkg.engine.layers import Activate, Dense, Mode
from coursepkg.engine.network import mlp
from coursepkg.engine.newton import Newton
from coursepkg.engine.optimisers import Adam, GradientDescent
from coursepkg.engine.perceptron import Perceptron
from coursepkg.engine.preparation import Scaling
from coursepkg.engine.regularisers import L2
from coursepkg.engine.schedules import Constant, Cosine, Inverse, Stairs
from coursepkg.engine.training import Trainer

NAN, INF = float("nan"), float("inf")
MASKED = np.ma.array([[1.0, 2.0]], mask=[[0, 1]])
NO_NUMBERS = ["text", None, True, 1j, [1.0, 2.0]]
NO_ARRAYS = ["text", None, [["1", "2"]], np.array([[1j, 2]]), {"a": 1}]
RAGGED = [[1.0], [1.0, 2.0]]

#: kind of argument: (values of the wrong type, values that are not allowed)
KINDS = {
    "real": (NO_NUMBERS, [NAN, INF]),
    "positive": (NO_NUMBERS, [0, -1.0, NAN, INF]),
    "nonnegative": (NO_NUMBERS, [-1.0, NAN, INF]),
    "share": (NO_NUMBERS, [-0.1, 1, NAN]),
    "some": (NO_NUMBERS, [0, 1.1, NAN]),
    "part": (NO_NUMBERS, [-0.1, 1.1, NAN]),
    "count": (NO_NUMBERS, [0, -1, 1.5, NAN]),
    "from 0": (NO_NUMBERS, [-1, 1.5]),
    "whole": (NO_NUMBERS, [1.5]),
    "seed": (["text", None, True, 1j, [1]], [-1, 1.5]),
    "flag": (["yes", 1, None], []),
    "floats": (NO_ARRAYS, [MASKED, RAGGED]),
    "array": (NO_ARRAYS, [MASKED, RAGGED, [[NAN]], [INF]]),
    "vector": (NO_ARRAYS, [MASKED, RAGGED, [[1.0]], [NAN], []]),
    "matrix": (NO_ARRAYS, [MASKED, RAGGED, [1.0], [[NAN, 1.0]], np.zeros((0, 2))]),
    "X": (NO_ARRAYS, [MASKED, RAGGED, [1.0], [[NAN, 1.0]], np.zeros((0, 2)), np.zeros((2, 2, 2))]),
    "labels": (["text", None, ["a", "b"], [1j, 2]], [3, [[0, 1]], [0.5, 1, 0, 1], [NAN] * 4, [9, 0, 1, 1], []]),
    "function": (["text", None, 3, dict], []),
    "name": ([None, 3, ["text"]], ["text"]),
    "title": ([None, 3], []),
    "activation": ([None, 3, relu], ["reluu", "softmax"]),
    "loss": ([None, 3, tanh], ["squarred error"]),
    "how": ([None, 3, dict], ["hee"]),
    "optimiser": ([None, 3, Adam], ["adam w"]),
    "penalty": (["L2", 0.1], []),
    "net": ([None, 3, "mlp"], []),
    "layers": ([None, 3, "text", [1, 2]], []),
    "counts": ([5, None, "text"], [(0, 1), (1.5, 1)]),
    "dtype": ([int, complex, None, "text"], []),
    "box": ([None, 3j, "text"], [[(1, -1)] * 2, [(1, 1)] * 2, [(0, NAN)] * 2, [1, 2]]),
    "maybe box": ([3j, "text"], [[(1, -1)] * 2, [(1, 1)] * 2, [(0, NAN)] * 2, [1, 2]]),
    "mode": ([3, "train"], []),
    "rng": (["text", None], [-1]),
    "pair": ([3, "text"], [([[1.0]], [1.0])]),
}

AND = gate("AND")
X, Y, W2 = AND.X, AND.y, [1.0, -1.0]
NET = mlp((2, 3, 1))
NORMED = mlp((2, 3, 1), batchnorm=True)
THETA = NET.init()
BUILT = built([([[1.0, 2.0]], [0.0])], "relu")
SQUARE = (lambda x: x @ x, lambda x: 2 * x)


def oracle(x):
    return (x * x).sum(axis=-1), 2 * x


def second(x):
    return (*oracle(x), np.broadcast_to(2 * np.eye(x.shape[-1]), (*x.shape, x.shape[-1])))


def row(good, kinds, on=None):
    """A good call (its arguments in order), the kind of each argument, and the object whose method it is."""
    return good, kinds, on


Z = row([[0.5, -1.0]], ["floats"])
ALPHA = row([[0.5, -1.0], 0.5], ["floats", "real"])
LOSS = row([[[0.5]], [[1.0]]], ["floats", "floats"])
LOG = row([X, Y, W2, 0.5], ["X", "labels", "vector", "real"])
K = row([3], ["count"])
SIZES = row([3, 2], ["count", "count"])
RNG = row([np.random.default_rng(0), 2, 3], ["rng", "count", "count"])
NOISY = row([20, 0.1, 0], ["count", "nonnegative", "seed"])
ITERATES = row([oracle, [1.0, 2.0]], ["function", "array"])
ETA_BETA = row([0.1, 0.9], ["eta", "share"])

KINDS["eta"] = (["text", None, True, 1j], [0, -1.0, NAN, INF, lambda k: -1.0, lambda k: NAN])

ROWS = {
    "activations.activation": row(["relu", "g"], ["activation", "any"]),
    "activations.activation.Activation": row(["double", relu, tanh], ["title", "function", "function"]),
    **{
        f"activations.{module}.{name}{end}": Z
        for module, names in {
            "radial": ["gaussian", "multiquadric"],
            "rectifiers": ["relu", "softplus", "selu", "gelu"],
            "threshold": ["identity", "step", "sigmoid", "tanh"],
        }.items()
        for name in names
        for end in ("", "_slope")
    },
    **{f"activations.rectifiers.{g}{end}": ALPHA for g in ("leaky_relu", "elu") for end in ("", "_slope")},
    "activations.rectifiers.normal_cdf": Z,
    "activations.softmax.softmax": row([[0.5, -1.0], 0], ["floats", "whole"]),
    "activations.softmax.softmax_slope": row([[0.5, -1.0]], ["floats"]),
    "batchnorm.BatchNorm": row([3, 0.1, 0.1], ["count", "some", "some"]),
    "constructions.Built.__call__": row([[[1.0, 2.0]]], ["X"], BUILT),
    "constructions.built": row([[([[1.0]], [0.0])], "relu", "tanh"], ["layers", "activation", "activation"]),
    "constructions.fold": row([-2, 1], ["real", "real"]),
    "constructions.worked_example": row([1.0], ["real"]),
    "constructions.interpolant": row([[0, 1], [0, 1]], ["vector", "vector"]),
    "constructions.tent": K,
    "convolution.convolve": row([np.ones((3, 3)), np.ones((2, 2)), 0.5, 1], ["matrix", "matrix", "real", "from 0"]),
    "convolution.pullback": row(
        [np.ones((2, 2)), np.ones((3, 3)), np.ones((2, 2)), 0], ["array", "matrix", "matrix", "from 0"]
    ),
    "convolution.max_pool": row([[[1, 2]]], ["matrix"]),
    "convolution.shift": row([[[1, 2]], 0, 1], ["matrix", "whole", "whole"]),
    "costs.descent_step": SIZES,
    "costs.normal_equations": SIZES,
    "costs.qr": SIZES,
    "costs.substitution": K,
    "datasets.bitmaps.digit": row([1, 2], ["digit", "shift"]),
    "datasets.curves.noisy_polynomial": row([9, [1, 2], 0.1, 0], ["count", "vector", "nonnegative", "seed"]),
    "datasets.gates.gate": row(["AND"], ["name"]),
    "datasets.gates.boolean": row([[0, 1]], ["truth"]),
    "datasets.measured.iris": row([["setosa"], ["petal width"]], ["names", "names"]),
    "datasets.measured.digits": row([], []),
    "datasets.plane.clouds": row([9, 0.5, 0], ["count", "real", "seed"]),
    "datasets.plane.blobs": row([9, [[0, 1]], 0.5, 0], ["count", "X", "positive", "seed"]),
    "datasets.plane.moons": NOISY,
    "datasets.plane.circles": row([20, 0.1, 0.5, 0], ["count", "nonnegative", "share", "seed"]),
    "datasets.plane.spirals": row([20, 0.1, 1.5, 0], ["count", "nonnegative", "positive", "seed"]),
    "datasets.plane.checkerboard": row([20, 3, 0], ["count", "count", "seed"]),
    "derivatives.numerical_gradient": row([SQUARE[0], W2, 1e-5], ["function", "array", "positive"]),
    "derivatives.relative_error": row([W2, W2, 1e-3], ["array", "array", "positive"]),
    "derivatives.check_gradient": row([oracle, W2, 1e-5], ["function", "array", "positive"]),
    "derivatives.hessian_vector": row([SQUARE[1], W2, W2, 1e-5], ["function", "vector", "vector", "positive"]),
    "derivatives.numerical_hessian": row([SQUARE[1], W2, 1e-5], ["function", "vector", "positive"]),
    "derivatives.sharpness": row([SQUARE[1], W2, 9, 0], ["function", "vector", "count", "seed"]),
    "descent.descend": row(
        [Adam(), oracle, W2, 9, 1e-3, 1e9], ["optimiser", "function", "array", "from 0", "tol", "positive"]
    ),
    "dropout.Dropout": row([0.5], ["share"]),
    "hull.nearest_to_origin": row([[[1, 2]]], ["X"]),
    "initialisers.zero": row([None, 2, 3], ["any", "count", "count"]),
    "initialisers.normal": row([0.1], ["positive"]),
    "initialisers.glorot": RNG,
    "initialisers.he": RNG,
    "initialisers.initialiser": row(["he", "how"], ["how", "any"]),
    "landscapes.chords.chord": row([lambda x: x[..., 0], [0.0], [1.0], 9], ["function", "vector", "vector", "count"]),
    "landscapes.chords.violating_chord": row(
        [lambda x: x[..., 0], [(0, 1)], 5, 1e-9], ["function", "box", "count", "nonnegative"]
    ),
    "landscapes.critical.kind": row([[[1.0]]], ["X"]),
    "landscapes.critical.critical_points": row([second, [(-1, 1)], 5, 9], ["function", "box", "count", "count"]),
    "landscapes.critical.winding_number": row([SQUARE[1], [(-1, 1)] * 2, 99], ["function", "box", "count"]),
    "landscapes.landscape.Landscape": row(
        ["bowl", 2, oracle, lambda x: x, (), [(0, 1)] * 2, True, ""],
        ["title", "count", "function", "function", "any", "maybe box", "flag", "title"],
    ),
    **{
        f"landscapes.landscape.Landscape.{name}": row([[1.0, 2.0]], ["floats"], ROSENBROCK)
        for name in ("__call__", "f", "gradient", "second")
    },
    "landscapes.line.line": row(
        ["bowl", lambda x: (x, x, x), (), 2, True, ""], ["title", "function", "any", "positive", "flag", "title"]
    ),
    "landscapes.plane.quadratic": row([2.0, 0.5], ["kappa", "real"]),
    "layers.Mode": row([True, None, None], ["flag", "a generator", "statistics"]),
    "layers.Dense": SIZES,
    "layers.Activate": row(["relu"], ["activation"]),
    "layers.Residual": row([(Dense(2, 2),)], ["layers"]),
    "linear.with_intercept": row([X], ["X"]),
    "linear.polynomial": row([W2, 2], ["vector", "from 0"]),
    "linear.squared_loss": row([X, Y, W2], ["X", "vector", "vector"]),
    "linear.least_squares": row([X, Y, "qr"], ["X", "vector", "name"]),
    "linear.condition": row([X], ["X"]),
    "linear.descend_squares": row([X, Y, 0.1, 9, 1e-9], ["X", "vector", "tol", "count", "nonnegative"]),
    "linear.ridge": row([X, Y, 0.1], ["X", "vector", "nonnegative"]),
    "linear.degrees_of_freedom": row([X, 0.1], ["X", "nonnegative"]),
    "linear.lasso": row([X, Y, 0.1, 9, 1e-9], ["X", "vector", "nonnegative", "count", "nonnegative"]),
    "linear.dropout_penalty": row([X, W2, 0.5], ["X", "vector", "share"]),
    "logistic.probability": row([X, W2, 0.5], ["X", "vector", "real"]),
    "logistic.log_loss": LOG,
    "logistic.log_loss_gradient": LOG,
    "logistic.fit": row([X, Y, 0.5, 9], ["X", "labels", "positive", "from 0"]),
    "losses.loss": row(["huber"], ["loss"]),
    **{
        f"losses.{module}.{name}{end}": LOSS
        for module, name in (
            ("classification", "binary_cross_entropy"),
            ("regression", "squared_error"),
            ("regression", "absolute_error"),
        )
        for end in ("", "_slope")
    },
    **{
        f"losses.regression.huber{end}": row([[[0.5]], [[1.0]], 1.0], ["floats", "floats", "positive"])
        for end in ("", "_slope")
    },
    **{
        f"losses.classification.cross_entropy{end}": row([np.zeros((2, 4)), Y], ["floats", "labels"])
        for end in ("", "_slope")
    },
    "losses.classification.one_hot": row([Y, 2, float], ["labels", "count", "dtype"]),
    "losses.loss.numbers": row([W2, 1, 2], ["array", "count", "count"]),
    "losses.loss.pair": LOSS,
    "losses.loss.Loss": row(
        ["mine", oracle, oracle, oracle, tanh, tanh], ["title", "function", "function", "both", "function", "function"]
    ),
    "metrics.classes": row([[[0.5], [1.0]]], ["matrix"]),
    "metrics.accuracy": row([Y, Y], ["any labels", "any labels"]),
    "metrics.wilson_interval": row([3, 9, 1.96], ["from 0", "count", "nonnegative"]),
    "metrics.confusion_matrix": row([Y, Y, 2], ["labels", "labels", "count"]),
    "network.Network": row([(Dense(2, 1), Activate("tanh"))], ["layers"]),
    "network.Network.init": row([0, "he", (2,), float], ["seed", "how", "counts", "dtype"], NET),
    "network.Network.running": row([(2,)], ["counts"], NORMED),
    "network.Network.views": row([THETA], ["array"], NET),
    "network.Network.__call__": row([NORMED.init(), X, NORMED.running()], ["array", "X", "running"], NORMED),
    "network.Network.trace": row([THETA, X, Mode()], ["array", "X", "mode"], NET),
    "network.Network.oracle": row(
        [X, Y, "squared error", Mode(), float], ["X", "vector", "loss", "mode", "dtype"], NET
    ),
    "network.Network.mode": row([Mode(), THETA], ["mode", "any"], NET),
    "network.Network.batch": row([X, Y, "squared error", float], ["X", "vector", "loss", "dtype"], NET),
    "network.Network.columns": row([X, float], ["X", "dtype"], NET),
    "network.Network.parameters": row([THETA], ["array"], NET),
    "network.mlp": row(
        [(2, 3, 1), "tanh", "tanh", 0.5, True, False],
        ["counts", "activation", "activation", "share", "flag", "flag"],
    ),
    "newton.Newton": row([0.5, True], ["some", "flag"]),
    "newton.Newton.iterates": row([second, W2], ["function", "array"], Newton()),
    "newton.Newton.steps": row([second, W2], ["function", "array"], Newton()),
    "newton.direction": row([W2, np.eye(2), True], ["floats", "floats", "flag"]),
    "optimisers.FirstOrder.iterates": row([oracle, W2], ["function", "array"], GradientDescent()),
    "optimisers.GradientDescent": row([0.1], ["eta"]),
    "optimisers.Momentum": ETA_BETA,
    "optimisers.Nesterov": ETA_BETA,
    "optimisers.AdaGrad": ETA_BETA,
    "optimisers.RMSProp": row([0.1, 0.9, 1e-8], ["eta", "share", "share"]),
    "optimisers.Adam": row([0.1, 0.9, 0.9, 1e-8, True], ["eta", "share", "share", "share", "flag"]),
    "optimisers.AdamW": row([0.1, 0.9, 0.9, 1e-8, True, 0.1], ["eta", "share", "share", "share", "flag", "share"]),
    "optimisers.numbers": row([0.1], ["eta"]),
    "optimisers.optimiser": row(["Adam"], ["optimiser"]),
    "outlook.outlook": row([Adam(), oracle, W2, 128], ["optimiser", "function", "vector", "count"]),
    "perceptron.Perceptron": row([0.5, 9], ["positive", "count"]),
    "perceptron.Perceptron.fit": row([X, Y, W2, 0.5], ["X", "labels", "start", "real"], Perceptron()),
    "perceptron.predict": row([X, W2, 0.5], ["X", "vector", "real"]),
    "perceptron.novikoff": row([X, Y], ["X", "labels"]),
    "perceptron.separable": row([X, Y], ["X", "labels"]),
    "perceptron.samples": row([X, Y], ["X", "labels"]),
    "preparation.split": row([AND, 0.25, 0.25, 0], ["data", "share", "share", "seed"]),
    "preparation.Scaling.__call__": row([[[1.0]]], ["X"], Scaling(np.ones(1), np.ones(1))),
    "preparation.Scaling.undo": row([[[1.0]]], ["X"], Scaling(np.ones(1), np.ones(1))),
    "preparation.standardise": row([X], ["X"]),
    "preparation.normalise": row([X], ["X"]),
    "regularisers.ElasticNet": row([0.1, 0.5], ["nonnegative", "part"]),
    "regularisers.ElasticNet.value": row([W2], ["floats"], L2(0.1)),
    "regularisers.ElasticNet.gradient": row([W2], ["floats"], L2(0.1)),
    "regularisers.ElasticNet.prox": row([W2, 1.0], ["floats", "nonnegative"], L2(0.1)),
    "regularisers.L1": row([0.1], ["nonnegative"]),
    "regularisers.L2": row([0.1], ["nonnegative"]),
    "regularisers.penalised": row([oracle, L2(0.1), [True, False]], ["function", "penalty", "where"]),
    "regularisers.ridge_filter": row([W2[:1], 0.1], ["curvature", "positive"]),
    "regularisers.early_stopping_filter": row([W2[:1], 0.1, 9], ["curvature", "positive", "from 0"]),
    "schedules.Constant": row([0.1], ["positive"]),
    "schedules.Constant.__call__": row([1], ["count"], Constant(0.1)),
    "schedules.Inverse": row([0.1], ["positive"]),
    "schedules.Inverse.__call__": row([1], ["count"], Inverse(0.1)),
    "schedules.Stairs": row([0.1, 0.5, 9], ["positive", "some", "count"]),
    "schedules.Stairs.__call__": row([1], ["count"], Stairs(0.1)),
    "schedules.Cosine": row([0.1, 9], ["positive", "count"]),
    "schedules.Cosine.__call__": row([1], ["count"], Cosine(0.1, 9)),
    "schedules.schedule": row([0.1], ["eta"]),
    "slices.filter_normalised": row([NET, THETA, 0], ["net", "vector", "seed"]),
    "slices.loss_slice": row(
        [NORMED, NORMED.init(), (NORMED.init(), NORMED.init()), W2, W2, X, Y, "squared error", NORMED.running()],
        ["net", "vector", "directions", "vector", "vector", "X", "vector", "loss", "running"],
    ),
    "tape.tape": row([NET, THETA, X, Y, "squared error"], ["net", "vector", "X", "vector", "loss"]),
    "training.Trainer": row(
        [Adam(), 9, 2, 0, 3, L2(0.1), True],
        ["optimiser", "count", "maybe count", "seed", "maybe count", "penalty", "flag"],
    ),
    "training.Trainer.train": row(
        [NET, X, Y, "squared error", THETA, (X, Y), [0], "he", float, False],
        ["net", "X", "vector", "loss", "theta", "pair", "keep", "how", "dtype", "progress"],
        Trainer(epochs=1),
    ),
    "watch.watch": row([[(np.ones(1), 1.0)], [0], 1e9, 1], ["any", "any", "positive", "count"]),
}

KINDS |= {
    "any": ([], []),
    "digit": (["text", None, True, 1.0], [7, -7]),
    "shift": (["text", None, True, 1.0], [7, -7]),
    "truth": (["text", None, ["a", "b"], 3j], [[0, 1, 1], [0, 2], [0.5, 1], [1]]),
    "names": ([None, 3], [["text"], [], ["setosa", "setosa"], "text"]),
    "tol": (["text", True, 1j], [0, -1, NAN]),
    "kappa": (NO_NUMBERS, [0.5, NAN]),
    "a generator": (["text", 3], []),
    "statistics": (["text", 3, np.ones(2, int)], []),
    "both": (["text", 3], []),
    "any labels": (["text", None, ["a", "b"], [1j, 2]], [3, [0.5, 1, 0, 1], [NAN] * 4, []]),
    "running": (["text", [1j]], [[1.0], [NAN] * 6, np.ones((3, 6))]),
    "theta": (["text", [1j]], [[1.0], 3.0, THETA + NAN]),
    "start": (["text", [1j]], [[1.0], 3.0, [NAN, 1.0]]),
    "data": ([None, X, (X, Y)], [Dataset(X, Y[:3], (), "")]),
    "where": ([[1, 0], "text", True, [[True, False]]], []),
    "curvature": (NO_ARRAYS, [MASKED, RAGGED, [-1.0], [NAN]]),
    "directions": ([3, None, (THETA,), np.ones(13)], [(W2, W2)]),
    "maybe count": (["text", True, 1j, [1.0]], [0, -1, 1.5]),
    "keep": ([5, None, "text"], [[-1], [0.5]]),
    "progress": (["yes", 1, None], []),
}

#: Look-ups of a name: their errors say what is looked up, which is how others call the argument that they pass on.
CALLED = {
    "activations.activation": "g",
    "initialisers.initialiser": "how",
    "losses.loss": "loss",
    "optimisers.optimiser": "optimiser",
    "datasets.gates.gate": "gate",
    "datasets.bitmaps.digit": "(digit|shift)",
}

#: Nothing is checked in the inner loops, for their speed; what they get has come through a door.
INNER = [
    "activations.activation.Activation.pullback",
    "batchnorm.BatchNorm.start",
    "batchnorm.BatchNorm.forward",
    "dropout.Dropout.start",
    "dropout.Dropout.forward",
    "layers.product",
    "layers.flat",
    "layers.passes",
    "layers.chain",
    "layers.chained",
    "layers.Dense.start",
    "layers.Dense.split",
    "layers.Dense.forward",
    "layers.Activate.start",
    "layers.Activate.forward",
    "layers.Residual.start",
    "layers.Residual.forward",
    "losses.loss.per_sample_sum",
    "losses.loss.Loss.mean",
    "losses.loss.Loss.mean_and_slope",
    "network.Network.split",
    "network.Network.loss_and_gradient",
    "network.Network.outputs",
    "optimisers.constants",
    "optimisers.step_sizes",
    "oracles.oracle",
    "separation.separate",
    "separation.whole",
    "separation.one_sided",
    "workspace.Workspace",
    "workspace.Workspace.__call__",
    "datasets.dataset.takes_dataset",
]


def _public() -> Iterator[tuple[str, object]]:
    prefix = "coursepkg.engine."
    for found in pkgutil.walk_packages(coursepkg.engine.__path__, prefix):
        module = importlib.import_module(found.name)
        where = found.name.removeprefix(prefix)
        if where.startswith("validate"):
            continue  # the door itself: tests/engine/test_validate.py
        for name, thing in vars(module).items():
            if name.startswith("_") or getattr(thing, "__module__", None) != found.name:
                continue
            if inspect.isfunction(thing):
                yield f"{where}.{name}", thing
            elif inspect.isclass(thing) and not getattr(thing, "_is_protocol", False):
                # A named tuple is what a function gave back; a class with no constructor of its own is a base.
                if not issubclass(thing, tuple) and "__init__" in vars(thing):
                    yield f"{where}.{name}", thing
                for method, body in vars(thing).items():
                    # A field whose default is a function looks like a method.
                    field = method in getattr(thing, "__dataclass_fields__", {})
                    if inspect.isfunction(body) and not field and (method == "__call__" or not method.startswith("_")):
                        yield f"{where}.{name}.{method}", body


PUBLIC = dict(_public())


def call(name, arguments):
    """The call, by position; of a generator also its first value, since it looks at nothing before."""
    on = ROWS[name][2]
    function = PUBLIC[name] if on is None else getattr(on, name.rsplit(".", 1)[1])
    result = function(*arguments)
    return next(result) if isinstance(result, Iterator) else result


def test_every_public_function_has_a_row():
    assert sorted(PUBLIC) == sorted([*ROWS, *INNER])


@pytest.mark.parametrize("name", ROWS)
def test_bad_calls(name):
    good, kinds, _ = ROWS[name]
    parameters = [p for p in inspect.signature(PUBLIC[name]).parameters if p != "self"]
    parameters = parameters[: len(good)] if name.endswith("Activation") else parameters
    assert len(good) == len(kinds) == len(parameters)
    call(name, good)
    wrong = []
    for i, (parameter, kind) in enumerate(zip(parameters, kinds, strict=True)):
        for expected, values in zip((TypeError, ValueError), KINDS[kind], strict=True):
            for value in values:
                arguments = [*good[:i], value, *good[i + 1 :]]
                came = f"{parameter}={value!r:.60}"
                try:
                    call(name, arguments)
                except (TypeError, ValueError) as error:
                    last = traceback.extract_tb(error.__traceback__)[-1]
                    named = re.search(rf"(?<!\w){CALLED.get(name, parameter)}(?!\w)", str(error))
                    ours = "coursepkg/engine" in Path(last.filename).as_posix()
                    if type(error) is not expected or not named or not ours:
                        wrong.append(f"{came}: {type(error).__name__}: {error}")
                except Exception as error:
                    wrong.append(f"{came}: {type(error).__name__}: {error}")
                else:
                    wrong.append(f"{came}: no error")
    assert not wrong, "\n".join(wrong)
