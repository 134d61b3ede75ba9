"""Figures of the course: the house style, and artists that draw an engine's result and update in place."""

from .diagram import NeuronDiagram
from .network import NetworkDiagram
from .pixels import Pixels
from .plane import Plane, boundary, half_plane
from .region import outline, regions
from .style import BLUE, FAINT, GREEN, INK, ORANGE, PURPLE, VERMILLION, figure

__all__ = [
    "BLUE",
    "FAINT",
    "GREEN",
    "INK",
    "ORANGE",
    "PURPLE",
    "VERMILLION",
    "NetworkDiagram",
    "NeuronDiagram",
    "Pixels",
    "Plane",
    "boundary",
    "figure",
    "half_plane",
    "outline",
    "regions",
]
