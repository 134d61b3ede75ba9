"""The digits 0 and 1 on a grid of 7 rows and 5 columns, as drawn in A. Moradi's "Artificial Neural Networks"."""

import numpy as np

from ..convolution import shift as moved
from ..validate import choice

_INK = {
    0: ".....  .###.  .#.#.  .#.#.  .#.#.  .###.  .....",
    1: ".....  ..#..  .##..  ..#..  ..#..  ..#..  .....",
}

DIGITS_7X5: dict[int, np.ndarray] = {
    k: np.array([[float(pixel == "#") for pixel in row] for row in ink.split()]) for k, ink in _INK.items()
}
for _bitmap in DIGITS_7X5.values():
    _bitmap.flags.writeable = False


def digit(k: int, shift: int = 0) -> np.ndarray:
    """The bitmap (7, 5) of digit k (0 or 1), 1.0 for ink, moved `shift` columns to the right; what leaves is lost.

    Raises ValueError for another k or a shift beyond the five columns.

    >>> digit(1, shift=1)[2]
    array([0., 0., 1., 1., 0.])
    """
    bitmap = DIGITS_7X5[choice("digit", k, DIGITS_7X5)]
    choice("shift", shift, range(-5, 6))
    return moved(bitmap, columns=shift)
