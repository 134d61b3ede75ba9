"""Every number of chapter 8's prose, computed by the engine."""

from functools import lru_cache
from math import log

import numpy as np
import pytest
from matplotlib.figure import Figure

from coursepkg.engine.datasets import gate, moons
from coursepkg.engine.descent import descend
from coursepkg.engine.landscapes import (
    BASIN,
    CLINE,
    DOUBLE_WELL,
    EXPONENTIAL,
    HYPERBOLA,
    SADDLE,
    VALLEY_FLOOR,
    chord,
    critical_points,
    kind,
    winding_number,
)
from coursepkg.engine.network import mlp
from coursepkg.engine.newton import Newton
from coursepkg.engine.optimisers import Adam, GradientDescent
from coursepkg.engine.slices import filter_normalised, loss_slice
from coursepkg.engine.training import Trainer
from coursepkg.scenes.landscapes import chords, escape, nets, sharp, terrain, turning


def one_chord(chapter):
    assert DOUBLE_WELL.f(np.array([[-1.0], [0.0], [1.0]])).tolist() == [0, 1, 0]
    found = chord(DOUBLE_WELL.f, [-1.0], [1.0])
    assert (found.t, found.excess) == (0.5, 1)
    chapter.says("two minima, at $-1$ and 1, with a hill between them")
    chapter.says("it runs level at height 0. But half way, at $x = 0$, the function is at 1")
    assert chord(BASIN.f, [0.0], [2.0]).excess >= 0.1 - 1e-12
    assert (BASIN.f([1.0]), BASIN.f([2.0]) / 2) == pytest.approx((0.5, 0.4))
    assert "at x = 1 the function is 0.5 and the chord 0.4" in chords.chord_test.ask.because


