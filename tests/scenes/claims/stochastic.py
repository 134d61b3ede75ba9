"""The claims of chapter 6's explorables."""

from functools import cache, lru_cache
from math import inf, isfinite, log10, sqrt

import numpy as np

from coursepkg.engine.datasets import iris
from tests.scenes.saying import says

# Cold start: a constant gradient 1, so that the averages are sums of a geometric series.


@says(
    "cold_start",
    "β₂ = <beta2>, <hats:with|without> correction, step <t>: <M:m̂|m> = <m> and <V:√v̂|√v> = <root>"
    "<due:[.]|[ ]where both should be 1[.]>",
)
def the_averages(state, said):
    assert (said.beta2, said.t, said.hats) == (state.beta2, state.t, state.hats)
    m, v = 1 - 0.9**state.t, 1 - state.beta2**state.t
    if state.hats == "with":
        m = v = 1.0
    names = said.M + said.V
    assert names == ("m̂√v̂" if state.hats == "with" else "m√v")
    assert said.m.is_(m, 4)
    assert said.root.is_(sqrt(v), 4)
    assert ("should be 1" in said.due) == (min(m, sqrt(v)) < 0.99)


@says("cold_start", "The step is <times> times η.")
def the_step(state, said):
    assert state.hats == "without"
    assert said.times.is_((1 - 0.9**state.t) / sqrt(1 - state.beta2**state.t), 3)


@says("cold_start", "The step is as long as η.", hats="with")
def as_long_as_eta(state, said):
    m, v = 1 - 0.9**state.t, 1 - state.beta2**state.t
    return state.hats == "with" or abs(m / sqrt(v) - 1) < 5e-4


# Noise ball: runs of its own, with other draws, and the variance by its recursion.

LENGTHS = iris(("setosa", "versicolor", "virginica"), ("petal length",)).X[:, 0]
SIGMA2 = float(np.mean((LENGTHS - LENGTHS.mean()) ** 2))


@lru_cache
def scatter(eta: float, batch: int, schedule: str) -> tuple[float, float, float]:
    """Variance and mean of the ends of 1,000 runs, drawn anew, and the variance in theory."""
    rng = np.random.default_rng(99)
    w, theory = np.zeros(1000), 0.0
    for t in range(1, 201):
        size = eta if schedule == "constant" else eta / t
        w = w - size * (w - LENGTHS[rng.integers(0, 150, (batch, 1000))].mean(axis=0))
        theory = (1 - size) ** 2 * theory + size**2 * SIGMA2 / batch
    return float(w.var()), float(w.mean()), theory


@says(
    "noise_ball",
    "<size:Constant η|η/t with η> = <eta>, batch <batch>: after 200 steps the variance of 2000 runs is <found> cm², in "
    "theory <theory>.",
)
def the_variance(state, said):
    assert said.size == ("Constant η" if state.schedule == "constant" else "η/t with η")
    assert (said.eta, said.batch) == (state.eta, state.batch)
    again, _, theory = scatter(state.eta, state.batch, state.schedule)
    assert said.theory.is_(theory, digits=3) or said.theory.is_(theory, digits=2)
    # The variance of 2,000 and of 1,000 draws: five standard deviations, for ends that are no wilder than the data.
    assert abs(said.found / again - 1) < 5 * sqrt(2 / 2000 + 2 / 1000)


@says("noise_ball", "But their mean is still <far> cm from the minimum at <minimum> cm.")
def still_far(state, said):
    variance, mean, _ = scatter(state.eta, state.batch, state.schedule)
    assert said.minimum.is_(LENGTHS.mean())
    assert abs(said.far - abs(mean - LENGTHS.mean())) < 5 * sqrt(variance / 667) + 0.05 * said.far


@says("noise_ball", "Their mean, <mean> cm, lies within 0.1 cm of the minimum at <minimum> cm.")
def about_there(state, said):
    variance, mean, _ = scatter(state.eta, state.batch, state.schedule)
    assert said.minimum.is_(LENGTHS.mean())
    assert abs(said.mean - LENGTHS.mean()) < 0.1 + said.mean.slack
    assert abs(said.mean - mean) < 5 * sqrt(variance / 667) + said.mean.slack


# Fair race: the five methods and the four surfaces, written out for two numbers.

ETAS = (0.001, 0.0024, 0.0056, 0.013, 0.032, 0.075, 0.18, 0.42, 1, 2.4, 5.6)


def slope(course: str, x: float, y: float) -> tuple[float, float]:
    if course == "valley":
        return x, 30 * y
    if course == "valley, turned 45°":
        u, v = (x + y) / 2, (y - x) / 2  # along (1, 1) and across it, each over √2
        return u - 30 * v, u + 30 * v
    if course == "Rosenbrock":
        return -2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)
    R = x * x + y * y
    return (
        2 * x * (1 + np.cos(R)) + 6 * np.cos(3 * x) * np.sin(3 * y),
        2 * y * (1 + np.cos(R)) + 6 * np.sin(3 * x) * np.cos(3 * y),
    )


def height(course: str, x: float, y: float) -> float:
    """Above the least there is."""
    if course == "valley":
        return x * x / 2 + 15 * y * y
    if course == "valley, turned 45°":
        u, v = (x + y) / sqrt(2), (y - x) / sqrt(2)
        return u * u / 2 + 15 * v * v
    if course == "Rosenbrock":
        return (1 - x) ** 2 + 100 * (y - x * x) ** 2
    R = x * x + y * y
    return np.sin(R) + R + 2 * np.sin(3 * x) * np.sin(3 * y) + 1.1154017


