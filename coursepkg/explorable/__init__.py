"""Explorables: one scene, live in a notebook and on a static page.

A *scene* draws a figure once and updates it in place; its controls span a finite grid of states.
:func:`explore` shows it with ipywidgets in a notebook, and compiles every state into the page when a book
is built with the Sphinx extension ``coursepkg.explorable.sphinx``. Nothing here knows what is drawn.
"""

from .bar import progress
from .controls import Choice, Slider
from .points import Point, Points
from .scene import Ask, Frame, Scene, SceneError, explorable
from .show import explore, show, write_html

__all__ = [
    "Ask",
    "Choice",
    "Frame",
    "Point",
    "Points",
    "Scene",
    "SceneError",
    "Slider",
    "explorable",
    "explore",
    "progress",
    "show",
    "write_html",
]
