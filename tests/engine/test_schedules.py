import numpy as np
import pytest

from coursepkg.engine.schedules import Constant, Cosine, Inverse, Stairs, schedule


def test_values():
    assert [Constant(0.3)(k) for k in (1, 7)] == [0.3, 0.3]
    assert [Inverse(2)(k) for k in (1, 2, 8)] == [2, 1, 0.25]
    assert [Stairs(1, 0.5, 10)(k) for k in (1, 10, 11, 21)] == [1, 1, 0.5, 0.25]
    cosine = Cosine(0.2, 100)
    assert cosine(1) == 0.2
    assert cosine(51) == pytest.approx(0.1)
    assert cosine(101) == cosine(500) == 0
    assert (np.diff([cosine(k) for k in range(1, 102)]) < 0).all()


def test_numbers_become_constant_and_schedules_stay():
    assert schedule(0.1) == Constant(0.1)
    assert schedule(Inverse(1)) == Inverse(1)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: schedule(0), "eta must be a finite number > 0, but it is 0"),
        (lambda: schedule(lambda k: float("nan")), r"eta\(1\) must be a finite number >= 0, but it is nan"),
        (lambda: Inverse(-1), "eta must be"),
        (lambda: Stairs(1, factor=0), r"factor must be a number in \(0, 1\]"),
        (lambda: Stairs(1, every=0), "every must be a whole number"),
        (lambda: Cosine(1, 0), "steps must be a whole number"),
        (lambda: Cosine(np.nan, 5), "eta must be"),
    ],
)
def test_bad_schedules(call, says):
    with pytest.raises(ValueError, match=says):
        call()
