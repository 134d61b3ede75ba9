"""Activations and gradients on their way through fresh networks, by the start of their weights."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ...engine.initialisers import normal
from ...engine.layers import Activate, Mode, passes
from ...engine.network import Network, mlp
from .table import TABLE

DEPTH, WIDTH, SAMPLES = 20, 100, 50
STARTS = {"zero": "zero", "small": normal(0.01), "Glorot": "glorot", "He": "he", "large": normal(1.0)}


class Signals(NamedTuple):
    """Activations a⁽ˡ⁾ and blames ∂L/∂z⁽ˡ⁾ (L arrays, each (units, samples)), from layer 1 to layer L."""

    forward: tuple[np.ndarray, ...]
    backward: tuple[np.ndarray, ...]


@lru_cache
def fresh(start: str, g: str) -> tuple[Network, np.ndarray]:
    """A network of DEPTH layers of WIDTH units and its first parameters; the input and all layers are alike."""
    net = mlp((WIDTH,) * (DEPTH + 1), TABLE[g], TABLE[g])
    return net, net.init(seed=3, how=STARTS[start])


@lru_cache(maxsize=256)
def signals(start: str, g: str, L: int) -> Signals:
    """One pass forward and one backward through the first L layers of a fresh network, biases 0.

    Inputs, and the gradient ∂L/∂a⁽ᴸ⁾ sent back from the output, are drawn from a unit normal distribution.
    """
    net, theta = fresh(start, g)
    rng = np.random.default_rng(33)
    A, D = rng.standard_normal((WIDTH, SAMPLES)), rng.standard_normal((WIDTH, SAMPLES))
    forward, backward, pullbacks = [], [], []
    for layer, output, pullback in passes(net.layers[: 2 * L], theta, A, Mode()):
        pullbacks.append((layer, pullback))
        if isinstance(layer, Activate):
            forward.append(output)
    for layer, pullback in reversed(pullbacks):
        D = pullback(D)[1]
        if isinstance(layer, Activate):
            backward.append(D)
    return Signals(tuple(forward), tuple(backward[::-1]))


@lru_cache(maxsize=256)
def sizes(start: str, g: str, L: int) -> tuple[np.ndarray, np.ndarray]:
    """log₁₀ of the root mean square of activations and of blames, (L,) each; −∞ where all are 0."""
    with np.errstate(divide="ignore"):
        return tuple(np.array([np.log10(np.sqrt((v**2).mean())) for v in part]) for part in signals(start, g, L))


@lru_cache(maxsize=256)
def spread(start: str, g: str, L: int) -> tuple[tuple[float, float], ...]:
    """log₁₀ of the 5 % and 95 % quantiles of |∂L/∂z⁽ˡ⁾| among those that are not 0; empty for a layer of zeros."""
    kept = (np.abs(D[D != 0]) for D in signals(start, g, L).backward)
    return tuple(tuple(np.log10(np.quantile(D, (0.05, 0.95)))) if len(D) else () for D in kept)
