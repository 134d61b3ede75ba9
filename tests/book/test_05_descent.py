"""Every number of chapter 5's prose, computed by the engine."""

from collections import Counter
from math import log, sqrt

import numpy as np
import pytest

from coursepkg.engine import costs
from coursepkg.engine.descent import descend
from coursepkg.engine.landscapes import BOWL, CLINE, quadratic
from coursepkg.engine.landscapes.valleys import TWO_VALLEYS
from coursepkg.engine.linear import condition, least_squares, polynomial, squared_loss, with_intercept
from coursepkg.engine.newton import Newton
from coursepkg.engine.optimisers import GradientDescent, Momentum
from coursepkg.engine.preparation import standardise
from coursepkg.scenes import descent as scenes
from coursepkg.scenes.descent import descending, scaling, straying, traps, valleys

x, y = scaling.DAYS, scaling.HEIGHTS
X = with_intercept(x[:, None])


def first_step(chapter):
    """The page's sums, point by point in plain Python."""
    assert (len(x), x[0], x[-1]) == (10, 1, 10)
    chapter.says("Day $x$ runs from 1 to 10")
    chapter.says("over the $n = 10$ points")
    xs, ys = x.tolist(), y.tolist()
    f = lambda a, b: sum((a + b * u - v) ** 2 for u, v in zip(xs, ys, strict=True)) / 20  # noqa: E731
    slopes = lambda a, b: (  # noqa: E731
        sum(a + b * u - v for u, v in zip(xs, ys, strict=True)) / 10,
        sum((a + b * u - v) * u for u, v in zip(xs, ys, strict=True)) / 10,
    )
    g = slopes(0, 0)
    chapter.says("Start with $w_0 = w_1 = 0$.")
    chapter.says(
        f"The heights add up to {sum(ys):.0f} and the products $x_i y_i$ to "
        f"{sum(u * v for u, v in zip(xs, ys, strict=True)):.0f}, so the two slopes are ${g[0]:.1f}$ and ${g[1]:.1f}$."
    )
    w = [-0.02 * slope for slope in g]
    chapter.says("0.02 times as far as they are steep")
    chapter.says(rf"w_0 &\leftarrow 0 - 0.02 \cdot ({g[0]:.1f}) = {w[0]:.3f}, \\")
    chapter.says(rf"w_1 &\leftarrow 0 - 0.02 \cdot ({g[1]:.1f}) = {w[1]:.3f} .")
    chapter.says(f"The loss falls from {f(0, 0):.3f} to {f(*w):.3f}.")
    best = least_squares(X, y)
    path = [(0.0, 0.0)]
    for _ in range(100):
        path.append(tuple(v - 0.02 * slope for v, slope in zip(path[-1], slopes(*path[-1]), strict=True)))
    assert abs(path[3][1] - best[1]) < 0.08  # "done after two or three"
    chapter.says(f"after 100 steps it is at {path[100][0]:.3f}, and the best is {best[0]:.3f}.")
    far = descend(GradientDescent(0.06), lambda w: squared_loss(X, y, w), [0.0, 0.0], steps=400)
    assert far.outcome == "diverged"
    chapter.says("Why 0.02, and what would 0.06 have done? (It flies away.)")
    chapter.says(r"with a **step size** $\eta > 0$ (our 0.02)")


