"""Slices of a network's loss: on a plane through its parameters, along filter-normalised directions."""

from typing import Any

import numpy as np

from .datasets import takes_dataset
from .layers import Dense, Mode, chain, product
from .losses import Loss
from .losses import loss as named_loss
from .network import Network
from .validate import Seed, came, finite, generator, instance


def filter_normalised(net: Network, theta: Any, seed: Seed = 0) -> np.ndarray:
    """A random direction (size,) in which each neuron's weights have the length they have in theta (size,).

    For each row w of each W, the direction's row is d ‖w‖/‖d‖ with d normal; biases, γ and β stay (Li et al. 2018,
    "Visualizing the loss landscape of neural nets", section 4). So slices of nets whose weights differ in scale
    compare.

    >>> from coursepkg.engine.network import mlp
    >>> net = mlp((2, 3, 1))
    >>> theta = net.init()
    >>> (W, _), *_ = net.views(theta)
    >>> (D, b), *_ = net.views(filter_normalised(net, theta))
    >>> bool(np.allclose(np.linalg.norm(D, axis=1), np.linalg.norm(W, axis=1))), bool(b.any())
    (True, False)
    """
    instance("net", net, Network, "mlp((2, 3, 1))")
    theta = finite("theta", theta, (net.size,))
    direction, rng = np.zeros_like(theta), generator("seed", seed)
    for (W, _), (D, _) in zip(net.views(theta), net.views(direction), strict=True):
        d = rng.standard_normal(D.shape)
        D[...] = d * np.linalg.norm(W, axis=1, keepdims=True) / np.linalg.norm(d, axis=1, keepdims=True)
    return direction


@takes_dataset
def loss_slice(
    net: Network,
    theta: Any,
    directions: tuple[Any, Any],
    a: Any,
    b: Any,
    X: Any,
    y: Any,
    loss: str | Loss,
    running: np.ndarray | None = None,
) -> np.ndarray:
    """L (len(b), len(a)): entry [j, i] is the mean loss at theta + a_i d₁ + b_j d₂, on X (n, d) and y, (n,) or (n, k).

    In evaluation. theta, d₁ and d₂ are (size,); their dtype is the precision. The first layer is affine in a and b, so
    its z is a sum of three matrices that are computed once: Z = P₀ + a P₁ + b P₂. `running` (states,) are batch
    normalisation's statistics. ValueError for sizes that do not match.

    >>> from coursepkg.engine.network import mlp
    >>> net = mlp((1, 1))
    >>> loss_slice(net, [1.0, 0], ([1.0, 0], [0, 1.0]), [-1, 0], [0, 1, 2], [[1.0]], [0.0], "squared error")
    array([[0. , 0.5],
           [0.5, 2. ],
           [2. , 4.5]])
    """
    instance("net", net, Network, "mlp((2, 3, 1))")
    theta = finite("theta", theta, (net.size,))
    if not isinstance(directions, tuple | list | np.ndarray) or len(directions) != 2:
        raise TypeError(f"directions must be two, each of shape ({net.size},), but they came as {came(directions)}")
    d1, d2 = (finite("directions", d, (net.size,)).astype(theta.dtype) for d in directions)
    a, b = (finite(name, v, ("m",)).astype(theta.dtype) for name, v in (("a", a), ("b", b)))
    loss = named_loss(loss)
    A, y = net.batch(X, y, loss, theta.dtype)
    mode = net.mode(None if running is None else Mode(running=finite("running", running)), theta)
    first, rest = net.layers[0], net.layers[1:]
    if not isinstance(first, Dense):
        raise ValueError(f"a slice wants a network that begins with a dense layer, but it begins with {first}")
    P = [product(W, A) + c[:, None] for W, c in (first.split(t[: first.size]) for t in (theta, d1, d2))]
    t0, t1, t2 = (t[first.size :] for t in (theta, d1, d2))
    L, Z = np.empty((len(b), len(a)), theta.dtype), np.empty_like(P[0])
    for j, bj in enumerate(b):
        row, row_theta = P[0] + bj * P[2], t0 + bj * t2
        for i, ai in enumerate(a):
            np.multiply(P[1], ai, out=Z)
            np.add(Z, row, out=Z)
            L[j, i] = loss.mean(chain(rest, row_theta + ai * t1, Z, mode)[0], y)
    return L
