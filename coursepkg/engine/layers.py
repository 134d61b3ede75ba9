"""Layers: each maps (parameters, input) to (output, pullback).

A batch is a matrix A (…, width, n) with one sample a column, so that Z = W A + b reads as on the page. Parameters are a
flat vector theta (…, size); its leading axes are that many networks at once. The pullback takes ∂L/∂output to
(∂L/∂theta, ∂L/∂input): backpropagation is the pullbacks in reverse order (Rumelhart, Hinton and Williams 1986).

Layers look at what they are made of. What passes through them is not checked: they are training's inner loop, and a
`Network` has the door.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, ClassVar

import numpy as np

from .activations import Activation, activation
from .initialisers import Initialiser
from .validate import came, count, finite, flag

Pullback = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]


def product(A: np.ndarray, B: np.ndarray) -> np.ndarray:
    """The matrix product (…, m, n) of A (…, m, k) and B (…, k, n).

    For a single pair `dot` is used, whose start costs half of matmul's.

    >>> product(np.ones((2, 3)), np.ones((3, 1))).shape
    (2, 1)
    """
    return A.dot(B) if A.ndim == 2 and B.ndim <= 2 else A @ B


@cache
def unit(n: int, dtype: np.dtype) -> np.ndarray:
    """The vector (n,) of ones, made once: the product with it is a sum over samples."""
    ones = np.ones(n, dtype)
    ones.flags.writeable = False
    return ones


@dataclass
class Mode:
    """How a pass runs: in training or evaluation, the generator for dropout, and batch normalisation's statistics.

    `running` (…, states) is updated in place by a training pass; hand in a copy of what you want to keep. TypeError for
    a generator or statistics that are none.
    """

    train: bool = False
    rng: np.random.Generator | None = None
    running: np.ndarray | None = None

    def __post_init__(self) -> None:
        flag("train", self.train)
        if not isinstance(self.rng, np.random.Generator | None):
            raise TypeError(f"rng must be a NumPy Generator, as np.random.default_rng(0), but it is {came(self.rng)}")
        if self.running is not None and getattr(self.running, "dtype", np.dtype(int)).kind != "f":
            raise TypeError(f"running must be an array of floats, which training changes, not {came(self.running)}")


def chained(name: str, layers: Sequence[Any]) -> tuple:
    """`layers` as a tuple, in which each fits the one before; TypeError for what is no layer, else ValueError.

    >>> chained("layers", [Dense(2, 3), Dense(4, 1)])
    Traceback (most recent call last):
    ValueError: layers must fit one another, but Dense(inputs=4, outputs=1) follows 3 units
    """
    if not isinstance(layers, tuple | list) or not all(callable(getattr(layer, "forward", None)) for layer in layers):
        raise TypeError(f"{name} must be a tuple of layers, as (Dense(2, 3), Activate('tanh')), not {came(layers)}")
    width = None
    for layer in flat(tuple(layers)):
        takes = getattr(layer, "inputs", getattr(layer, "width", width))
        if width is not None and takes != width:
            raise ValueError(f"{name} must fit one another, but {layer} follows {width} units")
        width = getattr(layer, "outputs", takes)
    return tuple(layers)


def flat(layers: tuple) -> Iterator[Any]:
    """The layers in order, with those of residual branches in their place."""
    for layer in layers:
        yield from flat(layer.layers) if isinstance(layer, Residual) else (layer,)


def passes(layers: tuple, theta: np.ndarray, A: np.ndarray, mode: Mode) -> Iterator[tuple[Any, np.ndarray, Pullback]]:
    """(layer, its output, its pullback) for each of `layers` in turn, from A (…, width, n), theta (…, size)."""
    at = state = 0
    for layer in layers:
        part = mode
        if layer.states and mode.running is not None:
            part = replace(mode, running=mode.running[..., state : state + layer.states])
        A, pullback = layer.forward(theta[..., at : at + layer.size], A, part)
        at, state = at + layer.size, state + layer.states
        yield layer, A, pullback


def chain(layers: tuple, theta: np.ndarray, A: np.ndarray, mode: Mode) -> tuple[np.ndarray, Pullback]:
    """The last layer's output (…, width, n) and the pullback of all: the chain rule, from the last to the first."""
    output, pullbacks = A, []
    for _, output, pullback in passes(layers, theta, A, mode):  # noqa: B007
        pullbacks.append(pullback)

    def backward(D: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        gradients = []
        for pullback in reversed(pullbacks):
            dtheta, D = pullback(D)
            if dtheta.shape[-1]:
                gradients.append(dtheta)
        return np.concatenate(gradients[::-1], axis=-1), D

    return output, backward


@dataclass(frozen=True)
class Dense:
    """Z = W A + b: W (outputs, inputs), then b (outputs,), lie one after the other in theta."""

    inputs: int
    outputs: int
    states: ClassVar[int] = 0

    def __post_init__(self) -> None:
        count("inputs", self.inputs)
        count("outputs", self.outputs)

    @property
    def size(self) -> int:
        """The number of parameters, outputs · (inputs + 1)."""
        return self.outputs * (self.inputs + 1)

    def start(self, rng: np.random.Generator, initialiser: Initialiser) -> np.ndarray:
        """First parameters (size,): W from the initialiser, b zero."""
        W = finite("W of the initialiser", initialiser(rng, self.outputs, self.inputs), (self.outputs, self.inputs))
        return np.concatenate([W.ravel(), np.zeros(self.outputs)])

    def split(self, theta: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """W (…, outputs, inputs) and b (…, outputs), views of theta (…, size)."""
        weights = self.outputs * self.inputs
        W = theta[..., :weights].reshape((*theta.shape[:-1], self.outputs, self.inputs))
        return W, theta[..., weights:]

    def forward(self, theta: np.ndarray, A: np.ndarray, mode: Mode) -> tuple[np.ndarray, Pullback]:
        """Z (…, outputs, n) of A (…, inputs, n), and its pullback: ∂W = Δ Aᵀ, ∂b = Δ 1, ∂A = Wᵀ Δ, where Δ = ∂L/∂Z."""
        W, b = self.split(theta)
        Z = product(W, A)
        Z += b[..., None]

        def pullback(D: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
            dtheta = np.empty((*D.shape[:-2], self.size), D.dtype)
            dW, db = self.split(dtheta)
            dW[...] = product(D, A.swapaxes(-1, -2))
            db[...] = product(D, unit(D.shape[-1], D.dtype))
            return dtheta, product(W.swapaxes(-1, -2), D)

        return Z, pullback


@dataclass(frozen=True, init=False)
class Activate:
    """A = g(Z), elementwise, with g an activation or its name; no parameters."""

    g: Activation
    size: ClassVar[int] = 0
    states: ClassVar[int] = 0

    def __init__(self, g: Activation | str) -> None:
        object.__setattr__(self, "g", activation(g, "g"))

    def start(self, rng: np.random.Generator, initialiser: Initialiser) -> np.ndarray:
        """First parameters: none, an array (0,)."""
        return np.empty(0)

    def forward(self, theta: np.ndarray, Z: np.ndarray, mode: Mode) -> tuple[np.ndarray, Pullback]:
        """A, of Z's shape (…, width, n), and its pullback: ∂L/∂Z = ∂L/∂A ⊙ g′(Z)."""
        A = self.g.f(Z)
        return A, lambda D: (theta, self.g.pullback(D, Z, A))


@dataclass(frozen=True)
class Residual:
    """A + F(A), F a chain of layers that keeps the width (He et al. 2016): the shortcut carries gradients past F."""

    layers: tuple

    def __post_init__(self) -> None:
        object.__setattr__(self, "layers", chained("layers", self.layers))

    @property
    def size(self) -> int:
        """The number of parameters of F."""
        return sum(layer.size for layer in self.layers)

    @property
    def states(self) -> int:
        """The number of running statistics of F."""
        return sum(layer.states for layer in self.layers)

    def start(self, rng: np.random.Generator, initialiser: Initialiser) -> np.ndarray:
        """First parameters (size,) of F."""
        return np.concatenate([layer.start(rng, initialiser) for layer in self.layers])

    def forward(self, theta: np.ndarray, A: np.ndarray, mode: Mode) -> tuple[np.ndarray, Pullback]:
        """A + F(A), of A's shape (…, width, n), and its pullback D + F's; ValueError if F changes the width."""
        F, inner = chain(self.layers, theta, A, mode)
        if F.shape[-2] != A.shape[-2]:
            raise ValueError(f"a residual branch must keep the width {A.shape[-2]}, but it gives {F.shape[-2]}")

        def pullback(D: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
            dtheta, dA = inner(D)
            return dtheta, D + dA

        return A + F, pullback