def line(chapter):
    (a, b), (_, c) = X.T @ X
    u, v = X.T @ y
    assert X.shape == (10, 2)
    chapter.says("$(n, p) = (10, 2)$. With $\\mathbf{w} = (w_0, w_1)$, of shape $(2,)$")
    chapter.says("of shape $(10,)$")
    w = least_squares(X, y)
    chapter.says(
        rf"\begin{{pmatrix}} {a:g} & {b:g} \\ {b:g} & {c:g} \end{{pmatrix}} "
        rf"\begin{{pmatrix}} w_0 \\ w_1 \end{{pmatrix}} = \begin{{pmatrix}} {u:g} \\ {v:g} \end{{pmatrix}} ."
    )
    chapter.says(f"Its solution is $w_0 = {w[0]:.3f}$ and $w_1 = {w[1]:.3f}$: half a centimetre a day.")
    assert w[1] == pytest.approx(0.5, abs=0.1)
    loss, gradient = squared_loss(X, y, w)
    assert loss == pytest.approx(np.linalg.norm(X @ w - y) ** 2 / 20)
    assert gradient == pytest.approx(np.zeros(2), abs=1e-12)
    chapter.says("and saves a 2 in the gradient")
    chapter.says("brings down a 2, which the halving cancels")
    chapter.says(r"f(w_0, w_1) &= \frac{1}{2n} \sum_{i=1}^{n} \bigl( \hat y_i - y_i \bigr)^2, \\")
    slip = y.copy()
    slip[-1] = 16.3
    chapter.says("one error of 10 counts like a hundred errors of 1")
    chapter.says(
        f"note the last height as {slip[-1]} by a slip of the pen, and the slope rises from {w[1]:.2f} to "
        f"{least_squares(X, slip)[1]:.2f}."
    )
    assert slip[-1] - y[-1] == pytest.approx(10)


def by_hand(chapter):
    """One step of descent and one of Newton on ½(w₁² + 10w₂²) from (1, 1)."""
    chapter.says(
        r"Take $f = \tfrac12 (w_1^2 + 10\, w_2^2)$, whose eigenvectors are the axes, with $\mu = 1$, $L = 10$ and "
        r"$\kappa = 10$"
    )
    chapter.says(r"At $(1, 1)$ the gradient is $(w_1, 10\, w_2) = (1, 10)$.")
    to = descend(GradientDescent(0.15), quadratic(10.0).first, [1.0, 1.0], steps=1)
    assert to.x[1] == pytest.approx([0.85, -0.5])
    chapter.says(r"With $\eta = 0.15$ a step leads to")
    chapter.says(r"$$(1, 1) - 0.15 \cdot (1, 10) = (0.85, -0.5) .$$")
    chapter.says("The flat direction keeps 0.85 of its error")
    chapter.says(f"The loss falls from {to.f[0]:.1f} to {to.f[1]:.2f}.")
    chapter.says(r"Its $\kappa$ is near 190")
    assert condition(X) == pytest.approx(190, rel=0.02)
    newton = descend(Newton(), quadratic(10.0).second, [1.0, 1.0], steps=1).x[1]
    assert newton == pytest.approx([0, 0])
    chapter.says(r"at $(1, 1)$ we had $\mathbf{g} = (1, 10)$, and $H$ has 1 and 10 on its diagonal.")
    chapter.says("So $p_1 = -1/1$ and $p_2 = -10/10$, and the step leads from $(1, 1)$ straight to $(0, 0)$.")


def roots(chapter):
    """The heavy ball's roots have the size √β wherever they are complex, and the constants put μ and L at the ends."""
    for kappa in (4.0, 100.0):
        beta, eta = ((sqrt(kappa) - 1) / (sqrt(kappa) + 1)) ** 2, (2 / (1 + sqrt(kappa))) ** 2
        assert eta * 1 == pytest.approx((1 - sqrt(beta)) ** 2)
        assert eta * kappa == pytest.approx((1 + sqrt(beta)) ** 2)
        for curvature in np.linspace(1, kappa, 9):
            found = np.roots([1, -(1 + beta - eta * curvature), beta])
            assert np.abs(found) == pytest.approx(sqrt(beta), abs=1e-6)
    chapter.says(r"between $(1 - \sqrt\beta)^2$ and $(1 + \sqrt\beta)^2$.")
    chapter.says(r"$(1 + \beta - \eta\lambda)^2 < 4\beta$")
    chapter.says(r"$r^2 - (1 + \beta - \eta\lambda)\, r + \beta = 0$")


