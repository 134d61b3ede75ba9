import importlib
from dataclasses import is_dataclass
from itertools import islice
from pkgutil import walk_packages

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from coursepkg import engine
from coursepkg.engine.descent import descend
from coursepkg.engine.landscapes import BEALE, BOWL, HIMMELBLAU, HYPERBOLA, ROSENBROCK, SADDLE, quadratic
from coursepkg.engine.layers import Mode
from coursepkg.engine.optimisers import (
    OPTIMISERS,
    AdaGrad,
    Adam,
    AdamW,
    GradientDescent,
    Momentum,
    Nesterov,
    RMSProp,
)
from coursepkg.engine.schedules import Cosine, Inverse, Stairs

START = np.array([0.5, -1.5, 2.0])


def replay(gradients):
    """An oracle that returns these gradients one after the other, wherever it is asked."""
    gradients = iter(gradients)
    return lambda x: (0.0, next(gradients))


def points(optimiser, oracle, x, steps):
    return [x for x, _ in islice(optimiser.iterates(oracle, x), steps + 1)]


# The published equations, written out once more with nothing shared: each takes gradients gs to x₁, x₂, …


def gd(gs, x, o):
    for g in gs:
        x = x - o.eta * g
        yield x


def polyak(gs, x, o):
    last = x
    for g in gs:
        x, last = x - o.eta * g + o.beta * (x - last), x
        yield x


def sutskever(gs, y, o):
    # Nesterov's method as in Sutskever et al. (2013), eqs. 3-4, followed at the look-ahead point y = θ + μ v.
    theta, v = y, np.zeros_like(y)
    for g in gs:
        v = o.beta * v - o.eta * g
        theta = theta + v
        yield theta + o.beta * v


def duchi(gs, x, o):
    past = []
    for g in gs:
        past.append(g)
        x = x - o.eta * g / (np.sqrt(np.sum(np.square(past), axis=0)) + o.eps)
        yield x


def hinton(gs, x, o):
    seen = []
    for g in gs:
        seen.append(g)
        weights = (1 - o.rho) * o.rho ** np.arange(len(seen))[::-1]
        x = x - o.eta * g / (np.sqrt(weights @ np.square(seen)) + o.eps)
        yield x


def kingma(gs, x, o):
    seen = []
    for t, g in enumerate(gs, 1):
        seen.append(g)
        powers = np.arange(t)[::-1]
        m = (1 - o.beta1) * o.beta1**powers @ np.array(seen)
        v = (1 - o.beta2) * o.beta2**powers @ np.square(seen)
        if o.corrected:
            m, v = m / (1 - o.beta1**t), v / (1 - o.beta2**t)
        x = x - o.eta * getattr(o, "decay", 0) * x - o.eta * m / (np.sqrt(v) + o.eps)
        yield x


PUBLISHED = [
    (GradientDescent(0.3), gd),
    (Momentum(0.1, 0.8), polyak),
    (Nesterov(0.1, 0.8), sutskever),
    (AdaGrad(0.5, 1e-3), duchi),
    (RMSProp(0.1, 0.7, 1e-3), hinton),
    (Adam(0.1, 0.8, 0.95, 1e-3), kingma),
    (Adam(0.1, 0.8, 0.95, 1e-3, corrected=False), kingma),
    (AdamW(0.1, 0.8, 0.95, 1e-3, decay=0.2), kingma),
]


@pytest.mark.parametrize(("optimiser", "equations"), PUBLISHED, ids=lambda o: getattr(o, "name", ""))
@given(seed=st.integers(0, 10**6), scale=st.sampled_from([1e-6, 1.0, 1e6]))
@settings(max_examples=10, deadline=None)
def test_published_equations_on_recorded_gradients(optimiser, equations, seed, scale):
    g = scale * np.random.default_rng(seed).standard_normal((12, 3))
    ours = points(optimiser, replay([*g, g[0]]), START, 12)
    np.testing.assert_array_equal(ours[0], START)
    np.testing.assert_allclose(ours[1:], list(equations(g, START, optimiser)), rtol=1e-9, atol=1e-12)


# name, landscape, start, minimum; each optimiser with a step size for each problem, in the order below.
PROBLEMS = [
    (quadratic(10.0), [1.5, -1.0]),
    (BOWL, [1.2]),
    (ROSENBROCK, [-1.2, 1.0]),
    (BEALE, [1.0, 1.0]),
    (HIMMELBLAU, [1.0, 1.0]),
]
ETA = {
    "gradient descent": (0.1, 0.5, 1.5e-3, 0.01, 0.01),
    "heavy ball": (0.05, 0.1, 5e-4, 5e-3, 1e-3),
    "Nesterov": (0.05, 0.1, 5e-4, 5e-3, 1e-3),
    "AdaGrad": (0.5, 0.5, 0.5, 0.5, 0.5),
    "RMSProp": (0.02, 0.02, 0.005, 0.005, 0.02),
    "Adam": (0.05, 0.05, 0.05, 0.05, 0.05),
    "AdamW": (0.05, 0.05, 0.05, 0.05, 0.05),
}


