"""Training a network: mini-batches, history, early stopping, and divergence that is named."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import DTypeLike

from .datasets import Dataset, takes_dataset
from .initialisers import Initialiser, initialiser
from .layers import Mode
from .losses import BINARY_CROSS_ENTROPY, CROSS_ENTROPY, Loss
from .losses import loss as named_loss
from .network import Network
from .optimisers import Adam
from .optimisers import optimiser as made
from .oracles import Optimiser, Oracle
from .regularisers import ElasticNet, penalised
from .validate import Seed, came, count, counts, flag, generator, generators, instance, precision
from .watch import watch
from .workspace import Workspace

ADAM = Adam()
CLASSIFIES = (BINARY_CROSS_ENTROPY, CROSS_ENTROPY)


class History(NamedTuple):
    """What training was; with leading axes … of theta, many networks at once, losses have them too.

    theta (…, size): the parameters at the end, or with a patience the best on validation data. losses (steps + 1, …):
    at the start and after each step, on the batch that is drawn there, with penalty and dropout. validation, accuracy
    (epochs + 1, …): in evaluation mode, before the first epoch and after each; empty without validation data, accuracy
    for regressions too. kept: {epoch: theta} for the epochs asked for. running: the statistics of batch normalisation.
    outcome: 'finished', 'stopped early' or 'diverged'; step: when that came. A network that diverged stays at its last
    finite parameters and loss; diverged (…) holds its step, or −1. kept_running: those statistics at the epochs kept.
    Statistics are those of the steps taken so far, as theta is: at epoch 0 they are mean 0 and variance 1.
    """

    theta: np.ndarray
    losses: np.ndarray
    validation: np.ndarray
    accuracy: np.ndarray
    kept: dict[int, np.ndarray]
    running: np.ndarray
    outcome: str
    step: int
    diverged: np.ndarray
    kept_running: dict[int, np.ndarray]

    @property
    def says(self) -> str:
        """The outcome in words, as 'finished at step 100: loss 0.12' or 'diverged at step 7'."""
        if self.outcome == "diverged":
            return f"diverged at step {self.step}"
        return f"{self.outcome} at step {self.step}: loss {float(np.max(self.losses[-1])):.3g}"


@dataclass(frozen=True)
class Trainer:
    """How to train: the optimiser, `epochs` ≥ 1 passes over the data, `batch` samples a step (None: all), a seed.

    The seed draws first weights, orders the samples anew each epoch (with `shuffle`) and drops units out. `patience`
    ends training when the validation loss has not improved for so many epochs, and goes back to the best (rules of
    this kind: Prechelt 1998). A `penalty` acts on weights, not on biases. An optimiser's name stands for it as it is by
    default; a NumPy Generator may stand for the seed, and goes on from where it is. Other types raise TypeError.

    >>> from coursepkg.engine.datasets import gate
    >>> from coursepkg.engine.network import mlp
    >>> X, y = gate("XOR")[:2]
    >>> history = Trainer(Adam(0.1), epochs=200).train(mlp((2, 4, 1)), X, y, "binary cross-entropy", validation=(X, y))
    >>> history.outcome, float(history.accuracy[-1])
    ('finished', 1.0)
    """

    optimiser: str | Optimiser = ADAM
    epochs: int = 100
    batch: int | None = None
    seed: Seed = 0
    patience: int | None = None
    penalty: ElasticNet | None = None
    shuffle: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "optimiser", made(self.optimiser))
        count("epochs", self.epochs)
        generator("seed", self.seed)
        flag("shuffle", self.shuffle)
        if self.penalty is not None:
            instance("penalty", self.penalty, ElasticNet, "L2(0.1)")
        if self.batch is not None:
            count("batch", self.batch)
        if self.patience is not None:
            count("patience", self.patience)

    @takes_dataset
    def train(
        self,
        net: Network,
        X: Any,
        y: Any,
        loss: str | Loss,
        theta: np.ndarray | None = None,
        validation: Dataset | tuple[Any, Any] | None = None,
        keep: Collection[int] = (),
        how: str | Initialiser = "glorot",
        dtype: DTypeLike = float,
        progress: bool | Callable[[range], Iterable[int]] = False,
    ) -> History:
        """Train `net` on X (n, d) and y from theta (…, size), else from `net.init(seed, how, dtype=dtype)`.

        A `Dataset` may stand for X, y; `validation` is another one, or a pair (X, y). `keep` names epochs (0: the
        start) whose parameters to keep; `progress` wraps the range of steps, as tqdm does, to show how far they are
        (True: tqdm itself, if it is installed). ValueError for data that do not fit, a batch larger than the data or,
        under batch normalisation, of one sample, or a patience without validation data. Divergence is no error: the
        history says so.
        """
        instance("net", net, Network, "mlp((2, 3, 1))")
        how, dtype = initialiser(how, "how"), precision("dtype", dtype)
        start = net.init(self.seed, how, dtype=dtype) if theta is None else net.parameters(theta)
        loss = named_loss(loss)
        A, y = net.batch(X, y, loss, start.dtype)
        held = None if validation is None else _held(net, validation, loss, start.dtype)
        n = A.shape[1]
        keep = counts("keep", keep, least=0)
        if self.batch is not None and self.batch > n:
            raise ValueError(f"batch must be at most the number of samples, {n}, but it is {self.batch}")
        if net.states and 1 in (n, self.batch, n % (self.batch or n)):
            raise ValueError(
                f"batch must leave no sample alone, on which batch normalisation cannot train, but {n} samples in "
                f"batches of {self.batch or n} do"
            )
        if self.patience is not None and held is None:
            raise ValueError("patience needs validation data: the training loss seldom stops falling")
        order, drop = generators("seed", self.seed, 2)
        running = net.running(start.shape[:-1])
        mode = Mode(train=True, rng=drop, running=running)
        batches = _batches(A, y, self.batch or n, order if self.shuffle else None)
        # What the steps up to theta have gathered: the pass that takes theta's own gradient moves `running` on.
        gathered = running.copy()

        def passed(theta: np.ndarray) -> tuple[Any, np.ndarray]:
            gathered[:] = running
            return net.loss_and_gradient(theta, *next(batches), loss, mode)

        oracle: Oracle = passed
        if Workspace.fits(net, start):
            work = Workspace(net, loss, start.dtype)
            oracle = lambda theta: work(theta, *next(batches))  # noqa: E731
        if self.penalty is not None:
            oracle = penalised(oracle, self.penalty, net.is_weight)
        per_epoch = -(-n // (self.batch or n))
        losses: list[Any] = []
        held_losses: list[np.ndarray] = []
        right: list[np.ndarray] = []
        kept: dict[int, np.ndarray] = {}
        statistics: dict[int, np.ndarray] = {}
        best, outcome = _Best(np.inf, 0, start, gathered.copy()), "finished"
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            ks = _bar(self.epochs * per_epoch + 1, progress)
            path = made(self.optimiser).iterates(oracle, start)
            for k, point, f, lost in watch(path, ks, every=100):  # noqa: B007
                losses.append(f)
                if k % per_epoch:
                    continue
                epoch = k // per_epoch
                if epoch in keep:
                    kept[epoch], statistics[epoch] = point, gathered.copy()
                if held is not None:
                    outputs = net.outputs(point, held[0], Mode(running=gathered))
                    held_losses.append(loss.mean(outputs, held[1]))
                    right += [_accuracy(loss, outputs, held[1])] if loss in CLASSIFIES else []
                    if np.sum(held_losses[-1]) < best.loss:
                        best = _Best(np.sum(held_losses[-1]), epoch, point, gathered.copy())
                    elif self.patience is not None and epoch - best.epoch >= self.patience:
                        outcome = "stopped early"
                        break
        if lost is not None:
            outcome, k = "diverged", int(lost.max())
        end, ran = (point, gathered) if self.patience is None else (best.theta, best.running)
        diverged = np.full(end.shape[:-1], -1) if lost is None else lost
        steps, epochs, shares = (np.array(curve, start.dtype) for curve in (losses, held_losses, right))
        return History(end, steps, epochs, shares, kept, ran, outcome, k, diverged, statistics)


def _held(net: Network, validation: Any, loss: Loss, dtype: DTypeLike) -> tuple[np.ndarray, np.ndarray]:
    """Validation data, laid out as `Network.batch` does; its errors say of which data they speak."""
    if isinstance(validation, Dataset):
        validation = validation.X, validation.y
    if not isinstance(validation, tuple | list) or len(validation) != 2:
        raise TypeError(f"validation must be a Dataset or a pair (X, y), but it is {came(validation)}")
    try:
        return net.batch(*validation, loss, dtype)
    except (TypeError, ValueError) as error:
        raise type(error)(f"validation does not fit: {error}") from error


class _Best(NamedTuple):
    loss: float
    epoch: int
    theta: np.ndarray
    running: np.ndarray


def _batches(
    A: np.ndarray, y: np.ndarray, size: int, rng: np.random.Generator | None
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Batches of `size` columns of A (d, n) and y (k, n) for ever, shuffled before each pass if there is an rng."""
    n = A.shape[1]
    if size == n:
        yield from repeat((A, y))
    # Kept as rows, a batch is one stretch of memory; its transpose is a view. y, often used, is laid out anew.
    X, Y = np.ascontiguousarray(A.T), np.ascontiguousarray(y.T)
    while True:
        if rng is not None:
            order = rng.permutation(n)
            X, Y = X[order], Y[order]
        for i in range(0, n, size):
            yield X[i : i + size].T, np.ascontiguousarray(Y[i : i + size].T)


def _accuracy(loss: Loss, outputs: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The share (…) of right answers of outputs (…, k, n): one class of k, or k answers yes or no, as y (k, n) says."""
    if loss is BINARY_CROSS_ENTROPY:
        return ((outputs >= 0) == y).mean(axis=(-2, -1))
    return (outputs.argmax(axis=-2) == y.argmax(axis=0)).mean(axis=-1)


def _bar(steps: int, show: bool | Callable[[range], Iterable[int]]) -> Iterable[int]:
    if callable(show):
        return show(range(steps))
    flag("progress", show)
    if not show:
        return range(steps)
    from tqdm.auto import tqdm

    return tqdm(range(steps))
