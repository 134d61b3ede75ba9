"""Chapter 3's explorables: activations and their slopes, gradients on their way through a chain, and where weights
should start."""

from .chain import chain_factors, heard, steepest, whisper
from .signals import SAMPLES, STARTS, WIDTH, fresh, signals, sizes, spread
from .slopes import slope_bank
from .starts import FLOOR, start_right
from .table import TABLE, breaks, one_sided, rounded

__all__ = [
    "FLOOR",
    "SAMPLES",
    "STARTS",
    "TABLE",
    "WIDTH",
    "breaks",
    "chain_factors",
    "fresh",
    "heard",
    "one_sided",
    "rounded",
    "signals",
    "sizes",
    "slope_bank",
    "spread",
    "start_right",
    "steepest",
    "whisper",
]
