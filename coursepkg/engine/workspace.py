"""The inner loop of training: loss and gradient of one plain network, with its views laid out once.

`Network.loss_and_gradient` says what is computed, for any layers and any number of networks; this says the same for a
single chain of dense layers and activations, without taking theta apart anew at every step.
"""

from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from .layers import Activate, Dense, unit
from .losses import Loss
from .network import Network


class Workspace:
    """Called with theta (size,) and a batch in columns A (d, n), y, it returns (L, ∇L).

    ∇L (size,) is the workspace's own array, overwritten by the next call: use it before that, as an optimiser does.
    """

    def __init__(self, net: Network, loss: Loss, dtype: DTypeLike) -> None:
        self.theta, self.gradient, self.loss = np.empty(net.size, dtype), np.empty(net.size, dtype), loss
        pairs = zip(net.split(self.theta), net.split(self.gradient), strict=True)
        activations = [layer.g for layer in net.layers if isinstance(layer, Activate)]
        self.layers = [
            (W, W.T, b[:, None], g, dW, db) for ((W, b), (dW, db)), g in zip(pairs, activations, strict=True)
        ]

    @staticmethod
    def fits(net: Network, theta: np.ndarray) -> bool:
        """Whether `net` is a chain of dense layers, each with its activation, and theta (size,) a single network's."""
        kinds = [type(layer) for layer in net.layers]
        return theta.ndim == 1 and len(kinds) % 2 == 0 and kinds == [Dense, Activate] * (len(kinds) // 2)

    def __call__(self, theta: np.ndarray, A: np.ndarray, y: np.ndarray) -> tuple[Any, np.ndarray]:
        self.theta[:] = theta
        steps = []
        for W, WT, b, g, dW, db in self.layers:
            Z = W.dot(A)
            Z += b
            steps.append((WT, g, dW, db, A, Z, A := g.f(Z)))
        L, D = self.loss.mean_and_slope(A, y)
        ones = unit(A.shape[1], A.dtype)
        for WT, g, dW, db, A_in, Z, A_out in reversed(steps):
            D = g.pullback(D, Z, A_out)
            D.dot(A_in.T, out=dW)
            D.dot(ones, out=db)
            D = WT.dot(D) if A_in is not steps[0][4] else D
        return L, self.gradient
