"""What a check says to an answer."""

from coursepkg.check import exercise as ex

UNKNOWN = "Begin with this:"
"""What stands before the first hint, where no known mistake explains an answer."""


def said(name, answer, *args, **kwargs):
    """The outcome of the check ``name`` on ``answer``, and its words on one line."""
    report = ex.report(name, answer, *args, **kwargs)
    return report.outcome, " ".join(report.text.split())


def constant(value):
    """A student's function that returns ``value``, whatever it is given."""
    return lambda *_: value


def dress(ax, legend, labels, limits=None):
    """Give a picture a legend, the names of both axes, and a range up and down, or leave out what a student forgets."""
    if limits:
        ax.set(ylim=limits)
    if legend:
        ax.legend()
    if labels:
        ax.set(xlabel=labels[0], ylabel=labels[1])
