"""Linear regression: least squares by normal equations, QR and gradient descent; ridge and lasso."""

from typing import Any, NamedTuple

import numpy as np

from .datasets import takes_dataset
from .regularisers import L1
from .validate import choice, count, finite, nonnegative, positive, within


class LinearFit(NamedTuple):
    """Coefficients w (d,), the steps taken (0 for a closed form), and whether an iteration settled."""

    w: np.ndarray
    steps: int = 0
    converged: bool = True


def with_intercept(X: Any) -> np.ndarray:
    """X (n, d), finite, else ValueError, with a column of ones in front, (n, d + 1).

    >>> with_intercept([[2.0]])
    array([[1., 2.]])
    """
    X = finite("X", X, ("n", "d"))
    return np.column_stack([np.ones(len(X)), X])


def polynomial(x: Any, degree: int) -> np.ndarray:
    """1, x, x², …, x^degree as columns (n, degree + 1), for x (n,); degree ≥ 0, else ValueError.

    >>> polynomial([2.0, 3.0], 2)
    array([[1., 2., 4.],
           [1., 3., 9.]])
    """
    count("degree", degree, least=0)
    return np.vander(finite("x", x, ("n",)), degree + 1, increasing=True)


@takes_dataset
def squared_loss(X: Any, y: Any, w: Any) -> tuple[float, np.ndarray]:
    """½ ‖Xw − y‖²/n and its gradient Xᵀ(Xw − y)/n (d,): convex, whatever X (n, d), y (n,), w (d,).

    >>> squared_loss([[1.0], [1.0]], [0.0, 2.0], [1.0])
    (0.5, array([0.]))
    """
    X, y = _design(X, y)
    e = X @ finite("w", w, X.shape[1:]) - y
    return float(0.5 * (e @ e) / len(y)), X.T @ e / len(y)


@takes_dataset
def least_squares(X: Any, y: Any, method: str = "qr") -> np.ndarray:
    """w (d,) that minimises ‖Xw − y‖² for X (n, d), y (n,); maximum likelihood if the noise is normal (Gauss 1809).

    'normal' solves XᵀX w = Xᵀy, O(np² + p³), which squares the condition number; 'qr' solves Rw = Qᵀy with X = QR, and
    does not. ValueError if X has dependent columns (the minimiser is then not unique), or sizes do not match.

    >>> least_squares([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]], [1.0, 3.0, 5.0]).round(12)
    array([1., 2.])
    """
    X, y = _design(X, y)
    choice("method", method, ("normal", "qr"))
    rank = int(np.linalg.matrix_rank(X))
    if rank < X.shape[1]:
        raise ValueError(f"X has {X.shape[1]} columns of rank {rank}: some are dependent, and no w is the only best")
    if method == "normal":
        return np.linalg.solve(X.T @ X, X.T @ y)
    Q, R = np.linalg.qr(X)
    return np.linalg.solve(R, Q.T @ y)


def condition(X: Any) -> float:
    """κ = L/μ, the ratio of the extreme eigenvalues of XᵀX, for X (n, d): what slows gradient descent; inf if singular.

    >>> condition([[1.0, 0.0], [0.0, 3.0]])
    9.0
    """
    X = finite("X", X, ("n", "d"))
    s = np.linalg.svd(X, compute_uv=False)
    singular = len(s) < X.shape[1] or s[-1] <= np.finfo(float).eps * s[0]
    return float("inf") if singular else float((s[0] / s[-1]) ** 2)


@takes_dataset
def descend_squares(X: Any, y: Any, eta: float | None = None, steps: int = 1000, tol: float = 1e-10) -> LinearFit:
    """w (d,) by gradient descent on ½‖Xw − y‖²/n from zero, O(np) a step, until ‖∇L‖ < `tol`; X is (n, d), y (n,).

    η is 1/L without one given, L the largest eigenvalue of XᵀX/n; it diverges for η > 2/L, which raises ValueError.

    >>> descend_squares([[1.0], [1.0]], [0.0, 2.0]).w
    array([1.])
    """
    X, y = _design(X, y)
    count("steps", steps)
    nonnegative("tol", tol)
    L = float(np.linalg.norm(X, 2) ** 2 / len(y))
    eta = 1 / L if eta is None and L > 0 else 1.0 if eta is None else eta
    positive("eta", eta)
    if eta * L > 2:
        raise ValueError(f"eta must be at most 2/L = {2 / L:.4g} for descent not to diverge, but it is {eta}")
    w = np.zeros(X.shape[1])
    for k in range(steps + 1):
        g = X.T @ (X @ w - y) / len(y)
        if np.linalg.norm(g) < tol:
            return LinearFit(w, k, True)
        w = w - eta * g
    return LinearFit(w, steps, False)


