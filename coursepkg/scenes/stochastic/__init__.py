"""Chapter 6: the noise of mini-batches, Adam's first steps, and a race with equal budgets."""

from .cold import cold_start
from .noise import noise_ball
from .race import fair_race

__all__ = ["cold_start", "fair_race", "noise_ball"]