def accuracy(chapter):
    P, ones = polynomial(x, 8), np.ones(9)
    off = {way: np.abs(least_squares(P, P @ ones, way) - ones).max() for way in ("normal", "qr")}
    assert off["normal"] > 0.1
    assert off["qr"] < 1e-4
    chapter.says(
        "In degree 8 the normal equations miss some coefficient by more than a tenth, QR by less than a ten-thousandth."
    )
    assert condition(P) == pytest.approx(np.linalg.cond(P) ** 2, rel=1e-3)  # "squares the trouble"


def operations(chapter):
    for n, p in ((1000, 2), (50, 7)):
        assert costs.descent_step(n, p) == 2 * n * p + p
        assert costs.normal_equations(n, p) == (
            n * p * (p + 1) / 2 + n * p + p * (p**2 - 1) / 6 + p * (p - 1) / 2 + p * (p + 1)
        )
        assert costs.qr(n, p) == n * p * (p + 1) + n * p + p * (p + 1) / 2
    chapter.says("| one step of gradient descent, $O(np)$ | $2np + p$ |")
    chapter.says(r"| $np(p+1)/2 + np$ for $X^{\mathsf T} X$ and $X^{\mathsf T}\mathbf{y}$, then ")
    chapter.says(r"$p(p^2 - 1)/6 + p(p-1)/2 + p(p+1)$ to solve, by Cholesky |")
    chapter.says(r"| $np(p+1) + np + p(p+1)/2$, by Gram and Schmidt |")
    assert costs.normal_equations(2000, 5) / costs.normal_equations(1000, 5) == pytest.approx(2, abs=0.01)
    step, direct = costs.descent_step(1000, 2), costs.normal_equations(1000, 2)
    chapter.says(
        f"With $n = 1000$ samples and two coefficients the normal equations cost {direct:,} multiplications, little "
        f"more than one step of descent with {step:,}."
    )
    steps = costs.normal_equations(1000, 100) / costs.descent_step(1000, 100)
    dear = [p for p in range(1, 1001) if costs.normal_equations(1000, p) > 100 * costs.descent_step(1000, p)]
    assert dear == list(range(dear[0], 1001))
    chapter.says(
        f"With $p = 100$ they cost as much as {steps:.0f} steps, and from $p = {dear[0]}$ on more than 100 steps."
    )
    assert (10**6) ** 2 == 10**12
    chapter.says("would hold $10^{12}$ numbers")


def one_weight(chapter):
    rows = {0.02: "creeps", 0.5: "halves", 1: "is there", 1.5: "halves it, from", 2: "jumps", 2.1: "flies"}
    for eta, what in rows.items():
        path = descend(GradientDescent(eta), lambda w: (0.5 * float(w @ w), w), [1.5], steps=15).x[:, 0]
        factor = f"{path[1] / path[0]:.2f}".rstrip("0").rstrip(".").replace("-", "−")
        chapter.says(rf"| $\eta = {eta:g}$ | {factor} | {what}")
    chapter.says(r"Take $f(w) = \tfrac12 w^2$, so $f'(w) = w$.")


