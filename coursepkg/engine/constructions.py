"""Networks written down instead of learned: XOR by hand, a worked example, piecewise linear functions, tents."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from .activations import Activation
from .network import Network, mlp
from .validate import count, finite, real


class Built(NamedTuple):
    """A network and the parameters theta (size,) that it was given."""

    net: Network
    theta: np.ndarray

    def __call__(self, X: Any) -> np.ndarray:
        """Outputs (n, k) for X (n, d); ValueError where X does not fit."""
        return self.net(self.theta, X)


def built(
    layers: Sequence[tuple[Any, Any]], activation: str | Activation, output: str | Activation = "identity"
) -> Built:
    """The network of the given `layers`, each a pair W (outputs, inputs), b (outputs,).

    `activation` is the g of all hidden layers, `output` that of the last. ValueError for no layers, shapes that do not
    follow one another, or values not finite.

    >>> net = built([([[1, 1], [1, 1]], [0, -1]), ([[1, -2]], [0])], "relu")
    >>> net([[0, 0], [0, 1], [1, 0], [1, 1]]).ravel()
    array([0., 1., 1., 0.])
    """
    if not isinstance(layers, list | tuple) or not all(isinstance(pair, list | tuple) for pair in layers):
        raise TypeError(f"layers must be a list of pairs (W, b), but it is {layers!r:.60}")
    if not layers or any(len(pair) != 2 for pair in layers):
        raise ValueError(f"layers must hold one pair (W, b) or more, but it is {layers!r:.60}")
    pairs: list[tuple[np.ndarray, np.ndarray]] = []
    for l, (W, b) in enumerate(layers, start=1):
        inputs = len(pairs[-1][1]) if pairs else "d"
        W = finite(f"W of layer {l}", W, ("outputs", inputs))
        pairs.append((W, finite(f"b of layer {l}", b, (len(W),))))
    net = mlp((pairs[0][0].shape[1], *(len(b) for _, b in pairs)), activation, output)
    return Built(net, np.concatenate([np.append(W.ravel(), b) for W, b in pairs]))


def fold(v: float, threshold: float) -> Built:
    """y = ReLU(s) + v ReLU(s − θ), s = x₁ + x₂, θ = `threshold`: it is XOR on the corners for v = −2, θ = 1.

    Goodfellow, Bengio and Courville (2016, section 6.1) fold the plane in this way.

    >>> fold(-2, 1)([[0, 1]])
    array([[1.]])
    """
    real("v", v)
    real("threshold", threshold)
    return built([([[1, 1], [1, 1]], [0, -threshold]), ([[1, v]], [0])], "relu")


def worked_example(w11: float = 1.0) -> Built:
    """The 2-2-1 network of sigmoids on which chapter 4 works backpropagation out in numbers; w11 is its first weight.

    On XOR it is wrong about (1, 0) and (1, 1), and every one of its nine parameters gets a gradient from (1, 1).

    >>> worked_example()([[0, 0], [0, 1], [1, 0], [1, 1]]).ravel().round(2)
    array([0.44, 0.72, 0.3 , 0.59])
    """
    real("w11", w11)
    return built([([[w11, -2], [-1, 1.5]], [0.5, 0]), ([[-2, 1]], [0.5])], "sigmoid", "sigmoid")


def interpolant(t: Any, y: Any) -> Built:
    """One hidden ReLU layer that joins the points (t, y) by straight lines: t (N + 1,) ascending, y (N + 1,).

    Its N kinks are t₀ … t_{N−1}; the weight of each is the change of slope there. For values of a smooth f, N equal
    pieces of [0, 1] err by at most max|f″|/(8N²) (de Boor 1978, chapter III). ValueError for fewer than two points,
    unequal lengths, or t not ascending.

    >>> interpolant([0, 1, 2], [0, 1, 0])([[0.5], [1.0], [1.5]]).ravel()
    array([0.5, 1. , 0.5])
    """
    t = finite("t", t, ("N + 1",))
    y = finite("y", y, (len(t),))
    if len(t) < 2 or (np.diff(t) <= 0).any():
        raise ValueError(f"t must hold two or more numbers, ascending, but it is {t}")
    slopes = np.diff(y) / np.diff(t)
    bends = np.diff(slopes, prepend=0)
    return built([(np.ones((len(bends), 1)), -t[:-1]), (bends[None], y[:1])], "relu")


def tent(depth: int) -> Built:
    """The tent 1 − |2x − 1| on [0, 1] composed `depth` times with itself, from two ReLU neurons a layer.

    It has 2^depth straight pieces; one hidden layer needs about as many neurons as that (Telgarsky 2016). ValueError
    for a depth below 1.

    >>> tent(1)([[0.0], [0.25], [0.5], [1.0]]).ravel()
    array([0. , 0.5, 1. , 0. ])
    """
    count("depth", depth)
    up_and_down = np.array([[2.0, -4.0]])  # 2 ReLU(x) − 4 ReLU(x − ½): up to 1 at ½, then down
    first, kinks = np.ones((2, 1)), np.array([0, -0.5])
    layers = [(first, kinks), *[(first @ up_and_down, kinks)] * (depth - 1), (up_and_down, [0])]
    return built(layers, "relu")
