"""A live slider's move to its picture, against plain ``interact`` with a new inline figure of the same picture.

Both start from the same scene and the same states and end with what the front end is sent, in one process, in turns:
the SVG of what moves, and a PNG.
``interact`` runs its function anew at each move: a pyplot figure, everything drawn on it, written by the
inline backend's own function with the inline backend's default ``bbox_inches="tight"``.
"""

import importlib
import statistics
import time
from collections.abc import Callable
from pkgutil import iter_modules

import matplotlib as mpl
import matplotlib.pyplot as plt
from IPython.core.pylabtools import print_figure

from benchmarks.report import Row, Size
from coursepkg import scenes
from coursepkg.explorable.live import Live
from coursepkg.explorable.scene import Scene, State
from coursepkg.explorable.style import styled
from coursepkg.explorable.view import DPI
from coursepkg.scenes import perceptron

CHAPTER_1 = (perceptron.neuron, perceptron.nudge, perceptron.flowers, perceptron.template)
MOVES = 40


def interact(scene: Scene) -> Callable[[State], str | bytes]:
    """One move under plain ``interact``."""

    def move(state: State) -> str | bytes:
        with styled():
            fig = plt.figure(figsize=scene.size, dpi=DPI, layout="constrained", facecolor="white")
            scene.draw(fig)(**scene.arguments(state))
            png = print_figure(fig, fmt="png", bbox_inches="tight", base64=False)
            plt.close(fig)
        return png

    return move


def slider(scene: Scene) -> Callable[[State], str]:
    """One move of our own live slider: the widget's value changes, its figure follows."""
    live = Live(scene)

    def move(state: State) -> str:
        live.go(state)
        return live.view.moving.value

    return move


def every_scene() -> list[Scene]:
    """The scenes of all chapters."""
    packages = [importlib.import_module(f"{scenes.__name__}.{found.name}") for found in iter_modules(scenes.__path__)]
    return [thing for package in packages for thing in vars(package).values() if isinstance(thing, Scene)]


def main(size: Size) -> list[Row]:
    """Print the medians and their ratio for each scene of chapter 1, or of every chapter."""
    mpl.use("agg")
    shares = []
    print("| scene | live slider, ms | plain interact, ms | ratio |\n|---|---|---|---|")
    for scene in every_scene() if size.every_page else CHAPTER_1 if size.whole else CHAPTER_1[:1]:
        rivals = {"live": slider(scene), "interact": interact(scene)}
        states, moves = list(scene.states()), size.steps(MOVES)
        states = states[:: max(1, len(states) // moves)][:moves]
        spent: dict[str, list[float]] = {name: [] for name in rivals}
        for state in states:
            for name, move in rivals.items():
                begin = time.perf_counter()
                assert len(move(state)) > 500
                spent[name].append(time.perf_counter() - begin)
        live, plain = (1000 * statistics.median(spent[name]) for name in ("live", "interact"))
        shares.append(live / plain)
        print(f"| {scene.name} | {live:.1f} | {plain:.1f} | {live / plain:.3f} |", flush=True)
    return [Row("a live slider's move to its picture, as a share of plain `interact`", tuple(shares), 0.2)]
