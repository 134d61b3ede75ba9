import numpy as np
import pytest
from scipy.optimize import rosen, rosen_der, rosen_hess

from coursepkg.engine import landscapes
from coursepkg.engine.derivatives import numerical_gradient, relative_error
from coursepkg.engine.descent import descend
from coursepkg.engine.landscapes import (
    BASIN,
    BOWL,
    CLINE,
    EXPONENTIAL,
    HIMMELBLAU,
    MONKEY,
    RASTRIGIN,
    ROSENBROCK,
    SADDLE,
    VALLEY_FLOOR,
    Landscape,
    chord,
    critical_points,
    kind,
    quadratic,
    violating_chord,
    winding_number,
)
from coursepkg.engine.newton import Newton, direction

ALL = [land for land in vars(landscapes).values() if isinstance(land, Landscape)]
ALL += [quadratic(1.0), quadratic(50.0, 0.7)]
every_landscape = pytest.mark.parametrize("land", ALL, ids=lambda land: land.name)


def somewhere(land, n=6):
    low, high = np.array(land.box).T
    return np.random.default_rng(0).uniform(low, high, (n, land.d))


@every_landscape
def test_derivatives_against_central_differences(land):
    for x in somewhere(land):
        assert relative_error(land.gradient(x), numerical_gradient(land.f, x)) < 1e-6
        columns = [numerical_gradient(lambda x, i=i: land.gradient(x)[i], x) for i in range(land.d)]
        assert relative_error(land.hessian(x), np.array(columns)) < 1e-6


@every_landscape
def test_many_points_at_once(land):
    x = somewhere(land).reshape(2, 3, land.d)
    f, g, H = land.second(x)
    assert (f.shape, g.shape, H.shape) == ((2, 3), x.shape, (*x.shape, land.d))
    for i in np.ndindex(2, 3):
        for many, one in zip((f, g, H), land.second(x[i]), strict=True):
            np.testing.assert_allclose(many[i], one, rtol=1e-12)


@every_landscape
def test_known_critical_points(land):
    for point in land.critical:
        _, g, H = land.second(np.array(point.x))
        assert np.linalg.norm(g) < 1e-3 * max(1, np.abs(H).max()) * 1e-2
        assert kind(H) == point.kind


@every_landscape
def test_convexity_by_chords(land):
    broken = violating_chord(land.f, land.box)
    assert (broken is None) == land.convex
    if broken:
        middle = (1 - broken.t) * broken.a + broken.t * broken.b
        straight = (1 - broken.t) * land.f(broken.a) + broken.t * land.f(broken.b)
        assert land.f(middle) - straight == pytest.approx(broken.excess)
        assert broken.excess > 0


def test_a_chord_of_two_hills():
    line = chord(BASIN.f, [0.0], [4.0])
    assert 0 < line.t < 0.5
    assert line.excess > 0.2
    assert chord(BOWL.f, [-2.0], [2.0]).excess == 0
    with pytest.raises(ValueError, match="b must have shape"):
        chord(BOWL.f, [0.0], [1.0, 2.0])


def test_rosenbrocks_published_numbers():
    f, g, H = ROSENBROCK.second([-1.2, 1])
    assert f == pytest.approx(24.2)
    np.testing.assert_allclose(g, [-215.6, -88])
    np.testing.assert_allclose(H, [[1330, 480], [480, 200]])
    x = np.array([0.3, 0.8])
    assert ROSENBROCK.f(x) == pytest.approx(rosen(x))
    np.testing.assert_allclose(ROSENBROCK.gradient(x), rosen_der(x))
    np.testing.assert_allclose(ROSENBROCK.hessian(x), rosen_hess(x))
    w = np.linalg.eigvalsh(ROSENBROCK.hessian(np.array([1.0, 1.0])))
    assert w[1] / w[0] == pytest.approx(2508, abs=0.5)
    assert 2 / w[1] == pytest.approx(0.001997, abs=5e-7)


def test_quadratic_has_the_condition_it_says():
    for kappa, angle in ((1, 0), (30, 0), (30, 1.1)):
        np.testing.assert_allclose(np.linalg.eigvalsh(quadratic(kappa, angle).hessian(np.zeros(2))), [1, kappa])
    np.testing.assert_allclose(quadratic(10).hessian(np.zeros(2)), np.diag([1, 10]))


def test_clines_surface():
    points = critical_points(CLINE.second, CLINE.box)
    kinds = [p.kind for p in points]
    assert len(points) == 63
    assert [kinds.count(k) for k in ("minimum", "saddle", "maximum", "degenerate")] == [18, 29, 16, 0]
    # Index sum (minima and maxima +1, saddles −1) = winding number of the gradient along the boundary.
    assert winding_number(CLINE.gradient, CLINE.box) == 18 + 16 - 29 == 5
    lowest = sorted(points, key=lambda p: CLINE.f(p.x))[:2]
    for p in lowest:
        assert CLINE.f(p.x) == pytest.approx(-1.115402, abs=5e-7)
        assert p.kind == "minimum"
        np.testing.assert_allclose(np.abs(p.x), 0.42652, atol=5e-6)
        assert p.x[0] * p.x[1] < 0
    H = CLINE.hessian(np.zeros(2))
    np.testing.assert_allclose(H, [[4, 18], [18, 4]])
    np.testing.assert_allclose(np.linalg.eigvalsh(H), [-14, 22])


