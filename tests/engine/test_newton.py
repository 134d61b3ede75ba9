import numpy as np
import pytest
from scipy.optimize import minimize, rosen, rosen_der, rosen_hess

from coursepkg.engine.descent import descend
from coursepkg.engine.landscapes import BOWL, CLINE, HIMMELBLAU, QUARTIC, ROSENBROCK, SADDLE, quadratic
from coursepkg.engine.newton import Newton, direction


def test_rosenbrock_from_the_classic_start():
    path = descend(Newton(), ROSENBROCK.second, [-1.2, 1.0], steps=7)
    expected = [24.2, 4.73188, 1411.845, 0.0559655, 0.313189, 1.85e-11]
    np.testing.assert_allclose(path.f[:5], expected[:5], rtol=1e-5)
    assert path.f[5] == pytest.approx(1.85e-11, rel=5e-3)
    np.testing.assert_allclose(path.x[-1], [1, 1], atol=1e-12)


def test_agrees_with_numpys_solve():
    x = np.array([0.3, -0.7])
    p, shift = direction(rosen_der(x), rosen_hess(x))
    np.testing.assert_allclose(p, -np.linalg.solve(rosen_hess(x), rosen_der(x)), rtol=1e-10)
    assert shift == 0


def test_one_step_on_a_quadratic():
    path = descend(Newton(), quadratic(100.0, 0.3).second, [1.0, -2.0], steps=1)
    assert np.linalg.norm(path.x[1]) < 1e-10


@pytest.mark.parametrize("x0", [-1.5, -1.1, -1, -0.9, -0.3, 0.5, 0.99, 1, 1.05, 1.5])
def test_newtons_trap(x0):
    # On √(1 + x²) pure Newton is x → −x³: it converges inside 1, cycles at 1, diverges beyond.
    path = descend(Newton(), BOWL.second, [x0], steps=20)
    k = min(5, len(path.x))
    np.testing.assert_allclose(path.x[1:k, 0], -(path.x[: k - 1, 0] ** 3), rtol=1e-6, atol=1e-15)
    if abs(x0) < 1:
        assert abs(path.x[-1, 0]) < 1e-6
    elif abs(x0) == 1:
        np.testing.assert_allclose(np.abs(path.x), 1, rtol=1e-6)
    else:
        assert path.outcome == "diverged"
        assert np.isfinite(path.x).all()
    for newton in (Newton(share=0.5), Newton(search=True)):
        settled = descend(newton, BOWL.second, [x0], steps=60)
        if newton.search or abs(x0) < 1.5:
            assert abs(settled.x[-1, 0]) < 1e-6


def test_damping_by_half_widens_the_basin_but_has_its_own():
    # x → ½(x − x³) converges iff |x| < √3.
    for x0, outcome in ((1.73, "stopped"), (1.74, "diverged")):
        assert descend(Newton(share=0.5), BOWL.second, [x0], steps=200).outcome == outcome


def test_line_search_reaches_rosenbrocks_minimum_downhill_all_the_way():
    path = descend(Newton(search=True), ROSENBROCK.second, [-1.2, 1.0], steps=40)
    np.testing.assert_allclose(path.x[-1], [1, 1], atol=1e-8)
    assert (np.diff(path.f) <= 0).all()
    theirs = minimize(rosen, [-1.2, 1.0], jac=rosen_der, hess=rosen_hess, method="Newton-CG", options={"xtol": 1e-9})
    np.testing.assert_allclose(path.x[-1], theirs.x, atol=1e-6)


def test_line_search_leaves_a_saddle_that_pure_newton_seeks():
    start = np.array([0.5, 0.1])
    pure = descend(Newton(), SADDLE.second, start, steps=3)
    np.testing.assert_allclose(pure.x[-1], 0, atol=1e-12)
    searched = descend(Newton(search=True), SADDLE.second, start, steps=20)
    assert searched.f[-1] < -100
    at_himmelblaus_top = descend(Newton(search=True), HIMMELBLAU.second, [-0.27, -0.92], steps=60)
    assert at_himmelblaus_top.f[-1] < 1e-10


def test_quartic_contracts_by_two_thirds():
    path = descend(Newton(), QUARTIC.second, [1.0], steps=20)
    np.testing.assert_allclose(path.x[1:, 0] / path.x[:-1, 0], 2 / 3, rtol=1e-9)


def test_a_singular_hessian_is_damped_and_said():
    oracle = lambda x: (x[0] ** 2 + x[1], np.array([2 * x[0], 1.0]), np.diag([2.0, 0.0]))  # noqa: E731
    step = next(Newton().steps(oracle, [1.0, 0.0]))
    assert step.shift == pytest.approx(2e-6)
    assert step.says == "singular Hessian, damped by 2e-06; whole step"
    assert np.isfinite(step.p).all()
    flat, shift = direction(np.array([3.0]), np.zeros((1, 1)))
    assert (flat[0], shift) == (-3, 1)
    assert next(Newton(share=0.25).steps(quadratic().second, [1.0, 1.0])).says == "0.25 of the step"


def test_where_nothing_descends_the_search_stands_still():
    uphill = lambda x: (-abs(x[0]), np.array([1.0]), np.eye(1))  # noqa: E731  its gradient lies
    lying = lambda x: (float(x[0] < 0), np.array([1.0]), np.eye(1))  # noqa: E731
    for oracle in (lying,):
        path = descend(Newton(search=True), oracle, [0.0], steps=3)
        np.testing.assert_array_equal(path.x, 0)
    assert descend(Newton(search=True), uphill, [-1.0], steps=1).x[1] == -2


@pytest.mark.parametrize(("drop", "taken"), [(1.5e-4, 1.0), (0.9e-4, 0.5)])
def test_armijo_asks_for_a_ten_thousandth_of_what_the_slope_promises(drop, taken):
    # With g = 1 and H = 1 the whole step is −1 and promises c · 1 = 1e-4; half of it needs half of that.
    def oracle(x):
        f = {0.0: 0.0, -1.0: -drop, -0.5: -0.6e-4}[float(x[0])]
        return f, np.array([1.0]), np.eye(1)

    assert next(Newton(search=True).steps(oracle, [0.0])).t == taken


@pytest.mark.parametrize("newton", [Newton(), Newton(0.5), Newton(search=True)], ids=repr)
def test_many_at_once_are_each_of_them(newton):
    starts = np.random.default_rng(0).uniform(-2, 2, (7, 2))
    many = descend(newton, CLINE.second, starts, steps=15)
    for i, start in enumerate(starts):
        np.testing.assert_allclose(many.x[:, i], descend(newton, CLINE.second, start, steps=15).x, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("share", [0, 1.5, -1, np.nan])
def test_bad_share(share):
    with pytest.raises(ValueError, match=r"share must be a number in \(0, 1\]"):
        Newton(share)
