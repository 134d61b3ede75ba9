"""Figures of the course: the house style, and artists that draw an engine's result and update in place."""

from .diagram import NeuronDiagram
from .pixels import Pixels
from .plane import Plane, boundary, half_plane
from .style import BLUE, FAINT, GREEN, INK, ORANGE, PURPLE, VERMILLION, figure

__all__ = [
    "BLUE",
    "FAINT",
    "GREEN",
    "INK",
    "ORANGE",
    "PURPLE",
    "VERMILLION",
    "NeuronDiagram",
    "Pixels",
    "Plane",
    "boundary",
    "figure",
    "half_plane",
]
