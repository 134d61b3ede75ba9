"""A confusion matrix as a table: a row for each class, a column for each answer, counts in the cells."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from .style import FAINT, INK, VERMILLION


def draw_confusion(ax: Axes, C: np.ndarray) -> None:
    """Draw the counts C (k, k): C[i, j] samples of class i were called j. Mistakes are bold and boxed; no zeros."""
    k = len(C)
    ax.set(xlim=(-0.5, k - 0.5), ylim=(k - 0.5, -0.5), aspect="equal", xticks=range(k), yticks=range(k))
    ax.set(xlabel="what the network says", ylabel="what it is")
    ax.xaxis.tick_top()
    ax.xaxis.set_label_position("top")
    ax.tick_params(length=0)
    ax.spines[:].set(visible=True, color=FAINT, linewidth=0.8)
    for i, j in np.argwhere(C):
        wrong = i != j
        if wrong:
            ax.add_patch(
                Rectangle((j - 0.42, i - 0.42), 0.84, 0.84, facecolor="none", edgecolor=VERMILLION, linewidth=2)
            )
        weight = "bold" if wrong else "normal"
        ax.text(j, i, str(C[i, j]), ha="center", va="center", color=INK, weight=weight)
