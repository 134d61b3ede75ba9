"""Batch normalisation: a layer that gives each unit mean β and standard deviation γ over the batch."""

from dataclasses import dataclass

import numpy as np

from .initialisers import Initialiser
from .layers import Mode, Pullback
from .validate import count, within


@dataclass(frozen=True)
class BatchNorm:
    """γ (z − μ)/√(σ² + ε) + β for each unit (Ioffe and Szegedy 2015), theta = γ (width,), then β (width,).

    In training μ and σ² are the batch's own; a share `rho` of them flows into the running statistics, which are used in
    evaluation: mean (width,), then variance (width,), the latter unbiased as in their Algorithm 2.
    """

    width: int
    epsilon: float = 1e-5
    rho: float = 0.1

    def __post_init__(self) -> None:
        count("width", self.width)
        within("epsilon", self.epsilon, 0, 1, open_low=True)
        within("rho", self.rho, 0, 1, open_low=True)

    @property
    def size(self) -> int:
        """The number of parameters, 2 · width."""
        return 2 * self.width

    @property
    def states(self) -> int:
        """The number of running statistics, 2 · width."""
        return 2 * self.width

    def start(self, rng: np.random.Generator, initialiser: Initialiser) -> np.ndarray:
        """First parameters (size,): γ = 1, β = 0."""
        return np.repeat([1.0, 0.0], self.width)

    def forward(self, theta: np.ndarray, Z: np.ndarray, mode: Mode) -> tuple[np.ndarray, Pullback]:
        """The normalised batch, of Z's shape (…, width, n), and its pullback.

        ValueError without running statistics, or in training on a single sample.
        """
        n, w = Z.shape[-1], self.width
        gamma, beta = theta[..., :w, None], theta[..., w:, None]
        if mode.running is None:
            raise ValueError("batch normalisation needs its running statistics: Mode(running=net.running())")
        if mode.train and n < 2:
            raise ValueError(f"batch normalisation needs at least 2 samples to train on, but the batch has {n}")
        mean, variance = mode.running[..., :w], mode.running[..., w:]
        mu, var = (Z.mean(axis=-1), Z.var(axis=-1)) if mode.train else (mean, variance)
        if mode.train:
            mean += self.rho * (mu - mean)
            variance += self.rho * (var * n / (n - 1) - variance)
        scale = (1 / np.sqrt(var + self.epsilon))[..., None].astype(Z.dtype, copy=False)
        X = (Z - mu[..., None].astype(Z.dtype, copy=False)) * scale

        def pullback(D: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
            dgamma, dbeta = (D * X).sum(axis=-1), D.sum(axis=-1)
            dX = gamma * D
            if mode.train:
                dX = dX - dX.mean(axis=-1, keepdims=True) - X * (dX * X).mean(axis=-1, keepdims=True)
            return np.concatenate([dgamma, dbeta], axis=-1), scale * dX

        return gamma * X + beta, pullback