@takes_dataset
def ridge(X: Any, y: Any, lam: float) -> np.ndarray:
    """w (d,) that minimises ½‖Xw − y‖² + ½λ‖w‖²: (XᵀX + λI) w = Xᵀy (Hoerl and Kennard 1970); λ > 0, or 0 if unique.

    All of w is penalised, an intercept column too: centre the data X (n, d), y (n,) instead.

    >>> ridge([[1.0], [1.0]], [1.0, 1.0], lam=2.0)
    array([0.5])
    """
    X, y = _design(X, y)
    nonnegative("lam", lam)
    if lam == 0:
        return least_squares(X, y)
    return np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)


def degrees_of_freedom(X: Any, lam: float) -> float:
    """Σ d²/(d² + λ) over the singular values d of X (n, d): how many coefficients ridge has in effect; λ ≥ 0.

    >>> degrees_of_freedom([[1.0, 0.0], [0.0, 2.0]], lam=1.0)
    1.3
    """
    nonnegative("lam", lam)
    squares = np.linalg.svd(finite("X", X, ("n", "d")), compute_uv=False) ** 2
    squares = squares[squares > 1e-24 * squares.max()]
    return float(np.sum(squares / (squares + lam)))


@takes_dataset
def lasso(X: Any, y: Any, lam: float, sweeps: int = 1000, tol: float = 1e-10) -> LinearFit:
    """w (d,) that minimises ½‖Xw − y‖² + λ‖w‖₁ by coordinate descent (Fu 1998); λ ≥ 0.

    X is (n, d), y (n,). Each coordinate in turn moves to its own best, a soft threshold; it ends when no coordinate
    moves by `tol` in a sweep. `steps` counts the sweeps.

    >>> lasso([[1.0, 0.0], [0.0, 1.0]], [3.0, 0.5], lam=1.0).w + 0.0
    array([2., 0.])
    """
    X, y = _design(X, y)
    nonnegative("lam", lam)
    count("sweeps", sweeps)
    nonnegative("tol", tol)
    w, residual, squares = np.zeros(X.shape[1]), y.astype(float), (X * X).sum(axis=0)
    penalty = L1(lam)
    for sweep in range(1, sweeps + 1):
        moved = 0.0
        for j in np.flatnonzero(squares):
            best = float(penalty.prox(w[j] + X[:, j] @ residual / squares[j], 1 / squares[j]))
            residual -= (best - w[j]) * X[:, j]
            moved, w[j] = max(moved, abs(best - w[j])), best
        if moved < tol:
            return LinearFit(w, sweep, True)
    return LinearFit(w, sweeps, False)


def dropout_penalty(X: Any, w: Any, p: float) -> float:
    """What inverted dropout of X (n, d) adds to ½‖Xw − y‖² on average: ½ p/(1−p) Σ_j ‖x_j‖² w_j², x_j column j.

    (Wager, Wang and Liang 2013.) Twice this for the loss without the ½. w is (d,); p in [0, 1), else ValueError.

    >>> dropout_penalty([[1.0], [2.0]], [3.0], p=0.5)
    22.5
    """
    within("p", p, 0, 1, open_high=True)
    X = finite("X", X, ("n", "d"))
    w = finite("w", w, X.shape[1:])
    return float(0.5 * p / (1 - p) * ((X * X).sum(axis=0) @ (w * w)))


def _design(X: Any, y: Any) -> tuple[np.ndarray, np.ndarray]:
    X = finite("X", X, ("n", "d"))
    return X, finite("y", y, X.shape[:1])