def curves(chapter):
    slow = descending.path("parabola", 1.5, 0.02).f
    assert slow[-1] > slow[0] / 2
    chapter.says(r"With $\eta = 0.02$ more than half of the loss is left after 15 steps; with $\eta = 2.1$ it grows.")
    assert descending.STEPS == 15
    assert (np.diff(descending.path("parabola", 1.5, 2.1).f) > 0).all()
    end, other = (descending.path("two valleys", w0, 0.1).x[-1, 0] for w0 in (1.5, -1.5))
    chapter.says(rf"From $w_0 = 1.5$ with $\eta = 0.1$ descent is at {end:.2f} after 15 steps")
    chapter.says("from $-1.5$ it finds the deeper one")
    deep, _, shallow = (point.x[0] for point in TWO_VALLEYS.critical)
    assert abs(other - deep) < 0.01
    assert TWO_VALLEYS.f([deep]) < TWO_VALLEYS.f([shallow])
    assert end - shallow < 0.03
    wedge = descending.path("wedge", 1.25, 0.5).x[:, 0]
    assert set(wedge[-6:]) == {0.25, -0.25}
    bounded = descend(GradientDescent(1.5), descending.CURVES["wedge"].first, [0.5], steps=1000).x[:, 0]
    assert set(bounded) == {0.5, -1}
    chapter.says(r"With $\eta = 1.5$ from 0.5 it jumps between 0.5 and −1, and is higher than at the start")
    chapter.says(r"With $\eta = 0.5$ from 1.25 it ends by jumping between 0.25 and −0.25 for ever.")
    plateau = descending.path("plateau", 2, 0.1).f
    chapter.says(
        rf"From $w_0 = 2$ the slope is so small that 15 steps with $\eta = 0.1$ take the loss from {plateau[0]:.1f} to "
        f"{plateau[-1]:.2f} only."
    )


def safe(chapter):
    chapter.says(r"On $\tfrac12 w^2$ the limit was 2.")
    chapter.says(r"the limit is $2/\lambda$")
    # The bound, and that every step lowers the loss below 2/L, on a smooth function that is no bowl: √(1 + x²), L = 1.
    rng = np.random.default_rng(0)
    for eta in (0.1, 1.0, 1.9, 1.99):
        w = rng.uniform(-4, 4, (200, 1))
        g = BOWL.gradient(w)
        bound = BOWL.f(w) - eta * (1 - eta / 2) * (g**2)[:, 0]
        assert (BOWL.f(w - eta * g) <= bound + 1e-12).all()
        assert (np.diff(descend(GradientDescent(eta), BOWL.first, [3.0], steps=100).f) <= 0).all()
    for kappa in (5.0, 50.0):
        falls = [
            descend(GradientDescent(c / kappa), quadratic(kappa).first, [1.0, 1.0], steps=20).f for c in (1.99, 2.01)
        ]
        assert (np.diff(falls[0]) < 0).all()
        steep = descend(GradientDescent(2.01 / kappa), quadratic(kappa).first, [0.0, 1.0], steps=20).f
        assert (np.diff(steep) > 0).all()
    chapter.says("On a convex function these steps do both.")
    for eta in (0.5, 1.99):
        away = np.abs(descend(GradientDescent(eta), BOWL.first, [3.0], steps=50).x[:, 0])
        assert (np.diff(away) <= 1e-12).all()
    chapter.says("On two valleys every step may lower the loss and lead away from the deeper one.")
    down = descend(GradientDescent(0.1), TWO_VALLEYS.first, [0.3], steps=40)
    assert (np.diff(down.f) < 0).all()
    assert (np.diff(np.abs(down.x[:, 0] - TWO_VALLEYS.critical[0].x[0])) > 0).all()


def stopping(chapter):
    land = quadratic(100.0)
    path = descend(GradientDescent(1e-5), land.first, [1.0, 0.1], steps=10_000, tol=1e-3)
    assert land.f([1.0, 0.1]) == pytest.approx(1)
    g = np.linalg.norm(land.gradient(path.x[-1]))
    chapter.says("by less than, say, $10^{-3}$ in a step")
    chapter.says(
        f"the test is content after {path.step} steps, with {path.f[-1]:.2f} of a loss of 1 left. "
        f"The gradient was {g:.2f},"
    )
    rng = np.random.default_rng(1)
    for w in rng.normal(size=(50, 2)):
        assert land.f(w) <= land.gradient(w) @ land.gradient(w) / 2 + 1e-12  # the certificate, μ = 1
    chapter.says(r"$\lVert \nabla f(\mathbf{w}_t) \rVert^2 / 2\mu < \varepsilon$")