def eight(chapter):
    violated = {name: int(chords.chart(name).sum()) // 2 for name in chords.LINE}
    assert len(violated) == 8
    one, other = (violated[name] for name in ("x²/(1 + x²)", "x² + 3 sin²x"))
    pairs = chords.SIDE * (chords.SIDE - 1) // 2
    chapter.says(f"both are violated: on {one} and on {other} of the {pairs} chords")
    assert [violated[land.name] for land in (EXPONENTIAL, VALLEY_FLOOR)] == [0, 0]
    assert sum(count == 0 for count in violated.values()) == 5
    chapter.says("The grid proves nothing for the other five")
    assert (VALLEY_FLOOR.f(np.linspace(-1, 1, 21)[:, None]) == 0).all()
    chapter.says("a whole floor of them, from $-1$ to 1")


def kink(chapter):
    ends = []
    for eta in (lambda k: 0.1, lambda k: 0.3 / (k + 1)):
        x = [0.25]
        for k in range(1000):
            x.append(x[-1] - eta(k) * np.sign(x[-1]))
        ends.append(x[-2:])
    assert sorted(ends[0]) == pytest.approx([-0.05, 0.05])
    assert np.abs(ends[1]).max() < 0.001
    chapter.says("hopping between 0.05 and $-0.05$")


def constraint(chapter):
    best = {c: min((x * x + (c - x) ** 2, x) for x in np.linspace(0, 2, 2001)) for c in (2.0, 2.01)}
    assert best[2.0] == pytest.approx((2.0**2 / 2, 1))
    chapter.says(r"So $x = y = 1$, and the least value is $f^\star = c^2/2 = 2$.")
    chapter.says(r"$\nabla f = (2x, 2y) = (2, 2)$")
    growth = best[2.01][0] - best[2.0][0]
    assert growth == pytest.approx(0.01 * 2, rel=0.005)
    chapter.says(f"From $c = 2$ to 2.01 the best value grows by {growth:.5f}, about 0.01 times the multiplier 2.")


def origin(chapter):
    H = CLINE.hessian(np.zeros(2))
    low, high = np.linalg.eigvalsh(H)
    assert not CLINE.gradient(np.zeros(2)).any()
    chapter.says(
        rf"\begin{{pmatrix}} {H[0, 0]:g} & {H[0, 1]:g} \\ {H[1, 0]:g} & {H[1, 1]:g} \end{{pmatrix}}, \\" + "\n"
        rf"\text{{with eigenvalues }} {high:g} \text{{ and }} {{{low:g}}} ."
    )
    assert [v @ H @ v for v in np.array([(1, 1), (1, -1)])] == pytest.approx([2 * high, 2 * low])
    assert CLINE.box == ((-3, 3),) * 2
    chapter.says("where $x$ and $y$ run from $-3$ to 3")
    slope = float(BASIN.gradient([10.0])[0])
    chapter.says(f"at $x = 10$ its slope is only {slope:.3f}")


def census(chapter):
    points = critical_points(CLINE.second, CLINE.box)
    count = {name: sum(p.kind == name for p in points) for name in ("minimum", "saddle", "maximum")}
    chapter.says(
        f"There are {len(points)}: {count['minimum']} minima, {count['saddle']} saddles and {count['maximum']} maxima."
    )
    lowest = min(points, key=lambda p: CLINE.f(p.x))
    chapter.says(
        rf"at $\pm({lowest.x[0]:.5f},\, {lowest.x[1]:.5f})$, with $f = {CLINE.f(lowest.x):.6f}$".replace("(--", "(-")
    )
    turns = winding_number(CLINE.gradient, CLINE.box)
    assert turns == count["minimum"] + count["maximum"] - count["saddle"]
    chapter.says(f"it turns {turns} times")
    chapter.says(f"And ${count['minimum']} + {count['maximum']} - {count['saddle']} = {turns}$.")


@lru_cache
def ends():
    """Where gradient descent and Newton's method end from half of the grid; the rest is its mirror image."""
    axis = np.linspace(-3, 3, 61)
    grid = np.stack(np.meshgrid(axis, axis, indexing="ij"), axis=-1).reshape(-1, 2)[: 61 * 61 // 2]
    down = descend(GradientDescent(0.01), CLINE.first, grid, 1000).x[-1]
    return down, descend(Newton(), CLINE.second, grid, 50, limit=1e300).x[-1]


def basins(chapter):
    down, newton = ends()
    n = 61 * 61
    chapter.says(r"$61 \times 61$ starts, for gradient descent with $\eta = 0.01$")
    deepest = 2 * np.sum(CLINE.f(down) < -1.1153) / n  # the middle one is a saddle, and stays
    chapter.says(f"draw {100 * deepest:.1f} % of the starts")
    assert 100 * deepest == pytest.approx(14.1, abs=0.05)
    asked = terrain.ask
    assert asked.choices[asked.answer] == "About one in seven"
    assert round(1 / deepest) == 7
    assert (
        f"Of the {n:,} starts of this map, {100 * deepest:.1f} % are in the basins of the two deepest." in asked.because
    )
    _, g, H = CLINE.second(newton)
    settled, w = np.linalg.norm(g, axis=1) < 1e-6, np.linalg.eigvalsh(H)
    kinds = ((w > 0).all(1), (w[:, 0] < 0) & (w[:, 1] > 0), (w < 0).all(1))
    shares = [200 * np.sum(settled & found) / n for found in kinds]
    np.testing.assert_allclose(shares, [28, 48, 21], atol=0.5)
    minima, saddles, maxima = shares
    chapter.says(
        f"{minima:.0f} % end in a minimum, {saddles:.0f} % at a saddle and {maxima:.0f} % on a maximum, some of them "
        "beyond this map; the rest has not settled after 50 steps"
    )
    outside = (np.abs(newton[settled]) > 3).any(axis=1)
    assert 0.1 < outside.mean() < 0.5
    slide = descend(GradientDescent(0.01), CLINE.first, np.array([0.1, 0.0]), 600).x
    steps = int((np.linalg.norm(slide - slide[-1], axis=1) > 0.02).sum())
    assert CLINE.f(slide[-1]) < -1.1153
    chapter.says(f"it slides off to the deepest minimum in {steps} steps")


def saddle(chapter):
    x = np.array([1.6, 1e-3])
    after = x - 0.1 * SADDLE.gradient(x)
    assert after == pytest.approx([1.6 * (1 - 0.2), 1e-3 * (1 + 0.2)])
    chapter.says(r"With $\eta = 0.1$ each step multiplies it by 1.2.")
    steps = {p: escape.escape(p, 0.1).step for p in (-3, -6, -12)}
    for p, k in steps.items():
        assert k == int(np.ceil(-p * log(10) / log(1.2)))
    chapter.says(
        f"From $10^{{-3}}$ it takes {steps[-3]} steps to reach 1, from $10^{{-6}}$ it takes {steps[-6]}, and from "
        f"$10^{{-12}}$ it takes {steps[-12]}."
    )
    chapter.says(f"adds a constant, {steps[-6] - steps[-3]} steps")


def twins(chapter):
    X, y, *_ = gate("XOR")
    net = mlp((2, 2, 1))
    theta = Trainer(Adam(0.05), epochs=500, seed=1).train(net, X, y, "binary cross-entropy").theta
    twin = theta.copy()
    (W1, b1), (W2, _) = net.views(twin)
    W1[:], b1[:], W2[:] = W1[::-1].copy(), b1[::-1].copy(), W2[:, ::-1].copy()
    np.testing.assert_allclose(net(twin, X), net(theta, X))
    loss = [float(net.oracle(X, y, "binary cross-entropy")(t)[0]) for t in (theta, twin, (theta + twin) / 2)]
    assert max(loss[:2]) < 0.01
    assert loss[2] > log(2)
    chapter.says(rf"the middle is worse than guessing, whose loss is $\ln 2 = {log(2):.3f}$")


def sharpness(chapter):
    for a in (1.0, 2.0, 3.0):
        assert np.linalg.eigvalsh(HYPERBOLA.hessian(np.array([a, 1 / a]))) == pytest.approx([0, a**2 + a**-2])
    chapter.says("the eigenvalues 0, along the curve, and $a^2 + a^{-2}$ across it")
    chapter.says(f"It is 2 at $a = 1$, and {3**2 + 3**-2:.2f} at $a = 3$.")
    ended = {}
    for eta in (0.2, 0.25):
        path = descend(GradientDescent(eta), HYPERBOLA.first, np.array([3, 0.3343]), 2000)
        ended[eta] = float(sharp.sharpness(path.x[-1]))
    chapter.says(rf"With $\eta = 0.2$ the bound is {2 / 0.2:g}, and the minimum at $a = 3$, of sharpness 9.11, holds.")
    assert ended[0.2] == pytest.approx(9.11, abs=0.01)
    chapter.says(rf"With $\eta = 0.25$ the bound is {2 / 0.25:g}")
    chapter.says(f"They come to rest at {ended[0.25]:.2f}, below the bound.")
    flattest = float(sharp.sharpness(sharp.slide(3, 0.35).x[-1]))
    chapter.says(rf"At $\eta = 0.35$ the run ends in the flattest place, at {flattest:.2f}.")
    assert sharp.slide(4, 0.25).outcome == "diverged"
    chapter.says(r"From $a = 4$ the first swings at $\eta = 0.25$ are too wide, and the run diverges.")


def where_runs_settle(chapter):
    for a in np.arange(1, 4.01, 0.25):
        for eta in np.arange(1, 11) / 20:
            path = sharp.slide(float(a), float(eta))
            if path.outcome != "diverged":
                assert path.f[-1] < 1e-20
                assert sharp.sharpness(path.x[-1]) < 2 / eta
    chapter.says("the sharpness is below $2/\\eta$, always")


def pictures(chapter):
    chapter.says("trained on 100 points of two half moons: 2, 8 or 16 hidden layers of 8 tanh units")
    assert (nets.DEPTHS, nets.WIDTH) == ((2, 8, 16), 8)
    slices = {(k, depth): nets.slice_of(k, depth) for k in ("plain", "residual") for depth in nets.DEPTHS}
    middle = len(nets.TICKS) // 2
    assert max(s.loss[middle, middle] for s in slices.values()) < 0.012
    chapter.says("trained to a loss of about 0.01 or less")
    plain, residual = slices["plain", 16], slices["residual", 16]
    # Training a deep plain net magnifies rounding errors: another machine may find a dip more or less.
    assert 9 <= nets.dents(plain.loss) <= 15
    assert 3 <= nets.dents(residual.loss) <= 5
    chapter.says("- 16 residual layers are calmer, with 4 dips or so")
    assert residual.loss[nets.DISC].max() > plain.loss[nets.DISC].max()
    assert {nets.dents(slices[k, 2].loss) for k in ("plain", "residual")} <= {1, 2}
    chapter.says("- 2 layers give a smooth valley, plain or residual, with a dip or two")
    chapter.says("- 16 plain layers give a crumpled ground, with a dozen dips or so")
    chapter.says(f"The plain net of 16 layers has {plain.net.size:,} parameters.")


@lru_cache
def dips(name):
    """The dips of a net of 16 hidden layers, trained from three seeds and cut along other directions."""
    data, ticks, found = moons(100), np.linspace(-1, 1, 31), []
    disc = np.add.outer(ticks**2, ticks**2)[1:-1, 1:-1] <= 1
    net = mlp((2, *[8] * 16, 1), residual=name == "residual")
    for seed in (0, 1, 2):
        theta = Trainer(Adam(0.005), epochs=400, seed=seed).train(net, data.X, data.y, nets.LOSS).theta
        d = tuple(filter_normalised(net, theta, s) for s in (3, 4))
        loss = loss_slice(net, theta, d, ticks, ticks, data.X, data.y, nets.LOSS)
        inner = loss[1:-1, 1:-1]
        near = [loss[1 + i : 30 + i, 1 + j : 30 + j] for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j]
        found.append(int((np.all([inner < other for other in near], axis=0) & disc).sum()))
    return found


def other_seeds(chapter):
    found = {name: dips(name) for name in ("plain", "residual")}
    assert 3 <= min(found["plain"]) <= 7
    assert 9 <= max(found["plain"]) <= 15
    assert 2 <= min(found["residual"]) <= 6
    assert 7 <= max(found["residual"]) <= 11
    chapter.says("the plain net of 16 layers had between about 5 and 12 dips, the residual one between about 4 and 9")


def pieces(chapter):
    """Sums, larger ones and affine arguments keep chords in order; a smaller one does not."""
    convex = [np.abs, np.square, np.exp, lambda x: np.maximum(0, np.abs(x) - 1)]
    wholes = [lambda x, f=f, g=g: f(x) + 2 * g(x) for f in convex for g in convex]
    wholes += [lambda x, f=f, g=g: np.maximum(f(x), g(x)) for f in convex for g in convex]
    wholes += [lambda x, f=f: f(3 * x - 1) for f in convex]
    for whole in wholes:
        for a, b in ((-2.0, 1.5), (-1.0, 1.0), (0.2, 2.0)):
            assert chord(lambda x, whole=whole: whole(x[..., 0]), [a], [b]).excess < 1e-9
    smaller = lambda x: np.minimum((x[..., 0] - 1) ** 2, (x[..., 0] + 1) ** 2)  # noqa: E731
    found = chord(smaller, [-1.0], [1.0])
    assert (found.t, found.excess) == (0.5, 1)
    chapter.says("its chord from $-1$ to 1 runs at 0, below the graph, which is at 1 in the middle")


def general_form(chapter):
    """The conditions at a minimum that was found by trying: x² + y² on x + y = c with x ≥ b."""
    for c, bound in ((2.0, 0.5), (2.0, 1.4)):
        x = np.linspace(bound, 3, 25_001)
        x = x[np.argmin(x**2 + (c - x) ** 2)]
        p = np.array([x, c - x])
        # ∇f + ν ∇h + λ ∇k = 0 with h = c − x − y and k = b − x.
        nu, lam = np.linalg.solve(np.array([[-1.0, -1.0], [-1.0, 0.0]]), -2 * p)
        assert lam >= -1e-3
        assert abs(lam * (bound - x)) < 1e-3
        if bound < 1:
            assert nu == pytest.approx(c, abs=1e-3)  # "ν = c"
    chapter.says(r"With $h = c - x - y$ this is the line above, and $\nu = c$.")


def hills_and_hollows(chapter):
    counts = {r: {kind: len(places) for kind, places in turning.there(r).items()} for r in turning.RADII}
    assert counts[1.5] == {"minimum": 2, "maximum": 2, "saddle": 7}
    chapter.says("On the disc of radius 1.5 there are two hollows, two peaks and seven passes")
    chapter.says(f"on that of radius 3 there are {sum(counts[3].values())} such places, and on the whole square 63.")
    assert len(critical_points(CLINE.second, CLINE.box)) == 63
    ridges = turning.Ridges(Figure().add_subplot(), tilt=0.65, lift=0.6)
    deepest = turning.there(1.5)["minimum"]
    sight = {t: turning.in_sight(ridges, deepest, np.deg2rad(t), 1.5).shape[1] for t in range(0, 360, 20)}
    assert [t for t, seen in sight.items() if seen == 2] == [140, 320]
    chapter.says("From 140°, along the valley between the two peaks, both are.")


CLAIMS = [pieces, general_form, hills_and_hollows, one_chord, eight, kink, constraint, origin, census, basins, saddle]
CLAIMS += [twins, sharpness, where_runs_settle, pictures, other_seeds]
COMPARED = {
    "is there a better one?": "a question",
    "so a constant step never settles": kink,
    "changes by $\\nu$ times as much": constraint,
    "binds or costs nothing": general_form,
    "| which steps settle |": kink,
    "it ends in something worse": basins,
    "the middle is worse than guessing": twins,
    "They come to rest at 6.70": sharpness,
    "where runs settle the sharpness is below": where_runs_settle,
    "Does that make flat minima better?": "a question",
    "should generalise better": "cited",
    "settles only where": where_runs_settle,
}


def test_the_engine_finds_what_the_chapter_says(chapter, claim):
    chapter.proves(claim)


def test_a_critical_point_is_of_the_kind_that_its_eigenvalues_say():
    assert [kind(np.diag(w)) for w in ([1, 2], [-1, -2], [1, -2])] == ["minimum", "maximum", "saddle"]


def test_no_other_number_stands_in_the_prose(proven):
    proven.says("**Time** 85 minutes")  # a reader's estimate
    proven.says("in image networks of 56 layers")  # Li et al. (2018)
    proven.says("You have met it in chapters [5](05_descent.ipynb) and [6](06_stochastic.ipynb).")
    # The formulas' own constants: 0, 1, 2 and −1, the 3 of the terrain's waves, halves.
    assert proven.unproven(given={"0", "1", "-1", "−1", "2", "3"}) == []
