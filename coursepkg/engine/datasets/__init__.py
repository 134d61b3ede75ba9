"""Data sets: logic gates, point clouds, curves, bitmaps of digits, and real measurements."""

from .bitmaps import DIGITS_7X5, digit
from .curves import noisy_polynomial
from .dataset import Dataset, takes_dataset
from .gates import GATES, boolean, gate
from .measured import digits, iris
from .plane import blobs, checkerboard, circles, clouds, moons, spirals

__all__ = ["DIGITS_7X5", "GATES", "Dataset", "blobs", "boolean", "checkerboard", "circles", "clouds", "digit"]
__all__ += ["digits", "gate", "iris", "moons", "noisy_polynomial", "spirals", "takes_dataset"]
