"""Seeds at the door: a whole number from 0 on, or a generator of NumPy's, wherever chance is asked for."""

from numbers import Integral

import numpy as np

from .scalars import number

#: What chance may come from: a whole number from 0 on, or a generator, which goes on from where it is.
Seed = int | np.random.Generator


def generator(name: str, seed: Seed) -> np.random.Generator:
    """The generator of a seed ≥ 0, or the generator given, which goes on from where it is; else an error.

    >>> generator("seed", -1)
    Traceback (most recent call last):
    ValueError: seed must be a whole number >= 0, or a NumPy Generator, but it is -1
    """
    return seed if isinstance(seed, np.random.Generator) else np.random.default_rng(_seed(name, seed))


def generators(name: str, seed: Seed, k: int) -> list[np.random.Generator]:
    """k generators that have nothing to do with one another, of a seed or spawned by the generator given."""
    if isinstance(seed, np.random.Generator):
        return seed.spawn(k)
    return [np.random.default_rng(child) for child in np.random.SeedSequence(_seed(name, seed)).spawn(k)]


def _seed(name: str, seed: Seed) -> int:
    wanted = "a whole number >= 0, or a NumPy Generator"
    number(name, seed, wanted)
    if not isinstance(seed, Integral) or seed < 0:
        raise ValueError(f"{name} must be {wanted}, but it is {seed!r}")
    return int(seed)
