"""Live explorables: frames of any state, for the page's own figures and for those that a reader has just written."""

import json
import re
from importlib import import_module
from pathlib import Path

from coursepkg.explorable import Scene
from coursepkg.explorable.controls import parts
from coursepkg.explorable.scene import SCENES
from coursepkg.explorable.static import writer


def controls(name: str) -> str:
    """What a live slider has to know of each control of a scene, as JSON: into how many parts a step is cut, …"""
    found = scene(name).controls.values()
    return json.dumps([{"parts": parts(c), "between": c.between, "whole": c.whole} for c in found])


def frame(name: str, state: str, axes: str) -> str:
    """The scene at a state: its moving fragments, its clip paths by their ids, and its words.

    ``state`` and ``axes``, where the page has its axes, are JSON, and so is what comes.
    """
    wanted, drawn = scene(name).state(json.loads(state)), writer(scene(name))
    drawn.drawing.arrange(json.loads(axes))
    *fragments, says = drawn.frame(wanted)
    return json.dumps({"fragments": fragments, "clips": drawn.svg.clips, "says": says})


def scene(name: str) -> Scene:
    """The scene of this name: one that a cell has made, else one of the course, whose package is imported for it.

    Raises ``LookupError`` for a name that no scene has.
    """
    if name not in SCENES:
        # Only the chapter that has it: to import all of them takes several seconds in a browser.
        import coursepkg.scenes

        for path in Path(coursepkg.scenes.__path__[0]).glob("*/*.py"):
            if re.search(rf"^def {re.escape(name)}\(fig\)", path.read_text(encoding="utf-8"), re.MULTILINE):
                import_module(f"coursepkg.scenes.{path.parent.name}")
    if name not in SCENES:
        raise LookupError(f"no scene is named {name!r} here: run its cell first")
    return SCENES[name]
