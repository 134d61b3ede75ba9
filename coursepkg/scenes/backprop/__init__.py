"""Chapter 4's explorables: backpropagation step by step, and why the loss must match the output."""

from .blame import blame_tape
from .deaf import wrong_and_deaf

__all__ = ["blame_tape", "wrong_and_deaf"]