@pytest.mark.parametrize("name", OPTIMISERS)
@pytest.mark.parametrize("problem", range(5), ids=lambda i: PROBLEMS[i][0].name)
def test_every_optimiser_reaches_every_minimum(name, problem):
    land, start = PROBLEMS[problem]
    steps = 12_000
    # RMSProp never settles with a constant step, so all the adaptive ones get a falling one.
    eta = ETA[name][problem]
    eta = eta if name in ("gradient descent", "heavy ball", "Nesterov", "AdaGrad") else Cosine(eta, steps)
    optimiser = OPTIMISERS[name](eta, decay=0.0) if name == "AdamW" else OPTIMISERS[name](eta)
    path = descend(optimiser, land.first, np.array(start), steps=steps)
    assert path.outcome == "stopped"
    minima = [np.array(c.x) for c in land.critical if c.kind == "minimum"]
    assert min(np.linalg.norm(path.x[-1] - m) for m in minima) < 1e-3


def test_minima_agree_with_scipy():
    for land, start in PROBLEMS:
        found = minimize(lambda x, land=land: land.first(x), start, jac=True, method="BFGS", options={"gtol": 1e-9}).x
        assert min(np.linalg.norm(found - c.x) for c in land.critical) < 1e-5


@pytest.mark.parametrize("name", OPTIMISERS)
def test_no_run_remembers_another_and_nothing_yielded_changes(name):
    optimiser = OPTIMISERS[name]()
    start = np.array([-1.2, 1.0])
    first = points(optimiser, ROSENBROCK.first, start, 30)
    copies = [x.copy() for x in first]
    again = points(optimiser, ROSENBROCK.first, start, 30)
    assert np.array(first).tobytes() == np.array(again).tobytes() == np.array(copies).tobytes()
    assert len({id(x) for x in first}) == 31
    np.testing.assert_array_equal(start, [-1.2, 1.0])


@pytest.mark.parametrize("name", OPTIMISERS)
def test_many_runs_at_once_are_each_of_them(name):
    starts = np.random.default_rng(0).uniform(-1, 1, (2, 3, 2))
    optimiser = OPTIMISERS[name](1e-4)
    many = points(optimiser, ROSENBROCK.first, starts, 40)
    for i in np.ndindex(2, 3):
        one = points(optimiser, ROSENBROCK.first, starts[i], 40)
        np.testing.assert_allclose([x[i] for x in many], one, rtol=1e-10)


@pytest.mark.parametrize("name", OPTIMISERS)
def test_float32_stays_float32(name):
    path = points(OPTIMISERS[name](), replay(np.ones((5, 3), np.float32)), START.astype(np.float32), 4)
    assert {x.dtype for x in path} == {np.dtype("float32")}


def test_yielded_values_belong_to_the_yielded_points():
    for name in OPTIMISERS:
        for x, f in islice(OPTIMISERS[name](1e-3).iterates(ROSENBROCK.first, np.array([-1.2, 1.0])), 10):
            assert f == ROSENBROCK.f(x)


def test_schedules_drive_the_step():
    constant = replay(np.ones((6, 1)))
    steps = -np.diff(points(GradientDescent(Stairs(1.0, 0.5, 2)), constant, np.zeros(1), 5), axis=0)[:, 0]
    np.testing.assert_array_equal(steps, [1, 1, 0.5, 0.5, 0.25])


# What the chapters state.


def test_descent_on_a_quadratic_diverges_iff_eta_exceeds_two_over_L():
    land = quadratic(30.0)
    for factor, outcome in ((1.99, "stopped"), (2.01, "diverged")):
        path = descend(GradientDescent(factor / 30), land.first, np.array([1.0, 1.0]), steps=4000)
        assert path.outcome == outcome


@pytest.mark.parametrize("kappa", [1, 2, 5, 10, 30, 100])
def test_does_eta_1_9_over_L_beat_1_over_L(kappa):
    # Rates max|1 − ηλ|: .9 against 1 − 1/κ; so only if κ > 10.
    ends = [
        np.linalg.norm(
            descend(GradientDescent(c / kappa), quadratic(kappa).first, np.array([1.0, 1.0]), steps=300).x[-1]
        )
        for c in (1.9, 1.0)
    ]
    assert (ends[0] < ends[1] * (1 - 1e-9)) == (kappa > 10)


