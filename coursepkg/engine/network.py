"""A network: layers one after the other, their parameters in one flat vector theta.

At its door data are as everywhere, one sample a row: X (n, d) in, outputs (n, k). theta is (…, size), and leading axes
are that many networks at once. Its dtype decides the precision of all that is computed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import DTypeLike

from .activations import Activation
from .activations import activation as named_activation
from .batchnorm import BatchNorm
from .datasets import takes_dataset
from .dropout import Dropout
from .initialisers import Initialiser, initialiser
from .layers import Activate, Dense, Mode, Residual, chain, chained, flat, passes
from .losses import Loss
from .losses import loss as named_loss
from .oracles import Oracle
from .validate import Seed, counts, finite, flag, generator, instance, precision, within


class Trace(NamedTuple):
    """Every z and a of a forward pass: z[l] (…, n, width) for layer l + 1; a[0] = X and a[l + 1] = g(z[l])."""

    z: tuple[np.ndarray, ...]
    a: tuple[np.ndarray, ...]


@dataclass(frozen=True)
class Network:
    """A chain of layers. It holds no parameters: `theta` goes in, so one network serves any number of them.

    >>> net = mlp((2, 3, 1))
    >>> net.size  # (2 + 1) · 3 + (3 + 1) · 1
    13
    >>> net(net.init(seed=0), [[0.0, 0.0], [1.0, 1.0]]).shape
    (2, 1)
    """

    layers: tuple

    def __post_init__(self) -> None:
        object.__setattr__(self, "layers", chained("layers", self.layers))
        if not self.dense:
            raise ValueError(f"layers must hold a dense layer or more, but they are {self.layers}")

    @cached_property
    def size(self) -> int:
        """The number of parameters."""
        return sum(layer.size for layer in self.layers)

    @cached_property
    def states(self) -> int:
        """The number of running statistics that batch normalisation keeps."""
        return sum(layer.states for layer in self.layers)

    @cached_property
    def dense(self) -> tuple[tuple[int, Dense], ...]:
        """(where its parameters start in theta, layer) for every dense layer in order, also in residual branches."""
        return tuple(_dense(self.layers, 0))

    @cached_property
    def is_weight(self) -> np.ndarray:
        """True (size,) where theta holds an entry of a W, False for biases, γ and β: what a penalty acts on."""
        mask = np.zeros(self.size, bool)
        for at, layer in self.dense:
            mask[at : at + layer.inputs * layer.outputs] = True
        return mask

    def init(
        self,
        seed: Seed = 0,
        how: str | Initialiser = "glorot",
        networks: tuple[int, ...] = (),
        dtype: DTypeLike = float,
    ) -> np.ndarray:
        """First parameters theta (*networks, size): weights by `how` ('zero', 'glorot', 'he', normal(s)), biases 0.

        ValueError for an unknown name, TypeError for a dtype that is none of floats. The same seed gives the same
        bytes; a NumPy Generator in its place goes on from where it is.
        """
        rng, draw, dtype = generator("seed", seed), initialiser(how, "how"), precision("dtype", dtype)
        networks = counts("networks", networks)
        theta = np.empty((*networks, self.size), dtype)
        for i in np.ndindex(networks):
            theta[i] = np.concatenate([layer.start(rng, draw) for layer in self.layers])
        return theta

    def running(self, networks: tuple[int, ...] = ()) -> np.ndarray:
        """First running statistics (*networks, states) of batch normalisation: mean 0, variance 1."""
        parts = [np.repeat([0.0, 1.0], layer.states // 2) for layer in flat(self.layers)]
        return np.broadcast_to(np.concatenate(parts), (*counts("networks", networks), self.states)).copy()

    def views(self, theta: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
        """(W, b) of every dense layer, W (…, outputs, inputs), b (…, outputs): views, so writing changes theta."""
        return self.split(self.parameters(theta))

    def split(self, theta: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
        """(W, b) of every dense layer, as `views` gives them, without a look at what theta (…, size) holds."""
        return [layer.split(theta[..., at : at + layer.size]) for at, layer in self.dense]

    def __call__(self, theta: np.ndarray, X: Any, running: np.ndarray | None = None) -> np.ndarray:
        """Outputs (…, n, k) for X (n, d), in evaluation; ValueError for sizes that do not match or data not finite.

        `running` are the statistics that training gathered for batch normalisation (a history's `running`); without
        them mean 0 and variance 1 are taken.
        """
        theta = self.parameters(theta)
        mode = self.mode(None if running is None else Mode(running=finite("running", running)), theta)
        return self.outputs(theta, self.columns(X, theta.dtype), mode).swapaxes(-1, -2)

    def trace(self, theta: np.ndarray, X: Any, mode: Mode | None = None) -> Trace:
        """Every z and a on the way of X (n, d); arguments and errors as for a call."""
        theta = self.parameters(theta)
        A = self.columns(X, theta.dtype)
        z, a = _trace(self.layers, theta, A, self.mode(mode, theta))
        return Trace(tuple(Z.swapaxes(-1, -2) for Z in z), tuple(A.swapaxes(-1, -2) for A in (A, *a)))

    @takes_dataset
    def oracle(self, X: Any, y: Any, loss: str | Loss, mode: Mode | None = None, dtype: DTypeLike = float) -> Oracle:
        """The function theta ↦ (L, ∇L), L (…) the mean loss over X (n, d) and y, ∇L (…, size).

        Data are checked and laid out once, here: ValueError for sizes that do not match or values not allowed.
        """
        loss = named_loss(loss)
        A, y = self.batch(X, y, loss, dtype)
        mode = Mode() if mode is None else self.mode(mode)

        def mean_loss(theta: np.ndarray) -> tuple[Any, np.ndarray]:
            if type(theta) is not np.ndarray or theta.shape[-1:] != (self.size,):
                theta = self.parameters(theta)
            return self.loss_and_gradient(theta, A, y, loss, mode)

        return mean_loss

    def mode(self, mode: Mode | None, theta: np.ndarray | None = None) -> Mode:
        """The `mode` given, if its running statistics (…, states) fit, else ValueError; None is evaluation, untrained.

        theta (…, size) says how many networks there are.
        """
        if mode is None:
            return Mode(running=self.running())
        running = instance("mode", mode, Mode, "Mode(train=True)").running
        if running is None:
            return mode
        fronts = {running.shape[:-1]} if theta is None else {(), theta.shape[:-1]}
        if running.shape[-1:] != (self.states,) or running.shape[:-1] not in fronts:
            raise ValueError(f"running must have shape (…, {self.states}), … as in theta, but it is {running.shape}")
        return mode

    def loss_and_gradient(
        self, theta: np.ndarray, A: np.ndarray, y: np.ndarray, loss: Loss, mode: Mode
    ) -> tuple[Any, np.ndarray]:
        """(L, ∇L) for a batch laid out in columns, A (d, n) and y (k, n): what training repeats.

        Nothing is checked.
        """
        Z, pullback = chain(self.layers, theta, A, mode)
        L, D = loss.mean_and_slope(Z, y)
        return L, pullback(D)[0]

    def outputs(self, theta: np.ndarray, A: np.ndarray, mode: Mode) -> np.ndarray:
        """Outputs (…, k, n) for a batch in columns A (d, n) under theta (…, size), nothing checked."""
        return chain(self.layers, theta, A, mode)[0]

    @takes_dataset
    def batch(self, X: Any, y: Any, loss: Loss, dtype: DTypeLike) -> tuple[np.ndarray, np.ndarray]:
        """X (n, d) and y, (n,) or (n, k), checked and laid out in columns for `loss_and_gradient`; else ValueError."""
        A, loss = self.columns(X, dtype), named_loss(loss)
        y = loss.targets(y, self.dense[-1][1].outputs, A.shape[1])
        return A, y.astype(dtype)

    def columns(self, X: Any, dtype: DTypeLike) -> np.ndarray:
        """X (n, d), checked, as a matrix (d, n) with one sample a column: a view if its dtype is right already."""
        return finite("X", X, ("n", self.dense[0][1].inputs)).astype(precision("dtype", dtype), copy=False).T

    def parameters(self, theta: Any) -> np.ndarray:
        """theta as finite floats (…, size), else ValueError."""
        theta = finite("theta", theta)
        if theta.ndim == 0 or theta.shape[-1] != self.size:
            raise ValueError(f"theta must have shape (…, {self.size}), but its shape is {theta.shape}")
        return theta


def mlp(
    widths: tuple[int, ...],
    activation: str | Activation = "tanh",
    output: str | Activation = "identity",
    dropout: float = 0.0,
    batchnorm: bool = False,
    residual: bool = False,
) -> Network:
    """The multilayer perceptron with `widths` from input to output: a = g(W a + b), layer by layer.

    `activation` is the hidden g, `output` the last one (losses from logits want 'identity'). `dropout` is the share of
    hidden units silenced in training, `batchnorm` normalises hidden z, `residual` adds a shortcut around each hidden
    layer that keeps its width. ValueError for fewer than two widths, a width below 1, or an unknown activation.

    >>> mlp((35, 10, 2), "relu").size
    382
    """
    widths = counts("widths", widths)
    if len(widths) < 2:
        raise ValueError(f"widths must name at least the inputs and the outputs, but they are {widths}")
    within("dropout", dropout, 0, 1, open_high=True)
    flag("batchnorm", batchnorm)
    flag("residual", residual)
    activation, output = named_activation(activation), named_activation(output, "output")
    layers: list = []
    for inputs, outputs in pairwise(widths[:-1]):
        block = (Dense(inputs, outputs), *([BatchNorm(outputs)] if batchnorm else []), Activate(activation))
        layers += [Residual(block)] if residual and inputs == outputs else block
        layers += [Dropout(dropout)] if dropout else []
    return Network((*layers, Dense(*widths[-2:]), Activate(output)))


def _dense(layers: tuple, at: int) -> Iterator[tuple[int, Dense]]:
    for layer in flat(layers):
        if isinstance(layer, Dense):
            yield at, layer
        at += layer.size


def _trace(layers: tuple, theta: np.ndarray, A: np.ndarray, mode: Mode) -> tuple[list, list]:
    z, a, at = [], [], 0
    for layer, output, _ in passes(layers, theta, A, mode):
        if isinstance(layer, Activate):
            z.append(A)
            a.append(output)
        elif isinstance(layer, Residual):
            inner = _trace(layer.layers, theta[..., at : at + layer.size], A, mode)
            z += inner[0]
            a += [*inner[1][:-1], output]
        at += layer.size
        A = output
    return z, a
