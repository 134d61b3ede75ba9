"""Chapter 2's explorables: the multilayer perceptron and XOR."""

from .fold import between, fold_the_plane, strip
from .linear import linear_tower, percent
from .pieces import WAVE_BEND, build_any_function, knots, wave, wave_error
from .runs import DATA, WIDTHS, points, trained
from .towers import GRID, image
from .training import CELLS, REACH, train_it

__all__ = [
    "CELLS",
    "DATA",
    "GRID",
    "REACH",
    "WAVE_BEND",
    "WIDTHS",
    "between",
    "build_any_function",
    "fold_the_plane",
    "image",
    "knots",
    "linear_tower",
    "percent",
    "points",
    "strip",
    "train_it",
    "trained",
    "wave",
    "wave_error",
]
