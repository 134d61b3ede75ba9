import numpy as np
import pytest

from coursepkg.engine.descent import descend
from coursepkg.engine.landscapes import EXPONENTIAL, ROSENBROCK, quadratic
from coursepkg.engine.newton import Newton
from coursepkg.engine.optimisers import GradientDescent


def test_divergence_is_named_with_its_step_and_leaves_no_nan():
    path = descend(GradientDescent(0.05), ROSENBROCK.first, [-1.2, 1.0], steps=500)
    assert path.outcome == "diverged"
    assert path.says == f"diverged at step {path.step}"
    assert path.step == path.diverged < 20
    assert len(path.x) == len(path.f) == path.step
    assert np.isfinite(path.x).all()
    assert np.isfinite(path.f).all()


def test_an_overflow_on_the_way_is_no_warning():
    # pytest turns warnings into errors, so a wreck of NaN would fail here.
    for optimiser, oracle in ((GradientDescent(50.0), EXPONENTIAL.first), (Newton(), EXPONENTIAL.second)):
        path = descend(optimiser, oracle, [5.0], steps=800)
        assert np.isfinite(path.x).all()


def test_convergence_is_named():
    path = descend(GradientDescent(0.1), quadratic(5.0).first, [1.0, 1.0], steps=1000, tol=1e-10)
    assert path.outcome == "converged"
    assert path.step == len(path.x) - 1 < 200
    assert abs(path.f[-1] - path.f[-2]) < 1e-10 <= abs(path.f[-2] - path.f[-3])
    assert path.says.endswith("converged")


def test_stopped_when_the_steps_run_out():
    path = descend(GradientDescent(0.1), quadratic(5.0).first, [1.0, 1.0], steps=7)
    assert (path.outcome, path.step, path.diverged) == ("stopped", 7, -1)
    assert path.x.shape == (8, 2)
    assert path.f.shape == (8,)
    assert len(descend(GradientDescent(0.1), quadratic(5.0).first, [1.0, 1.0], steps=0).x) == 1


def test_of_many_runs_the_lost_stand_still_and_the_others_go_on():
    starts = np.array([[1.0, 1.0], [0.0, 50.0], [0.5, 0.2]])
    path = descend(GradientDescent(0.002), ROSENBROCK.first, np.array([[0.9, 0.8], [0.2, 0.5], [3000.0, 0.0]]), 300)
    assert path.outcome == "diverged"
    assert path.diverged[0] == path.diverged[1] == -1 < path.diverged[2]
    assert path.step == path.diverged[2]
    assert np.isfinite(path.x).all()
    np.testing.assert_array_equal(path.x[path.step :, 2], np.tile(path.x[path.step - 1, 2], (301 - path.step, 1)))
    alone = descend(GradientDescent(0.002), ROSENBROCK.first, [0.9, 0.8], 300)
    np.testing.assert_allclose(path.x[:, 0], alone.x, rtol=1e-10)
    all_lost = descend(GradientDescent(1.0), quadratic(9.0).first, starts, 300)
    assert (all_lost.diverged > 0).all()
    assert len(all_lost.x) <= 300


def test_bad_input():
    with pytest.raises(ValueError, match=r"x\[1\] is inf"):
        descend(GradientDescent(), ROSENBROCK.first, [1, np.inf])
    with pytest.raises(ValueError, match="f at the start must be finite"):
        descend(GradientDescent(), EXPONENTIAL.first, [1e4])
    with pytest.raises(ValueError, match="steps must be"):
        descend(GradientDescent(), ROSENBROCK.first, [1, 1], steps=-1)
    with pytest.raises(ValueError, match="tol must be"):
        descend(GradientDescent(), ROSENBROCK.first, [1, 1], tol=0)
    with pytest.raises(ValueError, match="limit must be"):
        descend(GradientDescent(), ROSENBROCK.first, [1, 1], limit=0)
