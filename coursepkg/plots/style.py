"""The house style: one set of inks and sizes for every figure of the course.

Blue is positive, or class 1, and drawn filled or solid; vermillion is negative, or class 0, and drawn hollow
or dashed, so that no figure needs its colours to be understood.
"""

import matplotlib as mpl
from matplotlib.figure import Figure

from ..explorable import ink

BLUE = ink.BLUE.light
VERMILLION = ink.VERMILLION.light
GREEN = ink.GREEN.light
PURPLE = ink.PURPLE.light
ORANGE = ink.ORANGE.light
INK = ink.INK.light
FAINT = ink.FAINT.light
PAPER = ink.PAPER.light


def figure(width: float = 5.0, height: float = 3.0, **subplots) -> tuple:
    """A figure of ``width`` × ``height`` inches and its axes, as ``matplotlib.pyplot.subplots`` gives them.

    Puts the house style into force for the rest of the session, as ``matplotlib.style.use`` would. Five
    inches fill the page's column, and on a phone the text stays readable at that width. Nothing is shown
    until :func:`coursepkg.show` is called.
    """
    mpl.rcParams.update(ink.RC)
    fig = Figure(figsize=(width, height), layout="constrained")
    return fig, fig.subplots(**subplots)
