"""A kernel that slides: what it finds, how large the map is, and how many parameters it has."""

import numpy as np

from coursepkg.engine.convolution import convolve

from ..answer import Answer, Wrong, whole
from ..exercise import exercise
from ..slips import Slip, compare, known


def _slid(x: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    return convolve(x, w, b)


_MAPS: tuple[Slip, ...] = (
    (
        lambda x, w, b: _slid(x, w[::-1, ::-1], b),
        "You turned the kernel over, as mathematicians do; here it lies as it is.",
        "Multiply w[u, v] by x[i + u, j + v].",
    ),
    (lambda x, w, b: _slid(x, w, 0.0), "The bias is missing.", "Add b at every place."),
    (
        lambda x, w, b: _slid(x, w, b * w.size),
        "The bias is added for every weight; a place has it once.",
        "Add b after the sum.",
    ),
    (
        lambda x, w, b: _slid(x, w[::-1], b),
        "The kernel's rows are turned over.",
        "Row u of w lies on row i + u of x.",
    ),
    (
        lambda x, w, b: _slid(x, w[:, ::-1], b),
        "The kernel's columns are turned over.",
        "Column v of w lies on column j + v of x.",
    ),
    (
        lambda x, w, b: _slid(x, w, b) / w.size,
        "The products are added up, not averaged.",
        "Use a sum.",
    ),
    (
        lambda x, w, b: _slid(x, w.T, b),
        "The kernel is transposed.",
        "Row u of w lies on row i + u of x.",
    ),
    (
        lambda x, w, b: np.maximum(_slid(x, w, b), 0),
        "The map is asked as it is, before any activation.",
        "Leave the ReLU out.",
    ),
)


@exercise(
    "Lay the kernel on one place first: which part of x does it cover at row i and column j?",
    "x[i : i + k, j : j + m]. Multiply it by w entry by entry, add up, add b. How many places are there?",
    "Rows i from 0 to H − k, columns j from 0 to W − m: the map has shape (H − k + 1, W − m + 1).",
)
def convolved(convolve: Answer, seed: int = 0) -> str:
    """`convolve(x, w, b)` returns the map of the kernel w (k, m) that slides over the picture x (H, W), no padding."""
    rng = np.random.default_rng(seed)
    for H, W, k, m in ((4, 6, 3, 2), (5, 4, 2, 2), (3, 7, 1, 3), (3, 2, 3, 2), (6, 5, 3, 3)):
        x, w = rng.integers(-3, 4, (H, W)) * 1.0, rng.integers(-3, 4, (k, m)) + 0.5
        b = round(float(rng.uniform(0.2, 2)), 1)
        given = {"x": x, "w": w, "b": b}
        right = _slid(x, w, b)
        on = f"x of shape {x.shape}, w = {w.tolist()}, b = {b}"
        what = f"a map of shape {right.shape}"
        compare(convolve, "the map", given, right, _MAPS, what=what, on=on)
    return "One question, asked at every place: the map moves with the picture."


_SIZES: tuple[Slip, ...] = (
    (
        lambda n, k, padding, stride: (n + 2 * padding - k) // stride,
        "One place is missing.",
        "With n = k there is one.",
    ),
    (
        lambda n, k, padding, stride: (n + padding - k) // stride + 1,
        "The rim is on both sides.",
        "How wide is the padded picture?",
    ),
    (
        lambda n, k, padding, stride: n + 2 * padding - k + 1,
        "Your kernel does not leap.",
        "Where does the stride come in?",
    ),
    (
        lambda n, k, padding, stride: -(-(n + 2 * padding - k) // stride) + 1,
        "A kernel that would hang over the edge has no place there.",
        "Round down.",
    ),
    (lambda n, k, padding, stride: (n - k) // stride + 1, "The padding is missing.", "How wide is the padded picture?"),
    (
        lambda n, k, padding, stride: (n + 2 * padding - k + 1) // stride,
        "The last + 1 comes after the division.",
        "How often can it leap, after the first place?",
    ),
    (
        lambda n, k, padding, stride: n,
        "The map is as wide as the picture only for the right padding.",
        "Count the places.",
    ),
)


@exercise(
    "How wide is the padded picture? How far can the kernel go from its first place, and in how many leaps?",
    "From the first place it can go n + 2·padding − k pixels on, in leaps of `stride`.",
    "(n + 2 * padding - k) // stride + 1.",
)
def map_size(size: Answer, seed: int = 0) -> str:
    """`size(n, k, padding, stride)` returns the width of a map: kernel k wide, n pixels, padded on both sides."""
    rng = np.random.default_rng(seed)
    drawn = [tuple(rng.integers([15, 2, 1, 2], [60, 8, 4, 5]).tolist()) for _ in range(4)]
    cases = ((7, 3, 1, 1), (28, 5, 0, 2), (9, 4, 2, 3), (5, 5, 0, 1), (10, 3, 1, 4), *drawn)
    for case in cases:
        on = ", ".join(f"{name} = {value}" for name, value in zip(("n", "k", "padding", "stride"), case, strict=True))
        n, k, padding, stride = case
        got, right = whole(size(*case), "the width", on), len(range(0, n + 2 * padding - k + 1, stride))
        if got != right:
            raise Wrong("the width", on=on, got=got, **known(got, _SIZES, *case, rtol=0, answer=size, others=cases))
    return "With stride 1 and a padding of (k − 1)/2 the map is as wide as the picture."


_COUNTS: tuple[Slip, ...] = (
    (lambda maps, kernels, k: kernels * maps * k * k, "The biases are missing: each kernel has one.", "Add them."),
    (
        lambda maps, kernels, k: kernels * (k * k + 1),
        "A kernel reads all maps of the layer before, with weights of its own for each.",
        "How many numbers lie under it at one place?",
    ),
    (
        lambda maps, kernels, k: kernels * maps * (k * k + 1),
        "A kernel has one bias, not one for each map that it reads.",
        "Where does the + 1 belong?",
    ),
    (lambda maps, kernels, k: maps * k * k + 1, "That is one kernel; there are several.", "Multiply by their number."),
    (
        lambda maps, kernels, k: kernels * maps * k * k + 1,
        "Each kernel has a bias of its own.",
        "Where does the + 1 belong?",
    ),
    (lambda maps, kernels, k: kernels * (maps * k + 1), "A kernel is k high and k wide.", "Square k."),
)


@exercise(
    "Count one kernel first: how many numbers lie under it at one place, and what else does it own?",
    "It reads `maps` maps, so it has maps · k · k weights, and one bias.",
    "kernels * (maps * k * k + 1), whatever the size of the picture.",
)
def kernel_parameters(count: Answer, seed: int = 0) -> str:
    """`count(maps, kernels, k)` returns the parameters of a layer of k × k kernels over the maps, a bias for each."""
    rng = np.random.default_rng(seed)
    for case in ((1, 1, 3), (3, 16, 5), (16, 8, 2), *(tuple(rng.integers(2, 30, 3).tolist()) for _ in range(3))):
        on = ", ".join(f"{name} = {value}" for name, value in zip(("maps", "kernels", "k"), case, strict=True))
        maps, kernels, k = case
        got, right = whole(count(*case), "the count", on), kernels + np.ones((kernels, maps, k, k)).size
        if got != right:
            raise Wrong("the count", on=on, got=got, **known(got, _COUNTS, *case, rtol=0))
    return "Ten parameters for one 3 × 3 kernel, where a full layer over 35 pixels has 1,260."
