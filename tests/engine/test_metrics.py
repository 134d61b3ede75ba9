import numpy as np
import pytest
from scipy.stats import binomtest
from sklearn.metrics import accuracy_score
from sklearn.metrics import confusion_matrix as reference

from coursepkg.engine.metrics import accuracy, classes, confusion_matrix, wilson_interval


def test_against_scikit_learn():
    rng = np.random.default_rng(0)
    y, yhat = rng.integers(0, 4, (2, 100))
    assert accuracy(y, yhat) == accuracy_score(y, yhat)
    np.testing.assert_array_equal(confusion_matrix(y, yhat, 4), reference(y, yhat))
    np.testing.assert_array_equal(confusion_matrix([0, 1], [0, 1], 3), np.diag([1, 1, 0]))


def test_many_networks_at_once():
    outputs = np.random.default_rng(0).standard_normal((3, 5, 2))
    labels = classes(outputs)
    assert labels.shape == (3, 5)
    np.testing.assert_array_equal(labels[1], outputs[1].argmax(axis=1))
    assert accuracy(labels[0], labels).shape == (3,)
    assert accuracy(labels[0], labels)[0] == 1
    np.testing.assert_array_equal(classes([[0.0], [-1e-9], [3.0]]), [1, 0, 1])


def test_bad_labels():
    with pytest.raises(ValueError, match="one label for each of the 2 in y"):
        accuracy([0, 1], [0, 1, 1])
    with pytest.raises(ValueError, match=r"y must have shape \(n,\)"):
        accuracy([], [])
    with pytest.raises(ValueError, match=r"y\[1\] is 2"):
        confusion_matrix([0, 2], [0, 1])
    with pytest.raises(ValueError, match=r"yhat\[0\] is -1"):
        confusion_matrix([0, 1], [-1, 1])
    with pytest.raises(ValueError, match="classes must be"):
        confusion_matrix([0], [0], 0)


@pytest.mark.parametrize(("right", "n"), [(354, 359), (0, 1), (342, 342), (9, 10), (1, 1000)])
def test_wilsons_interval_against_scipy(right, n):
    u = 1.959963984540054
    expected = binomtest(right, n).proportion_ci(0.95, method="wilson")
    assert wilson_interval(right, n, u) == pytest.approx(tuple(expected), abs=1e-12)


def test_the_ends_of_wilsons_interval_are_u_standard_deviations_away():
    for p in wilson_interval(18, 25, u=1.5):
        assert abs(18 / 25 - p) == pytest.approx(1.5 * (p * (1 - p) / 25) ** 0.5)


@pytest.mark.parametrize(
    ("right", "n", "u", "message"),
    [(1, 0, 1.96, "n must be"), (-1, 5, 1.96, "right must be"), (6, 5, 1.96, "right must be"), (1, 5, -1, "u must be")],
)
def test_bad_counts(right, n, u, message):
    with pytest.raises(ValueError, match=message):
        wilson_interval(right, n, u)
