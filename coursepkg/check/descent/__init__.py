"""Chapter 5, descent: the largest stable step, Newton's step and where it slows down, and a famous valley."""

from .ball import ball_constants, ball_step
from .newton import newton_step, power_factor
from .picture import loss_curves
from .scaling import scaled_condition, standardised
from .step import largest_step, rosenbrock_valley
from .stopping import backtrack, first_flat, steps_to

__all__ = [
    "backtrack",
    "ball_constants",
    "ball_step",
    "first_flat",
    "largest_step",
    "loss_curves",
    "newton_step",
    "power_factor",
    "rosenbrock_valley",
    "scaled_condition",
    "standardised",
    "steps_to",
]