def valley(chapter):
    chapter.says(r"with eigenvalues $\mu \le L$")
    w = np.linalg.eigvalsh(quadratic(30.0, valleys.ANGLE).hessian(np.zeros(2)))
    assert w == pytest.approx([1, 30])
    flat, steep = valleys.factor(10, 1.9, "gradient descent")
    assert steep == pytest.approx(0.9)
    assert valleys.factor(10, 1, "gradient descent")[0] == pytest.approx(0.9)
    flat, steep = valleys.factor(100, 1.9, "gradient descent")
    assert flat > steep
    left, at_one = (10 ** valleys.walk(100, c, "gradient descent").log_error[-1] for c in (1.9, 1))
    assert valleys.STEPS == 60
    at_ten = valleys.factor(10, 1, "gradient descent")
    chapter.says(r"At $\eta L = 2$ the steep direction neither shrinks nor grows")
    chapter.says(rf"With $\eta L = 1.9$ the steep direction keeps {steep:.1f} of its error")
    chapter.says(r"With $\eta L = 1$ the flat one keeps $1 - 1/\kappa$.")
    chapter.says("**1.9 against 1.**")
    chapter.says(
        rf"For $\kappa = 10$ both are {at_ten[0]:.1f}; for $\kappa = 100$ they are {steep:.1f} and "
        rf"{valleys.factor(100, 1, 'gradient descent')[0]:.2f}, but now the flat direction is the slower one at 1.9 as "
        rf"well, and it keeps {flat:.3f}. After 60 steps {left:.2f} of the error is left, against {at_one:.2f}."
    )
    grid = scenes.valley.controls["eta_L"].values
    assert min(grid, key=lambda c: abs(c - 10 * 2 / 11)) == 1.8
    ends = {c: valleys.walk(10, c, "gradient descent").log_error[-1] for c in grid}
    assert min(ends, key=ends.get) == 1.8
    digits, exponent = f"{10 ** ends[1.8]:.1e}".split("e")
    chapter.says(
        rf"For $\kappa = 10$ it lies near 1.8: after 60 steps only ${digits} \cdot 10^{{{int(exponent)}}}$ of the error"
    )
    ball = 10 ** valleys.walk(100, 1.9, "heavy ball").log_error[-1]
    chapter.says(rf"For $\kappa = 100$ and $\eta L = 1.9$ it leaves {ball:.3f}.")
    assert not valleys.walk(100, 2.1, "heavy ball").diverges
    assert max(valleys.factor(100, 2.1, "heavy ball")) < 1
    chapter.says(r"at $\eta L = 2.1$ it still converges.")


def best_constants(chapter):
    mu, L = 1.0, 100.0
    land, start = quadratic(L), np.array([1.0, 1.0])
    gd = descend(GradientDescent(2 / (mu + L)), land.first, start, steps=800)
    error = np.linalg.norm(gd.x, axis=1) / sqrt(2)
    rate = (L - 1) / (L + 1)
    assert error[1:40] / error[:39] == pytest.approx([rate] * 39)
    slow = int(np.argmax(error <= 1e-6))
    for off in (0.9, 1.1):  # no other constant does better
        other = descend(GradientDescent(off * 2 / (mu + L)), land.first, start, steps=400)
        assert np.linalg.norm(other.x[-1]) > np.linalg.norm(gd.x[400])
    chapter.says(rf"For $\kappa = 100$ the rate is {rate:.3f}, and an error falls to a millionth in {slow} steps.")
    beta = ((sqrt(L) - 1) / (sqrt(L) + 1)) ** 2
    ball = descend(Momentum((2 / (1 + sqrt(L))) ** 2, beta), land.first, start, steps=600)
    size = np.linalg.norm(ball.x, axis=1) / sqrt(2)
    assert (size[500] / size[400]) ** 0.01 == pytest.approx(sqrt(beta), rel=5e-3)
    asked = int(np.ceil(log(1e6) / -log(sqrt(beta))))
    needed = int(np.argmax(size <= 1e-6))
    assert (np.diff(ball.f) > 0).any()  # "The heavy ball gives no such promise"
    chapter.says(
        rf"For $\kappa = 100$ the rate is {sqrt(beta):.3f}, and at that rate a millionth takes {asked} steps "
        f"instead of {slow}. (The rate holds in the long run; from a standing start the ball needs {needed}.)"
    )
    for kappa in (50.0, 200.0):  # "the number of steps grows like κ"
        run = descend(GradientDescent(2 / (1 + kappa)), quadratic(kappa).first, start, steps=2000)
        steps = int(np.argmax(np.linalg.norm(run.x, axis=1) <= 1e-6 * sqrt(2)))
        assert steps / kappa == pytest.approx(slow / 100, rel=0.02)


