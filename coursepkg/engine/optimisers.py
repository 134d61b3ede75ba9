"""First-order optimisers, in the letters of their papers, with the book's η for the step size.

Each is a frozen dataclass of hyperparameters: its repr is a legend, its hash a cache key. `iterates(oracle, x)` starts
at x and yields (x, f(x)) for ever, one call of the oracle an iterate; oracle(x) returns f(x) and the gradient g. All
state is local to the generator, so that no run remembers another, and no array that was yielded changes later. x is (…,
d): leading axes are that many runs at once, with f (…). η is a number or a schedule; η ≤ 0 raises ValueError, and so do
an x that is not finite and an oracle whose answers have other shapes. A landscape is an oracle too.
"""

from collections.abc import Callable, Iterator
from dataclasses import Field, dataclass, fields
from itertools import count, repeat
from typing import Any, ClassVar

import numpy as np

from .oracles import Iterates, Optimiser, Oracle
from .oracles import oracle as asked
from .schedules import Constant, Schedule, schedule
from .validate import choice, finite, flag, nonnegative, within


def constants(x: np.ndarray, *values: float) -> list[np.ndarray]:
    """The values as arrays () of x's dtype: NumPy multiplies by those faster than by Python's numbers."""
    return [np.array(value, x.dtype) for value in values]


def numbers(eta: float | Schedule) -> Iterator[float]:
    """η₁, η₂, … for ever; ValueError for a number that is not above 0, or a schedule that gives one below.

    >>> next(numbers(lambda k: 0.5))
    0.5
    """
    eta = schedule(eta)
    if isinstance(eta, Constant):
        yield from repeat(eta.eta)
    for k in count(1):
        size = eta(k)
        nonnegative("eta", size)
        yield size


def step_sizes(eta: float | Schedule, x: np.ndarray) -> Iterator[np.ndarray]:
    """η₁, η₂, … as arrays () of x's dtype, for ever; errors as `numbers`."""
    eta = schedule(eta)
    if isinstance(eta, Constant):
        return repeat(*constants(x, eta.eta))
    return (np.array(size, x.dtype) for size in numbers(eta))


class FirstOrder:
    """What the optimisers share: a step size that is a positive number or a schedule, and the door to their runs."""

    # What each of them brings along, being a dataclass with a run.
    eta: float | Schedule
    _run: Callable[[Oracle, np.ndarray], Iterates]
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    def __post_init__(self) -> None:
        schedule(self.eta)
        for field in fields(self):
            if field.name in {"beta", "beta1", "beta2", "rho", "eps", "decay"}:
                within(field.name, getattr(self, field.name), 0, 1, open_high=True)
            elif field.type in (bool, "bool"):
                flag(field.name, getattr(self, field.name))

    def iterates(self, oracle: Oracle, x: Any) -> Iterates:
        """(x, f(x)) for ever, x (…, d) and f (…); ValueError for a start that is not finite."""
        return self._run(asked("oracle", oracle), finite("x", x))


@dataclass(frozen=True)
class GradientDescent(FirstOrder):
    """x ← x − η g (Cauchy 1847). With a new batch behind the oracle each time: stochastic gradient descent.

    >>> path = GradientDescent(0.25).iterates(lambda x: (x @ x, 2 * x), np.array([1.0]))
    >>> [float(f) for _, (x, f) in zip(range(3), path)]
    [1.0, 0.25, 0.0625]
    """

    eta: float | Schedule = 0.1
    name: ClassVar[str] = "gradient descent"

    def _run(self, oracle: Oracle, x: np.ndarray) -> Iterates:
        for eta in step_sizes(self.eta, x):
            f, g = oracle(x)
            yield x, f
            x = x - eta * g


@dataclass(frozen=True)
class Momentum(FirstOrder):
    """The heavy ball (Polyak 1964): x_{k+1} = x_k − η g_k + β (x_k − x_{k−1}); `beta` in [0, 1).

    v is the last displacement. Under a constant g it tends to −η g/(1 − β).
    """

    eta: float | Schedule = 0.01
    beta: float = 0.9
    name: ClassVar[str] = "heavy ball"

    def _run(self, oracle: Oracle, x: np.ndarray) -> Iterates:
        (beta,) = constants(x, self.beta)
        v = np.zeros_like(x)
        for eta in step_sizes(self.eta, x):
            f, g = oracle(x)
            yield x, f
            v *= beta
            v -= eta * g
            x = x + v


@dataclass(frozen=True)
class Nesterov(FirstOrder):
    """Nesterov's acceleration (1983): x_{k+1} = y_k − η g(y_k), y_{k+1} = x_{k+1} + β (x_{k+1} − x_k); β in [0, 1).

    The iterates are the y_k, the points where gradients are taken.
    """

    eta: float | Schedule = 0.01
    beta: float = 0.9
    name: ClassVar[str] = "Nesterov"

    def _run(self, oracle: Oracle, x: np.ndarray) -> Iterates:
        (beta,) = constants(x, self.beta)
        y = x
        for eta in step_sizes(self.eta, x):
            f, g = oracle(y)
            yield y, f
            x, last = y - eta * g, x
            y = x + beta * (x - last)


