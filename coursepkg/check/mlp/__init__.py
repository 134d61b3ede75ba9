"""Chapter 2, the multilayer perceptron: XOR by hand, what the hidden layer sees, counting and collapsing."""

from .matrices import collapse, count_parameters
from .picture import hidden_plane
from .xor import xor_relu, xor_steps

__all__ = ["collapse", "count_parameters", "hidden_plane", "xor_relu", "xor_steps"]
