"""Chapter 1, the perceptron: gates by hand and by counting, the rule, and the picture of its boundary."""

from .gates import count_separable, nand, xor_clash
from .picture import boundary
from .rule import and_weights, eta_start, perceptron_rule

__all__ = ["and_weights", "boundary", "count_separable", "eta_start", "nand", "perceptron_rule", "xor_clash"]
