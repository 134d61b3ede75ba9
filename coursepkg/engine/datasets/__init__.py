"""Data sets: logic gates, point clouds, bitmaps of digits, and real measurements."""

from .bitmaps import DIGITS_7X5, digit
from .dataset import Dataset
from .gates import GATES, boolean, gate
from .measured import iris
from .plane import clouds

__all__ = ["DIGITS_7X5", "GATES", "Dataset", "boolean", "clouds", "digit", "gate", "iris"]
