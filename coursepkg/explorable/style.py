"""Style: what a figure looks like, whatever the user's own matplotlib is set to.

Every setting of matplotlib is pinned: its own defaults, and over them sizes and colours for a figure that a
page can repaint and a phone can show. :func:`styled` puts them into force around a scene; :func:`figure` begins
a still figure in them, until it is shown.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.rcsetup import cycler

from . import ink

BLUE = ink.BLUE.light
VERMILLION = ink.VERMILLION.light
GREEN = ink.GREEN.light
PURPLE = ink.PURPLE.light
ORANGE = ink.ORANGE.light
INK = ink.INK.light
FAINT = ink.FAINT.light
PAPER = ink.PAPER.light

#: The one size of text, in points: 11 pixels where a figure of 5 inches spans a phone of 360.
TEXT = 11

#: Settings of the session, of the window and of the clock: they are the user's.
SESSION = (
    "backend",
    "date.epoch",
    "docstring.hardcopy",
    "figure.max_open_warning",
    "figure.raise_window",
    "interactive",
    "savefig.directory",
    "timezone",
    "tk.window_focus",
    "toolbar",
    "webagg.",
)

HOUSE = {
    "axes.edgecolor": FAINT,
    "axes.facecolor": "none",
    "axes.labelcolor": INK,
    "axes.labelsize": TEXT,
    "axes.linewidth": 0.8,
    "axes.prop_cycle": cycler(color=[BLUE, VERMILLION, GREEN, PURPLE, ORANGE]),
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlecolor": INK,
    "axes.titlelocation": "left",
    "axes.titlesize": TEXT,
    "figure.facecolor": "none",
    "font.size": TEXT,
    "grid.color": FAINT,
    "grid.linewidth": 0.4,
    "legend.fontsize": TEXT,
    "legend.frameon": False,
    "lines.linewidth": 1.8,
    "lines.markersize": 7,
    "patch.edgecolor": INK,
    "savefig.facecolor": "none",
    "text.color": INK,
    "xtick.color": FAINT,
    "xtick.labelcolor": INK,
    "xtick.labelsize": TEXT,
    "ytick.color": FAINT,
    "ytick.labelcolor": INK,
    "ytick.labelsize": TEXT,
}

#: Every setting that can change a figure.
#:
#: :meta hide-value:
RC: dict[Any, Any] = {
    name: value for name, value in mpl.rcParamsDefault.items() if not name.startswith(SESSION)
} | HOUSE

_before: list[dict[Any, Any]] = []
_within = 0


@contextmanager
def styled() -> Iterator[None]:
    """The house style, within; the user's settings again at its end."""
    global _within
    _within += 1
    try:
        # Setting all takes 1.4 ms, as long as many a frame: once is enough.
        with mpl.rc_context(RC) if _within == 1 else nullcontext():
            yield
    finally:
        _within -= 1


def figure(width: float = 5.0, height: float = 3.0, **subplots: Any) -> tuple[Figure, Any]:
    """A figure of ``width`` × ``height`` inches and its axes, as ``matplotlib.pyplot.subplots`` gives them.

    What is drawn on it takes the house style, which stays in force until :func:`coursepkg.explorable.show`
    shows the figure, and then gives way to the user's own settings. Five inches fill a page's column, and on a
    phone the text stays readable at that width.
    """
    if not _before:
        _before.append({name: mpl.rcParams[name] for name in RC})
    mpl.rcParams.update(RC)
    fig = Figure(figsize=(width, height), layout="constrained")
    return fig, fig.subplots(**subplots)


def restore() -> None:
    """End what :func:`figure` began: the user's settings are in force again."""
    if _before:
        mpl.rcParams.update(_before.pop())
