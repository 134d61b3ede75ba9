"""Convolution as networks have it: a kernel slides over a picture, the same weights at every place; and max-pooling.

The kernel is not turned over, so that mathematicians call the operation cross-correlation. Shared weights for
pictures: Fukushima (1980); trained by gradients: LeCun et al. (1989).
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from .validate import count, finite, real


def _windows(x: Any, kernel: tuple[int, int], padding: int) -> np.ndarray:
    """Every window (…, H', W', k, m) of the padded x (…, H, W), as a view."""
    x = finite("x", x, ("…", "H", "W"))
    count("padding", padding, least=0)
    if x.shape[-2] + 2 * padding < kernel[0] or x.shape[-1] + 2 * padding < kernel[1]:
        raise ValueError(
            f"x must have shape (…, H, W), with H and W at least the kernel's {kernel} after a padding of {padding}, "
            f"but its shape is {x.shape}"
        )
    rim = [(0, 0)] * (x.ndim - 2) + [(padding, padding)] * 2
    return sliding_window_view(np.pad(x, rim), kernel, axis=(-2, -1))


def convolve(x: Any, w: Any, b: float = 0.0, padding: int = 0) -> np.ndarray:
    """z (…, H', W') with z[i, j] = b + Σᵤᵥ w[u, v] x[i + u, j + v], for pictures x (…, H, W) and a kernel w (k, m).

    x gets a rim of `padding` zeros on each side, so H' = H + 2 padding − k + 1, and W' likewise. Raises ValueError if
    the kernel is larger than the padded picture, or values are not finite.

    >>> convolve([[0, 0, 1, 0]], [[-1, 1]])
    array([[ 0.,  1., -1.]])
    """
    w = finite("w", w, ("k", "m"))
    real("b", b)
    return np.einsum("...uv,uv->...", _windows(x, w.shape, padding), w) + b


class Derivatives(NamedTuple):
    """A loss's derivatives by the picture (…, H, W), by the kernel (k, m) and by the bias."""

    x: np.ndarray
    w: np.ndarray
    b: float


def pullback(dz: Any, x: Any, w: Any, padding: int = 0) -> Derivatives:
    """The derivatives of L by x, w and b, from dz = ∂L/∂z (…, H', W') of z = convolve(x, w, b, padding).

    The kernel is used at every place, so ∂L/∂w adds up over the places: Σ dz[i, j] x[i + u, j + v]. And each pixel is
    seen by each of the kernel's weights, so ∂L/∂x slides the turned kernel over dz. ValueError if sizes do not match.

    >>> pullback([[1.0, 0, 0]], [[0, 5, 1, 0]], [[-1, 1]]).w
    array([[0., 5.]])
    """
    w = finite("w", w, ("k", "m"))
    windows = _windows(x, w.shape, padding)
    dz = finite("dz", dz, windows.shape[:-2])
    k, m = w.shape
    rim = [(0, 0)] * (dz.ndim - 2) + [(k - 1, k - 1), (m - 1, m - 1)]
    dx = convolve(np.pad(dz, rim), w[::-1, ::-1])
    return Derivatives(
        dx[..., padding : dx.shape[-2] - padding, padding : dx.shape[-1] - padding],
        np.einsum("nij,nijuv->uv", dz.reshape(-1, *dz.shape[-2:]), windows.reshape(-1, *windows.shape[-4:])),
        float(dz.sum()),
    )


class Pooled(NamedTuple):
    """The largest values (…) of maps, and the row and column (…) where each stands: the first, if several do."""

    value: np.ndarray
    row: np.ndarray
    column: np.ndarray


def max_pool(z: Any) -> Pooled:
    """The largest value of each map z (…, H, W), wherever it stands: global max-pooling.

    A gradient goes back to that one place. Raises ValueError if z is no map or holds values that are not finite.

    >>> max_pool([[0, 7, 1], [2, 3, 0]])
    Pooled(value=array(7.), row=array(0), column=array(1))
    """
    z = finite("z", z, ("…", "H", "W"))
    flat = z.reshape(*z.shape[:-2], -1)
    place = np.asarray(flat.argmax(axis=-1))
    row, column = np.divmod(place, z.shape[-1])
    return Pooled(np.take_along_axis(flat, place[..., None], axis=-1)[..., 0], np.asarray(row), np.asarray(column))


def shift(x: Any, rows: int = 0, columns: int = 0) -> np.ndarray:
    """x (…, H, W) moved down by `rows` and right by `columns`, zeros coming in; what leaves is lost.

    ValueError for an x of fewer axes or not finite, and for no whole numbers of rows and columns.

    >>> shift([[1, 2, 3]], columns=-1)
    array([[2., 3., 0.]])
    """
    x = finite("x", x, ("…", "H", "W"))
    count("rows", rows, least=None)
    count("columns", columns, least=None)
    moved = np.zeros_like(x)
    H, W = x.shape[-2:]
    to = [slice(max(0, by), max(0, size + min(0, by))) for by, size in ((rows, H), (columns, W))]
    come = [slice(max(0, -by), max(0, size - max(0, by))) for by, size in ((rows, H), (columns, W))]
    moved[..., to[0], to[1]] = x[..., come[0], come[1]]
    return moved