@dataclass(frozen=True)
class AdaGrad(FirstOrder):
    """G ← G + g², x ← x − η g/(√G + ε), elementwise (Duchi, Hazan and Singer 2011); ε in [0, 1).

    Under a constant g its k-th step is η/√k.
    """

    eta: float | Schedule = 0.1
    eps: float = 1e-10
    name: ClassVar[str] = "AdaGrad"

    def _run(self, oracle: Oracle, x: np.ndarray) -> Iterates:
        (eps,) = constants(x, _above_zero(self.eps, x))
        G = np.zeros_like(x)
        for eta in step_sizes(self.eta, x):
            f, g = oracle(x)
            yield x, f
            G += g * g
            x = x - eta * g / (np.sqrt(G) + eps)


@dataclass(frozen=True)
class RMSProp(FirstOrder):
    """v ← ρ v + (1 − ρ) g², x ← x − η g/(√v + ε), elementwise (Tieleman and Hinton 2012); ρ in [0, 1), ε in [0, 1)."""

    eta: float | Schedule = 0.01
    rho: float = 0.9
    eps: float = 1e-8
    name: ClassVar[str] = "RMSProp"

    def _run(self, oracle: Oracle, x: np.ndarray) -> Iterates:
        rho, new, eps = constants(x, self.rho, 1 - self.rho, _above_zero(self.eps, x))
        v = np.zeros_like(x)
        for eta in step_sizes(self.eta, x):
            f, g = oracle(x)
            yield x, f
            v *= rho
            v += new * g * g
            x = x - eta * g / (np.sqrt(v) + eps)


@dataclass(frozen=True)
class Adam(FirstOrder):
    """Adam, Algorithm 1 of Kingma and Ba (2015), elementwise; β₁, β₂ in [0, 1), ε in [0, 1).

    m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ), x ← x − η m̂/(√v̂ + ε). m and v
    start at 0 and are too small at first; the hats mend that. `corrected=False` leaves the hats off, as some slides do:
    the first steps are then too long. v is an uncentred second moment, not a curvature.
    """

    eta: float | Schedule = 0.001
    beta1: float = 0.9
    beta2: float = 0.999
    eps: float = 1e-8
    corrected: bool = True
    name: ClassVar[str] = "Adam"

    def _run(self, oracle: Oracle, x: np.ndarray) -> Iterates:
        return _adam(self, oracle, x, decay=0)


@dataclass(frozen=True)
class AdamW(Adam):
    """Adam with decoupled weight decay (Loshchilov and Hutter 2019): besides Adam's step, x ← x − η λ x; λ = `decay`.

    With an L2 penalty instead, λx would pass through m and v and be rescaled with them: weights with large gradients
    would decay less. λ in [0, 1); as in libraries, η multiplies it.
    """

    decay: float = 0.01
    name: ClassVar[str] = "AdamW"

    def _run(self, oracle: Oracle, x: np.ndarray) -> Iterates:
        return _adam(self, oracle, x, self.decay)


def _adam(adam: Adam, oracle: Oracle, x: np.ndarray, decay: float) -> Iterates:
    least = _above_zero(adam.eps, x)
    beta1, beta2, new1, new2 = constants(x, adam.beta1, adam.beta2, 1 - adam.beta1, 1 - adam.beta2)
    step, eps = constants(x, 0, 0)
    m, v, size = np.zeros_like(x), np.zeros_like(x), np.empty_like(x)
    for t, eta in zip(count(1), numbers(adam.eta), strict=False):
        f, g = oracle(x)
        yield x, f
        m *= beta1
        m += new1 * g
        v *= beta2
        v += new2 * g * g
        if adam.corrected:
            # η m̂/(√v̂ + ε) in the paper's cheaper order (end of its section 2), which rescales ε too.
            root = (1 - adam.beta2**t) ** 0.5
            step[()], eps[()] = eta * root / (1 - adam.beta1**t), least * root
            np.sqrt(v, out=size)
            size += eps
            move = step * m
            move /= size
        else:
            move = eta * m / (np.sqrt(v) + least)
        x = x - move if decay == 0 else x - eta * decay * x - move


def _above_zero(eps: float, x: np.ndarray) -> float:
    """ε = 0 is allowed; the least positive number in its place changes no step, and makes 0/0 a step of 0."""
    return max(eps, float(np.finfo(x.dtype).tiny))


OPTIMISERS: dict[str, type] = {
    optimiser.name: optimiser for optimiser in (GradientDescent, Momentum, Nesterov, AdaGrad, RMSProp, Adam, AdamW)
}


def optimiser(name: str | Optimiser) -> Optimiser:
    """The optimiser called `name`, as it is by default; one that is made already, also of your own, passes through.

    ValueError for an unknown name, with the nearest one; TypeError for what has no `iterates`, or for a class.

    >>> optimiser("Adam")
    Adam(eta=0.001, beta1=0.9, beta2=0.999, eps=1e-08, corrected=True)
    """
    if isinstance(name, str):
        return OPTIMISERS[choice("optimiser", name, OPTIMISERS)]()
    if isinstance(name, type) or not callable(getattr(name, "iterates", None)):
        raise TypeError(f"optimiser must be one that is made, such as Adam(0.01), or a name, but it is {name!r:.60}")
    return name
