"""A single neuron as a diagram: inputs, weighted edges, the sum z and the output a."""

from collections.abc import Sequence

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Circle

from .numbers import number
from .style import BLUE, FAINT, INK, VERMILLION


def edge_look(w: float) -> dict:
    """The look of an edge of weight w: its width is |w|, its sign solid blue or dashed vermillion."""
    look = {"color": BLUE, "linestyle": "-"} if w >= 0 else {"color": VERMILLION, "linestyle": (0, (3, 1.5))}
    return look | {"linewidth": 0.6 + 2 * abs(w)}


class NeuronDiagram:
    """Inputs on the left, the sum in the middle, the output on the right; one unit of the axes is an inch.

    ``names`` label the inputs, ``symbols`` their weights; the last input is the constant 1 that the bias multiplies.
    """

    def __init__(self, ax: Axes, names: Sequence[str], symbols: Sequence[str]) -> None:
        self.symbols: list[str] = []
        width, height = 3.0, 2.5
        ax.set(xlim=(0, width), ylim=(0, height), aspect="equal")
        ax.axis("off")
        rows = [height - 0.3 - k * (height - 0.6) / (len(names) - 1) for k in range(len(names))]
        x_in, x_sum, x_out, middle = 0.53, 2.1, 2.78, height / 2
        self.edges, self.weights, self.inputs = [], [], []
        for k, (y, name, symbol) in enumerate(zip(rows, names, symbols, strict=True)):
            ax.text(x_in - 0.29, y, name, ha="right", va="center")
            ax.add_patch(Circle((x_in, y), 0.24, facecolor="none", edgecolor=FAINT, linewidth=1))
            self.inputs.append(ax.text(x_in, y, "", ha="center", va="center"))
            self.edges += ax.plot([x_in + 0.26, x_sum - 0.22], [y, middle], zorder=1, solid_capstyle="butt")
            above, below = (x_in + 0.3, y + 0.05), (x_in + 0.3, y - 0.05)
            between = 0 < k < len(rows) - 1  # two edges leave room for the number alone: its name stands above
            ax.text(*above, symbol if between else "", va="bottom")
            self.symbols.append("" if between else f"{symbol} = ")
            self.weights.append(ax.text(*(below if k else above), "", va="top" if k else "bottom"))
        ax.plot([x_sum + 0.22, x_out - 0.2], [middle, middle], color=FAINT, linewidth=1)
        ax.add_patch(Circle((x_sum, middle), 0.22, facecolor="none", edgecolor=INK, linewidth=1.2))
        ax.text(x_sum, middle, "Σ", ha="center", va="center", fontsize=13)
        self.output = ax.add_patch(Circle((x_out, middle), 0.2, facecolor=BLUE, edgecolor="none", alpha=0))
        ax.add_patch(Circle((x_out, middle), 0.2, facecolor="none", edgecolor=INK, linewidth=1.2))
        self.sum = ax.text(x_sum, middle + 0.27, "", ha="left", va="bottom")
        self.value = ax.text(x_out, middle - 0.27, "", ha="center", va="top")

    @property
    def artists(self) -> list[Artist]:
        """What :meth:`move` changes."""
        return [*self.edges, *self.weights, *self.inputs, self.output, self.sum, self.value]

    def move(self, inputs: Sequence[float], weights: Sequence[float], z: float, a: float, fill: float) -> None:
        """Show the inputs (1 the last), the weights (the bias last), the sum z, the output a and its fill in [0, 1]."""
        for edge, text, symbol, w in zip(self.edges, self.weights, self.symbols, weights, strict=True):
            edge.set(**edge_look(w))
            text.set_text(symbol + number(w))
        for text, x in zip(self.inputs, inputs, strict=True):
            text.set_text(number(x))
        self.output.set_alpha(0.75 * fill)
        self.sum.set_text(f"z = {number(z)}")
        self.value.set_text(f"a = {number(a)}")
