"""The tape of backpropagation, as data: every value on the way forward, every adjoint on the way back."""

from typing import Any, NamedTuple

import numpy as np

from .datasets import takes_dataset
from .layers import Activate, Dense, Mode, passes
from .losses import Loss
from .losses import loss as named_loss
from .network import Network
from .validate import finite, instance


class TapeStep(NamedTuple):
    """One step: `phase` 'forward' or 'backward', `symbol` as on the page, `layer` l, and the value.

    Forward symbols are a (a⁽⁰⁾ is the input), z and L; backward ∂a, ∂z (called δ), ∂W and ∂b, each the derivative of L.
    Values of a, z, ∂a, ∂z are (width, n), one sample a column; ∂W and ∂b have the shapes of W and b; L is a number.
    """

    phase: str
    symbol: str
    layer: int
    value: np.ndarray


@takes_dataset
def tape(net: Network, theta: Any, X: Any, y: Any, loss: str | Loss) -> tuple[TapeStep, ...]:
    """Forward and backward through one network of dense and activation layers, as a figure would show it.

    theta (size,), X (n, d), targets y, (n,) or (n, k), as `loss` wants them. A net of two layers takes 14 steps: six
    forward (a⁽⁰⁾, z⁽¹⁾, a⁽¹⁾, z⁽²⁾, a⁽²⁾, L) and eight back (Rumelhart, Hinton and Williams 1986). ValueError for
    other layers or data that do not fit.

    >>> from coursepkg.engine.network import mlp
    >>> net = mlp((2, 2, 1), "sigmoid", "sigmoid")
    >>> steps = tape(net, net.init(), [[0.0, 1.0]], [1.0], "squared error")
    >>> " ".join(f"{step.symbol}{step.layer}" for step in steps)
    'a0 z1 a1 z2 a2 L2 ∂a2 ∂z2 ∂W2 ∂b2 ∂a1 ∂z1 ∂W1 ∂b1'
    """
    for layer in instance("net", net, Network, "mlp((2, 3, 1))").layers:
        if not isinstance(layer, Dense | Activate):
            raise ValueError(f"the tape shows dense and activation layers only, but the network has {layer}")
    loss, theta = named_loss(loss), finite("theta", theta, (net.size,))
    A, y = net.batch(X, y, loss, theta.dtype)
    steps, pullbacks, l = [TapeStep("forward", "a", 0, A)], [], 0
    for layer, output, pullback in passes(net.layers, theta, A, Mode()):
        l += isinstance(layer, Dense)
        steps.append(TapeStep("forward", "z" if isinstance(layer, Dense) else "a", l, output))
        pullbacks.append((layer, l, pullback))
    L, D = loss.mean_and_slope(steps[-1].value, y)
    steps += [TapeStep("forward", "L", l, L), TapeStep("backward", "∂a", l, D)]
    for layer, l, pullback in reversed(pullbacks):
        dtheta, D = pullback(D)
        if isinstance(layer, Activate):
            steps.append(TapeStep("backward", "∂z", l, D))
        else:
            dW, db = layer.split(dtheta)
            steps += [TapeStep("backward", "∂W", l, dW), TapeStep("backward", "∂b", l, db)]
            steps.append(TapeStep("backward", "∂a", l - 1, D))
    return tuple(steps[:-1])
