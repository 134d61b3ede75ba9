"""Every number of the page on convolution, computed by the engine."""

from functools import lru_cache

import numpy as np

from coursepkg.engine.activations import sigmoid
from coursepkg.engine.convolution import convolve, max_pool, pullback
from coursepkg.engine.datasets import DIGITS_7X5, digit
from coursepkg.engine.network import mlp
from coursepkg.scenes.convolution import KERNELS

GAP = KERNELS["gap"]


def by_hand(page):
    zero, one = (convolve(DIGITS_7X5[k], GAP, padding=1) for k in (0, 1))
    assert zero[3, 2] == 6  # the middle
    page.says("All six weights of $+1$ meet ink and no weight of $-1$ does: the sum is 6.")
    assert (DIGITS_7X5[1][3:6, 1:4] == [[0, 1, 0]] * 3).all()
    assert one[4, 2] == -3
    page.says("a sum of $-3$ comes out")
    assert one[4, 3] == 3 == one.max()
    page.says("the stroke lies under its left column: 3. That is the best it finds anywhere on the 1.")
    page.says("(shape $(3, 3)$, its middle numbered 0, 0)")
    page.says("and the map has the shape of the image, $(7, 5)$")
    page.says("where $x$ is the image (shape $(7, 5)$)")


def seen(page):
    largest = {
        (name, k): {float(max_pool(convolve(digit(k, by), w, padding=1)).value) for by in (-1, 0, 1)}
        for name, w in KERNELS.items()
        for k in (0, 1)
    }
    assert largest == {
        ("gap", 0): {6},
        ("gap", 1): {3},
        ("stroke", 0): {3},
        ("stroke", 1): {3},
        ("lower edge", 0): {3},
        ("lower edge", 1): {1},
    }
    page.says("On the 0 the gap detector finds a 6 in the middle of the hole.")
    page.says("the 6 moves by one column, too")
    page.says("On the 1 its largest number is 3, wherever the digit stands.")
    page.says('"is the largest number above 4.5?" tells the two digits apart in all six pictures')
    page.says("The stroke finds a 3 on both digits")
    page.says("The lower edge finds a 3 below the 0 and only a 1 on the 1.")


def parameters(page):
    assert mlp((35, 35)).size == 1260 == 35 * (35 + 1)
    page.says("A fully connected layer from 35 pixels to 35 outputs")
    page.says(r"has $35 \cdot (35 + 1) = 1{,}260$ parameters. The convolution from 35 pixels to 35 places has")
    page.says(r"## Ten parameters instead of 1,260")
    assert GAP.size + 1 == 10
    page.says(r"$3 \cdot 3 + 1 = 10$")
    W = convolve(np.eye(35).reshape(35, 7, 5), GAP, padding=1).reshape(35, 35).T
    held = np.count_nonzero(W)
    page.says(f"Of 1,225 weights all but {held} are **0**")
    assert W.size == 1225
    page.says(f"And the {held} are only nine different ones")
    # Nine different ones: with nine different weights, the matrix holds nine different numbers and 0.
    distinct = convolve(np.eye(35).reshape(35, 7, 5), np.arange(1, 10).reshape(3, 3), padding=1)
    assert set(np.unique(distinct)) == set(range(10))
    page.says(r"the columns of its $35 \times 35$ matrix")
    page.says("| parameters | $9 + 1$ instead of $35 \\cdot 36$ |")
    page.says("it has $c'\\,(9c + 1)$ parameters")


def pooling(page):
    """A response that crosses from one block into the next changes both."""
    z = np.zeros((4, 4))
    z[0, 1] = 1

    def blocks(z):
        return z.reshape(2, 2, 2, 2).max(axis=(1, 3))

    assert (blocks(np.roll(z, -1, axis=1)) == blocks(z)).all()
    assert (blocks(np.roll(z, 1, axis=1)) != blocks(z)).sum() == 2
    page.says(r"into blocks of $2 \times 2$")


@lru_cache
def learn(seed):
    """The page's training: the kernel and the bias that it ends with."""
    X, y = np.array([digit(0), digit(1)]), np.array([0, 1])
    w, b = np.random.default_rng(seed).normal(0, 0.1, (3, 3)), 0.0
    for _ in range(300):
        z = convolve(X, w, b, padding=2)
        top = max_pool(z)
        a = sigmoid(top.value)
        dz = np.zeros_like(z)
        dz[[0, 1], top.row, top.column] = (a - y) / 2
        back = pullback(dz, X, w, padding=2)
        w, b = w - back.w, b - back.b
    return w, b


def learning(page):
    stuck = 0
    for seed in range(6):
        w, b = learn(seed)
        z = np.array([[max_pool(convolve(digit(k, by), w, b, 2)).value for by in (-1, 0, 1)] for k in (0, 1)])
        assert (z == z[:, :1]).all()  # the same score, to the last bit
        if (np.abs(z) < 0.01).all():
            stuck += 1
        else:
            assert ((z >= 0) == [[False], [True]]).all()
    assert stuck == 2
    page.says("It has seen two pictures and reads six")
    page.says("of the six starts from seeds 0 to 5, two learn nothing at all")
    page.says("The training set holds two images: the 0 and the 1, each in the middle. (The padding is 2,")


def digits(page):
    """Where 0 and 1 are the names of the digits."""
    page.says("built a neuron that tells a 0 from a 1.")
    page.says("What makes a 0 a 0?")
    page.says("Lay it on the middle of the 0.")
    page.says("Now lay it on the lower half of the 1.")
    page.says("the probability that the digit is a 1")
    page.says("What comes in at one side is 0")
    page.says(r"\begin{pmatrix} 1 & -1 & 1 \\ 1 & -1 & 1 \\ 1 & -1 & 1 \end{pmatrix}")
    page.says(r"\sum_{u=-1}^{1} \sum_{v=-1}^{1}")


def augmented(page):
    """The plain neuron by descent, in plain sums: two pictures, then six."""
    names = [(k, by) for k in (0, 1) for by in (-1, 0, 1)]
    six, truth = np.array([digit(k, by).ravel() for k, by in names], float), np.array([k for k, _ in names])

    def trained(rows):
        w, b = np.zeros(35), 0.0
        for _ in range(300):
            a = 1 / (1 + np.exp(-(six[rows] @ w + b)))
            w = w - sum((a[i] - truth[k]) * six[k] for i, k in enumerate(rows)) / len(rows)
            b = b - sum(a[i] - truth[k] for i, k in enumerate(rows)) / len(rows)
        return (six @ w + b > 0) == truth

    assert trained([1, 4]).tolist() == [False, True, False, False, True, False]  # "misreads shifted ones"
    assert trained(list(range(6))).all()
    page.says("with its 35 weights")


CLAIMS = [by_hand, seen, parameters, pooling, learning, augmented, digits]


def test_the_engine_finds_what_the_page_says(chapter, claim):
    chapter.proves(claim)


def test_no_other_number_stands_in_the_prose(proven):
    proven.says("**Time** 30 minutes")  # a reader's estimate
    assert proven.unproven(given=set()) == []
