"""The house style: one set of inks and sizes for every figure of the course.

Blue is positive, or class 1, and drawn filled or solid; vermillion is negative, or class 0, and drawn hollow
or dashed, so that no figure needs its colours to be understood.
"""

from ..explorable.style import BLUE, FAINT, GREEN, INK, ORANGE, PAPER, PURPLE, VERMILLION, figure

__all__ = ["BLUE", "FAINT", "GREEN", "INK", "ORANGE", "PAPER", "PURPLE", "VERMILLION", "figure"]
