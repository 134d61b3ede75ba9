"""Whether a hyperplane separates two classes, decided in whole numbers: rounding has no say in it."""

from math import gcd

import numpy as np

from .hull import nearest_to_origin


def separate(X: np.ndarray, y: np.ndarray) -> bool:
    """Whether a hyperplane has the rows of X (n, d) with y = 1 on one side, those with y = 0 on the other; y (n,).

    Floating-point numbers look for a hyperplane, and their answer counts if no rounding could change it. Else whole
    numbers decide: on the few rows that speak against one, and if those do not settle it, on all.

    >>> separate(np.array([[1e9], [1e9 + 1]]), np.array([0, 1]))
    True
    """
    P = np.where(y == 1, 1, -1).astype(object)[:, None] * np.column_stack([whole(X), np.ones(len(X), object)])
    near = (P / np.maximum(np.abs(P).max(axis=0), 1)).astype(float)
    found = nearest_to_origin(near)
    doubt = 1e-15 * near.shape[1] * (np.abs(near) @ np.abs(found.x))
    if (near @ found.x > doubt).all():
        return True
    return one_sided(P[found.rows]) and one_sided(P)


def whole(X: np.ndarray) -> np.ndarray:
    """X (n, d), finite floats, as Python's whole numbers (n, d): each column shifted and scaled, without rounding.

    Separability changes under neither. A float is a whole number over a power of two, so the largest of a column's
    denominators is common to all of it.

    >>> whole(np.array([[10000.0, 0.25], [10001.0, 0.75]]))
    array([[0, 0],
           [1, 1]], dtype=object)
    """
    columns = []
    for column in X.T:
        ratios = [float(x).as_integer_ratio() for x in column]
        common = max(below for _, below in ratios)
        numbers = [above * (common // below) for above, below in ratios]
        numbers = [number - numbers[0] for number in numbers]
        unit = gcd(*numbers) or 1
        columns.append([number // unit for number in numbers])
    return np.array(columns, dtype=object).T


def one_sided(P: np.ndarray) -> bool:
    """Whether some v has P v > 0 in every row of the whole numbers P (m, k): they lie on one side of a hyperplane.

    Either there is such a v, or weights λ ≥ 0 of sum 1 bring the rows to Pᵀλ = 0 (Gordan 1873). The weights are looked
    for by the simplex method in whole numbers (Edmonds 1967), with the rule of Bland (1977), under which it ends.

    >>> one_sided(np.array([[1, 2], [2, -1]], dtype=object)), one_sided(np.array([[1, 1], [-1, -1]], dtype=object))
    (True, False)
    """
    m, k = P.shape
    # Rows: Pᵀλ = 0 and Σλ = 1, each with an artificial variable that is in the basis first; last, the sum of all rows,
    # which has to come down to 0. Column m holds the right-hand sides.
    T = np.zeros((k + 2, m + 1), dtype=object)
    T[:k, :m], T[k] = P.T, 1
    T[-1] = T[:-1].sum(axis=0)
    basis, denominator = [m + i for i in range(k + 1)], 1
    while T[-1, m] > 0:
        gains = np.flatnonzero(T[-1, :m] > 0)
        if not len(gains):
            return True
        j = int(gains[0])
        rows = [i for i in range(k + 1) if T[i, j] > 0]
        # Bland: of the rows whose quotient is least, the one whose variable comes first.
        i = rows[0]
        for other in rows[1:]:
            ahead = T[other, m] * T[i, j] - T[i, m] * T[other, j]
            if ahead < 0 or (ahead == 0 and basis[other] < basis[i]):
                i = other
        pivot, row = T[i, j], T[i].copy()
        # All of T is over one denominator, and this division leaves no remainder.
        T = (T * pivot - np.outer(T[:, j], row)) // denominator
        T[i], denominator, basis[i] = row, pivot, j
    return False
