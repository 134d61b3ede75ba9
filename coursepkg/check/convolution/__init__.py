"""Convolution: a kernel by hand, the width of its map, and its parameters."""

from .kernel import convolved, kernel_parameters, map_size

__all__ = ["convolved", "kernel_parameters", "map_size"]
