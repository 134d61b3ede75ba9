"""The claims of the convolution page's explorable."""

from coursepkg.engine.datasets import DIGITS_7X5
from tests.scenes.saying import says

KERNELS = {
    "gap": [[1, -1, 1]] * 3,
    "stroke": [[-1, 1, -1]] * 3,
    "lower edge": [[0, 0, 0], [1, 1, 1], [-1, -1, -1]],
}


def found(state) -> list[list[tuple[int, int]]]:
    """At each place how much ink lies under the plus and how much under the minus pixels, counted one by one."""
    image = DIGITS_7X5[int(state.k)].astype(int).tolist()
    ink = lambda i, j: 0 <= i < 7 and 0 <= j < 5 and 0 <= j - state.shift < 5 and image[i][j - state.shift]  # noqa: E731
    w = KERNELS[state.kernel]
    count = lambda i, j, s: sum(bool(ink(i + u - 1, j + v - 1)) for u in range(3) for v in range(3) if w[u][v] == s)  # noqa: E731
    return [[(count(i, j, 1), count(i, j, -1)) for j in range(5)] for i in range(7)]


@says(
    "slide_the_detector",
    "Row <row>, column <column>: ink on <plus> of the detector's plus pixels and on <minus> of its minus pixels gives "
    "<Plus> − <Minus> = <sum>.",
)
def one_place(state, said):
    row, column = divmod(int(state.places) - 1, 5)
    plus, minus = found(state)[row][column]
    assert (said.row, said.column) == (row + 1, column + 1)
    assert (said.plus, said.minus) == (said.Plus, said.Minus) == (plus, minus)
    assert said.sum == plus - minus


@says("slide_the_detector", "All 35 places visited. The largest number is <top>, in row <row>, column <column>.")
def one_largest(state, said):
    sums = {(i, j): a - b for i, row in enumerate(found(state)) for j, (a, b) in enumerate(row)}
    top = [place for place, value in sums.items() if value == max(sums.values())]
    assert state.places == 35
    assert said.top == max(sums.values())
    assert top == [(said.row - 1, said.column - 1)]


@says(
    "slide_the_detector",
    "All 35 places visited. The largest number is <top>, found <times> times, in column[s] <columns:[\\d and]*\\d>.",
    k="1",
    kernel="gap",
    places=35,
)
def several_largest(state, said):
    sums = {(i, j): a - b for i, row in enumerate(found(state)) for j, (a, b) in enumerate(row)}
    top = [place for place, value in sums.items() if value == max(sums.values())]
    assert state.places == 35
    assert said.top == max(sums.values())
    assert said.times == len(top) > 1
    assert [int(c) for c in said.columns.split(" and ")] == sorted({j + 1 for _, j in top})
