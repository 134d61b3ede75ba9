import numpy as np
import pytest

from coursepkg.engine import validate


@pytest.mark.parametrize(
    ("value", "shape", "says"),
    [
        ([[1, 2], [3]], None, "rectangular"),
        (np.ma.array([1.0, 2.0], mask=[0, 1]), None, "no masked entries"),
        ([1, 2, 3], (2,), r"shape \(2,\).*is \(3,\)"),
        (np.zeros((0, 2)), ("n", "d"), r"\(n, d\) with no size 0.*\(0, 2\)"),
        ([1, np.nan], ("n",), r"X\[1\] is nan"),
        ([[1, -np.inf]], None, r"X\[0, 1\] is -inf"),
    ],
)
def test_finite_names_what_came(value, shape, says):
    with pytest.raises(ValueError, match=says):
        validate.finite("X", value, shape)


def test_finite_keeps_float32_and_turns_whole_numbers_into_floats():
    assert validate.finite("X", np.ones(2, np.float32)).dtype == np.float32
    assert validate.finite("X", [1, 2]).dtype == float


@pytest.mark.parametrize("value", [["a"], None, [1j], "1", [None, 1.0], {"a": 1}])
def test_finite_names_what_is_no_number(value):
    with pytest.raises(TypeError, match="X must be real numbers"):
        validate.finite("X", value)


def test_what_came_is_told_in_one_line_of_at_most_80_characters():
    assert validate.came("a" * 78) == f"'{'a' * 78}'"  # with its quotes
    assert [len(validate.came("\n" * n)) <= 80 for n in range(38, 170)] == [True] * 132
    assert validate.came("a" * 79).endswith("a…")


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, bool, int, np.uint64])
def test_whole_numbers_do_not_wrap_around(dtype):
    array = np.array([1, 0], dtype)
    assert validate.floats("z", array).dtype == np.float64
    assert (validate.floats("z", array) - 2).tolist() == [-1, -2]


@pytest.mark.parametrize("value", ["1", None, True, 1j, [1]])
def test_numbers_of_the_wrong_kind(value):
    for check in (validate.positive, validate.nonnegative, validate.real, validate.count):
        with pytest.raises(TypeError, match="eta must be a"):
            check("eta", value)


@pytest.mark.parametrize("value", [0, -1.0, np.inf, np.nan])
def test_positive_refuses(value):
    with pytest.raises(ValueError, match="eta must be a finite number > 0"):
        validate.positive("eta", value)


@pytest.mark.parametrize("value", [0, 1.5])
def test_count_refuses(value):
    with pytest.raises(ValueError, match="epochs must be a whole number >= 1"):
        validate.count("epochs", value)


@pytest.mark.parametrize(("value", "inside"), [(0, False), (1, True), (0.5, True), (1.1, False), (np.nan, False)])
def test_within_a_half_open_interval(value, inside):
    if inside:
        validate.within("p", value, 0, 1, open_low=True)
    else:
        with pytest.raises(ValueError, match=r"p must be a number in \(0, 1\]"):
            validate.within("p", value, 0, 1, open_low=True)


@pytest.mark.parametrize("bad", [[0, 2], [0, -1], [0, 0.5], [0, np.nan]])
def test_labels_refuse_anything_but_classes(bad):
    with pytest.raises(ValueError, match="labels from 0 to 1"):
        validate.labels("y", bad, 2)


def test_labels_count():
    with pytest.raises(ValueError, match=r"shape \(3,\).*is \(2,\)"):
        validate.labels("y", [0, 1], 3)


def test_choice_without_a_near_name_lists_the_allowed():
    with pytest.raises(ValueError, match=r"unknown gate 'qqq'. Allowed are 'AND', 'OR'"):
        validate.choice("gate", "qqq", ("AND", "OR"))
