"""Chapter 3, activations: a tanh out of a sigmoid, GELU's steepest and lowest points, and ELU's kink."""

from .elu import elu_picture, elu_slopes
from .gelu import falling, gelu_steepest
from .tanh import tanh_from_sigmoid

__all__ = ["elu_picture", "elu_slopes", "falling", "gelu_steepest", "tanh_from_sigmoid"]
