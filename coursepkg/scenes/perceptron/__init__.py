"""Chapter 1's explorables: the neuron, the perceptron rule on gates and on flowers, and a template for digits."""

from .boundary import bands, neuron
from .digits import TEMPLATE, smudged, template
from .iris import flower_run, flowers
from .rule import nudge

__all__ = ["TEMPLATE", "bands", "flower_run", "flowers", "neuron", "nudge", "smudged", "template"]
