"""Derivatives by finite differences: the judge of every derivative written by hand, and second derivatives."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from .oracles import oracle as asked
from .validate import Seed, count, finite, function, generator, positive


def numerical_gradient(f: Callable[[np.ndarray], float], x: Any, h: float = 1e-5) -> np.ndarray:
    """∇f(x) by central differences, (f(x + hᵢeᵢ) − f(x − hᵢeᵢ)) / 2hᵢ with hᵢ = h · max(1, |xᵢ|).

    f takes an array of x's shape (any) and returns a number; the result has that shape. The error is O(h²) from the
    differences plus O(10⁻¹⁶/h) from rounding; h = 10⁻⁵ is near the best of both. ValueError for an x that is not
    finite, h ≤ 0, or an f that does not give one number.

    >>> numerical_gradient(lambda x: x[0] ** 2 * x[1], [3.0, 2.0]).round(6)
    array([12.,  9.])
    """
    f = function("f", f, "f")
    positive("h", h)
    x = finite("x", x).astype(float)
    gradient = np.empty_like(x)
    for i in np.ndindex(x.shape):
        step = h * max(1.0, abs(x[i]))
        above, below = x.copy(), x.copy()
        above[i] += step
        below[i] -= step
        rise = np.asarray(f(above)) - f(below)
        if rise.shape not in {(), (1,)}:
            raise ValueError(f"f must give one number, but it gives an array of shape {rise.shape}")
        gradient[i] = rise.item() / (above[i] - below[i])
    return gradient


def relative_error(a: Any, b: Any, floor: float = 1e-3) -> float:
    """‖a − b‖ / max(floor, ‖a‖ + ‖b‖), a number from 0 to 1, for arrays of one shape (else ValueError).

    The floor keeps two gradients that are both nearly zero from counting as different.

    >>> relative_error([1.0, 0.0], [1.0, 0.0])
    0.0
    """
    a = finite("a", a)
    b = finite("b", b, a.shape)
    positive("floor", floor)
    return float(np.linalg.norm(a - b)) / max(floor, float(np.linalg.norm(a) + np.linalg.norm(b)))


class GradientCheck(NamedTuple):
    """The relative error of a gradient, and the entry (an index) that is furthest off, by formula and by difference."""

    error: float
    worst: tuple[int, ...]
    formula: float
    difference: float


def check_gradient(oracle: Callable[[np.ndarray], tuple[Any, np.ndarray]], x: Any, h: float = 1e-5) -> GradientCheck:
    """Compare the gradient that oracle(x) = (f, ∇f) returns with central differences of its f, at x (any shape).

    An error below 10⁻⁶ is right; above 10⁻³ almost surely wrong; between them look for a kink near x. ValueError if the
    gradient has another shape than x.

    >>> check_gradient(lambda x: (x @ x, 2 * x), [1.0, 2.0]).error < 1e-9
    True
    >>> check_gradient(lambda x: (x @ x, x * [2, 1]), [1.0, 2.0]).worst
    (1,)
    """
    x = finite("x", x).astype(float)
    oracle = asked("oracle", oracle)
    formula = finite("the gradient", oracle(x)[1], x.shape)
    difference = numerical_gradient(lambda x: float(oracle(x)[0]), x, h)
    worst = np.unravel_index(int(np.argmax(np.abs(formula - difference))), x.shape)
    return GradientCheck(
        relative_error(formula, difference),
        tuple(int(i) for i in worst),
        float(formula[worst]),
        float(difference[worst]),
    )


def hessian_vector(gradient: Callable[[np.ndarray], np.ndarray], x: Any, v: Any, h: float = 1e-5) -> np.ndarray:
    """H v (d,) without H: (∇f(x + εv) − ∇f(x − εv)) / 2ε, ε = h max(1, ‖x‖)/‖v‖, for x and v (d,).

    Two gradients instead of the d that H takes. ValueError if sizes do not match or values are not finite.

    >>> hessian_vector(lambda x: x**3, [1.0, 2.0], [1.0, 1.0]).round(6)
    array([ 3., 12.])
    """
    gradient = function("gradient", gradient, "gradient")
    positive("h", h)
    x = finite("x", x, ("d",)).astype(float)
    v = finite("v", v, x.shape)
    length = np.linalg.norm(v)
    if length == 0:
        return np.zeros_like(x)
    eps = h * max(1.0, float(np.linalg.norm(x))) / length
    above, below = (finite("the gradient", gradient(x + by * v), x.shape) for by in (eps, -eps))
    return (above - below) / (2 * eps)


def numerical_hessian(gradient: Callable[[np.ndarray], np.ndarray], x: Any, h: float = 1e-5) -> np.ndarray:
    """H (d, d) at x (d,), a column for each H eᵢ, made symmetric: for a small network, say. Errors as above.

    >>> numerical_hessian(lambda x: np.array([2 * x[0] + x[1], x[0]]), [1.0, 2.0]).round(6)
    array([[2., 1.],
           [1., 0.]])
    """
    x = finite("x", x, ("d",))
    H = np.array([hessian_vector(gradient, x, e, h) for e in np.eye(len(x))])
    return (H + H.T) / 2


def sharpness(gradient: Callable[[np.ndarray], np.ndarray], x: Any, steps: int = 100, seed: Seed = 0) -> float:
    """The eigenvalue of H at x (d,) that is largest in size; of two that are equally large, the positive one.

    By Lanczos' method (1950) on H v, from a random v: after k steps it knows the extreme eigenvalues on the span of v,
    H v, … H^(k−1) v. It ends when what is left over is 10⁻⁶ of the eigenvalue, at the latest after d steps, as it does
    if none but few eigenvalues differ. ValueError if `steps` ≥ 1 are too few. At a minimum it is what η < 2/sharpness
    speaks of.

    >>> round(sharpness(lambda x: np.array([1.0, 5.0]) * x, [0.0, 0.0]), 6)
    5.0
    """
    count("steps", steps)
    x = finite("x", x, ("d",))
    v = generator("seed", seed).standard_normal(len(x))
    basis = [v / np.linalg.norm(v)]
    alphas: list[float] = []
    betas: list[float] = []
    for _ in range(min(steps, len(x))):
        w = hessian_vector(gradient, x, basis[-1])
        alphas.append(float(basis[-1] @ w))
        for _ in range(2):  # twice, since once leaves the rounding that makes plain Lanczos forget its first vectors
            w = w - np.array(basis).T @ (np.array(basis) @ w)
        values, vectors = np.linalg.eigh(np.diag(alphas) + np.diag(betas, 1) + np.diag(betas, -1))
        largest = max(values, key=lambda value: (round(abs(value) / max(np.abs(values).max(), 1e-300), 6), value))
        left = float(np.linalg.norm(w))
        ends = np.abs(vectors[-1][np.abs(values) >= 0.999 * abs(largest)]).max()
        if left * ends <= 1e-6 * abs(largest) or len(basis) == len(x):
            return float(largest)
        betas.append(left)
        basis.append(w / left)
    raise ValueError(f"steps must be more than {steps}: the largest eigenvalue has not settled")
