"""Chapter 6, stochastic gradients: the noise of batches, where momentum and AdaGrad lead, and Adam."""

from .adam import adam
from .constant import adagrad_step, momentum_step
from .noise import batch_noise, noise_picture

__all__ = ["adagrad_step", "adam", "batch_noise", "momentum_step", "noise_picture"]
