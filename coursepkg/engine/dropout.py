"""Dropout: a layer that silences units at random while training."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from .initialisers import Initialiser
from .layers import Mode, Pullback
from .validate import within


@dataclass(frozen=True)
class Dropout:
    """Inverted dropout (Srivastava et al. 2014): in training each unit is 0 with probability p, else 1/(1−p) times.

    So the mean of a unit stays what it is, and evaluation leaves all as it is. p in [0, 1), else ValueError.
    """

    p: float
    size: ClassVar[int] = 0
    states: ClassVar[int] = 0

    def __post_init__(self) -> None:
        within("p", self.p, 0, 1, open_high=True)

    def start(self, rng: np.random.Generator, initialiser: Initialiser) -> np.ndarray:
        """First parameters: none, an array (0,)."""
        return np.empty(0)

    def forward(self, theta: np.ndarray, A: np.ndarray, mode: Mode) -> tuple[np.ndarray, Pullback]:
        """A ⊙ mask, of A's shape (…, width, n), and its pullback, D ⊙ mask; theta is empty, (0,).

        ValueError in training without a generator in `mode.rng`.
        """
        if not mode.train or self.p == 0:
            return A, lambda D: (theta, D)
        if mode.rng is None:
            raise ValueError("dropout in training needs a random generator: Mode(train=True, rng=…)")
        mask = (mode.rng.random(A.shape) >= self.p) * A.dtype.type(1 / (1 - self.p))
        return A * mask, lambda D: (theta, D * mask)
