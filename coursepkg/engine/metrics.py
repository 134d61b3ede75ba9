"""How good predictions are: accuracy, its interval, and the confusion matrix."""

from typing import Any

import numpy as np

from .validate import count, finite, floats, labels, within


def classes(outputs: Any) -> np.ndarray:
    """The predicted labels (…, n) of outputs (…, n, k): the largest of k > 1 scores, or, for one logit, whether z ≥ 0.

    ValueError for outputs of fewer axes or not finite.

    >>> classes([[0.2], [-0.1]])
    array([1, 0])
    """
    outputs = finite("outputs", outputs, ("…", "n", "k"))
    return (outputs[..., 0] >= 0).astype(int) if outputs.shape[-1] == 1 else outputs.argmax(axis=-1)


def accuracy(y: Any, yhat: Any) -> np.ndarray:
    """The share (…) of labels yhat (…, n) that equal y (n,); ValueError for lengths that differ, or no whole numbers.

    >>> float(accuracy([0, 1, 1, 0], [0, 1, 0, 0]))
    0.75
    """
    y, yhat = labels("y", y, None, None), floats("yhat", yhat)
    if yhat.shape[-1:] != y.shape:
        raise ValueError(f"yhat must hold one label for each of the {len(y)} in y, but its shape is {yhat.shape}")
    labels("yhat", yhat.ravel(), None, None)
    return (yhat == y).mean(axis=-1)


def wilson_interval(right: int, n: int, u: float = 1.96) -> tuple[float, float]:
    """The shares of right answers that `right` of `n` independent ones do not speak against (Wilson 1927).

    With q = right/n, all p whose distance to q is at most u standard deviations √(p (1 − p)/n); u = 1.96 is for 95 %.
    ValueError for n < 1, `right` outside of 0 … n, or u outside of [0, 100].

    >>> low, high = wilson_interval(9, 10)
    >>> round(low, 3), round(high, 3)
    (0.596, 0.982)
    """
    count("n", n)
    count("right", right, least=0)
    within("right", right, 0, n)
    within("u", u, 0, 100)
    q = right / n
    centre = q + u**2 / (2 * n)
    reach = u * (q * (1 - q) / n + u**2 / (4 * n**2)) ** 0.5
    return (centre - reach) / (1 + u**2 / n), (centre + reach) / (1 + u**2 / n)


def confusion_matrix(y: Any, yhat: Any, classes: int = 2) -> np.ndarray:
    """C (classes, classes): C[i, j] samples of class i, a row, were called j.

    ValueError for labels y (n,) and yhat (n,) out of range or of unequal lengths.

    >>> confusion_matrix([0, 1, 1, 0], [0, 1, 0, 0])
    array([[2, 0],
           [1, 1]])
    """
    count("classes", classes)
    y = labels("y", y, None, classes)
    C = np.zeros((classes, classes), int)
    np.add.at(C, (y, labels("yhat", yhat, len(y), classes)), 1)
    return C
