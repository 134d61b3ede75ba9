"""Chapter 6, stochastic gradients: the noise of batches, where momentum and AdaGrad lead, and Adam."""

from .adam import adam
from .constant import adagrad_step, momentum_step
from .noise import batch_noise, noise_picture
from .rmsprop import rmsprop, rmsprop_length
from .schedules import half_cosine, stairs
from .settling import ball_after, ball_variance

__all__ = [
    "adagrad_step",
    "adam",
    "ball_after",
    "ball_variance",
    "batch_noise",
    "half_cosine",
    "momentum_step",
    "noise_picture",
    "rmsprop",
    "rmsprop_length",
    "stairs",
]
