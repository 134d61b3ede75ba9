"""Chapter 6: every check takes right answers of any form and has words of its own for each known mistake."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from coursepkg.engine.optimisers import AdaGrad, Momentum
from tests.check.judging import UNKNOWN, constant, dress, said


def noise(batches=lambda rng, x, draws, B: rng.choice(x, (draws, B)), finish=lambda g, B, draws: g.std()):
    def answer(x, w, B, draws, seed):
        rows = batches(np.random.default_rng(seed), x, draws, B)
        return finish(w - rows.mean(axis=1), B, draws)

    return answer


def without_replacement(rng, x, draws, B):
    return np.array([rng.choice(x, B, replace=False) for _ in range(draws)])


def indices(low, less):
    return lambda rng, x, draws, B: x[rng.integers(low, len(x) + less, (draws, B))]


def picture(
    scale="log",
    slope=0.5,
    start=1.0,
    points=lambda B, s: (B, s),
    reference="--",
    legend=True,
    labels=("B", "noise"),
    base=None,
    upto=None,
    names=("measured", "falls as 1/√B"),
    limits=None,
):
    def draw(ax, sizes, noise):
        ax.plot(*points(sizes, noise), "o", label=names[0])
        if reference:
            B = sizes[:upto]
            ax.plot(B, start * noise[0] * ((base or sizes[0]) / B) ** slope, reference, label=names[1])
        ax.set(xscale=scale, yscale=scale)
        dress(ax, legend, labels, limits)

    return draw


def momentum(eta, beta, g, t, *, sign=-1, late=0):
    u = 0.0
    for _ in range(t + late):
        u = beta * u + sign * eta * g
    return u


def adam(gradient, x, eta, beta1, beta2, eps, steps, **slip):
    say = slip.get
    m, v, first = np.zeros(len(x)), np.zeros(len(x)), gradient(x)
    for t in range(say("from", 1), steps + 1 + say("more", 0)):
        if say("reset"):
            m, v = np.zeros(len(x)), np.zeros(len(x))
        g = first if say("once") else gradient(x)
        m = beta1 * m + say("share", 1 - beta1) * g
        v = beta2 * v + say("square", 1 - beta2) * (abs(g) if say("plain") else g * g)
        t = t + say("late", 0)
        powers = (beta1 * t, beta2 * t) if say("times") else (beta1**t, beta2**t)
        with np.errstate(all="ignore"):
            hats = m / (1 - powers[0]) ** say("one", 1), v / (1 - powers[1]) ** say("two", 1)
            if say("kept"):
                m, v = hats
            root = np.sqrt(hats[1] + eps) if say("inside") else hats[1] ** say("power", 0.5) + eps * say("least", 1)
            x = x - say("sign", 1) * eta * hats[0] / root
        if say("early"):
            return x
    return x


def bend(**slip):
    return lambda *args: adam(*args, **slip)


def swapped(gradient, x, eta, beta1, beta2, eps, steps):
    return adam(gradient, x, eta, beta2, beta1, eps, steps)


def in_place(gradient, x, *rest):
    x -= 1.0
    return x


WRONG = {
    "batch_noise": {
        "variance": (noise(finish=lambda g, B, draws: g.var()), "That is the variance"),
        "sum": (noise(finish=lambda g, B, draws: B * g.std()), "not their sum"),
        "single samples": (lambda x, w, B, draws, seed: x.std(), "the spread of single samples"),
        "over B": (lambda x, w, B, draws, seed: x.std() / B, "not in proportion"),
        "without replacement": (noise(without_replacement), "No sample came twice"),
        "about zero": (noise(finish=lambda g, B, draws: np.sqrt((g**2).mean())), "root mean square"),
        "error of the mean": (noise(finish=lambda g, B, draws: g.std() / draws**0.5), "the error of the mean"),
        "same batch": (noise(lambda rng, x, draws, B: np.tile(rng.choice(x, B), (draws, 1))), "came out the same"),
        "formula": (lambda x, w, B, draws, seed: x.std() / B**0.5, "Two seeds gave the same number"),
        "another seed": (lambda x, w, B, draws, seed: noise()(x, w, B, draws, 3), "Two seeds gave the same number"),
        "no seed": (lambda x, w, B, draws, seed: noise()(x, w, B, draws, None), "One seed must give one number"),
        "last left out": (noise(indices(0, -1)), "The last sample is never drawn"),
        "first left out": (noise(indices(1, 0)), "The first sample is never drawn"),
        "elsewhere": (constant(100.0), UNKNOWN),
        "two numbers": (constant((1, 2)), "a standard deviation: 1 finite number in all"),
    },
    "noise_picture": {
        "nothing": (lambda ax, sizes, noise: None, "the number of things drawn"),
        "other points": (picture(points=lambda B, s: (B, s + 1)), "has its measured noise as a point"),
        "from B = 1": (picture(base=1.0), "misses the first point"),
        "too short": (picture(upto=2), "to run along all batch sizes"),
        "labels exchanged": (picture(names=("falls as 1/√B", "measured")), "but its label speaks of the reference"),
        "out of sight": (picture(limits=(1e3, 1e4)), "outside the limits of the axes"),
        "names exchanged": (picture(labels=("noise", "B")), "have changed places"),
        "own figure": (lambda ax, *rest: picture()(Figure().subplots(), *rest), "the number of things drawn"),
        "variance": (picture(points=lambda B, s: (B, s**2)), "Drawn is the variance"),
        "swapped": (picture(points=lambda B, s: (s, B)), "B runs to the right"),
        "linear axes": (picture("linear"), "Only with both axes logarithmic"),
        "too steep": (picture(slope=1), "falls as 1/B, too steeply"),
        "shifted": (picture(start=2), "misses the first point"),
        "no reference": (picture(reference=""), UNKNOWN),
        "solid reference": (picture(reference="-"), "differ in more than colour"),
        "no legend": (picture(legend=False), "which is measured"),
        "no labels": (picture(labels=()), "An axis without a name"),
    },
    "momentum_step": {
        "uphill": (lambda *a: momentum(*a, sign=1), "Mind the sign"),
        "plain": (lambda eta, beta, g, t: -eta * g, "the step without momentum"),
        "limit": (lambda eta, beta, g, t: -eta * g / (1 - beta), "the limit for large t"),
        "way so far": (lambda *a: sum(momentum(*a[:3], k) for k in range(1, a[3] + 1)), "has come in all"),
        "one late": (lambda *a: momentum(*a, late=1), "That is one step too late."),
        "one early": (lambda *a: momentum(*a, late=-1), "That is one step too early."),
        "average": (lambda eta, beta, g, t: -eta * g * (1 - beta**t), "a moving average, as in Adam"),
        "elsewhere": (constant(17), UNKNOWN),
        "pair": (constant((0, 1)), "a displacement: 1 finite number in all"),
    },
    "adagrad_step": {
        "signed": (lambda eta, g, t: -eta / t**0.5, "A length has no sign"),
        "size kept": (lambda eta, g, t: eta * abs(g) / t**0.5, "√G holds it too"),
        "no root": (lambda eta, g, t: eta / t, "divides by the root of the sum"),
        "G itself": (lambda eta, g, t: eta / (t * abs(g)), "G itself is in your denominator"),
        "constant": (lambda eta, g, t: eta, "That is the first step"),
        "no numerator": (lambda eta, g, t: eta / (abs(g) * t**0.5), "The numerator of the step is g"),
        "too early": (lambda eta, g, t: eta / max(t - 1, 0.5) ** 0.5, "the step's own gradient belongs to G"),
        "too late": (lambda eta, g, t: eta / (t + 1) ** 0.5, "G starts at 0"),
        "way so far": (lambda eta, g, t: sum(eta / k**0.5 for k in range(1, t + 1)), "the whole way so far"),
        "elsewhere": (constant(17), UNKNOWN),
        "text": (constant("η/√t"), "a length: 1 finite number in all"),
    },
    "adam": {
        "uphill": (bend(sign=-1), "goes along with it"),
        "no hats": (bend(one=0, two=0), "yours are used as they are"),
        "hat on m": (bend(two=0), "m is corrected, v is not"),
        "hat on v": (bend(one=0), "v is corrected, m is not"),
        "hats kept": (bend(kept=True), "went back into the averages"),
        "late": (bend(late=1), "yours is one ahead"),
        "no root": (bend(power=1), "The step divides by the root of v"),
        "eps inside": (bend(inside=True), "yours is under it"),
        "not squared": (bend(plain=True), "yours averages |g|"),
        "swapped": (swapped, "yours are swapped"),
        "no eps": (bend(least=0), "ε is missing"),
        "one gradient": (bend(once=True), "uses the first one throughout"),
        "times t": (bend(times=True), "raised to the power t"),
        "early return": (bend(early=True), "Yours returns after the first step"),
        "reset": (bend(reset=True), "start at 0 anew"),
        "no shares": (bend(share=1, square=1), "Yours adds all of the new"),
        "no share in m": (bend(share=1), "m takes 1 − β₁ of the new gradient"),
        "no share in v": (bend(square=1), "v takes 1 − β₂ of the new square"),
        "not numbers": (constant("far away"), "the point: 2 finite numbers"),
        "one more": (bend(more=1), "one step more than asked"),
        "one fewer": (bend(more=-1), "one step fewer than asked"),
        "t from 0": (bend(**{"from": 0}, more=-1), "at t = 0 both are 0"),
        "another": (lambda gradient, x, *rest: x, UNKNOWN),
        "in place": (in_place, "A function leaves its inputs"),
        "nothing returned": (constant(None), "without `return`"),
    },
}

AX = {"noise_picture": lambda: [Figure().subplots()]}


@pytest.mark.parametrize("seed", [0, 11, 12])
@pytest.mark.parametrize(
    "answer",
    [noise(), noise(finish=lambda g, B, draws: g.std(ddof=1)), noise(indices(0, 0))],
    ids=["chosen", "unbiased", "by index"],
)
def test_the_noise_may_be_simulated_in_any_way(answer, seed):
    outcome, text = said("batch_noise", answer, seed=seed)
    assert outcome == "right"
    assert "halves it" in text


@pytest.mark.parametrize("seed", [0, 11])
def test_the_picture_of_other_batches_is_right_too(seed):
    assert said("noise_picture", picture(), Figure().subplots(), seed=seed)[0] == "right"


def test_points_may_be_scattered_and_the_reference_longer_than_they_are():
    def draw(ax, sizes, noise):
        ax.scatter(sizes, noise, label="measured")
        B = np.geomspace(sizes[0], 2 * sizes[-1], 40)
        ax.loglog(B, noise[0] * np.sqrt(sizes[0] / B), "k:", label="theory")
        ax.set(xlabel="B", ylabel="standard deviation")
        ax.legend()

    assert said("noise_picture", draw, Figure().subplots())[0] == "right"


@given(eta=st.floats(0.01, 1), beta=st.floats(0, 0.95), g=st.floats(-5, 5), t=st.integers(1, 30))
def test_the_closed_form_is_the_engines_displacement(eta, beta, g, t):
    """What the exercise calls right, −ηg (1 − βᵗ)/(1 − β), is what the heavy ball does."""
    path = Momentum(eta, beta).iterates(lambda x: (0.0, np.array([g])), np.zeros(1))
    x = [next(path)[0][0] for _ in range(t + 1)]
    assert x[t] - x[t - 1] == pytest.approx(-eta * g * (1 - beta**t) / (1 - beta), abs=1e-9)


def test_momentum_by_loop_or_by_formula_is_right():
    for answer in (momentum, lambda eta, beta, g, t: -eta * g * (1 - beta**t) / (1 - beta)):
        outcome, text = said("momentum_step", answer)
        assert outcome == "right"
        assert "ten times as long" in text


def test_adagrads_step_is_right_by_formula_or_by_the_engine():
    def walked(eta, g, t):
        path = AdaGrad(eta, eps=0).iterates(lambda x: (0.0, np.array([g])), np.zeros(1))
        x = [next(path)[0][0] for _ in range(t + 1)]
        return abs(x[t] - x[t - 1])

    for answer in (walked, lambda eta, g, t: eta / np.sqrt(t)):
        assert said("adagrad_step", answer)[0] == "right"


def test_adam_is_right_as_the_paper_writes_it():
    outcome, text = said("adam", adam)
    assert outcome == "right"
    assert "sign of the gradient" in text


def test_adam_may_return_a_list():
    assert said("adam", lambda *args: list(adam(*args)))[0] == "right"
