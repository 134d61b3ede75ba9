"""The counts against the textbook algorithms, run on numbers that count their own multiplications."""

import numpy as np
import pytest

from coursepkg.engine import costs
from coursepkg.engine.linear import least_squares


class Counting:
    """A number that counts the multiplications and divisions of its kind."""

    done = 0

    def __init__(self, value):
        self.value = float(value)

    def __add__(self, other):
        return Counting(self.value + getattr(other, "value", other))

    __radd__ = __add__

    def __sub__(self, other):
        return Counting(self.value - other.value)

    def __mul__(self, other):
        Counting.done += 1
        return Counting(self.value * other.value)

    def __truediv__(self, other):
        Counting.done += 1
        return Counting(self.value / other.value)

    def sqrt(self):
        return Counting(self.value**0.5)


def counting(array):
    return np.vectorize(Counting, otypes=[object])(array)


def values(array):
    return np.array([number.value for number in array])


def forward(L, b):
    x = []
    for i in range(len(b)):
        rest = b[i]
        for k in range(i):
            rest = rest - L[i][k] * x[k]
        x.append(rest / L[i][i])
    return x


def backward(R, b):
    flipped = [row[::-1] for row in R[::-1]]
    return forward(flipped, b[::-1])[::-1]


def by_descent(X, y, w, eta):
    return w - (X.T @ (X @ w - y)) * eta


def by_normal_equations(X, y):
    p = X.shape[1]
    G = [[sum(X[:, i] * X[:, j], Counting(0)) for j in range(i + 1)] for i in range(p)]
    right = X.T @ y
    C = [[Counting(0)] * p for _ in range(p)]
    for j in range(p):
        for i in range(j, p):
            rest = G[i][j]
            for k in range(j):
                rest = rest - C[i][k] * C[j][k]
            C[i][j] = rest.sqrt() if i == j else rest / C[j][j]
    return backward([list(row) for row in zip(*C, strict=True)], forward(C, list(right)))


def by_gram_schmidt(X, y):
    p, X = X.shape[1], X.copy()
    R = [[Counting(0)] * p for _ in range(p)]
    for j in range(p):
        R[j][j] = sum(X[:, j] * X[:, j], Counting(0)).sqrt()
        X[:, j] = X[:, j] / R[j][j]
        for k in range(j + 1, p):
            R[j][k] = sum(X[:, j] * X[:, k], Counting(0))
            X[:, k] = X[:, k] - X[:, j] * R[j][k]
    return backward(R, list(X.T @ y))


@pytest.fixture(params=[(3, 1), (5, 2), (9, 4), (12, 7)], ids=str)
def data(request):
    rng = np.random.default_rng(0)
    n, p = request.param
    Counting.done = 0
    return rng.standard_normal((n, p)), rng.standard_normal(n)


def test_a_step_of_descent(data):
    X, y = data
    w = np.linspace(0, 1, X.shape[1])
    found = by_descent(*map(counting, data), counting(w), Counting(0.1))
    assert Counting.done == costs.descent_step(*X.shape)
    np.testing.assert_allclose(values(found), w - 0.1 * X.T @ (X @ w - y))


@pytest.mark.parametrize(
    ("solve", "cost"), [(by_normal_equations, costs.normal_equations), (by_gram_schmidt, costs.qr)]
)
def test_the_direct_ways(data, solve, cost):
    X, y = data
    found = solve(*map(counting, data))
    assert Counting.done == cost(*X.shape)
    np.testing.assert_allclose(values(found), least_squares(X, y), rtol=1e-8)


@pytest.mark.parametrize("cost", [costs.descent_step, costs.normal_equations, costs.qr])
def test_sizes_are_counts(cost):
    with pytest.raises(ValueError, match="n must be"):
        cost(0, 1)
    with pytest.raises(ValueError, match="p must be"):
        cost(1, 0)