@pytest.mark.parametrize(("land", "turns"), [(SADDLE, -1), (MONKEY, -2), (quadratic(10.0, 0.3), 1), (HIMMELBLAU, 1)])
def test_the_winding_number_is_the_sum_of_the_indices(land, turns):
    """The monkey saddle's index is −2; Himmelblau's function has 4 minima, 4 saddles and a maximum."""
    assert winding_number(land.gradient, land.box) == turns
    around = winding_number(lambda x: -land.gradient(x), land.box)
    assert around == turns  # upside down, minima and maxima change places


def test_a_critical_point_on_the_edge_is_named():
    with pytest.raises(ValueError, match="points must be more"):
        winding_number(SADDLE.gradient, [(0, 1), (-1, 1)])


def cline_grid():
    axis = np.linspace(-3, 3, 61)
    return np.stack(np.meshgrid(axis, axis, indexing="ij"), axis=-1).reshape(-1, 2)


def test_how_often_descent_finds_clines_global_minimum():
    x = cline_grid()
    for _ in range(1500):
        x = x - 0.01 * CLINE.gradient(x)
    assert np.mean(CLINE.f(x) < -1.1153) == pytest.approx(0.141, abs=0.0005)


def test_where_pure_newton_ends_on_clines_surface():
    x = cline_grid()
    for _ in range(50):
        _, g, H = CLINE.second(x)
        x = x + direction(g, H)[0]
    _, g, H = CLINE.second(x)
    settled, w = np.linalg.norm(g, axis=1) < 1e-6, np.linalg.eigvalsh(H)
    shares = [np.mean(settled & s) for s in ((w > 0).all(1), (w[:, 0] < 0) & (w[:, 1] > 0), (w < 0).all(1))]
    np.testing.assert_allclose(shares, [0.28, 0.48, 0.21], atol=0.005)


@pytest.mark.parametrize("box", [(0, 1), (-1, 0)])
def test_a_critical_point_on_the_edge_of_the_box_is_in_it(box):
    square = lambda x: (x[..., 0] ** 2, 2 * x, np.full((*x.shape, 1), 2.0))  # noqa: E731
    assert critical_points(square, [box], starts=5) == (((0.0,), "minimum"),)


def test_critical_points_of_the_others():
    for land in (HIMMELBLAU, SADDLE, BOWL, BASIN):
        found = critical_points(land.second, land.box, starts=31)
        assert len(found) == len(land.critical)
        for known in land.critical:
            near = min(found, key=lambda p, known=known: np.linalg.norm(np.subtract(p.x, known.x)))
            np.testing.assert_allclose(near.x, known.x, atol=1e-6)
            assert near.kind == known.kind
    # Rastrigin's in [−1.2, 1.2]²: 3 minima and 2 maxima along each axis, so 9, 4 and 12 saddles.
    kinds = [p.kind for p in critical_points(RASTRIGIN.second, [(-1.2, 1.2)] * 2, starts=41)]
    assert [kinds.count(k) for k in ("minimum", "maximum", "saddle")] == [9, 4, 12]


def test_kinds():
    assert [kind(np.diag(w)) for w in ([1, 2], [-1, -2], [1, -2], [0, 1])] == [
        "minimum",
        "maximum",
        "saddle",
        "degenerate",
    ]
    assert kind(MONKEY.hessian(np.zeros(2))) == "degenerate"
    # x² − y² + z³: up along x and down along y, whatever z does, so the 0 leaves nothing open.
    assert kind(np.diag([2.0, -2.0, 0.0])) == "saddle"
    assert kind(np.diag([2.0, 1.0, 0.0])) == kind(np.diag([-2.0, -1.0, 0.0])) == "degenerate"


def test_a_landscape_is_named_in_print():
    assert repr(ROSENBROCK) == "Landscape('Rosenbrock')"


def test_what_one_minimum_does_and_does_not_say():
    x = np.linspace(-4, 4, 801)[:, None]
    assert (np.diff(EXPONENTIAL.f(x)) > 0).all()  # convex, no minimiser
    assert np.sum(VALLEY_FLOOR.f(x) == 0) == 201  # convex, many
    assert np.sum(np.diff(np.sign(BASIN.gradient(x)[:, 0])) != 0) == 2  # one critical point (0 itself), not convex


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: ROSENBROCK.f([1.0]), r"x must have shape \(…, 2\) on Rosenbrock"),
        (lambda: ROSENBROCK.second(3.0), "its shape is"),
        (lambda: quadratic(0.5), r"kappa must be a number in \[1"),
        (lambda: quadratic(2, np.nan), "angle must be a finite number"),
    ],
)
def test_bad_input(call, says):
    with pytest.raises(ValueError, match=says):
        call()


def test_rastrigins_box_is_the_usual_one():
    # Rastrigin (1974), as every collection of test functions has it: |x| ≤ 5.12, where f has 11² minima.
    assert RASTRIGIN.box == ((-5.12, 5.12),) * 2
    starts = [(x, y) for x in range(-5, 6) for y in range(-5, 6)]
    ends = descend(Newton(), RASTRIGIN, np.array(starts, float), 20).x[-1]
    assert len({tuple(end) for end in ends.round(6)}) == 121
    assert (np.abs(ends) <= 5.12).all()
