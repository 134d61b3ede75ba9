"""A function made of parabolas, as a path with no rounding and hardly any points."""

from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.path import Path


def parabolas(knots: Sequence[float], f: Callable[[np.ndarray], np.ndarray]) -> Path:
    """The graph of f between the first and the last of ``knots`` (k,), for f quadratic between any two neighbours.

    A parabola is a quadratic Bézier curve whose control point is given by its values at both ends and halfway.
    """
    x = np.asarray(knots, float)
    middle = (x[:-1] + x[1:]) / 2
    y, y_middle = np.asarray(f(x), float), np.asarray(f(middle), float)
    control = np.column_stack([middle, 2 * y_middle - (y[:-1] + y[1:]) / 2])
    ends = np.column_stack([x, y])
    vertices = np.concatenate([ends[:1], np.stack([control, ends[1:]], axis=1).reshape(-1, 2)])
    return Path(vertices, [Path.MOVETO] + [Path.CURVE3] * (2 * len(middle)))