def scaled(chapter):
    near, far = (scaling.bowl(offset, scaling.AS_MEASURED) for offset in (0, 10))
    a, b, c = 1, x.mean(), (x**2).mean()
    assert np.allclose(X.T @ X / 10, [[a, b], [b, c]])
    chapter.says(rf"\begin{{pmatrix}} 1 & {b:g} \\ {b:g} & {c:g} \end{{pmatrix}},$$")
    L = np.linalg.eigvalsh(X.T @ X / 10)[1]
    chapter.says(f"Since $L = {L:.1f}$, the limit $2/L$ is {2 / L:.3f}: that is why 0.02 was safe and 0.06 is not.")
    between = (x - x.min()) / (x.max() - x.min())
    chapter.says(rf"so here it leaves $\kappa = {condition(with_intercept(between[:, None])):.1f}$.")
    wild = np.append(x[:-1], 100)
    squeezed = (wild - 1) / 99
    chapter.says(f"noted the last day as 100, the other nine would lie between 0 and {squeezed[-2]:.2f}.")
    chapter.says(f"counted from 1 to 10 its condition number is {near.kappa:.1f}.")
    chapter.says(rf"The bowl of the days 1 to 10 is narrow, $\kappa = {near.kappa:.1f}$.")
    assert near.kappa == pytest.approx(condition(X))
    assert 10 ** near.log_error[-1] == pytest.approx(0.25, abs=0.01)
    assert scaling.STEPS == 200
    chapter.says("After 200 steps a quarter of the error is left.")
    thousands = f"{far.kappa:,.0f}".replace(",", "{,}")
    chapter.says(rf"Counted from 11 to 20 the same days make $\kappa = {thousands}$, and 200 steps hardly move it")
    assert far.log_error[1] - far.log_error[-1] < 0.02
    round_one = scaling.bowl(10, scaling.STANDARDISED)
    assert round_one.kappa == pytest.approx(1)
    assert pytest.approx(np.eye(2), abs=1e-12) == round_one.H
    assert round_one.log_error[1] < -12
    chapter.says(r"Then the mean of $x$ is 0 and that of $x^2$ is 1, $H$ is the identity, and $\kappa = 1$.")
    assert far.kappa / near.kappa == pytest.approx(40, abs=0.5)  # the answer to the prediction
    assert f"{near.kappa:.0f} to {far.kappa:,.0f}" in scenes.scale_it.ask.because


def cubic(chapter):
    assert [polynomial(x, 3)[-1, k] for k in (1, 3)] == [10, 1000]
    chapter.says("as $x^3$ runs to 1000 where $x$ runs to 10")
    as_is = condition(polynomial(x, 3))
    assert as_is == pytest.approx(1.16e7, rel=5e-3)
    z = standardise(x[:, None])(x[:, None])[:, 0]
    powers = polynomial(x, 3)[:, 1:]
    each = condition(with_intercept(standardise(powers)(powers)))
    chapter.says(
        rf"That takes $\kappa$ from {as_is / 1e6:.1f} million to {condition(polynomial(z, 3)):.0f}, where "
        f"standardising the powers leaves {each:,.0f};"
    )


