"""Chapter 5, descent: the largest stable step, Newton's step and where it slows down, and a famous valley."""

from .newton import newton_step, power_factor
from .picture import loss_curves
from .step import largest_step, rosenbrock_valley

__all__ = ["largest_step", "loss_curves", "newton_step", "power_factor", "rosenbrock_valley"]
