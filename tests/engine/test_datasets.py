import numpy as np
import pytest
from sklearn.datasets import load_digits, load_iris, make_circles, make_moons

from coursepkg.engine import datasets
from coursepkg.engine.perceptron import separable

ALL = ("sepal length", "sepal width", "petal length", "petal width")


def test_gates_in_counting_order():
    for name, truth in {
        "AND": [0, 0, 0, 1],
        "OR": [0, 1, 1, 1],
        "NAND": [1, 1, 1, 0],
        "XOR": [0, 1, 1, 0],
    }.items():
        data = datasets.gate(name)
        np.testing.assert_array_equal(data.X, [[0, 0], [0, 1], [1, 0], [1, 1]])
        np.testing.assert_array_equal(data.y, truth)
        assert data.title == name
        assert data.names == ("x1", "x2")


def test_boolean_of_three_inputs():
    data = datasets.boolean([0, 0, 0, 1, 0, 1, 1, 1])
    np.testing.assert_array_equal(data.y, data.X.sum(axis=1) >= 2)
    assert data.names == ("x1", "x2", "x3")


@pytest.mark.parametrize("truth", [[], [1], [0, 1, 1], [0] * 6])
def test_a_truth_table_has_a_power_of_two_rows(truth):
    with pytest.raises(ValueError, match=f"it has {len(truth)}"):
        datasets.boolean(truth)


def test_unknown_gates_and_other_truths():
    with pytest.raises(ValueError, match=r"truth\[1\] is 2"):
        datasets.boolean([0, 2])
    with pytest.raises(ValueError, match="unknown gate 'and': did you mean 'AND'"):
        datasets.gate("and")


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("gap", [0.01, 0.5, 2.0])
def test_clouds_with_a_gap_are_separated_by_a_strip_of_its_width(seed, gap):
    data = datasets.clouds(n=51, gap=gap, seed=seed)
    along = data.X @ [np.sqrt(0.5), np.sqrt(0.5)]
    assert along[data.y == 1].min() - along[data.y == 0].max() == pytest.approx(gap)
    assert separable(data.X, data.y)
    assert data.X.shape == (51, 2)
    assert abs(np.sum(data.y) - 25.5) == 0.5


@pytest.mark.parametrize("seed", range(20))
def test_overlapping_clouds_are_not_separable(seed):
    data = datasets.clouds(gap=-1.0, seed=seed)
    assert not separable(data.X, data.y)


def test_same_seed_same_bytes():
    assert datasets.clouds(seed=5).X.tobytes() == datasets.clouds(seed=5).X.tobytes()
    assert datasets.clouds(seed=5).X.tobytes() != datasets.clouds(seed=6).X.tobytes()


def test_bad_clouds():
    with pytest.raises(ValueError, match="n must be a whole number >= 2"):
        datasets.clouds(n=1)
    with pytest.raises(ValueError, match="gap must be a finite number"):
        datasets.clouds(gap=np.nan)


def test_bitmaps_as_in_the_lecture():
    assert [int(datasets.DIGITS_7X5[k].sum()) for k in (0, 1)] == [12, 6]
    np.testing.assert_array_equal(datasets.digit(0)[1:6], [[0, 1, 1, 1, 0], *[[0, 1, 0, 1, 0]] * 3, [0, 1, 1, 1, 0]])
    np.testing.assert_array_equal(datasets.digit(1)[2], [0, 1, 1, 0, 0])
    for k in (0, 1):
        assert datasets.digit(k).shape == (7, 5)
        assert not datasets.digit(k)[[0, 6]].any()


@pytest.mark.parametrize("shift", range(-5, 6))
def test_shift_moves_columns_and_fills_with_zeros(shift):
    padded = np.pad(datasets.digit(0), ((0, 0), (5, 5)))
    np.testing.assert_array_equal(datasets.digit(0, shift), padded[:, 5 - shift : 10 - shift])


def test_bitmaps_are_safe_from_their_readers():
    datasets.digit(1)[:] = 9
    assert datasets.digit(1).max() == 1
    with pytest.raises(ValueError, match="read-only"):
        datasets.DIGITS_7X5[1][0, 0] = 1


def test_bad_digits():
    with pytest.raises(ValueError, match="unknown digit 2"):
        datasets.digit(2)
    with pytest.raises(ValueError, match="unknown shift 6"):
        datasets.digit(1, 6)


def test_iris_is_fishers_table():
    theirs = load_iris()
    ours = datasets.iris(theirs.target_names.tolist(), ALL)
    np.testing.assert_array_equal(ours.X, theirs.data)
    np.testing.assert_array_equal(ours.y, theirs.target)
    # The two flowers that differ in the UCI repository's copy.
    np.testing.assert_array_equal(ours.X[34], [4.9, 3.1, 1.5, 0.2])
    np.testing.assert_array_equal(ours.X[37], [4.9, 3.6, 1.4, 0.1])


def test_iris_selects_classes_and_columns_in_the_order_asked():
    data = datasets.iris(("virginica", "setosa"), ("petal width", "sepal length"))
    whole = load_iris().data
    np.testing.assert_array_equal(data.X, np.vstack([whole[100:], whole[:50]])[:, [3, 0]])
    np.testing.assert_array_equal(data.y, [0] * 50 + [1] * 50)
    assert data.names == ("petal width", "sepal length")
    assert data.title == "Iris: virginica and setosa"