def newton(chapter):
    def bent(w):
        return float(np.exp(w[0]) - 2 * w[0]), np.exp(w) - 2, np.exp(w)[:, None]

    off = np.abs(descend(Newton(), bent, [0.0], steps=4).x[:, 0] - log(2))
    chapter.says(r"Take $f(w) = e^w - 2w$, whose minimum is at $\ln 2$:")
    assert off[2:] / off[1:-1] ** 2 == pytest.approx([0.5] * 3, abs=0.1)  # it squares its error
    for kappa in (1.0, 1e4):
        assert np.abs(descend(Newton(), quadratic(kappa, 0.5).second, [3.0, -2.0], steps=1).x[1]).max() < 1e-9
    one = descend(Newton(), lambda w: (*squared_loss(X, y, w), X.T @ X / 10), [5.0, -5.0], steps=1).x[1]
    assert one == pytest.approx(least_squares(X, y, "normal"))
    chapter.says(r"$\sum_k c_j c_k H_{jk}\, q_k = -c_j g_j$")
    scale = np.array([1000.0, 0.01])  # "other units for a weight do not change it"
    rough = CLINE
    path = descend(Newton(), rough.second, [0.3, 0.9], steps=4).x
    units = descend(
        Newton(),
        lambda v: (
            rough.f(v * scale),
            rough.gradient(v * scale) * scale,
            rough.hessian(v * scale) * np.outer(scale, scale),
        ),
        np.array([0.3, 0.9]) / scale,
        steps=4,
    ).x
    assert units * scale == pytest.approx(path, abs=1e-6)


def trap(chapter):
    w = np.linspace(-3, 3, 25)[:, None]
    assert BOWL.gradient(w)[:, 0] == pytest.approx((w / np.sqrt(1 + w**2))[:, 0])
    assert BOWL.hessian(w)[:, 0, 0] == pytest.approx((1 + w[:, 0] ** 2) ** -1.5)
    chapter.says(r"For $f(x) = \sqrt{1 + x^2}$ one finds $f' = x/\sqrt{1 + x^2}$ and $f'' = (1 + x^2)^{-3/2}$")
    chapter.says(r"x - \frac{f'(x)}{f''(x)} &= x - x\,(1 + x^2) \\")
    for x0 in (0.4, 0.9, 1.3):
        assert traps.path(x0, "pure").x[1, 0] == pytest.approx(-(x0**3))
    assert np.abs(traps.path(1.0, "pure").x).ravel() == pytest.approx(np.ones(traps.STEPS + 1))
    chapter.says("From 1 pure Newton jumps between 1 and −1 for ever.")
    first, second, third = traps.path(1.5, "pure").x[1:4, 0]
    chapter.says(f"from 1.5 to {first:.1f}, {second:.0f}, {third:,.0f}.".replace("-", "−"))
    assert f"{first:.1f}, then {second:.0f}, then {third:,.0f}".replace("-", "−") in scenes.trap.ask.because
    for x0, settles in ((sqrt(3) - 0.01, True), (sqrt(3) + 0.01, False)):
        end = descend(Newton(share=0.5), BOWL.second, [x0], steps=300)
        assert (end.outcome != "diverged") == settles
    half = descend(Newton(share=0.5), BOWL.second, [1.5], steps=40).x[:, 0]
    assert half[1] == pytest.approx((1.5 - 1.5**3) / 2)
    assert half[-1] / half[-2] == pytest.approx(0.5)
    chapter.says(r"**Half steps** go from $x$ to $\tfrac12 (x - x^3)$. They converge from every start below $\sqrt3$")
    shares = [float(s.t) for s, _ in zip(Newton(search=True).steps(BOWL.second, [1.5]), range(6), strict=False)]
    assert shares == [0.5, 1, 1, 1, 1, 1]
    chapter.says("From 1.5 it takes one half step and then goes back to whole ones.")
    chapter.says(r"c = 10^{-4} .")


