"""Real measurements, shipped with the package; `data/README.md` beside them names the sources."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np

from ..validate import choice
from .dataset import Dataset

DATA = files("coursepkg.engine") / "data"
SPECIES = ("setosa", "versicolor", "virginica")


def iris(
    classes: Sequence[str] = ("setosa", "versicolor"),
    features: Sequence[str] = ("petal length", "petal width"),
) -> Dataset:
    """Flowers of the species `classes` (y = 0 for the first, 1 for the second, …), 50 of each; `features` in cm.

    X is (50·classes, features). Fisher (1936), "The use of multiple measurements in taxonomic problems", Table I:
    species 'setosa', 'versicolor', 'virginica'; features 'sepal length', 'sepal width', 'petal length', 'petal width'.
    Raises ValueError for an unknown or repeated name, or none.

    >>> iris().X.shape
    (100, 2)
    """
    header, table, species = _iris_table()
    classes, features = _names("classes", classes, SPECIES), _names("features", features, header)
    columns = [header.index(name) for name in features]
    X = np.concatenate([table[species == name][:, columns] for name in classes])
    y = np.repeat(np.arange(len(classes)), 50)
    return Dataset(X, y, features, "Iris: " + " and ".join(classes))


def digits() -> Dataset:
    """1,797 handwritten digits: X (1797, 64), 8 × 8 pixels row by row, each 0 (paper) … 16 (ink); y (1797,) in 0 … 9.

    Alpaydin and Kaynak (1998), "Cascading classifiers"; the same arrays as scikit-learn's `load_digits`.

    >>> data = digits()
    >>> data.X.shape, int(data.X.max()), data.y[:3]
    ((1797, 64), 16, array([0, 1, 2]))
    """
    with (DATA / "digits.npz").open("rb") as file, np.load(file) as arrays:
        X, y = arrays["X"].astype(float), arrays["y"].astype(int)
    return Dataset(X, y, tuple(f"pixel {i // 8},{i % 8}" for i in range(64)), "Handwritten digits")


def _names(kind: str, chosen: Sequence[str], allowed: Sequence[str]) -> tuple[str, ...]:
    if not isinstance(chosen, str | list | tuple):
        raise TypeError(f"{kind} must be a name or a list of names, but it is {chosen!r:.60}")
    chosen = (chosen,) if isinstance(chosen, str) else tuple(chosen)
    for name in chosen:
        choice(kind, name, allowed)
    if not chosen or len(set(chosen)) < len(chosen):
        raise ValueError(f"{kind} must hold each name once, and at least one, but they are {chosen}")
    return chosen


@cache
def _iris_table() -> tuple[tuple[str, ...], np.ndarray, np.ndarray]:
    header, *rows = (line.split(",") for line in (DATA / "iris.csv").read_text(encoding="utf-8").splitlines())
    return tuple(header[:4]), np.array([row[:4] for row in rows], float), np.array([row[4] for row in rows])
