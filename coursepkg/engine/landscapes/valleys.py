"""Two landscapes of one variable, as functions of x (…, 1): one valley, and two of unequal depth."""

from typing import Any

import numpy as np

from .critical import Critical
from .line import MINIMUM, line


def _parabola(x: Any) -> tuple[Any, Any, Any]:
    return 0.5 * x * x, x, np.ones_like(x)


def _two_valleys(x: Any) -> tuple[Any, Any, Any]:
    q = x * x - 1
    return 0.25 * q * q + 0.15 * x, q * x + 0.15, 3 * x * x - 1


PARABOLA = line("½x²", _parabola, MINIMUM, 2, True, "gradient descent maps x to (1 − η) x")
TWO_VALLEYS = line(
    "¼(x² − 1)² + 0.15 x",
    _two_valleys,
    (
        Critical((-1.067923014,), "minimum"),
        Critical((0.153625698,), "maximum"),
        Critical((0.914297316,), "minimum"),
    ),
    2,
    False,
    "the start decides which valley is found",
)