def test_best_constants_on_kappa_100():
    mu, L = 1.0, 100.0
    land = quadratic(L)
    path = descend(GradientDescent(2 / (mu + L)), land.first, np.array([1.0, 1.0]), steps=800)
    shrink = np.linalg.norm(path.x, axis=1) / np.sqrt(2)
    np.testing.assert_allclose(shrink[1:50], ((L - 1) / (L + 1)) ** np.arange(1, 50), rtol=1e-10)
    assert int(np.argmax(shrink <= 1e-6)) == 691
    alpha = (2 / (np.sqrt(mu) + np.sqrt(L))) ** 2
    beta = ((np.sqrt(L) - 1) / (np.sqrt(L) + 1)) ** 2
    path = descend(Momentum(alpha, beta), land.first, np.array([1.0, 1.0]), steps=400)
    size = np.linalg.norm(path.x, axis=1)
    # The rate √β holds in the limit; a factor k rides on it, for the best β makes a double root.
    assert size[400] / size[300] == pytest.approx(np.sqrt(beta) ** 100 * 400 / 300, rel=0.05)
    assert int(np.ceil(np.log(1e6) / -np.log(np.sqrt(beta)))) == 69


def test_momentum_under_a_constant_gradient():
    x = points(Momentum(0.01, 0.9), replay(np.full((400, 1), 3.0)), np.zeros(1), 399)
    assert (x[-2] - x[-1]).item() == pytest.approx(0.01 / 0.1 * 3)


def test_adagrad_under_a_constant_gradient():
    x = points(AdaGrad(0.2), replay(np.full((101, 1), 3.0)), np.zeros(1), 100)
    np.testing.assert_allclose(-np.diff(x, axis=0)[:, 0], 0.2 / np.sqrt(np.arange(1, 101)))


def test_adams_cold_start():
    eta = 0.001
    for corrected in (True, False):
        x = points(Adam(eta, eps=0, corrected=corrected), replay(np.full((61, 1), 5.0)), np.zeros(1), 60)
        steps = -np.diff(x, axis=0)[:, 0] / eta
        if corrected:
            np.testing.assert_allclose(steps, 1)
        else:
            assert steps[0] == pytest.approx(3.162, abs=5e-4)
            assert steps.max() == pytest.approx(6.569, abs=5e-4)
            assert steps.argmax() + 1 == 12


def test_adams_first_step_is_eta_times_the_sign():
    g = np.array([[1e-3, -2.0, 4e5]])
    x = points(Adam(0.1, eps=0), replay([*g, *g]), START, 1)
    np.testing.assert_allclose(x[1], START - 0.1 * np.sign(g[0]), rtol=1e-12)


def test_adam_at_tiny_gradients_rescales_epsilon():
    # Algorithm 1 at g = 1e-6, t = 1: η g/(g + ε) = .99 η; with ε left unscaled .76 η.
    x = points(Adam(0.001), replay(np.full((2, 1), 1e-6)), np.zeros(1), 1)
    assert -x[1].item() == pytest.approx(0.99e-3, rel=1e-3)
    assert pytest.approx(0.76e-3, rel=1e-2) == 0.001 * 3.1623e-8 / (3.1623e-8 + 1e-8)


@pytest.mark.parametrize("name", ["AdaGrad", "RMSProp", "Adam"])
def test_a_rescaled_loss_leaves_adaptive_paths_alone(name):
    # A power of two, so that rounding cannot differ; then the map's 1000.
    for factor, rtol in ((1024.0, 0), (1000.0, 1e-9)):
        oracle = lambda x, c=factor: tuple(c * v for v in ROSENBROCK.first(x))  # noqa: E731
        optimiser = OPTIMISERS[name](0.01, eps=0)
        plain = points(optimiser, ROSENBROCK.first, np.array([-1.2, 1.0]), 100)
        scaled = points(optimiser, oracle, np.array([-1.2, 1.0]), 100)
        np.testing.assert_allclose(scaled, plain, rtol=rtol)
    gd = [descend(GradientDescent(1e-3), f, np.array([-1.2, 1.0]), 5).says for f in (ROSENBROCK.first, oracle)]
    assert gd[0] != gd[1]


def test_a_rotation_turns_gradient_descents_path_but_not_adams():
    R = np.array([[np.cos(np.pi / 4), -np.sin(np.pi / 4)], [np.sin(np.pi / 4), np.cos(np.pi / 4)]])
    straight, turned = quadratic(10.0), quadratic(10.0, np.pi / 4)
    start = np.array([1.0, 0.4])
    for optimiser, equivariant in ((GradientDescent(0.05), True), (Adam(0.05), False)):
        a = np.array(points(optimiser, straight.first, start, 40))
        b = np.array(points(optimiser, turned.first, R @ start, 40))
        assert np.allclose(a @ R.T, b, atol=1e-12) == equivariant


