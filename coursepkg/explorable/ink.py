"""Ink: the colours that a page may repaint.

A figure is drawn once, in the light theme's colours. On a page every colour of this module, and black, becomes a
CSS variable, so the same drawing follows the reader's theme. The hues are those of Okabe and Ito (2008), which
readers with any common form of colour blindness can tell apart; each is darkened or lightened until it
stands out at least 3 to 1 from its theme's background (WCAG 2.2, criterion 1.4.11).
"""

from typing import NamedTuple


class Colour(NamedTuple):
    """One colour: its CSS name and its value (#rrggbb) on a light and on a dark page."""

    name: str
    light: str
    dark: str


BLUE = Colour("blue", "#0072b2", "#56b4e9")
VERMILLION = Colour("vermillion", "#d05a00", "#f5803e")
GREEN = Colour("green", "#00825f", "#2fbf95")
PURPLE = Colour("purple", "#b3588a", "#e08fbd")
ORANGE = Colour("orange", "#a86f00", "#e69f00")
INK = Colour("ink", "#1a1c20", "#e8eaed")
FAINT = Colour("faint", "#767b84", "#8f959f")
PAPER = Colour("paper", "#ffffff", "#14181e")

PALETTE = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, INK, FAINT, PAPER)

#: Colours as a figure has them, and what a page has in their place; matplotlib's own black is ink too.
CSS = {colour.light: f"var(--xp-{colour.name})" for colour in PALETTE} | {"#000000": "var(--xp-ink)"}


def variables(theme: str) -> str:
    """The CSS declarations of all variables for ``theme``, ``"light"`` or ``"dark"``."""
    return "".join(f"--xp-{colour.name}:{getattr(colour, theme)};" for colour in PALETTE)
