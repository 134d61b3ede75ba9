"""How good predictions are: accuracy and the confusion matrix."""

from typing import Any

import numpy as np

from .validate import count, finite, labels


def classes(outputs: Any) -> np.ndarray:
    """The predicted labels (…, n) of outputs (…, n, k): the largest of k > 1 scores, or, for one logit, whether z ≥ 0.

    >>> classes([[0.2], [-0.1]])
    array([1, 0])
    """
    outputs = np.asarray(outputs)
    return (outputs[..., 0] >= 0).astype(int) if outputs.shape[-1] == 1 else outputs.argmax(axis=-1)


def accuracy(y: Any, yhat: Any) -> np.ndarray:
    """The share (…) of labels yhat (…, n) that equal y (n,); ValueError if their lengths differ.

    >>> float(accuracy([0, 1, 1, 0], [0, 1, 0, 0]))
    0.75
    """
    y, yhat = finite("y", y, ("n",)), np.asarray(yhat)
    if yhat.shape[-1:] != y.shape:
        raise ValueError(f"yhat must hold one label for each of the {len(y)} in y, but its shape is {yhat.shape}")
    return (yhat == y).mean(axis=-1)


def confusion_matrix(y: Any, yhat: Any, classes: int = 2) -> np.ndarray:
    """C (classes, classes): C[i, j] samples of class i, a row, were called j; ValueError for labels out of range.

    >>> confusion_matrix([0, 1, 1, 0], [0, 1, 0, 0])
    array([[2, 0],
           [1, 1]])
    """
    count("classes", classes)
    y = labels("y", y, len(y), classes)
    C = np.zeros((classes, classes), int)
    np.add.at(C, (y, labels("yhat", yhat, len(y), classes)), 1)
    return C