def terrain(chapter):
    ticks = scenes.astray.controls["x0"].values
    ends = {
        walker: Counter(straying.arrival(straying.walk(walker, a, b)[0]) for a in ticks for b in ticks)
        for walker in straying.WALKERS
    }
    pure, gd, down = (ends[w] for w in ("pure Newton", "gradient descent", "Newton downhill"))
    chapter.says(
        f"Of the {len(ticks) ** 2} starts of this grid, pure Newton brings {pure['saddle']} to a saddle, "
        f"{pure['minimum']} to a minimum and {pure['maximum']} to a maximum; the other {pure['']} are not settled "
        f"after its {straying.WALKERS['pure Newton'][2]} steps."
    )
    x, f = straying.walk("pure Newton", 0.5, 0.5)
    assert straying.arrival(x) == "maximum"
    assert f[-1] > f[0]
    chapter.says("From $(0.5, 0.5)$ it climbs to a peak.")
    chapter.says(
        f"After its {straying.WALKERS['gradient descent'][2]} steps it stands at a minimum from {gd['minimum']} of the "
        f"starts. From {gd['saddle']} it rests on a saddle all the same"
    )
    for a in ticks:
        for b in ticks:
            if straying.arrival(straying.walk("gradient descent", a, b)[0]) == "saddle":
                assert a == b
    for a in (-1.3, 0.2, 0.9):
        g = CLINE.gradient([a, a])
        assert g[0] == pytest.approx(g[1])
    chapter.says(
        f"goes down as well, from {down['minimum']} starts to a minimum, and in "
        f"{straying.WALKERS['Newton downhill'][2]} steps."
    )
    for a, b in ((0.5, 0.25), (-1.0, 1.25)):
        _, f = straying.walk("Newton downhill", a, b)
        assert (np.diff(f) <= 1e-12).all()
    R = 0.3**2 + 0.8**2
    height = np.sin(R) + R + 2 * np.sin(0.9) * np.sin(2.4)
    assert CLINE.f([0.3, 0.8]) == pytest.approx(height)
    chapter.says(r"f(x, y) = \sin R + R + 2 \sin 3x\, \sin 3y .$$")


CLAIMS = [
    first_step,
    line,
    by_hand,
    roots,
    accuracy,
    operations,
    one_weight,
    curves,
    safe,
    stopping,
    valley,
    best_constants,
    scaled,
    cubic,
    newton,
    trap,
    terrain,
]
COMPARED = {
    "0.02 times as far as they are steep": first_step,
    "say when it wins": "a question",
    "say what each costs": "a question",
    "Why is one direction so much slower than the other?": "a question",
    "And can one do better than creep?": "a question",
    "more than half of the loss is left after 15 steps": curves,
    "no step is longer than $\\eta$": curves,
    "falls by less than, say, $10^{-3}$ in a step": stopping,
    "no place is lower than here by more than": stopping,
    "The seedling's bowl is worse.": by_hand,
    "the flat direction is the slower one at 1.9": valley,
    "With powers of a feature it is much worse": cubic,
    "it would be $c_j^2$ times as long in direction $j$": "proved there",
    "the cubes collapse to 0, and faster than squares": trap,
    "They differ in accuracy and in cost.": operations,
    "by more than a tenth, QR by less than a ten-thousandth": accuracy,
    "has a better loss": "advice",
    "## What does it cost?": "a question",
    "twice as many points only double the work": operations,
    "the normal equations cost 5,008 multiplications": operations,
    "With $p = 100$ they cost as much as 27 steps": operations,
    "rounds the bowl, costs nothing": scaled,
}


def test_the_engine_finds_what_the_chapter_says(chapter, claim):
    chapter.proves(claim)


def test_no_other_number_stands_in_the_prose(proven):
    proven.says("**Time** 90 minutes")  # a reader's estimate
    proven.says("*Matrix Computations*, 4th edition")
    # The formulas' own constants: 0, ±1, the ½ of a square, and the 2 of 2/L and 2/(μ + L).
    assert proven.unproven(given={"0", "1", "-1", "−1", "2"}) == []