def test_bad_iris():
    with pytest.raises(ValueError, match="unknown classes 'sertosa': did you mean 'setosa'"):
        datasets.iris(("sertosa",))
    with pytest.raises(ValueError, match="unknown features 'petal'"):
        datasets.iris(features="petal")
    with pytest.raises(ValueError, match="classes must hold each name once"):
        datasets.iris(("setosa", "setosa"))
    with pytest.raises(ValueError, match="at least one"):
        datasets.iris(features=())


def test_digits_are_scikit_learns():
    theirs, ours = load_digits(), datasets.digits()
    np.testing.assert_array_equal(ours.X, theirs.data)
    np.testing.assert_array_equal(ours.y, theirs.target)
    assert len(ours.names) == 64


@pytest.mark.parametrize("n", [40, 41])
def test_moons_and_circles_have_scikit_learns_shapes(n):
    for ours, theirs in (
        (datasets.moons(n, noise=0), make_moons(n, shuffle=False)),
        (datasets.circles(n, noise=0, ratio=0.8), make_circles(n, shuffle=False)),
    ):
        # They give the odd point to the second curve, we to the first.
        assert abs(np.sum(ours.y == 0) - np.sum(theirs[1] == 0)) == n % 2
        if n % 2 == 0:
            np.testing.assert_allclose(ours.X, theirs[0], atol=1e-12)
            np.testing.assert_array_equal(ours.y, theirs[1])


def test_spirals_are_archimedes():
    data = datasets.spirals(60, noise=0, turns=2)
    r, angle = np.hypot(*data.X.T), np.arctan2(data.X[:, 1], data.X[:, 0])
    for arm in (0, 1):
        own = data.y == arm
        turned = np.unwrap(angle[own])
        np.testing.assert_allclose(np.diff(turned), 4 * np.pi / 29)
        np.testing.assert_allclose(np.diff(r[own]), 2.75 / 29)
    np.testing.assert_allclose(data.X[data.y == 1], -data.X[data.y == 0], atol=1e-12)


def test_checkerboard_colours():
    data = datasets.checkerboard(2000, cells=3)
    for x, y, colour in zip(*data.X.T, data.y, strict=True):
        column, row = (int(np.searchsorted([-1 / 3, 1 / 3], v)) for v in (x, y))
        assert colour == (column + row) % 2


def test_blobs_sit_on_their_centres():
    data = datasets.blobs(3000, [[0, 0], [5, 1]], spread=0.5)
    for k, centre in enumerate([[0, 0], [5, 1]]):
        cloud = data.X[data.y == k]
        np.testing.assert_allclose(cloud.mean(axis=0), centre, atol=0.06)
        np.testing.assert_allclose(cloud.std(axis=0), 0.5, atol=0.03)


def test_noise_is_added_with_its_standard_deviation():
    for make in (datasets.moons, datasets.circles, datasets.spirals):
        noise = make(4000, noise=0.3).X - make(4000, noise=0).X
        assert noise.std() == pytest.approx(0.3, rel=0.05)
    curve = datasets.noisy_polynomial(4000, (1, -2, 3), noise=0.5)
    assert np.std(curve.y - (1 - 2 * curve.X[:, 0] + 3 * curve.X[:, 0] ** 2)) == pytest.approx(0.5, rel=0.05)
    assert np.abs(curve.X).max() <= 1


def test_the_curve_that_chapter_7_fits_is_2x3_minus_x():
    curve = datasets.noisy_polynomial(noise=0)
    np.testing.assert_allclose(curve.y, 2 * curve.X[:, 0] ** 3 - curve.X[:, 0], atol=1e-15)


MADE = ["blobs", "checkerboard", "circles", "moons", "noisy_polynomial", "spirals"]


@pytest.mark.parametrize("name", MADE)
def test_made_data_sets_follow_their_seed(name):
    make = getattr(datasets, name)
    assert make(seed=3).X.tobytes() == make(seed=3).X.tobytes() != make(seed=4).X.tobytes()
    data = make(37)
    assert data.X.shape == (37, len(data.names))
    assert data.y.shape == (37,)
    assert data.title


@pytest.mark.parametrize("name", MADE)
def test_made_data_sets_want_points(name):
    with pytest.raises(ValueError, match="n must be a whole number"):
        getattr(datasets, name)(0)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: datasets.moons(noise=-1), "noise must be"),
        (lambda: datasets.circles(ratio=1), r"ratio must be a number in \(0, 1\)"),
        (lambda: datasets.spirals(turns=0), "turns must be"),
        (lambda: datasets.checkerboard(cells=0), "cells must be"),
        (lambda: datasets.blobs(2), "n must be a whole number >= 3"),
        (lambda: datasets.blobs(centres=[1, 2]), r"centres must have shape \(k, 2\)"),
        (lambda: datasets.blobs(spread=0), "spread must be"),
        (lambda: datasets.noisy_polynomial(coefficients=[]), "coefficients must have shape"),
        (lambda: datasets.noisy_polynomial(noise=np.inf), "noise must be"),
    ],
)
def test_bad_made_data_sets(call, says):
    with pytest.raises(ValueError, match=says):
        call()