STARTS = {
    "valley": (-1.8, 1.0),
    "valley, turned 45°": (-2.8 / sqrt(2), -0.8 / sqrt(2)),
    "Rosenbrock": (-1.2, 1.0),
    "terrain": (-2.2, -1.0),
}


@cache
def raced(optimiser: str, eta: float, course: str, times: int, aside: float = 0.0) -> tuple[float, int]:
    """Where 100 steps end above the least, ∞ where they diverge, and the step that is then lost."""
    p = [v + aside for v in STARTS[course]]
    first = height(course, *p) * times
    m, v = [0.0, 0.0], [0.0, 0.0]
    for t in range(1, 101):
        g = [times * part for part in slope(course, *p)]
        for i in (0, 1):
            if optimiser == "gradient descent":
                p[i] -= eta * g[i]
                continue
            if optimiser == "heavy ball":
                m[i] = 0.9 * m[i] - eta * g[i]
                p[i] += m[i]
                continue
            v[i] = {"AdaGrad": v[i] + g[i] ** 2, "RMSProp": 0.9 * v[i] + 0.1 * g[i] ** 2}.get(
                optimiser, 0.999 * v[i] + 0.001 * g[i] ** 2
            )
            m[i] = 0.9 * m[i] + 0.1 * g[i] if optimiser == "Adam" else g[i]
            root = sqrt(v[i] / (1 - 0.999**t)) if optimiser == "Adam" else sqrt(v[i])
            p[i] -= eta * (m[i] / (1 - 0.9**t) if optimiser == "Adam" else m[i]) / root if root else 0.0
        now = height(course, *p) * times if max(map(abs, p)) < 1e100 else inf
        if not isfinite(now) or abs(now) > 1e12 * max(1, first):
            return inf, t
    return max(height(course, *p), 0.0), 100


def named(state, said):
    assert said.name.lower() == state.optimiser.lower()
    assert (said.eta, said.course) == (state.eta, state.course)
    assert (1 if said.times is None else said.times) == state.times


def alike(said, value: float) -> bool:
    """To three digits, to two for a power of ten; 'less than 1.0·10⁻⁸' for all that is below."""
    return said.is_(value, digits=3) or said.is_(value, digits=2) or abs(said - value) < 1e-6


def firm(optimiser: str, eta: float, course: str, times: int) -> bool:
    """Whether moving the start by a hair leaves the end where it is."""
    ends = [raced(optimiser, eta, course, times, aside)[0] for aside in (0.0, 1.5e-14, -1.5e-14, 4e-15)]
    logs = [min(max(log10(max(end, 1e-300)), -8), 3) if isfinite(end) else 3 for end in ends]
    return max(logs) - min(logs) < 1e-2


ON = "<name:Gradient descent|Heavy ball|AdaGrad|RMSProp|Adam>, η = <eta>, <course:valley|valley, turned 45°|"
ON += "Rosenbrock|terrain>[, loss × <times>]: "


@says("fair_race", ON + "diverged at step <k>.")
def is_lost(state, said):
    named(state, said)
    end, k = raced(state.optimiser, state.eta, state.course, state.times)
    assert end == inf
    assert said.k == k


@says("fair_race", ON + "after 100 gradients it is [<less:less than> ]<end> above the minimum.")
def ends_at(state, said):
    named(state, said)
    end, _ = raced(state.optimiser, state.eta, state.course, state.times)
    assert end < 1e-8 == said.end if said.less else alike(said.end, end), (said.end, end)


@says(
    "fair_race",
    ON + "after 100 gradients it still leaps about, and rounding decides how high it ends.",
    optimiser="RMSProp",
    eta=1,
    course="Rosenbrock",
)
def rounding_decides(state, said):
    named(state, said)
    sides = (0.0, 1e-14, -1e-14, 3e-15, -7e-15, 2e-14)
    ends = {raced(state.optimiser, state.eta, state.course, state.times, side)[0] for side in sides}
    return max(ends) > 1.002 * min(ends)


def candidates(state) -> dict[float, float]:
    """The ends of the steady runs, by step size."""
    ends = {eta: raced(state.optimiser, eta, state.course, state.times)[0] for eta in ETAS}
    return {eta: max(end, 1e-8) for eta, end in ends.items() if firm(state.optimiser, eta, state.course, state.times)}


@says("fair_race", "Its best step size here is <eta>, which ends at [<less:less than> ]<end>.")
def best_of_all(state, said):
    ends = candidates(state)
    assert said.eta != state.eta
    end = raced(state.optimiser, float(said.eta), state.course, state.times)[0]
    assert max(end, 1e-8) < 1.03 * min(ends.values())
    assert end < 1e-8 if said.less else alike(said.end, end)


@says("fair_race", "No other of these step sizes brings it clearly lower.")
def as_low_as_any(state, said):
    ends = candidates(state)
    end = max(raced(state.optimiser, state.eta, state.course, state.times)[0], 1e-8)
    assert firm(state.optimiser, state.eta, state.course, state.times)
    return end < 1.03 * min(ends.values()) or min(ends.values()) > 1e3


@says(
    "fair_race",
    "It diverges with each of these step sizes.",
    optimiser="gradient descent",
    eta=1,
    course="valley",
    times=1024,
)
def all_diverge(state, said):
    return all(raced(state.optimiser, eta, state.course, state.times)[0] == inf for eta in ETAS)