def test_saddle_escape():
    # |y_k| = (1 + 2η)ᵏ |y₀|: from 1e-6 to 1 in 76 steps at η = .1; 1000 times nearer costs a constant more.
    reached = {}
    for y0 in (1e-6, 1e-9):
        path = descend(GradientDescent(0.1), SADDLE.first, np.array([1.0, y0]), steps=200)
        np.testing.assert_allclose(path.x[:50, 1], y0 * 1.2 ** np.arange(50), rtol=1e-10)
        reached[y0] = int(np.argmax(path.x[:, 1] >= 1))
    assert reached[1e-6] == 76
    assert reached[1e-9] - 76 == pytest.approx(np.log(1000) / np.log(1.2), abs=1)


def test_large_steps_reject_sharp_minima():
    # At (a, 1/a) the sharpness is a² + a⁻²; a minimum is stable for η < 2 over it.
    a = 3.0
    assert np.linalg.eigvalsh(HYPERBOLA.hessian(np.array([a, 1 / a])))[1] == pytest.approx(a**2 + a**-2)
    sharpness = {}
    for eta in (0.2, 0.25):
        end = descend(GradientDescent(eta), HYPERBOLA.first, np.array([3.0, 0.3343]), steps=5000).x[-1]
        assert HYPERBOLA.f(end) < 1e-12
        sharpness[eta] = float(np.linalg.eigvalsh(HYPERBOLA.hessian(end))[1])
    assert sharpness[0.2] == pytest.approx(9.11, abs=0.05)
    assert sharpness[0.25] == pytest.approx(6.70, abs=0.005)
    assert sharpness[0.25] < 2 / 0.25


def test_noise_ball():
    # Loss ½(w − a_i)²: with a constant η the variance settles at ησ²/((2 − η)B).
    rng = np.random.default_rng(0)
    for eta, batch in ((0.2, 1), (0.2, 4), (1.0, 16), (0.5, 64)):
        noise = lambda w, b=batch: (0.0, w - rng.standard_normal((5000, 1, b)).mean(axis=-1))  # noqa: E731
        w = points(GradientDescent(eta), noise, np.zeros((5000, 1)), 150)[-1]
        # 5,000 runs: the standard error of a variance is 2 %.
        assert w.var() == pytest.approx(eta / ((2 - eta) * batch), rel=0.08)


def test_one_over_k_is_the_running_mean():
    a = np.random.default_rng(1).standard_normal(50)
    samples = iter(np.append(a, 0.0))
    path = points(GradientDescent(Inverse(1.0)), lambda w: (0.0, w - next(samples)), np.array([7.0]), 50)
    np.testing.assert_allclose(np.array(path[1:])[:, 0], np.cumsum(a) / np.arange(1, 51), rtol=1e-12)


@pytest.mark.parametrize("name", OPTIMISERS)
@pytest.mark.parametrize("eta", [0, -0.1, np.nan, np.inf, "large", True])
def test_bad_step_sizes(name, eta):
    with pytest.raises(TypeError if eta in ("large", True) else ValueError, match="eta must be a finite number > 0"):
        OPTIMISERS[name](eta)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: Momentum(beta=1), r"beta must be a number in \[0, 1\)"),
        (lambda: Nesterov(beta=-0.1), "beta must be"),
        (lambda: RMSProp(rho=1.5), "rho must be"),
        (lambda: Adam(beta1=1), "beta1 must be"),
        (lambda: Adam(beta2=np.nan), "beta2 must be"),
        (lambda: AdaGrad(eps=-1), "eps must be"),
        (lambda: AdamW(decay=2), "decay must be"),
        (lambda: next(Adam().iterates(ROSENBROCK.first, [np.nan, 1])), r"x\[0\] is nan"),
    ],
)
def test_bad_settings(call, says):
    with pytest.raises(ValueError, match=says):
        call()


def test_legend_and_cache_key():
    assert repr(Adam(0.01)) == "Adam(eta=0.01, beta1=0.9, beta2=0.999, eps=1e-08, corrected=True)"
    assert hash(Momentum(Cosine(0.1, 5))) == hash(Momentum(Cosine(0.1, 5)))
    assert list(OPTIMISERS) == [*ETA]


def test_nothing_that_is_a_cache_key_can_be_changed():
    modules = [importlib.import_module(found.name) for found in walk_packages(engine.__path__, "coursepkg.engine.")]
    kinds = {kind for module in modules for kind in vars(module).values() if isinstance(kind, type)}
    settings = {kind for kind in kinds if is_dataclass(kind)}
    assert len(settings) > 20
    # A pass of training writes into its mode; all others are settings.
    assert [kind for kind in settings if not kind.__dataclass_params__.frozen] == [Mode]
